"""What is the preview widget's own, beside the contract it honours."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from embedding import texts
from engines import record_errors
from playwright.sync_api import Locator, Page, expect
from reading import read_from_the_left
from virtual_clock import advance_clock, install_clock

engines = pytest.mark.engines

PREVIEW = Path(__file__).parents[2] / "halochat" / "static" / "preview.js"
NOTICE = "Preview: no message is sent"
API = {"enableInboundEvents": True, "enableOutboundEvents": True}
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8" />{head}<title>Page</title></head>
<body><h1>Page</h1><p>Text <a href="#x">link</a> <button>Button</button></p>
<div id="halo-chat"></div>
<script src="/config.js"></script><script src="/preview.js"></script>{foot}
</body>
</html>"""
META = '<meta name="halo-chat" content="{}" />'
STRICT = (
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "script-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'\" />"
)
VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(event.violatedDirective);
});
"""
MATERIAL_LIKE = """
html { font-size: 20px; letter-spacing: 3px; text-transform: uppercase; }
body { font: 0.5rem/3 serif; color: #777; text-align: right; visibility: visible; }
*, ::before { box-sizing: content-box; }
div, section, span { margin: 9px; padding: 9px; line-height: 4; display: inline; }
button, input, textarea { all: unset; font-size: 3rem; }
svg, img { max-width: none; width: 5rem; fill: red; }
h2, p { margin: 2em; color: red; }
[hidden] { display: block; }
.bubble, .window, .menu, .container { display: none; }
"""


class Preview:
    def __init__(self, page: Page, server: Any) -> None:
        self.page = page
        self.server = server
        self.errors = record_errors(page)
        self.warnings: list[str] = []
        self.asked: list[str] = []
        self.root = page.locator("#halo-chat")
        self.window = self.root.get_by_role("dialog")
        self.bubble = self.root.locator("button[aria-expanded]:not([aria-haspopup])")
        self.box = self.root.locator("textarea")
        self.log = self.root.get_by_role("log")
        page.on("console", lambda message: self.warnings.append(message.text))
        page.on("request", lambda request: self.asked.append(request.url))
        page.emulate_media(reduced_motion="reduce")
        install_clock(page, runs=True)

    def show(
        self,
        *,
        head: str = "",
        foot: str = "",
        query: str = "",
        page: str = PAGE,
        tag: str = "",
        **config: Any,
    ) -> Preview:
        """Show a page: `tag` is the language that the loader's meta says, if any."""
        if tag:
            loader_texts = {"lang": tag, "preview": dict(texts(tag).preview)}
            head += META.format(html.escape(json.dumps({"texts": loader_texts})))
            config["language"] = dict(texts(tag).widget)
        given = f"window.haloChatConfig = {json.dumps({**API, **config})};"
        self.server.answer("/config.js", given)
        self.server.answer("/", page.format(head=head, foot=foot), type="text/html")
        self.page.goto(self.server.url + query)
        advance_clock(self.page, 10)
        return self

    def send(self, name: str, detail: Any = None) -> None:
        script = "([name, detail]) => dispatchEvent(new CustomEvent(name, { detail }))"
        self.page.evaluate(script, [f"haloChat_inboundEvent_{name}", detail])

    def talk(self, *lines: str) -> None:
        """Open the chat, let the agent join, say these lines and be answered."""
        self.send("openChatWindow")
        advance_clock(self.page, 4000)
        for line in lines:
            self.box.fill(line)
            self.box.press("Enter")
            advance_clock(self.page, 3000)

    def button(self, name: str) -> Locator:
        return self.window.get_by_role("button", name=name, exact=True)

    def menu(self, name: str) -> None:
        self.button("Menu").click()
        self.root.get_by_role("menuitem", name=name).click()


@pytest.fixture
def preview(
    page: Page, tmp_path: Path, serve: Callable[[Path], Any]
) -> Iterator[Preview]:
    server = serve(tmp_path)
    server.answer("/preview.js", PREVIEW.read_text("utf-8"))
    server.answer("/favicon.ico", "", type="image/x-icon")
    preview = Preview(page, server)
    yield preview
    assert preview.errors == []


def styles(locator: Locator) -> Any:
    """Place and looks of all in the widget."""
    return locator.evaluate(
        """(root) => {
          const { shadowRoot } = root.firstElementChild;
          return [...shadowRoot.querySelectorAll(".root *")].map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            const { font, color, display, textTransform, letterSpacing } =
              getComputedStyle(element);
            return [element.className, x, y, width, height, font, color, display,
                    textTransform, letterSpacing].map(String);
          });
        }"""
    )


# --- Alone ----------------------------------------------------------------------------


def test_requests_nothing_from_the_network(preview: Preview) -> None:
    preview.show(chatServiceUrl="https://halo.test/api", includeFont=True)
    preview.talk("Hello", "Is anyone here?")
    preview.menu("Copy Transcript")
    advance_clock(preview.page, 600_000)
    paths = [url.removeprefix(preview.server.url) for url in preview.asked]
    assert paths == ["/", "/config.js", "/preview.js"]


def test_the_script_contains_no_url_and_runs_no_strings() -> None:
    source = PREVIEW.read_text("utf-8")
    for word in ("http://", "https://", "eval(", "innerHTML", "import(", "fetch("):
        assert word not in source


@engines
def test_violates_no_strict_policy(preview: Preview) -> None:
    preview.page.add_init_script(VIOLATIONS)
    preview.show(head=STRICT, windowStyles={"top": 10}, bubbleStyles={"opacity": 0.5})
    preview.talk("Hello")
    assert preview.page.evaluate("window.violations") == []
    expect(preview.bubble).to_have_css("position", "static")
    expect(preview.bubble).to_have_css("opacity", "0.5")
    expect(preview.window).to_have_css("position", "fixed")
    expect(preview.window).to_have_css("top", "10px")


def test_a_second_script_on_a_page_starts_no_second_widget(preview: Preview) -> None:
    preview.page.add_init_script(
        "window.count = 0;"
        "addEventListener('haloChat_outboundEvent_initialized', () => window.count++);"
    )
    preview.show(foot='<script src="/preview.js?again"></script>')
    preview.talk()
    assert preview.page.evaluate("window.count") == 1
    expect(preview.window).to_have_count(1)
    expect(preview.bubble).to_have_count(1)


def test_warns_and_stops_if_its_element_is_missing(preview: Preview) -> None:
    preview.show(page=PAGE.replace("halo-chat", "other"))
    assert preview.warnings == ['halochat preview: no element has the id "halo-chat"']


def test_shows_without_a_configuration(preview: Preview) -> None:
    preview.show(page=PAGE.replace("/config.js", "/empty.js"))
    expect(preview.bubble).to_have_accessible_name("Start a new Chat")


# --- Honest ---------------------------------------------------------------------------


@engines
def test_always_shows_the_notice(preview: Preview) -> None:
    preview.show(hideHeader=True)
    notice = preview.window.get_by_text(NOTICE)
    for event, detail in [
        ("openChatWindow", None),
        ("toggleMenu", None),
        ("toggleFullScreen", True),
        ("endChat", None),
    ]:
        preview.send(event, detail)
        expect(notice).to_be_visible()
    preview.button("End this Chat").click()
    expect(notice).to_be_visible()
    preview.show()
    preview.talk()
    preview.menu("Chat Details")
    expect(notice).to_be_visible()


@pytest.mark.core
@engines
def test_keeps_a_chat_in_its_tab_only(preview: Preview) -> None:
    preview.show()
    preview.talk("Hello")
    assert preview.page.evaluate("Object.keys(sessionStorage)") == [
        "halochat-preview-chat"
    ]
    assert preview.page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    preview.send("endChat")
    preview.button("End this Chat").click()
    assert preview.page.evaluate("sessionStorage.length") == 0


def test_stores_nothing_if_the_option_is_off(preview: Preview) -> None:
    preview.show()
    preview.talk("Hello")
    preview.show(persistChatToken=False)
    preview.talk("Hello")
    assert preview.page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert preview.page.context.cookies() == []


def test_does_not_keep_an_identity_token(preview: Preview) -> None:
    preview.show()
    preview.send("openChatWindow", {"id_token": "an.identity.token"})
    advance_clock(preview.page, 5000)
    stored = preview.page.evaluate("JSON.stringify(sessionStorage)")
    assert "halochat-preview-chat" in stored
    assert "identity" not in stored


@engines
@pytest.mark.parametrize("spoilt", ["throw new Error()", "return '{'", "return null"])
def test_works_if_storage_throws(preview: Preview, spoilt: str) -> None:
    for name in ("getItem", "setItem", "removeItem"):
        script = f"Storage.prototype.{name} = () => {{ {spoilt} }}"
        preview.page.add_init_script(script)
    preview.show(keepChatWindowOpen=True)
    preview.talk("Hello")
    expect(preview.window.get_by_text("Hello", exact=True)).to_be_visible()


@pytest.mark.core
@engines
def test_shows_markup_as_text(preview: Preview) -> None:
    preview.show(language={"liveChatName": "<i>Chat</i>"})
    preview.talk("<b>bold</b> & $&")
    expect(preview.window.get_by_text("<b>bold</b> & $&", exact=True)).to_be_visible()
    expect(preview.window.get_by_text("<i>Chat</i>", exact=True)).to_be_visible()
    expect(preview.window.locator("b, i")).to_have_count(0)


def test_a_page_cannot_change_the_chat_through_its_details(preview: Preview) -> None:
    preview.show(enableFunctions=True)
    preview.talk("Hello")
    call = "window.haloChat_functions_getCurrentChatDetails()"
    assert preview.page.evaluate(f"{call}[0].messages.length = 0") == 0
    assert len(preview.page.evaluate(call)[0]["messages"]) == 3


@engines
@pytest.mark.parametrize("way", ["query", "storage"])
def test_can_act_as_an_unavailable_chat(preview: Preview, way: str) -> None:
    preview.page.add_init_script(
        "addEventListener('haloChat_outboundEvent_initialized',"
        " ({ detail }) => { window.initialized = detail; });"
    )
    if way == "storage":
        preview.page.add_init_script("""
            // An empty page has no storage.
            if (location.protocol === "http:") {
              sessionStorage.setItem("halochat-preview-unavailable", "1");
            }
        """)
    preview.show(query="/?halochat-preview=unavailable" if way == "query" else "")
    assert preview.page.evaluate("window.initialized") == {"chatAvailable": False}
    expect(preview.root).to_be_empty()
    preview.send("openChatWindow")
    expect(preview.root).to_be_empty()


# --- In any page ----------------------------------------------------------------------


@engines
def test_styles_of_a_theme_do_not_reach_it(preview: Preview) -> None:
    seen = []
    for css in ("", MATERIAL_LIKE):
        preview.server.answer("/theme.css", css, type="text/css")
        head = '<link rel="stylesheet" href="/theme.css" />'
        preview.show(head=head, persistChatToken=False)
        preview.talk("Hello")
        preview.menu("Participants")
        seen.append(styles(preview.root))
    assert seen[0] == seen[1]


def test_does_not_change_the_page(preview: Preview) -> None:
    looks = """[...document.querySelectorAll("h1, p, a, body > p button")].map(
      (element) => JSON.stringify([element.getBoundingClientRect(),
                                   {...getComputedStyle(element)}]))"""
    preview.show(page=PAGE.replace("/preview.js", "/empty.js"))
    before = preview.page.evaluate(looks)
    preview.show()
    preview.talk("Hello")
    assert preview.page.evaluate(looks) == before


@pytest.mark.core
@engines
@pytest.mark.parametrize("tag", ["en", "ar"])
def test_fits_a_small_screen(preview: Preview, tag: str) -> None:
    preview.page.set_viewport_size({"width": 320, "height": 480})
    head = '<meta name="viewport" content="width=device-width" />'
    styles = {"right": "100px"}
    preview.show(head=head, tag=tag, width=500, windowStyles=styles)
    preview.talk("Supercalifragilistic" * 5)
    place = preview.window.bounding_box()
    assert place == {"x": 0, "y": 0, "width": 320, "height": 480}
    assert preview.page.evaluate("document.documentElement.scrollWidth") == 320
    widget, _, own = texts(tag)
    for part in (own["menu"], widget["close"], widget["send"]):
        inside = preview.button(part).bounding_box()
        assert inside
        assert 0 <= inside["x"] <= 320 - inside["width"]
    assert preview.window.evaluate("(it) => it.scrollWidth <= it.clientWidth")
    expect(preview.button(own["full"])).to_have_count(0)


def test_is_not_printed(preview: Preview) -> None:
    preview.show()
    preview.talk("Hello")
    preview.page.emulate_media(media="print")
    expect(preview.window).to_have_count(0)
    expect(preview.bubble).to_be_hidden()


@engines
def test_is_hidden_with_its_element(preview: Preview) -> None:
    preview.show()
    preview.talk("Hello")
    preview.root.evaluate("(element) => { element.hidden = true; }")
    expect(preview.bubble).to_be_hidden()
    expect(preview.window).to_have_count(0)


def test_forced_colors_leave_edges(preview: Preview) -> None:
    preview.page.emulate_media(forced_colors="active")
    preview.show()
    preview.talk("Hello")
    for part in (preview.bubble, preview.window):
        expect(part).to_have_css("border-top-width", "1px")


def test_animates_only_if_the_visitor_does_not_prefer_reduced_motion(
    preview: Preview,
) -> None:
    for wish, names in (("reduce", "none"), ("no-preference", "appear")):
        preview.page.emulate_media(reduced_motion=wish)  # type: ignore[arg-type]
        preview.show()
        preview.talk()
        expect(preview.window).to_have_css("animation-name", names)


CONTRASTS = """(root) => {
  const number = (colour) => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { a, rgb: [r, g, b] };
  };
  const luminance = ({ rgb }) => {
    const [r, g, b] = rgb.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    const colour = number(getComputedStyle(element).backgroundColor);
    return colour.a === 1 ? colour : ground(element.parentElement);
  };
  const shown = [...root.firstElementChild.shadowRoot.querySelectorAll("*")].filter(
    (element) => element.checkVisibility() && !element.disabled &&
      !element.closest(".dock, .aside, [inert]") && (element.matches("svg, textarea") ||
        [...element.childNodes].some((node) => node.data?.trim())));
  return shown.map((element) => {
    const text = luminance(number(getComputedStyle(element).color));
    const back = luminance(ground(element));
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    return [element.className || element.tagName, ratio];
  });
}"""


@pytest.mark.core
@engines
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["", "#E83C4A", "gold", "#777777", "black", "white"])
def test_text_has_enough_contrast(preview: Preview, theme: str, colour: str) -> None:
    preview.show(theme=theme, **({"colour": colour} if colour else {}))
    preview.talk("Hello")
    found = preview.root.evaluate(CONTRASTS)
    preview.menu("Chat Details")
    found += preview.root.evaluate(CONTRASTS)
    preview.send("endChat")
    found += preview.root.evaluate(CONTRASTS)
    assert len(found) > 20
    assert [one for one in found if one[1] < 4.5] == []


