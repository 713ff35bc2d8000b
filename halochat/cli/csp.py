"""`halochat csp`: the Content-Security-Policy that chat needs."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import click

from halochat.cli.configuration import (
    ConfigurationError,
    file_argument,
    find_source,
    usable,
)
from halochat.cli.site import Left, folder_type, patterns, read_pages
from halochat.document import Element, elements
from halochat.embed import Place, render, script_url
from halochat.layers import Layer, resolve

_FORMATS = {
    "header": "{name}: {policy}",
    "netlify": "/*\n  {name}: {policy}",
    "cloudflare": "/*\n  {name}: {policy}",
    "nginx": 'add_header {name} "{policy}" always;',
    "apache": 'Header always set {name} "{policy}"',
}
_NOTES = """\
These are the sources that chat needs: add them to those of your theme.
Certain: the addresses in script-src and connect-src, those of icon and sound, and
  hashes, because the page or Halo's guide asks for them.
Probable: wss:, 'unsafe-inline' styles, data: images, frame-src and Google's font hosts,
  because Halo documents none of them and widgets of this kind need them.
So begin with --report-only, open a chat, and read what the browser reports.\
"""
_HASHES = """\
The hashes hold for pages as they are written now, in the top folder: with --site they
are those of the pages in a built site.\
"""


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


_EPILOG = """\
\b
Example:
    halochat csp mkdocs.yml --format nginx --report-only
"""


@click.command(epilog=_EPILOG)
@file_argument
@click.option("--site", type=folder_type, help="The built site, for its exact hashes.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_FORMATS]),
    default="header",
    help="How it is written: for whom.",
)
@click.option("--report-only", is_flag=True, help="Let browsers report, not block.")
def csp(file: Path | None, site: Path | None, form: str, report_only: bool) -> None:
    """Print the Content-Security-Policy for the chat that FILE configures.

    What is certain and what is only probable is said on standard error.
    """
    options = usable(find_source(file))
    pages = [page for page in _variants(options) if page.get("enabled", True)]
    if not pages:
        raise ConfigurationError("Chat is off on every page: it needs no policy.")
    snippet = options.get("load") == "snippet"
    policy = _policy(pages, _hashes(pages, site) if snippet else ())
    name = "Content-Security-Policy" + ("-Report-Only" if report_only else "")
    click.echo(_FORMATS[form].format(name=name, policy=policy))
    click.echo(_NOTES, err=True)
    if snippet and not site:
        click.echo(_HASHES, err=True)


def _variants(options: Layer) -> Iterator[Layer]:
    """Yield the site's options, and what each pattern makes of them."""
    site = {**options, "pages": {}}
    for layer in ({}, *patterns(options).values()):
        yield resolve(site, "", layer)


def _hashes(pages: Iterable[Layer], site: Path | None) -> Iterator[str]:
    place = Place("index.html", link=str, asset=str)
    texts = (
        (page.text for _, page in read_pages(site, Left()))
        if site
        else (render(page, place).body for page in pages)
    )
    for text in texts:
        yield from inline_hashes(elements(text))


def _policy(pages: Iterable[Layer], hashes: Iterable[str]) -> str:
    policy = {"script-src": dict.fromkeys(hashes)}
    for page in pages:
        for directive, sources in _sources(page).items():
            policy.setdefault(directive, {}).update(dict.fromkeys(sources))
    return "; ".join(" ".join([name, *sources]) for name, sources in policy.items())


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
