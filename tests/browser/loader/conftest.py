from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import vendor as support
from built_sites import SITE_URL
from playwright.sync_api import ConsoleMessage, Page, expect
from static_pages import serve_pages
from visit import Visit

from halochat import PageContext, Site
from halochat.events import INBOUND

WIDGET = Path(__file__).with_name("widget.js").read_text("utf-8")
HERE = Path(__file__).parent
TURBO = HERE.parents[2] / "node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js"
# A page that the script /navigation.js changes without a full load.
CHANGING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><title>{title}</title>
<script src="/navigation.js" defer></script>{head}</head>
<body><main data-md-component="container"><h1>{title}</h1><a href="#halo-chat">Ask us</a>
<a href="/home.html">To home</a> <a href="/next.html">To next</a>
<a href="/off.html">To off</a> <a href="/other.html">To other</a>
<a href="/guide/deep.html">To deep</a></main></body></html>
"""
STYLE = "<style>h1 { opacity: 0.25 }</style>"
TALL = '<div style="height: 3000px">Text</div>'
# What a theme loads from elsewhere is not there.
MKDOCS = {"name": "mkdocs", "highlightjs": False}


class Vendor:
    """A stand-in for the vendor's server, with the script in a shape of choice."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.api = f"{server.url}/api"
        self.script = f"{server.url}/chat/index.js"
        server.answer("/chat/index.css", ".vendor { z-index: 77 }", type="text/css")
        self.serves()

    def serves(self, **how: object) -> None:
        names = json.dumps([event.name for event in INBOUND])
        head = f"var HOW = {json.dumps(how)}, INBOUND = {names};\n"
        self.server.answer("/chat/index.js", head + WIDGET)

    def answers(self, body: str, **how: Any) -> None:
        self.server.answer("/chat/index.js", body, **how)

    def hangs(self) -> None:
        self.server.hang("/chat/index.js")

    @property
    def loads(self) -> int:
        return int(self.server.requests.count("/chat/index.js"))


class Docs:
    """A built site in the browser, and what the page has said."""

    def __init__(self, page: Page, server: Any, vendor: Vendor) -> None:
        self.page = page
        self.server = server
        self.vendor = vendor
        self.errors: list[str] = []
        self.said: list[ConsoleMessage] = []
        self.html = page.locator("html")
        self.container = page.locator("div#halo-chat[tabindex]")
        self.launcher = page.get_by_role("button", name="Open chat")
        self.status = page.locator("body > div:not([id])").get_by_role("status")
        self.bubble = page.get_by_role("button", name="Vendor's bubble")
        self.window = page.get_by_role("dialog", name="Vendor's window")
        self.message = page.get_by_role("textbox", name="Message")
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.said.append(message))

    def go(self, path: str = "", **how: Any) -> Docs:
        self.page.goto(f"{self.server.url}/{path}", **how)
        return self

    def is_(self, state: str) -> None:
        expect(self.html).to_have_attribute("data-halo-chat", state)

    def idle(self) -> None:
        """Wait until the browser has had time for all that waits for it."""
        # Longer than the loader's own deadline: after a press, Chromium may see no idle
        # time at all.
        self.page.evaluate("""new Promise((done) => {
          requestIdleCallback(() => setTimeout(done), { timeout: 3500 });
        })""")

    def vendor_goes_on(self) -> None:
        """Let the widget do what it is late with, once its script has come."""
        self.page.wait_for_function("window.__loads > 0")
        self.page.evaluate("dispatchEvent(new Event('vendor:go'))")

    def called(self, name: str) -> Any:
        """Wait for an inbound event; return what came with it, the last time."""
        self.page.wait_for_function(
            "(name) => window.__calls?.some((call) => call[0] === name)", arg=name
        )
        return next(d for n, d in reversed(self.calls) if n == name)

    @property
    def calls(self) -> list[tuple[str, Any]]:
        return [tuple(call) for call in self.page.evaluate("window.__calls ?? []")]

    @property
    def config(self) -> dict[str, Any]:
        """What the widget was given."""
        return dict(self.page.evaluate("window.__config"))

    @property
    def warnings(self) -> list[str]:
        """What our own code said, without the browser's own words."""
        said = [one for one in self.said if one.type == "warning"]
        return [one.text for one in said if one.text.startswith("halochat")]


@pytest.fixture
def vendor(tmp_path: Path, serve: Callable[[Path], Any]) -> Vendor:
    return Vendor(serve(tmp_path))


@pytest.fixture
def docs(
    page: Page,
    vendor: Vendor,
    mkdocs_site: Callable[..., Any],
    serve: Callable[[Path], Any],
    tmp_path: Path,
) -> Iterator[Callable[..., Docs]]:
    """Build a site whose chat comes from the stand-in, and serve it."""
    made: list[Docs] = []

    def make(
        pages: dict[str, str] | None = None, /, site_theme: Any = MKDOCS, **options: Any
    ) -> Docs:
        server = serve(tmp_path / "site")
        server.answer("/favicon.ico", "")
        # Material compares the addresses of links with those in the sitemap.
        settings = {"plugins": ["search"], "site_url": f"{server.url}/"}
        settings |= options.pop("settings", {})
        site = mkdocs_site(
            pages or {"index.md": f"# Home\n\n{TALL}"},
            {"chat_service_url": vendor.api, **options},
            theme=site_theme,
            **settings,
        )
        assert site.warnings == []
        made.append(Docs(page, server, vendor))
        return made[-1]

    yield make
    for one in made:
        assert one.errors == []