# --- By keyboard ----------------------------------------------------------------------


@pytest.mark.core
@engines
def test_a_whole_chat_works_by_keyboard(preview: Preview) -> None:
    preview.show()
    page = preview.page
    for _ in range(3):  # the page's link, its button, the bubble
        page.keyboard.press("Tab")
    expect(preview.bubble).to_be_focused()
    expect(preview.bubble).to_have_css("outline-style", "solid")
    page.keyboard.press("Enter")
    expect(preview.bubble).to_have_attribute("aria-expanded", "true")
    expect(preview.box).to_be_focused()
    advance_clock(page, 4000)
    page.keyboard.type("Hello")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("there")
    page.keyboard.press("Enter")
    log = preview.root.get_by_role("log")
    expect(log).to_contain_text("Hello\nthere")
    expect(preview.box).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(log).to_be_focused()
    page.keyboard.press("Escape")
    expect(preview.window).to_be_hidden()
    expect(preview.bubble).to_be_focused()
    expect(preview.bubble).to_have_attribute("aria-expanded", "false")


@engines
def test_the_menu_works_by_keyboard(preview: Preview) -> None:
    preview.show()
    preview.talk()
    press = preview.page.keyboard.press
    preview.button("Menu").focus()
    press("Enter")
    items = preview.root.get_by_role("menuitem")
    expect(items.first).to_be_focused()
    for key, at in [("ArrowUp", 4), ("ArrowDown", 0), ("End", 4), ("Home", 0)]:
        press(key)
        expect(items.nth(at)).to_be_focused()
    press("Escape")
    expect(items).to_have_count(0)
    expect(preview.button("Menu")).to_be_focused()
    press("Enter")
    press("Enter")
    expect(
        preview.root.get_by_placeholder("Enter a name for this Chat")
    ).to_be_focused()
    press("Escape")
    expect(preview.box).to_be_focused()
    preview.send("endChat")
    expect(preview.button("Cancel")).to_be_focused()
    press("Escape")
    expect(preview.box).to_be_focused()


