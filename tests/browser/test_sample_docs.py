from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from built_sites import SITE_URL
from cases import only_with_full
from playwright.sync_api import ConsoleMessage, FloatRect, Locator, Page, expect

SAMPLES = Path(__file__).parents[2] / "sample_docs"
CORNERS = ["Top left", "Top right", "Bottom left", "Bottom right"]
# What is there to press and to fill in on the playground.
CONTROLS = ":is(.buttons, .playground) :is(button, input, textarea)"
# Pages that differ in kind, among them those with the widest table and code.
KINDS = ["index", "off", "playground", "reference", "compatibility", "recipes/where"]


class Guide(NamedTuple):
    """One of the two guides, and where it is served."""

    host: str
    url: str

    def at(self, page: str) -> str:
        """Return the address of a page."""
        if self.host == "sphinx":
            return f"{self.url}{page}.html"
        return self.url if page == "index" else f"{self.url}{page}/"


@pytest.fixture(params=["mkdocs", "sphinx"])
def host(request: Any) -> str:
    return str(request.param)


in_material = pytest.mark.parametrize("host", ["mkdocs"], indirect=True)
# The guides share the playground's script, which one of them tests without `--full`.
in_one_guide = pytest.mark.parametrize(
    "host", ["sphinx", *only_with_full("mkdocs")], indirect=True
)


@pytest.fixture
def guide(
    host: str, build_site: Callable[[str], Path], serve: Callable[..., Any]
) -> Guide:
    """Serve a guide under a sub-path."""
    folder = build_site(f"guides/{host}")
    server = serve(folder.parent)
    if host == "mkdocs":
        # Material navigates instantly to the pages in it.
        sitemap = (folder / "sitemap.xml").read_text(encoding="utf-8")
        text = sitemap.replace(SITE_URL, server.url)
        server.answer("/mkdocs/sitemap.xml", text, type="text/xml")
    return Guide(host, f"{server.url}/{host}/")


@pytest.fixture
def playground(guide: Guide, page: Page) -> Page:
    page.goto(guide.at("playground"))
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def log(page: Page) -> Locator:
    return page.get_by_role("log", name="Events")


def window(page: Page) -> Locator:
    return page.locator("#halo-chat").get_by_role("dialog")


def bubble(page: Page) -> Locator:
    return page.locator("#halo-chat .bubble")


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found
    return found


# --- All pages -----------------------------------------------------------------------


