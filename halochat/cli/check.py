"""`halochat check`: what is wrong with a configuration, and with its built pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

import click

from halochat import Problem, Site
from halochat.assets import asset_defect, asset_stem
from halochat.cli.built_site import (
    BuiltSite,
    base_path,
    folder_type,
)
from halochat.cli.configuration import file_argument, load_configuration
from halochat.cli.online import ask, requirements
from halochat.cli.output import echo, escape
from halochat.cli.page_files import SkippedFiles, read_pages
from halochat.config_files import Configuration
from halochat.csp import inline_hashes, origin
from halochat.document import Element, elements
from halochat.embed import vendor_script_url
from halochat.inspection import (
    EmbedData,
    differences,
    has_preview,
    is_page_setting,
    read_embeds,
)
from halochat.layers import matching_patterns

_FROZEN = re.compile(r"(?:.*/)?assets/external/.*chat/index(?:\.\w+)?\.js")


class Report(NamedTuple):
    """What a built page has, which layer decided it, and what is wrong."""

    page: str
    chat: str
    layer: str
    form: str
    wrong: list[str]


_EPILOG = """\
\b
Example:
    halochat check mkdocs.yml --site site

\b
Exit codes:
    0  nothing is wrong
    1  something is wrong in a page, or with Halo's answer
    2  something is wrong in the configuration; nothing else was looked at
