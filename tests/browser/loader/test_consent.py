"""Nothing is asked of the vendor before the visitor consents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import expect

Make: TypeAlias = Callable[..., Any]

PAGES = {"index.md": "# Home\n\n[To next](next.md)", "next.md": "# Next"}
MATERIAL = {"name": "material", "font": False}
DIALOG = {
    "title": "Cookies",
    "description": "May we?",
    "cookies": {"halochat": "Live chat"},
    "actions": ["accept", "reject"],
}


@pytest.fixture
def material(docs: Make) -> Make:
    """Build a Material site whose own dialog asks for consent."""

    def make(**options: Any) -> Any:
        settings = {"extra": {"consent": DIALOG}}
        return docs(
            PAGES, site_theme=MATERIAL, consent=True, settings=settings, **options
        )

    return make


def answer(site: Any, text: str) -> None:
    """Press a button of the dialog, after which Material loads the page again."""
    with site.page.expect_event("load"):
        site.page.get_by_role("button", name=text).click()


def asks(site: Any) -> int:
    """Count the elements that ask something of the vendor, at this moment."""
    return int(site.page.locator(f"[src^='{site.vendor.server.url}']").count())


@pytest.mark.parametrize("load", ["eager", "idle", "interaction"])
def test_nothing_is_asked_of_the_vendor_before(docs: Make, load: str) -> None:
    site = docs(load=load, consent=True).go()
    site.page.mouse.move(100, 100)
    site.page.keyboard.press("ArrowDown")
    site.page.evaluate("halochat.load()")
    site.idle()
    site.is_("idle")
    assert site.vendor.server.requests == []


def test_a_click_says_what_is_missing(docs: Make) -> None:
    site = docs(load="click", consent=True).go()
    site.page.evaluate(
        "document.addEventListener('halochat:consent', () => { window.told = 1 })"
    )
    site.launcher.click()
    expect(site.status).to_have_text("Chat needs your consent first.")
    assert site.page.evaluate("window.told") == 1
    assert asks(site) == 0


def test_consent_opens_the_chat_that_was_asked_for(docs: Make) -> None:
    site = docs(load="click", consent=True).go()
    site.launcher.click()
    site.page.evaluate("halochat.allow()")
    expect(site.window).to_be_visible()


def test_consent_alone_opens_nothing(docs: Make) -> None:
    site = docs(load="click", consent=True).go()
    site.page.evaluate("halochat.allow()")
    site.idle()
    assert site.vendor.server.requests == []
    site.launcher.click()
    expect(site.window).to_be_visible()


def test_consent_goes_on_with_the_strategy(docs: Make) -> None:
    site = docs(load="idle", consent=True).go()
    site.page.evaluate("halochat.allow()")
    site.is_("ready")
    expect(site.window).to_be_hidden()


def test_consent_is_remembered(docs: Make) -> None:
    site = docs(PAGES, load="eager", consent=True).go()
    site.page.evaluate("halochat.allow()")
    site.is_("ready")
    site.go("next/").is_("ready")
    assert site.vendor.loads == 2


def test_a_consent_taken_back_is_forgotten_and_so_is_the_chat(docs: Make) -> None:
    site = docs(PAGES, load="eager", consent=True).go()
    site.page.evaluate("halochat.allow()")
    site.is_("ready")
    with site.page.expect_event("load"):
        site.page.evaluate("halochat.deny()")
    site.idle()
    site.is_("idle")
    expect(site.bubble).to_have_count(0)
    assert site.vendor.loads == 1
    site.go("next/")
    site.idle()
    assert site.vendor.loads == 1


def test_consent_refused_forgets_what_was_asked_for(docs: Make) -> None:
    site = docs(load="click", consent=True).go()
    site.launcher.click()
    site.page.evaluate("halochat.deny(); halochat.allow()")
    assert asks(site) == 0


def test_without_the_option_no_consent_is_needed(docs: Make) -> None:
    docs(load="eager").go().is_("ready")


# --- Material's dialog ----------------------------------------------------------------


def test_the_themes_dialog_gives_consent(material: Make) -> None:
    site = material(load="idle").go()
    site.idle()
    assert site.vendor.server.requests == []
    answer(site, "Accept")
    site.is_("ready")
    site.go("next/").is_("ready")


def test_the_themes_dialog_refuses_it(material: Make) -> None:
    site = material(load="idle").go()
    answer(site, "Reject")
    site.idle()
    site.go("next/")
    site.idle()
    assert site.vendor.server.requests == []


def test_a_click_asks_again_and_opens_when_it_is_answered(material: Make) -> None:
    site = material(load="click").go()
    answer(site, "Reject")
    dialog = site.page.get_by_role("heading", name="Cookies")
    expect(dialog).to_be_hidden()
    site.launcher.click()
    expect(dialog).to_be_visible()
    expect(site.status).to_have_text("")  # which would cover the dialog's buttons
    assert site.vendor.server.requests == []
    site.page.get_by_text("Live chat").click()
    answer(site, "Accept")
    expect(site.window).to_be_visible()


def test_what_the_themes_dialog_gave_can_be_taken_back(material: Make) -> None:
    site = material(load="idle").go()
    answer(site, "Accept")
    site.is_("ready")
    with site.page.expect_event("load"):
        site.page.evaluate("halochat.deny()")
    site.idle()
    site.is_("idle")
    assert site.vendor.loads == 1
