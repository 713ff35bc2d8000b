"""What happens if the bridge, which starts the widget, is missing or slow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import expect
from visit import Visit

pytestmark = pytest.mark.engines

Make: TypeAlias = Callable[..., Visit]

UNAVAILABLE = "Chat is not available right now."
# What a proxy may answer instead of the file.
PORTAL = "<!doctype html><title>Log in</title>"
FAULTS = ["missing", "HTML", "empty", "broken", "hanging"]
PAGES = {
    "index.html": '<h1>Home</h1><a href="#halo-chat">Ask us</a>',
    "contact.html": "<h1>Contact</h1>",
}


def bridge_path(visit: Visit) -> str:
    (path,) = (path for path in visit.server.answers if path.startswith("/bridge"))
    return path


def cause(visit: Visit, fault: str) -> Callable[[], None]:
    """Break the bridge; return a function that repairs it for the next request."""
    path = bridge_path(visit)
    repaired = visit.server.answers[path]
    if fault == "hanging":
        visit.server.hang(path)
    elif fault == "missing":
        visit.server.answer(path, "", status=404)
    elif fault == "HTML":
        visit.server.answer(path, PORTAL, type="text/html")
    else:
        visit.server.answer(path, "throw 'broken'" if fault == "broken" else "")
    return lambda: visit.server.answers.update({path: repaired})


def fail(visit: Visit, fault: str) -> None:
    """Wait until the loader notices the fault."""
    if fault == "hanging":
        visit.expect_state("loading").pass_time(16)
    visit.expect_state("failed")
    if fault in ("HTML", "broken"):
        visit.errors.clear()  # of the browser, about the script


@pytest.mark.core
@pytest.mark.parametrize("fault", FAULTS)
def test_a_bridge_that_fails_is_reported_once(visit_static: Make, fault: str) -> None:
    visit = visit_static(load="click")
    cause(visit, fault)
    visit.open().launcher.click()
    fail(visit, fault)
    expect(visit.status).to_have_text(UNAVAILABLE)
    visit.pass_time(5).expect_state("failed").pass_time(60).expect_state("failed")
    reason = "it timed out" if fault == "hanging" else "its script cannot be reached"
    (warning,) = visit.warnings
    assert warning.startswith(f"halochat: no chat, {reason}")
    assert visit.vendor.requests == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_click_requests_a_bridge_again_that_failed(
    visit_static: Make, fault: str
) -> None:
    visit = visit_static(load="click")
    repair = cause(visit, fault)
    visit.open().launcher.click()
    fail(visit, fault)
    repair()
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    visit.expect_state("ready").pass_time(60).expect_state("ready")
    assert visit.vendor.loads == 1
    assert len(visit.warnings) == 1


@pytest.mark.parametrize("fault", FAULTS)
def test_repeated_clicks_leave_no_extra_scripts(visit_static: Make, fault: str) -> None:
    visit = visit_static(load="click")
    cause(visit, fault)
    visit.open()
    before = visit.page.locator("script").count()
    for _ in range(3):
        visit.launcher.click()
        fail(visit, fault)
    expect(visit.page.locator("script")).to_have_count(before)
    assert len(visit.warnings) == 3


@pytest.mark.parametrize("fault", FAULTS)
def test_link_opens_the_fallback_if_the_bridge_fails(
    visit_static: Make, fault: str
) -> None:
    visit = visit_static(PAGES, load="click", fallback_url="contact.html")
    cause(visit, fault)
    visit.open().page.get_by_role("link", name="Ask us").click()
    if fault == "hanging":
        visit.expect_state("loading").pass_time(16)
    visit.page.wait_for_url("**/contact.html")
    visit.errors.clear()


@pytest.mark.parametrize("load", ["click", "idle"])
def test_chat_starts_with_a_bridge_that_arrives_after_the_timeout(
    visit_static: Make, load: str
) -> None:
    visit = visit_static(load=load)
    release = visit.server.hold(bridge_path(visit))
    visit.open().pass_time(1)
    if load == "click":
        visit.launcher.click()
    fail(visit, "hanging")
    release()
    expect(visit.bubble).to_be_visible()
    visit.expect_state("ready")
    assert visit.vendor.loads == 1


def test_two_late_bridges_start_the_widget_once(visit_static: Make) -> None:
    visit = visit_static(load="click")
    path = bridge_path(visit)
    first = visit.server.hold(path)
    visit.open().launcher.click()
    fail(visit, "hanging")
    with visit.page.expect_request(lambda request: path in request.url):
        visit.launcher.click()
    fail(visit, "hanging")
    first()
    expect(visit.bubble).to_be_visible()
    visit.settle()
    assert visit.vendor.loads == 1
    visit.launcher.or_(visit.bubble).click()
    expect(visit.window).to_be_visible()
    assert len(visit.warnings) == 2


def test_connects_to_the_vendor_while_the_bridge_loads(visit_static: Make) -> None:
    visit = visit_static(load="click")
    cause(visit, "hanging")
    visit.open()
    link = visit.page.locator("link[rel=preconnect]")
    assert link.count() == 0
    visit.launcher.click()
    visit.expect_state("loading")
    assert link.get_attribute("href") == f"{visit.vendor.server.url}/chat/index.js"
    fail(visit, "hanging")
    assert link.count() == 0
