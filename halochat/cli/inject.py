"""`halochat inject`: put chat into the pages of a built site."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

import click

from halochat import Site
from halochat.assets import remove_temporary_files, write_file
from halochat.cli.built_site import (
    ASSETS,
    BuiltSite,
    SkippedFiles,
    base_path,
    folder_type,
    read_pages,
)
from halochat.cli.configuration import CommandError, load_configuration, load_site
from halochat.cli.output import echo

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
@click.option(
    "--dry-run", is_flag=True, help="Print what would change; change nothing."
)
def inject(
    folder: Path, file: Path | None, base_url: str, remove: bool, dry_run: bool
) -> None:
    """Put chat into every HTML page in FOLDER, a built site.

    For any generator, after each build. Patterns in `pages` match paths in FOLDER. Run
    again, it replaces what it put in before.
    """
    site = Site({"enabled": False})
    built_site = BuiltSite(folder, site)
    if not remove:
        configuration = load_configuration(file)
        base = base_path(base_url or configuration.site_url)
        site = load_site(configuration)
        built_site = BuiltSite(folder, site, base, configuration.source_folder)
    skipped = SkippedFiles()
    if not dry_run:
        try:
            site.write_assets(folder / ASSETS)
        except OSError as error:
            raise CommandError(str(error)) from None
    counts = _insert_embeds(built_site, skipped, dry_run=dry_run)
    if not dry_run and not skipped.errors:
        try:
            site.remove_old_assets(folder / ASSETS)
        except OSError as error:
            skipped.add_error(ASSETS, error)
        with suppress(OSError):  # there are other files in it, or it does not exist
            (folder / ASSETS).rmdir()
    if remove and not dry_run:
        remove_temporary_files(folder)
    for message in skipped.errors:
        echo(message, err=True)
    changed = f"{'would change' if dry_run else 'changed'} {counts['changed']}"
    states = "" if remove else f": {counts['on']} with chat, {counts['off']} without"
    pages = counts["on"] + counts["off"]
    click.echo(f"{pages} page{'s' * (pages != 1)}{states}; {changed}{skipped}")
    if skipped.errors:
        raise SystemExit(1)


def _insert_embeds(
    built_site: BuiltSite, skipped: SkippedFiles, *, dry_run: bool
) -> Counter[str]:
    counts: Counter[str] = Counter()
    source_paths: list[str] = []
    notes = set()
    for path, file in read_pages(built_site.folder, skipped):
        page = built_site.page(path)
        context = built_site.context(path, file.text)
        html = page.insert_into(file.text, context)
        if html != file.text:
            try:
                if not dry_run:
                    write_file(built_site.folder / path, file.encode(html), file.mode)
            except OSError as error:
                skipped.add_error(path, error)
                continue
            counts["changed"] += 1
        notes.update(page.notes(context))
        counts["on" if page.enabled else "off"] += 1
        source_paths.append(built_site.source_path(path))
    problems = built_site.site.unmatched_patterns(source_paths)
    for problem in [*problems, *sorted(notes, key=str)]:
        echo(f"{problem.severity}: {problem}", err=True)
    return counts
