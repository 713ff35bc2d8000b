"""How the launcher looks, and what it and the widget take over from the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import expect
from reading import read_from_the_left

from halochat.languages import texts

Make: TypeAlias = Callable[..., Any]

PALETTE = [
    {
        "scheme": "default",
        "toggle": {"icon": "material/weather-night", "name": "To dark"},
    },
    {
        "scheme": "slate",
        "toggle": {"icon": "material/weather-sunny", "name": "To light"},
    },
]
MATERIAL = {"name": "material", "font": False, "palette": PALETTE}
SHIFT = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
BLUE = "rgb(39, 87, 216)"


def box(locator: Any) -> dict[str, float]:
    """Return the distances to the edges of the window, and the size."""
    script = """(element) => {
      const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
      return { left, top, right: document.documentElement.clientWidth - right,
               bottom: innerHeight - bottom, width, height };
    }"""
    return {name: round(value) for name, value in locator.evaluate(script).items()}


# --- Theme ----------------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True])
def test_theme_auto_in_material(docs: Make, dark: bool) -> None:
    site = docs(load="manual", site_theme=MATERIAL, theme="auto").go()
    if dark:
        site.page.get_by_title("To dark").click()
        expect(site.page.locator("body")).to_have_attribute(
            "data-md-color-scheme", "slate"
        )
    site.page.evaluate("halochat.load()")
    site.is_("ready")
    assert site.config["theme"] == ("dark" if dark else "light")


def test_theme_auto_knows_a_scheme_chosen_on_an_earlier_page(docs: Make) -> None:
    site = docs(load="eager", site_theme=MATERIAL, theme="auto").go()
    site.page.get_by_title("To dark").click()
    site.page.reload()
    site.is_("ready")
    assert site.config["theme"] == "dark"


def test_theme_auto_asks_for_no_full_load(docs: Make) -> None:
    theme = {**MATERIAL, "features": ["navigation.instant"]}
    pages = {"index.md": "# Home\n\n[To next](next.md)", "next.md": "# Next"}
    site = docs(pages, load="eager", site_theme=theme, theme="auto").go()
    site.is_("ready")
    site.page.get_by_title("To dark").click()
    site.page.evaluate("window.mark = 1")
    site.page.get_by_role("link", name="To next").click()
    expect(site.page.get_by_role("heading", name="Next")).to_be_visible()
    site.idle()
    assert site.page.evaluate("window.mark") == 1


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_theme_auto_in_mkdocs(docs: Make, mode: str, system: str) -> None:
    theme = {"name": "mkdocs", "highlightjs": False, "color_mode": mode}
    site = docs(load="eager", site_theme=theme, theme="auto")
    site.page.emulate_media(color_scheme=system)
    site.go().is_("ready")
    assert site.config["theme"] == mode
    site.errors.clear()  # the theme's own, where it is without its highlighter


def test_theme_auto_in_readthedocs(docs: Make) -> None:
    theme = {"name": "readthedocs", "highlightjs": False}
    site = docs(load="eager", site_theme=theme, theme="auto")
    site.page.emulate_media(color_scheme="dark")
    site.go().is_("ready")
    assert site.config["theme"] == "light"


@pytest.mark.parametrize(
    ("name", "in_the_dark"),
    [("furo", "dark"), ("pydata_sphinx_theme", "dark"), ("alabaster", "light")],
)
def test_theme_auto_in_sphinx(sphinx: Make, name: str, in_the_dark: str) -> None:
    site = sphinx(name, load="idle", theme="auto")
    for system, expected in [("light", "light"), ("dark", in_the_dark)]:
        site.page.emulate_media(color_scheme=system)
        site.go("index.html").is_("ready")
        assert site.config["theme"] == expected


# --- The launcher's looks -------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "near"),
    [
        ("bottom-right", ("bottom", "right")),
        ("bottom-left", ("bottom", "left")),
        ("top-right", ("top", "right")),
        ("top-left", ("top", "left")),
    ],
)
def test_the_launcher_is_where_the_bubble_will_be(
    docs: Make, position: str, near: tuple[str, str]
) -> None:
    site = docs(load="click", position=position).go()
    place = box(site.launcher)
    assert {name: place[name] for name in near} == dict.fromkeys(near, 20)
    assert (place["width"], place["height"]) == (60, 60)
    site.vendor.answers("", status=500)
    site.launcher.click()
    expect(site.status.locator("bdi")).to_be_in_viewport(ratio=1)
    text = box(site.status.locator("bdi"))
    assert text[near[1]] >= place[near[1]] + 60  # beside it, not over it


def test_the_launcher_has_the_colour(docs: Make) -> None:
    site = docs(load="click", colour="#aa0000").go()
    expect(site.launcher).to_have_css("background-color", "rgb(170, 0, 0)")


def test_the_launcher_has_a_colour_of_its_own_where_none_is_set(docs: Make) -> None:
    site = docs(load="click").go()
    expect(site.launcher).to_have_css("background-color", BLUE)


@pytest.mark.parametrize(
    ("colour", "black"),
    [("#E83C4A", False), ("#000000", False), ("#ffffff", True), ("#ffd400", True)],
)
def test_the_icon_stands_out_against_the_colour(
    docs: Make, colour: str, black: bool
) -> None:
    site = docs(load="click", colour=colour).go()
    seen = site.launcher.evaluate("""(button) => {
      const canvas = new OffscreenCanvas(1, 1).getContext("2d");
      canvas.fillStyle = getComputedStyle(button.firstChild).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    }""")
    assert seen == ([0, 0, 0, 255] if black else [255, 255, 255, 255])


@pytest.mark.parametrize("percent", [None, 50, 80])
def test_the_launcher_has_the_icons_size(docs: Make, percent: int | None) -> None:
    site = docs(load="click", **({"icon_size": percent} if percent else {})).go()
    icon = box(site.launcher.locator("i"))
    assert icon["width"] == round(60 * (percent or 50) / 100)


def test_the_launcher_has_the_sites_icon(docs: Make) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    pages = {"a/b.md": "# Page", "img/icon.svg": svg}
    site = docs(pages, load="click", icon="img/icon.svg")
    with site.page.expect_request("**/img/icon.svg"):
        site.go("a/b/")
    address = f'url("{site.server.url}/img/icon.svg")'
    expect(site.launcher.locator("i")).to_have_css("background-image", address)


def test_an_icon_of_the_vendors_host_waits_for_the_widget(
    docs: Make, vendor: Any
) -> None:
    site = docs(load="click", icon=f"{vendor.server.url}/icon.svg").go()
    expect(site.launcher).to_be_visible()
    site.idle()
    assert vendor.server.requests == []


def test_the_launcher_has_the_authors_styles(docs: Make) -> None:
    site = docs(
        load="click",
        bubble_container_styles={"bottom": "100px", "right": 50, "z-index": 5},
        bubble_styles={"border-radius": "8px", "opacity": 0.5},
    ).go()
    place = box(site.launcher)
    assert (place["bottom"], place["right"]) == (100, 50)
    expect(site.launcher).to_have_css("border-radius", "8px")
    expect(site.launcher).to_have_css("opacity", "0.5")


def test_the_launcher_is_hidden_where_the_bubble_would_be(docs: Make) -> None:
    site = docs(load="click", hide_new_chat_bubble=True).go()
    site.is_("idle")
    expect(site.launcher).to_have_count(0)


@pytest.mark.parametrize("load", ["click", "manual"])
def test_the_page_does_not_shift(docs: Make, load: str) -> None:
    site = docs(load=load, site_theme=MATERIAL)
    site.page.add_init_script(SHIFT)
    site.go()
    site.idle()
    site.page.evaluate("halochat.open()")
    expect(site.window).to_be_visible()
    site.page.evaluate("halochat.close()")
    site.idle()
    assert site.page.evaluate("window.shift") == 0


def test_a_failure_does_not_shift_the_page(docs: Make) -> None:
    site = docs(load="click")
    site.page.add_init_script(SHIFT)
    site.page.set_viewport_size({"width": 320, "height": 480})
    site.vendor.answers("", status=500)
    site.go()
    expect(site.launcher).to_be_visible()
    site.page.evaluate("halochat.open()")
    expect(site.status).not_to_be_empty()
    site.idle()
    assert site.page.evaluate("window.shift") == 0


def test_a_page_of_large_letters_leaves_the_launcher_its_size(docs: Make) -> None:
    site = docs(load="click", site_theme=MATERIAL).go()
    site.page.add_style_tag(content="html { font-size: 30px }")
    assert box(site.launcher)["width"] == 60


def test_the_themes_styles_do_not_reach_the_launcher(docs: Make) -> None:
    site = docs(load="click").go()
    script = """(button) => {
      const { width, height, color, backgroundColor, borderRadius, padding } =
        getComputedStyle(button);
      return [width, height, color, backgroundColor, borderRadius, padding];
    }"""
    before = site.launcher.evaluate(script)
    site.page.add_style_tag(
        content="* { margin: 9px; padding: 9px; color: red } button { all: unset }"
        " aside, span, button, a, i { display: none }"
    )
    assert site.launcher.evaluate(script) == before


# --- Other media ----------------------------------------------------------------------


def test_neither_launcher_nor_widget_is_printed(docs: Make) -> None:
    site = docs(load="click").go()
    expect(site.launcher).to_be_visible()
    site.page.emulate_media(media="print")
    expect(site.launcher).to_be_hidden()
    site.page.evaluate("halochat.load()")
    site.is_("ready")
    expect(site.bubble).to_be_hidden()
    site.page.emulate_media(media="screen")
    expect(site.bubble).to_be_visible()


def test_forced_colours_leave_an_edge_and_an_icon(docs: Make) -> None:
    site = docs(load="click")
    site.page.emulate_media(forced_colors="active")
    site.go()
    expect(site.launcher).to_have_css("border-top-width", "2px")
    colours = site.launcher.evaluate("""(button) => {
      const style = getComputedStyle(button);
      return [style.borderTopColor, style.backgroundColor,
              getComputedStyle(button.firstChild).backgroundColor];
    }""")
    assert len({colours[0], colours[1]}) == 2
    assert len({colours[1], colours[2]}) == 2


def test_nothing_moves_where_motion_is_not_welcome(docs: Make) -> None:
    site = docs(load="click")
    site.page.emulate_media(reduced_motion="reduce")
    site.vendor.hangs()
    site.go()
    site.launcher.hover()
    site.launcher.click()
    site.is_("loading")
    count = """(button) => button.getRootNode().getAnimations().length"""
    busy = site.page.get_by_role("button", name="Open chat")
    assert busy.evaluate(count) == 0


def page_that_reads(direction: str) -> str:
    return f"""<!doctype html><html dir="{direction}"><head>
