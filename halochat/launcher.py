"""Writes the CSS of the launcher, which has the position and look of the bubble.

The look is the same on every visit, so the build writes the CSS.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from halochat.naming import kebab_case

# Lengths are pixels, except in properties that CSS defines as plain numbers.
# Source: the value definitions of the CSS specifications.
_NUMBERS = frozenset(
    """
    animation-iteration-count aspect-ratio border-image-outset border-image-slice
    border-image-width column-count columns fill-opacity flex flex-grow flex-shrink
    flood-opacity font-size-adjust font-weight grid-area grid-column grid-column-end
    grid-column-start grid-row grid-row-end grid-row-start hyphenate-limit-chars
    initial-letter line-height mask-border-outset mask-border-slice mask-border-width
    opacity order orphans scale shape-image-threshold stop-opacity stroke-miterlimit
    stroke-opacity tab-size widows z-index zoom
    """.split()
)
_BUBBLE = 60  # size of the launcher in pixels
_ICON = 24  # size of the launcher's own icon in pixels
# Above this luminance, white on the color has less contrast than 3 to 1.
# Source: WCAG 2.2, success criterion 1.4.11.
_LIGHT = 0.3


def launcher_css(
    options: Mapping[str, object], icon: str | None, script: str
) -> list[str]:
    """Return the CSS of the launcher's corner, of its control, and of the icon.

    `options` are the options of the page. `icon` is the address of its icon as the page
    links to it, and `script` is the address of the widget's script.
    """
    corner = _position(str(options.get("position", "bottom-right")))
    colour = options.get("colour")
    if isinstance(colour, str):
        corner += f"--colour:{colour};--ink:{_ink(colour)};"
    # An icon on the vendor's host would be requested before the visitor opens the chat.
    image = icon if icon and _origin(icon) != (_origin(script) or "here") else None
    parts = [
        corner + _declarations(options.get("bubble_container_styles")),
        _declarations(options.get("bubble_styles")),
        _icon(options.get("icon_size"), image),
    ]
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _position(position: str) -> str:
    y, _, x = position.partition("-")
    vertical = "top:20px;bottom:auto;" if y == "top" else ""
    # The button is in the corner, and the status text is beside it.
    return vertical + ("left:20px;right:auto;direction:rtl;" if x == "left" else "")


def _icon(size: object, image: str | None) -> str:
    scale = ""
    if isinstance(size, int):
        scale = f"scale:{size * _BUBBLE / _ICON / 100:g};"
    if image is None:
        return scale
    return f'{scale}clip-path:none;background:center/contain no-repeat url("{image}");'


def _declarations(styles: object) -> str:
    """Write a style object as CSS; numbers are pixels, as in React."""
    if not isinstance(styles, Mapping):
        return ""
    return "".join(
        f"{_kebab(str(name))}:{_value(_kebab(str(name)), value)};"
        for name, value in styles.items()
    )


def _kebab(name: str) -> str:
    return re.sub("^(?=(?:webkit|moz)-)", "-", kebab_case(name))


def _value(name: str, value: object) -> str:
    if not isinstance(value, int | float):
        return str(value)
    return f"{value}" if name in _NUMBERS else f"{value}px"


def _origin(address: str) -> str:
    scheme, host, *_ = urlsplit(address)
    return f"{scheme}://{host}".lower() if host else ""


def _ink(colour: str) -> str:
    """Return black or white, whichever contrasts with a color; names count as dark."""
    digits = colour.removeprefix("#")
    if not re.fullmatch("[0-9A-Fa-f]{3,8}", digits):
        return "#fff"
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue = ((int(digits[at : at + 2], 16) / 255) ** 2.2 for at in (0, 2, 4))
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return "#000" if light > _LIGHT else "#fff"
