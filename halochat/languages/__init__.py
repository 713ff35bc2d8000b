"""Reads the texts of widget, loader and preview widget, from one file per language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from halochat.option_types import OptionType, texts_of
from halochat.problems import Problem, expected

_FOLDER = Path(__file__).parent
# Tags that have no file of their own name, with the file to use.
_ALIASES = {
    "zh": "zh-hans",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
    "zh-tw": "zh-hant",
    "pt": "pt-br",
    "no": "nb",
    "nn": "nb",
    "iw": "he",
}

_MAX_SUBTAGS = 10  # more than any real tag has; further subtags are dropped


class Texts(NamedTuple):
    """The texts of one language. Those of the widget have the vendor's keys."""

    widget: Mapping[str, str]
    loader: Mapping[str, str]
    preview: Mapping[str, str]


@cache
def texts(tag: str) -> Texts:
    """Read the texts of one of the `tags()`."""
    text = (_FOLDER / f"{tag}.yml").read_text(encoding="utf-8")
    return Texts(**yaml.safe_load(text))


@cache
def tags() -> Mapping[str, str]:
    """Return the tag of each available language, by its lower-case form."""
    return {path.stem.lower(): path.stem for path in sorted(_FOLDER.glob("*.yml"))}


def lookup(tag: str) -> str | None:
    """Return the language for a tag, or None.

    Subtags are dropped from the end until a language matches (RFC 4647, section 3.4).
    """
    subtags = tag.replace("_", "-").lower().split("-")[:_MAX_SUBTAGS]
    while subtags:
        shortened = "-".join(subtags)
        language = tags().get(_ALIASES.get(shortened, shortened))
        if language:
            return language
        subtags.pop()
    return None


def missing_texts(tag: str) -> str:
    """Return the message that a language has no texts, with a list of those that do."""
    available = ", ".join(tags().values())
    return f"no texts in '{tag}', so English is used; available: {available}"


ENGLISH = texts("en")
_SINGLE_TEXTS = texts_of(ENGLISH.widget)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,9}")
_LABEL = f"a language tag such as 'de', 'auto', or {_SINGLE_TEXTS.label}"
_TAG_SCHEMA = {"type": "string", "pattern": f"^(?:auto|{_TAG.pattern})$"}


def _check(value: object) -> Iterable[Problem]:
    if isinstance(value, Mapping):
        return _SINGLE_TEXTS.check(value)
    return _check_tag(value)


def _check_tag(value: object) -> Iterator[Problem]:
    if value == "auto":
        return
    if not isinstance(value, str) or not _TAG.fullmatch(value):
        yield expected(_LABEL, value, is_string=True)
    elif not lookup(value):
        yield Problem((), missing_texts(value), "warning")


def _normalize(value: object) -> object:
    return value if isinstance(value, str) else _SINGLE_TEXTS.normalize(value)


LANGUAGE = OptionType(
    _LABEL,
    _check,
    {"oneOf": [_TAG_SCHEMA, _SINGLE_TEXTS.schema]},
    normalize=_normalize,
    has_nullable_items=True,
)
