"""A page with one of the widgets of the catalog, and a visitor."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

import embeds
import pytest
from playwright.sync_api import ConsoleMessage, Error, Frame, Page, Request
from virtual_clock import advancing, install_clock

_FOLDER = Path(__file__).parents[1] / "browser/widgets"


def _read(path: str) -> str:
    return (_FOLDER / path).read_text("utf-8")


_BASE = _read("base.js")
_STEP = 0.25  # seconds
_PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8" />
<title>{title}</title>{head}</head><body>
<div data-md-component="container"><main><h1>{title}</h1>
<a href="#halo-chat">Chat</a> <a href="one.html">One</a> <a href="two.html">Two</a>
<a href="off.html">Off</a>{content}</main></div>{foot}
</body></html>"""
_SNIPPET = """<div id="halo-chat"></div>
<script>var haloChatConfig = {config}</script>
<script src="{script}"></script>"""

# Scripts for the page: whether the window is open, and the state that the loader shows.
# A document that has only just replaced another has no element yet.
OPEN = "Boolean(window.vendor?.isOpen())"
STATE = "document.documentElement?.dataset.haloChat"
# Playwright's locators take as long as several widgets, since they prepare each document.
_LAUNCHER = (
    "[...document.querySelectorAll('body > div')]"
    ".map(({ shadowRoot }) => shadowRoot?.querySelector('aside:not([hidden]) button'))"
    ".find((button) => button?.ariaLabel === 'Open chat')"
)
_FRAME = "<!doctype html><input><script>parent.postMessage('ready', '*')</script>"


@dataclass(frozen=True)
class Case:
    """One of the ways in which the vendor's script can start.

    The second line of its file may hold settings for the test: properties in `config`,
    the seconds `within` which it opens, whether it is `fragile`, which means that Turbo
    destroys it when it replaces the body, and the error that the widget `throws`.
    """

    name: str
    script: str
    config: dict[str, object] = field(default_factory=dict)
    within: int = 8
    fragile: bool = False
    throws: str = ""
    has_base: bool = True

    @classmethod
    def read(cls, file: Path) -> Case:
        """Read a case from its file in the catalog."""
        text = file.read_text("utf-8")
        _, mark, settings = text.splitlines()[1].partition("// test: ")
        given = json.loads(settings) if mark else {}
        return cls(f"{file.parent.name}-{file.stem}", text, **given)


CASES = [Case.read(file) for file in sorted(_FOLDER.glob("cases/*/*.js"))]


def _on_localhost(url: str) -> str:
    return url.replace("127.0.0.1", "localhost")


