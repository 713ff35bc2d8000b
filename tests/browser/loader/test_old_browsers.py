"""Browsers that lack what the loader uses: their pages work, with chat or without."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from cases import only_with_full
from playwright.sync_api import expect
from visit import Visit

pytestmark = pytest.mark.engines

Make: TypeAlias = Callable[..., Visit]

# What older browsers lack, as scripts that take it away.
WITHOUT_CHAT = {
    # Safari before 16.4, Firefox before 101.
    "no CSSStyleSheet()": """
        window.CSSStyleSheet = function () { throw new TypeError("Illegal constructor"); };
    """,
    "no CSSStyleSheet": "delete window.CSSStyleSheet;",
    "no replaceSync": "delete CSSStyleSheet.prototype.replaceSync;",
    # Chromium from 73 to 98.
    "frozen adoptedStyleSheets": """
        for (const owner of [Document, ShadowRoot, globalThis.DocumentOrShadowRoot]) {
          const name = "adoptedStyleSheets";
          const own = owner && Object.getOwnPropertyDescriptor(owner.prototype, name);
          if (!own) continue;
          const get = function () { return Object.freeze([...own.get.call(this)]); };
          Object.defineProperty(owner.prototype, name, { ...own, get });
        }
    """,
    "no attachShadow": "delete Element.prototype.attachShadow;",
}
FIRST, *OTHERS = WITHOUT_CHAT.values()
WITH_CHAT = {
    # Safari.
    "no requestIdleCallback": "delete window.requestIdleCallback;",
    # Firefox before 105, Safari before 16.4; Firefox against fingerprinting.
    "no OffscreenCanvas": "delete window.OffscreenCanvas;",
    "refused OffscreenCanvas": """
        window.OffscreenCanvas = function () { throw new Error("refused"); };
    """,
    "no canvas": """
        HTMLCanvasElement.prototype.getContext = () => null;
        if (window.OffscreenCanvas) OffscreenCanvas.prototype.getContext = () => null;
    """,
    # Firefox before 119.
    "no ARIA reflection": """
        for (const name of Object.getOwnPropertyNames(Element.prototype)) {
          if (name.startsWith("aria")) delete Element.prototype[name];
        }
    """,
    # Firefox and Safari.
    "no navigator.connection": "delete Navigator.prototype.connection;",
    "no prerendering": "delete Document.prototype.prerendering;",
    "no trustedTypes": "delete window.trustedTypes;",
    "no checkVisibility": "delete Element.prototype.checkVisibility;",
}
PAGES = {
    "index.html": """<h1>Page</h1><a href="#halo-chat">Ask us</a>
<a href="contact.html" data-halo-chat-send="openChatWindow">Contact us</a>
<button data-halo-chat-send="openChatWindow">Chat</button>
<a href="next.html">Next</a>""",
    "contact.html": "<h1>Contact</h1>",
    "help.html": "<h1>Help</h1>",
    "next.html": "<h1>Next</h1>",
}
ELEMENTS = "[...document.querySelectorAll('body *')].map((one) => one.localName)"


def every(cases: dict[str, str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("script", cases.values(), ids=cases)


def meet(visit_static: Make, script: str, **options: object) -> Visit:
    layers = {"eager.html": {"load": "eager"}}
    pages = {**PAGES, "eager.html": PAGES["index.html"]}
    visit = visit_static(pages, layers, load="click", **options)
    visit.page.add_init_script(f"try {{ {script} }} catch {{}}")
    return visit


@pytest.mark.core
@every(WITHOUT_CHAT)
def test_leaves_the_page_as_it_is_if_the_loader_cannot_work(
    visit_static: Make, script: str
) -> None:
    visit = meet(visit_static, script)
    expected = ["h1", "a", "a", "button", "a"]
    for path in ("eager.html", "index.html"):
        visit.open(path).settle()
        assert visit.page.evaluate(ELEMENTS) == expected
    visit.page.evaluate("halochat.open(); halochat.load(); halochat.close()")
    visit.page.get_by_role("button", name="Chat", exact=True).click()
    visit.settle()
    assert visit.page.evaluate(ELEMENTS) == expected
    assert visit.vendor.requests == []
    visit.page.get_by_role("link", name="Next").click()
    visit.page.wait_for_url("**/next.html")


@pytest.mark.core
@pytest.mark.parametrize("script", [FIRST, *only_with_full(*OTHERS)], ids=WITHOUT_CHAT)
@pytest.mark.parametrize(
    ("link", "target"), [("Ask us", "help.html"), ("Contact us", "contact.html")]
)
def test_triggers_open_the_fallback_if_the_loader_cannot_work(
    visit_static: Make, script: str, link: str, target: str
) -> None:
    visit = meet(visit_static, script, fallback_url="help.html").open()
    visit.page.get_by_role("link", name=link).click()
    visit.page.wait_for_url(f"**/{target}")


@pytest.mark.core
@every(WITH_CHAT)
def test_opens_the_chat_in_a_browser_without(visit_static: Make, script: str) -> None:
    visit = meet(visit_static, script, theme="auto").open()
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    assert visit.config["theme"] == "light"
