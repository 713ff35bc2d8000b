"""By keyboard and by ear; and letters typed into the chat are the chat's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import expect

Make: TypeAlias = Callable[..., Any]

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
MATERIAL = {"name": "material", "font": False}
TEXT = (
    "# Page\n\nText.\n\n[Ask us](#halo-chat)\n\n" + '<div style="height:3000px"></div>'
)


# --- axe ------------------------------------------------------------------------------


def violations(site: Any) -> set[tuple[str, str]]:
    """Return each rule that axe finds broken, with the element that breaks it."""
    site.page.evaluate(AXE.read_text("utf-8"))
    results = site.page.evaluate("axe.run()")
    return {
        (rule["id"], json.dumps(node["target"]))
        for rule in results["violations"]
        for node in rule["nodes"]
    }


@pytest.fixture(params=["material", "mkdocs", "readthedocs", "furo"])
def both(request: Any, docs: Make, sphinx: Make) -> Any:
    """Build a site with a page with chat and the same one without."""
    # White on this colour, from the vendor's own example, is too faint for text.
    options = {"load": "click", "timeout": 1, "colour": "#E83C4A"}
    options["pages"] = {"off.*": False}
    if request.param == "furo":
        text = "Page\n====\n\nText.\n"
        site = sphinx("furo", text, {"off.rst": f":orphan:\n\n{text}"}, **options)
        site.with_chat, site.without = "index.html", "off.html"
        return site
    theme = {"name": request.param, "highlightjs": False, "font": False}
    pages = {"on.md": "# Page\n\nText.", "off.md": "# Page\n\nText."}
    site = docs(pages, site_theme=theme, **options)
    site.with_chat, site.without = "on/", "off/"
    return site


def test_axe_finds_nothing_new(both: Any) -> None:
    both.go(both.without).is_("off")
    before = violations(both)
    both.vendor.hangs()
    both.go(both.with_chat).is_("idle")
    expect(both.launcher).to_be_visible()
    assert violations(both) <= before
    both.launcher.click()
    both.is_("loading")
    expect(both.status).to_have_text("Loading chat…")
    assert violations(both) <= before
    both.is_("failed")
    expect(both.status).to_have_text("Chat is not available right now.")
    assert violations(both) <= before


def test_axe_finds_nothing_new_in_the_link(docs: Make) -> None:
    pages = {"index.md": TEXT, "off.md": f"---\nhalochat: false\n---\n{TEXT}"}
    site = docs(pages, load="click", fallback_url="off/", site_theme=MATERIAL)
    site.vendor.answers("", status=500)
    before = violations(site.go("off/"))
    site.go().launcher.click()
    link = site.page.get_by_role("link", name="Other ways to get help")
    expect(link).to_be_visible()
    assert violations(site) <= before


# --- The launcher ---------------------------------------------------------------------


def test_the_launcher_is_a_named_button_in_a_landmark(docs: Make) -> None:
    site = docs(load="click").go()
    landmark = site.page.get_by_role("complementary", name="Live Chat", exact=True)
    expect(landmark.get_by_role("button")).to_have_accessible_name("Open chat")


def test_the_launcher_says_which_language_it_speaks(docs: Make) -> None:
    pages = {"index.md": "# Home", "de.md": "---\nhalochat: {language: de}\n---\n"}
    site = docs(pages, load="click", site_theme={**MATERIAL, "language": "fr"})
    site.vendor.answers("", status=500)
    for path, tag, name in [("", "en", "Live Chat"), ("de/", "de", "Live-Chat")]:
        landmark = site.go(path).page.get_by_role(
            "complementary", name=name, exact=True
        )
        button = landmark.get_by_role("button")
        button.click()
        expect(site.status).not_to_be_empty()
        for part in (landmark, button, site.status):
            assert part.evaluate("(part, tag) => part.matches(`:lang(${tag})`)", tag)


def test_without_the_launcher_there_is_no_landmark(docs: Make) -> None:
    site = docs(load="manual").go()
    site.is_("idle")
    expect(site.page.get_by_role("complementary", name="Chat")).to_have_count(0)


def test_the_status_is_there_before_it_has_a_text(docs: Make) -> None:
    site = docs(load="manual").go()
    expect(site.status).to_have_count(1)
    expect(site.status).to_have_text("")


def test_the_launcher_is_the_last_stop_of_the_tab_key(docs: Make) -> None:
    site = docs({"index.md": TEXT}, load="click").go()
    expect(site.launcher).to_be_visible()
    links = site.page.locator("a[href]:visible, button:visible").count()
    for _ in range(links + 1):
        site.page.keyboard.press("Tab")
        if site.launcher.evaluate("(it) => it.getRootNode().activeElement === it"):
            break
    expect(site.launcher).to_be_focused()
    expect(site.launcher).not_to_have_css("outline-style", "none")
    site.page.keyboard.press("Tab")
    assert site.page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_opens_the_chat_and_the_focus_goes_there(docs: Make, key: str) -> None:
    site = docs(load="click").go()
    site.launcher.press(key)
    expect(site.window).to_be_visible()
    expect(site.message).to_be_focused()


def test_busy_and_ready_are_announced(docs: Make) -> None:
    site = docs(load="click")
    site.vendor.serves(hidden=True, late=True)
    site.go()
    expect(site.launcher).not_to_have_attribute("aria-busy", "true")
    site.launcher.click()
    expect(site.launcher).to_have_attribute("aria-busy", "true")
    expect(site.status).to_have_text("Loading chat…")
    site.vendor_goes_on()
    expect(site.status).to_have_text("Chat is open.")


def test_what_is_there_to_see_is_only_announced(docs: Make) -> None:
    site = docs(load="click").go()
    site.launcher.click()
    expect(site.status).to_have_text("Chat is open.")
    expect(site.status.locator("bdi")).to_have_css("clip-path", "inset(50%)")


def test_the_focus_stays_on_the_launcher_while_it_is_busy_and_failed(
    docs: Make,
) -> None:
    site = docs(load="click", timeout=1)
    site.vendor.hangs()
    site.go()
    site.launcher.press("Enter")
    site.is_("loading")
    expect(site.launcher).to_be_focused()
    site.is_("failed")
    expect(site.launcher).to_be_focused()


def test_a_widget_that_takes_no_focus_is_given_it(docs: Make) -> None:
    site = docs({"index.md": TEXT}, load="click")
    site.vendor.serves(aloof=True)
    site.go().launcher.press("Enter")
    expect(site.window).to_be_visible()
    expect(site.container).to_be_focused()
    site.page.keyboard.press("Tab")
    expect(site.bubble).to_be_focused()


def test_the_page_does_not_scroll_when_the_focus_moves(docs: Make) -> None:
    site = docs({"index.md": TEXT}, load="click")
    site.vendor.serves(aloof=True)
    site.go().launcher.press("Enter")
    expect(site.container).to_be_focused()
    site.page.evaluate("halochat.close()")
    expect(site.window).to_be_hidden()
    assert site.page.evaluate("scrollY") == 0


@pytest.mark.parametrize("aloof", [False, True])
def test_the_focus_returns_to_the_link_that_opened_the_chat(
    docs: Make, aloof: bool
) -> None:
    site = docs({"index.md": TEXT}, load="manual")
    site.vendor.serves(aloof=aloof)
    link = site.go().page.get_by_role("link", name="Ask us")
    link.press("Enter")
    expect(site.window).to_be_visible()
    site.page.evaluate("halochat.close()")
    expect(site.window).to_be_hidden()
    expect(link).to_be_focused()


def test_the_focus_returns_to_the_chat_where_the_launcher_is_gone(docs: Make) -> None:
    site = docs(load="click").go()
    site.launcher.press("Enter")
    expect(site.message).to_be_focused()
    site.page.get_by_role("button", name="Close").press("Enter")
    expect(site.window).to_be_hidden()
    expect(site.container).to_be_focused()


def test_the_focus_elsewhere_is_left_where_it_is(docs: Make) -> None:
    site = docs({"index.md": TEXT}, load="manual")
    site.vendor.serves(aloof=True)
    link = site.go().page.get_by_role("link", name="Ask us")
    link.focus()
    site.page.evaluate("halochat.open()")
    expect(site.window).to_be_visible()
    expect(link).to_be_focused()
    site.page.evaluate("halochat.close()")
    expect(site.window).to_be_hidden()
    expect(link).to_be_focused()


def test_without_javascript_there_is_no_dead_control(docs: Make, browser: Any) -> None:
    site = docs(load="click")
    page = browser.new_page(java_script_enabled=False)
    page.goto(site.server.url)
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    expect(page.get_by_role("button", name="Open chat")).to_have_count(0)
    expect(page.locator("#halo-chat")).to_have_count(0)
    page.close()


# --- Keys -----------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
@pytest.mark.parametrize("shadow", ["open", "closed", None])
def test_letters_typed_into_the_chat_are_the_chats(
    docs: Make, theme: str, shadow: str | None
) -> None:
    look = {"name": theme, "highlightjs": False, "font": False}
    pages = {"index.md": "# Home", "next.md": "# Next"}
    site = docs(pages, load="manual", site_theme=look)
    site.vendor.serves(shadow=shadow)
    # A closed shadow root has no other way to say what was typed.
    site.page.add_init_script("""
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (given) {
          return (window.shadow = attach.call(this, given));
        };
    """)
    site.go().page.evaluate("halochat.open()")
    site.called("openChatWindow")
    address = site.page.url
    site.page.keyboard.type("s/fnp,.?")
    field = "#halo-chat input" if shadow is None else "input"
    root = "document" if shadow is None else "shadow"
    typed = f"{root}.querySelector({field!r}).value"
    assert site.page.evaluate(typed) == "s/fnp,.?"
    assert site.page.url == address


@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_elsewhere_the_themes_keys_work(docs: Make, theme: str) -> None:
    look = {"name": theme, "highlightjs": False, "font": False}
    site = docs(load="eager", site_theme=look).go()
    site.is_("ready")
    site.page.keyboard.press("s")
    search = site.page.get_by_role("textbox" if theme == "material" else "searchbox")
    expect(search.first).to_be_focused()
