"""Hostile values, strict security policies; and what is shipped."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from embedding import asset
from facts import HOSTILE
from playwright.sync_api import expect
from server import Server
from vendor import Vendor
from visit import Visit

Make: TypeAlias = Callable[..., Visit]

engines = pytest.mark.engines

# A token is refused by its shape, wherever it stands.
STRINGS = [one["value"] for one in HOSTILE["strings"] if one["id"] != "jwt"]
NODES = "[...document.querySelectorAll('*')].map((element) => element.localName)"
UNITS = """(value) => {
  const units = (text) => [...Array(text.length).keys()].map((at) => text.charCodeAt(at));
  return value.map(units);
}"""
MINIFIERS: dict[str, list[Any]] = {
    "plain": [],
    "minify": [{"minify": {"minify_html": True, "minify_js": True}}],
    "minify_html": [{"minify_html": {"minify_js": True}}],
}


def units(text: str) -> list[int]:
    data = text.encode("utf-16-le", "surrogatepass")
    return [
        int.from_bytes(data[at : at + 2], "little") for at in range(0, len(data), 2)
    ]


@pytest.fixture
def visit_mkdocs(
    visits: Callable[[Server], Visit],
    vendor: Vendor,
    mkdocs_site: Callable[..., Any],
    serve: Callable[..., Server],
) -> Make:
    """Build a site with the plugin, and serve it."""

    def make(
        pages: dict[str, str], options: dict[str, object], **settings: Any
    ) -> Visit:
        given = {"chat_service_url": vendor.api, **options}
        site = mkdocs_site(pages, given, **settings)
        assert site.warnings == []
        return visits(serve(site.folder))

    return make


@pytest.mark.parametrize("minifier", MINIFIERS)
@pytest.mark.parametrize("load", ["eager", "snippet"])
def test_hostile_strings_arrive_unchanged(
    visit_mkdocs: Make, load: str, minifier: str
) -> None:
    strings = {"harmless": [f"harmless {n}" for n in range(len(STRINGS))]}
    strings["hostile"] = STRINGS
    # As a key, this one is refused.
    keys = {
        page: [text for text in texts if text != "__proto__"]
        for page, texts in strings.items()
    }
    layers = {
        f"{page}.md": {
            "config_key": "".join(texts),
            "extra": {"values": texts, "keys": dict.fromkeys(keys[page], 1)},
        }
        for page, texts in strings.items()
    }
    visit = visit_mkdocs(
        # Their navigation differs only in the page that is current.
        {f"{page}.md": "# Page" for page in ("a", *strings, "z")},
        {"load": load, "pages": layers},
        theme={"name": "mkdocs", "highlightjs": False},
        plugins=["search", *MINIFIERS[minifier]],
    )
    visit.vendor.serve(plain=True, hidden=True)
    nodes = []
    for page, texts in strings.items():
        visit.open(f"{page}/")
        visit.page.wait_for_function("window.__config")
        given = "[haloChatConfig.configKey, ...haloChatConfig.values]"
        given_keys = "Object.keys(haloChatConfig.keys)"
        for script, expected in [
            (given, ["".join(texts), *texts]),
            (given_keys, keys[page]),
        ]:
            found = visit.page.evaluate(f"({UNITS})({script})")
            assert found == [units(text) for text in expected]
        assert visit.page.evaluate("window.__pwned") is None
        nodes.append(visit.page.evaluate(NODES))
    assert nodes[0] == nodes[1]


def test_chat_works_after_the_privacy_plugin_and_a_minifier(visit_mkdocs: Make) -> None:
    # The theme names a script of another host, which is not to be fetched here.
    privacy = {"privacy": {"assets_exclude": ["unpkg.com/*"], "cache": False}}
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    visit = visit_mkdocs(
        {"index.md": "# Home"},
        {"load": "click"},
        theme=theme,
        plugins=["search", privacy, {"minify_html": {}}],
    )
    visit.open().launcher.click()
    expect(visit.window).to_be_visible()
    assert visit.vendor.loads == 1
    assert visit.config["chatServiceUrl"] == visit.vendor.api


# --- Security policies ----------------------------------------------------------------

POLICY = (
    "default-src 'none'; script-src 'self' {0}; style-src 'self'; img-src 'self'; "
    "connect-src 'self' {0}; base-uri 'none'; form-action 'none'"
)
# The inline script of the page itself shows that the policy is in force.
PAGE = """<!doctype html><html lang="en"><head>
<meta http-equiv="Content-Security-Policy" content="{0}" /><meta charset="utf-8" />
<title>Page</title></head><body><h1>Page</h1><script>window.inline = 1</script>
</body></html>"""
RECORD_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push([event.violatedDirective, event.blockedURI]);
});
"""


@pytest.mark.core
@engines
@pytest.mark.parametrize("state", ["ready", "failed"])
def test_violates_no_strict_policy(
    visit_static: Make, vendor: Vendor, state: str
) -> None:
    policy = POLICY.format(vendor.server.url)
    visit = visit_static(
        {"index.html": PAGE.format(policy)},
        load="click",
        icon="icon.svg",
        bubble_styles={"opacity": 0.9},
    )
    visit.server.answer("/icon.svg", "", type="image/svg+xml")
    if state == "ready":
        visit.vendor.serve(plain=True)
    else:
        visit.vendor.answer("", status=500)
    visit.page.add_init_script(RECORD_VIOLATIONS)
    visit.open().launcher.click()
    visit.expect_state(state)
    if state == "ready":
        expect(visit.window).to_be_visible()
    assert visit.page.evaluate("window.inline") is None
    assert visit.page.evaluate("window.violations") == [["script-src-elem", "inline"]]


@engines
def test_an_element_named_like_the_configuration_changes_nothing(
    visit_static: Make,
) -> None:
    pages = {"index.html": '<h1>Halochat</h1><a id="haloChatConfig"></a>'}
    visit = visit_static(pages, load="eager").open().expect_state("ready")
    assert visit.config["configKey"] == "key-1"


@pytest.mark.core
@engines
def test_a_frame_that_inherits_the_head_has_no_chat_of_its_own(
    visit_static: Make,
) -> None:
    visit = visit_static(load="eager").open().expect_state("ready")
    has_chat = visit.page.evaluate("""async () => {
      const frame = document.createElement("iframe");
      document.getElementById("halo-chat").append(frame);
      const inside = frame.contentDocument;
      const script = inside.createElement("script");
      const meta = document.querySelector("meta[name=halo-chat]");
      inside.head.append(meta.cloneNode());
      script.src = document.querySelector("script[src*='halochat.']").src;
      const loaded = new Promise((done) => script.addEventListener("load", done));
      inside.head.append(script);
      await loaded;
      return frame.contentWindow.halochat !== undefined;
    }""")
    assert has_chat is False


@engines
def test_a_loader_that_is_on_the_page_twice_runs_once(visit_static: Make) -> None:
    visit = visit_static(load="eager").open().expect_state("ready")
    source = visit.page.locator("script[src*='halochat.']").get_attribute("src")
    visit.page.add_script_tag(url=f"{visit.server.url}/{source}")
    visit.settle()
    assert visit.vendor.loads == 1
    expect(visit.container).to_have_count(1)


# --- What is shipped ------------------------------------------------------------------


def test_the_loader_is_at_most_5_kib() -> None:
    assert len(gzip.compress(asset("halochat").encode(), 9)) <= 5120
