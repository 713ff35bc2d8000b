"""The vendor's contract, a case for each property, text, event and function.

The cases know `contract.json` and what a page can see: roles, names, boxes, computed
styles, events. They run against the preview widget, or with HALOCHAT_WIDGET_URL (and
HALOCHAT_WIDGET_CONFIG, JSON with the mandatory properties) against another script.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import ConsoleMessage, Locator, Page, expect
from virtual_clock import advance_clock, install_clock

HERE = Path(__file__).parent
PREVIEW = HERE.parents[1] / "halochat" / "static" / "preview.js"
WIDGET = os.environ.get("HALOCHAT_WIDGET_URL", "/preview.js")
MANDATORY = json.loads(os.environ.get("HALOCHAT_WIDGET_CONFIG", "{}")) or {
    "chatServiceUrl": "https://halo.test/api",
    "configId": "1",
    "configKey": "key",
}
CONTRACT = json.loads((HERE.parent / "contract.json").read_text("utf-8"))
PROPERTIES = [item["name"] for item in CONTRACT["properties"]]
TEXTS: dict[str, str] = CONTRACT["language"]
INBOUND = [item["name"] for item in CONTRACT["inbound"]]
OUTBOUND = {item["name"]: item["detail"] for item in CONTRACT["outbound"]}
FUNCTIONS = [item["name"] for item in CONTRACT["functions"]]

API = {"enableInboundEvents": True, "enableOutboundEvents": True}
API["enableFunctions"] = True
IDENTITY = {"id_token": "an.identity.token"}
BAD_DETAILS: list[Any] = [None, True, -1, "", "x", [], [None], {}]
BAD_DETAILS += [{"id_token": 1, "width": "wide", "x": {}, "colour": [], "configId": 0}]
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<rect width="9" height="9"/></svg>'
)
RECORDER = """
window.sent = [];
for (const name of %s) {
  window.addEventListener(name, ({ detail }) => window.sent.push({ name, detail }));
}
"""
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8" /><title>Page</title></head>
<body>
<h1>Page</h1><p id="target" style="height: 300px">Text</p>
<div id="halo-chat"></div>
<script>window.haloChatConfig = %s</script>
<script src="%s"></script>
</body>
</html>"""


