from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from built_sites import built_site
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
from widgets import Case, Visit

# Only a test that fails waits so long; a busy machine may need some of it.
expect.set_options(timeout=15_000)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run tests with the marker `engines` once in each engine that it names."""
    marker = metafunc.definition.get_closest_marker("engines")
    if marker and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", marker.args or ENGINES)


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
def serve() -> Iterator[Callable[[Path], Server]]:
    servers: list[Server] = []

    def start(folder: Path) -> Server:
        servers.append(Server(folder))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder of a site by name; all processes of a test run share it."""
    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    return partial(built_site, cache=shared)


@pytest.fixture(scope="module")
def shared_page(browsers: Callable[..., Browser]) -> Iterator[Callable[[str], Page]]:
    """Return the page of an engine whose clock stands still, for the tests of a module."""
    pages: dict[str, Page] = {}

    def open_page(engine: str) -> Page:
        if engine not in pages:
            pages[engine] = browsers(engine).new_context().new_page()
            pages[engine].set_default_timeout(10_000)
            pages[engine].clock.install(time=0)
            pages[engine].clock.pause_at(1000)
        return pages[engine]

    yield open_page
    for page in pages.values():
        page.context.close()


@pytest.fixture
def visit(
    shared_page: Callable[[str], Page],
    engine: str,
    tmp_path: Path,
    serve: Callable[[Path], Server],
) -> Iterator[Callable[[Case], Visit]]:
    """Return a visitor of pages with a widget; each has a server of its own."""
    visitors: list[Visit] = []

    def make(case: Case) -> Visit:
        visitors.append(Visit(shared_page(engine), serve(tmp_path), case))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.leave()
