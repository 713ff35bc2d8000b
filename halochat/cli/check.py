"""`halochat check`: reports problems of a configuration and of a built site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
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
from halochat.cli.configuration import file_argument, load_configuration
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
_OFF = "Chat is off in this configuration: `enabled` is false."
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
@file_argument
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
    file: Path | None,
    folder: Path | None,
    show_all: bool,
    exclude: list[re.Pattern[str]],
    base_url: str,
    overrides: tuple[str, ...],
    tags: tuple[str, ...],
    online: bool,
    as_json: bool,
) -> None:
    """Report problems of the chat that FILE configures.

    FILE is halochat.yml, halochat.toml, zensical.toml, mkdocs.yml, properdocs.yml, or
    Sphinx's conf.py, which is executed. By default, the first of these files in the
    current folder is used. For mkdocs.yml, the front matter of the pages is checked,
    too.

    With --site, each page of a built site is compared with the configuration. The
    column `layer` shows which options decide for the page: those of the site, of a
    pattern in `pages`, or of the page itself. Redirects, and HTML files that MkDocs or
    Sphinx did not build, are only counted.
    """
    configuration = load_configuration(file, overrides, tags)
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
    if as_json:
        click.echo(_as_json([*found, *pages], comparison, answer))
    else:
        lines = [_summary(folder, comparison)] if folder else []
        lines += [_OFF] * is_off
        lines += [describe(location, problem) for location, problem in found + pages]
        lines += comparison.skipped.errors
        lines += _table(comparison.reports, show_all=show_all)
        lines += _answer(answer, site, configuration.site_url)
        for line in lines or ["No problems found."]:
            echo(line)
    if has_errors:
        raise SystemExit(2)
    is_wrong = comparison.is_wrong or _has_error(problem for _, problem in pages)
    if is_wrong or answer.get("wrong"):
        raise SystemExit(1)


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
