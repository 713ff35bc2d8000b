"""Links and buttons of the content that open the chat or send it an event."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from cases import only_with_full
from embedding import INBOUND_EVENTS
from playwright.sync_api import expect
from static_pages import TALL
from visit import Visit

pytestmark = pytest.mark.engines

Make: TypeAlias = Callable[..., Visit]

DETAILS: dict[str, Any] = {
    "initialize": {"configId": "other"},
    "openChatWindow": {"retainPreviousChat": True},
    "toggleFullScreen": True,
    "resize": {"width": 300, "height": 400},
    "reposition": "bottom-left",
    "repositionBubble": {"x": 1.5, "y": -2},
}
ASK = {"index.html": '<h1>Page</h1><a href="#halo-chat">Ask <b>us</b></a>'}
# One with an object as its detail, one with another value, and one without.
KINDS = ["openChatWindow", "reposition", "toggleMenu"]
OTHERS = [name for name in INBOUND_EVENTS if name not in KINDS]
CONTACT = {"contact.html": "<h1>Contact</h1>"}


def trigger(name: str, detail: Any = None) -> str:
    given = ""
    if detail is not None:
        given = f' data-halo-chat-detail="{html.escape(json.dumps(detail))}"'
    return f'<button data-halo-chat-send="{name}"{given}>{name}</button>'


EVERY_EVENT = {
    "index.html": "".join(trigger(name, DETAILS.get(name)) for name in INBOUND_EVENTS)
}


def click(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name, exact=True).click()


def ask(visit: Visit) -> None:
    visit.page.get_by_role("link", name="Ask us").click()


# --- Events ---------------------------------------------------------------------------


@pytest.mark.engines("chromium")
@pytest.mark.parametrize("event", [*KINDS, *only_with_full(*OTHERS)])
def test_sends_an_event_that_loads_the_widget_and_one_to_a_loaded_widget(
    visit_static: Make, event: str
) -> None:
    visit = visit_static(EVERY_EVENT, load="manual").open()
    click(visit, event)
    detail = DETAILS.get(event)
    assert visit.expect_call(event) == detail
    visit.page.evaluate("window.__calls = []")
    visit.page.locator(f"[data-halo-chat-send={event}]").dispatch_event("click")
    assert visit.expect_call(event) == detail
    assert len(visit.calls) == 1
    assert visit.vendor.loads == 1


def test_sends_events_in_the_order_of_the_clicks(visit_static: Make) -> None:
    visit = visit_static(EVERY_EVENT, load="manual")
    visit.vendor.serve(late=True)
    visit.open()
    names = ["openChatWindow", "resize", "toggleMenu"]
    for name in names:
        click(visit, name)
    expect(visit.bubble).to_be_visible()
    assert visit.calls == []
    visit.release_widget()
    visit.expect_call("toggleMenu")
    assert [name for name, _ in visit.calls] == names


def test_sends_no_detail_if_it_is_not_json(visit_static: Make) -> None:
    button = '<button data-halo-chat-send="openChatWindow" {}>Ask</button>'
    pages = {"index.html": button.format("data-halo-chat-detail='{oops'")}
    visit = visit_static(pages, load="manual").open()
    click(visit, "Ask")
    expect(visit.window).to_be_visible()
    assert visit.calls == [("openChatWindow", None)]
    (warning,) = visit.warnings
    assert "data-halo-chat-detail is not JSON" in warning


def test_content_cannot_send_an_identity_token(visit_static: Make) -> None:
    detail = {"id_token": "forged", "retainPreviousChat": True}
    pages = {"index.html": trigger("openChatWindow", detail)}
    visit = visit_static(pages, load="manual").open()
    click(visit, "openChatWindow")
    assert visit.expect_call("openChatWindow") == {"retainPreviousChat": True}


# --- Links ----------------------------------------------------------------------------


@pytest.mark.core
def test_a_link_to_halo_chat_opens_the_chat_and_stays_on_the_page(
    visit_static: Make,
) -> None:
    visit = visit_static(ASK, load="manual").open()
    address = visit.page.url
    ask(visit)
    expect(visit.window).to_be_visible()
    assert visit.page.url == address


def test_an_element_in_a_link_belongs_to_the_link(visit_static: Make) -> None:
    visit = visit_static(ASK, load="manual").open()
    visit.page.get_by_text("us", exact=True).click()
    expect(visit.window).to_be_visible()


@pytest.mark.core
def test_the_enter_key_activates_a_link(visit_static: Make) -> None:
    visit = visit_static(ASK, load="manual").open()
    visit.page.get_by_role("link", name="Ask us").press("Enter")
    expect(visit.window).to_be_visible()


def test_a_click_that_opens_a_new_tab_is_left_to_the_browser(
    visit_static: Make,
) -> None:
    visit = visit_static(ASK, load="manual").open()
    with visit.page.context.expect_page():
        visit.page.get_by_role("link", name="Ask us").click(modifiers=["ControlOrMeta"])
    visit.expect_state("idle")


def test_a_click_event_on_the_document_itself_is_ignored(visit_static: Make) -> None:
    visit = visit_static(load="manual").open()
    visit.page.evaluate("document.dispatchEvent(new Event('click', { bubbles: true }))")
    visit.expect_state("idle")


def test_instant_navigation_does_not_follow_a_link_to_halo_chat(
    visit_instant: Make,
) -> None:
    visit = visit_instant(load="manual").open("home.html")
    address = visit.page.url
    ask(visit)
    expect(visit.window).to_be_visible()
    assert visit.page.url == address


@pytest.mark.parametrize("load", ["manual", "eager"])
def test_link_scrolls_to_an_element_with_the_id_halo_chat(
    visit_static: Make, load: str
) -> None:
    pages = {
        "index.html": f'<a href="#halo-chat">See below</a>{TALL}'
        f'<h2 id="halo-chat">Halo chat</h2>{TALL}',
        "other.html": '<a href="index.html#halo-chat">See there</a>',
    }
    visit = visit_static(pages, load=load).open()
    heading = visit.page.get_by_role("heading", name="Halo chat")
    visit.page.get_by_role("link", name="See below").click()
    visit.page.wait_for_url("**/#halo-chat")
    expect(heading).to_be_in_viewport()
    visit.open("other.html").page.get_by_role("link", name="See there").click()
    visit.page.wait_for_url("**/index.html#halo-chat")
    expect(heading).to_be_in_viewport()
    visit.expect_state({"manual": "idle", "eager": "ready"}[load])
    expect(visit.window).to_be_hidden()


# --- Without chat ---------------------------------------------------------------------


@pytest.mark.parametrize("load", ["manual", "eager"])
def test_a_trigger_follows_its_own_link_if_chat_fails(
    visit_static: Make, load: str
) -> None:
    link = '<a href="contact.html" data-halo-chat-send="openChatWindow">Ask us</a>'
    visit = visit_static({"index.html": link, **CONTACT}, load=load)
    visit.page.route("**/chat/index.js", lambda route: route.abort())
    visit.open().expect_state("idle" if load == "manual" else "failed")
    ask(visit)
    visit.page.wait_for_url("**/contact.html")


@pytest.mark.core
def test_a_link_to_halo_chat_follows_the_fallback_if_chat_is_closed(
    visit_static: Make,
) -> None:
    visit = visit_static({**ASK, **CONTACT}, load="manual", fallback_url="contact.html")
    visit.vendor.serve(closed=True)
    ask(visit.open())
    visit.page.wait_for_url("**/contact.html")


def test_a_link_to_halo_chat_follows_the_fallback_after_the_timeout(
    visit_static: Make,
) -> None:
    visit = visit_static({**ASK, **CONTACT}, load="manual", fallback_url="contact.html")
    visit.vendor.serve(empty=True)
    ask(visit.open())
    visit.pass_time(10).expect_state("loading")
    visit.pass_time(10).page.wait_for_url("**/contact.html")


def test_fallback_link_is_resolved_on_the_page_that_instant_navigation_shows(
    visit_instant: Make,
) -> None:
    visit = visit_instant(load="manual", fallback_url="contact.html")
    visit.vendor.hang()
    ask(visit.open("home.html"))
    visit.page.get_by_role("link", name="To deep").click()
    visit.page.wait_for_url("**/guide/deep.html")
    visit.pass_time(15).page.wait_for_url(f"{visit.server.url}/contact.html")


def test_link_opens_the_fallback_if_the_widget_accepts_no_events(
    visit_static: Make,
) -> None:
    options = {"fallback_url": "contact.html", "enable_inbound_events": False}
    visit = visit_static({**ASK, **CONTACT}, load="eager", **options)
    visit.open().expect_state("ready")
    ask(visit)
    visit.page.wait_for_url("**/contact.html")


def test_a_status_reports_that_chat_is_unavailable_without_a_fallback(
    visit_static: Make,
) -> None:
    visit = visit_static(ASK, load="manual")
    visit.vendor.answer("", status=500)
    ask(visit.open())
    expect(visit.status).to_have_text("Chat is not available right now.")
    expect(visit.status).to_be_in_viewport()


def test_the_status_disappears_after_ten_seconds(visit_static: Make) -> None:
    visit = visit_static(load="manual")
    visit.vendor.answer("", status=500)
    visit.open().page.evaluate("halochat.open()")
    expect(visit.status).to_have_text("Chat is not available right now.")
    visit.pass_time(5)
    expect(visit.status).to_have_text("Chat is not available right now.")
    visit.pass_time(5)
    expect(visit.status).to_have_text("")


@pytest.mark.parametrize(
    ("layers", "options"),
    [({"index.html": False}, {}), ({}, {"hosts": ["docs.acme.test"]})],
    ids=["off", "another host"],
)
def test_a_link_to_halo_chat_follows_the_fallback_on_an_off_page(
    visit_static: Make, layers: dict[str, Any], options: dict[str, Any]
) -> None:
    options = {"fallback_url": "contact.html", **options}
    visit = visit_static({**ASK, **CONTACT}, layers, **options)
    ask(visit.open())
    visit.page.wait_for_url("**/contact.html")


def test_triggers_are_ordinary_links_on_an_off_page(visit_static: Make) -> None:
    link = '<a href="contact.html" data-halo-chat-send="openChatWindow">Ask us</a>'
    pages = {"off.html": link, **CONTACT}
    visit = visit_static(pages, {"off.html": False}).open("off.html")
    ask(visit)
    visit.page.wait_for_url("**/contact.html")
