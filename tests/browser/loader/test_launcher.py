"""How the launcher looks, and what it takes over from the options and the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from cases import only_with_full
from embedding import texts
from playwright.sync_api import expect
from reading import read_from_the_left
from vendor import Vendor
from visit import Visit

pytestmark = pytest.mark.engines

Make: TypeAlias = Callable[..., Visit]

chromium = pytest.mark.engines("chromium")
RECORD_SHIFT = """
window.shift = 0;
const add = (entries) => { for (const entry of entries) window.shift += entry.value; };
const observer = new PerformanceObserver((list) => add(list.getEntries()));
observer.observe({ type: "layout-shift", buffered: true });
window.takeShift = () => { add(observer.takeRecords()); return window.shift; };
"""
BLUE = "rgb(39, 87, 216)"
BLACK = "rgb(0, 0, 0)"
WHITE = "rgb(255, 255, 255)"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def box(locator: Any) -> dict[str, float]:
    """Return the distances to the edges of the window, and the size."""
    script = """(element) => {
      const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
      return { left, top, right: document.documentElement.clientWidth - right,
               bottom: innerHeight - bottom, width, height };
    }"""
    return {name: round(value) for name, value in locator.evaluate(script).items()}


# --- Place and colors -----------------------------------------------------------------


@pytest.mark.parametrize(
    "position", ["bottom-right", "bottom-left", "top-right", "top-left"]
)
def test_launcher_has_the_position_of_the_bubble(
    visit_static: Make, position: str
) -> None:
    y, x = position.split("-")
    visit = visit_static(load="click", position=position).open()
    place = box(visit.launcher)
    assert (place[y], place[x]) == (20, 20)
    assert (place["width"], place["height"]) == (60, 60)
    visit.vendor.answer("", status=500)
    visit.launcher.click()
    expect(visit.status).to_have_text("Chat is not available right now.")
    text = visit.status.locator("bdi")
    expect(text).to_be_in_viewport(ratio=1)
    assert box(text)[x] >= place[x] + 60  # beside it, not over it


@pytest.mark.parametrize(
    ("options", "color"), [({}, BLUE), ({"colour": "#aa0000"}, "rgb(170, 0, 0)")]
)
def test_uses_the_color_option_or_the_default(
    visit_static: Make, options: dict[str, str], color: str
) -> None:
    visit = visit_static(load="click", **options).open()
    expect(visit.launcher).to_have_css("background-color", color)


@pytest.mark.core
@pytest.mark.parametrize(("colour", "icon"), [("#E83C4A", WHITE), ("#ffd400", BLACK)])
def test_the_icon_stands_out_against_the_color(
    visit_static: Make, colour: str, icon: str
) -> None:
    visit = visit_static(load="click", colour=colour).open()
    # Chromium before 119 and Firefox before 128 have no relative colors.
    expect(visit.launcher.locator("i")).to_have_css("background-color", icon)


@pytest.mark.parametrize("percent", [None, 50, 80])
def test_the_icon_has_the_size_of_the_option(
    visit_static: Make, percent: int | None
) -> None:
    options = {"icon_size": percent} if percent else {}
    visit = visit_static(load="click", **options).open()
    icon = box(visit.launcher.locator("i"))
    assert icon["width"] == round(60 * (percent or 50) / 100)


def test_shows_the_icon_of_the_site(visit_static: Make) -> None:
    visit = visit_static({"a/b.html": ""}, load="click", icon="img/icon.svg")
    visit.server.answer("/img/icon.svg", SVG, type="image/svg+xml")
    with visit.page.expect_request("**/img/icon.svg"):
        visit.open("a/b.html")
    image = f'url("{visit.server.url}/img/icon.svg")'
    expect(visit.launcher.locator("i")).to_have_css("background-image", image)


def test_icon_on_the_vendor_host_is_left_to_the_widget(
    visit_static: Make, vendor: Vendor
) -> None:
    icon = f"{vendor.server.url}/icon.svg"
    visit = visit_static(load="click", icon=icon).open()
    expect(visit.launcher).to_be_visible()
    visit.settle()
    assert visit.vendor.requests == []


def test_an_icon_on_a_host_whose_name_begins_like_the_vendors_is_shown(
    visit_static: Make,
) -> None:
    host = "https://halo.example.com"
    icon = f"{host}.example.net/icon.svg"
    visit = visit_static(load="click", icon=icon, chat_service_url=f"{host}/api")
    image = f'url("{icon}")'
    visit.open()
    expect(visit.launcher.locator("i")).to_have_css("background-image", image)


@pytest.mark.core
def test_launcher_has_the_configured_styles(visit_static: Make) -> None:
    visit = visit_static(
        load="click",
        bubble_container_styles={"bottom": "100px", "right": 50, "z-index": 5},
        bubble_styles={"border-radius": "8px", "opacity": 0.5},
    ).open()
    place = box(visit.launcher)
    assert (place["bottom"], place["right"]) == (100, 50)
    expect(visit.launcher).to_have_css("border-top-left-radius", "8px")
    expect(visit.launcher).to_have_css("opacity", "0.5")


@chromium
def test_styles_of_the_author_reveal_nothing_that_is_hidden(
    visit_static: Make,
) -> None:
    visit = visit_static(
        load="click",
        fallback_url="https://example.com/",
        bubble_styles={"display": "grid", "visibility": "visible"},
        bubble_container_styles={"display": "flex", "visibility": "visible"},
    ).open()
    expect(visit.launcher).to_be_visible()
    link = visit.page.locator("body > div:not([id]) aside a")
    expect(link).to_be_hidden()
    visit.page.emulate_media(media="print")
    expect(visit.launcher).to_be_hidden()
    visit.page.emulate_media(media="screen")
    visit.launcher.click()
    visit.expect_state("ready")
    expect(visit.launcher).to_be_hidden()


def test_is_hidden_if_the_bubble_would_be(visit_static: Make) -> None:
    visit = visit_static(load="click", hide_new_chat_bubble=True).open()
    visit.expect_state("idle")
    expect(visit.launcher).to_have_count(0)


# --- The page around it ---------------------------------------------------------------


def take_shift(visit: Visit) -> float:
    """Return by how much the layout has shifted."""
    visit.settle()
    return float(visit.page.evaluate("realFrames().then(takeShift)"))


@chromium
@pytest.mark.parametrize("load", ["click", "manual"])
def test_the_page_does_not_shift(visit_theme: Make, load: str) -> None:
    visit = visit_theme("material", load=load)
    visit.vendor.serve(late=True)
    visit.page.add_init_script(RECORD_SHIFT)
    visit.open().settle()
    visit.page.evaluate("halochat.open()")
    expect(visit.bubble).to_be_visible()
    visit.page.evaluate("realFrames()")
    visit.release_widget()
    expect(visit.window).to_be_visible()
    visit.page.evaluate("realFrames()")
    visit.page.evaluate("halochat.close()")
    assert take_shift(visit) == 0


def test_the_status_stays_in_its_place_when_the_widget_takes_over(
    visit_static: Make,
) -> None:
    visit = visit_static(load="click", bubble_styles={"width": "80px"})
    visit.vendor.serve(late=True)
    visit.open().launcher.click()
    expect(visit.status).to_have_text("Loading chat…")
    before = box(visit.status)
    expect(visit.bubble).to_be_visible()
    expect(visit.launcher).to_be_hidden()
    assert box(visit.status) == before
    visit.release_widget()
    expect(visit.status).to_have_text("Chat is open.")
    assert box(visit.status) == before


@chromium
def test_a_failure_does_not_shift_the_page(visit_static: Make) -> None:
    visit = visit_static(load="click")
    visit.page.add_init_script(RECORD_SHIFT)
    visit.page.set_viewport_size({"width": 320, "height": 480})
    visit.vendor.answer("", status=500)
    visit.open()
    expect(visit.launcher).to_be_visible()
    visit.page.evaluate("halochat.open()")
    expect(visit.status).not_to_be_empty()
    assert take_shift(visit) == 0


def test_a_page_with_large_letters_does_not_change_the_size(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    visit.page.add_style_tag(content="html { font-size: 30px }")
    assert box(visit.launcher)["width"] == 60


def test_styles_of_the_theme_do_not_reach_the_launcher(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    script = """(button) => {
      const { width, height, color, backgroundColor, borderRadius, padding } =
        getComputedStyle(button);
      return [width, height, color, backgroundColor, borderRadius, padding];
    }"""
    before = visit.launcher.evaluate(script)
    visit.page.add_style_tag(
        content="* { margin: 9px; padding: 9px; color: red } button { all: unset }"
        " aside, span, button, a, i { display: none }"
    )
    assert visit.launcher.evaluate(script) == before


# --- Other media ----------------------------------------------------------------------


@chromium
def test_neither_launcher_nor_widget_is_printed(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    expect(visit.launcher).to_be_visible()
    visit.page.emulate_media(media="print")
    expect(visit.launcher).to_be_hidden()
    visit.page.evaluate("halochat.load()")
    visit.expect_state("ready")
    expect(visit.bubble).to_be_hidden()
    visit.page.emulate_media(media="screen")
    expect(visit.bubble).to_be_visible()


@chromium
def test_forced_colors_leave_an_edge_and_an_icon(visit_static: Make) -> None:
    visit = visit_static(load="click")
    visit.page.emulate_media(forced_colors="active")
    visit.open()
    expect(visit.launcher).to_have_css("border-top-width", "2px")
    edge, ground, icon = visit.launcher.evaluate("""(button) => {
      const { borderTopColor, backgroundColor } = getComputedStyle(button);
      const icon = getComputedStyle(button.firstChild);
      return [borderTopColor, backgroundColor, icon.backgroundColor];
    }""")
    assert ground not in (edge, icon)


@chromium
def test_animations_stop_if_the_visitor_prefers_reduced_motion(
    visit_static: Make,
) -> None:
    visit = visit_static(load="click")
    visit.page.emulate_media(reduced_motion="reduce")
    visit.vendor.hang()
    visit.open().launcher.hover()
    visit.launcher.click()
    visit.expect_state("loading")
    count = "(button) => button.getRootNode().getAnimations().length"
    assert visit.launcher.evaluate(count) == 0


# --- Languages ------------------------------------------------------------------------


def page_that_reads(direction: str) -> dict[str, str]:
    html = f"""<!doctype html><html dir="{direction}"><head>