@pytest.mark.core
@engines
def test_a_full_screen_window_keeps_the_focus(preview: Preview) -> None:
    preview.show(forceFullScreen=True)
    preview.talk()
    expect(preview.button("Full screen")).to_have_count(0)
    expect(preview.bubble).to_be_hidden()
    preview.page.keyboard.press("Tab")
    expect(preview.button("Menu")).to_be_focused()
    preview.page.keyboard.press("Shift+Tab")
    expect(preview.box).to_be_focused()
    preview.page.keyboard.press("Escape")
    expect(preview.bubble).to_be_focused()


@engines
def test_the_end_option_of_the_bubble_works_by_keyboard(preview: Preview) -> None:
    preview.show(showEndChatOptionOnBubble=True)
    preview.talk()
    preview.page.keyboard.press("Escape")
    expect(preview.bubble).to_be_focused()
    preview.page.keyboard.press("Tab")
    option = preview.root.get_by_role("button", name="End this Chat")
    expect(option).to_be_focused()
    expect(option).to_have_css("opacity", "1")
    preview.page.keyboard.press("Enter")
    expect(preview.button("Cancel")).to_be_focused()


@engines
def test_closing_by_an_event_leaves_the_focus_on_the_page(
    preview: Preview,
) -> None:
    preview.show()
    preview.talk()
    link = preview.page.get_by_role("link")
    link.focus()
    preview.send("closeChatWindow")
    expect(link).to_be_focused()


