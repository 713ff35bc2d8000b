"""When the widget's script comes, and how the page says how it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserType, expect

Make: TypeAlias = Callable[..., Any]

SAVE_DATA = """
Object.defineProperty(navigator, "connection", { value: { saveData: true } });
"""
PRERENDERING = """
let prerendering = true;
Object.defineProperty(document, "prerendering", { get: () => prerendering });
window.activate = () => {
  prerendering = false;
  document.dispatchEvent(new Event("prerenderingchange"));
};
"""
READY = "document.addEventListener('DOMContentLoaded', () => { window.themeReady = 1 })"
LINKS = """# Home

[Chat](#halo-chat) [Next](next.md)
"""


# --- Strategies -----------------------------------------------------------------------


def test_eager_loads_before_the_page_has_loaded(docs: Make) -> None:
    site = docs(load="eager")
    site.page.add_init_script(
        "addEventListener('load', () => {"
        " window.early = !!document.querySelector('script[src$=\"/chat/index.js\"]') })"
    )
    site.go().is_("ready")
    assert site.page.evaluate("window.early")


def test_idle_loads_after_the_page_has_loaded(docs: Make) -> None:
    site = docs(load="idle")
    site.page.add_init_script(
        "addEventListener('load', () => {"
        " window.early = !!document.querySelector('script[src$=\"/chat/index.js\"]') })"
    )
    site.go().is_("ready")
    assert not site.page.evaluate("window.early")


def test_idle_loads_where_there_is_no_idle_callback(docs: Make) -> None:
    site = docs(load="idle")
    site.page.add_init_script("delete window.requestIdleCallback")
    site.go().is_("ready")


def test_idle_loads_though_an_animation_leaves_no_idle_time(docs: Make) -> None:
    site = docs(load="idle")
    site.page.add_init_script("""
        const busy = () => {
          for (const end = performance.now() + 14; performance.now() < end;);
          requestAnimationFrame(busy);
        };
        requestAnimationFrame(busy);
    """)
    site.go().is_("ready")


@pytest.mark.parametrize("way", ["scroll", "pointer", "key"])
def test_interaction_loads_at_the_first(docs: Make, way: str) -> None:
    site = docs(load="interaction").go()
    site.idle()
    assert site.vendor.loads == 0
    if way == "scroll":
        site.page.evaluate("scrollTo(0, 200)")
    elif way == "pointer":
        site.page.mouse.move(100, 100)
    else:
        site.page.keyboard.press("ArrowDown")
    site.is_("ready")
    assert site.vendor.loads == 1


@pytest.mark.parametrize("load", ["click", "manual"])
def test_nothing_is_asked_of_the_vendor_before_it_is_wished(
    docs: Make, load: str
) -> None:
    site = docs(load=load).go()
    site.page.mouse.move(100, 100)
    site.page.mouse.wheel(0, 400)
    site.page.keyboard.press("ArrowDown")
    site.idle()
    site.is_("idle")
    assert site.vendor.server.requests == []


def test_click_has_a_launcher_and_the_others_have_none(docs: Make) -> None:
    pages = {
        f"{load}.md": f"---\nhalochat:\n  load: {load}\n---\n# Page"
        for load in ("click", "manual", "interaction")
    }
    site = docs(pages, settings={"use_directory_urls": False})
    for load in ("click", "manual", "interaction"):
        site.go(f"{load}.html").is_("idle")
        expect(site.launcher).to_be_visible(visible=load == "click")


def test_manual_loads_by_the_page_and_opens_nothing(docs: Make) -> None:
    site = docs(load="manual").go()
    site.page.evaluate("halochat.load()")
    site.is_("ready")
    expect(site.bubble).to_be_visible()
    expect(site.window).to_be_hidden()
    assert site.calls == []


def test_manual_loads_by_a_trigger(docs: Make) -> None:
    site = docs({"index.md": LINKS, "next.md": "# Next"}, load="manual").go()
    site.page.get_by_role("link", name="Chat", exact=True).click()
    expect(site.window).to_be_visible()


def test_the_script_is_asked_for_once(docs: Make) -> None:
    site = docs(load="click").go()
    site.page.evaluate("halochat.load(); halochat.load(); halochat.open()")
    expect(site.window).to_be_visible()
    site.page.evaluate("halochat.load()")
    assert site.vendor.loads == 1


@pytest.mark.parametrize("load", ["eager", "idle", "interaction"])
def test_save_data_turns_every_strategy_into_click(docs: Make, load: str) -> None:
    site = docs(load=load)
    site.page.add_init_script(SAVE_DATA)
    site.go()
    site.page.mouse.move(100, 100)
    site.idle()
    assert site.vendor.server.requests == []
    site.launcher.click()
    expect(site.window).to_be_visible()


def test_save_data_leaves_manual_without_a_launcher(docs: Make) -> None:
    site = docs(load="manual")
    site.page.add_init_script(SAVE_DATA)
    site.go().is_("idle")
    expect(site.launcher).to_have_count(0)


@pytest.mark.parametrize("load", ["eager", "idle"])
def test_a_prerendered_page_waits_until_it_is_looked_at(docs: Make, load: str) -> None:
    site = docs(load=load)
    site.page.add_init_script(PRERENDERING)
    site.go()
    site.idle()
    assert site.vendor.server.requests == []
    site.page.evaluate("activate()")
    site.is_("ready")
    assert site.vendor.loads == 1


def test_a_prerendered_page_has_its_launcher_when_it_is_looked_at(docs: Make) -> None:
    site = docs(load="click")
    site.page.add_init_script(PRERENDERING)
    site.go().page.evaluate("activate()")
    site.launcher.click()
    expect(site.window).to_be_visible()


# --- One visitor, several pages -------------------------------------------------------


def test_a_chat_once_opened_is_there_on_the_next_page(docs: Make) -> None:
    site = docs({"index.md": LINKS, "next.md": "# Next"}, load="click").go()
    site.launcher.click()
    expect(site.window).to_be_visible()
    site.page.get_by_role("link", name="Next").first.click()
    site.page.wait_for_url("**/next/")
    expect(site.bubble).to_be_visible()
    expect(site.launcher).to_have_count(0)
    assert site.vendor.loads == 2


def test_a_chat_that_has_ended_is_not(docs: Make) -> None:
    site = docs({"index.md": LINKS, "next.md": "# Next"}, load="click").go()
    site.launcher.click()
    expect(site.window).to_be_visible()
    site.page.evaluate("halochat.send('endChat')")
    site.called("endChat")
    site.go("next/")
    site.idle()
    expect(site.launcher).to_be_visible()
    assert site.vendor.loads == 1


def test_another_tab_of_the_visitor_starts_without(docs: Make) -> None:
    site = docs(load="click").go()
    site.launcher.click()
    expect(site.window).to_be_visible()
    other = site.page.context.new_page()
    other.goto(site.server.url)
    expect(other.locator("html")).to_have_attribute("data-halo-chat", "idle")
    expect(other.get_by_role("button", name="Open chat")).to_be_visible()


def test_storage_that_is_refused_costs_nothing_else(docs: Make) -> None:
    site = docs(load="click", consent=True)
    for name in ("localStorage", "sessionStorage"):
        site.page.add_init_script(
            f"Object.defineProperty(window, '{name}',"
            " { get() { throw new DOMException('no', 'SecurityError') } })"
        )
    site.vendor.answers(
        "document.getElementById('halo-chat').append('Here')", type="text/javascript"
    )
    site.go()
    site.launcher.click()
    expect(site.status).to_have_text("Chat needs your consent first.")
    site.page.evaluate("halochat.allow()")
    site.is_("ready")


def test_a_page_comes_back_from_the_back_forward_cache(
    docs: Make, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> None:
    site = docs({"index.md": LINKS, "next.md": "# Next"}, load="click")
    browser: Browser = browser_type.launch(
        **browser_type_launch_args,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    try:
        page = browser.new_page()
        page.goto(site.server.url)
        page.get_by_role("button", name="Open chat").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.evaluate("window.mark = 1")
        page.goto(f"{site.server.url}/next/")
        page.go_back(wait_until="commit")
        expect(page.get_by_role("dialog")).to_be_visible()
        assert page.evaluate("[window.mark, halochat.state]") == [1, "ready"]
        page.get_by_role("button", name="Close").click()
        page.evaluate("halochat.open()")
        expect(page.get_by_role("dialog")).to_be_visible()
    finally:
        browser.close()


# --- The vendor in trouble ------------------------------------------------------------

BROKEN = ["blocked", "error 500", "hanging", "HTML", "empty", "broken"]


def trouble(site: Any, kind: str) -> None:
    """Let the vendor's script be in this trouble."""
    if kind == "blocked":
        site.page.route("**/chat/index.js", lambda route: route.abort())
    elif kind == "error 500":
        site.vendor.answers("no", status=500)
    elif kind == "hanging":
        site.vendor.hangs()
    elif kind == "HTML":
        site.vendor.answers("<html>Log in</html>", type="text/html")
    else:
        site.vendor.serves(**{kind: True})


def forgive(site: Any, kind: str) -> None:
    """Take away the page error that is the vendor's own."""
    if kind == "broken":
        site.errors.remove("broken widget")


@pytest.mark.parametrize("kind", BROKEN)
def test_trouble_is_told_once_and_seen(docs: Make, kind: str) -> None:
    site = docs(load="click", timeout=1)
    trouble(site, kind)
    site.go()
    site.launcher.click()
    site.is_("failed")
    expect(site.status).to_have_text("Chat is not available right now.")
    expect(site.status).to_be_visible()
    expect(site.launcher).to_be_visible()
    reason = (
        "its script cannot be reached"
        if kind in ("blocked", "error 500", "HTML")
        else "it timed out"
    )
    assert site.warnings == [f"halochat: no chat, {reason}"]
    forgive(site, kind)


@pytest.mark.parametrize("kind", BROKEN)
def test_trouble_nobody_asked_about_shows_nothing(docs: Make, kind: str) -> None:
    site = docs(load="idle", timeout=1)
    trouble(site, kind)
    site.go().is_("failed")
    expect(site.status).to_have_text("")
    forgive(site, kind)


@pytest.mark.parametrize("kind", BROKEN)
def test_a_press_after_failure_tries_again(docs: Make, kind: str) -> None:
    site = docs(load="click", timeout=1)
    trouble(site, kind)
    site.go()
    site.launcher.click()
    site.is_("failed")
    if kind == "hanging":
        # The first script is still on its way: it must not come twice.
        site.launcher.click()
        site.is_("loading")
        expect(site.page.locator("script[src$='/chat/index.js']")).to_have_count(1)
        return
    site.page.unroute("**/chat/index.js")
    site.vendor.serves()
    site.launcher.click()
    expect(site.window).to_be_visible()
    forgive(site, kind)


def test_the_theme_starts_though_the_vendor_hangs(docs: Make) -> None:
    site = docs(load="eager")
    site.vendor.hangs()
    site.page.add_init_script(READY)
    site.go(wait_until="commit")
    site.page.wait_for_function("window.themeReady")
    site.is_("loading")


def test_a_script_that_comes_after_all_is_welcome(docs: Make) -> None:
    site = docs(load="click", timeout=1)
    site.vendor.serves(hidden=True, late=True)
    site.go()
    site.launcher.click()
    site.is_("failed")
    site.vendor_goes_on()
    site.is_("ready")
    expect(site.launcher).to_have_count(0)


def test_a_script_that_fails_after_its_time_is_told_once(docs: Make) -> None:
    site = docs(load="click", timeout=1)
    held: list[Any] = []
    site.page.route("**/chat/index.js", lambda route: held.append(route))
    site.go().launcher.click()
    site.is_("failed")
    with site.page.expect_event("requestfailed"):
        held[0].abort()
    site.launcher.click()
    site.is_("loading")
    assert site.warnings == ["halochat: no chat, it timed out"]


def test_a_chat_that_is_closed_is_unavailable(docs: Make) -> None:
    site = docs(load="click")
    site.vendor.serves(closed=True)
    site.go()
    site.launcher.click()
    site.is_("unavailable")
    expect(site.status).to_have_text("Chat is not available right now.")
    assert site.warnings == []


def test_a_press_on_an_unavailable_chat_says_so_again(docs: Make) -> None:
    site = docs(load="eager")
    site.vendor.serves(closed=True)
    site.go().is_("unavailable")
    site.page.evaluate("halochat.open()")
    expect(site.status).to_have_text("Chat is not available right now.")


def test_a_widget_that_never_says_it_is_ready_is_still_opened(docs: Make) -> None:
    site = docs(load="click")
    site.vendor.serves(mute=True)
    site.go()
    site.launcher.click()
    site.is_("ready")
    expect(site.window).to_be_visible()


def test_the_window_is_opened_when_the_widget_listens(docs: Make) -> None:
    site = docs(load="click")
    site.vendor.serves(late=True)
    site.go()
    site.launcher.click()
    site.is_("ready")
    expect(site.window).to_be_hidden()
    site.vendor_goes_on()
    expect(site.window).to_be_visible()
    assert site.calls == [("openChatWindow", None)]


@pytest.mark.parametrize("kind", ["blocked", "closed"])
@pytest.mark.parametrize("address", ["contact/", "https://example.com/contact"])
def test_the_launcher_becomes_a_link_when_there_is_no_chat(
    docs: Make, kind: str, address: str
) -> None:
    pages = {"a/b.md": "# Page", "contact.md": "# Contact"}
    site = docs(pages, load="click", fallback_url=address)
    if kind == "blocked":
        trouble(site, kind)
    else:
        site.vendor.serves(closed=True)
    site.go("a/b/")
    site.launcher.click()
    link = site.page.get_by_role("link", name="Other ways to get help", exact=True)
    expect(link).to_be_visible()
    expect(link).to_be_focused()
    expect(site.launcher).to_have_count(0)
    wanted = address if "://" in address else f"{site.server.url}/contact/"
    assert link.evaluate("(link) => link.href") == wanted


def test_the_link_instead_of_the_launcher_speaks_the_pages_language(docs: Make) -> None:
    site = docs(load="click", language="de", fallback_url="https://example.com/")
    trouble(site, "blocked")
    site.go().page.get_by_role("button", name="Chat öffnen").click()
    link = site.page.get_by_role("link", name="Hilfe auf anderem Weg", exact=True)
    expect(link).to_be_visible()


# --- The page's own JavaScript --------------------------------------------------------


def test_the_api_is_what_it_is_documented_to_be(docs: Make) -> None:
    site = docs(load="click").go()
    script = """Object.entries(Object.getOwnPropertyDescriptors(halochat)).map(
        ([name, { value }]) => [name, typeof value]).sort()"""
    assert site.page.evaluate(script) == [
        ["allow", "function"],
        ["close", "function"],
        ["deny", "function"],
        ["load", "function"],
        ["open", "function"],
        ["send", "function"],
        ["state", "undefined"],
    ]
    assert site.page.evaluate("(halochat.state = 'x', halochat.state)") == "idle"


def test_the_page_opens_and_closes_the_chat(docs: Make) -> None:
    site = docs(load="manual").go()
    site.page.evaluate("halochat.open({ retainPreviousChat: true })")
    expect(site.window).to_be_visible()
    assert site.calls == [("openChatWindow", {"retainPreviousChat": True})]
    site.page.evaluate("halochat.close()")
    expect(site.window).to_be_hidden()


def test_the_page_sends_any_inbound_event(docs: Make) -> None:
    site = docs(load="manual").go()
    site.page.evaluate("halochat.send('resize', { width: 300, height: 400 })")
    assert site.called("resize") == {"width": 300, "height": 400}


@pytest.mark.parametrize(
    ("how", "told"),
    [({}, "ready"), ({"closed": True}, "unavailable"), ({"empty": True}, "failed")],
)
def test_the_page_is_told(docs: Make, how: dict[str, bool], told: str) -> None:
    site = docs(load="manual", timeout=1)
    site.vendor.serves(**how)
    site.page.add_init_script("""
        window.told = [];
        for (const name of ["ready", "failed", "unavailable"]) {
          document.addEventListener(`halochat:${name}`, () => {
            window.told.push([name, halochat.state]);
          });
        }
    """)
    site.go()
    site.page.evaluate("halochat.load()")
    site.page.wait_for_function("window.told.length")
    assert site.page.evaluate("window.told") == [[told, told]]


# --- Hosts ----------------------------------------------------------------------------


def test_on_another_host_chat_is_off_and_says_so_once(docs: Make) -> None:
    site = docs(load="eager", hosts=["docs.example.com"]).go()
    site.is_("off")
    site.idle()
    assert site.vendor.server.requests == []
    said = [one.text for one in site.said if one.type == "debug"]
    assert said == ["halochat: no chat, this host is not in `hosts`"]


def test_on_a_named_host_chat_is_on(docs: Make) -> None:
    docs(load="eager", hosts=["docs.example.com", "127.0.0.1"]).go().is_("ready")


# --- What the widget is given ---------------------------------------------------------


def test_the_widget_is_given_the_authors_properties_and_events(docs: Make) -> None:
    site = docs(load="eager", colour="#112233", extra={"newer": [1, {"x": None}]})
    site.go().is_("ready")
    assert site.config == {
        "chatServiceUrl": site.vendor.api,
        "configId": "profile-1",
        "configKey": "key-1",
        "colour": "#112233",
        "newer": [1, {"x": None}],
        "enableInboundEvents": True,
        "enableOutboundEvents": True,
    }


def test_events_the_author_turned_off_stay_off(docs: Make) -> None:
    site = docs(
        load="eager", enable_inbound_events=False, enable_outbound_events=False
    ).go()
    site.is_("ready")
    assert site.config["enableInboundEvents"] is False
    assert site.config["enableOutboundEvents"] is False


def test_paths_in_the_site_arrive_as_addresses(docs: Make) -> None:
    icon = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    pages = {"a/b.md": "# Page", "img/icon.svg": icon}
    site = docs(pages, load="eager", icon="img/icon.svg").go("a/b/")
    site.is_("ready")
    assert site.config["icon"] == f"{site.server.url}/img/icon.svg"


def test_a_heading_of_the_same_id_keeps_its_content(docs: Make) -> None:
    site = docs({"index.md": "# Halo chat\n\n## More"}, load="click").go()
    heading = site.page.get_by_role("heading", name="Halo chat")
    expect(heading).to_have_attribute("id", "halo-chat")
    site.launcher.click()
    expect(site.window).to_be_visible()
    expect(heading).to_have_text("Halo chat")
    expect(site.container).to_contain_text("Vendor's bubble")


def test_the_widget_waits_for_initialize_where_the_author_wants_it(docs: Make) -> None:
    site = docs(load="eager", auto_initialize=False).go()
    site.is_("ready")
    expect(site.bubble).to_have_count(0)
    site.page.evaluate("halochat.open()")
    expect(site.window).to_be_visible()


def test_initialize_is_handed_what_the_page_sends_with_it(docs: Make) -> None:
    site = docs(load="manual", auto_initialize=False)
    site.page.add_init_script("""
        window.sent = [];
        addEventListener("haloChat_inboundEvent_initialize", ({ detail }) => {
          window.sent.push(detail);
        });
    """)
    site.go()
    site.page.evaluate("halochat.send('initialize', { configId: 'other' })")
    expect(site.bubble).to_be_visible()
    assert site.page.evaluate("window.sent") == [{"configId": "other"}]


def test_initialize_comes_first_where_the_widget_says_nothing(docs: Make) -> None:
    site = docs(load="manual", auto_initialize=False, enable_outbound_events=False)
    site.go()
    site.page.evaluate("halochat.open()")
    expect(site.window).to_be_visible()