def test_pages_open_without_an_error_and_fit(
    guide: Guide, page: Page, pytestconfig: pytest.Config
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            errors.append(message.text)

    page.on("console", note)
    folder = SAMPLES / {"mkdocs": "mkdocs/docs", "sphinx": "sphinx"}[guide.host]
    names = sorted(
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*.[mr][ds]*")
    )
    assert {*KINDS} < {*names}
    if not pytestconfig.getoption("--full"):
        names = KINDS.copy()
    if guide.host == "sphinx":
        names.append("genindex")
    for name in names:
        page.goto(guide.at(name))
        states = {
            "loading": "idle",
            "markdown": "idle",
            "off": "off",
            "genindex": "off",
        }
        state = states.get(name, "ready")
        expect(page.locator("html")).to_have_attribute("data-halo-chat", state)
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            # Furo's content would scroll by itself.
            page.wait_for_function(
                """() => [...document.querySelectorAll(":root, .content")]
                  .every(one => one.scrollWidth <= innerWidth)""",
                timeout=5000,
            )
    assert errors == []


def test_examples_in_javascript_parse(page: Page) -> None:
    fence = re.compile(r"^```js(?: [^\n]*)?\n(.+?)^```$", re.MULTILINE | re.DOTALL)
    directive = re.compile(
        r"^\.\. code-block:: javascript\n(?:   :.*\n)*((?:\n|   .*\n)+)", re.MULTILINE
    )
    folders = (SAMPLES / "mkdocs" / "docs", SAMPLES / "shared", SAMPLES / "sphinx")
    paths = [path for folder in folders for path in folder.glob("*.*")]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    examples = [
        code
        for text in texts
        for code in (*fence.findall(text), *directive.findall(text))
    ]
    assert len(examples) >= 8
    for code in examples:
        page.evaluate("code => { new Function(code); }", code)


def test_examples_in_css_parse(page: Page) -> None:
    fence = re.compile(r"^```css(?: [^\n]*)?\n(.+?)^```$", re.MULTILINE | re.DOTALL)
    texts = [path.read_text(encoding="utf-8") for path in SAMPLES.rglob("*.md")]
    examples = [code for text in texts for code in fence.findall(text)]
    assert examples
    for code in examples:
        properties = page.evaluate(
            """code => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(code);
              const lengths = (rules) => [...rules].flatMap(({ style, cssRules }) =>
                style ? style.length : lengths(cssRules));
              return lengths(sheet.cssRules);
            }""",
            code,
        )
        assert len(properties) == code.count("{") - code.count("@media")
        assert all(properties)


def test_the_first_page_opens_the_chat(guide: Guide, page: Page) -> None:
    page.goto(guide.at("index"))
    page.get_by_role("main").get_by_text(re.compile("open (it|the chat)$")).click()
    expect(window(page)).to_contain_text("Preview: no message is sent")


@in_one_guide
def test_page_with_chat_disabled_has_no_widget(guide: Guide, page: Page) -> None:
    page.goto(guide.at("off"))
    expect(page.locator("html")).to_have_attribute("data-halo-chat", "off")
    expect(bubble(page)).to_have_count(0)


# --- The playground ------------------------------------------------------------------


def test_initialise_starts_the_chat_and_updates_the_status(playground: Page) -> None:
    status = playground.get_by_role("main").get_by_role("status")
    expect(status).to_have_text("Not connected")
    press(playground, "Initialize")
    expect(status).to_have_text("Started")
    expect(log(playground)).to_contain_text('← initialized {"chatAvailable":true}')


@in_one_guide
def test_initialise_can_change_the_colour(playground: Page) -> None:
    playground.get_by_label("Another color").fill("#b3261e")
    press(playground, "Initialize")
    expect(log(playground)).to_contain_text('→ initialize {"colour":"#b3261e"}')
    press(playground, "Open")
    expect(bubble(playground)).to_have_css("background-color", "rgb(179, 38, 30)")


@in_one_guide
def test_out_of_hours_the_status_shows_that_chat_is_unavailable(
    playground: Page,
) -> None:
    playground.get_by_role("link", name="load this page as unavailable").click()
    press(playground, "Initialize")
    status = playground.get_by_role("main").get_by_role("status")
    expect(status).to_have_text("Chat is not available")


@in_one_guide
def test_the_chat_opens_with_the_token_that_was_typed(playground: Page) -> None:
    token = playground.get_by_label("Identity token")
    token.fill("visitor-1")
    press(playground, "Open the chat")
    expect(log(playground)).to_contain_text('→ openChatWindow {"id_token":"visitor-1"}')
    expect(window(playground)).to_be_visible()
    expect(token).to_have_value("")


@in_one_guide
def test_sends_no_token_if_the_field_is_empty(playground: Page) -> None:
    press(playground, "Open the chat")
    expect(log(playground)).to_contain_text("→ openChatWindow {}")
    expect(window(playground)).to_be_visible()


@in_one_guide
def test_an_anonymous_chat_is_upgraded(playground: Page) -> None:
    press(playground, "Open the chat")
    expect(log(playground)).to_contain_text("← newChatStarted")
    playground.get_by_label("Identity token").fill("visitor-1")
    press(playground, "Upgrade the anonymous chat")
    expect(log(playground)).to_contain_text('← upgradeAnonChat {"success":true')


@in_one_guide
def test_signing_out_forgets_the_chat(playground: Page) -> None:
    press(playground, "Open the chat")
    expect(log(playground)).to_contain_text("← newChatStarted")
    press(playground, "Sign out")
    expect(window(playground)).to_be_hidden()
    press(playground, "Get the chat's data")
    expect(playground.get_by_label("What haloChat_functions")).to_have_value("[]")


@in_one_guide
def test_the_window_opens_and_closes(playground: Page) -> None:
    press(playground, "Open")
    expect(window(playground)).to_be_visible()
    press(playground, "Close")
    expect(window(playground)).to_be_hidden()
    expect(log(playground)).to_contain_text("← chatClosed null")


@in_one_guide
def test_the_menu_opens_and_closes(playground: Page) -> None:
    press(playground, "Open")
    for visible in (True, False):
        press(playground, "Menu")
        expect(playground.get_by_role("menu")).to_be_visible(visible=visible)


@in_one_guide
def test_ending_the_chat_asks_for_confirmation(playground: Page) -> None:
    press(playground, "Open")
    expect(log(playground)).to_contain_text("← newChatStarted")
    press(playground, "End the chat")
    ask = playground.get_by_role("alertdialog")
    ask.get_by_role("button", name="End this Chat").click()
    expect(log(playground)).to_contain_text("← chatEnded")


@in_one_guide
def test_full_screen_can_be_switched_on_and_off(playground: Page) -> None:
    press(playground, "Full screen on")
    press(playground, "Open")
    expect(window(playground)).to_be_visible()
    assert box(window(playground))["width"] == 1280
    press_behind = "element => element.click()"  # the window covers the page
    playground.get_by_text("Full screen off").evaluate(press_behind)
    expect(log(playground)).to_contain_text("→ toggleFullScreen false")
    assert box(window(playground))["width"] < 640


@in_one_guide
def test_window_has_the_size_from_the_fields(playground: Page) -> None:
    press(playground, "Open")
    expect(window(playground)).to_be_visible()
    playground.get_by_label("Width").fill("444")
    playground.get_by_label("Height").fill("333")
    press(playground, "Resize")
    expect(log(playground)).to_contain_text('→ resize {"width":444,"height":333}')
    size = box(window(playground))
    assert (round(size["width"]), round(size["height"])) == (444, 333)


@in_one_guide
def test_bubble_and_window_move_to_each_corner(playground: Page) -> None:
    playground.set_viewport_size({"width": 1280, "height": 1000})
    press(playground, "Open")
    expect(window(playground)).to_be_visible()
    for corner in CORNERS:
        press(playground, corner)
        name = corner.lower().replace(" ", "-")
        expect(log(playground)).to_contain_text(f'→ reposition "{name}"')
        for part in (bubble(playground), window(playground)):
            at = box(part)
            assert (at["x"] < 640) is ("left" in corner)
            assert (at["y"] + at["height"] / 2 < 500) is ("Top" in corner)


@in_one_guide
def test_bubble_moves_to_the_position_from_the_fields(playground: Page) -> None:
    press(playground, "Open")
    expect(bubble(playground)).to_be_visible()
    playground.get_by_label("From the left").fill("300")
    playground.get_by_label("From the top").fill("200")
    press(playground, "Move the bubble")
    expect(log(playground)).to_contain_text('→ repositionBubble {"x":300,"y":200}')
    at = box(bubble(playground))
    assert (round(at["x"]), round(at["y"])) == (300, 200)


@in_one_guide
def test_bubble_can_be_dragged(playground: Page) -> None:
    press(playground, "Open")
    expect(log(playground)).to_contain_text("← newChatStarted")
    heading = playground.get_by_role("heading", name="Events playground")
    bubble(playground).drag_to(heading, target_position={"x": 30, "y": 10})
    expect(log(playground)).to_contain_text("→ repositionBubble")
    target, at = box(heading), box(bubble(playground))
    assert at["x"] == pytest.approx(target["x"] + 30, abs=2)
    assert at["y"] == pytest.approx(target["y"] + 10, abs=2)


@in_one_guide
def test_data_and_new_messages_are_shown(playground: Page) -> None:
    press(playground, "Open")
    messages = playground.get_by_label("New messages")
    expect(messages).to_have_value(re.compile('"from":"agent"'))
    press(playground, "Get the chat's data")
    data = playground.get_by_label("What haloChat_functions")
    (chat,) = json.loads(data.input_value())
    (line,) = messages.input_value().splitlines()
    assert chat["messages"] == [json.loads(line)]
    assert chat["unread_count"] == 0


@in_one_guide
def test_shows_no_data_before_the_chat_is_loaded(guide: Guide, page: Page) -> None:
    page.route("**/preview.*.js", lambda route: route.abort())
    page.goto(guide.at("playground"))
    press(page, "Get the chat's data")
    expect(page.get_by_label("What haloChat_functions")).to_have_value(
        "The chat is not loaded yet."
    )


@in_material
def test_the_playground_works_after_instant_navigation(
    guide: Guide, page: Page
) -> None:
    page.goto(guide.at("loading"))  # where no chat runs yet
    expect(page.locator("html")).to_have_attribute("data-halo-chat", "idle")
    page.evaluate("window.sameDocument = true")
    link = page.locator("a[href$='/playground/']").first
    link.evaluate("element => element.click()")  # in the folded navigation
    page.wait_for_url("**/playground/")
    press(page, "Initialize")
    expect(log(page)).to_contain_text("← initialized")
    press(page, "Resize")
    expect(log(page)).to_contain_text("→ resize")
    assert page.evaluate("window.sameDocument")


def test_the_playground_works_by_keyboard_alone(playground: Page) -> None:
    playground.set_viewport_size({"width": 1280, "height": 600})
    names = playground.locator(CONTROLS).evaluate_all(
        "all => all.map((one, number) => one.dataset.test = `control ${number}`)"
    )
    assert len(names) > 20
    playground.locator(CONTROLS).first.focus()
    reached = [names[0]]
    while len(reached) < len(names):
        playground.keyboard.press("Tab")
        # Furo scrolls smoothly: what has the focus may lie behind the log for a moment.
        playground.wait_for_function(
            """() => {
              const one = document.activeElement;
              const { left, top, width, height } = one.getBoundingClientRect();
              return one.contains(
                document.elementFromPoint(left + width / 2, top + height / 2));
            }""",
            timeout=5000,
        )
        name = playground.evaluate("document.activeElement.dataset.test")
        if name:
            reached.append(name)
    assert reached == names
    playground.get_by_role("button", name="Initialize").focus()
    playground.keyboard.press("Enter")
    expect(log(playground)).to_contain_text("← initialized")


def test_log_is_visible_at_every_control(playground: Page) -> None:
    for width in (1280, 360):
        playground.set_viewport_size({"width": width, "height": 640})
        hidden_at = playground.locator(CONTROLS).evaluate_all(
            """(controls) => controls.filter((control) => {
              control.scrollIntoView({ behavior: "instant", block: "center" });
              const log = document.querySelector("[role=log]").getBoundingClientRect();
              return log.top < 0 || log.bottom > innerHeight + 1;
            }).map((control) => control.outerHTML)"""
        )
        assert hidden_at == []


def test_enter_opens_and_escape_closes(playground: Page) -> None:
    opener = playground.get_by_role("button", name="Open", exact=True)
    opener.focus()
    playground.keyboard.press("Enter")
    expect(window(playground)).to_be_visible()
    playground.keyboard.type("stop/")  # `s` and `/` open the search of the themes
    expect(window(playground).get_by_role("textbox")).to_have_value("stop/")
    playground.keyboard.press("Escape")
    expect(window(playground)).to_be_hidden()


def test_the_playground_works_on_a_phone(
    guide: Guide, new_context: Callable[..., Any]
) -> None:
    size = {"width": 360, "height": 640}
    page = new_context(viewport=size, has_touch=True, is_mobile=True).new_page()
    page.goto(guide.at("playground"))
    page.get_by_role("button", name="Initialize").tap()
    expect(log(page)).to_contain_text("← initialized")
    for control in page.locator(CONTROLS).all():
        at = box(control)
        assert at["x"] >= 0
        assert at["x"] + at["width"] <= 360
        assert at["height"] >= 24
    page.get_by_role("button", name="Open", exact=True).tap()
    assert box(window(page))["width"] == 360
    page.get_by_role("button", name="Close").last.tap()
    expect(window(page)).to_be_hidden()


@in_material
def test_copies_only_the_commands_of_a_console_example(
    guide: Guide, new_context: Callable[..., Any]
) -> None:
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(guide.at("command"))
    block = page.locator(".language-console", has_text="halochat inject public")
    block.hover()
    block.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied to clipboard")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "halochat inject public -c halochat.yml"
