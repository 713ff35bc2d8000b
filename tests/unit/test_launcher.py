from __future__ import annotations

import pytest

from halochat.launcher import launcher_css

SCRIPT = "https://halo.example.com/chat/index.js"


def css(icon: str | None = None, **options: object) -> list[str]:
    return launcher_css(options, icon, SCRIPT)


def test_writes_no_styles_for_the_default_launcher() -> None:
    assert css() == []
    assert css(position="bottom-right") == []


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("top-right", "top:20px;bottom:auto;"),
        ("bottom-left", "left:20px;right:auto;direction:rtl;"),
        ("top-left", "top:20px;bottom:auto;left:20px;right:auto;direction:rtl;"),
    ],
)
def test_places_the_launcher_at_the_position_of_the_bubble(
    position: str, expected: str
) -> None:
    assert css(position=position) == [expected]


@pytest.mark.parametrize(
    ("colour", "ink"),
    [
        ("#E83C4A", "#fff"),
        ("#000", "#fff"),
        ("#FFF8", "#000"),
        ("#ffd400", "#000"),
        ("#00cc00", "#000"),
        ("#ff8c00", "#000"),
        ("#808080ff", "#fff"),
        ("red", "#fff"),
        ("#00f", "#fff"),
        ("#fd0", "#000"),
        ("#0f0", "#000"),
    ],
)
def test_chooses_an_icon_that_can_be_seen_on_the_color(colour: str, ink: str) -> None:
    assert css(colour=colour) == [f"--colour:{colour};--ink:{ink};"]


def test_writes_styles_as_css_with_the_names_in_any_spelling() -> None:
    container = {"bottom": "100px", "zIndex": 5, "marginTop": -2.5}
    bubble = {"borderRadius": 8, "WebkitMaskSize": 3, "opacity": 0.5, "flex-grow": 1}
    assert css(bubble_container_styles=container, bubble_styles=bubble) == [
        "bottom:100px;z-index:5;margin-top:-2.5px;",
        "border-radius:8px;-webkit-mask-size:3px;opacity:0.5;flex-grow:1;",
    ]


@pytest.mark.parametrize(("size", "scale"), [(50, "1.25"), (80, "2"), (1, "0.025")])
def test_scales_the_icon_to_a_share_of_the_bubble(size: int, scale: str) -> None:
    assert css(icon_size=size) == ["", "", f"scale:{scale};"]


@pytest.mark.parametrize(
    "icon", ["../images/chat.svg", "https://docs.example.com/chat.svg"]
)
def test_shows_the_icon_of_the_site(icon: str) -> None:
    image = f'clip-path:none;background:center/contain no-repeat url("{icon}");'
    assert css(icon) == ["", "", image]


def test_omits_an_icon_on_the_host_of_the_vendor() -> None:
    assert css("https://HALO.example.com/chat.svg") == []


def test_shows_an_icon_of_the_site_beside_a_script_of_the_site() -> None:
    (_, _, icon) = launcher_css({}, "chat.svg", "../assets/preview.01234567.js")
    assert icon.endswith('url("chat.svg");')
