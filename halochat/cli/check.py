"""`halochat check`: reports problems of a configuration and of a built site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from halochat import Problem, Site
from halochat.cli.built_site import (
    BuiltSite,
    base_path,
    base_url_option,
    folder_type,
)
from halochat.cli.comparison import Comparison, Report
from halochat.cli.configuration import (
    CommandError,
    files_argument,
    load_configuration,
)
from halochat.cli.online import ask, requirements
from halochat.cli.output import echo, escape
from halochat.cli.page_files import exclude_option, read_start
from halochat.config_files import (
    Configuration,
    describe,
    front_matter,
    page_problems,
    read_front_matter,
)
from halochat.embed import vendor_script_url
from halochat.layers import patterns
from halochat.option_types import MAX_CHARACTERS
from halochat.options import find_option

_COLUMNS = ("page", "chat", "layer", "form", "wrong")
_EPILOG = """\
\b
Example:
    halochat check mkdocs.yml --site site

\b
Exit codes:
    0  no errors, but possibly warnings
    1  errors in pages, or in the response of Halo's server
    2  errors in the configuration; nothing else was checked
"""


@click.command(epilog=_EPILOG)
@files_argument
@click.option(
    "--site",
    "folder",
    type=folder_type,
    metavar="FOLDER",
    help="Also check the built site in FOLDER.",
)
@click.option(
    "--all", "show_all", is_flag=True, help="Also list pages without problems."
)
@exclude_option
@base_url_option
@click.option(
    "-D",
    "overrides",
    multiple=True,
    metavar="NAME=VALUE",
    help="Override a value of conf.py, as for `sphinx-build`. Can be repeated.",
)
@click.option(
    "-t",
    "tags",
    multiple=True,
    metavar="TAG",
    help="Define a tag for conf.py, as for `sphinx-build`. Can be repeated.",
)
@click.option(
    "--online", is_flag=True, help="Also request the chat's script from Halo's server."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def check(
    files: tuple[Path, ...],
    folder: Path | None,
    show_all: bool,
    exclude: list[re.Pattern[str]],
    base_url: str,
    overrides: tuple[str, ...],
    tags: tuple[str, ...],
    online: bool,
    as_json: bool,
) -> None:
    """Report problems of the chat that each FILE configures.

    FILE is halochat.yml, halochat.toml, zensical.toml, mkdocs.yml, properdocs.yml, or
    Sphinx's conf.py, which is executed. By default, the first of these files in the
    current folder is used. For mkdocs.yml, the front matter of the pages is checked,
    too.

    With --site, each page of a built site is compared with the configuration. The
    column `layer` shows which options decide for the page: those of the site, of a
    pattern in `pages`, or of the page itself. Redirects, and HTML files that MkDocs or
    Sphinx did not build, are only counted.
    """
    if len(files) > 1 and (folder or base_url or as_json):
        raise click.UsageError("--site, --base-url and --json need a single FILE.")
    code = 0
    output: list[str] = []
    for file in files or [None]:
        try:
            configuration = load_configuration(file, overrides, tags)
        except CommandError as error:
            error.show()
            code = error.exit_code
            continue
        report = _check(configuration, folder, exclude, base_url, online=online)
        code = max(code, report.code)
        output += [report.json()] if as_json else report.lines(show_all=show_all)
    for line in output or ["No problems found."] * (code == 0):
        (click.echo if as_json else echo)(line)
    raise SystemExit(code)


@dataclass(frozen=True)
class _Report:
    """The problems of a configuration, of the pages, and of the answer of Halo."""

    configuration: Configuration
    site: Site
    comparison: Comparison
    problems: list[tuple[str, Problem]]
    """The problems of the configuration and of front matter, with locations."""
    answer: Mapping[str, Any]
    summary: str
    code: int

    def lines(self, *, show_all: bool) -> Iterator[str]:
        """Yield the lines of the report as text."""
        if self.summary:
            yield self.summary
        if self.site.options.get("enabled") is False:
            location = self.configuration.location(("enabled",))
            yield f"{location}: chat is off, because `enabled` is false"
        for location, problem in self.problems:
            yield describe(location, problem)
        yield from self.comparison.skipped.errors
        yield from _table(self.comparison.reports, show_all=show_all)
        yield from _answer(self.answer, self.site, self.configuration.site_url)

    def json(self) -> str:
        """Return the report as JSON."""
        return _as_json(self.problems, self.comparison, self.answer)


def _check(
    configuration: Configuration,
    folder: Path | None,
    exclude: list[re.Pattern[str]],
    base_url: str,
    *,
    online: bool,
) -> _Report:
    """Check a configuration, and the site in a folder if one is given."""
    site = Site(configuration.options, syntax=configuration.syntax)
    is_off = site.options.get("enabled") is False
    problems = [*site.problems, *site.placeholder_problems()]
    base = base_path(base_url or configuration.site_url)
    built_site = BuiltSite(folder or Path(), site, base, configuration.source_folder)
    comparison = Comparison(built_site, _spellings(configuration))
    if _has_error(problems):
        folder = None
    elif folder:
        comparison.compare(exclude)
        problems += comparison.site_problems()
    elif is_off:
        problems += site.pattern_problems(
            built_site.source_files or patterns(site.options)
        )
    if not is_off and not comparison.has_chat:
        problems += configuration.problems
    has_errors = _has_error(problems)
    found = [(configuration.location(problem.path), problem) for problem in problems]
    pages = [] if has_errors else [*_page_problems(configuration, built_site)]
    answer: dict[str, Any] = {}
    if online and site.enabled and not has_errors:
        answer = ask(vendor_script_url(site.options))
    is_wrong = comparison.is_wrong or _has_error(problem for _, problem in pages)
    code = 2 if has_errors else int(is_wrong or bool(answer.get("wrong")))
    summary = _summary(folder, comparison) if folder else ""
    found += pages
    return _Report(configuration, site, comparison, found, answer, summary, code)


def _page_problems(
    configuration: Configuration, built_site: BuiltSite
) -> Iterator[tuple[str, Problem]]:
    """Yield the problems in the front matter of the pages of MkDocs, with locations."""
    folder, site = configuration.source_folder, built_site.site
    if folder is None or configuration.syntax != "yaml" or not site.enabled:
        return
    for path in built_site.source_files:
        text = read_start(folder / path, MAX_CHARACTERS)
        metadata = read_front_matter(text)
        page = site.page(path, front_matter(metadata))
        for line, problem in page_problems(page.problems, metadata, text):
            location = click.format_filename(folder / path)
            yield (f"{location}:{line}" if line else location), problem


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _spellings(configuration: Configuration) -> dict[str, str]:
    """Return the options that the configuration sets, as its author spells them."""
    names = ((find_option(name), str(name)) for name in configuration.options)
    return {option.name: name for option, name in names if option}


def _summary(folder: Path, comparison: Comparison) -> str:
    counts = comparison.counts
    pages = f"{counts['pages']} page{'s' * (counts['pages'] != 1)}"
    skipped, failed = comparison.skipped.counts, len(comparison.skipped.errors)
    return (
        f"{click.format_filename(folder)}: {pages}, {counts['on']} with chat, "
        f"{counts['off']} without; {counts['wrong']} wrong"
        + (f"; {failed} failed" if failed else "")
        + (f"; not compared: {skipped}" if skipped else "")
    )


def _as_json(
    problems: list[tuple[str, Problem]],
    comparison: Comparison,
    answer: object,
) -> str:
    counts = comparison.counts
    data = {
        "problems": [
            {
                "location": location,
                "path": problem.path,
                "message": problem.message,
                "severity": problem.severity,
            }
            for location, problem in problems
        ],
        "summary": {
            "pages": counts["pages"],
            "with_chat": counts["on"],
            "without_chat": counts["off"],
            "wrong": counts["wrong"],
            "not_compared": comparison.skipped.reasons,
        },
        "pages": [
            {name: getattr(report, name) for name in _COLUMNS}
            for report in comparison.reports
        ],
        "failed": comparison.skipped.errors,
        "online": answer,
    }
    return json.dumps(data, indent=2)


def _answer(answer: Mapping[str, Any], site: Site, site_url: str) -> Iterator[str]:
    if not answer:
        return
    facts = [str(answer[key]) for key in ("status", "type") if key in answer]
    yield f"{answer['address']}: {'; '.join([*facts, *answer['wrong']])}"
    yield from requirements(site.options, site_url)


def _table(reports: list[Report], *, show_all: bool) -> Iterator[str]:
    rows = [
        [
            escape(cell)
            for cell in (
                *(report.page, report.chat, report.layer, report.form),
                "; ".join(report.wrong),
            )
        ]
        for report in reports
        if show_all or report.wrong
    ]
    rows = [[*_COLUMNS], *rows] if rows else []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()
