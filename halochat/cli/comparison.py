"""Compares the pages of a built site with the configuration."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from halochat import Page, Problem
from halochat.assets import asset_defect
from halochat.cli.built_site import BuiltSite
from halochat.cli.page_defects import find_defects, used_assets
from halochat.cli.page_files import REDIRECT, SkippedFiles, is_redirect, read_pages
from halochat.document import chat_elements, elements
from halochat.inspection import (
    EmbedData,
    differences,
    explain,
    has_preview,
    is_page_setting,
    read_embeds,
)
from halochat.languages import lookup
from halochat.layers import matching_patterns

_HEAD = 20_000  # characters at the start of a page that usually contain the embed
_MAX_VERSIONS_FILE = 1_000_000
# Errors while a file of another kind with the same name is read.
_NO_VERSIONS = (
    AttributeError,
    LookupError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
_NO_SOURCE = "HTML without a source"
_OTHER_VERSION = "page of another version"
# Text in a source that sets options, or includes another file that can set them.
_OWN_OPTIONS = re.compile(
    r"""^\s*(?:["']?halo[-_]?chat["']?\s*:|\.\.\ halo-chat::|[`:~]{3,}\{halo-chat\}
    |\.\.\ include::|[`:~]{3,}\{include\})""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Report:
    """The state of chat in a built page, the layer that decides it, and the errors."""

    page: str
    chat: str
    layer: str
    form: str
    wrong: list[str]
    root: str = ""
    """The folder of the site that the page is in, if there are several."""
    is_stale: bool = False
    """Whether the page was built with other options, or by another release."""
    has_source: bool = True
    difference: str = ""
    """The difference to the configuration; empty if there is no difference."""


@dataclass(slots=True)
class Comparison:
    """The comparison of the pages of a built site with the configuration."""

    site: BuiltSite
    spellings: Mapping[str, str]
    """The names of options as the author writes them."""
    skipped: SkippedFiles = field(default_factory=SkippedFiles)
    reports: list[Report] = field(default_factory=list)
    _roots: dict[str, BuiltSite] = field(default_factory=dict)
    _assets: set[Path] = field(default_factory=set)

    def compare(self, exclude: Iterable[re.Pattern[str]] = ()) -> None:
        """Compare every page of the site, and check the files of halochat."""
        self._roots = {"": self.site}
        self._add_versions()
        for path, file in read_pages(self.site.folder, self.skipped, exclude):
            if is_redirect(path, file.text):
                self.skipped.reasons[REDIRECT] += 1
            else:
                self.reports.append(self._report(path, file.text))
        for asset in sorted(self._assets):
            if defect := asset_defect(asset):
                name = click.format_filename(asset)
                self.skipped.errors.append(f"{name}: {defect}; build again")
        if not self.reports:
            message = "contains no HTML pages; build the site first"
            self.skipped.errors.append(f"{self.site.folder}: {message}")
        self._leave_out_unreachable()
        self._doubt_own_options()
        self._leave_out_other_versions()

    @property
    def counts(self) -> Counter[str]:
        """The numbers of pages: all, with and without chat, and with errors."""
        counts = Counter(report.chat for report in self.reports)
        counts["wrong"] = sum(bool(report.wrong) for report in self.reports)
        counts["pages"] = len(self.reports)
        return counts

    @property
    def has_chat(self) -> bool:
        """Whether any page has an embed, also one that disables chat."""
        return any(report.form != "-" for report in self.reports)

    @property
    def is_wrong(self) -> bool:
        """Whether a page has errors, or a file could not be read."""
        return bool(self.counts["wrong"] or self.skipped.errors)

    def site_problems(self) -> list[Problem]:
        """Return the problems of the site's options that depend on its pages."""
        sizes = Counter(report.root for report in self.reports)
        main = self._roots[max(sizes, key=lambda root: sizes[root], default="")]
        paths = {report.page.removeprefix(report.root) for report in self.reports}
        names = {name for path in paths for name in main.possible_sources(path)}
        problems = main.links.broken_links(main.site.options)
        if not main.is_single_page:  # patterns are written for the others
            problems += main.site.pattern_problems({*names, *main.source_files})
        return problems

    def _add_versions(self) -> None:
        """Add the folders of the versions that mike lists."""
        file = self.site.folder / "versions.json"
        try:
            if not file.is_file() or file.stat().st_size > _MAX_VERSIONS_FILE:
                return
            for entry in json.loads(file.read_text(encoding="utf-8")):
                for name in (entry["version"], *entry.get("aliases", [])):
                    if (self.site.folder / name).is_dir():
                        self._root(f"{name}/")
        except _NO_VERSIONS:
            return  # a file of another kind

    def _root(self, root: str) -> BuiltSite:
        """Return the site in a subfolder, with the same options."""
        if root not in self._roots:
            base = f"{self.site.base}{root}" if self.site.base else ""
            folder = self.site.folder / root
            self._roots[root] = replace(self.site, folder=folder, base=base)
        return self._roots[root]

    def _root_of(self, path: str, embed: EmbedData) -> str:
        """Return the subfolder of the site to which a page belongs."""
        page = embed.get("page")
        if isinstance(page, str) and page and path.endswith(f"/{page}"):
            return path.removesuffix(page)
        roots = (root for root in self._roots if path.startswith(root))
        return "" if page == path else max(roots, key=len)

    def _report(self, path: str, html: str) -> Report:
        """Compare a page with the configuration."""
        tags = chat_elements(html)
        embeds = [*read_embeds(tags, path)]
        root = self._root_of(path, embeds[0] if embeds else {})
        site, page_path = self._root(root), path.removeprefix(root)
        if root:
            embeds = [*read_embeds(tags, page_path)]
        actual = embeds[0] if embeds else {}
        page, problems = site.page(page_path, html)
        embed = page.embed(site.context(page_path, html))
        if embed.head and html.find(embed.head, 0, _HEAD) >= 0:
            expected = actual  # true for most pages, and much faster than reading it
        else:
            tags_now = elements(embed.head + embed.body)
            expected = [*read_embeds(tags_now, page_path), {}][0]
        layer = self._layer(site, page_path, page)
        wrong = [str(problem) for problem in problems]
        is_stale = bool(embeds and differences(actual, expected))
        difference = ""
        if is_stale:
            difference = explain(actual, expected, self.spellings)
            if self._is_own(site, page_path, actual, expected):
                is_stale, layer = False, "page"
            else:
                wrong.append(difference)
        elif expected and not embeds:
            wrong.append("chat is missing")
        if len(embeds) > 1:
            wrong.append(f"the page has chat {len(embeds)} times")
        if has_preview(actual) and not has_preview(expected):
            wrong.append("built with the preview instead of Halo")
        if embeds or site.site.enabled:
            wrong += find_defects(site, html, tags, embeds)
        self._assets |= used_assets(site, page_path, tags)
        is_on = bool(embeds) and bool(actual.get("enabled", True))
        return Report(
            page=path,
            chat="on" if is_on else "off",
            layer=layer,
            form=str(actual.get("form", "-")),
            wrong=wrong,
            root=root,
            is_stale=is_stale,
            has_source=site.source_folder is None or site.has_source(page_path),
            difference=difference,
        )

    @staticmethod
    def _layer(site: BuiltSite, path: str, page: Page) -> str:
        if page.layers:
            return "page"
        patterns = matching_patterns(site.site.options, site.source_path(path))
        return f"pages.{patterns[-1]}" if patterns else "site"

    @staticmethod
    def _is_own(
        site: BuiltSite, path: str, actual: EmbedData, expected: EmbedData
    ) -> bool:
        """Tell whether a page's own options, in its source, explain a difference."""
        if site.source_folder is None:
            return False
        if not all(map(is_page_setting, differences(actual, expected))):
            return False
        texts = site.source_texts(path)
        return not texts or any(map(_OWN_OPTIONS.search, texts))

    def _leave_out_unreachable(self) -> None:
        """Skip pages that the host does not build, such as copied HTML files."""
        if not self.has_chat:
            return
        kept = [each for each in self.reports if each.has_source or each.form != "-"]
        self._leave_out(kept, _NO_SOURCE)

    def _doubt_own_options(self) -> None:
        """Report pages without a source that differ in the same way as other pages.

        Then the options of the site have changed, and the difference is not explained
        by options of the page itself.
        """
        stale = {each.difference for each in self.reports if each.is_stale}
        for position, each in enumerate(self.reports):
            if not each.has_source and each.difference in stale and not each.is_stale:
                wrong = [each.difference, *each.wrong]
                report = replace(each, wrong=wrong, is_stale=True, layer="site")
                self.reports[position] = report

    def _leave_out_other_versions(self) -> None:
        """Skip versions with other options, if one version has the current options."""
        roots = {each.root for each in self.reports if _is_version(each.root)}
        stale = {each.root for each in self.reports if each.is_stale} & roots
        if stale != roots:
            kept = [each for each in self.reports if each.root not in stale]
            self._leave_out(kept, _OTHER_VERSION)

    def _leave_out(self, kept: list[Report], reason: str) -> None:
        if count := len(self.reports) - len(kept):
            self.skipped.reasons[reason] += count
        self.reports = kept


def _is_version(root: str) -> bool:
    """Tell whether a folder contains a version of a site, rather than a language."""
    return bool(root) and not lookup(root.rstrip("/").rpartition("/")[2])
