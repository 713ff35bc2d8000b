"""The loader's core scenarios in WebKitGTK, with the preview as the widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
from selenium.webdriver import ActionChains, Keys, WebKitGTK
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

Open: TypeAlias = Callable[..., WebKitGTK]

# The elements of the launcher and of the preview are in shadow roots.
LAUNCHER = """return [...document.querySelectorAll("body > div")]
  .map(({ shadowRoot }) => shadowRoot?.querySelector("aside button"))
  .find((button) => button?.checkVisibility({ visibilityProperty: true })) ?? null"""
WINDOW = """return [...document.querySelectorAll("#halo-chat > div")]
  .map(({ shadowRoot }) => shadowRoot?.querySelector("[role=dialog]"))
  .find((window) => window?.getClientRects().length) ?? null"""
BUBBLE = """return document.querySelector("#halo-chat > div")?.shadowRoot
  ?.querySelector("button[aria-expanded]:not([aria-haspopup])") ?? null"""
FOCUS = """let element = document.activeElement;
while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
return element"""


def until(browser: WebKitGTK, script: str) -> Any:
    """Wait until a script returns something, and return that."""
    message = f"waited in vain for: {script}"
    return WebDriverWait(browser, 15).until(
        lambda driver: driver.execute_script(script), message
    )


def expect_state(browser: WebKitGTK, state: str) -> None:
    until(browser, f"return document.documentElement.dataset.haloChat === '{state}'")


def expect_open(browser: WebKitGTK) -> WebElement:
    window = until(browser, WINDOW)
    expect_state(browser, "ready")
    assert browser.execute_script(LAUNCHER) is None
    return window


def test_a_click_on_the_launcher_opens_the_chat(open_page: Open) -> None:
    browser = open_page(load="click")
    launcher = until(browser, LAUNCHER)
    expect_state(browser, "idle")
    assert launcher.accessible_name == "Open chat"
    assert launcher.rect["width"] == launcher.rect["height"] == 60
    launcher.click()
    assert expect_open(browser).aria_role == "dialog"


def test_the_launcher_works_by_keyboard(open_page: Open) -> None:
    browser = open_page(load="click")
    launcher = until(browser, LAUNCHER)
    browser.execute_script("arguments[0].focus()", launcher)
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    expect_open(browser)


@pytest.mark.parametrize("load", ["idle", "eager"])
def test_the_chat_loads_by_itself(open_page: Open, load: str) -> None:
    browser = open_page(load=load)
    until(browser, BUBBLE)
    expect_state(browser, "ready")
    assert browser.execute_script(LAUNCHER) is None
    assert browser.execute_script(WINDOW) is None


def test_the_focus_goes_to_the_chat_and_back_to_the_link(open_page: Open) -> None:
    browser = open_page(load="click", hide_existing_chat_bubble=True)
    link = browser.find_element(By.ID, "ask")
    browser.execute_script("arguments[0].focus()", link)
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    expect_open(browser)
    until(browser, f"{FOCUS}.localName === 'textarea'")
    browser.execute_script("halochat.close()")
    until(browser, f"{FOCUS}.id === 'ask'")
    assert browser.execute_script(WINDOW) is None


def test_the_focus_stays_with_the_chat_if_its_bubble_takes_it(open_page: Open) -> None:
    browser = open_page(load="click")
    until(browser, LAUNCHER).click()
    expect_open(browser)
    until(browser, f"{FOCUS}.localName === 'textarea'")
    ActionChains(browser).send_keys(Keys.ESCAPE).perform()
    until(browser, f"{FOCUS}.className.includes('bubble')")
    assert browser.execute_script(WINDOW) is None


def test_typed_text_reaches_the_chat(open_page: Open) -> None:
    browser = open_page(load="click")
    until(browser, LAUNCHER).click()
    expect_open(browser)
    until(browser, f"{FOCUS}.localName === 'textarea'")
    # With a key that themes use as a shortcut.
    ActionChains(browser).send_keys("Hello/s", Keys.ENTER).perform()
    script = WINDOW.replace(" ?? null", ".querySelector('[role=log]').textContent")
    until(
        browser,
        script.replace("return ", "const text = ", 1)
        + "; return text.includes('Hello/s')",
    )


@pytest.mark.parametrize(
    ("path", "theme"), [("index.html", "light"), ("dark.html", "dark")]
)
def test_the_theme_follows_the_page(open_page: Open, path: str, theme: str) -> None:
    browser = open_page(path, load="click", theme="auto")
    until(browser, LAUNCHER).click()
    window = expect_open(browser)
    assert browser.execute_script("return haloChatConfig.theme") == theme
    red, *_ = until(
        browser,
        f"const window = (() => {{ {WINDOW} }})();"
        "for (let one = window; one; one = one.parentElement) {"
        "  const color = getComputedStyle(one).backgroundColor.match(/[\\d.]+/g);"
        "  if (color.length < 4 || Number(color[3])) return color.map(Number);"
        "}",
    )
    assert (red < 128) == (theme == "dark")
    assert window.is_displayed()


def test_leaves_a_page_without_chat_unchanged(open_page: Open) -> None:
    browser = open_page("off.html", load="eager")
    expect_state(browser, "off")
    assert browser.execute_script(LAUNCHER) is None
    assert browser.find_elements(By.ID, "halo-chat") == []
    browser.find_element(By.ID, "ask").click()
    expect_state(browser, "off")
    assert browser.find_elements(By.ID, "halo-chat") == []


def test_arriving_at_the_address_of_the_chat_opens_it(open_page: Open) -> None:
    browser = open_page("index.html#halo-chat", load="click")
    expect_open(browser)
    assert browser.execute_script("return scrollY") == 0
    assert "#" not in browser.current_url


def test_a_button_sends_an_event(open_page: Open) -> None:
    browser = open_page(load="manual")
    browser.execute_script("halochat.open()")
    window = expect_open(browser)
    browser.find_element(By.ID, "wide").click()
    WebDriverWait(browser, 15).until(
        lambda _: window.value_of_css_property("width") == "444px"
    )


def test_shows_the_fallback_if_the_chat_fails(open_page: Open) -> None:
    browser = open_page(
        load="click",
        preview=False,
        script_url="http://127.0.0.1:9/index.js",
        fallback_url="off.html",
    )
    until(browser, LAUNCHER).click()
    expect_state(browser, "failed")
    link = """return [...document.querySelectorAll("body > div")]
      .map(({ shadowRoot }) => shadowRoot?.querySelector("aside a"))
      .find((link) => link?.checkVisibility({ visibilityProperty: true })) ?? null"""
    assert until(browser, link).get_attribute("href").endswith("/off.html")