class Visit:
    """A visitor whose clock advances only under the control of the test."""

    def __init__(self, page: Page, server: Any, case: Case) -> None:
        self.page = page
        self.server = server
        self.case = case
        self.problems: list[str] = []
        self.requests: set[Request] = set()
        self.held: set[str] = set()
        # The headers of the pages, and the script attribute that their policy requires.
        self.headers: dict[str, str] = {}
        self.nonce = ""
        # On another host than the page.
        self.script = f"{server.url}/chat/index.js"
        self.launcher = page.get_by_role("button", name="Open chat")
        listeners: dict[str, Callable[[Any], None]] = {
            "pageerror": self._note_error,
            "console": self._note_message,
            "request": self._begin,
            "requestfinished": self._end,
            "requestfailed": self._end,
            "framenavigated": self._forget,
            "framedetached": self._forget,
        }
        for event, listener in listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]
        install_clock(page)
        self._serve()

    def _begin(self, request: Request) -> None:
        self.requests.add(request)

    def _end(self, request: Request) -> None:
        self.requests.discard(request)

    def _forget(self, frame: Frame) -> None:
        """Stop waiting for responses to requests of an earlier document."""
        if frame is self.page.main_frame:
            self.requests = {
                one for one in self.requests if one.is_navigation_request()
            }
        elif frame.is_detached():
            self.requests = {one for one in self.requests if one.frame != frame}

    def _note_error(self, error: Error) -> None:
        text = error.message.splitlines()[0]
        if not self.case.throws or self.case.throws not in text:
            self.problems.append(f"error: {text}")

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and message.text.startswith("halochat"):
            self.problems.append(message.text)

    def _serve(self) -> None:
        other_origin = {"Access-Control-Allow-Origin": "*"}
        base = _BASE if self.case.has_base else ""
        script = f"{base}(() => {{\n{self.case.script}\n}})();\n"
        self.server.answer("/chat/index.js", script, headers=other_origin)
        self.server.answer("/chat/chunk.js", "vendor.chunk();", headers=other_origin)
        self.server.answer("/chat/config.json", "{}", headers=other_origin)
        self.server.answer("/chat/frame.html", _FRAME, type="text/html")
        self.server.answer("/chat/late.css", ".vendor { z-index: 77 }", type="text/css")
        self.server.answer("/slow.js", "")
        self.server.answer("/slow.png", "", type="image/png")
        self.server.answer("/favicon.ico", "")
        self.server.answer("/halochat.js", embeds.LOADER)
        self.server.answer("/bridge.js", embeds.BRIDGE)
        self.server.answer("/material.js", _read("navigation/material.js"))
        self.server.answer("/shortcuts.js", _read("navigation/shortcuts.js"))
        self.server.answer("/turbo.js", embeds.TURBO.read_text("utf-8"))

    def write_embed(
        self,
        load: str,
        navigation: str = "",
        head: str = "",
        content: str = "",
        foot: str = "",
        **options: object,
    ) -> None:
        """Write the pages `one` and `two` with the loader, and `off` without chat.

        `head` comes before the loader; `foot` is what instant navigation keeps.
        """
        on = partial(embeds.meta, self.script, self.case.config, load=load, **options)
        scripts = f'<script src="/halochat.js" defer{self.nonce}></script>'
        if navigation:
            scripts += f'<script src="/{navigation}.js" defer></script>'
        metas = {"One": on(page="one"), "Two": on(page="two"), "Off": embeds.OFF}
        for title, meta in metas.items():
            self._write(title, meta + head + scripts, content, foot)

    def write_snippet(self, foot: str = "") -> None:
        """Write the page `one` with the vendor's own block at the end of its body."""
        events = {"enableInboundEvents": True, "enableOutboundEvents": True}
        config = json.dumps({**embeds.CONFIG, **events, **self.case.config})
        block = _SNIPPET.format(config=config, script=self.script)
        self._write("One", "", "", foot + block)

    def _write(self, title: str, head: str, content: str, foot: str) -> None:
        text = _PAGE.format(title=title, head=head, content=content, foot=foot)
        path, headers = f"/{title.lower()}.html", self.headers
        self.server.answer(path, text, type="text/html", headers=headers)

    def arrive(self, name: str = "one", **how: Any) -> None:
        """Go to a page."""
        self.page.goto(_on_localhost(f"{self.server.url}/{name}.html"), **how)

    def evaluate(self, script: str) -> Any:
        """Evaluate a script in the page, or in the page that replaces it meanwhile."""
        while True:
            try:
                return self.page.evaluate(script)
            except Error as error:
                self._recover(error)

    def advance(self, seconds: float) -> None:
        """Advance the clock, but not while something is being loaded."""
        while seconds > 0:
            self._step(min(seconds, 1), "0")
            seconds -= 1
        self.settle()

    def _step(self, seconds: float, script: str) -> Any:
        """Advance the clock, then evaluate a script."""
        self.settle()
        milliseconds = round(seconds * 1000)
        for frame in self.page.frames[1:]:
            with suppress(Error):  # it may be gone
                frame.evaluate(advancing(milliseconds))
        try:
            return self.page.evaluate(advancing(milliseconds, script))
        except Error as error:
            self._recover(error)
            return self.evaluate(script)

    def until(self, condition: str | Callable[[], object], within: float = 8) -> bool:
        """Advance the clock until a condition is true; return whether it is."""
        if condition() if callable(condition) else self.evaluate(condition):
            return True
        for _ in range(int(within / _STEP)):
            if callable(condition):
                self.advance(_STEP)
                holds = condition()
            else:
                holds = self._step(_STEP, condition)
                self.settle()
            if holds:
                return True
        return False

    def settle(self) -> None:
        """Wait until nothing is being loaded, without advancing the clock."""
        deadline = monotonic() + 20
        while loading := {request.url for request in self.requests} - self.held:
            assert monotonic() < deadline, f"still loading: {loading}"
            self.evaluate("0")
        for frame in self.page.frames[1:]:
            with suppress(Error):  # it may be gone
                frame.wait_for_load_state()

    def hold(self, path: str) -> Callable[[], None]:
        """Delay the response to a path until the returned function is called."""
        url = self.server.url + path
        release = self.server.hold(path)
        self.held |= {url, _on_localhost(url)}

        def answer() -> None:
            self.held.clear()
            release()

        return answer

    def _recover(self, error: Error) -> None:
        """Continue after a full load."""
        if "context was destroyed" not in str(error):
            raise error
        self.page.wait_for_load_state()

    def warnings(self) -> list[str]:
        """Return the loader's log messages, which are then not treated as problems."""
        logged = [one for one in self.problems if one.startswith("halochat")]
        self.problems = [one for one in self.problems if one not in logged]
        return logged

    def check(self, holds: object, expected: str) -> None:
        """Record a failed check, and continue."""
        if not holds:
            self.problems.append(f"expected: {expected}")

    def check_equal(self, script: str, value: object) -> None:
        """Compare the result of a script."""
        self.check_all({script: value})

    def check_all(self, expected: dict[str, object]) -> None:
        """Compare the results of several scripts, which takes one request to the page."""
        results = self.evaluate(f"[{', '.join(expected)}]")
        for (script, value), found in zip(expected.items(), results, strict=True):
            self.check(found == value, f"{script} = {value!r}, not {found!r}")

    def send(self, name: str) -> None:
        """Send an inbound event as the vendor's guide does, without the loader."""
        event = f"new CustomEvent('haloChat_inboundEvent_{name}')"
        self.evaluate(f"window.dispatchEvent({event})")

    def launch(self) -> None:
        """Click the launcher, or the link where the site hides the bubble."""
        if self.case.config.get("hideNewChatBubble"):
            self.trigger()
        else:
            self.evaluate(f"{_LAUNCHER}.click()")

    def trigger(self) -> None:
        """Click the link to the chat in the content."""
        self._click("Chat")

    def follow(self, title: str) -> None:
        """Click the link to another page, and let some time pass there."""
        self._click(title)
        self.check(self.until(f"document.title === '{title}'"), f"goes to {title}")
        self.advance(1)

    def _click(self, link: str) -> None:
        # By script, which takes a tenth of the time.
        links = "[...Document.prototype.querySelectorAll.call(document, 'main a')]"
        self.evaluate(f"{links}.find((one) => one.text === '{link}').click()")

    def finish(self) -> None:
        """Fail with all recorded problems."""
        if self.problems:
            pytest.fail("; ".join(self.problems), pytrace=False)
