"""Defines the types of option values: what each accepts, and its description."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from halochat.naming import normalize_name, suggest, unknown_name
from halochat.problems import OptionPath, Problem, expected, format_value, path_key

MAX_INTEGER = 2**53 - 1  # the largest whole number a browser holds exactly
MAX_DEPTH = 8
MAX_NODES = 2_000
MAX_CHARACTERS = 65_536
_WITH_UNIT = re.compile(r"([0-9]{1,16}) ?(?:px|%|s)")
SET_TWICE = "set twice, in two spellings; remove one of them"
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype"})


@dataclass(frozen=True, slots=True)
class OptionType:
    """A type of value.

    `check` accepts null inside a mapping, because null unsets an item on a page.
    """

    label: str
    """The description that completes "expected ..."."""
    check: Callable[[object], Iterable[Problem]]
    """Yield the problems of a value, with paths inside the value."""
    schema: Mapping[str, object]
    from_text: Callable[[str], object] | None = str
    """Convert a string from a directive or `-D`; None if it is read as YAML."""
    normalize: Callable[[Any], object] = lambda value: value
    """Convert an accepted value to the form that is sent."""
    empty_text: object = None
    """The value of an empty string from a directive or `-D`."""
    has_nullable_items: bool = False
    """Whether null unsets a single item on a page; for a site, null is an error."""
    starts_with_hash: bool = False
    """Whether null is probably an unquoted color, which YAML reads as a comment."""

    @property
    def is_string(self) -> bool:
        """Whether every accepted value is a string."""
        return self.schema.get("type") == "string"


def simple_type(
    label: str,
    accepts: Callable[[object], bool],
    schema: Mapping[str, object],
    from_text: Callable[[str], object] | None = str,
    empty_text: object = None,
    corrections: Callable[[str], Iterable[str]] = lambda text: (),
) -> OptionType:
    """Return a type with one check and one message.

    `corrections` yields what a refused string may stand for; the first one that is
    accepted is suggested.
    """

    def check(value: object) -> Iterator[Problem]:
        if not accepts(value):
            remedy = ""
            if isinstance(value, str) and from_text and accepts(from_text(value)):
                remedy = (
                    f"did you mean {str(from_text(value)).lower()}, without quotes?"
                )
            elif isinstance(value, str) and (match := _WITH_UNIT.fullmatch(value)):
                number = int(match[1])
                remedy = f"did you mean {number}, without a unit?" * accepts(number)
            elif isinstance(value, str):
                meant = next(filter(accepts, corrections(value)), None)
                remedy = f"did you mean {format_value(meant)}?" if meant else ""
            # Quotes would not make an address or a name of true or false.
            is_bool = isinstance(value, bool)
            is_string = schema.get("type") == "string" and not is_bool
            yield expected(label, value, is_string=is_string, remedy=remedy)

    return OptionType(label, check, schema, from_text, empty_text=empty_text)


def string_matching(
    label: str,
    pattern: str,
    *,
    example: str = "",
    corrections: Callable[[str], Iterable[str]] = lambda text: (),
) -> OptionType:
    """Return the type of strings that match a regular expression in full."""
    regex = re.compile(pattern)
    return simple_type(
        f"{label} such as '{example}'" if example else label,
        lambda value: isinstance(value, str) and regex.fullmatch(value) is not None,
        {"type": "string", "pattern": f"^(?:{pattern})$"},
        corrections=corrections,
    )


def one_of(*choices: str) -> OptionType:
    """Return the type of a closed list of strings."""
    label = "one of " + ", ".join(f"'{choice}'" for choice in choices)

    def check(value: object) -> Iterator[Problem]:
        if isinstance(value, str) and value in choices:
            return
        word = "none" if value is False else value
        suggestion = suggest(word, choices) if isinstance(word, str) else None
        remedy = f"did you mean '{suggestion}'?" if suggestion else ""
        # Quotes would not make a choice of a number or of true or false.
        yield expected(label, value, is_string=value is None, remedy=remedy)

    return OptionType(label, check, {"enum": list(choices)})


def integer(
    label: str = "a whole number", minimum: int = 0, maximum: int = MAX_INTEGER
) -> OptionType:
    """Return the type of whole numbers in a range."""
    return simple_type(
        label,
        lambda value: type(value) is int and minimum <= value <= maximum,
        {"type": "integer", "minimum": minimum, "maximum": maximum},
        lambda text: int(text) if re.fullmatch(r"-?[0-9]{1,16}", text) else text,
    )


_BOOLEAN_WORDS: Mapping[str, object] = {
    "true": True,
    "yes": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "off": False,
    "0": False,
}


def read_boolean(text: str) -> object:
    """Return the boolean that a word stands for; other strings are unchanged."""
    return _BOOLEAN_WORDS.get(text.lower(), text)


BOOLEAN = simple_type(
    "true or false",
    lambda value: isinstance(value, bool),
    {"type": "boolean"},
    read_boolean,
    empty_text=True,
)


def _check_string(value: object) -> Iterator[Problem]:
    if not isinstance(value, str):
        yield expected("a string", value, is_string=True)
    elif not value.strip():
        yield expected("a string", value, remedy="it must not be empty")


STRING = OptionType("a string", _check_string, {"type": "string", "pattern": r"\S"})


def texts_of(defaults: Mapping[str, str]) -> OptionType:
    """Return the type of mappings that replace some texts of `defaults`."""
    label = "a mapping of texts, such as {send: Submit}"
    names = {normalize_name(name): name for name in defaults}

    def check(value: object) -> Iterator[Problem]:
        if not isinstance(value, Mapping):
            yield expected(label, value)
            return
        given: set[str] = set()
        for key, text in value.items():
            name = names.get(normalize_name(key)) if isinstance(key, str) else None
            if name is None:
                yield Problem((path_key(key),), unknown_name("text", key, defaults))
            elif name in given:
                yield Problem((key,), SET_TWICE)
            elif text is not None:
                yield from _check_text(key, text, defaults[name])
            given.add(name or "")

    def normalize(texts: Mapping[str, str | None]) -> object:
        return {names[normalize_name(key)]: text for key, text in texts.items()}

    return OptionType(
        label,
        check,
        {
            "type": "object",
            "properties": {name: {"type": ["string", "null"]} for name in defaults},
            "additionalProperties": False,
        },
        from_text=None,
        normalize=normalize,
        has_nullable_items=True,
    )


def _check_text(key: str, text: object, default: str) -> Iterator[Problem]:
    problems = list(_check_string(text))
    if not problems and "@@@" in default and "@@@" not in str(text):
        problems = [expected(f"a string that contains @@@, as in '{default}'", text)]
    yield from (problem.inside(key) for problem in problems)


class Node(NamedTuple):
    """A value inside another one, and the path to it."""

    path: OptionPath
    value: object
    depth: int


def nodes(value: object) -> Iterator[Node]:
    """Yield a value and all values inside it, breadth first.

    A value from a file must pass `check_size` first, because aliases can make a short
    file an endless value.
    """
    queue = [Node((), value, 0)]
    for node in queue:
        yield node
        queue += (
            Node((*node.path, key), item, node.depth + 1)
            for key, item in _items(node.value)
        )


def _items(value: object) -> Iterable[tuple[str | int, object]]:
    if isinstance(value, Mapping):
        return ((path_key(key), item) for key, item in value.items())
    return enumerate(value) if isinstance(value, list | tuple) else ()


def check_size(
    value: object,
    *,
    max_nodes: int = MAX_NODES,
    max_characters: int = MAX_CHARACTERS,
    max_depth: int = MAX_DEPTH,
) -> Problem | None:
    """Return the problem of a value that is too large to be validated, or None.

    An alias counts each time it is used. The time of this check is limited, too.
    """
    characters = 0
    count = 1
    for path, item, depth in nodes(value):
        if depth > max_depth:
            message = f"nested more than {max_depth} levels deep; use fewer levels"
            return Problem(path, message)
        if isinstance(item, str | bytes):
            characters += len(item)
        elif isinstance(item, Mapping | list | tuple | set):
            count += len(item)
            if count > max_nodes:  # checked before the items are visited
                return Problem((), f"expected at most {max_nodes:,} values")
            if isinstance(item, Mapping):
                characters += sum(len(key) for key in item if isinstance(key, str))
        if characters > max_characters:
            message = f"expected at most {max_characters:,} characters"
            return Problem((), message)
    return None


def _check_data(data: Mapping[object, object]) -> Iterator[Problem]:
    """Yield a problem for each value that JSON or a browser would change."""
    for path, value, _ in nodes(data):
        for problem in _check_datum(value):
            yield problem.inside(*path)


def _check_datum(value: object) -> Iterator[Problem]:
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                yield expected("a string as key", key)
            elif key in FORBIDDEN_KEYS:
                message = f'"{key}" is a reserved name and cannot be used as a key'
                yield Problem((key,), message)
    elif isinstance(value, float) and not math.isfinite(value):
        yield expected("a finite number", value)
    elif type(value) is int and abs(value) > MAX_INTEGER:
        yield Problem((), "too large for a browser; put quotes around it")
    elif not isinstance(value, str | int | float | list | tuple | None):
        yield expected("a string, a number, true, false, a list or a mapping", value)


def json_mapping(label: str) -> OptionType:
    """Return the type of mappings with any content that JSON can represent."""

    def check(value: object) -> Iterable[Problem]:
        if isinstance(value, Mapping):
            return _check_data(value)
        return (expected(label, value),)

    return OptionType(label, check, {"type": "object"}, from_text=None)


def list_of(label: str, item: OptionType) -> OptionType:
    """Return the type of lists; in a string, commas separate the items."""

    def check(value: object) -> Iterator[Problem]:
        if not isinstance(value, list | tuple):
            yield expected(label, value)
            return
        for position, entry in enumerate(value):
            for problem in item.check(entry):
                yield problem.inside(position)

    return OptionType(
        label,
        check,
        {"type": "array", "items": item.schema},
        lambda text: [part.strip() for part in text.split(",") if part.strip()],
        list,
    )


def word_or(word: str, other: OptionType) -> OptionType:
    """Return a type that accepts one word in addition to another type."""
    label = f"'{word}', {other.label}"

    def check(value: object) -> Iterator[Problem]:
        if value != word and any(other.check(value)):
            yield expected(label, value)

    schema = {"oneOf": [{"const": word}, other.schema]}
    return OptionType(label, check, schema, other.from_text)
