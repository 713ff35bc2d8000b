"""Pages and browsers that get in the way of the preview widget."""

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
from server import Server
from virtual_clock import advance_clock, install_clock

pytestmark = pytest.mark.engines

PREVIEW = Path(__file__).parents[2] / "halochat" / "static" / "preview.js"
PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8" /><title>Page</title>{head}</head>
<body><h1>Page</h1>{content}<div id="halo-chat"></div>
<script src="/config.js"></script><script src="/preview.js"></script>
</body>
</html>"""
META = '<meta name="halo-chat" content="{}" />'
SEND = """([name, detail]) => EventTarget.prototype.dispatchEvent.call(
  window, new CustomEvent(`haloChat_inboundEvent_${name}`, { detail }))"""


class Preview:
    """A page with the preview widget, and time that stands still."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.errors = record_errors(page)
        self.bubble = page.locator("#halo-chat .bubble")
        self.window = page.locator("#halo-chat .window")
        self.log = page.locator("#halo-chat .log")
        self.box = page.locator("#halo-chat textarea")
        install_clock(page, runs=True)

    def show(
        self, *, head: str = "", content: str = "", script: str = "", **config: Any
    ) -> Preview:
        """Show a page whose scripts run before the preview's."""
        given = {"enableInboundEvents": True, "enableOutboundEvents": True, **config}
        self.server.answer(
            "/config.js", f"window.haloChatConfig = {json.dumps(given)};{script}"
        )
        body = PAGE.format(head=head, content=content)
        self.server.answer("/", body, type="text/html")
        self.page.goto(self.server.url)
        advance_clock(self.page, 10)
        return self

    def send(self, name: str, detail: Any = None) -> None:
        self.page.evaluate(SEND, [name, detail])

    def talk(self, *lines: str) -> None:
        """Open the chat, let the agent greet, and have each line answered."""
        self.send("openChatWindow")
        advance_clock(self.page, 4000)
        for line in lines:
            # The box has the focus. To fill it, Firefox needs globals of the page.
            self.page.keyboard.type(line)
            self.page.keyboard.press("Enter")
            advance_clock(self.page, 3000)


@pytest.fixture
def preview(
    page: Page, tmp_path: Path, serve: Callable[[Path], Server]
) -> Iterator[Preview]:
    server = serve(tmp_path)
    server.answer("/preview.js", PREVIEW.read_text("utf-8"))
    server.answer("/favicon.ico", "", type="image/x-icon")
    preview = Preview(page, server)
    yield preview
    assert preview.errors == []


def check_talks(preview: Preview) -> None:
    preview.talk("Hello")
    expect(preview.log).to_contain_text("In a real Halo system")


def options(preview: dict[str, str], **more: str) -> str:
    data = {"texts": {"preview": preview, **more}}
    return META.format(html.escape(json.dumps(data)))


# --- Content and globals --------------------------------------------------------------

# Names that hide what the document itself has.
NAMES = """activeElement addEventListener adoptedStyleSheets body createElement
createElementNS documentElement getElementById head querySelector querySelectorAll
styleSheets""".split()
# Names that hide what the window has of its prototypes.
IDS = ["addEventListener", "dispatchEvent", "haloChat_functions_getCurrentChatDetails"]
GLOBALS = """
const CSS = null;
class Text {}
function addEventListener() { throw new Error("the page's own"); }
function dispatchEvent() { throw new Error("the page's own"); }
function open() { throw new Error("the page's own"); }
function close() { throw new Error("the page's own"); }
function find() { throw new Error("the page's own"); }
function focus() { throw new Error("the page's own"); }
var name = "x", status = "x", event = "x", page = "x", state = "x", texts = "x";
"""


@pytest.mark.parametrize("name", NAMES)
def test_works_beside_an_element_named_like_a_document_property(
    preview: Preview, name: str
) -> None:
    preview.show(content=f'<img name="{name}" alt="" /><form name="{name}"></form>')
    check_talks(preview)


@pytest.mark.core
@pytest.mark.parametrize("name", IDS)
def test_works_beside_an_element_named_like_a_window_property(
    preview: Preview, name: str
) -> None:
    preview.show(content=f'<a id="{name}"></a>', enableFunctions=True)
    check_talks(preview)
    call = "window.haloChat_functions_getCurrentChatDetails().length"
    assert preview.page.evaluate(call) == 1