@engines
def test_automatic_opening_does_not_move_the_focus(preview: Preview) -> None:
    preview.show(keepChatWindowOpen=True, areYouStillThereReopenChat=True)
    preview.talk()
    preview.page.reload()
    advance_clock(preview.page, 100)
    expect(preview.window).to_be_visible()
    expect(preview.box).not_to_be_focused()
    preview.send("closeChatWindow")
    advance_clock(preview.page, 400_000)
    expect(preview.window).to_be_visible()
    expect(preview.box).not_to_be_focused()


# --- The menu and the details ---------------------------------------------------------


@engines
def test_the_full_screen_button(preview: Preview) -> None:
    preview.show(windowStyles={"bottom": "100px", "width": 300})
    preview.talk()
    toggle = preview.button("Full screen")
    for pressed in ("true", "false"):
        toggle.click()
        expect(toggle).to_have_attribute("aria-pressed", pressed)
        place = preview.window.bounding_box()
        assert place
        assert (place["width"] == 1280) is (pressed == "true")


@engines
def test_applies_the_details_of_chat_data(preview: Preview) -> None:
    preview.show()
    preview.talk()
    preview.menu("Chat Details")
    name = preview.root.get_by_placeholder("Enter a name for this Chat")
    name.fill("Invoices")
    preview.button("Cancel").click()
    expect(preview.window).to_have_accessible_name("Live Chat")
    preview.menu("Chat Details")
    expect(name).to_have_value("")
    name.fill("Invoices")
    person = preview.root.get_by_label("Participants")
    for one in ("Sam", " ", "Kim"):
        person.fill(one)
        preview.button("Add").click()
    people = preview.window.get_by_role("listitem")
    expect(people).to_have_text(["Preview agent", "SamRemove", "KimRemove"])
    preview.button("Remove: Sam").click()
    expect(people).to_have_text(["Preview agent", "KimRemove"])
    expect(person).to_be_focused()
    preview.button("Save").click()
    expect(preview.window).to_have_accessible_name("Invoices")


