"""The layers of options, and the options of one page that they result in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeAlias, cast

from pathspec import GitIgnoreSpec

Layer: TypeAlias = Mapping[str, object]


def resolve(site: Layer, path: str, *page: Layer) -> dict[str, object]:
    """Return the options of one page: the site's, each matching pattern's, its own.

    If the site is off, no page can turn chat on: `enabled: false` is all that is left.
    """
    if site.get("enabled") is False:
        return {"enabled": False}
    options = {name: value for name, value in site.items() if name != "pages"}
    all_patterns = patterns(site)
    for pattern in matching_patterns(site, path):
        options = overlay(options, all_patterns[pattern])
    for layer in page:
        options = overlay(options, layer)
    return options


def overlay(options: Layer, layer: Layer) -> dict[str, object]:
    """Lay one layer on others: mappings merge one level deep, everything else replaces.

    Null unsets an option, or an item of a mapping.
    """
    merged = dict(options)
    for name, value in layer.items():
        if isinstance(value, Mapping):
            below = options.get(name)
            # Texts laid over a language tag change single texts of that language.
            below = {"": below} if isinstance(below, str) else below
            below = below if isinstance(below, Mapping) else {}
            unset = {key for key, item in value.items() if item is None}
            items = {**below, **value}
            merged[name] = {key: items[key] for key in items if key not in unset}
        elif value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    return merged


def patterns(site: Layer) -> Mapping[str, Layer]:
    """Return the path patterns among a site's options, with the options of each."""
    return cast("Mapping[str, Layer]", site.get("pages") or {})


def matching_patterns(site: Layer, path: str) -> list[str]:
    """Return the patterns that match a path; the options of later ones win."""
    return [key for key in patterns(site) if compile_pattern(key).match_file(path)]


def unmatched_patterns(site: Layer, paths: Iterable[str]) -> list[str]:
    """Return the patterns that match none of some paths."""
    paths = list(paths)
    return [
        key
        for key in patterns(site)
        if not any(map(compile_pattern(key).match_file, paths))
    ]


@cache
def compile_pattern(pattern: str) -> GitIgnoreSpec:
    """Compile a path pattern, in the syntax of `.gitignore`."""
    return GitIgnoreSpec.from_lines([pattern])
