"""The kinds of value an option takes: what each accepts and how it is said."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from halochat.naming import close_to, squash, unknown
from halochat.problems import Complaint, show, step, unexpected

MAX_INTEGER = 2**53 - 1  # the largest whole number a browser holds exactly
MAX_DEPTH = 8
MAX_NODES = 2_000
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: what it accepts, and how that is said to a reader.

    A null inside a mapping is no complaint here: on a page it unsets what is below.
    """

    label: str
    complaints: Callable[[object], Iterable[Complaint]]
    schema: Mapping[str, object]
    read: Callable[[str], object] | None = str
    """Turn one line of text (a directive, `-D`) into a value; None: no such form."""
    finish: Callable[[Any], object] = lambda value: value
    """Turn an accepted value into the one that is sent."""


def plain(
    label: str,
    accepts: Callable[[object], bool],
    schema: Mapping[str, object],
    read: Callable[[str], object] | None = str,
) -> Kind:
    """Make a kind whose only complaint is that something else was expected."""

    def complaints(value: object) -> Iterator[Complaint]:
        if not accepts(value):
            yield unexpected(label, value, text=schema.get("type") == "string")

    return Kind(label, complaints, schema, read)


def matching(label: str, pattern: str, *, example: str = "") -> Kind:
    """Make a kind of text that matches a pattern in full."""
    regex = re.compile(pattern)
    return plain(
        f"{label} such as '{example}'" if example else label,
        lambda value: isinstance(value, str) and regex.fullmatch(value) is not None,
        {"type": "string", "pattern": f"^(?:{pattern})$"},
    )


def one_of(*choices: str) -> Kind:
    """Make a kind that is one of a closed list of texts."""
    label = "one of " + ", ".join(f"'{choice}'" for choice in choices)

    def complaints(value: object) -> Iterator[Complaint]:
        if value not in choices or not isinstance(value, str):
            complaint = unexpected(label, value, text=True)
            meant = close_to(value, choices) if isinstance(value, str) else None
            yield Complaint(
                f"{complaint.message}; did you mean '{meant}'?"
                if meant
                else complaint.message
            )

    return Kind(label, complaints, {"enum": list(choices)})


def integer(
    label: str = "a whole number", minimum: int = 0, maximum: int = MAX_INTEGER
) -> Kind:
    """Make a kind of whole number in a range."""
    return plain(
        label,
        lambda value: type(value) is int and minimum <= value <= maximum,
        {"type": "integer", "minimum": minimum, "maximum": maximum},
        lambda text: int(text) if re.fullmatch(r"-?[0-9]{1,16}", text) else text,
    )


def _read_boolean(text: str) -> object:
    words = {"": True, "true": True, "yes": True, "on": True}
    words |= {"false": False, "no": False, "off": False}
    return words.get(text.lower(), text)


BOOLEAN = plain(
    "true or false",
    lambda value: isinstance(value, bool),
    {"type": "boolean"},
    _read_boolean,
)

TEXT = plain(
    "text",
    lambda value: isinstance(value, str) and value.strip() != "",
    {"type": "string", "pattern": r"\S"},
)


def texts_of(names: Mapping[str, str]) -> Kind:
    """Make a kind of mapping that replaces some texts; given: name -> default."""
    label = "a mapping of texts, such as {send: Submit}"
    by_form = {squash(name): name for name in names}

    def complaints(value: object) -> Iterator[Complaint]:
        if not isinstance(value, Mapping):
            yield unexpected(label, value)
            return
        seen: set[str] = set()
        for key, text in value.items():
            name = by_form.get(squash(key)) if isinstance(key, str) else None
            if name is None:
                yield Complaint(unknown("text", key, names), step(key))
            elif name in seen:
                yield Complaint("given twice, in two spellings", step(key))
            elif text is None:
                pass
            elif not isinstance(text, str) or not text.strip():
                yield unexpected("text", text, text=True)._replace(where=step(key))
            elif "@@@" in names[name] and "@@@" not in text:
                message = f"expected text with @@@ in it, as in '{names[name]}'"
                yield Complaint(f"{message}, got {show(text)}", step(key))
            seen.add(name or "")

    return Kind(
        label,
        complaints,
        {
            "type": "object",
            "properties": {name: {"type": ["string", "null"]} for name in names},
            "additionalProperties": False,
        },
        read=None,
        finish=lambda texts: {by_form[squash(key)]: texts[key] for key in texts},
    )


