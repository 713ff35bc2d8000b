"""The parts of the package that the browser tests use."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import partial

from halochat import PageContext, Site
from halochat.assets import read_asset
from halochat.events import INBOUND
from halochat.languages import ENGLISH, Texts, texts

__all__ = ["ENGLISH", "INBOUND_EVENTS", "Texts", "asset", "embed_chat", "texts"]

INBOUND_EVENTS = [event.name for event in INBOUND]


def asset(stem: str) -> str:
    """Return the text of a file that the package ships."""
    return read_asset(stem).text


def embed_chat(
    options: Mapping[str, object], pages: Mapping[str, str]
) -> dict[str, str]:
    """Insert the embed into HTML pages by path; return these and the files they need."""
    site = Site(options)
    assert site.problems == []
    files = {asset.name: asset.text for asset in site.assets()}
    for path, html in pages.items():
        relative = partial(posixpath.relpath, start=posixpath.dirname(path) or ".")
        context = PageContext(path, relative, asset=relative)
        files[path] = site.page(path).insert_into(html, context)
    return files
