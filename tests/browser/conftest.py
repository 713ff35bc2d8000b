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
from shared_pages import lend, open_page, restore
from static_pages import serve_pages
from vendor import Vendor
from visit import Visit

Serve: TypeAlias = Callable[[Path], Server]

FAILED = pytest.StashKey[bool]()

# Only failing tests wait this long. A busy machine may need part of the time.
expect.set_options(timeout=15_000)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests with the marker `engines` once in each engine that it names."""
    marker = metafunc.definition.get_closest_marker("engines")
    if marker and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", marker.args or ENGINES)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Note failures, for the fixtures."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


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


@pytest.fixture(scope="session")
def pages() -> Iterator[dict[Browser, Page]]:
    """Keep a page of each browser, which tests use one after the other."""
    kept: dict[Browser, Page] = {}
    yield kept
    for page in kept.values():
        page.context.close()


@pytest.fixture
def page(
    browser: Browser, pages: dict[Browser, Page], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Return a page that no test has left in disorder."""
    if browser not in pages:
        pages[browser] = open_page(browser)
    page = pages[browser]
    with lend(page):
        yield page
    leaves = request.node.get_closest_marker("leaves_page")
    if leaves or request.node.stash.get(FAILED, False):
        pages.pop(browser).context.close()
    else:
        restore(page)


@pytest.fixture
def serve() -> Iterator[Serve]:
    servers: list[Server] = []

    def start(folder: Path) -> Server:
        servers.append(Server(folder))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


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
    page: Page, tmp_path: Path, serve: Serve
) -> Callable[[widgets.Case], widgets.Visit]:
    """Return a visitor of pages with a widget; each visitor has a separate server."""
    return lambda case: widgets.Visit(page, serve(tmp_path), case)
