"""What a Content-Security-Policy has to allow for chat."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from urllib.parse import urlsplit

from halochat.document import Element
from halochat.embed import Place, script_url
from halochat.layers import Layer, patterns, resolve


def vendor_script(options: Layer) -> str:
    """Return the address of Halo's script, also where a preview stands in for it."""
    nowhere = Place("", link=str, asset=str)
    return script_url({**options, "preview": False}, nowhere)


def origin(address: str) -> str:
    """Return the origin of an address; of a path in the site, the page's own."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else "'self'"


def inline_hashes(tags: Iterable[Element]) -> Iterator[str]:
    """Yield the source expression of every inline script that sets up the widget."""
    for element in tags:
        if element.name == "script" and "haloChatConfig" in element.text:
            digest = sha256(element.text.encode(errors="surrogateescape")).digest()
            yield f"'sha256-{base64.b64encode(digest).decode()}'"


def variants(options: Layer) -> Iterator[Layer]:
    """Yield the site's options, and what each pattern makes of them."""
    site = {**options, "pages": {}}
    for layer in ({}, *patterns(options).values()):
        yield resolve(site, "", layer)


def policy(pages: Iterable[Layer], hashes: Iterable[str]) -> str:
    """Return the policy that the chat of some pages needs."""
    allowed = {"script-src": dict.fromkeys(hashes)}
    for page in pages:
        for directive, sources in _sources(page).items():
            allowed.setdefault(directive, {}).update(dict.fromkeys(sources))
    return "; ".join(" ".join([name, *sources]) for name, sources in allowed.items())


def _sources(options: Layer) -> dict[str, list[str]]:
    """Return what the chat of a page asks a browser for, by directive."""
    script = origin(vendor_script(options))
    api = origin(str(options["chat_service_url"]))
    google = bool(options.get("include_font", True))
    styles = ["'self'", "'unsafe-inline'", *["https://fonts.googleapis.com"] * google]
    return {
        "script-src": ["'self'", script],
        "connect-src": ["'self'", api, re.sub("^http", "ws", api)],
        "style-src": styles,
        "font-src": ["'self'", *["https://fonts.gstatic.com"] * google],
        "img-src": ["'self'", "data:", script, origin(str(options.get("icon", "")))],
        "media-src": ["'self'", script, origin(str(options.get("sound", "")))],
        "frame-src": ["'self'", script],
    }