<meta charset="utf-8" /><meta name="viewport" content="width=device-width" />
<title>Page</title></head><body><h1>Page</h1></body></html>"""


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_small_screen_is_wide_enough(plain: Make, direction: str) -> None:
    page = page_that_reads(direction)
    site = plain({"index.html": page}, load="click", language="de")
    site.page.set_viewport_size({"width": 320, "height": 480})
    site.vendor.answers("", status=500)
    site.go("index.html")
    launcher = site.page.get_by_role("button", name="Chat öffnen")
    assert box(launcher)["right"] == 20
    launcher.click()
    expect(site.status).not_to_be_empty()
    expect(site.status.locator("bdi")).to_be_in_viewport(ratio=1)
    assert box(launcher)["right"] == 20
    assert site.page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_launcher_speaks_the_pages_language(docs: Make) -> None:
    theme = {"name": "material", "font": False, "language": "de"}
    site = docs(load="click", site_theme=theme, language="auto").go()
    launcher = site.page.get_by_role("button", name="Chat öffnen")
    expect(launcher).to_be_visible()
    site.vendor.answers("", status=500)
    launcher.click()
    expect(site.status).to_have_text("Der Chat ist zurzeit nicht verfügbar.")


@pytest.mark.parametrize("position", ["bottom-right", "bottom-left"])
@pytest.mark.parametrize(
    ("direction", "tag"), [("ltr", "ar"), ("rtl", "he"), ("rtl", "en"), ("ltr", "en")]
)
def test_the_status_reads_as_its_language_in_the_authors_corner(
    plain: Make, direction: str, tag: str, position: str
) -> None:
    page = page_that_reads(direction)
    options = {"load": "click", "language": tag, "position": position}
    site = plain({"index.html": page}, **options)
    site.vendor.answers("", status=500)
    loader = texts(tag).loader
    launcher = site.go("index.html").page.get_by_role("button", name=loader["open"])
    launcher.click()
    status = site.status.locator("bdi")
    expect(status).to_have_text(loader["unavailable"])
    near = position.partition("-")[2]
    assert box(launcher)[near] == 20
    assert box(status)[near] >= 80
    assert read_from_the_left(status) is (tag == "en")


def test_styles_of_the_author_show_nothing_that_is_hidden(docs: Make) -> None:
    site = docs(
        load="click",
        fallback_url="contact/",
        bubble_styles={"display": "grid"},
        bubble_container_styles={"display": "flex"},
    ).go()
    expect(site.launcher).to_be_visible()
    link = site.page.locator("body > div:not([id]) aside a")
    expect(link).to_be_hidden()
    site.page.emulate_media(media="print")
    expect(site.launcher).to_be_hidden()
