"""When the widget's script is loaded, and what the page shows meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, Route, expect
from virtual_clock import advance_clock, install_clock
from visit import Visit

pytestmark = pytest.mark.engines

Make: TypeAlias = Callable[..., Visit]

SAVE_DATA = """
Object.defineProperty(navigator, "connection", { value: { saveData: true } });
"""
PRERENDERING = """
let prerendering = true;
Object.defineProperty(Document.prototype, "prerendering", { get: () => prerendering });
window.activate = () => {
  prerendering = false;
  document.dispatchEvent(new Event("prerenderingchange"));
};
"""
RECORD_EARLY_SCRIPT = """
addEventListener("load", () => {
  window.early = !!document.querySelector("script[src$='/chat/index.js']");
});
"""
# Without a deadline, a page that is always busy never calls back.
NEVER_IDLE = """
window.requestIdleCallback = (callback, { timeout } = {}) =>
  timeout && setTimeout(callback, timeout);
"""
REFUSE_STORAGE = """
for (const name of ["localStorage", "sessionStorage"]) {
  const get = () => { throw new DOMException("refused", "SecurityError"); };
  Object.defineProperty(window, name, { get });
}
"""
RECORD_EVENTS = """
window.recorded = [];
for (const name of ["ready", "failed", "unavailable"]) {
  document.addEventListener(`halochat:${name}`, () => {
    window.recorded.push([name, halochat.state]);
  });
}
"""
TWO_PAGES = {
    "index.html": '<h1>Home</h1><a href="#halo-chat">Chat</a> <a href="next.html">Next</a>',
    "next.html": "<h1>Next</h1>",
}
UNAVAILABLE = "Chat is not available right now."


# --- Strategies -----------------------------------------------------------------------


def test_eager_loads_before_the_page_has_loaded(visit_static: Make) -> None:
    visit = visit_static(load="eager")
    visit.page.add_init_script(RECORD_EARLY_SCRIPT)
    visit.open().expect_state("ready")
    assert visit.page.evaluate("window.early")


@pytest.mark.core
def test_idle_loads_after_the_page_has_loaded(visit_static: Make) -> None:
    visit = visit_static(load="idle")
    visit.page.add_init_script(RECORD_EARLY_SCRIPT)
    visit.open().pass_time(1).expect_state("ready")
    assert not visit.page.evaluate("window.early")


def test_idle_loads_in_browsers_without_idle_callbacks(visit_static: Make) -> None:
    visit = visit_static(load="idle")
    visit.page.add_init_script("delete window.requestIdleCallback")
    visit.open().pass_time(1).expect_state("ready")


def test_idle_loads_in_a_page_that_is_always_busy(visit_static: Make) -> None:
    visit = visit_static(load="idle")
    visit.page.add_init_script(NEVER_IDLE)
    visit.open().pass_time(3).expect_state("ready")


@pytest.mark.core
@pytest.mark.parametrize("action", ["scroll", "pointer", "key"])
def test_interaction_loads_at_the_first_action(visit_static: Make, action: str) -> None:
    visit = visit_static(load="interaction").open().settle()
    assert visit.vendor.requests == []
    if action == "scroll":
        visit.page.evaluate("scrollTo(0, 200)")
    elif action == "pointer":
        visit.page.mouse.move(100, 100)
    else:
        visit.page.keyboard.press("ArrowDown")
    visit.expect_state("ready")
    assert visit.vendor.loads == 1


@pytest.mark.parametrize("load", ["click", "manual"])
def test_requests_nothing_from_the_vendor_before_chat_is_requested(
    visit_static: Make, load: str
) -> None:
    visit = visit_static(load=load).open()
    visit.page.mouse.move(100, 100)
    visit.page.mouse.wheel(0, 400)
    visit.page.keyboard.press("ArrowDown")
    visit.settle().expect_state("idle")
    assert visit.vendor.requests == []


def test_only_the_click_strategy_shows_a_launcher(visit_static: Make) -> None:
    loads = ("click", "manual", "interaction")
    pages = {f"{load}.html": "<h1>Page</h1>" for load in loads}
    visit = visit_static(pages, {f"{load}.html": {"load": load} for load in loads})
    for load in loads:
        visit.open(f"{load}.html").expect_state("idle")
        expect(visit.launcher).to_be_visible(visible=load == "click")


def test_manual_loads_from_javascript_and_opens_nothing(visit_static: Make) -> None:
    visit = visit_static(load="manual").open()
    visit.page.evaluate("halochat.load()")
    visit.expect_state("ready")
    expect(visit.bubble).to_be_visible()
    expect(visit.window).to_be_hidden()
    assert visit.calls == []


def test_manual_loads_from_a_trigger(visit_static: Make) -> None:
    visit = visit_static(TWO_PAGES, load="manual").open()
    visit.page.get_by_role("link", name="Chat", exact=True).click()
    expect(visit.window).to_be_visible()


@pytest.mark.core
def test_requests_the_script_once(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    visit.page.evaluate("halochat.load(); halochat.load(); halochat.open()")
    expect(visit.window).to_be_visible()
    visit.page.evaluate("halochat.load()")
    visit.settle()
    assert visit.vendor.loads == 1


@pytest.mark.parametrize("load", ["eager", "idle", "interaction"])
def test_save_data_turns_automatic_strategies_into_click(
    visit_static: Make, load: str
) -> None:
    visit = visit_static(load=load)
    visit.page.add_init_script(SAVE_DATA)
    visit.open()
    visit.page.mouse.move(100, 100)
    visit.settle()
    assert visit.vendor.requests == []
    visit.launcher.click()
    expect(visit.window).to_be_visible()


def test_save_data_adds_no_launcher_to_manual(visit_static: Make) -> None:
    visit = visit_static(load="manual")
    visit.page.add_init_script(SAVE_DATA)
    visit.open().expect_state("idle")
    expect(visit.launcher).to_have_count(0)


@pytest.mark.parametrize("load", ["eager", "idle"])
def test_a_prerendered_page_loads_when_it_is_activated(
    visit_static: Make, load: str
) -> None:
    visit = visit_static(load=load)
    visit.page.add_init_script(PRERENDERING)
    visit.open().settle()
    assert visit.vendor.requests == []
    visit.page.evaluate("activate()")
    visit.pass_time(1).expect_state("ready")
    assert visit.vendor.loads == 1


def test_a_prerendered_page_shows_its_launcher_when_it_is_activated(
    visit_static: Make,
) -> None:
    visit = visit_static(load="click")
    visit.page.add_init_script(PRERENDERING)
    visit.open().page.evaluate("activate()")
    visit.launcher.click()
    expect(visit.window).to_be_visible()


# --- One visitor, several pages -------------------------------------------------------


@pytest.mark.core
def test_an_open_chat_continues_on_the_next_page(visit_static: Make) -> None:
    visit = visit_static(TWO_PAGES, load="click").open()
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    visit.page.get_by_role("link", name="Next").click()
    visit.page.wait_for_url("**/next.html")
    visit.pass_time(1)
    expect(visit.bubble).to_be_visible()
    expect(visit.launcher).to_have_count(0)
    assert visit.vendor.loads == 2


def test_an_ended_chat_does_not_continue_on_the_next_page(visit_static: Make) -> None:
    visit = visit_static(TWO_PAGES, load="click").open()
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    visit.page.evaluate("halochat.send('endChat')")
    visit.expect_call("endChat")
    visit.open("next.html").settle()
    expect(visit.launcher).to_be_visible()
    assert visit.vendor.loads == 1


def test_a_chat_in_one_tab_does_not_load_in_another(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    other = visit.page.context.new_page()
    install_clock(other, runs=True)
    other.goto(visit.server.url)
    advance_clock(other, 5000)
    expect(other.locator("html")).to_have_attribute("data-halo-chat", "idle")
    expect(other.get_by_role("button", name="Open chat")).to_be_visible()


@pytest.mark.core
def test_works_if_the_browser_refuses_storage(visit_static: Make) -> None:
    visit = visit_static(load="click", consent=True)
    visit.page.add_init_script(REFUSE_STORAGE)
    visit.vendor.answer("document.getElementById('halo-chat').append('Here')")
    visit.open().launcher.click()
    expect(visit.status).to_have_text("Chat needs your consent first.")
    visit.page.evaluate("halochat.allow()")
    visit.expect_state("ready")


@pytest.mark.full
@pytest.mark.engines("firefox")
def test_a_page_from_the_back_forward_cache_keeps_its_chat(
    visit_static: Make, browsers: Callable[..., Browser]
) -> None:
    # Chromium's headless shell has no such cache. Playwright does not notice that
    # Firefox restores a page from it, so that only scripts can tell.
    visit = visit_static(TWO_PAGES, load="click")
    cached = {"browser.sessionhistory.max_total_viewers": 4}
    page = browsers("firefox", **cached).new_page()
    page.goto(visit.server.url)
    page.evaluate("window.mark = 1")
    page.get_by_role("button", name="Open chat").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.goto(f"{visit.server.url}/next.html")
    page.evaluate("void setTimeout(() => history.back())")
    page.wait_for_function("window.mark")
    dialog = "document.querySelector('[role=dialog]')"
    assert page.evaluate(f"[{dialog}.hidden, halochat.state]") == [False, "ready"]
    page.evaluate("halochat.close()")
    assert page.evaluate(f"{dialog}.hidden")
    page.evaluate("halochat.open()")
    page.wait_for_function(f"!{dialog}.hidden")
    page.close()


# --- Failures -------------------------------------------------------------------------


def test_a_script_that_hangs_does_not_delay_the_theme(visit_static: Make) -> None:
    visit = visit_static(load="eager")
    visit.vendor.hang()
    visit.page.add_init_script(
        "document.addEventListener('DOMContentLoaded', () => { window.themeReady = 1 })"
    )
    visit.open(wait_until="commit")
    visit.page.wait_for_function("window.themeReady")
    visit.expect_state("loading")


def test_a_widget_that_starts_after_the_timeout_is_ready(visit_static: Make) -> None:
    visit = visit_static(load="click")
    visit.vendor.serve(hidden=True, late=True)
    visit.open().launcher.click()
    visit.page.wait_for_function("window.__loads")
    visit.expect_state("loading").pass_time(16).expect_state("failed")
    visit.release_widget()
    visit.expect_state("ready")
    expect(visit.launcher).to_have_count(0)


def test_a_script_that_fails_after_the_timeout_is_reported_once(
    visit_static: Make,
) -> None:
    visit = visit_static(load="click")
    held: list[Route] = []
    visit.page.route("**/chat/index.js", lambda route: held.append(route))
    with visit.page.expect_request("**/chat/index.js"):
        visit.open().launcher.click()
    visit.expect_state("loading").pass_time(16).expect_state("failed")
    with visit.page.expect_event("requestfailed"):
        held[0].abort()
    visit.launcher.click()
    visit.expect_state("loading")
    (warning,) = visit.warnings
    assert warning.startswith("halochat: no chat, it timed out")


def test_request_for_a_closed_chat_gets_a_response(visit_static: Make) -> None:
    visit = visit_static(load="eager")
    visit.vendor.serve(closed=True)
    visit.open().expect_state("unavailable")
    visit.page.evaluate("halochat.open()")
    expect(visit.status).to_have_text(UNAVAILABLE)


def test_opens_a_widget_that_never_reports_initialized(visit_static: Make) -> None:
    visit = visit_static(load="click")
    visit.vendor.serve(mute=True)
    visit.open().launcher.click()
    expect(visit.bubble).to_be_visible()
    visit.pass_time(5).expect_state("ready")
    expect(visit.window).to_be_visible()


@pytest.mark.core
def test_opens_the_window_when_the_widget_listens(visit_static: Make) -> None:
    visit = visit_static(load="click")
    visit.vendor.serve(late=True)
    visit.open().launcher.click()
    expect(visit.bubble).to_be_visible()
    expect(visit.window).to_be_hidden()
    visit.release_widget()
    expect(visit.window).to_be_visible()
    assert visit.calls == [("openChatWindow", None)]


@pytest.mark.parametrize("is_closed", [False, True])
@pytest.mark.parametrize("address", ["contact.html", "https://example.com/contact"])
def test_a_link_to_the_fallback_replaces_the_launcher_if_chat_fails(
    visit_static: Make, is_closed: bool, address: str
) -> None:
    pages = {"a/b.html": "<h1>Page</h1>", "contact.html": "<h1>Contact</h1>"}
    visit = visit_static(pages, load="click", fallback_url=address)
    if is_closed:
        visit.vendor.serve(closed=True)
    else:
        visit.vendor.answer("no", status=500)
    visit.open("a/b.html").launcher.click()
    link = visit.page.get_by_role("link", name="Other ways to get help", exact=True)
    expect(link).to_be_visible()
    visit.pass_time(1)
    expect(link).to_be_focused()
    expect(visit.launcher).to_have_count(0)
    expected = address if "://" in address else f"{visit.server.url}/contact.html"
    assert link.evaluate("(link) => link.href") == expected


def test_the_link_to_the_fallback_speaks_the_language_of_the_page(
    visit_static: Make,
) -> None:
    address = "https://example.com/"
    visit = visit_static(load="click", language="de", fallback_url=address)
    visit.vendor.answer("no", status=500)
    visit.open().page.get_by_role("button", name="Chat öffnen").click()
    link = visit.page.get_by_role("link", name="Hilfe auf anderem Weg", exact=True)
    expect(link).to_be_visible()


# --- JavaScript of the page -----------------------------------------------------------


def test_the_api_has_its_documented_members(visit_static: Make) -> None:
    visit = visit_static(load="click").open()
    script = """Object.entries(Object.getOwnPropertyDescriptors(halochat)).map(
        ([name, { value }]) => [name, typeof value]).sort()"""
    assert visit.page.evaluate(script) == [
        ["allow", "function"],
        ["close", "function"],
        ["deny", "function"],
        ["load", "function"],
        ["open", "function"],
        ["send", "function"],
        ["state", "undefined"],
    ]
    assert visit.page.evaluate("(halochat.state = 'x', halochat.state)") == "idle"


def test_javascript_opens_and_closes_the_chat(visit_static: Make) -> None:
    visit = visit_static(load="manual").open()
    visit.page.evaluate("halochat.open({ retainPreviousChat: true })")
    expect(visit.window).to_be_visible()
    assert visit.calls == [("openChatWindow", {"retainPreviousChat": True})]
    visit.page.evaluate("halochat.close()")
    expect(visit.window).to_be_hidden()


def test_javascript_sends_any_inbound_event(visit_static: Make) -> None:
    visit = visit_static(load="manual").open()
    visit.page.evaluate("halochat.send('resize', { width: 300, height: 400 })")
    assert visit.expect_call("resize") == {"width": 300, "height": 400}


@pytest.mark.parametrize(
    ("how", "event"),
    [({}, "ready"), ({"closed": True}, "unavailable"), ({"empty": True}, "failed")],
)
def test_an_event_on_the_document_reports_the_state(
    visit_static: Make, how: dict[str, bool], event: str
) -> None:
    visit = visit_static(load="manual")
    visit.vendor.serve(**how)
    visit.page.add_init_script(RECORD_EVENTS)
    visit.open().page.evaluate("halochat.load()")
    visit.page.wait_for_function("window.__loads")
    visit.pass_time(20).expect_state(event)
    assert visit.page.evaluate("window.recorded") == [[event, event]]


def test_failure_on_localhost_suggests_the_preview(visit_static: Make) -> None:
    visit = visit_static(load="eager")
    visit.vendor.answer("no", status=500)
    visit.open().expect_state("failed")
    (warning,) = visit.warnings
    assert "the option `preview`" in warning


# --- Hosts ----------------------------------------------------------------------------


def test_chat_is_off_on_another_host(visit_static: Make) -> None:
    visit = visit_static(load="eager", hosts=["docs.example.com"]).open()
    visit.expect_state("off").settle()
    assert visit.vendor.requests == []
    messages = [one.text for one in visit.console if one.type == "debug"]
    assert messages == ["halochat: no chat, this host is not in `hosts`"]


def test_chat_is_on_on_a_listed_host(visit_static: Make) -> None:
    visit = visit_static(load="eager", hosts=["docs.example.com", "127.0.0.1"])
    visit.open().expect_state("ready")


# --- What the widget is given ---------------------------------------------------------


def test_widget_gets_the_options_of_the_author_and_both_event_interfaces(
    visit_static: Make,
) -> None:
    extra = {"newer": [1, {"x": None}]}
    visit = visit_static(load="eager", colour="#112233", extra=extra)
    visit.open().expect_state("ready")
    assert visit.config == {
        "chatServiceUrl": visit.vendor.api,
        "configId": "profile-1",
        "configKey": "key-1",
        "colour": "#112233",
        "newer": [1, {"x": None}],
        "enableInboundEvents": True,
        "enableOutboundEvents": True,
    }


def test_events_that_the_author_turned_off_stay_off(visit_static: Make) -> None:
    off = {"enable_inbound_events": False, "enable_outbound_events": False}
    visit = visit_static(load="eager", **off).open().expect_state("ready")
    assert visit.config["enableInboundEvents"] is False
    assert visit.config["enableOutboundEvents"] is False


def test_widget_gets_paths_of_the_site_as_urls(visit_static: Make) -> None:
    pages = {"a/b.html": "<h1>Page</h1>"}
    visit = visit_static(pages, load="eager", icon="img/icon.svg", sound="ping.mp3")
    visit.server.answer("/img/icon.svg", "", type="image/svg+xml")
    visit.open("a/b.html").expect_state("ready")
    assert visit.config["icon"] == f"{visit.server.url}/img/icon.svg"
    assert visit.config["sound"] == f"{visit.server.url}/ping.mp3"


def test_a_heading_with_the_id_of_the_container_keeps_its_content(
    visit_static: Make,
) -> None:
    pages = {"index.html": '<h1 id="halo-chat">Halo chat</h1><h2>More</h2>'}
    visit = visit_static(pages, load="click").open()
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Halo chat")
    expect(visit.container).to_contain_text("Vendor's bubble")


def test_a_widget_that_does_not_start_by_itself_is_sent_initialize(
    visit_static: Make,
) -> None:
    visit = visit_static(load="eager", auto_initialize=False).open()
    visit.expect_state("ready").settle()
    expect(visit.bubble).to_have_count(0)
    visit.page.evaluate("halochat.open()")
    expect(visit.window).to_be_visible()


def test_initialize_has_the_detail_from_the_page(visit_static: Make) -> None:
    visit = visit_static(load="manual", auto_initialize=False)
    visit.page.add_init_script("""
        window.sent = [];
        addEventListener("haloChat_inboundEvent_initialize", ({ detail }) => {
          window.sent.push(detail);
        });
    """)
    visit.open().page.evaluate("halochat.send('initialize', { configId: 'other' })")
    expect(visit.bubble).to_be_visible()
    assert visit.page.evaluate("window.sent") == [{"configId": "other"}]


def test_initialize_precedes_other_events_if_the_widget_reports_nothing(
    visit_static: Make,
) -> None:
    silent = {"auto_initialize": False, "enable_outbound_events": False}
    visit = visit_static(load="manual", **silent).open()
    visit.page.evaluate("halochat.open()")
    expect(visit.bubble).to_be_visible()
    visit.pass_time(1)
    expect(visit.window).to_be_visible()
