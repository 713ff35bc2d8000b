"""WebKitGTK, driven by Selenium, and a site whose chat is the preview."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from embedding import embed_chat
from selenium.webdriver import WebKitGTK
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service
from server import Server

LIBRARIES = Path("/usr/lib")
PROFILE = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "1",
    "config_key": "key",
    "preview": True,
}
PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><title>{title}</title>
<style>html {{ {style} }}</style></head>
<body><h1>{title}</h1><main style="height: 2000px">
<a id="ask" href="#halo-chat">Ask us</a>
<button id="wide" data-halo-chat-send="resize"
        data-halo-chat-detail='{{"width": "444px"}}'>Wide</button>
<a id="off" href="off.html">Off</a></main></body></html>"""
PAGES = {
    "index.html": PAGE.format(title="Home", style=""),
    "dark.html": PAGE.format(title="Dark", style="background: #111; color: #eee"),
    "off.html": PAGE.format(title="Off", style=""),
}


def _browser() -> str:
    """Return the path of MiniBrowser, which Debian keeps off the search path."""
    found = shutil.which("MiniBrowser") or next(
        (str(path) for path in LIBRARIES.glob("*/webkit2gtk-4*/MiniBrowser")), None
    )
    assert found, "MiniBrowser is missing: install the package webkit2gtk-driver"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[WebKitGTK]:
    """Start the browser once; it needs a display, such as that of xvfb-run."""
    options = Options()
    options.binary_location = _browser()
    options.add_argument("--automation")
    # Its sandbox does not work in most containers.
    os.environ["WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS"] = "1"
    service = Service(shutil.which("WebKitWebDriver"))
    # Selenium calls a parameter of its own that it deprecates.
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        started = WebKitGTK(options=options, service=service)
    started.set_script_timeout(10)
    yield started
    started.quit()


@pytest.fixture
def open_page(browser: WebKitGTK, tmp_path: Path) -> Iterator[Callable[..., WebKitGTK]]:
    """Open a page of a site with these options in a tab without history."""
    servers: list[Server] = []

    def open_page(path: str = "index.html", **options: Any) -> WebKitGTK:
        servers.append(Server(tmp_path))
        given = {**PROFILE, "pages": {"off.html": False}, **options}
        for name, text in embed_chat(given, PAGES).items():
            kind = "text/javascript" if name.endswith(".js") else "text/html"
            servers[-1].answer(f"/{name}", text, type=kind)
        servers[-1].answer("/favicon.ico", "")
        browser.get(f"{servers[-1].url}/{path}")
        return browser

    yield open_page
    browser.get("about:blank")
    for server in servers:
        server.close()
