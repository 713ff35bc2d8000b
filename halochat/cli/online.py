"""Requests the chat's script from Halo's server, and checks the response."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPException
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from halochat import __version__
from halochat.cli.built_site import split_address
from halochat.csp import origin
from halochat.layers import Layer

DEADLINE = 30
"""The time limit for the response in seconds, including redirects."""


def ask(address: str) -> dict[str, Any]:
    """Request a script as a page would, without a key; return facts and errors."""
    # A thread, because a slow or endless response may never reach a socket timeout.
    answers: list[dict[str, Any]] = []
    thread = Thread(target=lambda: answers.append(_ask(address)), daemon=True)
    thread.start()
    thread.join(DEADLINE)
    late = {"address": address, "wrong": [f"no response within {DEADLINE} s"]}
    return answers[0] if answers else late


def _ask(address: str) -> dict[str, Any]:
    agent = {"User-Agent": f"halochat/{__version__}"}
    try:
        with _open(Request(address, headers=agent)) as answer:  # noqa: S310 - checked
            status, url, headers = answer.status, answer.url, answer.headers
        is_elsewhere = origin(url) != origin(address)
    # The last two errors are raised for redirects to an invalid URL or port.
    except (OSError, HTTPException, ValueError, OverflowError) as error:
        return {"address": address, "wrong": [f"no response: {error}"]}
    kind = headers.get_content_type()
    wrong = [] if status == 200 else [f"expected 200, got {status}"]
    if status == 200 and not kind.endswith(("javascript", "ecmascript")):
        wrong.append(f"expected text/javascript, got {kind}")
    if headers.get("Cross-Origin-Resource-Policy", "cross-origin") != "cross-origin":
        wrong.append("its Cross-Origin-Resource-Policy blocks other sites")
    if is_elsewhere:
        wrong.append(f"redirected to {origin(url)}, which a CSP must also allow")
    return {"address": address, "status": status, "type": kind, "wrong": wrong}


def _open(request: Request) -> Any:
    try:
        return urlopen(request, timeout=10)  # noqa: S310 - https, by the option's kind
    except HTTPError as error:  # the error is also a response
        return error


def requirements(options: Layer, site_url: str) -> Iterator[str]:
    """Yield the settings that are needed in Halo and on the site."""
    hosts = options.get("hosts")
    host = split_address(site_url).hostname or "the host of the site"
    known = ", ".join(hosts) if isinstance(hosts, list) else host
    yield f"CORS: add to Halo's Global CORS whitelist: {known}"
    yield "CSP: if the site sends one, add the sources that `halochat csp` prints"