def test_updates_do_not_take_the_focus(preview: Preview) -> None:
    preview.show()
    preview.talk("Hello")
    preview.menu("Participants")
    preview.root.get_by_label("Participants").fill("Sam")
    preview.button("Add").click()
    preview.button("Remove: Sam").focus()
    preview.send("resize", {"width": 400})
    expect(preview.button("Remove: Sam")).to_be_focused()


@engines
def test_a_status_is_announced_once(preview: Preview) -> None:
    preview.show()
    preview.send("openChatWindow")
    preview.root.get_by_role("log").evaluate(
        """(log) => {
          window.changes = 0;
          const count = (records) => { window.changes += records.length; };
          const all = { childList: true, characterData: true, subtree: true };
          new MutationObserver(count).observe(log, all);
        }"""
    )
    preview.send("resize", {"width": 400})
    preview.send("reposition", "top-left")
    assert preview.page.evaluate("window.changes") == 0
    advance_clock(preview.page, 4000)
    assert preview.page.evaluate("window.changes") > 0


def test_controls_that_only_agents_see(preview: Preview) -> None:
    preview.show()
    preview.talk()
    face = preview.window.locator(".face")
    before = face.inner_text()
    preview.menu("Chat Details")
    preview.button("Change Icon").click()
    assert face.inner_text() != before
    preview.button("Send a Canned Message").click()
    expect(preview.root.get_by_role("log")).to_contain_text("canned message")