@pytest.fixture
def plain(
    page: Page, vendor: Vendor, tmp_path: Path, serve: Callable[[Path], Any]
) -> Iterator[Callable[..., Docs]]:
    """Place the embed in finished pages, and serve them."""
    made: list[Docs] = []

    def make(
        pages: dict[str, str],
        layers: dict[str, dict[str, object]] | None = None,
        /,
        **options: Any,
    ) -> Docs:
        given = {"chat_service_url": vendor.api, "config_id": "1", "config_key": "k"}
        site = Site({**given, **options, "pages": layers or {}})
        assert site.problems == []
        server = serve(tmp_path)
        server.answer("/favicon.ico", "")
        for asset in site.assets():
            server.answer(f"/{asset.name}", asset.text)
        for path, html in pages.items():
            context = PageContext(path, "/{}".format, asset="/{}".format)
            text = site.page(path).insert_into(html, context)
            server.answer(f"/{path}", text, type="text/html")
        made.append(Docs(page, server, vendor))
        return made[-1]

    yield make
    for one in made:
        assert one.errors == []


@pytest.fixture
def sphinx(
    page: Page, vendor: Vendor, tmp_path: Path, serve: Callable[[Path], Any]
) -> Iterator[Callable[..., Docs]]:
    """Build a Sphinx site whose chat comes from the stand-in, and serve it."""
    made: list[Docs] = []

    def make(
        site_theme: str, /, text: str = "Home\n====\n", more: Any = None, **options: Any
    ) -> Docs:
        given = {"chat_service_url": vendor.api, "config_id": "1", "config_key": "k"}
        source = tmp_path / "source"
        source.mkdir()
        for path, content in {"index.rst": text, **(more or {})}.items():
            source.joinpath(path).write_text(content, encoding="utf-8")
        source.joinpath("conf.py").write_text(
            "extensions = ['sphinx_halochat']\n"
            f"html_theme = {site_theme!r}\n"
            f"halochat_options = { ({**given, **options})!r}\n",
            encoding="utf-8",
        )
        build = [sys.executable, "-m", "sphinx", "-q", source, tmp_path / "html"]
        done = subprocess.run(build, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        server = serve(tmp_path / "html")
        server.answer("/favicon.ico", "")
        made.append(Docs(page, server, vendor))
        return made[-1]

    yield make
    for one in made:
        assert one.errors == []


@pytest.fixture
def stand_in(tmp_path: Path, serve: Callable[[Path], Any]) -> support.Vendor:
    return support.Vendor(serve(tmp_path))


@pytest.fixture
def visit_static(
    page: Page,
    stand_in: support.Vendor,
    tmp_path: Path,
    serve: Callable[[Path], Any],
) -> Iterator[Callable[..., Visit]]:
    """Serve static pages with chat to a visitor whose clock stands still."""
    visits: list[Visit] = []

    def make(*pages: Any, real_time: bool = False, **options: Any) -> Visit:
        server = serve(tmp_path)
        serve_pages(server, stand_in, *pages, **options)
        visits.append(Visit(page, server, stand_in))
        return visits[-1] if real_time else visits[-1].control_clock(stop=True)

    yield make
    for visit in visits:
        assert visit.errors == []


@pytest.fixture
def visit_instant(visit_static: Callable[..., Visit]) -> Callable[..., Visit]:
    """Serve pages that are changed as by Material's instant navigation."""

    def make(script: str = "", **options: Any) -> Visit:
        paths = ["home.html", "next.html", "off.html", "other.html", "guide/deep.html"]
        pages = {
            path: CHANGING.format(
                title=Path(path).stem.capitalize(),
                head=STYLE if path == "next.html" else "",
            )
            for path in paths
        }
        pages["contact.html"] = "<h1>Contact</h1>"
        layers = {"off.html": False, "other.html": {"colour": "#aa0000"}}
        visit = visit_static(pages, layers, **options)
        script = script or (HERE / "instant.js").read_text("utf-8")
        visit.server.answer("/navigation.js", script)
        return visit

    return make


@pytest.fixture
def visit_turbo(visit_instant: Callable[..., Visit]) -> Callable[..., Visit]:
    """Serve pages that Turbo changes."""
    return partial(visit_instant, TURBO.read_text("utf-8"))


@pytest.fixture
def visit_theme(
    page: Page,
    stand_in: support.Vendor,
    build_site: Callable[[str], Path],
    serve: Callable[[Path], Any],
) -> Iterator[Callable[..., Visit]]:
    """Serve a site of a real theme with chat."""
    visits: list[Visit] = []

    def make(name: str, layers: Any = None, /, **options: Any) -> Visit:
        folder = build_site(name)
        server = serve(folder)
        pages = {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for path in folder.rglob("*.html")
        }
        serve_pages(server, stand_in, pages, layers, **options)
        for path in folder.glob("sitemap.xml"):
            text = path.read_text("utf-8").replace(SITE_URL, server.url)
            server.answer("/sitemap.xml", text, type="text/xml")
        visit = Visit(page, server, stand_in)
        visits.append(visit.control_clock(stop=False))
        return visits[-1]

    yield make
    for visit in visits:
        assert visit.errors == []
