"""The layers of options, and the options of one page that they give."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias, cast

from pathspec import GitIgnoreSpec

Layer: TypeAlias = Mapping[str, object]

OFF: Layer = {"enabled": False}


def resolve(site: Layer, path: str, *page: Layer) -> dict[str, object]:
    """Return the options of one page: the site's, each matching glob's, its own.

    Where the site is off, no page can turn chat on: `OFF` is all that is left.
    """
    if site.get("enabled") is False:
        return dict(OFF)
    options = dict(site)
    patterns = cast("Mapping[str, Layer]", options.pop("pages", {}))
    matching = [patterns[key] for key in patterns if glob(key).match_file(path)]
    for layer in (*matching, *page):
        _overlay(options, layer)
    return {name: value for name, value in options.items() if value is not None}


def _overlay(options: dict[str, object], layer: Layer) -> None:
    """Lay one layer on top: mappings merge one level, everything else replaces."""
    for name, value in layer.items():
        if isinstance(value, Mapping):
            below = options.get(name)
            # Texts laid over a language tag change single texts of that language.
            below = {"": below} if isinstance(below, str) else below
            below = below if isinstance(below, Mapping) else {}
            unset = {key for key, item in value.items() if item is None}
            merged = {**below, **value}
            value = {key: item for key, item in merged.items() if key not in unset}
        options[name] = value


@cache
def glob(pattern: str) -> GitIgnoreSpec:
    """Compile a path pattern, in the syntax of `.gitignore`."""
    return GitIgnoreSpec.from_lines([pattern])


def patterns(options: Layer) -> Mapping[str, Layer]:
    """Return the path patterns among a site's options."""
    pages = options.get("pages")
    return pages if isinstance(pages, Mapping) else {}
