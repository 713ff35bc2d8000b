"""An address that ends in `#halo-chat`, from a mail or another site, opens the chat."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect
from static_pages import TALL
from visit import Visit

Make: TypeAlias = Callable[..., Visit]

engines = pytest.mark.engines


@pytest.mark.core
@engines
@pytest.mark.parametrize("load", ["click", "idle", "manual"])
def test_opens_the_chat_on_arrival(visit_static: Make, load: str) -> None:
    visit = visit_static(load=load).open("#halo-chat")
    expect(visit.window).to_be_visible()
    visit.settle()
    assert visit.vendor.loads == 1
    assert [name for name, _ in visit.calls] == ["openChatWindow"]


@engines
def test_neither_scrolls_nor_opens_again_after_a_reload(visit_static: Make) -> None:
    visit = visit_static(load="click").open("?q=1#halo-chat")
    expect(visit.window).to_be_visible()
    visit.pass_time(1)
    assert visit.page.evaluate("scrollY") == 0
    assert visit.page.url == f"{visit.server.url}/?q=1"


def test_opens_the_chat_when_the_address_of_the_page_changes(
    visit_static: Make,
) -> None:
    visit = visit_static(load="click").open()
    visit.page.evaluate("location.hash = '#halo-chat'")
    expect(visit.window).to_be_visible()


def test_opens_the_chat_after_instant_navigation(visit_instant: Make) -> None:
    visit = visit_instant(load="click").open("home.html")
    visit.page.evaluate(
        "document.querySelector('a[href=\"/next.html\"]').href += '#halo-chat'"
    )
    visit.page.get_by_role("link", name="To next").click()
    expect(visit.window).to_be_visible()


@engines
def test_asks_for_consent_on_arrival(visit_static: Make) -> None:
    visit = visit_static(load="click", consent=True).open("#halo-chat")
    expect(visit.status).to_have_text("Chat needs your consent first.")
    assert visit.vendor.requests == []
    visit.page.evaluate("halochat.allow()")
    expect(visit.window).to_be_visible()


def test_follows_the_fallback_on_arrival_if_there_is_no_chat(
    visit_static: Make,
) -> None:
    pages = {"index.html": "<h1>Home</h1>", "contact.html": "<h1>Contact</h1>"}
    visit = visit_static(pages, load="click", fallback_url="contact.html")
    visit.vendor.answer("", status=500)
    visit.open("#halo-chat")
    visit.page.wait_for_url("**/contact.html")


@engines
def test_scrolls_to_an_element_that_has_the_id(visit_static: Make) -> None:
    page = f'<h1>Home</h1>{TALL}<h2 id="halo-chat">Halo chat</h2>{TALL}'
    visit = visit_static({"index.html": page}, load="click").open("#halo-chat")
    visit.settle().expect_state("idle")
    expect(visit.page.get_by_role("heading", name="Halo chat")).to_be_in_viewport()
    assert visit.page.url.endswith("#halo-chat")


def test_leaves_the_address_alone_on_a_page_without_chat(visit_static: Make) -> None:
    visit = visit_static(None, {"index.html": False}, load="click").open("#halo-chat")
    visit.settle().expect_state("off")
    assert visit.page.url.endswith("#halo-chat")
    assert visit.vendor.requests == []