class Node(NamedTuple):
    """One value inside another, and the way to it."""

    where: str
    value: object
    depth: int


def nodes(value: object) -> Iterator[Node]:
    """Walk a value and all in it, breadth first; stop beyond MAX_NODES or MAX_DEPTH."""
    queue = [Node("", value, 0)]
    for node in queue:
        yield node
        if node.depth > MAX_DEPTH or len(queue) > MAX_NODES:
            continue
        inside: Iterable[tuple[str, object]] = ()
        if isinstance(node.value, Mapping):
            inside = ((step(key), item) for key, item in node.value.items())
        elif isinstance(node.value, list | tuple):
            inside = ((f"[{i}]", item) for i, item in enumerate(node.value))
        queue += (Node(node.where + way, item, node.depth + 1) for way, item in inside)


def _data_complaints(data: Mapping[object, object]) -> Iterator[Complaint]:
    """Complain about what JSON, a browser or an object's prototype would spoil."""
    for count, (where, value, depth) in enumerate(nodes(data)):
        if count > MAX_NODES:
            yield Complaint(f"holds more than {MAX_NODES:,} values")
            return
        if depth > MAX_DEPTH:
            yield Complaint(f"nested more than {MAX_DEPTH} deep", where)
            return
        yield from _datum_complaints(value, where)


def _datum_complaints(value: object, where: str) -> Iterator[Complaint]:
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                yield unexpected("text as key", key)._replace(where=where)
            elif key in FORBIDDEN_KEYS:
                message = "not taken, because it changes objects"
                yield Complaint(message, f"{where}.{key}")
    elif isinstance(value, float) and not math.isfinite(value):
        yield Complaint(f"expected a finite number, got {value}", where)
    elif type(value) is int and abs(value) > MAX_INTEGER:
        yield Complaint("too large for a browser: put quotes around it", where)
    elif not isinstance(value, str | int | float | list | tuple | None):
        label = "text, a number, true, false, a list or a mapping"
        yield unexpected(label, value)._replace(where=where)


def mapping(label: str) -> Kind:
    """Make a kind of mapping whose content is free, as long as it is JSON."""

    def complaints(value: object) -> Iterable[Complaint]:
        if isinstance(value, Mapping):
            return _data_complaints(value)
        return (unexpected(label, value),)

    return Kind(label, complaints, {"type": "object"}, read=None)


def list_of(label: str, item: Kind) -> Kind:
    """Make a kind of list; as one line of text its items stand between commas."""

    def complaints(value: object) -> Iterator[Complaint]:
        if not isinstance(value, list | tuple):
            yield unexpected(label, value)
            return
        for number, entry in enumerate(value):
            for complaint in item.complaints(entry):
                yield complaint._replace(where=f"[{number}]")

    return Kind(
        label,
        complaints,
        {"type": "array", "items": item.schema},
        lambda text: [part.strip() for part in text.split(",") if part.strip()],
        list,
    )


def either(word: str, kind: Kind) -> Kind:
    """Make a kind that also takes one word of its own."""
    label = f"'{word}' or {kind.label}"

    def complaints(value: object) -> Iterator[Complaint]:
        if value != word and any(kind.complaints(value)):
            yield unexpected(label, value)

    return Kind(label, complaints, {"oneOf": [{"const": word}, kind.schema]}, kind.read)
