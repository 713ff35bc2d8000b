"""Finds the sources, options and contexts of the pages of a built site."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, quote, urlsplit

import click

from halochat import Page, PageContext, Problem, Site, SiteFiles
from halochat.cli.configuration import CommandError
from halochat.cli.page_files import SkippedFiles, find_pages
from halochat.config_files import ConfigurationError, read_json
from halochat.document import page_options

ASSETS = "assets"
folder_type = click.Path(exists=True, file_okay=False, path_type=Path)
base_url_option = click.option(
    "--base-url",
    default="",
    metavar="URL",
    help="Address of the site, for links on error pages such as 404.html. Default: "
    "`site_url` in the configuration.",
)
_LANGUAGE = re.compile(
    r"""<html\s[^>]*?(?<=\s)lang\s*=\s*["']?([a-z0-9_-]+)""", re.IGNORECASE
)
_ERROR_PAGE = re.compile(r"(?:.*/)?\d{3}\.html?")
_SOURCE = re.compile(r".+\.(?:md|rst|ipynb|markdown|txt)", re.DOTALL)


@dataclass(frozen=True)
class BuiltSite:
    """A folder of pages, and the options for them."""

    folder: Path
    site: Site
    base: str = ""
    """The path of the site on its host, for links on error pages; empty if unknown."""
    source_folder: Path | None = None
    """The folder of the pages' sources, if patterns match these."""

    def page(self, path: str, html: str) -> tuple[Page, list[Problem]]:
        """Return a page, and the problems of the options that it sets itself."""
        layers, problems = _page_layers(html)
        page = self.site.page(self.source_path(path), *layers)
        problems += page.problems
        links = self.links
        for layer in page.layers:
            problems += links.broken_links(layer.options)
        return page, [problem.inside("halo-chat-page") for problem in problems]

    def source_path(self, path: str) -> str:
        """Return the path that patterns match: the file's, or that of its source."""
        if path in self._sources_by_target or self.source_folder is None:
            return self._sources_by_target.get(path, path)
        # In Sphinx, the path of a page without a source is its name, such as `search`.
        return path.removesuffix(".html") if self._is_sphinx else path

    def has_source(self, path: str) -> bool:
        """Tell whether a page is built from a source that is known."""
        return path in self._sources_by_target

    def possible_sources(self, path: str) -> list[str]:
        """Return possible paths of a page's source, if the source is unknown.

        A plugin may have generated the page, or may have its sources in another folder.
        """
        if self.has_source(path) or self.source_folder is None:
            return [self.source_path(path)]
        stem = path.removesuffix(".html")
        stems = [stem, stem.removesuffix("/index")]
        suffixes = [PurePosixPath(name).suffix for name in self.source_files]
        names = [f"{stem}{suffix}" for stem in stems for suffix in {*suffixes, ".md"}]
        return [self.source_path(path), path, *names]

    def source_texts(self, path: str) -> list[str]:
        """Return the contents of the known files in which a page can set options.

        These are its source, and the files with front matter for whole folders.
        """
        if self.source_folder is None or not self.has_source(path):
            return []
        source = self.source_folder / self.source_path(path)
        folders = [self.source_folder, *source.relative_to(self.source_folder).parents]
        files = [source, *(self.source_folder / name / ".meta.yml" for name in folders)]
        texts = []
        with suppress(OSError):
            for file in filter(Path.is_file, files):
                texts.append(file.read_text(encoding="utf-8", errors="replace"))
        return texts

    @cached_property
    def source_files(self) -> list[str]:
        """The paths of all sources in their folder."""
        files = find_files(self.source_folder) if self.source_folder else ()
        return [name for name in files if _SOURCE.fullmatch(name)]

    @cached_property
    def sources(self) -> dict[str, str]:
        """The path of each page, by the path of its source."""
        return {source: path for path, source in self._sources_by_target.items()}

    @cached_property
    def links(self) -> SiteFiles:
        """The pages and files that links in options can name."""
        sources = self.sources
        if self.is_single_page:
            sources = dict.fromkeys(map(_stem, self.source_files), "index.html")
        elif self._is_sphinx:
            sources = {_stem(name): path for name, path in sources.items()}
        return SiteFiles.in_folder(self.folder, sources)

    @cached_property
    def is_single_page(self) -> bool:
        """Whether Sphinx has built all sources into one page (`singlehtml`)."""
        is_single = len(self.source_files) > 1 and [*self.sources.values()] == [
            "index.html"
        ]
        return self._is_sphinx and is_single

    @cached_property
    def _is_sphinx(self) -> bool:
        return bool(self.source_folder and (self.source_folder / "conf.py").is_file())

    @cached_property
    def _sources_by_target(self) -> dict[str, str]:
        if self.source_folder is None:
            return {}
        pages = set(find_pages(self.folder, SkippedFiles()))
        return _match_sources(self.source_files, pages)

    def context(self, path: str, html: str) -> PageContext:
        """Return the context of a page, with the language that the page declares."""
        to_root = "../" * path.count("/")
        if self.base and _ERROR_PAGE.fullmatch(path):
            to_root = self.base
        language = _LANGUAGE.search(html, 0, 10_000)
        return PageContext(
            path,
            link=lambda path: f"{to_root}{path}",
            asset=lambda name: f"{to_root}{ASSETS}/{name}",
            language=language[1] if language else "en",
            sources=self.links.sources,
        )


