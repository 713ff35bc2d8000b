"""The kinds of value an option takes: what each accepts and how it is said."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

MAX_INTEGER = 2**53 - 1  # the largest whole number a browser holds exactly
MAX_DEPTH = 8
MAX_NODES = 2_000
FORBIDDEN_KEYS = frozenset({"__proto__", "constructor", "prototype"})


class Complaint(NamedTuple):
    """Something wrong with a value, and where inside it."""

    message: str
    where: str = ""
    fatal: bool = True


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


def show(value: object) -> str:
    """Return a value as an error message shows it: short, and never all it holds."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple | set):
        return "a list"
    if isinstance(value, int) and value.bit_length() > 256:
        return "a huge number"  # too long a one cannot be written at all
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def spell(name: object) -> str:
    """Return a name that an author gave as a message shows it, on one line."""
    short = isinstance(name, str) and len(name) <= 60 and name.isprintable()
    return str(name) if short else show(name)


def step(key: object) -> str:
    """Return the way from a mapping to what it holds under a key."""
    return f".{spell(key)}"


def squash(name: str) -> str:
    """Return a name as it is compared: without case, hyphens and underscores."""
    return name.replace("_", "").replace("-", "").lower()


def close_to(name: str, names: Iterable[str]) -> str | None:
    """Return the one of some names that a misspelt one probably means."""
    by_form = {squash(known): known for known in names}
    found = get_close_matches(squash(name), by_form, n=1, cutoff=0.7)
    return by_form[found[0]] if found else None


def unexpected(label: str, value: object, *, text: bool = False) -> Complaint:
    """Complain that a value is not what was expected; for text, name YAML's traps."""
    message = f"expected {label}, got {show(value)}"
    hint = _quoting_hint(value) if text else ""
    return Complaint(f"{message} ({hint})" if hint else message)


def _quoting_hint(value: object) -> str:
    if value is None:
        return "in YAML an unquoted # starts a comment: put quotes around the text"
    if isinstance(value, bool):
        return "YAML reads unquoted on, off, yes and no so: put quotes around the text"
    if isinstance(value, int | float):
        return "YAML reads 0123 as 83 and 1:30 as 90: put quotes around the text"
    if isinstance(value, str | bytes | Mapping | list | tuple):
        return ""
    return "put quotes around the text"


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

# --- Addresses -------------------------------------------------------------------
# An allow-list, because URL parsers disagree with browsers on which host an odd
# address names. Nothing is repaired: what is not plainly right is refused.

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# A browser takes a host whose last label is a number for an IPv4 address.
_NUMBER = r"(?:[0-9]+|0[xX][0-9A-Fa-f]*)(?:[/:?#]|$)"
_HOST = (
    rf"(?=[^/:?#]{{1,253}}(?:[/:?#]|$))"
    rf"(?:{_LABEL}\.)*(?!{_NUMBER}){_LABEL}(?=[/:?#]|$)"
)
_PORT = (
    r"(?::(?!0)(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}"
    r"|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])(?=[/?#]|$))?"
)
_ORIGIN = rf"(?:https://{_HOST}|http://(?:localhost|127\.0\.0\.1)){_PORT}"
_SEGMENT = r"(?!\.{1,2}(?:[/?#]|$))[A-Za-z0-9._~!$&()*+,;=:-]+"
_PATH = rf"(?:/{_SEGMENT})*/?"
# Behind the path nothing can change the host any more.
_LINK_SEGMENT = r"(?!(?:\.|%2[eE]){1,2}(?:[/?#]|$))[A-Za-z0-9._~!$&()*+,;=:@%-]+"
_TAIL = r"(?:\?[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?(?:#[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?"
_LINK = rf"{_ORIGIN}(?:/{_LINK_SEGMENT})*/?{_TAIL}"
_SITE_PATH = rf"(?![^/?#]*:){_LINK_SEGMENT}(?:/{_LINK_SEGMENT})*/?{_TAIL}"


def _address(label: str, pattern: str) -> Kind:
    return matching(label, rf"(?=[!-~]{{1,2048}}$)(?:{pattern})")


ENDPOINT = _address(
    "an https address such as 'https://halo.example.com/api'",
    rf"(?!.*\.js$){_ORIGIN}{_PATH}",  # the script's address is another option
)
SCRIPT = _address(
    "an https address such as 'https://halo.example.com/chat/index.js'",
    _ORIGIN + rf"(?:/{_SEGMENT})+{_TAIL}",
)
MEDIA = _address(
    "an https address, or a path in the site such as 'images/chat.svg'",
    f"{_LINK}|{_SITE_PATH}",
)
LINK = _address(
    "an https address, a path in the site such as 'contact/', "
    "or 'mailto:support@example.com'",
    rf"{_LINK}|{_SITE_PATH}|mailto:[A-Za-z0-9._+-]+@{_HOST}{_TAIL}",
)


def is_site_path(address: str) -> bool:
    """Tell whether an accepted address is a path in the site itself."""
    return re.fullmatch(_SITE_PATH, address) is not None


# --- Colours and style objects -----------------------------------------------------