def test_the_transcript(preview: Preview) -> None:
    preview.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    preview.show()
    preview.talk("Hello")
    preview.menu("Copy Transcript")
    expect(preview.root.get_by_role("status")).to_have_text("Copied")
    lines = preview.page.evaluate("navigator.clipboard.readText()").split("\n")
    names = [line.partition(":")[0] for line in lines]
    assert names == ["Preview agent", "You", "Preview agent"]
    assert lines[1] == "You: Hello"


@engines
def test_older_messages(preview: Preview) -> None:
    preview.show()
    preview.talk(*[f"Line {number}" for number in range(5)])
    preview.page.reload()
    preview.talk()
    first = preview.window.get_by_text("Line 0", exact=True)
    expect(preview.window.get_by_text("Line 4", exact=True)).to_be_visible()
    expect(first).to_have_count(0)
    preview.button("Load older messages").click()
    expect(first).to_have_count(1)
    expect(preview.button("Load older messages")).to_have_count(0)


@pytest.mark.core
@engines
def test_restarting(preview: Preview) -> None:
    preview.show(enableFunctions=True)
    preview.talk("Hello")
    call = "window.haloChat_functions_getCurrentChatDetails()[0]"
    before = preview.page.evaluate(call)
    preview.menu("Restart Chat")
    after = preview.page.evaluate(call)
    assert after["id"] != before["id"]
    assert after["messages"] == []
    expect(preview.window.get_by_text("Waiting for an Agent to join")).to_be_visible()


@engines
def test_a_click_elsewhere_closes_the_menu(preview: Preview) -> None:
    preview.show()
    preview.talk()
    preview.button("Menu").click()
    preview.window.get_by_text(NOTICE).click(position={"x": 5, "y": 5})
    expect(preview.root.get_by_role("menuitem")).to_have_count(0)


