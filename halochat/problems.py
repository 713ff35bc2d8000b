"""Describes problems with options: their location, message and severity."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Literal, TypeAlias

from halochat.syntaxes import SYNTAXES, SyntaxName

OptionPath: TypeAlias = tuple[str | int, ...]
"""The keys and list positions from a site's options down to one value."""


class _Value(Enum):
    NONE_GIVEN = "the problem is not about a value"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with an option, to be reported to the author of a site.

    An option with an `error` is not used. An option with a `warning` is used; `info` is
    for the log only. `is_conflict` is true if the value itself is valid but does not
    work together with other options.
    """

    path: OptionPath
    text: str
    """The message in the terms of YAML; `message` has the terms of the syntax."""
    severity: Literal["error", "warning", "info"] = "error"
    is_conflict: bool = False
    value: object = field(default=_Value.NONE_GIVEN, hash=False, repr=False)
    """The value that was given, if the message names it."""
    remedy: str = ""
    is_string: bool = False
    """Whether a string was expected, which needs quotes in some syntaxes."""
    syntax: SyntaxName = "yaml"

    @property
    def message(self) -> str:
        """The message and the remedy, in the terms of the author's syntax."""
        syntax = SYNTAXES[self.syntax]
        message = syntax.spell(self.text)
        remedy = syntax.spell(self.remedy)
        if self.value is not _Value.NONE_GIVEN:
            message += f", got {format_value(self.value, self.syntax)}"
            if self.is_string and not remedy:
                remedy = syntax.string_hint(self.value)
        return f"{message}; {remedy}" if remedy else message

    def written_in(self, syntax: SyntaxName) -> Problem:
        """Return the problem with its message for a syntax."""
        return replace(self, syntax=syntax)

    def inside(self, *path: str | int) -> Problem:
        """Return the problem with its path extended by the keys of a parent."""
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
    """Replace possible tokens, and a user name and password before a host, by dots.

    Everything before the last @ is replaced, because odd addresses do not show clearly
    where the password ends.
    """
    text = _TOKEN.sub("...", text)
    user, at, rest = text.rpartition("@")
    if not at or _MAIL.fullmatch(user):
        return text
    scheme = _SCHEME.match(user)
    return f"{scheme[0] if scheme else ''}...@{rest}"


def format_value(value: object, syntax: SyntaxName = "yaml") -> str:
    """Return a value as messages print it: shortened, and without secrets."""
    if name := SYNTAXES[syntax].spell_value(value):
        return name
    text = repr(_without_secrets(value) if isinstance(value, str) else value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def format_key(key: object) -> str:
    """Return the key of a mapping as messages print it, on one line."""
    if key is None:
        return "null"
    short = isinstance(key, str) and len(key) <= 60 and key.isprintable()
    return _without_secrets(str(key)) if short else format_value(key)


def path_key(key: object) -> str:
    """Return the key of a mapping as part of a path, as a string.

    In a path, integers are positions in a list.
    """
    return key if isinstance(key, str) else format_key(key)


def expected(
    label: str,
    value: object,
    *path: str | int,
    is_string: bool = False,
    remedy: str = "",
) -> Problem:
    """Return the problem of a value that does not match a label.

    With `is_string`, the message explains how to write a string, unless there is
    another remedy.
    """
    return Problem(
        path, f"expected {label}", value=value, is_string=is_string, remedy=remedy
    )
