"""`halochat csp`: the Content-Security-Policy that chat needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from halochat.cli.configuration import (
    ConfigurationError,
    file_argument,
    find_source,
    usable,
)
from halochat.cli.site import Left, folder_type, read_pages
from halochat.csp import inline_hashes, policy, variants
from halochat.document import elements
from halochat.embed import Place, render
from halochat.layers import Layer

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
    pages = [page for page in variants(options) if page.get("enabled", True)]
    if not pages:
        raise ConfigurationError("Chat is off on every page: it needs no policy.")
    snippet = options.get("load") == "snippet"
    allowed = policy(pages, _hashes(pages, site) if snippet else ())
    name = "Content-Security-Policy" + ("-Report-Only" if report_only else "")
    click.echo(_FORMATS[form].format(name=name, policy=allowed))
    click.echo(_NOTES, err=True)
    if snippet and not site:
        click.echo(_HASHES, err=True)


def _hashes(pages: Iterable[Layer], site: Path | None) -> Iterator[str]:
    place = Place("index.html", link=str, asset=str)
    texts = (
        (page.text for _, page in read_pages(site, Left()))
        if site
        else (render(page, place).body for page in pages)
    )
    for text in texts:
        yield from inline_hashes(elements(text))
