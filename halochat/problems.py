"""What is wrong with a value, and how a value is shown in a message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Complaint(NamedTuple):
    """Something wrong with a value, and where inside it."""

    message: str
    where: str = ""
    fatal: bool = True


# The name and the password in an address.
_USER = re.compile(r"//[^/\s]*@")


def show(value: object) -> str:
    """Return a value as an error message shows it: short, and never all it holds."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple | set):
        return "a list"
    if isinstance(value, int) and value.bit_length() > 256:
        return "a huge number"  # too long a one cannot be written at all
    text = _USER.sub("//...@", repr(value))
    return text if len(text) <= 60 else f"{text[:57]}..."


def spell(name: object) -> str:
    """Return a name that an author gave as a message shows it, on one line."""
    short = isinstance(name, str) and len(name) <= 60 and name.isprintable()
    return str(name) if short else show(name)


def step(key: object) -> str:
    """Return the way from a mapping to what it holds under a key."""
    return f".{spell(key)}"


def unexpected(label: str, value: object, *, text: bool = False) -> Complaint:
    """Complain that a value is not what was expected; for text, name YAML's traps."""
    message = f"expected {label}, got {show(value)}"
    hint = _quoting_hint(value) if text else ""
    return Complaint(f"{message} ({hint})" if hint else message)


def _quoting_hint(value: object) -> str:
    if value is None:
        return (
            "in YAML an unquoted # starts a comment: put quotes around the text; "
            "or is it a variable that is not set?"
        )
    if isinstance(value, bool):
        return "YAML reads unquoted on, off, yes and no so: put quotes around the text"
    if isinstance(value, int | float):
        return "put quotes around it: without them YAML reads 0123 as 83, 1:30 as 90"
    if isinstance(value, str | bytes | Mapping | list | tuple):
        return ""
    return "put quotes around the text"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one option; what is not fatal is used all the same."""

    option: str
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.option}: {self.message}"
