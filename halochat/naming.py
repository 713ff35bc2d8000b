"""The spellings of a name, and the name that a misspelt one probably means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache


@cache
def camel(name: str) -> str:
    """Spell a name as scripts do: `border-radius` and `border_radius` alike."""
    first, *rest = re.split("[-_]", name)
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def squash(name: str) -> str:
    """Return a name as it is compared: without case, hyphens and underscores."""
    return name.replace("_", "").replace("-", "").lower()


def close_to(name: str, names: Iterable[str]) -> str | None:
    """Return the one of some names that a misspelt one probably means."""
    by_form = {squash(known): known for known in names}
    found = get_close_matches(squash(name), by_form, n=1, cutoff=0.7)
    return by_form[found[0]] if found else None


def unknown(what: str, name: object, names: Iterable[str]) -> str:
    """Return the message for a name that is not known, with a likely one."""
    meant = close_to(name, names) if isinstance(name, str) else None
    return f"unknown {what}" + (f", did you mean '{meant}'?" if meant else "")