def test_works_beside_globals_of_the_page(preview: Preview) -> None:
    preview.show(script=GLOBALS, enableFunctions=True)
    check_talks(preview)


def test_ignores_an_element_named_like_the_configuration(preview: Preview) -> None:
    content = '<form id="haloChatConfig"><input name="icon" value="/x" /></form>'
    preview.show(content=content, script="delete window.haloChatConfig")
    expect(preview.bubble).to_have_attribute("title", "Start a new Chat")
    expect(preview.bubble.locator("img")).to_have_count(0)


@pytest.mark.parametrize(
    "content", ["{}", '<form name="head">{}</form>', "<svg><desc>{}</desc></svg>"]
)
def test_reads_no_texts_from_the_body(preview: Preview, content: str) -> None:
    own = options({"notice": "From the head"})
    other = options({"notice": "From the body", "you": "Somebody"}, lang="de")
    preview.show(head=own, content=content.format(other))
    preview.talk("Hello")
    expect(preview.window).to_contain_text("From the head")
    expect(preview.log).to_contain_text("You: ")
    assert preview.window.evaluate("(part) => !part.matches(':lang(de)')")


@pytest.mark.parametrize("content", ["", "{", "null", "[]", "&quot;x&quot;"])
def test_uses_english_if_the_options_are_damaged(
    preview: Preview, content: str
) -> None:
    preview.show(head=META.format(content))
    preview.talk()
    expect(preview.window).to_contain_text("Preview: no message is sent")


def test_uses_the_language_of_the_page_by_default(
    preview: Preview,
) -> None:
    preview.show()
    assert preview.bubble.evaluate("(part) => part.matches(':lang(fr)')")


def test_ignores_styles_that_css_does_not_know(preview: Preview) -> None:
    unknown = {"length": 1, "parentRule": 2, "setProperty": "x", "item": 0}
    unknown |= {"cssText": "opacity: 0", "wdith": "3px", "opacity": "much", "0": "top"}
    styles = {**unknown, "borderRadius": 7, "--Own": "1px", "zIndex": 5}
    preview.show(
        bubbleStyles=styles, windowStyles=styles, bubbleContainerStyles=["top", None]
    )
    check_talks(preview)
    for part in (preview.bubble, preview.window):
        expect(part).to_have_css("border-top-left-radius", "7px")
        expect(part).to_have_css("z-index", "5")
        expect(part).to_have_css("opacity", "1")
        expect(part).to_have_css("--Own", "1px")


def test_listeners_of_the_page_see_keys(preview: Preview) -> None:
    preview.show(
        script="""
        window.keys = [];
        for (const type of ["keydown", "keypress", "keyup"]) {
          document.addEventListener(type, ({ key }) => window.keys.push(type + key));
        }
        """
    )
    preview.send("openChatWindow")
    expect(preview.box).to_be_focused()
    preview.page.keyboard.press("a")
    preview.page.keyboard.press("Escape")
    seen = preview.page.evaluate("window.keys")
    assert seen == ["keydowna", "keypressa", "keyupa", "keydownEscape", "keyupEscape"]
    expect(preview.window).to_be_hidden()


def test_page_can_open_the_chat_during_loading(preview: Preview) -> None:
    preview.show(
        script="""
        window.heard = [];
        const listen = (name) => window.addEventListener(
          `haloChat_outboundEvent_${name}`, () => window.heard.push(name));
        ["existingChatResumed", "newChatStarting", "chatOpened"].forEach(listen);
        window.addEventListener("haloChat_outboundEvent_initialized", () =>
          dispatchEvent(new CustomEvent("haloChat_inboundEvent_openChatWindow")));
        """
    )
    expect(preview.window).to_be_visible()
    assert preview.page.evaluate("window.heard") == ["newChatStarting", "chatOpened"]
    advance_clock(preview.page, 4000)
    preview.page.reload()
    advance_clock(preview.page, 10)
    expect(preview.log).to_contain_text("Hello! This is a preview")
    heard = preview.page.evaluate("window.heard")
    assert heard == ["chatOpened", "existingChatResumed"]


# --- Browsers -------------------------------------------------------------------------

