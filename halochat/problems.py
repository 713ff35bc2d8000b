"""Problems with options: where they are, what is wrong, and how bad that is."""

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
    """Something the author of a site should know about an option.

    With an `error` the option is left out; with a `warning` it is used nevertheless;
    `info` is for the log alone. `is_conflict` is true if the value is right in itself
    but does not work together with other options.
    """

    path: OptionPath
    text: str
    """What is wrong, in the words for YAML; `message` is in those of the syntax."""
    severity: Literal["error", "warning", "info"] = "error"
    is_conflict: bool = False
    value: object = field(default=_Value.NONE_GIVEN, hash=False, repr=False)
    """The value that was given, if the message names it."""
    remedy: str = ""
    is_string: bool = False
    """Whether a string was expected, which some syntaxes want in quotes."""
    syntax: SyntaxName = "yaml"

    @property
    def message(self) -> str:
        """What is wrong and what to do, in the words of the author's syntax."""
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


def format_value(value: object, syntax: SyntaxName = "yaml") -> str:
    """Return a value as messages print it: short, and never all that it contains."""
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
    """Return the key of a mapping as part of a path, in which numbers are positions."""
    return key if isinstance(key, str) else format_key(key)


def expected(
    label: str,
    value: object,
    *path: str | int,
    is_string: bool = False,
    remedy: str = "",
) -> Problem:
    """Return the problem of a value that is not what a label says.

    For a string, the message says how to write one, unless it has another remedy.
    """
    return Problem(
        path, f"expected {label}", value=value, is_string=is_string, remedy=remedy
    )
