"""The kinds of colour and style object an option takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from halochat.naming import camel, close_to, squash
from halochat.option_types import MAX_INTEGER, Kind
from halochat.problems import Complaint, show, step, unexpected

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
