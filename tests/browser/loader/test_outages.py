"""What visitors see if Halo's script cannot be loaded, or starts no chat."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler
from io import BytesIO
from typing import NamedTuple, TypeAlias

import pytest
from cases import only_with_full
from playwright.sync_api import Route, expect
from vendor import SCRIPT
from visit import Visit

pytestmark = pytest.mark.engines

Make: TypeAlias = Callable[..., Visit]
End: TypeAlias = Callable[[], object]

PAGES = {
    "index.html": '<h1>Home</h1><a href="#halo-chat">Ask us</a> <a href="next.html">Next</a>',
    "next.html": "<h1>Next</h1>",
    "contact.html": "<h1>Contact</h1>",
}
UNAVAILABLE = "Chat is not available right now."
POLICY = {"content-security-policy": "script-src 'self'"}
# A script from another host does not tell what is wrong with it.
RECORD_RUNS = """
window.ran = 0;
addEventListener("error", () => { window.ran++; });
"""


def abort(reason: str, visit: Visit) -> End:
    visit.page.route(f"**{SCRIPT}", lambda route: route.abort(reason))
    return lambda: visit.page.unroute(f"**{SCRIPT}")


def go_offline(visit: Visit) -> End:
    visit.page.on("load", lambda: visit.page.context.set_offline(True))
    return lambda: visit.page.context.set_offline(False)


def add_policy(visit: Visit) -> End:
    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, headers={**response.headers, **POLICY})

    visit.page.route(f"{visit.server.url}/", answer)
    return lambda: visit.page.unroute(f"{visit.server.url}/")


def replace(
    body: str, visit: Visit, *, status: int = 200, type: str = "text/javascript"
) -> End:
    headers = {"X-Content-Type-Options": "nosniff"} if type == "text/plain" else {}
    visit.vendor.answer(body, status=status, type=type, headers=headers)
    return visit.vendor.serve


def change(option: str, visit: Visit) -> End:
    visit.vendor.serve(**{option: True})
    return visit.vendor.serve


def hold(visit: Visit) -> End:
    return visit.vendor.server.hold(SCRIPT)


def hang_up(visit: Visit) -> End:
    """Close the connection without an answer."""
    visit.vendor.server.answers[SCRIPT] = lambda handler: None
    return visit.vendor.serve


def drip(visit: Visit) -> End:
    """Send half of the script, and the rest when the outage ends."""
    answer = visit.vendor.server.answers[SCRIPT]
    released = threading.Event()

    def send(handler: SimpleHTTPRequestHandler) -> None:
        connection, handler.wfile = handler.wfile, BytesIO()
        answer(handler)
        data = handler.wfile.getvalue()
        handler.wfile = connection
        connection.write(data[: len(data) // 2])
        connection.flush()
        released.wait()
        connection.write(data[len(data) // 2 :])

    visit.vendor.server.answers[SCRIPT] = send
    return released.set


class Outage(NamedTuple):
    begin: Callable[[Visit], End]
    # What the warning names; none if Halo itself reports that chat is closed.
    reason: str = "its script cannot be reached"
    # Scripts that ran, or that the page does not allow, are not requested again.
    recovers_in_place: bool = True
    # The browser reports an error of the script to the page.
    throws: bool = False


TIMED_OUT = "it timed out"
ABORTED = ["blockedbyclient", "namenotresolved", "connectionrefused", "timedout"]
LOGIN = "<!doctype html><title>Log in</title>"
OUTAGES = {
    **{reason: Outage(partial(abort, reason)) for reason in ABORTED},
    "offline": Outage(go_offline),
    "error 404": Outage(partial(replace, "no", status=404)),
    "error 500": Outage(partial(replace, "no", status=500)),
    "HTML": Outage(partial(replace, LOGIN, type="text/html"), throws=True),
    "wrong type": Outage(partial(replace, "", type="text/plain"), throws=True),
    "no answer": Outage(hang_up),
    "hanging": Outage(hold, TIMED_OUT),
    "dripping": Outage(drip, TIMED_OUT),
    "half a script": Outage(partial(replace, "(() => {"), TIMED_OUT, False, True),
    "throwing": Outage(partial(change, "broken"), TIMED_OUT, False, True),
    "empty": Outage(partial(change, "empty"), TIMED_OUT, False),
    "policy": Outage(add_policy, recovers_in_place=False),
    "out of hours": Outage(partial(change, "closed"), "", False),
}
# One outage of each kind.
KINDS = ["blockedbyclient", "offline", "error 500", "HTML"]
KINDS += ["hanging", "throwing", "policy", "out of hours"]
OTHERS = [name for name in OUTAGES if name not in KINDS]
outages = pytest.mark.parametrize("name", [*KINDS, *only_with_full(*OTHERS)])


def begin(visit: Visit, name: str) -> End:
    """Cause an outage; return what ends it."""
    visit.page.add_init_script(RECORD_RUNS)
    return OUTAGES[name].begin(visit)


def wait_for_failure(visit: Visit, name: str) -> None:
    """Wait until the loader notices the outage."""
    outage = OUTAGES[name]
    if outage.reason == TIMED_OUT:
        if not outage.recovers_in_place:
            visit.page.wait_for_function("window.ran || window.__loads")
        visit.expect_state("loading").pass_time(16)
    visit.expect_state("failed" if outage.reason else "unavailable")


def forget_errors(visit: Visit, name: str) -> None:
    """Leave out the errors that the browser reports about Halo's script."""
    if OUTAGES[name].throws:
        visit.errors.clear()