_HEX = re.compile("#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
_COLOUR = "a hex colour such as '#E83C4A'"


def _colour_complaints(value: object) -> Iterator[Complaint]:
    if isinstance(value, str) and _HEX.fullmatch(value):
        return
    complaint = unexpected(_COLOUR, value, text=True)
    named = isinstance(value, str) and re.fullmatch("[A-Za-z]{3,24}", value)
    if named:
        yield Complaint(
            f"{complaint.message}: sent as it is, but Halo promises hex colours only",
            fatal=False,
        )
    else:
        yield complaint


COLOUR = Kind(
    _COLOUR,
    _colour_complaints,
    {"type": "string", "pattern": f"^(?:{_HEX.pattern}|[A-Za-z]{{3,24}})$"},
)

_STYLES = "a mapping of CSS properties to text or numbers, such as {bottom: 100px}"
_FUNCTIONS = frozenset(
    """
    abs attr blur brightness calc circle clamp color color-mix conic-gradient contrast
    cubic-bezier drop-shadow ellipse env fit-content grayscale hsl hsla hue-rotate hwb
    inset invert lab lch light-dark linear linear-gradient matrix matrix3d max min
    minmax oklab oklch opacity perspective polygon radial-gradient repeat
    repeating-conic-gradient repeating-linear-gradient repeating-radial-gradient rgb
    rgba rotate rotate3d rotatex rotatey rotatez round saturate scale scale3d scalex
    scaley scalez sepia sign skew skewx skewy steps translate translate3d translatex
    translatey translatez var
    """.split()
)


@cache
def css_properties() -> frozenset[str]:
    """Return the standard CSS properties, in the spelling of stylesheets."""
    text = Path(__file__).with_name("css_properties.txt").read_text(encoding="ascii")
    return frozenset(text.split())


@cache
def camel(name: str) -> str:
    """Spell a name as scripts do: `border-radius` and `border_radius` alike."""
    first, *rest = re.split("[-_]", name)
    return first + "".join(part[:1].upper() + part[1:] for part in rest)


def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda capital: f"-{capital[0].lower()}", name)


def _style_name_complaint(name: str) -> Complaint | None:
    if name.startswith("--"):
        return Complaint("custom properties are not taken, only CSS properties")
    if squash(name) == "csstext":
        return Complaint("sets many properties at once: write each as its own key")
    if "_" in name and (known := _kebab(camel(name))) in css_properties():
        return Complaint(f"unknown CSS property, did you mean '{camel(known)}'?")
    if not re.fullmatch("-?[A-Za-z]+(?:-[a-z]+)*", name):
        return Complaint("expected the name of a CSS property")
    kebab = _kebab(name)
    if kebab in css_properties() or re.match("-?(?:webkit|moz)-", kebab):
        return None
    meant = close_to(kebab, css_properties())
    return Complaint(
        "unknown CSS property"
        + (f", did you mean '{camel(meant)}'?" if meant else ", browsers ignore it"),
        fatal=False,
    )


def _style_value_complaint(value: object) -> Complaint | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return unexpected("text or a number", value, text=True)
    if not isinstance(value, str):
        finite = abs(value) <= MAX_INTEGER
        return None if finite else unexpected("a finite number", value)
    bad = re.search(r"[;{}@\\!\x00-\x1f\x7f]|/\*", value)
    if bad or not value.strip():
        return Complaint(
            f"expected one CSS value without {show(bad[0])}, got {show(value)}"
            if bad
            else "expected one CSS value, got ''"
        )
    for function in re.findall(r"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]++)\s*+\(", value):
        named = function.strip("0123456789-")  # else a bracket of arithmetic
        if named and function.lower() not in _FUNCTIONS:
            return Complaint(f"'{function}(' is not taken: it could load or run things")
    return None


def _style_complaints(value: object) -> Iterator[Complaint]:
    if not isinstance(value, Mapping):
        yield unexpected(_STYLES, value)
        return
    seen: set[str] = set()
    for name, setting in value.items():
        if not isinstance(name, str):
            yield unexpected("the name of a CSS property", name)
            continue
        if camel(name) in seen:
            yield Complaint("given twice, in two spellings", step(name))
        seen.add(camel(name))
        for complaint in (_style_name_complaint(name), _style_value_complaint(setting)):
            if complaint:
                yield complaint._replace(where=step(name))


def _style_finish(styles: Mapping[str, object]) -> object:
    return {camel(name): value for name, value in styles.items()}


STYLES = Kind(
    _STYLES,
    _style_complaints,
    {
        "type": "object",
        # As near as a pattern comes to what is checked.
        "additionalProperties": {
            "type": ["string", "number", "null"],
            "pattern": r"^(?!\s*$)(?!.*(?:/\*|url\s*\())[^;{}@\\!]*$",
        },
    },
    read=None,
    finish=_style_finish,
)

# --- Mappings and lists --------------------------------------------------------------


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


def unknown(what: str, name: object, names: Iterable[str]) -> str:
    """Return the message for a name that is not known, with a likely one."""
    meant = close_to(name, names) if isinstance(name, str) else None
    return f"unknown {what}" + (f", did you mean '{meant}'?" if meant else "")


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


HOST_NAME = matching(
    "a host name", rf"{_HOST}|127\.0\.0\.1", example="docs.example.com"
)


def either(word: str, kind: Kind) -> Kind:
    """Make a kind that also takes one word of its own."""
    label = f"'{word}' or {kind.label}"

    def complaints(value: object) -> Iterator[Complaint]:
        if value != word and any(kind.complaints(value)):
            yield unexpected(label, value)

    return Kind(label, complaints, {"oneOf": [{"const": word}, kind.schema]}, kind.read)
