"""Build both sample sites with the preview widget, and serve them on this computer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "demo"
SITES = {"mkdocs": "MkDocs, Material theme", "sphinx": "Sphinx, furo theme"}


class Handler(SimpleHTTPRequestHandler):
    """Serve the sites, each with its own 404 page."""

    def send_error(
        self, code: int, message: str | None = None, explain: str | None = None
    ) -> None:
        """Send the site's 404 page if it has one."""
        page = OUT / self.path.split("/")[1] / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing, so that the addresses stay visible."""


def build(address: str) -> None:
    """Build the sites into OUT, to be served at an address."""
    samples = ROOT / "sample_docs"
    python = [sys.executable, "-m"]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    mkdocs = ["mkdocs", "build", "--quiet", "--strict"]
    subprocess.run(
        [*python, *mkdocs, "-f", samples / "mkdocs/mkdocs.yml", "-d", OUT / "mkdocs"],
        check=True,
        env=environment | {"SITE_URL": f"{address}/mkdocs/"},
    )
    sphinx = ["sphinx", "-q", "-W", "-b", "html"]
    subprocess.run(
        [*python, *sphinx, samples / "sphinx", OUT / "sphinx"],
        check=True,
        env=environment,
    )


def main() -> None:
    """Serve until Ctrl-C."""
    # Shells ignore SIGINT for programs that they start in the background.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    handler = partial(Handler, directory=str(OUT))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        print("Building the sample sites ...", flush=True)
        try:
            build(address)
            for name, title in SITES.items():
                print(f"{title}: {address}/{name}/")
            print("Press Ctrl-C to stop.", flush=True)
            server.serve_forever()
        except KeyboardInterrupt:
            print("\nStopped.")


if __name__ == "__main__":
    main()
