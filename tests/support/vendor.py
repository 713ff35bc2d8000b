from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from embedding import INBOUND_EVENTS
from server import Server

WIDGET = Path(__file__).parents[1] / "browser" / "loader" / "widget.js"
SCRIPT = "/chat/index.js"
BARRIER = "/barrier"


class Vendor:
    """A server like the vendor's, with a script that imitates the widget."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.api = f"{server.url}/api"
        server.answer("/chat/index.css", ".vendor { z-index: 77 }", type="text/css")
        server.answer(BARRIER, "")
        self.serve()

    def serve(self, **how: object) -> None:
        """Serve the imitation; `how` is described in widget.js."""
        head = f"var HOW = {json.dumps(how)}, INBOUND = {json.dumps(INBOUND_EVENTS)};\n"
        self.server.answer(SCRIPT, head + WIDGET.read_text("utf-8"))

    def answer(self, body: str, **how: Any) -> None:
        """Serve another script, or a response with another status or type."""
        self.server.answer(SCRIPT, body, **how)

    def hang(self) -> None:
        """Accept the request for the script and never respond."""
        self.server.hang(SCRIPT)

    @property
    def requests(self) -> list[str]:
        """The requested paths, except those that the test itself requested."""
        return [path for path in self.server.requests if path != BARRIER]

    @property
    def loads(self) -> int:
        """The number of requests for the script."""
        return self.requests.count(SCRIPT)
