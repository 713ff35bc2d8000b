"""The texts of widget, loader and preview widget, by language tag: one file each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from halochat.option_types import Kind, texts_of
from halochat.problems import Complaint, unexpected

_FOLDER = Path(__file__).parent
# Tags whose first part alone does not say which file is meant.
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


class Texts(NamedTuple):
    """The texts of one language: the widget's, in the vendor's keys, and ours."""

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
    """Return the tag of each language there is, by its lower-case form."""
    return {path.stem.lower(): path.stem for path in sorted(_FOLDER.glob("*.yml"))}


def lookup(tag: str) -> str | None:
    """Find the language for a tag, dropping subtags from the end (RFC 4647, 3.4)."""
    parts = tag.replace("_", "-").lower().split("-")
    while parts:
        wanted = "-".join(parts)
        found = tags().get(_ALIASES.get(wanted, wanted))
        if found:
            return found
        parts.pop()
    return None


def no_texts(tag: str) -> str:
    """Say that there are no texts in a language, and in which there are."""
    there = ", ".join(tags().values())
    return f"no texts in '{tag}', so they are in English; there are: {there}"


ENGLISH = texts("en")
_SOME = texts_of(ENGLISH.widget)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def _complaints(value: object) -> Iterable[Complaint]:
    return (
        _SOME.complaints(value)
        if isinstance(value, Mapping)
        else _tag_complaints(value)
    )


def _tag_complaints(value: object) -> Iterator[Complaint]:
    if value == "auto":
        return
    if not isinstance(value, str) or not _TAG.fullmatch(value):
        yield unexpected(_LABEL, value, text=True)
    elif not lookup(value):
        yield Complaint(no_texts(value), fatal=False)


_LABEL = f"a language tag such as 'de', 'auto', or {_SOME.label}"
_TAG_SCHEMA = {"type": "string", "pattern": f"^(?:auto|{_TAG.pattern})$"}
LANGUAGE = Kind(
    _LABEL,
    _complaints,
    {"oneOf": [_TAG_SCHEMA, _SOME.schema]},
    finish=lambda value: value if isinstance(value, str) else _SOME.finish(value),
)
