from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import widgets
from built_sites import SITE_URL
from engines import ENGINES, launch
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from server import Server
from static_pages import serve_pages
from vendor import Vendor
from virtual_clock import install_clock
from visit import Visit

Serve: TypeAlias = Callable[[Path], Server]

# Only failing tests wait this long. A busy machine may need part of the time.
expect.set_options(timeout=15_000)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests with the marker `engines` once in each engine that it names."""
    marker = metafunc.definition.get_closest_marker("engines")
    if marker and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", marker.args or ENGINES)


@pytest.fixture(autouse=True)
def _without_tracing(no_cover: None) -> None:
    """Save the time of tracing: tests without a browser cover the packages alone."""


@pytest.fixture
def engine() -> str:
    """Return the engine of tests without the marker."""
    return "chromium"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browsers(playwright: Playwright) -> Iterator[Callable[..., Browser]]:
    """Start each browser when it is needed first, and close it after the last test."""
    started: dict[object, Browser] = {}

    def browser(engine: str, **preferences: str | float | bool) -> Browser:
        key = (engine, *preferences.items())
        if key not in started:
            started[key] = launch(playwright, engine, preferences)
        return started[key]

    yield browser
    for one in started.values():
        one.close()


@pytest.fixture
def browser(browsers: Callable[..., Browser], engine: str) -> Browser:
    return browsers(engine)


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    contexts: list[BrowserContext] = []

    def context(**options: Any) -> BrowserContext:
        contexts.append(browser.new_context(**options))
        return contexts[-1]

    yield context
    for one in contexts:
        one.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    return new_context().new_page()


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[Server] = []

    def start(folder: Path) -> Server:
        servers.append(Server(folder))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="module")
def shared_page(browsers: Callable[..., Browser]) -> Iterator[Callable[[str], Page]]:
    """Return the page of an engine whose clock stands still, for the tests of a module."""
    pages: dict[str, Page] = {}

    def open_page(engine: str) -> Page:
        if engine not in pages:
            pages[engine] = browsers(engine).new_context().new_page()
            pages[engine].set_default_timeout(10_000)
            install_clock(pages[engine])
        return pages[engine]

    yield open_page
    for page in pages.values():
        page.context.close()


@pytest.fixture
def vendor(tmp_path: Path, serve: Serve) -> Vendor:
    return Vendor(serve(tmp_path))


@pytest.fixture
def visits(page: Page, vendor: Vendor) -> Iterator[Callable[[Server], Visit]]:
    """Start visits, and check that their pages throw no error."""
    begun: list[Visit] = []

    def begin(server: Server) -> Visit:
        server.answer("/favicon.ico", "")
        begun.append(Visit(page, server, vendor))
        return begun[-1]

    yield begin
    for visit in begun:
        assert visit.errors == []


@pytest.fixture
def visit_theme(
    visits: Callable[[Server], Visit],
    build_site: Callable[[str], Path],
    serve: Serve,
) -> Callable[..., Visit]:
    """Serve a site of a real theme with chat."""

    def make(name: str, layers: Any = None, /, **options: object) -> Visit:
        folder = build_site(name)
        visit = visits(serve(folder))
        pages = {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in folder.rglob("*.html")
        }
        serve_pages(visit.server, visit.vendor, pages, layers, **options)
        for path in folder.glob("sitemap.xml"):
            text = path.read_text("utf-8").replace(SITE_URL, visit.server.url)
            visit.server.answer("/sitemap.xml", text, type="text/xml")
        return visit.control_clock()

    return make


@pytest.fixture
def visit(
    shared_page: Callable[[str], Page],
    engine: str,
    tmp_path: Path,
    serve: Serve,
) -> Iterator[Callable[[widgets.Case], widgets.Visit]]:
    """Return a visitor of pages with a widget; each visitor has a separate server."""
    visitors: list[widgets.Visit] = []

    def make(case: widgets.Case) -> widgets.Visit:
        visitors.append(widgets.Visit(shared_page(engine), serve(tmp_path), case))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.leave()
