"""The spellings of a name, and the known name that a misspelled one resembles."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

_MIN_START = 5  # as much of a name as tells it from others
_MAX_LENGTH = 60  # longer than every name, with room for a slip or two


@cache
def camel_case(name: str) -> str:
    """Spell a name as scripts do: `border-radius` and `border_radius` alike."""
    first, *rest = re.split("[-_]", name)
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def kebab_case(name: str) -> str:
    """Spell a name in camel case as style sheets do."""
    return re.sub("[A-Z]", lambda capital: f"-{capital[0].lower()}", name)


def normalize_name(name: str) -> str:
    """Return the form in which names are compared: no case, hyphens, underscores."""
    return name.replace("_", "").replace("-", "").lower()


def suggest(name: str, names: Iterable[str]) -> str | None:
    """Return the known name that a misspelled one resembles most, if any does."""
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
    """Return the message for a name that is not known, with the likely one."""
    suggestion = suggest(name, names) if isinstance(name, str) else None
    if not suggestion:
        return f"unknown {noun}"
    return f"unknown {noun}, did you mean '{_spelled_like(str(name), suggestion)}'?"


def _spelled_like(example: str, name: str) -> str:
    """Spell a name with hyphens or in camel case if that is how an author writes."""
    if "-" in example:
        return name.replace("_", "-")
    is_camel = re.search("[a-z][A-Z]", example) and "_" not in example
    return camel_case(name) if is_camel else name
