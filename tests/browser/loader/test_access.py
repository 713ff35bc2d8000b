"""Access by keyboard and screen reader; letters typed into the chat stay in the chat."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from cases import only_with_full
from playwright.sync_api import BrowserContext, Locator, expect
from static_pages import TALL
from virtual_clock import advance_clock
from visit import Visit

pytestmark = pytest.mark.engines

Make: TypeAlias = Callable[..., Visit]

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
ASK = {"index.html": f'<h1>Page</h1><a href="#halo-chat">Ask us</a>{TALL}'}
UNAVAILABLE = "Chat is not available right now."


def ask_link(visit: Visit) -> Locator:
    return visit.page.get_by_role("link", name="Ask us")


def close(visit: Visit) -> None:
    """Close the window from outside, and let the focus go where it belongs."""
    visit.page.evaluate("halochat.close()")
    expect(visit.window).to_be_hidden()
    visit.pass_time(1)


# --- axe ------------------------------------------------------------------------------


def violations(visit: Visit) -> set[tuple[str, str]]:
    """Return each rule that axe finds broken, with the element that breaks it."""
    if not visit.page.evaluate("!!window.axe"):
        visit.page.evaluate(AXE.read_text("utf-8"))
    # axe waits with timers, which stand still where the clock does.
    run = "axe.run({ resultTypes: ['violations'] })"  # is faster
    visit.page.evaluate(f"{run}.then((results) => {{ window.results = results }})")
    advance_clock(visit.page, 1000)
    visit.page.wait_for_function("window.results")
    results = visit.page.evaluate("window.results")
    visit.page.evaluate("delete window.results")
    return {
        (rule["id"], json.dumps(node["target"]))
        for rule in results["violations"]
        for node in rule["nodes"]
    }


@pytest.mark.engines("chromium")
@pytest.mark.parametrize(
    "theme", ["material", "furo", *only_with_full("mkdocs", "readthedocs")]
)
def test_axe_reports_no_new_violation(visit_theme: Make, theme: str) -> None:
    # White on this color, from the vendor's own example, is too faint for text.
    options = {"load": "click", "colour": "#E83C4A"}
    visit = visit_theme(theme, {"index.html": False}).open().expect_state("off")
    before = violations(visit)
    visit = visit_theme(theme, **options)
    visit.vendor.hang()
    visit.open().expect_state("idle")
    expect(visit.launcher).to_be_visible()
    assert violations(visit) <= before
    visit.launcher.click()
    visit.expect_state("loading")
    expect(visit.status).to_have_text("Loading chat…")
    assert violations(visit) <= before
    visit.pass_time(15).expect_state("failed")
    expect(visit.status).to_have_text(UNAVAILABLE)
    assert violations(visit) <= before


@pytest.mark.engines("chromium")
def test_axe_reports_no_new_violation_in_the_fallback_link(visit_theme: Make) -> None:
    visit = visit_theme("material", {"index.html": False}).open().expect_state("off")
    before = violations(visit)
    visit = visit_theme("material", load="click", fallback_url="off/index.html")
    visit.vendor.answer("", status=500)
    visit.open().launcher.click()
    link = visit.page.get_by_role("link", name="Other ways to get help")
    expect(link).to_be_visible()
    assert violations(visit) <= before


# --- The launcher ---------------------------------------------------------------------


def test_the_launcher_is_a_named_button_in_a_landmark(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    landmark = visit.page.get_by_role("complementary", name="Live Chat", exact=True)
    expect(landmark.get_by_role("button")).to_have_accessible_name("Open chat")


@pytest.mark.core
def test_the_launcher_declares_its_language(visit_static: Make) -> None:
    pages = {"en.html": "<h1>English</h1>", "de.html": "<h1>Deutsch</h1>"}
    pages = {path: f'<!doctype html><html lang="fr">{h}' for path, h in pages.items()}
    layers = {"en.html": {"language": "en"}, "de.html": {"language": "de"}}
    visit = visit_static(pages, layers, load="click")
    visit.vendor.answer("", status=500)
    for tag, name in [("en", "Live Chat"), ("de", "Live-Chat")]:
        visit.open(f"{tag}.html")
        landmark = visit.page.get_by_role("complementary", name=name, exact=True)
        button = landmark.get_by_role("button")
        button.click()
        expect(visit.status).not_to_be_empty()
        for part in (landmark, button, visit.status):
            assert part.evaluate("(part, tag) => part.matches(`:lang(${tag})`)", tag)


def test_without_a_launcher_there_is_no_landmark(visit_static: Make) -> None:
    visit = visit_static(load="manual").open().expect_state("idle")
    landmark = visit.page.get_by_role("complementary", name="Live Chat")
    expect(landmark).to_have_count(0)


def test_the_status_exists_before_it_has_a_text(visit_static: Make) -> None:
    visit = visit_static(load="manual").open()
    expect(visit.status).to_have_count(1)
    expect(visit.status).to_have_text("")


@pytest.mark.leaves_page
def test_the_launcher_is_the_last_stop_of_the_tab_key(visit_static: Make) -> None:
    visit = visit_static(ASK, load="click").open()
    expect(visit.launcher).to_be_visible()
    visit.page.keyboard.press("Tab")
    expect(ask_link(visit)).to_be_focused()
    visit.page.keyboard.press("Tab")
    expect(visit.launcher).to_be_focused()
    expect(visit.launcher).not_to_have_css("outline-style", "none")
    visit.page.keyboard.press("Tab")
    expect(visit.launcher).not_to_be_focused()
    expect(ask_link(visit)).not_to_be_focused()


@pytest.mark.core
@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_opens_the_chat_and_moves_the_focus_into_it(
    visit_static: Make, key: str
) -> None:
    visit = visit_static(load="click").open()
    visit.launcher.press(key)
    expect(visit.window).to_be_visible()
    visit.pass_time(1)
    expect(visit.message).to_be_focused()


def test_loading_and_opening_are_announced(visit_static: Make) -> None:
    visit = visit_static(load="click")
    visit.vendor.serve(hidden=True, late=True)
    visit.open()
    expect(visit.launcher).not_to_have_attribute("aria-busy", "true")
    visit.launcher.click()
    expect(visit.launcher).to_have_attribute("aria-busy", "true")
    expect(visit.status).to_have_text("Loading chat…")
    visit.release_widget()
    expect(visit.status).to_have_text("Chat is open.")


def test_opening_is_announced_without_being_shown(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    visit.launcher.click()
    expect(visit.status).to_have_text("Chat is open.")
    expect(visit.status.locator("bdi")).to_have_css("clip-path", "inset(50%)")


def test_the_focus_stays_on_the_launcher_while_the_chat_loads_and_after_it_failed(
    visit_static: Make,
) -> None:
    visit = visit_static(load="click")
    visit.vendor.hang()
    visit.open().launcher.press("Enter")
    visit.expect_state("loading").pass_time(1)
    expect(visit.launcher).to_be_focused()
    visit.pass_time(14).expect_state("failed").pass_time(1)
    expect(visit.launcher).to_be_focused()


def test_moves_the_focus_into_a_widget_that_does_not_take_it(
    visit_static: Make,
) -> None:
    visit = visit_static(ASK, load="click")
    visit.vendor.serve(aloof=True)
    visit.open().launcher.press("Enter")
    expect(visit.window).to_be_visible()
    visit.pass_time(1)
    expect(visit.container).to_be_focused()
    visit.page.keyboard.press("Tab")
    expect(visit.bubble).to_be_focused()


def test_the_page_does_not_scroll_when_the_focus_moves(visit_static: Make) -> None:
    visit = visit_static(ASK, load="click")
    visit.vendor.serve(aloof=True)
    visit.open().launcher.press("Enter")
    expect(visit.window).to_be_visible()
    visit.pass_time(1)
    expect(visit.container).to_be_focused()
    close(visit)
    assert visit.page.evaluate("scrollY") == 0


@pytest.mark.core
@pytest.mark.parametrize("aloof", [False, True])
def test_the_focus_returns_to_the_link_that_opened_the_chat(
    visit_static: Make, aloof: bool
) -> None:
    visit = visit_static(ASK, load="manual")
    visit.vendor.serve(aloof=aloof)
    ask_link(visit.open()).press("Enter")
    expect(visit.window).to_be_visible()
    visit.pass_time(1)
    close(visit)
    expect(ask_link(visit)).to_be_focused()


def test_the_focus_goes_to_the_chat_if_the_launcher_is_gone(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    visit.launcher.press("Enter")
    expect(visit.message).to_be_focused()
    visit.page.get_by_role("button", name="Close").press("Enter")
    expect(visit.window).to_be_hidden()
    visit.pass_time(1)
    expect(visit.container).to_be_focused()


def test_the_focus_is_not_moved_if_it_is_elsewhere(visit_static: Make) -> None:
    visit = visit_static(ASK, load="manual")
    visit.vendor.serve(aloof=True)
    link = ask_link(visit.open())
    link.focus()
    visit.page.evaluate("halochat.open()")
    expect(visit.window).to_be_visible()
    visit.pass_time(1)
    expect(link).to_be_focused()
    close(visit)
    expect(link).to_be_focused()


# In a busy page, timers run late, but before the browser renders the frame in which the
# focus leaves what is hidden.
LATE_TIMERS = """
const timers = [];
const { setTimeout, requestAnimationFrame } = window;
window.delayTimers = () => {
  window.setTimeout = (run, delay, ...given) => timers.push(() => run(...given));
};
window.runTimers = () => { for (const run of timers.splice(0)) run(); };
window.nextFrame = () => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => done())));
"""


@pytest.mark.core
@pytest.mark.parametrize("opener", ["launcher", "link"])
def test_the_focus_is_not_lost_when_a_busy_widget_closes(
    visit_static: Make, opener: str
) -> None:
    visit = visit_static(ASK, load="click", real_time=True)
    visit.page.add_init_script(LATE_TIMERS)
    visit.open()
    control = visit.launcher if opener == "launcher" else ask_link(visit)
    control.press("Enter")
    expect(visit.message).to_be_focused()
    visit.page.evaluate("delayTimers(); halochat.close(); runTimers()")
    for _ in range(3):
        visit.page.evaluate("nextFrame().then(runTimers)")
    expect(visit.container if opener == "launcher" else control).to_be_focused()


# A widget that renders into a shadow root of the container itself.
IN_THE_CONTAINER = """
const root = document.getElementById("halo-chat").attachShadow({ mode: "open" });
root.innerHTML = `<button>Vendor's bubble</button><div role="dialog"
  aria-label="Vendor's window" hidden><input aria-label="Message"></div>`;
