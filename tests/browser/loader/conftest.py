from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from server import Server
from static_pages import serve_pages
from visit import Visit

Serve: TypeAlias = Callable[[Path], Server]

INSTANT = Path(__file__).with_name("instant.js")
NODE_MODULES = Path(__file__).parents[3] / "node_modules"
TURBO = NODE_MODULES / "@hotwired/turbo/dist/turbo.es2017-umd.js"
# A page that the script /navigation.js changes without a full load. Turbo loads a page in
# full if a click comes while it prefetches that page.
CHANGING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><title>{title}</title>
<meta name="turbo-prefetch" content="false" />
<script src="/navigation.js" defer></script>{head}</head>
<body><main data-md-component="container"><h1>{title}</h1><a href="#halo-chat">Ask us</a>
<a href="/home.html">To home</a> <a href="/next.html">To next</a>
<a href="/off.html">To off</a> <a href="/other.html">To other</a>
<a href="/guide/deep.html">To deep</a></main></body></html>
"""
STYLE = "<style>h1 { opacity: 0.25 }</style>"


@pytest.fixture
def visit_static(
    visits: Callable[[Server], Visit], tmp_path: Path, serve: Serve
) -> Callable[..., Visit]:
    """Serve static pages with chat to a visitor whose clock can be advanced."""

    def make(*pages: Any, real_time: bool = False, **options: object) -> Visit:
        visit = visits(serve(tmp_path))
        serve_pages(visit.server, visit.vendor, *pages, **options)
        return visit if real_time else visit.control_clock()

    return make


@pytest.fixture
def visit_instant(visit_static: Callable[..., Visit]) -> Callable[..., Visit]:
    """Serve pages that change as with Material's instant navigation."""

    def make(script: Path = INSTANT, **options: object) -> Visit:
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
        visit.server.answer("/navigation.js", script.read_text("utf-8"))
        return visit

    return make


@pytest.fixture
def visit_turbo(visit_instant: Callable[..., Visit]) -> Callable[..., Visit]:
    """Serve pages that Turbo changes."""
    return partial(visit_instant, TURBO)