def test_works_without_a_missing_image_or_sound(preview: Preview) -> None:
    preview.show(icon="/missing.svg", sound="/missing.mp3")
    expect(preview.bubble.locator("img")).to_have_count(0)
    expect(preview.bubble.locator("svg").first).to_be_visible()
    with preview.page.expect_request("**/missing.mp3"):
        preview.talk("Hello")
    expect(preview.root.get_by_role("log")).to_contain_text("In a real Halo system")


def test_the_script_is_ascii() -> None:
    assert PREVIEW.read_text("utf-8").isascii()


# --- In any language ------------------------------------------------------------------


def seen(preview: Preview) -> str:
    """Return the HTML of the widget, with its texts and accessible names."""
    script = "(root) => root.firstElementChild.shadowRoot.innerHTML"
    return html.unescape(preview.root.evaluate(script))


def test_uses_the_language_of_the_page(preview: Preview) -> None:
    preview.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    widget, _, own = texts("de")
    preview.show(tag="de")
    preview.talk("Eins", "Zwei", "Drei")
    preview.button(own["menu"]).click()
    preview.root.get_by_role("menuitem", name=widget["copyTranscript"]).click()
    expect(preview.root.get_by_role("status")).to_have_text(own["copied"])
    found = seen(preview)
    transcript = preview.page.evaluate("navigator.clipboard.readText()")
    assert transcript.startswith(f"{own['agent']}: {own['greeting']}\n{own['you']}: ")
    preview.button(own["menu"]).click()
    preview.root.get_by_role("menuitem", name=widget["chatDetails"]).click()
    preview.button(widget["sendCanned"]).click()
    advance_clock(preview.page, 400_000)
    expect(preview.button(own["stillHere"])).to_be_visible()
    found += seen(preview)
    assert [text for text in own.values() if text not in found] == []
    english = texts("en").preview
    assert [text for text in english.values() if f">{text}<" in found] == []
    preview.box.fill("Vier")
    preview.box.press("Enter")
    advance_clock(preview.page, 1000)
    typing = widget["isTyping"].replace("@@@", own["agent"])
    expect(preview.log).to_contain_text(typing)


@engines
def test_declares_its_language(preview: Preview) -> None:
    preview.show(tag="pt-BR")
    preview.talk()
    for part in (preview.window, preview.bubble, preview.log):
        assert part.evaluate("(part) => part.matches(':lang(pt-BR)')")
    preview.show()
    assert preview.bubble.evaluate("(part) => part.matches(':lang(en)')")


def test_the_last_options_of_the_page_win(preview: Preview) -> None:
    earlier = json.dumps({"texts": {"preview": {"notice": "Earlier"}}})
    preview.show(head=META.format(html.escape(earlier)), tag="de")
    preview.talk()
    expect(preview.window).to_contain_text(texts("de").preview["notice"])
    expect(preview.window).not_to_contain_text("Earlier")


READING = [
    ("ltr", "en", "left"),
    ("ltr", "ar", "right"),
    ("ltr", "he", "right"),
    ("rtl", "ar", "right"),
    ("rtl", "en", "left"),
]


def show_in(preview: Preview, way: str, tag: str, **config: Any) -> None:
    """Show the chat of a language in a page that may read the other way."""
    lang = {"ltr": "en", "rtl": "ar"}[way]
    page = PAGE.replace('lang="en"', f'lang="{lang}" dir="{way}"')
    preview.show(page=page, tag=tag, **config)


def side(one: Locator, other: Locator) -> str:
    """Return on which side of the other's middle the one's is."""
    here, there = one.bounding_box(), other.bounding_box()
    assert here
    assert there
    before = here["x"] + here["width"] / 2 < there["x"] + there["width"] / 2
    return "left" if before else "right"


