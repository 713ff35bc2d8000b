"""A script that is slow, missing or broken, and a chat that is not available."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from widgets import CASES, OPEN, STATE, Case, Visit

Meet: TypeAlias = Callable[[Case], Visit]

broken = pytest.mark.parametrize(
    "script", ["", "throw new Error('broken widget');"], ids=["empty", "throws"]
)
GOOD = Case("good", "vendor.start();\n")


def test_runs_a_script_once_that_is_slower_than_the_timeout(visit: Meet) -> None:
    visitor = visit(GOOD)
    visitor.write_embed("click")
    release = visitor.hold("/chat/index.js")
    visitor.arrive()
    visitor.launcher.click()
    visitor.advance(20)
    visitor.check_equal(STATE, "failed")
    visitor.launcher.click()
    visitor.advance(1)
    release()
    assert visitor.until(OPEN)
    visitor.check_equal(STATE, "ready")
    visitor.check_equal("vendor.runs", 1)
    assert visitor.server.requests.count("/chat/index.js") == 1
    (warning,) = visitor.warnings()
    assert warning.startswith("halochat: no chat, it timed out")
    visitor.finish()


@pytest.mark.parametrize("load", ["click", "idle"])
@broken
def test_never_runs_a_script_again_that_does_not_start(
    visit: Meet, script: str, load: str
) -> None:
    visitor = visit(Case("broken", script, throws="broken widget"))
    visitor.write_embed(load)
    visitor.arrive()
    visitor.trigger()
    visitor.advance(20)
    visitor.check_equal(STATE, "failed")
    sheets = visitor.evaluate("document.adoptedStyleSheets.length")
    for _ in range(3):
        visitor.trigger()
        visitor.advance(20)
    visitor.check_equal(STATE, "failed")
    visitor.check_equal("vendor.runs", 1)
    visitor.check_equal(
        "document.querySelectorAll('[src$=\"chat/index.js\"]').length", 1
    )
    visitor.check_equal("document.adoptedStyleSheets.length", sheets)
    assert visitor.server.requests.count("/chat/index.js") == 1
    assert visitor.warnings()
    visitor.finish()


@broken
def test_opens_the_fallback_when_the_script_does_not_start(
    visit: Meet, script: str
) -> None:
    visitor = visit(Case("broken", script, throws="broken widget"))
    visitor.write_embed("click", fallback="two.html")
    visitor.arrive()
    visitor.trigger()
    assert visitor.until("document.title === 'Two'", within=20)
    assert visitor.warnings()
    visitor.finish()


# --- A chat that is not available -----------------------------------------------------

CLOSED_AT_FIRST = """
vendor.starts += 1;
vendor.render();
vendor.listen();
vendor.initialized(false);
vendor.later(3000).then(() => vendor.initialized(true));
"""


@pytest.mark.parametrize("load", ["click", "idle"])
def test_opens_once_the_chat_has_become_available(visit: Meet, load: str) -> None:
    visitor = visit(Case("closed_at_first", CLOSED_AT_FIRST))
    visitor.write_embed(load)
    visitor.arrive()
    if load == "click":
        visitor.launcher.click()
    assert visitor.until(f"{STATE} === 'unavailable'", within=4)
    visitor.check_equal(OPEN, False)
    assert visitor.until(f"{STATE} === 'ready'")
    visitor.trigger()
    assert visitor.until(OPEN)
    visitor.check_equal("[vendor.runs, vendor.starts].join()", "1,1")
    visitor.finish()


@pytest.mark.parametrize("load", ["click", "idle"])
def test_opens_the_fallback_when_the_chat_is_not_available(
    visit: Meet, load: str
) -> None:
    visitor = visit(Case("closed", "vendor.render();\nvendor.initialized(false);\n"))
    visitor.write_embed(load, fallback="two.html")
    visitor.arrive()
    visitor.trigger()
    assert visitor.until("document.title === 'Two'")
    visitor.finish()


# --- A page that does things of its own -----------------------------------------------

COUNTS = """<script>
window.counts = {};
function count(event) {
  const name = `${event.type} ${event.currentTarget === window ? "window" : "document"}`;
  window.counts[name] = (window.counts[name] ?? 0) + 1;
}
for (const target of [window, document]) {
  for (const type of ["DOMContentLoaded", "load", "pageshow", "readystatechange"]) {
    target.addEventListener(type, count);
    target[`on${type}`] = count;
  }
}
</script>"""
WAITS = ["waiting-load", "waiting-on_load", "waiting-dom_content_loaded_on_window"]
WAITS += ["waiting-pageshow", "waiting-on_ready_state_change", "waiting-load_object"]


@pytest.mark.parametrize("name", WAITS)
def test_does_not_repeat_listeners_of_the_page(visit: Meet, name: str) -> None:
    (case,) = [case for case in CASES if case.name == name]
    visitor = visit(case)
    visitor.write_embed("click", head=COUNTS)
    visitor.arrive()
    counts = visitor.evaluate("window.counts")
    assert len(counts) == 5
    visitor.launcher.click()
    assert visitor.until(OPEN)
    visitor.check_equal("window.counts", counts)
    visitor.finish()


# Libraries replace `addEventListener`: before the loader runs, and after it.
WRAPS = """<script defer src="data:text/javascript,
const native = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, listener, ...more) {
  const call = (event) => (listener.handleEvent ?? listener).call(this, event);
  return native.call(this, type, listener %26%26 call, ...more);
};"></script>"""


@pytest.mark.parametrize("place", ["head", "foot"])
@pytest.mark.parametrize(
    "name", ["waiting-load", "order-listens_late", "timing-at_once"]
)
def test_opens_if_the_page_wraps_listeners(visit: Meet, name: str, place: str) -> None:
    (case,) = [case for case in CASES if case.name == name]
    visitor = visit(case)
    visitor.write_embed("click", **{place: WRAPS})
    visitor.arrive()
    visitor.launcher.click()
    assert visitor.until(OPEN)
    visitor.check_equal("[vendor.runs, vendor.starts].join()", "1,1")
    visitor.finish()
