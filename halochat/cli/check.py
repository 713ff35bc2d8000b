"""`halochat check`: what is wrong with a configuration, and with pages built of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import click

from halochat.cli.configuration import file_argument, find_source
from halochat.cli.online import ask, requirements
from halochat.cli.site import (
    Left,
    Site,
    base_path,
    folder_type,
    idle_patterns,
    read_pages,
)
from halochat.config_files import Source
from halochat.csp import inline_hashes, origin, vendor_script
from halochat.document import Element, elements
from halochat.inspection import (
    OF_THE_PREVIEW,
    EmbedData,
    differences,
    embeds,
    is_for_sites,
)
from halochat.layers import Layer, glob, patterns
from halochat.problems import Problem
from halochat.validation import Checked

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
    source = find_source(file)
    checked = source.check()
    usable = not any(problem.fatal for problem in checked.problems)
    left = Left()
    reports: list[Report] = []
    answer: dict[str, Any] = {}
    if usable and folder:
        base = base_path(base_url or source.site_url)
        site = Site(folder, checked.options, base, source.content)
        pages = read_pages(folder, left)
        reports = [_report(site, path, page.text) for path, page in pages]
        checked.problems += [
            Problem(f"pages.{pattern}", "matches no page", fatal=False)
            for pattern in idle_patterns(site, [report.page for report in reports])
        ]
        if not reports:
            left.failed.append(f"{folder}: no page of HTML in it")
    if usable and online and checked.options.get("enabled", True):
        answer = ask(vendor_script(checked.options))
    if as_json:
        click.echo(_as_json(source, checked, reports, left, answer))
    else:
        _print(source, checked, reports, left, answer)
    if not usable:
        raise SystemExit(2)
    wrong = any(report.wrong for report in reports) or answer.get("wrong")
    if wrong or left.failed:
        raise SystemExit(1)


def _as_json(
    source: Source, checked: Checked, reports: list[Report], left: Left, answer: object
) -> str:
    problems = [
        {"place": source.place(problem.option), **asdict(problem)}
        for problem in checked.problems
    ]
    pages = [report._asdict() for report in reports]
    data = {"problems": problems, "pages": pages, "failed": left.failed}
    return json.dumps({**data, "online": answer}, indent=2)


def _print(
    source: Source,
    checked: Checked,
    reports: list[Report],
    left: Left,
    answer: Mapping[str, Any],
) -> None:
    lines = [*map(source.describe, checked.problems), *_table(reports), *left.failed]
    if answer:
        told = [str(answer[key]) for key in ("status", "type") if key in answer]
        lines.append(f"{answer['address']}: {'; '.join([*told, *answer['wrong']])}")
        lines += requirements(checked.options, source.site_url)
    for line in lines or ["Nothing is wrong."]:
        click.echo(line)


def _table(reports: list[Report]) -> Iterator[str]:
    rows = [[*report[:-1], "; ".join(report.wrong)] for report in reports]
    rows = [[*Report._fields], *rows] if rows else []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(cells).rstrip()


def _report(site: Site, path: str, html: str) -> Report:
    """Compare a built page with what the configuration gives."""
    expected = site.embed(path, html)
    wanted = [*embeds(elements(expected.head + expected.body), path), {}][0]
    tags = [*elements(html)]
    found = [*embeds(tags, path)]
    embed = found[0] if found else {}
    preview = _previews(embed) and not _previews(wanted)
    changed = differences(embed, wanted) if found else []
    changed = [key for key in changed if not (preview and key in OF_THE_PREVIEW)]
    # What a page says of itself is in its source; built, it can only be inferred.
    by_page = changed and site.content and not any(map(is_for_sites, changed))
    wrong = [f"stale: {', '.join(changed)}"] if changed and not by_page else []
    wrong += ["a preview, without Halo"] if preview else []
    wrong += [f"{len(found)} embeds"] if len(found) > 1 else []
    wrong += ["no embed"] if wanted and not found else []
    wrong += _other_defects(tags, found, vendor_script(site.options))
    return Report(
        click.format_filename(path),
        "on" if found and embed.get("enabled", True) else "off",
        "page" if by_page else _layer(site.options, site.known_as(path)),
        str(embed.get("form", "-")),
        wrong,
    )


def _previews(embed: EmbedData) -> bool:
    return str(embed.get("script")).startswith("preview.")


def _layer(options: Layer, path: str) -> str:
    matching = [entry for entry in patterns(options) if glob(entry).match_file(path)]
    return f"pages.{matching[-1]}" if matching else "site"


def _other_defects(
    tags: list[Element], found: list[EmbedData], script: str
) -> Iterator[str]:
    ids = 0
    for tag in tags:
        ids += tag.attributes.get("id") == "halo-chat"
        if tag.name == "script" and _FROZEN.fullmatch(tag.attributes.get("src", "")):
            yield "Halo's script is a frozen copy in assets/external"
        if tag.attributes.get("http-equiv", "").lower() == "content-security-policy":
            yield from _blocked(tag.attributes.get("content", ""), tags, script)
    if ids > sum(embed["form"] == "snippet" for embed in found):
        yield "an element of its own has the id halo-chat"


def _blocked(policy: str, tags: list[Element], script: str) -> Iterator[str]:
    """Tell what of the chat a page's own policy blocks."""
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
