"""The browsers of the tests, which cannot connect to other machines."""

from __future__ import annotations

import os
import shutil
from typing import Any

from playwright.sync_api import Browser, Error, Page, Playwright

ENGINES = ("chromium", "firefox")
COMMANDS = {
    "chromium": ("chromium-headless-shell", "chromium"),
    "firefox": ("firefox-esr", "firefox"),
}
CHROMIUM_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
# Requests to other hosts fail at once.
CHROMIUM_OFFLINE = (
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
)
# Firefox never uses a proxy for loopback addresses. Nothing listens on this one.
FIREFOX_OFFLINE = {
    "network.proxy.type": 1,
    "network.proxy.socks": "127.0.0.1",
    "network.proxy.socks_port": 9,
    "network.proxy.socks_remote_dns": True,
}
FIREFOX_PREFERENCES = {
    # Playwright cannot emulate media features there.
    "ui.prefersReducedMotion": 1,
    # Playwright does not notice that a page comes back from this cache.
    "browser.sessionhistory.max_total_viewers": 0,
}

# Firefox reports these like errors that a script throws.
FIREFOX_NOTICES = ("Content-Security-Policy", "Cross-Origin Request Blocked")


def record_errors(page: Page) -> list[str]:
    """Return a list that will hold the errors that the page's scripts throw."""
    errors: list[str] = []

    def record(error: Error) -> None:
        if error.name not in FIREFOX_NOTICES:
            errors.append(str(error))

    page.on("pageerror", record)
    return errors


def command(engine: str) -> str | None:
    """Return the path of the system's browser; None means Playwright's own."""
    paths = (shutil.which(name) for name in COMMANDS[engine])
    return os.environ.get(engine.upper()) or next(filter(None, paths), None)


def launch(
    playwright: Playwright,
    engine: str,
    preferences: dict[str, str | float | bool] | None = None,
    **options: Any,
) -> Browser:
    """Start a browser; preferences are Firefox's, options are Playwright's."""
    path = command(engine)
    if path:
        options["executable_path"] = path
    # The contract's tests may run against Halo's own script.
    offline = "HALOCHAT_WIDGET_URL" not in os.environ
    if engine == "chromium":
        arguments = [*CHROMIUM_ARGUMENTS, *([CHROMIUM_OFFLINE] if offline else [])]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        return playwright.chromium.launch(args=arguments, **options)
    if path:
        options["channel"] = "moz-firefox"  # speaks WebDriver BiDi
    preferences = {
        **FIREFOX_PREFERENCES,
        **(FIREFOX_OFFLINE if offline else {}),
        **(preferences or {}),
    }
    return playwright.firefox.launch(firefox_user_prefs=preferences, **options)