<meta charset="utf-8" /><meta name="viewport" content="width=device-width" />
<title>Page</title></head><body><h1>Page</h1></body></html>"""
    return {"index.html": html}


def test_container_lets_clicks_beside_the_launcher_through(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    expect(visit.launcher).to_be_visible()
    script = """(launcher) => {
      const { left, right, top, bottom } = launcher.getBoundingClientRect();
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const beside = [[left - 3, y], [right + 3, y], [x, top - 3], [x, bottom + 3]];
      const { host } = launcher.getRootNode();
      return [[x, y], ...beside].map((at) => document.elementFromPoint(...at) === host);
    }"""
    assert visit.launcher.evaluate(script) == [True, False, False, False, False]


@pytest.mark.core
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_fits_a_small_screen(visit_static: Make, direction: str) -> None:
    visit = visit_static(page_that_reads(direction), load="click", language="de")
    visit.page.set_viewport_size({"width": 320, "height": 480})
    visit.vendor.answer("", status=500)
    launcher = visit.open().page.get_by_role("button", name="Chat öffnen")
    assert box(launcher)["right"] == 20
    launcher.click()
    expect(visit.status).to_have_text("Der Chat ist zurzeit nicht verfügbar.")
    expect(visit.status.locator("bdi")).to_be_in_viewport(ratio=1)
    assert box(launcher)["right"] == 20
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("position", ["bottom-left", *only_with_full("bottom-right")])
@pytest.mark.parametrize(
    ("direction", "tag"), [("ltr", "ar"), ("rtl", "he"), ("rtl", "en"), ("ltr", "en")]
)
def test_the_status_reads_in_its_direction_in_the_corner_of_the_author(
    visit_static: Make, direction: str, tag: str, position: str
) -> None:
    options = {"load": "click", "language": tag, "position": position}
    visit = visit_static(page_that_reads(direction), **options)
    visit.vendor.answer("", status=500)
    loader = texts(tag).loader
    launcher = visit.open().page.get_by_role("button", name=loader["open"])
    launcher.click()
    status = visit.status.locator("bdi")
    expect(status).to_have_text(loader["unavailable"])
    near = position.partition("-")[2]
    assert box(launcher)[near] == 20
    assert box(status)[near] >= 80
    assert read_from_the_left(status) is (tag == "en")
