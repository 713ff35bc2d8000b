from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from widgets import Case, Visit

LAUNCH = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]
# Whatever a page asks of another host fails at once.
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    """Use the system's Chromium where there is one, else Playwright's own."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    arguments = [*LAUNCH, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    if "HALOCHAT_WIDGET_URL" not in os.environ:  # the contract's cases, against Halo
        arguments.append(OFFLINE)
    launch = {**browser_type_launch_args, "args": arguments}
    return {**launch, "executable_path": found} if found else launch


class Server:
    """A loopback web server that remembers what was asked of it."""

    def __init__(self, folder: Path) -> None:
        self.requests: list[str] = []
        self.answers: dict[str, Callable[[SimpleHTTPRequestHandler], None]] = {}
        self.closing = threading.Event()
        server = self

        class Handler(SimpleHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.partition("?")[0]
                server.requests.append(path)
                answer = server.answers.get(path)
                if answer:
                    answer(self)
                else:
                    super().do_GET()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(Handler, directory=str(folder))
        )
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.01,)).start()

    def answer(
        self,
        path: str,
        body: str,
        *,
        status: int = 200,
        type: str = "text/javascript",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer one path with this text."""

        def send(handler: SimpleHTTPRequestHandler) -> None:
            data = body.encode()
            handler.send_response(status)
            handler.send_header("Content-Type", f"{type}; charset=utf-8")
            handler.send_header("Content-Length", str(len(data)))
            for name, value in (headers or {}).items():
                handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(data)

        self.answers[path] = send

    def hang(self, path: str) -> None:
        """Never answer this path."""
        self.answers[path] = lambda handler: bool(self.closing.wait())  # type: ignore[return-value]

    def hold(self, path: str) -> Callable[[], None]:
        """Keep the answer to a path back until the returned function is called."""
        answer = self.answers[path]
        released = threading.Event()

        def wait(handler: SimpleHTTPRequestHandler) -> None:
            released.wait()
            answer(handler)

        self.answers[path] = wait
        return released.set

    def close(self) -> None:
        self.closing.set()
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def serve() -> Iterator[Callable[[Path], Server]]:
    servers: list[Server] = []

    def start(folder: Path) -> Server:
        servers.append(Server(folder))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="module")
def shared_page(browser: Browser) -> Iterator[Page]:
    """Open a page whose clock stands still, for the tests of a module."""
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    yield page
    context.close()


@pytest.fixture
def visit(
    shared_page: Page, tmp_path: Path, serve: Callable[[Path], Server]
) -> Iterator[Callable[[Case], Visit]]:
    """Return a visitor of pages with a widget; each has a server of its own."""
    visitors: list[Visit] = []

    def make(case: Case) -> Visit:
        visitors.append(Visit(shared_page, serve(tmp_path), case))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.leave()