"""


@click.command(epilog=_EPILOG)
@file_argument
@click.option(
    "--site", "folder", type=folder_type, help="Look at this built site, too."
)
@click.option("--base-url", default="", help="As in `halochat inject`.")
@click.option("--online", is_flag=True, help="Ask Halo's server for the chat's script.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def check(
    file: Path | None, folder: Path | None, base_url: str, online: bool, as_json: bool
) -> None:
    """List what is wrong with the chat that FILE configures.

    FILE is mkdocs.yml, zensical.toml, Sphinx's conf.py (which is run, as Sphinx does),
    halochat.yml or halochat.toml. With --site, each page of a built site is compared
    with what the configuration gives. Its `layer` is what decided: the site's options,
    a pattern in `pages`, or the page's own options.
    """
    configuration = load_configuration(file)
    site = Site(configuration.options, syntax=configuration.syntax)
    problems = list(site.problems)
    has_errors = any(problem.severity == "error" for problem in problems)
    base = base_path(base_url or configuration.site_url)
    skipped = SkippedFiles()
    reports: list[Report] = []
    answer: dict[str, Any] = {}
    if folder and not has_errors:
        built_site = BuiltSite(folder, site, base, configuration.source_folder)
        reports = _compare_pages(built_site, skipped)
        paths = [built_site.source_path(report.page) for report in reports]
        problems += site.pattern_problems(paths)
    if online and site.enabled and not has_errors:
        answer = ask(vendor_script_url(site.options))
    if as_json:
        click.echo(_as_json(configuration, problems, reports, skipped, answer))
    else:
        lines = [*map(configuration.describe, problems), *_table(reports)]
        lines += skipped.errors
        if answer:
            lines += _answer(answer, site, configuration.site_url)
        for line in lines or ["Nothing is wrong."]:
            echo(line)
    if has_errors:
        raise SystemExit(2)
    wrong = any(report.wrong for report in reports) or answer.get("wrong")
    if wrong or skipped.errors:
        raise SystemExit(1)


def _compare_pages(built_site: BuiltSite, skipped: SkippedFiles) -> list[Report]:
    """Compare every page of a site, and our files, with what they should be."""
    reports = []
    used: set[Path] = set()
    for path, page in read_pages(built_site.folder, skipped):
        tags = [*elements(page.text)]
        reports.append(_report(built_site, path, page.text, tags))
        used |= _used_assets(built_site, path, tags)
    for file in sorted(used):
        if defect := asset_defect(file):
            name = click.format_filename(file)
            skipped.errors.append(f"{name}: {defect}; build again")
    if not reports:
        skipped.errors.append(f"{built_site.folder}: no page of HTML in it")
    return reports


def _as_json(
    configuration: Configuration,
    problems: list[Problem],
    reports: list[Report],
    skipped: SkippedFiles,
    answer: object,
) -> str:
    data = {
        "problems": [
            {
                "location": configuration.location(problem.path),
                "path": problem.path,
                "message": problem.message,
                "severity": problem.severity,
            }
            for problem in problems
        ],
        "pages": [report._asdict() for report in reports],
        "failed": skipped.errors,
        "online": answer,
    }
    return json.dumps(data, indent=2)


def _answer(answer: Mapping[str, Any], site: Site, site_url: str) -> Iterator[str]:
    facts = [str(answer[key]) for key in ("status", "type") if key in answer]
    yield f"{answer['address']}: {'; '.join([*facts, *answer['wrong']])}"
    yield from requirements(site.options, site_url)


def _table(reports: list[Report]) -> Iterator[str]:
    rows = [
        [escape(cell) for cell in (*report[:-1], "; ".join(report.wrong))]
        for report in reports
    ]
    rows = [[*Report._fields], *rows] if rows else []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def _report(built_site: BuiltSite, path: str, html: str, tags: list[Element]) -> Report:
    """Compare a built page with what the configuration results in."""
    options = built_site.site.options
    page, _ = built_site.page(path, html)
    embed = page.embed(built_site.context(path, html))
    expected = [*read_embeds(elements(embed.head + embed.body), path), {}][0]
    embeds = [*read_embeds(tags, path)]
    actual = embeds[0] if embeds else {}
    changed = differences(actual, expected) if embeds else []
    # What a page sets itself is in its source; from the built page it is only inferred.
    is_own = built_site.source_folder and all(map(is_page_setting, changed))
    by_page = bool(changed and is_own)
    wrong = [f"stale: {', '.join(changed)}"] if changed and not by_page else []
    if has_preview(actual) and not has_preview(expected):
        wrong.append("a preview, without Halo")
    wrong += [f"{len(embeds)} embeds"] if len(embeds) > 1 else []
    wrong += ["no embed"] if expected and not embeds else []
    wrong += _other_defects(tags, embeds, vendor_script_url(options))
    patterns = matching_patterns(options, built_site.source_path(path))
    layer = f"pages.{patterns[-1]}" if patterns else "site"
    return Report(
        click.format_filename(path),
        "on" if embeds and actual.get("enabled", True) else "off",
        "page" if by_page else layer,
        str(actual.get("form", "-")),
        wrong,
    )


def _used_assets(built_site: BuiltSite, path: str, tags: list[Element]) -> set[Path]:
    """Return the paths of our files that a built page loads."""
    names = [asset.name for asset in built_site.site.assets()]
    used = set()
    # An error page links from the root of the host.
    root = f"/{built_site.base.strip('/')}/".replace("//", "/")
    for tag in tags:
        src = tag.attributes.get("src", "")
        if tag.name != "script" or not asset_stem(src):
            continue
        url = urlsplit(urljoin(f"{root}{quote(path)}", src))
        if url.netloc or not url.path.startswith(root):
            continue
        file = built_site.folder / unquote(url.path.removeprefix(root))
        used.add(file)
        if file.name in names:  # the loader finds the others beside itself
            used |= {file.with_name(name) for name in names}
    return used


def _other_defects(
    tags: list[Element], embeds: list[EmbedData], script: str
) -> Iterator[str]:
    ids = 0
    for tag in tags:
        ids += tag.attributes.get("id") == "halo-chat"
        if tag.name == "script" and _FROZEN.fullmatch(tag.attributes.get("src", "")):
            yield "Halo's script is a frozen copy in assets/external"
        if tag.attributes.get("http-equiv", "").lower() == "content-security-policy":
            yield from _blocked(tag.attributes.get("content", ""), tags, script)
    if ids > sum(embed["form"] == "snippet" for embed in embeds):
        yield "an element of its own has the id halo-chat"


def _blocked(policy: str, tags: list[Element], script: str) -> Iterator[str]:
    """Yield what of the chat a page's own policy blocks."""
    words = [part.split() for part in policy.split(";")]
    directives = {name.lower(): set(sources) for name, *sources in filter(None, words)}
    names = ("script-src-elem", "script-src", "default-src")
    sources = next((directives[name] for name in names if name in directives), None)
    if sources is None:
        return
    exact = any(re.match("'(?:nonce|sha)", entry) for entry in sources)
    inline = "'unsafe-inline'" in sources and not exact
    if not inline and not sources.issuperset(inline_hashes(tags)):
        yield "its own CSP blocks the inline script"
    home = origin(script)
    host = home.partition("//")[2]
    parents = {f"*{host[i:]}" for i in range(len(host)) if host[i] == "."}
    if sources.isdisjoint({"*", "https:", host, home, *parents}):
        yield f"its own CSP blocks scripts from {home}"