@engines
@pytest.mark.parametrize(("way", "tag", "begins"), READING)
def test_the_window_is_laid_out_in_the_direction_of_its_language(
    preview: Preview, way: str, tag: str, begins: str
) -> None:
    ends = {"left": "right", "right": "left"}[begins]
    widget, _, own = texts(tag)
    show_in(preview, way, tag)
    preview.talk("Hello", "Hello again")
    advance_clock(preview.page, 400_000)
    window, messages = preview.window, preview.window.locator(".message p")
    # The header, and the menu under its button.
    assert side(window.locator(".face"), window.locator("h2")) == begins
    assert side(preview.button(own["menu"]), window) == ends
    assert side(preview.button(widget["close"]), preview.button(own["menu"])) == ends
    preview.button(own["menu"]).click()
    menu = preview.root.get_by_role("menu")
    assert side(menu, window) == ends
    # The messages, each by whom it is from, the question, and the composer.
    assert [side(messages.nth(at), window) for at in range(4)] == [
        begins,
        ends,
        begins,
        ends,
    ]
    question = window.get_by_text(own["stillThere"])
    assert side(question, preview.button(own["stillHere"])) == begins
    assert side(preview.button(widget["send"]), preview.box) == ends
    # The details, with what is written in them.
    preview.root.get_by_role("menuitem", name=widget["chatDetails"]).click()
    title = window.get_by_role("heading", name=widget["participants"])
    add, person = preview.button(widget["add"]), window.locator("input").last
    assert side(add, person) == ends
    person.fill("Sam")
    add.click()
    assert side(preview.button(f"{widget['remove']}: Sam"), window) == ends
    cancel, save = preview.button(widget["cancel"]), preview.button(widget["save"])
    assert (side(cancel, save), side(save, window)) == (begins, ends)
    assert read_from_the_left(title) is (begins == "left")
    save.click()
    # The question before the end.
    preview.send("endChat")
    sheet = preview.root.get_by_role("alertdialog")
    end = sheet.get_by_role("button", name=widget["endChat"])
    assert side(sheet.get_by_role("button", name=widget["cancel"]), end) == begins


@pytest.mark.parametrize(("way", "tag", "begins"), READING)
def test_the_badge_is_at_the_end_of_the_line_in_its_language(
    preview: Preview, way: str, tag: str, begins: str
) -> None:
    show_in(preview, way, tag, showEndChatOptionOnBubble=True)
    preview.send("openChatWindow")
    preview.send("closeChatWindow")
    advance_clock(preview.page, 5000)
    badge = preview.root.get_by_text("1", exact=True)
    end = preview.root.get_by_role("button", name=texts(tag).widget["endChat"])
    assert side(end, preview.bubble) == begins
    assert side(badge, preview.bubble) != begins


@pytest.mark.parametrize(("way", "tag", "begins"), READING)
@pytest.mark.parametrize("position", ["bottom-right", "bottom-left", None])
def test_stays_in_the_corner_from_the_options_in_any_language(
    preview: Preview, way: str, tag: str, begins: str, position: str | None
) -> None:
    show_in(preview, way, tag, **({"position": position} if position else {}))
    preview.talk()
    for part in (preview.bubble, preview.window):
        box = part.bounding_box()
        assert box
        width = preview.page.evaluate("document.documentElement.clientWidth")
        left = 20 if position == "bottom-left" else width - 20 - box["width"]
        assert box["x"] == left


@engines
@pytest.mark.parametrize(("way", "tag", "begins"), READING)
def test_a_message_reads_in_its_own_direction(
    preview: Preview, way: str, tag: str, begins: str
) -> None:
    show_in(preview, way, tag)
    preview.talk("Latin.", "مرحبًا.")
    for text, from_the_left in [("Latin.", True), ("مرحبًا.", False)]:
        message = preview.window.get_by_text(text, exact=True)
        assert read_from_the_left(message) is from_the_left
        assert side(message, preview.window) != begins


def test_its_own_english_reads_from_the_left_beside_other_texts(
    preview: Preview,
) -> None:
    arabic = dict(texts("ar").widget)
    preview.show(language=arabic)
    preview.talk()
    preview.menu(arabic["chatDetails"])
    for text in ("A preview makes no ticket.", "Only agents see these in Halo:"):
        assert read_from_the_left(preview.root.get_by_text(text))
