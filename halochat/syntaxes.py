"""Describes the syntaxes in which authors write options, for use in messages."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

SyntaxName: TypeAlias = Literal["yaml", "toml", "python", "text"]
"""`text` is a plain string without a syntax, such as the option of a directive."""

# A pair in a label or an example, such as `{send: Submit}` or `load: snippet`.
_PAIR = re.compile(r"(?<=[{`])(\w+): ([\w.]+)(?=[}`])")


@dataclass(frozen=True, slots=True)
class Syntax:
    """The terms of messages for the authors of one kind of file."""

    words: Mapping[str, str]
    """The replacements for terms of YAML, in which messages are written."""
    pair: str
    """A key with a string value, as a template for `re.sub`."""
    none: str
    string_hint: Callable[[object], str]
    """Return how to write a string, if this value was given instead of one."""

    def spell(self, text: str) -> str:
        """Return a message for authors of YAML in the terms of this syntax."""
        text = _PAIR.sub(self.pair, text)
        for word, own_word in self.words.items():
            text = re.sub(rf"\b{word}\b", own_word, text)
        return text

    def spell_value(self, value: object) -> str | None:
        """Return the term for a value; None if the value itself is printed."""
        if value is None:
            return self.none
        if isinstance(value, bool):
            return self.spell(str(value).lower())
        if isinstance(value, int) and value.bit_length() > 256:
            return "a huge number"  # Python refuses to convert very long ones to str
        if isinstance(value, str | int | float):
            return None
        kinds = (kind for type_, kind in _KINDS if isinstance(value, type_))
        return self.spell(next(kinds, "an object"))


_KINDS: tuple[tuple[type, str], ...] = (
    (Mapping, "a mapping"),
    (list, "a list"),
    (tuple, "a list"),
    (set, "a set"),
    (frozenset, "a set"),
    (bytes, "bytes"),
    (datetime.date, "a date"),
    (datetime.time, "a time"),
    (os.PathLike, "a path"),
)


def _yaml_hint(value: object) -> str:
    if value is None:
        return (
            "YAML reads # as the start of a comment, so put quotes around a value with "
            "#; if the value comes from an environment variable, set the variable"
        )
    if isinstance(value, bool):
        return "put quotes around it: YAML reads on, off, yes and no as true or false"
    if isinstance(value, int | float):
        return "put quotes around it: YAML reads 0123 as 83, and 1:30 as 90"
    return _quotes_hint(value)


def _quotes_hint(value: object) -> str:
    quotable = (int, float, datetime.date, datetime.time)
    return "put quotes around it" if isinstance(value, quotable) else ""


def _python_hint(value: object) -> str:
    is_path = isinstance(value, os.PathLike)
    return "convert it with str()" if is_path else _quotes_hint(value)


SYNTAXES: Mapping[SyntaxName, Syntax] = {
    "yaml": Syntax({}, r"\g<0>", "no value", _yaml_hint),
    "toml": Syntax({"a mapping": "a table"}, r'\1 = "\2"', "no value", _quotes_hint),
    "python": Syntax(
        {"true": "True", "false": "False", "null": "None", "a mapping": "a dictionary"},
        r"'\1': '\2'",
        "None",
        _python_hint,
    ),
    "text": Syntax(
        {
            "a mapping of options, or false": "off",
            "false for no chat": "off for no chat",
        },
        r"\g<0>",
        "no value",
        lambda value: "",
    ),
}
