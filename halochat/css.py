"""The option types for colors and style objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from halochat.naming import camel_case, kebab_case, normalize_name, suggest
from halochat.option_types import MAX_INTEGER, SET_TWICE, OptionType
from halochat.problems import Problem, expected, format_value

_HEX = re.compile("#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
_COLOUR = "a hex color such as '#E83C4A'"


def _check_colour(value: object) -> Iterator[Problem]:
    if isinstance(value, str) and _HEX.fullmatch(value):
        return
    if isinstance(value, str) and re.fullmatch("[A-Za-z]{3,24}", value):
        remedy = "it is sent unchanged, but Halo documents hex colors only"
        yield replace(expected(_COLOUR, value, remedy=remedy), severity="warning")
    elif isinstance(value, str) and _HEX.fullmatch(f"#{value}"):
        yield expected(_COLOUR, value, remedy=f"did you mean '#{value}'?")
    else:
        yield expected(_COLOUR, value, is_string=True)


COLOUR = OptionType(
    _COLOUR,
    _check_colour,
    {"type": "string", "pattern": f"^(?:{_HEX.pattern}|[A-Za-z]{{3,24}})$"},
    starts_with_hash=True,
)

_STYLES = "a mapping of CSS properties to strings or numbers, such as {bottom: 100px}"
# Functions that load a file; browsers also know some of them with a vendor prefix.
_LOADING = ("url", "src", "image", "image-set", "cross-fade", "element", "paint")
_VENDOR_PREFIX = re.compile("^-[a-z]+-")
# Members of the browser's style object that are not CSS properties. Setting one has no
# effect, overwrites a method, or throws an exception.
_MEMBERS = frozenset(
    """
    constructor cssText getPropertyCSSValue getPropertyPriority getPropertyShorthand
    getPropertyValue hasOwnProperty isPropertyImplicit isPrototypeOf item length
    parentRule propertyIsEnumerable removeProperty setProperty toLocaleString toString
    valueOf
    """.split()
)
_MEMBER_NAMES = frozenset(map(normalize_name, _MEMBERS))


@cache
def css_properties() -> frozenset[str]:
    """Return the standard CSS properties, in the spelling of stylesheets."""
    text = Path(__file__).with_name("css_properties.txt").read_text(encoding="ascii")
    return frozenset(text.split())


def _style_name_problem(name: str) -> Problem | None:
    if name.startswith("--"):
        message = "custom properties are not supported; set a CSS property"
        return Problem((), message)
    if normalize_name(name) in _MEMBER_NAMES:
        message = "not a CSS property, but a member of the style object; remove it"
        return Problem((), message)
    if "_" in name and (known := kebab_case(camel_case(name))) in css_properties():
        suggestion = camel_case(known)
        return Problem((), f"unknown CSS property, did you mean '{suggestion}'?")
    if not re.fullmatch("-?[A-Za-z]+(?:-[a-z]+)*", name):
        return Problem((), "expected the name of a CSS property")
    kebab = kebab_case(name)
    if kebab in css_properties() or re.match("-?(?:webkit|moz)-", kebab):
        return None
    known_name = suggest(kebab, css_properties())
    hint = f"did you mean '{camel_case(known_name)}'?" if known_name else ""
    message = f"unknown CSS property, {hint or 'which browsers ignore'}"
    return Problem((), message, "warning")


def _style_value_problem(value: object) -> Problem | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return expected("a string or a number", value, is_string=True)
    if not isinstance(value, str):
        is_finite = abs(value) <= MAX_INTEGER
        return None if is_finite else expected("a finite number", value)
    bad = re.search(r"[;{}@\\!\x00-\x1f\x7f]|/\*", value)
    if bad:
        return expected(f"one CSS value without {format_value(bad[0])}", value)
    if not value.strip():
        return expected("one CSS value", "")
    for function in re.findall(r"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]++)\s*+\(", value):
        name = _VENDOR_PREFIX.sub("", function.lower())
        if name in _LOADING:
            message = f"{function}() is not allowed here: it would load a file"
            return Problem((), message)
        if name == "expression":  # of Internet Explorer
            message = f"{function}() is not allowed here: it would run a script"
            return Problem((), message)
    return None


def _check_styles(value: object) -> Iterator[Problem]:
    if not isinstance(value, Mapping):
        yield expected(_STYLES, value)
        return
    given: set[str] = set()
    for name, setting in value.items():
        if not isinstance(name, str):
            yield expected("the name of a CSS property", name)
            continue
        if camel_case(name) in given:
            yield Problem((name,), SET_TWICE)
        given.add(camel_case(name))
        for problem in (_style_name_problem(name), _style_value_problem(setting)):
            if problem:
                yield problem.inside(name)


def _normalize_styles(styles: Mapping[str, object]) -> object:
    return {camel_case(name): value for name, value in styles.items()}


# The schema pattern approximates `_style_value_problem`.
_VALUE_PATTERN = (
    r"^(?!\s*$)(?!.*/\*)"
    rf"(?!(?:.*[^A-Za-z0-9_-])?(?:-[a-z]+-)?(?:{'|'.join(_LOADING)})\s*\()"
    r"[^;{}@\\!]*$"
)

STYLES = OptionType(
    _STYLES,
    _check_styles,
    {
        "type": "object",
        "additionalProperties": {
            "type": ["string", "number", "null"],
            "pattern": _VALUE_PATTERN,
        },
    },
    from_text=None,
    normalize=_normalize_styles,
    has_nullable_items=True,
    starts_with_hash=True,
)
