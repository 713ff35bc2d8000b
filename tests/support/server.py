from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

# Pages on a port that was used before would find what browsers stored for it.
_used_ports: set[int] = set()


def _listen(handler: Callable[..., SimpleHTTPRequestHandler]) -> ThreadingHTTPServer:
    """Listen on a port that no earlier server of this process had."""
    while True:
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        if server.server_port not in _used_ports:
            _used_ports.add(server.server_port)
            return server
        server.server_close()


class Server:
    """A loopback web server that records the paths of its requests."""

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

        self._http = _listen(partial(Handler, directory=str(folder)))
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
        """Serve a text at a path."""

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
        """Never respond to requests for a path."""
        self.answers[path] = lambda handler: bool(self.closing.wait())  # type: ignore[return-value]

    def hold(self, path: str) -> Callable[[], None]:
        """Delay the response to a path until the returned function is called."""
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
