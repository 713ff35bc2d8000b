"""Builds the Content-Security-Policy that the chat of a site needs."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from urllib.parse import urlsplit

from halochat.document import Element, elements
from halochat.embed import PageContext, render, vendor_script_url
from halochat.layers import Layer, overlay, patterns
from halochat.options import PROPERTIES
from halochat.site import Site

_MEDIA_DIRECTIVES = {"image": "img-src", "audio": "media-src"}


def policy(site: Site, built_pages: Iterable[str] | None = None) -> str:
    """Return the policy that the chat of a site needs; an empty string without chat.

    With `load: snippet`, the policy contains hashes of inline scripts. They are taken
    from the built pages if given, and are otherwise calculated for a page in the top
    folder.
    """
    variants = [page for page in _variants(site.options) if page.get("enabled", True)]
    if not variants:
        return ""
    allowed: dict[str, dict[str, None]] = {"script-src": {}}
    if site.options.get("load") == "snippet":
        pages = map(_snippet, variants) if built_pages is None else built_pages
        hashes = (value for html in pages for value in inline_hashes(elements(html)))
        allowed["script-src"].update(dict.fromkeys(hashes))
    for options in variants:
        for directive, sources in _sources(options).items():
            allowed.setdefault(directive, {}).update(dict.fromkeys(sources))
    return "; ".join(" ".join([name, *sources]) for name, sources in allowed.items())


def origin(url: str) -> str:
    """Return the origin of a URL as a CSP source; `'self'` for a path in the site."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"


def inline_hashes(tags: Iterable[Element]) -> Iterator[str]:
    """Yield the CSP hash of every inline script that configures the widget."""
    for element in tags:
        if element.name == "script" and "haloChatConfig" in element.text:
            digest = sha256(element.text.encode(errors="surrogateescape")).digest()
            yield f"'sha256-{base64.b64encode(digest).decode()}'"


def _variants(options: Layer) -> Iterator[Layer]:
    """Yield the options of the site, alone and merged with those of each pattern."""
    site = {name: value for name, value in options.items() if name != "pages"}
    for layer in ({}, *patterns(options).values()):
        yield overlay(site, layer)


def _snippet(options: Layer) -> str:
    return render(options, PageContext("index.html", link=str, asset=str)).body


def _sources(options: Layer) -> dict[str, list[str]]:
    """Return the sources that the chat of a page needs, by directive."""
    script = origin(vendor_script_url(options))
    api = origin(str(options["chat_service_url"]))
    google = bool(options.get("include_font", True))
    sources = {
        "script-src": ["'self'", script],
        "connect-src": ["'self'", api, re.sub("^http", "ws", api)],
        "style-src": [
            "'self'",
            "'unsafe-inline'",
            *["https://fonts.googleapis.com"] * google,
        ],
        "font-src": ["'self'", *["https://fonts.gstatic.com"] * google],
        "img-src": ["'self'", "data:", script],
        "media-src": ["'self'", script],
        "frame-src": ["'self'", script],
    }
    for option in PROPERTIES:
        if option.media and option.name in options:
            url = str(options[option.name])
            sources[_MEDIA_DIRECTIVES[option.media]].append(origin(url))
    return sources
