"""Merges the layers of options into the options of one page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias, cast

from pathspec import GitIgnoreSpec, RegexPattern

Layer: TypeAlias = Mapping[str, object]


def resolve(site: Layer, path: str, *page: Layer) -> dict[str, object]:
    """Return the options of one page from the site, matching patterns and the page.

    Later layers override earlier ones. If chat is disabled for the site, no page can
    enable it, and the result is `enabled: false`.
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
    """Return options overridden by a layer.

    Mappings are merged one level deep; other values are replaced. Null unsets an
    option, or an item of a mapping.
    """
    merged = dict(options)
    for name, value in layer.items():
        if isinstance(value, Mapping):
            below = options.get(name)
            # A mapping over a language tag changes single texts of that language.
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
    regexes = ((key, compile_pattern(key)) for key in patterns(site))
    return [key for key, regex in regexes if regex and regex.search(path)]


@cache
def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """Compile a path pattern in the syntax of `.gitignore`, for `search` in a path.

    Returns None if the pattern matches nothing. Raises ValueError or re.error.
    """
    spec = GitIgnoreSpec.from_lines([pattern])
    regexes = (cast("RegexPattern", entry).regex for entry in spec.patterns)
    found = [_without_backtracking(regex.pattern) for regex in regexes if regex]
    return re.compile(found[0]) if found else None


# The expressions of pathspec for `/**/`, for `**/` at the start, and for `*` in a name.
_FOLDERS, _LAZY_FOLDERS = "(?:/.+)?/", "(?:/.+?)??/"
_FIRST_FOLDERS, _LAZY_FIRST_FOLDERS = "(?:.+/)?", "(?:.+?/)??"
_STAR, _LAZY_STAR = "[^/]*", "[^/]*?"


def _without_backtracking(regex: str) -> str:
    """Make each wildcard except the last one match as little as possible, atomically.

    Since another wildcard follows, a longer match could never succeed where the
    shortest one fails. With backtracking, `*a*a*a*a*b` can take hours.
    """
    *parts, last = map(_fix_stars, regex.split(_FOLDERS))
    if parts:
        parts[0] = parts[0].replace(_FIRST_FOLDERS, _LAZY_FIRST_FOLDERS)
    fixed = _LAZY_FOLDERS.join(f"{part}(?=/))" for part in parts)
    fixed = fixed.replace(f"(?=/)){_LAZY_FOLDERS}", f"(?=/))(?>{_LAZY_FOLDERS}")
    return f"(?>{fixed}{_FOLDERS}{last}" if parts else last


def _fix_stars(regex: str) -> str:
    first, *parts = regex.split(_STAR)
    if not parts:
        return first
    *parts, last = parts
    fixed = "".join(f"(?>{_LAZY_STAR}{part})" for part in parts)
    return f"{first}{fixed}{_STAR}{last}"
