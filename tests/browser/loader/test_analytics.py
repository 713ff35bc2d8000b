"""What the loader reports to analytics tools."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect
from visit import Visit

Make: TypeAlias = Callable[..., Visit]

# Each tool as a page has it, and how it receives an event.
TOOLS = {
    "data_layer": "window.dataLayer = { push: ({ event }) => recorded.push(event) }",
    "gtag": "window.gtag = (...given) => recorded.push(given.join())",
    "plausible": "window.plausible = (...given) => recorded.push(given.join())",
    "matomo": "window._paq = { push: (given) => recorded.push(given.join()) }",
}
RECEIVED = {
    "data_layer": "halo_chat_{}",
    "gtag": "event,halo_chat_{}",
    "plausible": "halo_chat_{}",
    "matomo": "trackEvent,Halo chat,{}",
}


def open_with(visit: Visit, *tools: str) -> Visit:
    visit.page.add_init_script(f"window.recorded = []; {';'.join(tools)}")
    return visit.open()


def converse(visit: Visit) -> None:
    visit.page.evaluate("halochat.open()")
    visit.message.fill("My secret")
    visit.message.press("Tab")
    visit.page.evaluate("halochat.send('endChat')")
    visit.expect_call("endChat")
    expect(visit.window).to_be_visible()


@pytest.mark.parametrize("tool", TOOLS)
def test_a_conversation_is_reported_without_its_content(
    visit_static: Make, tool: str
) -> None:
    visit = open_with(visit_static(load="manual", analytics=tool), TOOLS[tool])
    converse(visit)
    events = ["started", "opened", "message_sent", "ended"]
    expected = [RECEIVED[tool].format(event) for event in events]
    assert visit.page.evaluate("window.recorded") == expected


def test_google_is_reached_through_the_data_layer_if_a_theme_hides_its_function(
    visit_static: Make,
) -> None:
    push = "push: (given) => recorded.push(`${given}`, ...given)"
    visit = visit_static(load="manual", analytics="gtag")
    open_with(visit, f"window.dataLayer = {{ {push} }}")
    visit.page.evaluate("halochat.open()")
    visit.expect_call("openChatWindow")
    expected = ["[object Arguments]", "event", "halo_chat_started"]
    assert visit.page.evaluate("window.recorded")[:3] == expected


@pytest.mark.parametrize("tool", TOOLS)
def test_an_unavailable_chat_is_reported(visit_static: Make, tool: str) -> None:
    visit = visit_static(load="manual", analytics=tool)
    visit.vendor.serve(closed=True)
    open_with(visit, TOOLS[tool]).page.evaluate("halochat.open()")
    visit.expect_state("unavailable")
    expected = [RECEIVED[tool].format("unavailable")]
    assert visit.page.evaluate("window.recorded") == expected


@pytest.mark.parametrize("tool", TOOLS)
def test_the_chat_works_if_the_tool_is_absent(visit_static: Make, tool: str) -> None:
    visit = visit_static(load="manual", analytics=tool).open()
    converse(visit)
    tools = "[window.dataLayer, window.gtag, window.plausible, window._paq]"
    assert visit.page.evaluate(tools) == [None] * 4


def test_nothing_is_reported_without_the_option(visit_static: Make) -> None:
    visit = open_with(visit_static(load="manual"), *TOOLS.values())
    converse(visit)
    assert visit.page.evaluate("window.recorded") == []
