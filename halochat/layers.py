"""The layers of options, and the options of one page that they result in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TypeAlias, cast

from pathspec import GitIgnoreSpec, RegexPattern

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
    return [key for key in patterns(site) if _matches(key, path)]


def _matches(pattern: str, path: str) -> bool:
    regex = compile_pattern(pattern)
    return regex is not None and regex.search(path) is not None


@cache
def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """Compile a path pattern, in the syntax of `.gitignore`; None: it matches nothing.

    Search for the result in a path. Raises ValueError or re.error.
    """
    spec = GitIgnoreSpec.from_lines([pattern])
    regexes = (cast("RegexPattern", entry).regex for entry in spec.patterns)
    found = [_without_backtracking(regex.pattern) for regex in regexes if regex]
    return re.compile(found[0]) if found else None


# What pathspec writes for `/**/`, for `**/` at the start, and for `*` in a name.
_FOLDERS, _LAZY_FOLDERS = "(?:/.+)?/", "(?:/.+?)??/"
_FIRST_FOLDERS, _LAZY_FIRST_FOLDERS = "(?:.+/)?", "(?:.+?/)??"
_STAR, _LAZY_STAR = "[^/]*", "[^/]*?"
_REGEX_TOKEN = re.compile(r"\\.|\[\^?\]?[^\]]*+\]|.", re.DOTALL)


def _without_backtracking(regex: str) -> str:
    """Let each wildcard but the last one match the least it can, and keep to that.

    As what follows is a wildcard, too, no longer match could lead to a better end. With
    backtracking, `*a*a*a*a*b` takes a time that no build can wait for.
    """
    *parts, last = map(_fix_stars, regex.split(_FOLDERS))
    if parts:
        parts[0] = parts[0].replace(_FIRST_FOLDERS, _LAZY_FIRST_FOLDERS, 1)
    fixed = _LAZY_FOLDERS.join(f"{part}(?=/))" for part in parts)
    fixed = fixed.replace(f"(?=/)){_LAZY_FOLDERS}", f"(?=/))(?>{_LAZY_FOLDERS}")
    return f"(?>{fixed}{_FOLDERS}{last}" if parts else last


def _fix_stars(regex: str) -> str:
    first, *parts = regex.split(_STAR)
    for position, part in enumerate(parts, 1):
        is_last_in_name = position == len(parts) or "/" in _REGEX_TOKEN.findall(part)
        first += f"{_STAR}{part}" if is_last_in_name else f"(?>{_LAZY_STAR}{part})"
    return first
