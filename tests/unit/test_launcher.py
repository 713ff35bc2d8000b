from __future__ import annotations

import pytest

from halochat.launcher import launcher_css

SCRIPT = "https://halo.example.com/chat/index.js"


def css(icon: str | None = None, **options: object) -> list[str]:
    return launcher_css(options, icon, SCRIPT)


def test_writes_nothing_for_a_launcher_in_its_default_look() -> None:
    assert css() == []


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("bottom-right", []),
        ("top-right", ["top:20px;bottom:auto;"]),
        ("bottom-left", ["left:20px;right:auto;direction:rtl;"]),
        ("top-left", ["top:20px;bottom:auto;left:20px;right:auto;direction:rtl;"]),
    ],
)
def test_puts_the_launcher_in_its_corner(position: str, expected: list[str]) -> None:
    assert css(position=position) == expected


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("#000", "#fff"),
        ("#fff", "#000"),
        ("#FFFF", "#000"),
        ("#E83C4A", "#fff"),
        ("#ffee00", "#000"),
        ("#ffee0080", "#000"),
        ("tomato", "#fff"),
    ],
)
def test_draws_the_icon_in_a_color_that_can_be_seen(colour: str, ink: str) -> None:
    assert css(colour=colour) == [f"--colour:{colour};--ink:{ink};"]


def test_writes_style_objects_as_react_reads_them() -> None:
    styles = {"borderRadius": 4, "zIndex": 9, "WebkitMask": "none", "opacity": 0.5}
    assert css(bubble_styles=styles) == [
        "",
        "border-radius:4px;z-index:9;-webkit-mask:none;opacity:0.5;",
    ]
    assert css(bubble_container_styles={"bottom": 100}) == ["bottom:100px;"]


def test_scales_the_icon_with_its_size() -> None:
    assert css(icon_size=60) == ["", "", "scale:1.5;"]


@pytest.mark.parametrize(
    ("icon", "is_shown"),
    [
        ("../images/chat.svg", True),
        ("https://cdn.example.com/chat.svg", True),
        ("https://HALO.example.com/chat.svg", False),
    ],
)
def test_shows_an_icon_unless_it_is_on_the_vendors_host(
    icon: str, is_shown: bool
) -> None:
    background = f'clip-path:none;background:center/contain no-repeat url("{icon}");'
    assert css(icon) == (["", "", background] if is_shown else [])
