"""`halochat inject`: put chat into the pages of a built site."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

import click

from halochat import document
from halochat.cli.configuration import ConfigurationError, find_source, usable
from halochat.cli.site import (
    ASSETS,
    TEMPORARY,
    Left,
    Site,
    base_path,
    folder_type,
    idle_patterns,
    our_assets,
    read_pages,
    write,
)
from halochat.embed import assets
from halochat.layers import OFF

_EPILOG = """\
\b
Example:
    zensical build
    halochat inject site -c zensical.toml

\b
Exit codes:
    0  every page is as it should be
    1  some files could not be read or written; all others are done
    2  the configuration or the command line is wrong; nothing was changed
"""


@click.command(epilog=_EPILOG)
@click.argument("folder", type=folder_type)
@click.option(
    "-c",
    "--config",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The configuration; else the first of halochat.yml, halochat.toml, "
    "zensical.toml, mkdocs.yml in the current folder.",
)
@click.option(
    "--base-url",
    default="",
    help="Address of the site, for error pages such as 404.html, which show up in any "
    "folder; else the configuration's `site_url`.",
)
@click.option("--remove", is_flag=True, help="Take chat out again, byte for byte.")
@click.option("--dry-run", is_flag=True, help="Say what would change, change nothing.")
def inject(
    folder: Path, file: Path | None, base_url: str, remove: bool, dry_run: bool
) -> None:
    """Put chat into every HTML page in FOLDER, a built site.

    For any generator, after each build. Patterns in `pages` match paths in FOLDER. Run
    again, it replaces what it put in before.
    """
    site = Site(folder, OFF)
    if not remove:
        source = find_source(file)
        base = base_path(base_url or source.site_url)
        site = Site(folder, usable(source), base, source.content)
    left = Left()
    files = {asset.name: asset.text for asset in assets(site.options)}
    if files and not dry_run:
        _add_assets(folder, files)
    counts = _all_pages(site, left, dry_run=dry_run)
    if not dry_run and not left.failed:
        _drop_assets(folder, keep=files)
    if remove and not dry_run:
        for path in folder.rglob(TEMPORARY.format("*")):  # of runs that were killed
            path.unlink()
    for message in left.failed:
        click.echo(message, err=True)
    changed = f"{'would change' if dry_run else 'changed'} {counts['changed']}"
    states = "" if remove else f": {counts['on']} with chat, {counts['off']} without"
    pages = counts["on"] + counts["off"]
    click.echo(f"{pages} page{'s' * (pages != 1)}{states}; {changed}{left}")
    if left.failed:
        raise SystemExit(1)


def _all_pages(site: Site, left: Left, *, dry_run: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    pages: list[str] = []
    notes = set()
    for path, page in read_pages(site.folder, left):
        embed = site.embed(path, page.text)
        html = document.place(page.text, embed)
        if html != page.text:
            try:
                if not dry_run:
                    write(site.folder / path, page.encode(html), page.mode)
            except OSError as error:
                left.fail(path, error)
                continue
            counts["changed"] += 1
        notes.add(embed.note)
        counts["on" if site.options_of(path).get("enabled", True) else "off"] += 1
        pages.append(path)
    for pattern in idle_patterns(site, pages):
        click.echo(f"warning: pages.{pattern}: matches no page", err=True)
    for note in sorted(filter(None, notes)):
        click.echo(f"info: {note}", err=True)
    return counts


def _add_assets(folder: Path, files: dict[str, str]) -> None:
    try:
        (folder / ASSETS).mkdir(exist_ok=True)
        for path in (folder / ASSETS / name for name in files):
            if not path.exists():
                write(path, files[path.name].encode())
    except OSError as error:
        raise ConfigurationError(str(error)) from None


def _drop_assets(folder: Path, keep: dict[str, str]) -> None:
    for path in our_assets(folder):
        if path.name not in keep:
            path.unlink()
    with suppress(OSError):  # there are other files in it, or it is not there
        (folder / ASSETS).rmdir()