const [bubble, dialog] = root.children;
const send = (name, detail) =>
  dispatchEvent(new CustomEvent(`haloChat_outboundEvent_${name}`, { detail }));
addEventListener("haloChat_inboundEvent_openChatWindow", () => {
  dialog.hidden = false;
  dialog.firstChild.focus();
  send("chatOpened");
});
addEventListener("haloChat_inboundEvent_closeChatWindow", () => {
  dialog.hidden = true;
  send("chatClosed");
});
send("initialized", { chatAvailable: true });
"""


@pytest.mark.core
def test_a_widget_in_a_shadow_root_of_the_container_keeps_its_focus(
    visit_static: Make,
) -> None:
    visit = visit_static(ASK, load="click")
    visit.vendor.answer(IN_THE_CONTAINER)
    visit.open().launcher.press("Enter")
    expect(visit.window).to_be_visible()
    visit.pass_time(1)
    expect(visit.message).to_be_focused()
    close(visit)
    expect(visit.container).to_be_focused()


@pytest.mark.engines("chromium")
def test_without_javascript_there_is_no_dead_control(
    visit_static: Make, new_context: Callable[..., BrowserContext]
) -> None:
    visit = visit_static(load="click")
    page = new_context(java_script_enabled=False).new_page()
    page.goto(visit.server.url)
    expect(page.get_by_role("heading", name="Home")).to_be_visible()
    expect(page.get_by_role("button", name="Open chat")).to_have_count(0)
    expect(page.locator("#halo-chat")).to_have_count(0)


# --- Keys -----------------------------------------------------------------------------


@pytest.mark.engines("chromium")
@pytest.mark.parametrize("theme", ["material", *only_with_full("mkdocs")])
@pytest.mark.parametrize("shadow", ["open", "closed", None])
def test_letters_typed_into_the_chat_stay_in_the_chat(
    visit_theme: Make, theme: str, shadow: str | None
) -> None:
    visit = visit_theme(theme, load="manual")
    visit.vendor.serve(shadow=shadow)
    # A closed shadow root offers no other way to read what was typed.
    visit.page.add_init_script("""
        const attach = Element.prototype.attachShadow;
        Element.prototype.attachShadow = function (given) {
          return (window.shadow = attach.call(this, given));
        };
    """)
    visit.open().page.evaluate("halochat.open()")
    visit.expect_call("openChatWindow")
    address = visit.page.url
    visit.page.keyboard.type("s/fnp,.?")
    field = "#halo-chat input" if shadow is None else "input"
    root = "document" if shadow is None else "shadow"
    typed = f"{root}.querySelector({field!r}).value"
    assert visit.page.evaluate(typed) == "s/fnp,.?"
    assert visit.page.url == address


@pytest.mark.engines("chromium")
@pytest.mark.parametrize("theme", ["material", "mkdocs"])
def test_shortcuts_of_the_theme_work_outside_the_chat(
    visit_theme: Make, theme: str
) -> None:
    visit = visit_theme(theme, load="eager").open().expect_state("ready")
    visit.page.keyboard.press("s")
    search = visit.page.get_by_role("textbox" if theme == "material" else "searchbox")
    expect(search.first).to_be_focused()


# Shortcuts as themes have them, and a chat that listens on the document, as React 16 and
# delegated listeners of jQuery do.
SHORTCUTS = """<script>
window.shortcuts = [];
window.heard = [];
const editable = ({ target }) => target.closest("input, textarea, [contenteditable]");
addEventListener("keydown", (event) => {
  if (!editable(event)) window.shortcuts.push(event.key);
});
document.addEventListener("keydown", (event) => window.heard.push(event.key));
</script>"""


@pytest.mark.core
@pytest.mark.parametrize("shadow", ["open", "closed", None])
def test_keys_reach_listeners_of_the_widget_but_not_shortcuts_of_the_page(
    visit_static: Make, shadow: str | None
) -> None:
    visit = visit_static({"index.html": f"<h1>Page</h1>{SHORTCUTS}"}, load="manual")
    visit.vendor.serve(shadow=shadow)
    visit.open().page.evaluate("halochat.open()")
    visit.expect_call("openChatWindow")
    visit.page.keyboard.type("s/")
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("window.shortcuts") == []
    if shadow is None:
        assert visit.page.evaluate("window.heard") == ["s", "/", "Enter"]