class Chat:
    """A page with the widget, as its author and its visitor see it."""

    def __init__(self, page: Page, server: Any) -> None:
        self.page = page
        self.server = server
        self.language: dict[str, str] = {}
        self.errors: list[str] = []
        self.console: list[ConsoleMessage] = []
        self.root = page.locator("#halo-chat")
        self.window = self.root.get_by_role("dialog")
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.console.append(message))
        page.add_init_script(RECORDER % json.dumps(list(OUTBOUND)))
        page.emulate_media(reduced_motion="reduce")
        install_clock(page, runs=True)

    def load(self, **config: Any) -> Chat:
        """Show a page with these properties to a new visitor; nothing is waited for."""
        self.page.goto(f"{self.server.url}/empty")
        self.page.evaluate("sessionStorage.clear()")
        self.page.context.clear_cookies()
        self.language = config.get("language", {})
        full_config = {**MANDATORY, **API, **config}
        html = PAGE % (json.dumps(full_config).replace("<", "\\u003c"), WIDGET)
        self.server.answer("/", html, type="text/html")
        self.page.goto(self.server.url)
        return self

    def start(self, **config: Any) -> Chat:
        """Show a page with these properties and wait for the widget."""
        self.load(**config).wait("initialized")
        return self

    def reload(self) -> None:
        self.page.reload()
        self.wait("initialized")

    def text(self, name: str) -> str:
        return self.language.get(name, TEXTS[name])

    @property
    def bubble(self) -> Locator:
        names = [re.escape(self.text(name)) for name in ("newChatName", "liveChatName")]
        return self.root.get_by_role("button", name=re.compile("|".join(names)))

    @property
    def box(self) -> Locator:
        return self.root.get_by_placeholder(self.text("messagePlaceholder"))

    def button(self, name: str) -> Locator:
        return self.window.get_by_role("button", name=self.text(name), exact=True)

    def send(self, name: str, detail: Any = None) -> None:
        """Send an inbound event."""
        script = "([name, detail]) => dispatchEvent(new CustomEvent(name, { detail }))"
        self.page.evaluate(script, [f"haloChat_inboundEvent_{name}", detail])

    def sent(self, name: str) -> list[Any]:
        """The details of all outbound events of this name, so far."""
        script = "(name) => window.sent.filter((one) => one.name === name)"
        found = self.page.evaluate(script, f"haloChat_outboundEvent_{name}")
        return [one["detail"] for one in found]

    def wait(self, name: str, *, step: int = 100, count: int = 1) -> Any:
        """Let time pass until an outbound event has come; its detail."""
        for _ in range(60):
            if len(details := self.sent(name)) >= count:
                return details[-1]
            advance_clock(self.page, step)
        raise AssertionError(f"no outbound event {name}")

    def details(self) -> Any:
        return self.page.evaluate("window.haloChat_functions_getCurrentChatDetails()")

    def open(self, **detail: Any) -> None:
        self.send("openChatWindow", detail or None)
        expect(self.window).to_be_visible()

    def close(self) -> None:
        self.send("closeChatWindow")
        expect(self.window).to_be_hidden()

    def join(self) -> None:
        """Open a chat and wait for the first message of an agent."""
        self.open()
        self.wait("newMessage")

    def say(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def menu(self) -> None:
        self.open()
        self.send("toggleMenu")

    def show_details(self) -> None:
        self.menu()
        self.root.get_by_text(self.text("chatDetails")).first.click()

    def end(self) -> None:
        self.open()
        self.wait("newChatStarted")
        self.send("endChat")
        self.button("endChat").click()
        self.wait("chatEnded")


@pytest.fixture
def chat(page: Page, tmp_path: Path, serve: Callable[[Path], Any]) -> Iterator[Chat]:
    server = serve(tmp_path)
    server.answer("/preview.js", PREVIEW.read_text("utf-8"))
    server.answer("/icon.svg", ICON, type="image/svg+xml")
    server.answer("/empty", "", type="text/html")
    server.answer("/favicon.ico", "", type="image/x-icon")
    chat = Chat(page, server)
    yield chat
    assert chat.errors == []


Case: TypeAlias = Callable[[Chat], None]


def computed(locator: Locator, name: str) -> str:
    script = "(element, name) => getComputedStyle(element).getPropertyValue(name)"
    return str(locator.evaluate(script, name))


def box(locator: Locator) -> dict[str, float]:
    """Where it is, with its distances from the right and the bottom of the page."""
    found = locator.bounding_box()
    assert found
    size = locator.page.viewport_size
    assert size
    return {
        "left": found["x"],
        "top": found["y"],
        "width": found["width"],
        "height": found["height"],
        "right": size["width"] - found["x"] - found["width"],
        "bottom": size["height"] - found["y"] - found["height"],
    }


def corner(locator: Locator) -> str:
    place = box(locator)
    y = "top" if place["top"] < place["bottom"] else "bottom"
    x = "left" if place["left"] < place["right"] else "right"
    return f"{y}-{x}"


def luminance(colour: str) -> float:
    red, green, blue = [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]
    return (0.3 * red + 0.6 * green + 0.1 * blue) / 255


def fills(locator: Locator) -> bool:
    place = box(locator)
    return all(abs(place[side]) < 1 for side in ("left", "top", "right", "bottom"))


def wears(locator: Locator, name: str, value: str) -> bool:
    """Whether the element or one inside it has this computed style."""
    within = locator.locator("*").all()
    return any(computed(one, name) == value for one in [locator, *within])


def is_header(value: Any) -> bool:
    """Nothing but these three is documented of a chat header object."""
    return (
        isinstance(value, dict)
        and value["id"] is not None
        and isinstance(value["unread_count"], int)
        and isinstance(value["messages"], list)
    )


# --- Properties -----------------------------------------------------------------------


def accepted(name: str, *values: Any) -> Case:
    """No effect to be seen in a page: it can only be taken without harm."""

    def case(chat: Chat) -> None:
        for value in values:
            chat.start(**{name: value})
            chat.open()
            assert is_header(chat.wait("newChatStarted"))

    return case


def sized(name: str) -> Case:
    def case(chat: Chat) -> None:
        for size in (333, 444):
            chat.start(**{name: size})
            chat.open()
            assert box(chat.window)[name] == pytest.approx(size, abs=1)

    return case


def colour(chat: Chat) -> None:
    for value, painted in {"#E83C4A": "232, 60, 74", "navy": "0, 0, 128"}.items():
        chat.start(colour=value)
        assert computed(chat.bubble, "background-color") == f"rgb({painted})"
        chat.open()
        assert wears(chat.window, "background-color", f"rgb({painted})")


def theme(chat: Chat) -> None:
    for value, light in {"light": True, "dark": False, "": True}.items():
        chat.start(**({"theme": value} if value else {}))
        chat.open()
        shade = luminance(computed(chat.window, "background-color"))
        assert shade > 0.8 if light else shade < 0.2


def persist_chat_token(chat: Chat) -> None:
    for persists in (None, True, False):
        chat.start(**({} if persists is None else {"persistChatToken": persists}))
        chat.join()
        before = chat.details()
        chat.reload()
        assert chat.details() == ([] if persists is False else before)


def sound(chat: Chat) -> None:
    chat.start(sound="/ping.wav")
    with chat.page.expect_request("**/ping.wav"):
        chat.join()


def icon(chat: Chat) -> None:
    chat.start(icon="/icon.svg")
    expect(chat.bubble.locator("img")).to_have_attribute("src", "/icon.svg")
    assert "/icon.svg" in chat.server.requests
    chat.start()
    expect(chat.bubble.locator("img")).to_have_count(0)


def icon_size(chat: Chat) -> None:
    for percent in (None, 80):
        chat.start(icon="/icon.svg", **({"iconSize": percent} if percent else {}))
        whole, part = box(chat.bubble), box(chat.bubble.locator("img"))
        for side in ("width", "height"):
            share = 100 * part[side] / whole[side]
            assert share == pytest.approx(percent or 50, abs=2)


def include_font(chat: Chat) -> None:
    for includes in (None, True, False):
        chat.start(**({} if includes is None else {"includeFont": includes}))
        chat.open()
        assert ("Poppins" in computed(chat.box, "font-family")) is (
            includes is not False
        )


def language(chat: Chat) -> None:
    chat.start(language={"liveChatName": "Parley"})
    chat.open()
    expect(chat.window.get_by_text("Parley", exact=True)).to_be_visible()
    expect(chat.button("close")).to_be_visible()


def debug(chat: Chat) -> None:
    for wanted in (False, True):
        chat.console.clear()
        chat.start(debug=wanted)
        chat.open()
        assert bool(chat.console) is wanted


def keep_chat_window_open(chat: Chat) -> None:
    for keeps in (False, True):
        chat.start(keepChatWindowOpen=keeps)
        chat.open()
        chat.reload()
        expect(chat.window).to_be_visible(visible=keeps)
    chat.close()
    chat.reload()
    expect(chat.window).to_be_hidden()


def position(chat: Chat) -> None:
    for place in ("top-left", "top-right", "bottom-left", "bottom-right"):
        chat.start(position=place, height=300)
        assert corner(chat.bubble) == place
        chat.open()
        assert corner(chat.window) == place


def bubble_container_styles(chat: Chat) -> None:
    chat.start(bubbleContainerStyles={"bottom": "100px", "right": 90})
    place = box(chat.bubble)
    assert place["bottom"] == pytest.approx(100, abs=1)
    assert place["right"] == pytest.approx(90, abs=1)


def bubble_styles(chat: Chat) -> None:
    chat.start(bubbleStyles={"borderRadius": 7, "opacity": 0.5, "cursor": "help"})
    assert computed(chat.bubble, "border-top-left-radius") == "7px"
    assert computed(chat.bubble, "opacity") == "0.5"
    assert computed(chat.bubble, "cursor") == "help"


def window_styles(chat: Chat) -> None:
    chat.start(windowStyles={"bottom": "100px", "right": 90, "zIndex": 7})
    chat.open()
    place = box(chat.window)
    assert place["bottom"] == pytest.approx(100, abs=1)
    assert place["right"] == pytest.approx(90, abs=1)
    assert computed(chat.window, "z-index") == "7"


def show_end_chat_option_on_bubble(chat: Chat) -> None:
    seen = "(element) => element.checkVisibility({ opacityProperty: true })"
    chat.start(showEndChatOptionOnBubble=True)
    option = chat.root.get_by_role("button", name=TEXTS["endChat"])
    expect(option).to_have_count(0)
    chat.join()
    chat.close()
    chat.page.mouse.move(0, 0)
    chat.page.locator("h1").click()
    assert option.evaluate(seen) is False
    chat.bubble.hover()
    option.click()
    assert chat.sent("chatEnded") == []
    chat.button("endChat").click()
    assert is_header(chat.wait("chatEnded"))
    chat.start()
    chat.join()
    chat.close()
    chat.bubble.hover()
    expect(option).to_have_count(0)


def force_full_screen(chat: Chat) -> None:
    chat.start(forceFullScreen=True)
    chat.open()
    assert fills(chat.window)
    chat.send("toggleFullScreen", False)
    assert fills(chat.window)


def are_you_still_there_reopen_chat(chat: Chat) -> None:
    for reopens in (False, True):
        chat.start(areYouStillThereReopenChat=reopens)
        chat.join()
        chat.close()
        chat.wait("imStillHereConfirm", step=60_000)
        expect(chat.window).to_be_visible(visible=reopens)


def hide_new_chat_bubble(chat: Chat) -> None:
    chat.start(hideNewChatBubble=True)
    expect(chat.bubble).to_have_count(0)
    chat.join()
    chat.close()
    expect(chat.bubble).to_be_visible()


def hide_existing_chat_bubble(chat: Chat) -> None:
    chat.start(hideExistingChatBubble=True)
    expect(chat.bubble).to_be_visible()
    chat.join()
    chat.close()
    expect(chat.bubble).to_have_count(0)


def auto_initialize(chat: Chat) -> None:
    chat.load(autoInitialize=False)
    advance_clock(chat.page, 5000)
    assert chat.sent("initialized") == []
    expect(chat.bubble).to_have_count(0)
    chat.send("initialize")
    chat.wait("initialized")
    expect(chat.bubble).to_be_visible()
    chat.join()
    chat.reload()  # A conversation is under way: no event is needed.
    expect(chat.bubble).to_be_visible()


def draggable_bubble(chat: Chat) -> None:
    chat.start(draggableBubble=False)
    assert not chat.bubble.evaluate("(element) => element.closest('[draggable=true]')")
    chat.start(draggableBubble=True)
    chat.page.evaluate(
        """() => {
          document.body.addEventListener("dragover", (event) => event.preventDefault());
          document.body.addEventListener("drop", (event) => {
            event.preventDefault();
            const detail = { x: event.clientX, y: event.clientY };
            const name = "haloChat_inboundEvent_repositionBubble";
            dispatchEvent(new CustomEvent(name, { detail }));
          });
        }"""
    )
    chat.bubble.drag_to(chat.page.locator("#target"))
    assert corner(chat.bubble).startswith("top")


def retain_previous_chat(chat: Chat) -> None:
    for retains in (False, True):
        chat.start(retainPreviousChat=retains)
        chat.open(**IDENTITY)
        before = chat.wait("newChatStarted")["id"]
        chat.send("loginStateChanged")
        chat.open(**IDENTITY)
        assert (chat.details()[0]["id"] == before) is retains
        assert bool(chat.sent("existingChatResumed")) is retains


def hide_bubble_inactivity_seconds(chat: Chat) -> None:
    chat.start(hideBubbleInactivitySeconds=60)
    advance_clock(chat.page, 50_000)
    expect(chat.bubble).to_be_visible()
    advance_clock(chat.page, 20_000)
    expect(chat.bubble).to_have_count(0)
    chat.open()
    chat.close()
    expect(chat.bubble).to_be_visible()


def enable_inbound_events(chat: Chat) -> None:
    for enabled in (None, False, True):
        chat.start(enableInboundEvents=enabled)
        chat.send("openChatWindow")
        expect(chat.window).to_be_visible(visible=enabled is True)


def enable_outbound_events(chat: Chat) -> None:
    for enabled in (None, False):
        chat.load(enableOutboundEvents=enabled)
        advance_clock(chat.page, 1000)
        chat.open()
        advance_clock(chat.page, 9000)
        assert chat.page.evaluate("window.sent") == []
    chat.start(enableOutboundEvents=True)


def enable_functions(chat: Chat) -> None:
    for enabled in (None, False, True):
        chat.start(enableFunctions=enabled)
        kinds = [chat.page.evaluate(f"typeof window.{name}") for name in FUNCTIONS]
        assert kinds == ["function" if enabled else "undefined"]


def hide_header(chat: Chat) -> None:
    for hides in (False, True):
        chat.start(hideHeader=hides)
        chat.open()
        expect(chat.button("close")).to_be_visible(visible=not hides)
    chat.send("toggleMenu")
    expect(chat.window.get_by_text(TEXTS["chatDetails"]).first).to_be_visible()
    chat.send("endChat")
    expect(chat.button("endChat")).to_be_visible()


PROPERTY_CASES: dict[str, Case] = {
    "chatServiceUrl": accepted("chatServiceUrl", MANDATORY["chatServiceUrl"]),
    "tenantId": accepted("tenantId", "tenant"),
    "configId": accepted("configId", MANDATORY["configId"]),
    "configKey": accepted("configKey", MANDATORY["configKey"]),
    "colour": colour,
    "theme": theme,
    "persistChatToken": persist_chat_token,
    "chatMode": accepted("chatMode", "heartbeat", "websocket"),
    "height": sized("height"),
    "width": sized("width"),
    "sound": sound,
    "icon": icon,
    "iconSize": icon_size,
    "frameInheritHead": accepted("frameInheritHead", True, False),
    "includeFont": include_font,
    "language": language,
    "debug": debug,
    "keepChatWindowOpen": keep_chat_window_open,
    "position": position,
    "bubbleContainerStyles": bubble_container_styles,
    "bubbleStyles": bubble_styles,
    "windowStyles": window_styles,
    "showEndChatOptionOnBubble": show_end_chat_option_on_bubble,
    "forceFullScreen": force_full_screen,
    "areYouStillThereReopenChat": are_you_still_there_reopen_chat,
    "hideNewChatBubble": hide_new_chat_bubble,
    "hideExistingChatBubble": hide_existing_chat_bubble,
    "autoInitialize": auto_initialize,
    "draggableBubble": draggable_bubble,
    "retainPreviousChat": retain_previous_chat,
    "hideBubbleInactivitySeconds": hide_bubble_inactivity_seconds,
    "enableInboundEvents": enable_inbound_events,
    "enableOutboundEvents": enable_outbound_events,
    "enableFunctions": enable_functions,
    "hideHeader": hide_header,
}


# --- Texts: the way to where each is shown --------------------------------------------


def at_once(chat: Chat) -> None:
    """It is there from the start."""


def in_a_chat(chat: Chat) -> None:
    chat.open()


def in_the_menu(chat: Chat) -> None:
    chat.menu()


def in_the_details(chat: Chat) -> None:
    chat.show_details()


def with_a_participant(chat: Chat) -> None:
    chat.show_details()
    chat.root.get_by_label(TEXTS["participants"]).fill("Sam")
    chat.button("add").click()


def after_the_end(chat: Chat) -> None:
    chat.end()


def when_ending(chat: Chat) -> None:
    chat.open()
    chat.wait("newChatStarted")
    chat.send("endChat")


def with_unread_messages(chat: Chat) -> None:
    chat.open()
    chat.close()
    chat.wait("newMessage")


def with_a_dangerous_message(chat: Chat) -> None:
    chat.join()
    chat.say("<script>alert(1)</script>")


def with_many_messages(chat: Chat) -> None:
    chat.join()
    for number in range(12):
        chat.say(f"Message {number}")
    chat.reload()
    chat.open()


def while_the_agent_types(chat: Chat) -> None:
    chat.open()
    chat.wait("agentJoined")
    advance_clock(chat.page, 700)


def while_waiting(chat: Chat) -> None:
    chat.open()
    chat.wait("awaitingAgent")


TEXT_CASES: dict[str, Case] = {
    "newChatName": at_once,
    "liveChatName": in_a_chat,
    "ticket": in_the_details,
    "ended": after_the_end,
    "unreadCount": with_unread_messages,
    "remove": with_a_participant,
    "dangerousMessage": with_a_dangerous_message,
    "loadOld": with_many_messages,
    "chatDetails": in_the_menu,
    "save": in_the_details,
    "cancel": when_ending,
    "close": in_a_chat,
    "namePlaceholder": in_the_details,
    "copyTranscript": in_the_menu,
    "endChat": when_ending,
    "restartChat": after_the_end,
    "participants": in_the_details,
    "add": in_the_details,
    "sendCanned": in_the_details,
    "messagePlaceholder": in_a_chat,
    "changeIcon": in_the_details,
    "send": in_a_chat,
    "newChatRequest": in_the_details,
    "isTyping": while_the_agent_types,
    "waitingForAgent": while_waiting,
}


# --- Inbound events -------------------------------------------------------------------


def initialize(chat: Chat) -> None:
    chat.load(autoInitialize=False)
    advance_clock(chat.page, 1000)
    assert chat.sent("initialized") == []
    chat.send("initialize", {"configId": "2", "configKey": "other", "colour": "red"})
    chat.wait("initialized")
    assert computed(chat.bubble, "background-color") == "rgb(255, 0, 0)"


def open_chat_window(chat: Chat) -> None:
    chat.start()
    chat.send("openChatWindow", {**IDENTITY, "retainPreviousChat": False})
    expect(chat.window).to_be_visible()
    first = chat.wait("newChatStarted")["id"]
    chat.close()
    chat.open()  # A conversation is in progress: it is only shown again.
    assert chat.details()[0]["id"] == first
    chat.send("loginStateChanged")
    chat.open(**IDENTITY, retainPreviousChat=True)  # Overrides the property.
    assert chat.wait("existingChatResumed")["id"] == first


def close_chat_window(chat: Chat) -> None:
    chat.start()
    chat.open()
    chat.send("closeChatWindow")
    expect(chat.window).to_be_hidden()


def login_state_changed(chat: Chat) -> None:
    chat.start()
    chat.join()
    chat.send("loginStateChanged")
    assert chat.details() == []
    chat.reload()
    assert chat.details() == []


def toggle_full_screen(chat: Chat) -> None:
    chat.start()
    chat.open()
    assert not fills(chat.window)
    chat.send("toggleFullScreen", True)
    assert fills(chat.window)
    chat.send("toggleFullScreen", False)
    assert not fills(chat.window)


def resize(chat: Chat) -> None:
    chat.start(width=400, height=400)
    chat.open()
    for detail in ({"width": 310, "height": 450}, {"width": "350", "height": "500"}):
        chat.send("resize", detail)
        place = box(chat.window)
        assert place["width"] == pytest.approx(float(detail["width"]), abs=1)
        assert place["height"] == pytest.approx(float(detail["height"]), abs=1)


def reposition(chat: Chat) -> None:
    """Also over the styles of the vendor's example page."""
    styles = {"bottom": "20px", "right": "20px"}
    chat.start(bubbleContainerStyles=styles, windowStyles=styles, height=300)
    chat.open()
    for place in ("top-left", "top-right", "bottom-left", "bottom-right"):
        chat.send("reposition", place)
        assert corner(chat.window) == place
        assert corner(chat.bubble) == place


def reposition_bubble(chat: Chat) -> None:
    chat.start(draggableBubble=True)
    for x, y in ((200, 150), (500, 300)):
        chat.send("repositionBubble", {"x": x, "y": y})
        place = box(chat.bubble)
        assert place["left"] - 1 <= x <= place["left"] + place["width"]
        assert place["top"] - 1 <= y <= place["top"] + place["height"]


def upgrade_anon_chat(chat: Chat) -> None:
    chat.start()
    chat.open()
    chat.wait("newChatStarted")
    chat.send("upgradeAnonChat", IDENTITY)
    assert chat.wait("upgradeAnonChat")["success"] is True


def toggle_menu(chat: Chat) -> None:
    chat.start()
    chat.join()
    item = chat.window.get_by_text(TEXTS["copyTranscript"])
    for shown in (True, False, True):
        chat.send("toggleMenu")
        expect(item).to_be_visible(visible=shown)


def end_chat(chat: Chat) -> None:
    chat.start()
    chat.open()
    chat.wait("newChatStarted")
    chat.send("endChat")
    chat.button("cancel").click()
    assert len(chat.details()) == 1
    chat.send("endChat")
    chat.button("endChat").click()
    chat.wait("chatEnded")
    assert chat.details() == []


INBOUND_CASES: dict[str, Case] = {
    "haloChat_inboundEvent_initialize": initialize,
    "haloChat_inboundEvent_openChatWindow": open_chat_window,
    "haloChat_inboundEvent_closeChatWindow": close_chat_window,
    "haloChat_inboundEvent_loginStateChanged": login_state_changed,
    "haloChat_inboundEvent_toggleFullScreen": toggle_full_screen,
    "haloChat_inboundEvent_resize": resize,
    "haloChat_inboundEvent_reposition": reposition,
    "haloChat_inboundEvent_repositionBubble": reposition_bubble,
    "haloChat_inboundEvent_upgradeAnonChat": upgrade_anon_chat,
    "haloChat_inboundEvent_toggleMenu": toggle_menu,
    "haloChat_inboundEvent_endChat": end_chat,
}


# --- Outbound events: what brings each about ------------------------------------------


def becomes_ready(chat: Chat) -> None:
    assert chat.sent("initialized") == [{"chatAvailable": True}]


def opens(chat: Chat) -> None:
    assert chat.sent("chatOpened") == []
    chat.open()
    chat.open()
    assert len(chat.sent("chatOpened")) == 1


def closes(chat: Chat) -> None:
    chat.open()
    assert chat.sent("chatClosed") == []
    chat.send("closeChatWindow")
    chat.send("closeChatWindow")
    assert len(chat.sent("chatClosed")) == 1


def hears(chat: Chat) -> None:
    chat.join()
    detail = chat.sent("newMessage")[-1]
    assert detail in chat.details()[0]["messages"]


def upgrades(chat: Chat) -> None:
    """No chat, no token, an anonymous chat, one that is authenticated already."""
    chat.send("upgradeAnonChat", IDENTITY)
    chat.open()
    chat.wait("newChatStarted")
    chat.send("upgradeAnonChat", {"id_token": ""})
    chat.send("upgradeAnonChat", IDENTITY)
    chat.send("upgradeAnonChat", IDENTITY)
    chat.wait("upgradeAnonChat", count=4)
    results = chat.sent("upgradeAnonChat")
    assert [one["success"] for one in results] == [False, False, True, False]
    assert [bool(one["error"]) for one in results] == [True, True, False, True]


def begins(chat: Chat) -> None:
    chat.bubble.click()
    chat.wait("newChatStarted")
    names = chat.page.evaluate("window.sent.map(({ name }) => name.split('_').at(-1))")
    assert names.index("newChatStarting") < names.index("newChatStarted")
    assert len(chat.sent("newChatStarting")) == 1


def resumes(chat: Chat) -> None:
    chat.join()
    before = chat.details()[0]["id"]
    assert chat.sent("existingChatResumed") == []
    chat.reload()
    chat.open()
    assert chat.wait("existingChatResumed")["id"] == before


def speaks(chat: Chat) -> None:
    chat.join()
    chat.say("Is anyone here?")
    chat.box.fill("And by button?")
    chat.button("send").click()
    chat.wait("messageSent", count=2)
    details = [json.dumps(detail) for detail in chat.sent("messageSent")]
    assert "Is anyone here?" in details[0]
    assert "And by button?" in details[1]
    expect(chat.window.get_by_text("Is anyone here?")).to_be_visible()


def ends(chat: Chat) -> None:
    chat.end()
    assert len(chat.sent("chatEnded")) == 1


def waits(chat: Chat) -> None:
    chat.open()
    chat.wait("awaitingAgent")
    assert chat.sent("agentJoined") == []


def is_joined(chat: Chat) -> None:
    chat.open()
    chat.wait("agentJoined")


def types(chat: Chat) -> None:
    chat.join()
    chat.box.press_sequentially("abc")
    chat.wait("userTyping")
    assert len(chat.sent("userTyping")) == 1
    assert chat.sent("userStoppedTyping") == []


def stops_typing(chat: Chat) -> None:
    chat.join()
    chat.box.fill("abc")
    chat.box.fill("")
    chat.wait("userStoppedTyping")


def is_asked(chat: Chat) -> None:
    chat.join()
    advance_clock(chat.page, 30_000)
    assert chat.sent("imStillHereConfirm") == []
    chat.wait("imStillHereConfirm", step=60_000)


def confirms(chat: Chat) -> None:
    """The button has no documented name: it is the one that was not there before."""
    chat.join()
    before = chat.window.get_by_role("button").count()
    chat.wait("imStillHereConfirm", step=60_000)
    assert chat.sent("imStillHereConfirmed") == []
    assert chat.window.get_by_role("button").count() == before + 1
    chat.window.get_by_role("button", name=re.compile("still", re.IGNORECASE)).click()
    chat.wait("imStillHereConfirmed")
    assert chat.window.get_by_role("button").count() == before


OUTBOUND_CASES: dict[str, Case] = {
    "haloChat_outboundEvent_initialized": becomes_ready,
    "haloChat_outboundEvent_chatOpened": opens,
    "haloChat_outboundEvent_chatClosed": closes,
    "haloChat_outboundEvent_newMessage": hears,
    "haloChat_outboundEvent_upgradeAnonChat": upgrades,
    "haloChat_outboundEvent_newChatStarting": begins,
    "haloChat_outboundEvent_newChatStarted": begins,
    "haloChat_outboundEvent_existingChatResumed": resumes,
    "haloChat_outboundEvent_messageSent": speaks,
    "haloChat_outboundEvent_chatEnded": ends,
    "haloChat_outboundEvent_awaitingAgent": waits,
    "haloChat_outboundEvent_agentJoined": is_joined,
    "haloChat_outboundEvent_userTyping": types,
    "haloChat_outboundEvent_userStoppedTyping": stops_typing,
    "haloChat_outboundEvent_imStillHereConfirm": is_asked,
    "haloChat_outboundEvent_imStillHereConfirmed": confirms,
}
MESSAGES = {"newMessage", "messageSent"}


# --- Functions ------------------------------------------------------------------------


def get_current_chat_details(chat: Chat) -> None:
    chat.start()
    assert chat.details() == []
    chat.open()
    chat.close()
    chat.wait("newMessage")
    (found,) = chat.details()
    assert is_header(found)
    assert found["unread_count"] == 1
    assert len(found["messages"]) == 1
    chat.open()
    assert chat.details()[0]["unread_count"] == 0
    chat.end()
    assert chat.details() == []


FUNCTION_CASES: dict[str, Case] = {
    "haloChat_functions_getCurrentChatDetails": get_current_chat_details,
}


# --- The tests ------------------------------------------------------------------------


def test_every_name_of_the_contract_has_a_case() -> None:
    assert set(PROPERTY_CASES) == set(PROPERTIES)
    assert set(TEXT_CASES) == set(TEXTS)
    assert set(INBOUND_CASES) == set(INBOUND)
    assert set(OUTBOUND_CASES) == set(OUTBOUND)
    assert set(FUNCTION_CASES) == set(FUNCTIONS)


@pytest.mark.parametrize("name", PROPERTIES)
def test_property(chat: Chat, name: str) -> None:
    PROPERTY_CASES[name](chat)


@pytest.mark.parametrize("name", TEXTS)
def test_text(chat: Chat, name: str) -> None:
    """The default is shown, and one's own text in its place."""
    for own in (None, TEXTS[name].replace("@@@", "{@@@}").join("«»")):
        chat.start(**({"language": {name: own}} if own else {}))
        TEXT_CASES[name](chat)
        parts = [re.escape(part) for part in chat.text(name).split("@@@")]
        text = re.compile(f"(^|, ){'[^@]+'.join(parts)}$")
        places = chat.root.get_by_text(text).or_(chat.root.get_by_label(text))
        shown = places.or_(chat.root.get_by_placeholder(text)).filter(visible=True)
        expect(shown.first).to_be_visible()


@pytest.mark.parametrize("name", INBOUND)
def test_inbound_event(chat: Chat, name: str) -> None:
    INBOUND_CASES[name](chat)


@pytest.mark.parametrize("name", INBOUND)
def test_inbound_event_with_a_bad_detail(chat: Chat, name: str) -> None:
    """Whatever it carries, nothing breaks: the chat can still be opened."""
    chat.start()
    for opened in (False, True):
        for detail in BAD_DETAILS:
            chat.send(name.removeprefix("haloChat_inboundEvent_"), detail)
        if not opened:
            chat.open()
    chat.send("closeChatWindow")
    chat.open()


@pytest.mark.parametrize("name", OUTBOUND)
def test_outbound_event(chat: Chat, name: str) -> None:
    event = name.removeprefix("haloChat_outboundEvent_")
    chat.start()
    OUTBOUND_CASES[name](chat)
    detail = chat.sent(event)[-1]
    if OUTBOUND[name] == "null":
        assert detail is None
    elif event in MESSAGES:
        assert isinstance(detail, dict)
    elif OUTBOUND[name] == "obj":
        assert is_header(detail)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_function(chat: Chat, name: str) -> None:
    FUNCTION_CASES[name](chat)


def test_a_conversation_from_end_to_end(chat: Chat) -> None:
    """The order in which a page hears of a chat."""
    chat.start()
    chat.bubble.click()
    chat.wait("newMessage")
    chat.say("Hello")
    chat.wait("newMessage", count=2)
    chat.end()
    chat.send("closeChatWindow")
    heard = chat.page.evaluate("window.sent.map(({ name }) => name.split('_').at(-1))")
    assert [name for name in heard if name != "chatOpened"] == [
        "initialized",
        "newChatStarting",
        "newChatStarted",
        "awaitingAgent",
        "agentJoined",
        "newMessage",
        "userTyping",
        "messageSent",
        "newMessage",
        "chatEnded",
        "chatClosed",
    ]
