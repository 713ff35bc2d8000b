"""The vendor's script is not public: however it starts, one click opens the chat."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import pytest
from widgets import CASES, OPEN, STATE, Case, Visit

Meet: TypeAlias = Callable[[Case], Visit]

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def one_of_each_group() -> Iterator[object]:
    """Yield all cases; without `--full`, only the first of each group runs."""
    groups = set()
    for case in CASES:
        group = case.name.partition("-")[0]
        marks = [pytest.mark.full] if group in groups else []
        groups.add(group)
        yield pytest.param(case, id=case.name, marks=marks)


def check_opens_once(visit: Visit) -> None:
    """Check that the window opens after a click, and that nothing happens twice."""
    if not visit.until(OPEN, visit.case.within):
        pytest.fail("does not open", pytrace=False)
    visit.advance(3)
    calls = "vendor.calls.filter((name) => name !== 'initialize').join()"
    expected = {
        OPEN: True,
        "vendor.runs": 1,
        "vendor.starts": 1,
        calls: "openChatWindow",
        STATE: "ready",
    }
    visit.check_all(expected)
    check_styles(visit)
    for frame in visit.page.frames[1:]:
        visit.check(frame.evaluate("!window.halochat"), "no loader in a frame")


def check_follows_navigation(visit: Visit, navigation: str) -> None:
    """Check pages with chat and without; `window.same` tells of a full load."""
    visit.evaluate("window.same = true")
    visit.follow("Two")
    may_reload = visit.case.fragile and navigation == "turbo"
    visit.check(may_reload or visit.evaluate("window.same"), "no full load")
    visit.check(visit.until("window.vendor?.shown().length"), "stays on the next page")
    check_styles(visit)
    visit.evaluate("halochat.close()")
    visit.trigger()
    visit.check(visit.until(OPEN), "opens again on the next page")

    visit.follow("Off")
    visit.check(visit.until(f"{STATE} === 'off'"), "is off on a page without chat")
    visit.check_equal("window.vendor?.shown().join() ?? ''", "")
    visit.follow("One")
    visit.trigger()
    visit.check(visit.until(OPEN, visit.case.within), "opens after a page without chat")
    visit.check_equal("vendor.runs", 1)
    check_styles(visit)


def check_styles(visit: Visit) -> None:
    if visit.case.name.startswith("styles"):
        visit.check(visit.until("window.vendor?.isStyled()", within=3), "has styles")


@every_case
def test_opens_when_the_launcher_is_clicked(visit: Meet, case: Case) -> None:
    visitor = visit(case)
    visitor.write_embed("click", navigation="material")
    visitor.arrive()
    visitor.launch()
    check_opens_once(visitor)
    check_follows_navigation(visitor, "material")
    visitor.finish()


@pytest.mark.parametrize("case", list(one_of_each_group()))
def test_opens_when_it_was_loaded_in_idle_time(visit: Meet, case: Case) -> None:
    visitor = visit(case)
    visitor.write_embed("idle")
    visitor.arrive()
    visitor.until("window.vendor?.shown().length", within=5)
    visitor.trigger()
    check_opens_once(visitor)
    visitor.finish()


@pytest.mark.full
@every_case
def test_follows_navigation_with_turbo(visit: Meet, case: Case) -> None:
    visitor = visit(case)
    visitor.write_embed("idle", navigation="turbo")
    visitor.arrive()
    visitor.until("window.vendor?.shown().length", within=5)
    visitor.trigger()
    visitor.check(visitor.until(OPEN, case.within), "opens")
    check_follows_navigation(visitor, "turbo")
    visitor.finish()


# Where a page is when a widget starts that was not even deferred.
PHASES = {
    "parsed": '<script src="/slow.js" defer></script>',
    "loading": '<img src="/slow.png" alt="" />',
}


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.name.startswith("waiting")],
    ids=lambda case: case.name,
)
def test_opens_when_it_was_loaded_while_the_page_loads(
    visit: Meet, case: Case, phase: str
) -> None:
    visitor = visit(case)
    visitor.write_embed("eager", foot=PHASES[phase])
    release = visitor.hold({"parsed": "/slow.js", "loading": "/slow.png"}[phase])
    visitor.arrive(wait_until="commit")
    visitor.check(visitor.until("window.vendor?.runs"), "runs")
    release()
    visitor.until("window.vendor?.shown().length", within=5)
    visitor.trigger()
    check_opens_once(visitor)
    visitor.finish()


@pytest.mark.full
@every_case
def test_works_with_the_block_of_the_vendor(visit: Meet, case: Case) -> None:
    visitor = visit(case)
    visitor.write_snippet()
    visitor.arrive()
    visitor.advance(5)
    visitor.send("initialize")
    visitor.advance(5)
    visitor.send("openChatWindow")
    visitor.check(visitor.until(OPEN, within=2), "opens")
    visitor.check_equal("[vendor.runs, vendor.starts].join()", "1,1")
    check_styles(visitor)
    visitor.finish()
