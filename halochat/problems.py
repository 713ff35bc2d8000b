"""Problems with options: where they are, what is wrong, and how bad that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

OptionPath: TypeAlias = tuple[str | int, ...]
"""The keys and list positions from a site's options down to one value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the author of a site should know about an option.

    With an `error` the option is left out; with a `warning` it is used nevertheless;
    `info` is for the log alone. `is_conflict` is true if the value is right in itself
    but does not work together with other options.
    """

    path: OptionPath
    message: str
    severity: Literal["error", "warning", "info"] = "error"
    is_conflict: bool = False

    def inside(self, *path: str | int) -> Problem:
        """Return the problem as one of the value that holds this one at a path."""
        return replace(self, path=(*path, *self.path))

    @property
    def option(self) -> str:
        """The path as messages print it: `pages.blog/**.hosts[0]`."""
        text = ""
        for key in self.path:
            text += f"[{key}]" if isinstance(key, int) else f".{format_key(key)}"
        return text.removeprefix(".")

    def __str__(self) -> str:
        return f"{self.option}: {self.message}" if self.path else self.message


_SCHEME = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:)?[^:/\\]*", re.IGNORECASE)
_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])ey[AJ][A-Za-z0-9_.=-]{12,}")


def _without_secrets(text: str) -> str:
    """Leave out what may be a token, and a name and a password before a host.

    All before the last @ is left out, because odd addresses have no clear end of it.
    """
    text = _TOKEN.sub("...", text)
    user, at, rest = text.rpartition("@")
    if not at or _MAIL.fullmatch(user):
        return text
    scheme = _SCHEME.match(user)
    return f"{scheme[0] if scheme else ''}...@{rest}"


def format_value(value: object) -> str:
    """Return a value as messages print it: short, and never all that it contains."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple | set):
        return "a list"
    if isinstance(value, int) and value.bit_length() > 256:
        return "a huge number"  # Python refuses to convert very long ones to text
    text = repr(_without_secrets(value) if isinstance(value, str) else value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def format_key(key: object) -> str:
    """Return the key of a mapping as messages print it, on one line."""
    short = isinstance(key, str) and len(key) <= 60 and key.isprintable()
    return _without_secrets(str(key)) if short else format_value(key)


def path_key(key: object) -> str:
    """Return the key of a mapping as part of a path, in which numbers are positions."""
    return key if isinstance(key, str) else format_value(key)


def expected(
    label: str, value: object, *path: str | int, is_string: bool = False
) -> Problem:
    """Return the problem of a value that is not what a label says.

    For a string, the message names the pitfall of YAML that probably caused it.
    """
    message = f"expected {label}, got {format_value(value)}"
    hint = _quoting_hint(value) if is_string else ""
    return Problem(path, f"{message} ({hint})" if hint else message)


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
