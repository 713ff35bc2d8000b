"""`halochat csp`: prints the Content-Security-Policy that chat needs."""

from __future__ import annotations

from pathlib import Path

import click

from halochat.cli.built_site import folder_type
from halochat.cli.configuration import (
    CommandError,
    file_argument,
    load_configuration,
    load_site,
)
from halochat.cli.page_files import SkippedFiles, read_pages
from halochat.csp import policy

_FORMATS = {
    "header": "{name}: {policy}",
    "netlify": "/*\n  {name}: {policy}",
    "cloudflare": "/*\n  {name}: {policy}",
    "nginx": 'add_header {name} "{policy}" always;',
    "apache": 'Header always set {name} "{policy}"',
}
_NOTES = """\
These are the sources that the chat needs. Add them to the sources of your theme.
Certain: the hosts in script-src and connect-src, those of icon and sound, and hashes.
Probable: wss:, 'unsafe-inline' styles, data: images, frame-src and Google's font hosts.
  Halo does not document them, but widgets of this kind need them.
Start with --report-only, open a chat, and read what the browser reports.\
"""
_HASHES = """\
The hashes are calculated for a page in the top folder. To use the hashes of the built
pages, name their folder with --site.\
"""


_EPILOG = """\
\b
Example:
    halochat csp mkdocs.yml --format nginx --report-only
"""


@click.command(
    epilog=_EPILOG, short_help="Print the Content-Security-Policy for the chat."
)
@file_argument
@click.option(
    "--site",
    "folder",
    type=folder_type,
    metavar="FOLDER",
    help="Use the hashes of the built pages in FOLDER.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*_FORMATS]),
    default="header",
    help="Output format: a plain header, or the syntax of a server or a hosting "
    "service.",
)
@click.option(
    "--report-only",
    is_flag=True,
    help="Print a header that blocks nothing, so that browsers only report violations.",
)
def csp(file: Path | None, folder: Path | None, form: str, report_only: bool) -> None:
    """Print the Content-Security-Policy for the chat that FILE configures.

    FILE is a configuration file, as for `check`. Notes on standard error explain which
    sources are certain and which are probable.
    """
    site = load_site(load_configuration(file))
    skipped = SkippedFiles()
    built = (page.text for _, page in read_pages(folder, skipped)) if folder else None
    value = policy(site, built)
    if not value:
        raise CommandError("Chat is off on every page, so no policy is needed.")
    name = "Content-Security-Policy" + ("-Report-Only" if report_only else "")
    click.echo(_FORMATS[form].format(name=name, policy=value))
    click.echo(_NOTES, err=True)
    if site.options.get("load") == "snippet" and not folder:
        click.echo(_HASHES, err=True)