def _page_layers(html: str) -> tuple[list[object], list[Problem]]:
    """Return the options that a page sets itself, and a problem for invalid JSON."""
    layers: list[object] = []
    problems: list[Problem] = []
    for text in page_options(html):
        try:
            layers.append(read_json(text))
        except ConfigurationError as error:
            problems.append(Problem((), str(error)))
    return layers, problems


def find_files(folder: Path) -> Iterator[str]:
    """Yield the path of every file in a folder, except in hidden folders."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        inside = Path(parent).relative_to(folder).as_posix()
        for name in sorted(files):
            yield name if inside == "." else f"{inside}/{name}"


def _match_sources(names: Iterable[str], pages: Container[str]) -> dict[str, str]:
    """Return the sources of pages, judged by their names."""
    sources: dict[str, str] = {}
    stems = {name: _stem(name) for name in names}
    for find_targets in (_targets, _other_targets):
        for name in [*stems]:
            targets = (path for path in find_targets(stems[name]) if path in pages)
            target = next(targets, None)
            if target and target not in sources:
                sources[target] = name
                del stems[name]
    return sources


def _stem(source: str) -> str:
    return source.rpartition(".")[0]


def _targets(stem: str) -> list[str]:
    """Return the paths that the page of a source can have in the built site."""
    if stem.rpartition("/")[2] == "index":
        return [f"{stem}.html"]
    return [f"{stem}/index.html", f"{stem}.html"]


def _other_targets(stem: str) -> list[str]:
    """Return the paths for an index with another name, or for a page in a language.

    The language is the end of the source's name (`page.de.md`) or its first folder.
    """
    folder, slash, name = stem.rpartition("/")
    if name == "README":
        return [f"{folder}{slash}index.html"]
    page, dot, language = name.rpartition(".")
    if dot:
        stem = f"{folder}{slash}{page}"
        return [*_targets(f"{language}/{stem}"), *_targets(stem)]
    return _targets(stem.partition("/")[2]) if folder else []


def split_address(address: str) -> SplitResult:
    """Return the parts of a site's address."""
    try:
        return urlsplit(address)
    except ValueError as error:
        raise CommandError(
            f"{address}: is not the address of a site ({error}); "
            "write it as https://docs.example.com/"
        ) from None


def base_path(address: str) -> str:
    """Return the path of a site's address, with which links on error pages begin."""
    path = quote(split_address(address).path, safe="/%~:@!$&'()*+,;=")
    return f"/{path.strip('/')}/".replace("//", "/") if address else ""
