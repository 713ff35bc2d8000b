"""`halochat inject`: adds chat to the pages of a built site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import click

from halochat import Problem, Site
from halochat.assets import remove_temporary_files, stale_assets, write_file
from halochat.cli.built_site import (
    ASSETS,
    BuiltSite,
    base_path,
    base_url_option,
    folder_type,
)
from halochat.cli.configuration import CommandError, load_configuration, load_site
from halochat.cli.output import echo
from halochat.cli.page_files import (
    REDIRECT,
    File,
    SkippedFiles,
    exclude_option,
    is_redirect,
    read_pages,
)
from halochat.document import keep_page_tags, remove_embed

_EPILOG = """\
\b
Example:
    zensical build
    halochat inject site -c zensical.toml

\b
Options of a page, in its head (with the content false, it gets no chat):
    <meta name="halo-chat-page" content='{"load": "click"}'>

\b
Exit codes:
    0  all pages are up to date
    1  some files could not be read or written, or some pages set wrong options; the
       other pages are up to date
    2  the configuration or the command line is wrong; no files were changed
"""


@click.command(
    epilog=_EPILOG, short_help="Add chat to the HTML pages of any generator."
)
@click.argument("folder", type=folder_type)
@click.option(
    "-c",
    "--config",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Configuration file. Default: the first of halochat.yml, halochat.toml, "
    "zensical.toml, mkdocs.yml, properdocs.yml, conf.py in the current folder.",
)
@base_url_option
@click.option(
    "--preview", is_flag=True, help="Insert the preview in place of Halo's chat."
)
@click.option("--remove", is_flag=True, help="Remove chat and restore the pages.")
@click.option(
    "--dry-run", is_flag=True, help="Print what would change, without changing files."
)
@exclude_option
def inject(
    folder: Path,
    file: Path | None,
    base_url: str,
    preview: bool,
    remove: bool,
    dry_run: bool,
    exclude: list[re.Pattern[str]],
) -> None:
    """Add chat to every HTML page in FOLDER, a site built by any generator.

    Run this command after each build. If you run it again, it replaces the earlier
    chat. Patterns in `pages` match paths in FOLDER. Redirects get no chat.
    """
    site = Site({"enabled": False})
    describe: Callable[[Problem], str] = str
    built_site = BuiltSite(folder, site)
    if not remove:
        configuration = load_configuration(file)
        if preview:
            configuration = configuration.with_option("preview", True)
        describe = configuration.describe
        base = base_path(base_url or configuration.site_url)
        site = load_site(configuration)
        built_site = BuiltSite(folder, site, base, configuration.source_folder)
    skipped = SkippedFiles()
    try:
        if dry_run:
            stale_assets(folder / ASSETS, site.assets())
        else:
            site.write_assets(folder / ASSETS)
    except OSError as error:
        raise CommandError(str(error)) from None
    pages = _Pages(
        built_site, skipped, describe, is_removing=remove, is_dry_run=dry_run
    )
    counts = pages.insert_embeds(exclude)
    if remove and not dry_run:
        remove_temporary_files(folder)
    if not dry_run and not skipped.errors:
        try:
            site.remove_old_assets(folder / ASSETS)
        except OSError as error:
            skipped.add_error(ASSETS, error)
        with suppress(OSError):  # the folder has other files, or does not exist
            (folder / ASSETS).rmdir()
    for message in skipped.errors:
        echo(message, err=True)
    verb = "would change" if dry_run else "changed"
    states = "" if remove else f": {counts['on']} with chat, {counts['off']} without"
    total = counts["on"] + counts["off"]
    changed = f"{verb} {counts['changed']}"
    click.echo(f"{total} page{'s' * (total != 1)}{states}; {changed}{skipped}")
    if skipped.errors or counts["wrong"]:
        raise SystemExit(1)


@dataclass
class _Pages:
    """The pages of a site while chat is inserted, with counts for the summary."""

    built_site: BuiltSite
    skipped: SkippedFiles
    describe: Callable[[Problem], str]
    is_removing: bool
    is_dry_run: bool
    counts: Counter[str] = field(default_factory=Counter)
    notes: set[Problem] = field(default_factory=set)
    source_paths: list[str] = field(default_factory=list)

    def insert_embeds(self, exclude: Iterable[re.Pattern[str]]) -> Counter[str]:
        """Insert the embed into each page, and report problems."""
        site = self.built_site.site
        for path, file in read_pages(self.built_site.folder, self.skipped, exclude):
            if not self.is_removing and is_redirect(path, file.text):
                # An earlier release inserted chat into redirects.
                self._write(path, file, remove_embed(file.text))
                self.skipped.reasons[REDIRECT] += 1
            else:
                self._insert_embed(path, file)
        if not self.counts and not str(self.skipped):
            name = click.format_filename(self.built_site.folder)
            message = "warning: contains no HTML pages; build the site first"
            echo(f"{name}: {message}", err=True)
        problems = site.pattern_problems(self.source_paths)
        problems += self.built_site.links.broken_links(site.options)
        for problem in [*problems, *sorted(self.notes, key=str)]:
            echo(self.describe(problem), err=True)
        return self.counts

    def _insert_embed(self, path: str, file: File) -> None:
        page, problems = self.built_site.page(path, file.text)
        context = self.built_site.context(path, file.text)
        html = page.insert_into(file.text, context)
        # In a site without chat, the tags with page options are not changed.
        if self.built_site.site.enabled:
            html = keep_page_tags(html)
        if not self._write(path, file, html):
            return
        self.notes.update(page.notes(context))
        self.counts["on" if page.enabled else "off"] += 1
        self.source_paths.append(self.built_site.source_path(path))
        for problem in problems if not self.is_removing else ():
            is_error = problem.severity == "error"
            self.counts["wrong"] += is_error
            severity = "" if is_error else f"{problem.severity}: "
            echo(f"{click.format_filename(path)}: {severity}{problem}", err=True)

    def _write(self, path: str, file: File, html: str) -> bool:
        """Replace a page if it changes; return false if it cannot be written."""
        if html == file.text:
            return True
        try:
            if not self.is_dry_run:
                target = self.built_site.folder / path
                write_file(target, file.encode(html), file.mode)
        except OSError as error:
            self.skipped.add_error(path, error)
            return False
        self.counts["changed"] += 1
        return True
