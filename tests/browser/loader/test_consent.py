"""Nothing is requested from the vendor before the visitor consents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from cases import only_with_full
from playwright.sync_api import expect
from visit import Visit

Make: TypeAlias = Callable[..., Visit]

PAGES = {"index.html": "<h1>Home</h1>", "next.html": "<h1>Next</h1>"}
engines = pytest.mark.engines


# --- The API --------------------------------------------------------------------------


@engines
@pytest.mark.parametrize("load", ["eager", "idle", "interaction"])
def test_requests_nothing_from_the_vendor_without_consent(
    visit_static: Make, load: str
) -> None:
    visit = visit_static(load=load, consent=True).open()
    visit.page.mouse.move(100, 100)
    visit.page.keyboard.press("ArrowDown")
    visit.page.evaluate("halochat.load()")
    visit.settle().expect_state("idle")
    assert visit.vendor.requests == []


@engines
def test_a_click_without_consent_reports_that_it_is_needed(
    visit_static: Make,
) -> None:
    visit = visit_static(load="click", consent=True).open()
    visit.page.evaluate(
        "document.addEventListener('halochat:consent', () => { window.reported = 1 })"
    )
    visit.launcher.click()
    expect(visit.status).to_have_text("Chat needs your consent first.")
    assert visit.page.evaluate("window.reported") == 1
    visit.settle()
    assert visit.vendor.requests == []


@pytest.mark.core
@engines
def test_consent_opens_a_chat_that_was_requested_before(visit_static: Make) -> None:
    visit = visit_static(load="click", consent=True).open()
    visit.launcher.click()
    visit.page.evaluate("halochat.allow()")
    expect(visit.window).to_be_visible()


@engines
def test_consent_alone_loads_nothing_under_the_click_strategy(
    visit_static: Make,
) -> None:
    visit = visit_static(load="click", consent=True).open()
    visit.page.evaluate("halochat.allow()")
    visit.settle()
    assert visit.vendor.requests == []
    visit.launcher.click()
    expect(visit.window).to_be_visible()


@engines
def test_consent_resumes_the_loading_strategy(visit_static: Make) -> None:
    visit = visit_static(load="idle", consent=True).open()
    visit.page.evaluate("halochat.allow()")
    visit.pass_time(1).expect_state("ready")
    expect(visit.window).to_be_hidden()


@engines
def test_consent_is_remembered_on_other_pages(visit_static: Make) -> None:
    visit = visit_static(PAGES, load="eager", consent=True).open()
    visit.page.evaluate("halochat.allow()")
    visit.expect_state("ready")
    visit.open("next.html").expect_state("ready")
    assert visit.vendor.loads == 2


@pytest.mark.core
@engines
def test_withdrawing_consent_removes_the_chat(visit_static: Make) -> None:
    visit = visit_static(PAGES, load="eager", consent=True).open()
    visit.page.evaluate("halochat.allow()")
    visit.expect_state("ready")
    with visit.page.expect_event("load"):
        visit.page.evaluate("halochat.deny()")
    visit.settle().expect_state("idle")
    expect(visit.bubble).to_have_count(0)
    assert visit.vendor.loads == 1
    visit.open("next.html").settle()
    assert visit.vendor.loads == 1


@engines
def test_refusing_consent_forgets_the_request(visit_static: Make) -> None:
    visit = visit_static(load="click", consent=True).open()
    visit.launcher.click()
    visit.page.evaluate("halochat.deny(); halochat.allow()")
    visit.settle()
    assert visit.vendor.requests == []


def test_without_the_option_no_consent_is_needed(visit_static: Make) -> None:
    visit_static(load="eager").open().expect_state("ready")


# --- Material's dialog ----------------------------------------------------------------


def visit_with_dialog(visit_theme: Make, **options: object) -> Visit:
    return visit_theme("material-consent", consent=True, **options)


def answer(visit: Visit, name: str) -> None:
    """Click a button of the dialog, after which Material reloads the page."""
    with visit.page.expect_event("load"):
        visit.page.get_by_role("button", name=name).click()


def test_the_dialog_of_the_theme_grants_consent(visit_theme: Make) -> None:
    visit = visit_with_dialog(visit_theme, load="idle").open().settle()
    assert visit.vendor.requests == []
    answer(visit, "Accept")
    visit.settle().expect_state("ready")
    visit.open("next/").settle().expect_state("ready")


def test_the_dialog_of_the_theme_refuses_consent(visit_theme: Make) -> None:
    visit = visit_with_dialog(visit_theme, load="idle").open()
    answer(visit, "Reject")
    visit.settle()
    visit.open("next/").settle()
    assert visit.vendor.requests == []


def test_a_click_opens_the_dialog_again_and_consent_opens_the_chat(
    visit_theme: Make,
) -> None:
    visit = visit_with_dialog(visit_theme, load="click").open()
    answer(visit, "Reject")
    dialog = visit.page.get_by_role("heading", name="Cookies")
    expect(dialog).to_be_hidden()
    visit.launcher.click()
    expect(dialog).to_be_visible()
    expect(visit.status).to_have_text("")  # which would cover the buttons of the dialog
    assert visit.vendor.requests == []
    visit.page.get_by_text("Live chat").click()
    answer(visit, "Accept")
    visit.settle()
    expect(visit.window).to_be_visible()


@pytest.mark.parametrize("load", ["idle", *only_with_full("eager", "manual")])
def test_consent_opens_the_chat_that_was_requested_before(
    visit_theme: Make, load: str
) -> None:
    visit = visit_with_dialog(visit_theme, load=load).open()
    answer(visit, "Reject")
    visit.page.evaluate("halochat.open()")
    pending = "sessionStorage['halochat']"
    assert visit.page.evaluate(pending) == "1"
    visit.page.get_by_text("Live chat").click()
    answer(visit, "Accept")
    visit.settle()
    expect(visit.window).to_be_visible()
    assert visit.page.evaluate(pending) is None


def test_consent_from_the_dialog_can_be_withdrawn(visit_theme: Make) -> None:
    visit = visit_with_dialog(visit_theme, load="idle").open()
    answer(visit, "Accept")
    visit.settle().expect_state("ready")
    with visit.page.expect_event("load"):
        visit.page.evaluate("halochat.deny()")
    visit.settle().expect_state("idle")
    assert visit.vendor.loads == 1
