"""What the browser tests use of the package, in one place."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import partial

from halochat import document, embed
from halochat.checking import check_site
from halochat.events import INBOUND
from halochat.languages import Texts, texts
from halochat.layers import resolve

__all__ = ["INBOUND_EVENTS", "Texts", "asset", "embed_chat", "texts"]

INBOUND_EVENTS = [event.name for event in INBOUND]


def asset(name: str) -> str:
    """Return the text of a file that the package ships."""
    return embed.asset(name).text


def embed_chat(
    options: Mapping[str, object], pages: Mapping[str, str]
) -> dict[str, str]:
    """Insert the embed into HTML pages by path; return these and the files they need."""
    checked = check_site(options)
    assert checked.problems == []
    files = {asset.name: asset.text for asset in embed.assets(checked.options)}
    for path, html in pages.items():
        relative = partial(posixpath.relpath, start=posixpath.dirname(path) or ".")
        place = embed.Place(path, relative, asset=relative)
        tags = embed.render(resolve(checked.options, path), place)
        files[path] = document.place(html, tags)
    return files