BLOCKED = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("blocked", "SecurityError"); } });"""
FULL = """for (let size = 2 ** 22; size; size = Math.floor(size / 2)) {
  for (let part = 0; part < 4; part += 1) {
    try { sessionStorage.setItem(`filler-${size}-${part}`, "x".repeat(size)); } catch {}
  }
}"""


@pytest.mark.parametrize("trouble", [BLOCKED, FULL], ids=["blocked", "full"])
def test_works_without_storage(preview: Preview, trouble: str) -> None:
    preview.show(script=trouble, keepChatWindowOpen=True)
    check_talks(preview)
    if trouble == FULL:
        keys = preview.page.evaluate("Object.keys(sessionStorage)")
        assert "halochat-preview-chat" not in keys


def looks(locator: Locator) -> Any:
    """Return the place and the looks of everything in the widget."""
    return locator.evaluate(
        """(root) => [...root.getRootNode().querySelectorAll("*")].filter(
          (element) => !element.matches("style")).map((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            const { font, color, display } = getComputedStyle(element);
            return [x, y, width, height, font, color, display].map(String);
        })"""
    )


ANIMATED = """Promise.all(document.getElementById("halo-chat").firstElementChild
    .shadowRoot.getAnimations().map((animation) => animation.finished))"""


@pytest.mark.core
def test_looks_the_same_without_constructable_style_sheets(preview: Preview) -> None:
    seen = []
    for script in ("", "window.CSSStyleSheet = function () { throw new Error(); };"):
        preview.show(script=script, persistChatToken=False)
        preview.talk("Hello")
        preview.page.evaluate(ANIMATED)
        seen.append(looks(preview.window))
    assert seen[0] == seen[1]


@pytest.mark.core
@pytest.mark.parametrize("sizes_fields", [True, False])
def test_the_box_is_as_high_as_its_text(preview: Preview, sizes_fields: bool) -> None:
    if not sizes_fields:
        # To the script and its styles, the browser is one that lacks the property.
        source = PREVIEW.read_text("utf-8")
        for word in ("field-sizing", "fieldSizing"):
            assert source.count(word) == 1
            source = source.replace(word, "missing")
        preview.server.answer("/preview.js", source)
    preview.show()
    preview.talk()

    def height() -> float:
        place = preview.box.bounding_box()
        assert place
        return place["height"]

    preview.box.fill("One")
    one = height()
    preview.box.fill("One\nTwo\nThree")
    three = height()
    line = preview.box.evaluate("(box) => parseFloat(getComputedStyle(box).lineHeight)")
    assert three - one == pytest.approx(2 * line, abs=1)
    preview.box.fill("\n".join("12345678"))
    assert height() == pytest.approx(112)
    preview.box.fill("One")
    assert height() == one


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_placeholder_fits_into_the_box(preview: Preview, tag: str) -> None:
    preview.show(language=dict(texts(tag).widget))
    preview.send("openChatWindow")
    overflow = preview.box.evaluate("(box) => box.scrollWidth - box.clientWidth")
    assert overflow == 0
    preview.send("toggleMenu")
    preview.page.keyboard.press("Enter")
    name = preview.window.locator("input").first
    expect(name).to_be_focused()
    assert name.evaluate("(box) => box.scrollWidth - box.clientWidth") == 0


# --- The log --------------------------------------------------------------------------


def is_at_end(log: Locator) -> bool:
    script = "(log) => log.scrollHeight - log.scrollTop - log.clientHeight < 2"
    return bool(log.evaluate(script))


def test_shows_the_latest_messages_when_the_window_opens(preview: Preview) -> None:
    preview.show(height=300)
    preview.talk("Hello", "Hello again")
    assert is_at_end(preview.log)
    preview.send("closeChatWindow")
    preview.send("openChatWindow")
    assert is_at_end(preview.log)
    preview.page.reload()
    advance_clock(preview.page, 10)
    preview.send("openChatWindow")
    assert is_at_end(preview.log)


def test_new_message_does_not_scroll_an_earlier_one_away(
    preview: Preview,
) -> None:
    preview.show(height=300)
    preview.talk("Hello", "Hello again")
    preview.box.fill("Once more")
    preview.box.press("Enter")
    assert is_at_end(preview.log)
    preview.log.evaluate("(log) => { log.scrollTop = 0; }")
    advance_clock(preview.page, 3000)
    expect(preview.log).to_contain_text("The menu works in the preview too")
    assert preview.log.evaluate("(log) => log.scrollTop") == 0
