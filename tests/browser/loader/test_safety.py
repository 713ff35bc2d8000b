"""Hostile values, strict security policies; and what is shipped."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import expect

from halochat.assets import read_asset

Make: TypeAlias = Callable[..., Any]

ROOT = Path(__file__).parents[3]
CORPUS = json.loads((ROOT / "tests" / "hostile.json").read_text("utf-8"))["strings"]
# A token is refused by what it is, wherever it stands.
HOSTILE = [one["value"] for one in CORPUS if one["id"] != "jwt"]
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


@pytest.mark.parametrize("minifier", MINIFIERS)
@pytest.mark.parametrize("load", ["eager", "snippet"])
def test_hostile_strings_arrive_unchanged(docs: Make, load: str, minifier: str) -> None:
    seen = []
    for strings in ([f"harmless {n}" for n in range(len(HOSTILE))], HOSTILE):
        # As a key, this one is refused.
        names = [text for text in strings if text != "__proto__"]
        site = docs(
            load=load,
            config_key="".join(strings),
            extra={"values": strings, "keys": dict.fromkeys(names, 1)},
            site_theme={"name": "material", "font": False},
            settings={"plugins": MINIFIERS[minifier]},
        )
        site.vendor.serves(plain=True, hidden=True)
        site.go()
        site.page.wait_for_function("window.__config")
        given = "[haloChatConfig.configKey, ...haloChatConfig.values]"
        keys = "Object.keys(haloChatConfig.keys)"
        for script, expected in [(given, ["".join(strings), *strings]), (keys, names)]:
            found = site.page.evaluate(f"({UNITS})({script})")
            assert found == [units(text) for text in expected]
        assert site.page.evaluate("window.__pwned") is None
        seen.append(site.page.evaluate(NODES))
    assert seen[0] == seen[1]


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
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push([event.violatedDirective, event.blockedURI]);
});
"""


@pytest.mark.parametrize("how", ["ready", "failed"])
def test_a_strict_policy_is_kept(plain: Make, vendor: Any, how: str) -> None:
    policy = POLICY.format(vendor.server.url)
    site = plain(
        {"index.html": PAGE.format(policy)},
        load="click",
        icon="icon.svg",
        bubble_styles={"opacity": 0.9},
    )
    site.server.answer("/icon.svg", "", type="image/svg+xml")
    if how == "ready":
        site.vendor.serves(plain=True)
    else:
        site.vendor.answers("", status=500)
    site.page.add_init_script(VIOLATIONS)
    site.go("index.html").launcher.click()
    site.is_(how)
    if how == "ready":
        expect(site.window).to_be_visible()
    assert site.page.evaluate("window.inline") is None
    assert site.page.evaluate("window.violations") == [["script-src-elem", "inline"]]


def test_a_policy_that_blocks_the_vendor_is_a_failure_like_others(plain: Make) -> None:
    policy = "default-src 'none'; script-src 'self'"
    site = plain({"index.html": PAGE.format(policy)}, load="click")
    site.go("index.html").launcher.click()
    site.is_("failed")
    expect(site.status).to_have_text("Chat is not available right now.")


def test_an_element_named_like_the_configuration_changes_nothing(docs: Make) -> None:
    text = '# Halochat\n\n<a id="haloChatConfig"></a>\n'
    site = docs({"index.md": text}, load="eager").go()
    site.is_("ready")
    assert site.config["configKey"] == "key-1"


def test_a_frame_that_inherits_the_head_has_no_chat_of_its_own(docs: Make) -> None:
    site = docs(load="eager").go()
    site.is_("ready")
    framed = site.page.evaluate("""async () => {
      const frame = document.createElement("iframe");
      document.getElementById("halo-chat").append(frame);
      const inside = frame.contentDocument;
      const script = inside.createElement("script");
      const meta = document.querySelector("meta[name=halo-chat]");
      inside.head.append(meta.cloneNode());
      script.src = document.querySelector("script[src*='/halochat.']").src;
      const loaded = new Promise((done) => script.addEventListener("load", done));
      inside.head.append(script);
      await loaded;
      return frame.contentWindow.halochat !== undefined;
    }""")
    assert framed is False


def test_a_loader_that_is_there_twice_runs_once(docs: Make) -> None:
    site = docs(load="eager").go()
    site.is_("ready")
    source = site.page.locator("script[src*='/halochat.']").get_attribute("src")
    site.page.add_script_tag(url=f"{site.server.url}/{source}")
    site.idle()
    assert site.vendor.loads == 1
    expect(site.container).to_have_count(1)


# --- What is shipped ------------------------------------------------------------------


def test_the_loader_is_at_most_5_kib() -> None:
    assert len(gzip.compress(read_asset("halochat").text.encode(), 9)) <= 5120


def test_chat_works_after_material_privacy_and_a_minifier(docs: Make) -> None:
    # The theme names a script of another host, which is not to be fetched here.
    privacy = {"privacy": {"assets_exclude": ["unpkg.com/*"], "cache": False}}
    plugins = ["search", privacy, {"minify_html": {}}]
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    site = docs(site_theme=theme, load="click", settings={"plugins": plugins}).go()
    site.launcher.click()
    expect(site.window).to_be_visible()
    assert site.vendor.loads == 1
    assert site.config["chatServiceUrl"] == site.vendor.api
