"""Finds path patterns without an effect: they match no page or change no page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import reduce
from itertools import product
from pathlib import PurePosixPath

from halochat.layers import Layer, compile_pattern, matching_patterns, overlay, patterns
from halochat.options import LOADER

_MAX_SUGGESTIONS = 10
_MAX_COMPARISONS = 20_000
# Only the loader's defaults: those of the vendor may differ between Halo versions.
_DEFAULTS = {option.name: option.default for option in LOADER}
_SUFFIX = re.compile(r"\.(?:html?|md|markdown|rst|txt|ipynb)$|/$")
_BELOW_FIRST_FOLDER = re.compile(r"(/?)[^/*?\[\\]+/([^/*?\[\\].*)")
_WILDCARD = re.compile(r"[*?\[\\]")


def unmatched_patterns(options: Layer, paths: Collection[str]) -> Mapping[str, str]:
    """Return a message for each pattern that matches none of the paths."""
    searches = {key: compile_pattern(key) for key in patterns(options)}
    unmatched = [
        pattern
        for pattern, regex in searches.items()
        if regex and not any(map(regex.search, paths))
    ]
    messages = dict.fromkeys(unmatched, "matches no page")
    for pattern in unmatched[:_MAX_SUGGESTIONS]:
        messages[pattern] += _remedy(pattern, paths)
    return messages


def ineffective_patterns(options: Layer, paths: Iterable[str]) -> Mapping[str, str]:
    """Return a message for each pattern that changes none of the pages it matches.

    The options of pages need not be known, because they override those of patterns.
    """
    layers = patterns(options)
    site = {name: value for name, value in options.items() if name != "pages"}
    # Pages that the same patterns match have the same options.
    matches = {tuple(matching_patterns(options, path)) for path in paths}
    reasons: dict[str, str] = {}
    effective: set[str] = set()
    comparisons = 0
    for matched in sorted(matches):
        below: Layer = site
        for position, pattern in enumerate(matched):
            later = matched[position + 1 :]
            comparisons += len(later)
            if comparisons > _MAX_COMPARISONS:
                return {}  # far more patterns than a real site has: skip the check
            here = overlay(below, layers[pattern])
            if pattern not in effective:
                above = [layers[name] for name in later]
                with_it, without_it = (
                    reduce(overlay, above, state) for state in (here, below)
                )
                if not _is_same(with_it, without_it):
                    effective.add(pattern)
                elif not _is_same(here, below):
                    reasons[pattern] = _SHADOWED.format(later[-1])
                else:
                    reasons.setdefault(pattern, _UNCHANGED)
            below = here
    return {
        pattern: reason if layers[pattern] else _EMPTY
        for pattern, reason in reasons.items()
        if pattern not in effective
    }


_EMPTY = "sets no option; set one, or remove the pattern"
_UNCHANGED = (
    "has no effect: the pages it matches have these options already; "
    "remove it, or set other options"
)
_SHADOWED = (
    "has no effect: later patterns set the same options on every page it matches; "
    "move it below '{}'"
)


def _is_same(options: Layer, others: Layer) -> bool:
    return {**_DEFAULTS, **options} == {**_DEFAULTS, **others}


# --- The right spelling -------------------------------------------------------


def _remedy(pattern: str, paths: Collection[str]) -> str:
    regexes = ((name, compile_pattern(name)) for name in _spellings(pattern, paths))
    for name, regex in regexes:
        if regex and any(map(regex.search, paths)):
            return f"; did you mean '{name}'?"
    return f"; patterns match paths such as '{_example(paths)}'" if paths else ""


def _example(paths: Collection[str]) -> str:
    suffixes = Counter(PurePosixPath(path).suffix for path in paths)
    suffix = suffixes.most_common(1)[0][0]
    pages = [path for path in paths if path.endswith(suffix)]
    return min(pages, key=lambda path: (_is_generated(PurePosixPath(path)), path))


def _is_generated(path: PurePosixPath) -> bool:
    """Tell whether this may be a page without a source: `404.html`, or `genindex`."""
    return not path.suffix or path.stem.isdigit()


def _spellings(pattern: str, paths: Collection[str]) -> Iterator[str]:
    """Yield patterns that the author may have meant, the most likely first.

    If patterns match source paths, the author may have written a path in the built
    site, a name without a suffix, or a path that includes the source folder.
    """
    segments = {part for path in paths for part in path.split("/")}
    suffixes = Counter(PurePosixPath(path).suffix for path in paths).most_common(2)
    whole = pattern.removeprefix("./")
    starts = [whole, _without_other_syntax(whole)]
    if match := _BELOW_FIRST_FOLDER.fullmatch(whole):
        starts.append("".join(match.groups()))
    for start in starts:
        stem = _SUFFIX.sub("", start)
        stems = (stem, stem.removesuffix("/index"))
        names = ("", "/index", "/README")
        spellings = [start]
        for base, name, (suffix, _) in product(stems, names, suffixes):
            spellings.append(f"{base}{name}{suffix}")
        yield from spellings
        yield from (_respelled(spelling, segments) for spelling in spellings)


def _without_other_syntax(pattern: str) -> str:
    """Return a pattern without the parts of a URL, Windows path or regex."""
    pattern = re.sub(r"^https?://[^/]*/|^\^|\$$|#.*$", "", pattern)
    return re.sub(r"\.\*", "**", pattern).replace("\\", "/")


def _respelled(pattern: str, segments: Collection[str]) -> str:
    """Return a pattern with its names replaced by similar ones that exist."""
    by_lower_case = {segment.lower(): segment for segment in sorted(segments)}
    parts = pattern.split("/")
    for position, part in enumerate(parts):
        if part and part not in segments and not _WILDCARD.search(part):
            close = get_close_matches(part.lower(), by_lower_case, n=1, cutoff=0.8)
            if close:
                name = by_lower_case[close[0]]
                parts[position] = _WILDCARD.sub(r"\\\g<0>", name)
    return "/".join(parts)
