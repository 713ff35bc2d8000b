"""What Halo's server says when it is asked for the chat's script."""

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
"""The seconds that an answer may take, redirects included."""


def ask(address: str) -> dict[str, Any]:
    """Ask for a script as a page would, without a key, and tell what came back."""
    # A server that answers byte by byte, or by redirects, never meets a timeout.
    answers: list[dict[str, Any]] = []
    thread = Thread(target=lambda: answers.append(_ask(address)), daemon=True)
    thread.start()
    thread.join(DEADLINE)
    late = {"address": address, "wrong": [f"no answer within {DEADLINE} s"]}
    return answers[0] if answers else late


def _ask(address: str) -> dict[str, Any]:
    agent = {"User-Agent": f"halochat/{__version__}"}
    try:
        with _open(Request(address, headers=agent)) as answer:  # noqa: S310 - checked
            status, url, headers = answer.status, answer.url, answer.headers
        is_elsewhere = origin(url) != origin(address)
    # The last two: redirects to what is no URL, or has no such port.
    except (OSError, HTTPException, ValueError, OverflowError) as error:
        return {"address": address, "wrong": [f"no answer: {error}"]}
    kind = headers.get_content_type()
    wrong = [] if status == 200 else [f"expected 200, got {status}"]
    if status == 200 and not kind.endswith(("javascript", "ecmascript")):
        wrong.append(f"expected text/javascript, got {kind}")
    if headers.get("Cross-Origin-Resource-Policy", "cross-origin") != "cross-origin":
        wrong.append("its Cross-Origin-Resource-Policy keeps it from other sites")
    if is_elsewhere:
        wrong.append(f"sent on to {origin(url)}, which a policy has to allow too")
    return {"address": address, "status": status, "type": kind, "wrong": wrong}


def _open(request: Request) -> Any:
    try:
        return urlopen(request, timeout=10)  # noqa: S310 - https, by the option's kind
    except HTTPError as error:  # an answer as well
        return error


def requirements(options: Layer, site_url: str) -> Iterator[str]:
    """Yield what has to be set up, on Halo's side and on the site's."""
    hosts = options.get("hosts")
    host = split_address(site_url).hostname or "the host of the site"
    known = ", ".join(hosts) if isinstance(hosts, list) else host
    yield f"CORS: list in Halo's Global CORS whitelist: {known}"
    yield "CSP: if the site sends one, it needs what `halochat csp` prints"
