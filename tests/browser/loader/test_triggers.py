"""Links and buttons of the content; who the visitor is; what analytics is told."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import expect

from halochat.events import INBOUND

Make: TypeAlias = Callable[..., Any]

DETAILS: dict[str, Any] = {
    "initialize": {"configId": "other"},
    "openChatWindow": {"retainPreviousChat": True},
    "toggleFullScreen": True,
    "resize": {"width": 300, "height": 400},
    "reposition": "bottom-left",
    "repositionBubble": {"x": 1.5, "y": -2},
    "upgradeAnonChat": {"id_token": "text"},
}
CONTACT = {"contact.md": "# Contact"}


def trigger(name: str, detail: Any = None, text: str = "") -> str:
    given = ""
    if detail is not None:
        given = f' data-halo-chat-detail="{html.escape(json.dumps(detail))}"'
    return f'<button data-halo-chat-send="{name}"{given}>{text or name}</button>\n'


EVERY = "# Page\n\n" + "".join(trigger(e.name, DETAILS.get(e.name)) for e in INBOUND)


def press(site: Any, name: str) -> None:
    site.page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("event", [event.name for event in INBOUND])
def test_an_event_is_sent_before_and_after_the_widget_is_there(
    docs: Make, event: str
) -> None:
    site = docs({"index.md": EVERY}, load="manual").go()
    press(site, event)
    assert site.called(event) == DETAILS.get(event)
    site.page.evaluate("window.__calls = []")
    site.page.locator(f"[data-halo-chat-send={event}]").dispatch_event("click")
    assert site.called(event) == DETAILS.get(event)
    assert len(site.calls) == 1
    assert site.vendor.loads == 1


def test_events_are_sent_in_the_order_of_the_presses(docs: Make) -> None:
    site = docs({"index.md": EVERY}, load="manual")
    site.vendor.serves(late=True)
    site.go()
    names = ["openChatWindow", "resize", "toggleMenu"]
    for name in names:
        press(site, name)
    site.is_("ready")
    assert site.calls == []
    site.vendor_goes_on()
    site.called("toggleMenu")
    assert [name for name, _ in site.calls] == names


def test_a_link_to_halo_chat_opens_it_and_goes_nowhere(docs: Make) -> None:
    site = docs({"index.md": "# Page\n\n[Ask us](#halo-chat)"}, load="manual").go()
    address = site.page.url
    site.page.get_by_role("link", name="Ask us").click()
    expect(site.window).to_be_visible()
    assert site.page.url == address


def test_what_stands_in_a_link_is_part_of_it(docs: Make) -> None:
    text = "# Page\n\n[Ask **us**](#halo-chat)"
    site = docs({"index.md": text}, load="manual").go()
    site.page.get_by_text("us", exact=True).click()
    expect(site.window).to_be_visible()


def test_a_link_is_pressed_by_keyboard(docs: Make) -> None:
    site = docs({"index.md": "# Page\n\n[Ask us](#halo-chat)"}, load="manual").go()
    site.page.get_by_role("link", name="Ask us").press("Enter")
    expect(site.window).to_be_visible()


def test_a_press_for_a_new_tab_is_the_browsers(docs: Make) -> None:
    site = docs({"index.md": "# Page\n\n[Ask us](#halo-chat)"}, load="manual").go()
    with site.page.context.expect_page():
        site.page.get_by_role("link", name="Ask us").click(modifiers=["ControlOrMeta"])
    site.is_("idle")


def test_a_press_that_a_script_makes_on_the_document_is_no_trouble(docs: Make) -> None:
    site = docs(load="manual").go()
    site.page.evaluate("document.dispatchEvent(new Event('click', { bubbles: true }))")
    site.is_("idle")


@pytest.mark.parametrize("load", ["manual", "eager"])
def test_without_chat_a_trigger_follows_its_own_link(docs: Make, load: str) -> None:
    link = '<a href="contact/" data-halo-chat-send="openChatWindow">Ask us</a>'
    site = docs({"index.md": f"# Page\n\n{link}", **CONTACT}, load=load)
    site.page.route("**/chat/index.js", lambda route: route.abort())
    site.go().is_("idle" if load == "manual" else "failed")
    site.page.get_by_role("link", name="Ask us").click()
    site.page.wait_for_url("**/contact/")


@pytest.mark.parametrize("how", [{"closed": True}, {"empty": True}])
def test_without_chat_a_link_to_halo_chat_follows_the_fallback(
    docs: Make, how: dict[str, bool]
) -> None:
    pages = {"index.md": "# Page\n\n[Ask us](#halo-chat)", **CONTACT}
    site = docs(pages, load="manual", timeout=1, fallback_url="contact/")
    site.vendor.serves(**how)
    site.go().page.get_by_role("link", name="Ask us").click()
    site.page.wait_for_url("**/contact/")


def test_the_fallback_is_found_from_the_page_gone_to_meanwhile(docs: Make) -> None:
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    pages = {
        "index.md": "[Ask us](#halo-chat), [next](guide/deep.md)",
        "guide/deep.md": "# Deep",
        **CONTACT,
    }
    site = docs(
        pages, load="manual", timeout=2, fallback_url="contact/", site_theme=theme
    )
    site.vendor.hangs()
    site.go().page.get_by_role("link", name="Ask us").click()
    site.page.get_by_role("link", name="next").click()
    site.page.wait_for_url("**/guide/deep/")
    site.page.wait_for_url(f"{site.server.url}/contact/")


def test_where_the_widget_hears_nothing_a_link_follows_the_fallback(docs: Make) -> None:
    pages = {"index.md": "# Page\n\n[Ask us](#halo-chat)", **CONTACT}
    site = docs(pages, fallback_url="contact/", enable_inbound_events=False)
    site.go().is_("ready")
    site.page.get_by_role("link", name="Ask us").click()
    site.page.wait_for_url("**/contact/")


def test_without_chat_and_fallback_a_text_says_so(docs: Make) -> None:
    pages = {"index.md": "# Page\n\n[Ask us](#halo-chat)"}
    site = docs(pages, load="manual")
    site.vendor.answers("", status=500)
    site.go().page.get_by_role("link", name="Ask us").click()
    expect(site.status).to_have_text("Chat is not available right now.")
    expect(site.status).to_be_in_viewport()


def test_a_text_about_the_chat_goes_away(docs: Make) -> None:
    site = docs(load="manual")
    site.vendor.answers("", status=500)
    site.page.clock.install()
    site.go().page.evaluate("halochat.open()")
    expect(site.status).to_have_text("Chat is not available right now.")
    site.page.clock.run_for(10_000)
    expect(site.status).to_have_text("")


def test_on_an_off_page_triggers_are_ordinary_links(docs: Make) -> None:
    link = '<a href="../contact/" data-halo-chat-send="openChatWindow">Ask us</a>'
    pages = {"off.md": f"---\nhalochat: false\n---\n# Page\n\n{link}", **CONTACT}
    site = docs(pages).go("off/")
    site.page.get_by_role("link", name="Ask us").click()
    site.page.wait_for_url("**/contact/")


def test_a_detail_that_is_no_json_is_left_out(docs: Make) -> None:
    button = trigger("openChatWindow").replace(
        ">", " data-halo-chat-detail='{oops'>", 1
    )
    site = docs({"index.md": f"# Page\n\n{button}"}, load="manual").go()
    press(site, "openChatWindow")
    expect(site.window).to_be_visible()
    assert site.calls == [("openChatWindow", None)]
    (warning,) = site.warnings
    assert "no JSON in data-halo-chat-detail" in warning


@pytest.mark.parametrize(
    "theme",
    [{"name": "mkdocs", "highlightjs": False}, {"name": "material", "font": False}],
    ids=["mkdocs", "material"],
)
@pytest.mark.parametrize("load", ["manual", "eager"])
def test_a_link_to_a_heading_of_that_name_is_the_headings(
    docs: Make, load: str, theme: dict[str, object]
) -> None:
    tall = '<div style="height: 3000px"></div>'
    pages = {
        "index.md": f"[See below](#halo-chat)\n\n{tall}\n\n## Halo chat\n\n{tall}",
        "b.md": "# B\n\n[See there](index.md#halo-chat)",
    }
    site = docs(pages, load=load, site_theme=theme).go()
    heading = site.page.get_by_role("heading", name="Halo chat")
    site.page.get_by_role("link", name="See below").click()
    site.page.wait_for_url("**/#halo-chat")
    expect(heading).to_be_in_viewport()
    site.go("b/").page.get_by_role("link", name="See there").click()
    site.page.wait_for_url(f"{site.server.url}/#halo-chat")
    expect(heading).to_be_in_viewport()
    site.is_({"manual": "idle", "eager": "ready"}[load])


def test_the_theme_does_not_take_a_press_for_navigation(docs: Make) -> None:
    theme = {"name": "material", "font": False, "features": ["navigation.instant"]}
    pages = {"index.md": "# Page\n\n[Ask us](#halo-chat)"}
    site = docs(pages, load="manual", site_theme=theme).go()
    address = site.page.url
    site.page.get_by_role("link", name="Ask us").click()
    expect(site.window).to_be_visible()
    assert site.page.url == address


# --- Identity -------------------------------------------------------------------------

TOKEN = "the.visitors.token"  # noqa: S105
IDENTITY = {
    "value": "chatToken() { window.asked = (window.asked ?? 0) + 1; return this.token }",
    "promise": "chatToken() { return Promise.resolve(this.token) }",
    "throws": "chatToken() { throw new Error('no session') }",
    "rejects": "chatToken() { return Promise.reject(new Error('no session')) }",
    "nobody": "chatToken() { return null }",
    "missing": "",
    "hangs": "chatToken: () => new Promise(() => {})",
}


@pytest.fixture
def shop(docs: Make) -> Make:
    """Build a site whose own JavaScript knows who the visitor is."""

    def make(way: str, **options: Any) -> Any:
        script = f"window.shop = {{ token: '{TOKEN}', {IDENTITY[way]} }}"
        site = docs(
            {"index.md": EVERY, "shop.js": script},
            settings={"extra_javascript": ["shop.js"]},
            identity="shop.chatToken",
            load="manual",
            **options,
        )
        return site.go()

    return make


@pytest.mark.parametrize("way", ["value", "promise"])
@pytest.mark.parametrize("event", ["openChatWindow", "upgradeAnonChat"])
def test_the_token_goes_with_the_event(shop: Make, way: str, event: str) -> None:
    site = shop(way)
    site.page.evaluate(f"halochat.send('{event}')")
    assert site.called(event) == {"id_token": TOKEN}


def test_what_else_is_sent_stays(shop: Make) -> None:
    site = shop("value")
    press(site, "openChatWindow")
    assert site.called("openChatWindow") == {
        "id_token": TOKEN,
        "retainPreviousChat": True,
    }


def test_a_token_of_the_page_itself_comes_first(shop: Make) -> None:
    site = shop("value")
    site.page.evaluate("halochat.open({ id_token: 'own' })")
    assert site.called("openChatWindow") == {"id_token": "own"}


def test_the_function_is_asked_when_a_chat_is_opened(shop: Make) -> None:
    site = shop("value")
    site.page.evaluate("halochat.send('resize')")
    assert site.called("resize") is None
    assert site.page.evaluate("window.asked") is None
    site.page.evaluate("halochat.open()")
    site.called("openChatWindow")
    assert site.page.evaluate("window.asked") == 1


@pytest.mark.parametrize("way", ["throws", "rejects", "missing", "hangs"])
def test_a_function_that_fails_opens_an_anonymous_chat(shop: Make, way: str) -> None:
    site = shop(way, timeout=1)
    site.page.evaluate("halochat.open()")
    assert site.called("openChatWindow") is None
    (warning,) = site.warnings
    assert warning.startswith("halochat: no identity token, the chat is anonymous: ")


def test_a_visitor_without_a_token_is_anonymous(shop: Make) -> None:
    site = shop("nobody")
    site.page.evaluate("halochat.open()")
    assert site.called("openChatWindow") is None
    assert site.warnings == []


def test_the_token_is_nowhere_else(shop: Make) -> None:
    site = shop("value")
    site.page.evaluate("halochat.open()")
    site.called("openChatWindow")
    left = """JSON.stringify([document.documentElement.outerHTML, localStorage,
        sessionStorage, document.cookie, window.haloChatConfig])"""
    assert TOKEN not in site.page.evaluate(left)


# --- Analytics ------------------------------------------------------------------------

TOOLS = {
    "data_layer": "window.dataLayer = { push: ({ event }) => told.push(event) }",
    "gtag": "window.gtag = (...given) => told.push(given.join())",
    "plausible": "window.plausible = (...given) => told.push(given.join())",
    "matomo": "window._paq = { push: (given) => told.push(given.join()) }",
}
SAID = {
    "data_layer": "halo_chat_{}",
    "gtag": "event,halo_chat_{}",
    "plausible": "halo_chat_{}",
    "matomo": "trackEvent,Halo chat,{}",
}


def converse(site: Any) -> None:
    site.page.evaluate("halochat.open()")
    site.message.fill("My secret")
    site.message.press("Tab")
    site.page.evaluate("halochat.send('endChat')")
    site.called("endChat")


@pytest.mark.parametrize("tool", TOOLS)
def test_analytics_is_told_of_a_chat_without_its_text(docs: Make, tool: str) -> None:
    site = docs(load="manual", analytics=tool)
    site.page.add_init_script(f"window.told = []; {TOOLS[tool]}")
    converse(site.go())
    events = ["started", "opened", "message_sent", "ended"]
    told = site.page.evaluate("window.told")
    assert told == [SAID[tool].format(event) for event in events]


def test_google_is_told_where_a_theme_keeps_its_function_to_itself(docs: Make) -> None:
    site = docs(load="manual", analytics="gtag")
    push = "push: (given) => told.push(`${given}`, ...given)"
    site.page.add_init_script(f"window.told = []; window.dataLayer = {{ {push} }}")
    site.go().page.evaluate("halochat.open()")
    site.called("openChatWindow")
    told = ["[object Arguments]", "event", "halo_chat_started"]
    assert site.page.evaluate("window.told")[:3] == told


@pytest.mark.parametrize("tool", TOOLS)
def test_analytics_is_told_that_there_was_no_chat(docs: Make, tool: str) -> None:
    site = docs(load="manual", analytics=tool)
    site.vendor.serves(closed=True)
    site.page.add_init_script(f"window.told = []; {TOOLS[tool]}")
    site.go().page.evaluate("halochat.open()")
    site.is_("unavailable")
    told = site.page.evaluate("window.told")
    assert told == [SAID[tool].format("unavailable")]


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_that_is_absent_is_no_trouble(docs: Make, tool: str) -> None:
    site = docs(load="manual", analytics=tool)
    converse(site.go())
    kept = "[window.dataLayer, window.gtag, window.plausible, window._paq]"
    assert site.page.evaluate(kept) == [None] * 4


def test_nothing_is_told_unless_the_author_wants_it(docs: Make) -> None:
    site = docs(load="manual")
    site.page.add_init_script("window.told = [];" + ";".join(TOOLS.values()))
    converse(site.go())
    assert site.page.evaluate("window.told") == []
