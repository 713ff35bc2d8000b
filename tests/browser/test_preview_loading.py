"""The preview with the real loader and bridge: no request gets lost while it starts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Locator, expect
from server import Server
from static_pages import serve_pages
from visit import Visit

pytestmark = pytest.mark.engines

Make: TypeAlias = Callable[..., Visit]

# Sends an event as soon as the script has run: its listeners are there, it is not set up.
SEND_EARLY = """
document.addEventListener("load", ({ target }) => {
  if (!/preview/.test(target.src ?? "")) return;
  window.isShown = Boolean(document.querySelector("#halo-chat")?.shadowRoot);
  for (const [name, detail] of EVENTS) {
    dispatchEvent(new CustomEvent(`haloChat_inboundEvent_${name}`, { detail }));
  }
}, true);
addEventListener("haloChat_outboundEvent_newChatStarting", () => {
  window.chats = (window.chats ?? 0) + 1;
});
"""


@pytest.fixture
def visit_preview(
    visits: Callable[[Server], Visit], tmp_path: Path, serve: Callable[[Path], Server]
) -> Iterator[Make]:
    """Serve a page whose chat is the preview."""

    def make(**options: Any) -> Visit:
        visit = visits(serve(tmp_path))
        serve_pages(visit.server, visit.vendor, None, None, preview=True, **options)
        return visit.control_clock()

    return make


def preview_window(visit: Visit) -> Locator:
    return visit.container.get_by_role("dialog")


@pytest.mark.parametrize("load", ["click", "eager", "idle", "manual"])
def test_queues_an_event_that_arrives_before_setup(
    visit_preview: Make, load: str
) -> None:
    visit = visit_preview(load=load)
    events = [["openChatWindow", None], ["resize", {"width": "444px"}]]
    script = SEND_EARLY.replace("EVENTS", json.dumps(events))
    visit.page.add_init_script(script)
    visit.open().pass_time(1)
    visit.page.evaluate("halochat.load()")
    visit.expect_state("ready").pass_time(1)
    expect(preview_window(visit)).to_be_visible()
    expect(preview_window(visit)).to_have_css("width", "444px")
    assert visit.page.evaluate("[isShown, chats]") == [False, 1]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"auto_initialize": False},
        {"enable_outbound_events": False},
        {"hide_new_chat_bubble": True},
        {"theme": "auto"},
    ],
    ids=str,
)
def test_receives_events_sent_during_loading(
    visit_preview: Make, options: dict[str, Any]
) -> None:
    visit = visit_preview(load="manual", **options)
    visit.open()
    visit.page.evaluate(
        "halochat.send('openChatWindow'); halochat.send('resize', { width: '444px' })"
    )
    visit.expect_state("ready").pass_time(3)
    expect(preview_window(visit)).to_be_visible()
    expect(preview_window(visit)).to_have_css("width", "444px")


def test_does_not_open_for_an_event_before_initialize(
    visit_preview: Make,
) -> None:
    visit = visit_preview(load="manual", auto_initialize=False)
    script = SEND_EARLY.replace("EVENTS", '[["openChatWindow", null]]')
    visit.page.add_init_script(script)
    visit.open()
    visit.page.evaluate("halochat.load()")
    visit.expect_state("ready")
    visit.page.evaluate("halochat.send('initialize')")
    expect(visit.container.get_by_role("button")).to_be_visible()
    expect(preview_window(visit)).to_be_hidden()
