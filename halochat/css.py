"""The option types for colors and style objects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from halochat.naming import camel_case, kebab_case, normalize_name, suggest
from halochat.option_types import MAX_INTEGER, OptionType
from halochat.problems import Problem, expected, format_value

_HEX = re.compile("#(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
_COLOUR = "a hex colour such as '#E83C4A'"


def _check_colour(value: object) -> Iterator[Problem]:
    if isinstance(value, str) and _HEX.fullmatch(value):
        return
    problem = expected(_COLOUR, value, is_string=True)
    is_named = isinstance(value, str) and re.fullmatch("[A-Za-z]{3,24}", value)
    if is_named:
        note = "sent as it is, but Halo promises hex colours only"
        yield Problem((), f"{problem.message}: {note}", "warning")
    else:
        yield problem


COLOUR = OptionType(
    _COLOUR,
    _check_colour,
    {"type": "string", "pattern": f"^(?:{_HEX.pattern}|[A-Za-z]{{3,24}})$"},
    starts_with_hash=True,
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


def _style_name_problem(name: str) -> Problem | None:
    if name.startswith("--"):
        return Problem((), "custom properties are not accepted, only CSS properties")
    if normalize_name(name) == "csstext":
        return Problem((), "sets many properties at once: write each as its own key")
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
    message = f"unknown CSS property, {hint or 'browsers ignore it'}"
    return Problem((), message, "warning")


def _style_value_problem(value: object) -> Problem | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return expected("text or a number", value, is_string=True)
    if not isinstance(value, str):
        is_finite = abs(value) <= MAX_INTEGER
        return None if is_finite else expected("a finite number", value)
    bad = re.search(r"[;{}@\\!\x00-\x1f\x7f]|/\*", value)
    if bad:
        return expected(f"one CSS value without {format_value(bad[0])}", value)
    if not value.strip():
        return expected("one CSS value", "")
    for function in re.findall(r"(?<![A-Za-z0-9_-])([A-Za-z0-9_-]++)\s*+\(", value):
        is_named = function.strip("0123456789-")  # else a bracket of arithmetic
        if is_named and function.lower() not in _FUNCTIONS:
            message = f"{function}() is not allowed here: it could load a file"
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
            yield Problem((name,), "given twice, in two spellings")
        given.add(camel_case(name))
        for problem in (_style_name_problem(name), _style_value_problem(setting)):
            if problem:
                yield problem.inside(name)


def _normalize_styles(styles: Mapping[str, object]) -> object:
    return {camel_case(name): value for name, value in styles.items()}


STYLES = OptionType(
    _STYLES,
    _check_styles,
    {
        "type": "object",
        # As near as a pattern comes to what is checked.
        "additionalProperties": {
            "type": ["string", "number", "null"],
            "pattern": r"^(?!\s*$)(?!.*(?:/\*|url\s*\())[^;{}@\\!]*$",
        },
    },
    from_text=None,
    normalize=_normalize_styles,
    has_nullable_items=True,
    starts_with_hash=True,
)
