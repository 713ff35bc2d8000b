"""Converts names between spellings, and suggests known names for misspelled ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

_MIN_START = 5  # letters that are enough to identify a name by its start
_MAX_LENGTH = 60  # longer than any known name, with room for typing errors


@cache
def camel_case(name: str) -> str:
    """Convert a name such as `border-radius` or `border_radius` to camel case."""
    first, *rest = re.split("[-_]", name)
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def kebab_case(name: str) -> str:
    """Convert a name in camel case to the spelling of style sheets."""
    return re.sub("[A-Z]", lambda capital: f"-{capital[0].lower()}", name)


def normalize_name(name: str) -> str:
    """Return a name in lower case without hyphens and underscores, for comparison."""
    return name.replace("_", "").replace("-", "").lower()


def suggest(name: str, names: Iterable[str]) -> str | None:
    """Return the known name that is most similar to a misspelled one, or None."""
    if len(name) > _MAX_LENGTH:
        return None
    known_names = {normalize_name(known): known for known in names}
    name = normalize_name(name)
    longer = [known for known in known_names if known.startswith(name)]
    if len(name) >= _MIN_START and len(longer) == 1:
        return known_names[longer[0]]
    matches = get_close_matches(name, known_names, n=1, cutoff=0.7)
    return known_names[matches[0]] if matches else None


def unknown_name(noun: str, name: object, names: Iterable[str]) -> str:
    """Return the message for an unknown name, with a suggestion if one is similar."""
    suggestion = suggest(name, names) if isinstance(name, str) else None
    if not suggestion:
        return f"unknown {noun}"
    return f"unknown {noun}, did you mean '{_spelled_like(str(name), suggestion)}'?"


def _spelled_like(example: str, name: str) -> str:
    """Convert a name to the spelling of an example: hyphens, camel case, or neither."""
    if "-" in example:
        return name.replace("_", "-")
    is_camel = re.search("[a-z][A-Z]", example) and "_" not in example
    return camel_case(name) if is_camel else name
