"""Finds links in options that lead to no page or file of the site."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote

from halochat.layers import Layer, patterns
from halochat.options import OPTIONS
from halochat.problems import Problem, format_value
from halochat.urls import is_site_path, split_path

_LINKS = [option.name for option in OPTIONS.values() if option.is_link]


@dataclass(frozen=True)
class SiteFiles:
    """The pages and files of a site, which links in options may name."""

    sources: Mapping[str, str]
    """The path in the built site of each source file."""
    exists: Callable[[str], bool]
    """Tell whether a path, as written in a link, exists in the built site."""

    @classmethod
    def in_folder(cls, folder: Path, sources: Mapping[str, str]) -> SiteFiles:
        """Return the files of a site that is built into a folder.

        Paths are resolved as static hosts do: `contact` leads to a file of that name,
        to `contact/index.html` or to `contact.html`.
        """
        return cls(sources, lambda path: _is_served(folder, path))

    def broken_links(self, options: Layer) -> list[Problem]:
        """Return a warning for each broken link in options, including patterns.

        `options` are those of a site, or of one layer of a page. If they disable chat,
        nothing is reported.
        """
        return [] if options.get("enabled") is False else [*self._problems(options)]

    def broken_link(self, url: str) -> str:
        """Return a message for a URL that leads nowhere, otherwise an empty string.

        URLs of other sites are not checked.
        """
        path, tail = split_path(url)
        if not is_site_path(url) or unquote(path) in self.sources or self.exists(path):
            return ""
        message = f"{format_value(url)} leads to no page or file of the site"
        if source := self._similar_source(path):
            return f"{message}; did you mean '{_quote(source)}{tail}'?"
        if scheme := _missing_scheme(url):
            return f"{message}; did you mean '{scheme}{url}'?"
        example = _quote(next(iter(self.sources), "index.html"))
        return f"{message}; use a page or file of the site, such as '{example}'"

    def _problems(self, options: Layer) -> Iterator[Problem]:
        for name in _LINKS:
            value = options.get(name)
            if isinstance(value, str) and (message := self.broken_link(value)):
                yield Problem((name,), message, "warning")
        for pattern, layer in patterns(options).items():
            for problem in self.broken_links(layer):
                yield problem.inside("pages", pattern)

    @cached_property
    def _sources_by_stem(self) -> Mapping[str, str]:
        by_target = {_stem(target): name for name, target in self.sources.items()}
        return {**by_target, **{_stem(name): name for name in self.sources}}

    def _similar_source(self, path: str) -> str:
        """Return the source that is probably meant by a path, or an empty string."""
        stem = _stem(unquote(path))
        names = [stem, *stem.split("/", 1)[1:]]  # also without the source folder
        names += get_close_matches(stem, self._sources_by_stem, n=1, cutoff=0.7)
        found = (self._sources_by_stem.get(name, "") for name in names)
        return next(filter(None, found), "")


def _missing_scheme(url: str) -> str:
    """Return what probably belongs before a link: the scheme of a site or of mail."""
    if url.lower().startswith("www."):
        return "https://"
    is_mail = re.fullmatch(r"[\w.+-]+@[A-Za-z][\w-]*(?:\.[\w-]+)+", url)
    return "mailto:" if is_mail else ""


def _stem(path: str) -> str:
    """Return the part that the path of a source shares with that of its page."""
    folder, _, name = path.lower().rpartition("/")
    stem = re.sub(r"\.\w+$", "", name)
    return folder if stem in ("", "index", "readme") else f"{folder}/{stem}".lstrip("/")


def _quote(name: str) -> str:
    return quote(name, safe="/~!$&()*+,;=:@")


def _is_served(folder: Path, path: str) -> bool:
    name = unquote(path)
    if ".." in re.split(r"[/\\]", name):
        return False
    file = f"{folder}/{name}"  # joining would drop the folder if the name starts with /
    files = [f"{file}/index.html"]
    if not name.endswith("/"):
        files += [file, f"{file}.html"]
    return any(map(os.path.isfile, files))
