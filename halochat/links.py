"""Links in options that lead to no page and no file of the site."""

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
    """Paths in the built site, by the names of the sources they are built from."""
    exists: Callable[[str], bool]
    """Tell whether a path in the built site, as a link has it, leads somewhere."""

    @classmethod
    def in_folder(cls, folder: Path, sources: Mapping[str, str]) -> SiteFiles:
        """Return the files of a site that is built into a folder.

        Paths lead to what static hosts serve for them: `contact` to a file of that
        name, to `contact/index.html` or to `contact.html`.
        """
        return cls(sources, lambda path: _is_served(folder, path))

    def broken_links(self, options: Layer) -> list[Problem]:
        """Return a warning for each option, also in patterns, that leads nowhere.

        `options` are those of a site, or of one layer of a page. If they turn chat off,
        nothing is reported.
        """
        return [] if options.get("enabled") is False else [*self._problems(options)]

    def broken_link(self, url: str) -> str:
        """Return what is wrong with a URL that leads nowhere, else an empty string.

        URLs of other sites are not checked.
        """
        path, tail = split_path(url)
        if not is_site_path(url) or unquote(path) in self.sources or self.exists(path):
            return ""
        message = f"{format_value(url)} leads to no page or file of the site"
        if source := self._similar_source(path):
            return f"{message}; did you mean '{_quote(source)}{tail}'?"
        example = _quote(next(iter(self.sources), "index.html"))
        return f"{message}; name a page or file of the site, such as '{example}'"

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
        """Return the source that a path probably means, or an empty string."""
        stem = _stem(unquote(path))
        names = [stem, *stem.split("/", 1)[1:]]  # without the folder of the sources
        names += get_close_matches(stem, self._sources_by_stem, n=1, cutoff=0.7)
        found = (self._sources_by_stem.get(name, "") for name in names)
        return next(filter(None, found), "")


def _stem(path: str) -> str:
    """Return what a page's source and its path in the built site have in common."""
    folder, _, name = path.lower().removeprefix("./").rpartition("/")
    stem = re.sub(r"\.\w+$", "", name)
    return folder if stem in ("", "index", "readme") else f"{folder}/{stem}".lstrip("/")


def _quote(name: str) -> str:
    return quote(name, safe="/~!$&()*+,;=:@")


def _is_served(folder: Path, path: str) -> bool:
    name = unquote(path)
    if ".." in re.split(r"[/\\]", name):
        return False
    file = f"{folder}/{name}"  # not joined, because the name may begin with a slash
    files = [f"{file}/index.html"]
    if not name.endswith("/"):
        files += [file, f"{file}.html"]
    return any(map(os.path.isfile, files))