@pytest.mark.core
@outages
def test_reports_an_outage_once_and_opens_the_chat_when_it_is_over(
    visit_static: Make, name: str
) -> None:
    outage = OUTAGES[name]
    visit = visit_static(PAGES, load="click")
    end = begin(visit, name)
    visit.open().launcher.click()
    wait_for_failure(visit, name)
    expect(visit.status).to_have_text(UNAVAILABLE)
    expect(visit.status).to_be_visible()
    expect(visit.launcher).to_be_visible()
    forget_errors(visit, name)
    visit.pass_time(60)
    reasons = [text.partition(".")[0] for text in visit.warnings]
    expected = [f"halochat: no chat, {outage.reason}"] if outage.reason else []
    assert [reason[: len(expected[0])] for reason in reasons] == expected
    end()
    if outage.reason == TIMED_OUT and outage.recovers_in_place:
        expect(visit.bubble).to_be_visible()
        visit.expect_state("ready")
        assert visit.vendor.loads == 1
        visit.bubble.click()
    else:
        if not outage.recovers_in_place:
            visit.open()
        visit.launcher.click()
    expect(visit.window).to_be_visible()
    visit.expect_state("ready").pass_time(60).expect_state("ready")
    assert len(visit.warnings) == len(expected)


@outages
def test_a_link_leads_to_the_fallback_in_an_outage(
    visit_static: Make, name: str
) -> None:
    visit = visit_static(PAGES, load="click", fallback_url="contact.html")
    begin(visit, name)
    visit.open()
    # Browsers without a connection cannot follow links either.
    link = visit.page.get_by_role("link", name="Ask us")
    (visit.launcher if name == "offline" else link).click()
    if name == "offline":
        wait_for_failure(visit, name)
        fallback = visit.page.get_by_role("link", name="Other ways to get help")
        expect(fallback).to_have_attribute("href", f"{visit.server.url}/contact.html")
    else:
        if OUTAGES[name].reason == TIMED_OUT:
            visit.expect_state("loading")
            if not OUTAGES[name].recovers_in_place:
                visit.page.wait_for_function("window.ran || window.__loads")
            visit.pass_time(16)
        visit.page.wait_for_url("**/contact.html")
    forget_errors(visit, name)


@pytest.mark.parametrize("name", ["error 500", "hanging", "throwing", "out of hours"])
def test_shows_nothing_of_an_outage_to_visitors_who_requested_no_chat(
    visit_static: Make, name: str
) -> None:
    visit = visit_static(PAGES, load="idle")
    begin(visit, name)
    visit.open().pass_time(1)
    wait_for_failure(visit, name)
    expect(visit.status).to_have_text("")
    visit.page.get_by_role("link", name="Next").click()
    visit.page.wait_for_url("**/next.html")
    forget_errors(visit, name)
