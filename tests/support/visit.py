from __future__ import annotations

from typing import Any, Self

from engines import record_errors
from playwright.sync_api import ConsoleMessage, Page, expect
from server import Server
from vendor import BARRIER, Vendor
from virtual_clock import advance_clock, install_clock


class Visit:
    """A visitor's page in the browser, with the chat and what the page reports."""

    def __init__(self, page: Page, server: Server, vendor: Vendor) -> None:
        self.page = page
        self.server = server
        self.vendor = vendor
        self.errors = record_errors(page)
        self.console: list[ConsoleMessage] = []
        self.full_loads: list[str] = []
        self.container = page.locator("div#halo-chat[tabindex]")
        self.launcher = page.get_by_role("button", name="Open chat")
        self.status = page.locator("body > div:not([id])").get_by_role("status")
        self.bubble = page.get_by_role("button", name="Vendor's bubble")
        self.window = page.get_by_role("dialog", name="Vendor's window")
        self.message = page.get_by_role("textbox", name="Message")
        page.on("console", lambda message: self.console.append(message))
        page.on("load", lambda loaded: self.full_loads.append(loaded.url))

    def control_clock(self) -> Self:
        """Replace the page's clock by one that `pass_time` can advance."""
        install_clock(self.page, runs=True)
        return self

    def pass_time(self, seconds: float) -> Self:
        """Run the page's timers as if this time passed."""
        # Browsers move the focus from hidden elements when they render a frame.
        self.page.evaluate("window.realFrames?.()")
        advance_clock(self.page, round(seconds * 1000))
        return self

    def open(self, path: str = "", **how: Any) -> Self:
        self.page.goto(f"{self.server.url}/{path}", **how)
        return self

    def settle(self) -> Self:
        """Wait until the page is idle and its requests have reached the vendor."""
        barrier = f"{self.vendor.server.url}{BARRIER}"
        # Scripts that the page loads may load further ones.
        for _ in range(3):
            self.pass_time(2)
            # Requests arrive in the order in which they are made.
            self.page.evaluate("(url) => fetch(url, { mode: 'no-cors' })", barrier)
        return self

    def expect_state(self, state: str) -> Self:
        expect(self.page.locator("html")).to_have_attribute("data-halo-chat", state)
        return self

    def expect_call(self, name: str) -> Any:
        """Wait until the widget receives an event; return the detail of the last one."""
        self.page.wait_for_function(
            "(name) => window.__calls?.some((call) => call[0] === name)", arg=name
        )
        return next(detail for one, detail in reversed(self.calls) if one == name)

    def release_widget(self) -> None:
        """Let a `late` widget continue after its script has run."""
        self.page.wait_for_function("window.__loads > 0")
        self.page.evaluate("dispatchEvent(new Event('vendor:go'))")

    @property
    def calls(self) -> list[tuple[str, Any]]:
        """The inbound events that the widget received."""
        return [tuple(call) for call in self.page.evaluate("window.__calls ?? []")]

    @property
    def config(self) -> dict[str, Any]:
        """The properties that the widget received."""
        return dict(self.page.evaluate("window.__config"))

    @property
    def warnings(self) -> list[str]:
        """The warnings of halochat, without those of the browser."""
        warnings = [one.text for one in self.console if one.type == "warning"]
        return [text for text in warnings if text.startswith("halochat")]
