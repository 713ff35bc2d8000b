from __future__ import annotations

import pytest
from sites import PROFILE

from halochat import PageContext, Site
from halochat.document import elements
from halochat.inspection import (
    EmbedData,
    differences,
    explain,
    has_preview,
    is_page_setting,
    read_embeds,
)


def read(folder: str = "assets/", **options: object) -> EmbedData:
    """Return what the embed of a page says, with our files in a folder."""
    site = Site({**PROFILE, **options})
    context = PageContext("a/index.html", "../{}".format, f"../{folder}{{}}".format)
    embed = site.page("a.md").embed(context)
    (data,) = read_embeds(elements(embed.head + embed.body), "a/index.html")
    return data


@pytest.mark.parametrize("load", ["idle", "snippet"])
def test_reads_the_same_from_the_pages_of_every_host(load: str) -> None:
    options = {"load": load, "icon": "images/chat.svg", "preview": True}
    assert read("assets/", **options) == read("_static/halochat/", **options)
    assert read(**options)["icon"] == "/images/chat.svg"
    assert has_preview(read(**options))
    assert not has_preview(read(**{**options, "preview": False}))


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({}, []),
        ({"colour": "#123456"}, ["colour"]),
        ({"icon": "images/chat.svg"}, ["icon"]),
        ({"fallback_url": "contact/"}, ["fallback", "texts"]),
        ({"position": "top-left", "width": 3}, ["position", "width"]),
    ],
)
def test_reports_differing_properties_and_not_their_consequences(
    options: dict[str, object], names: list[str]
) -> None:
    assert differences(read(**options), read()) == names


def test_ignores_differences_caused_by_the_preview() -> None:
    assert differences(read(preview=True, width=3), read()) == ["width"]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("colour", True),
        ("fallback", True),
        ("texts", True),
        ("aNewProperty", True),
        ("script", False),
        ("chatServiceUrl", False),
        ("consent", False),
        ("bridge", False),
        ("file", False),
        ("page", False),
    ],
)
def test_a_page_cannot_set_options_of_the_site(key: str, expected: bool) -> None:
    assert is_page_setting(key) is expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"colour": "#123456"}, "built with other options: Colour"),
        ({"language": "de"}, "built with other options: language"),
        (
            {"fallback_url": "contact/"},
            "built with other options: fallback_url, language",
        ),
        ({"extra": {"a": 1, "b": 2}}, "built with other options: extra"),
        ({"script_url": "https://a.test/x.js"}, "built with other options: script_url"),
        (
            {"chat_service_url": "https://a.test/api"},
            "built with other options: chat_service_url",
        ),
        ({"load": "snippet"}, "built with other options: load"),
        ({"load": "snippet", "width": 3}, "built with other options: load, width"),
    ],
)
def test_explains_differences_in_the_terms_of_options(
    options: dict[str, object], expected: str
) -> None:
    assert explain(read(**options), read(), {"colour": "Colour"}) == expected


def test_explains_that_a_page_has_no_chat() -> None:
    off: EmbedData = {"form": "loader", "enabled": False}
    assert explain(off, read(), {}) == "chat is off, but on in the configuration"
    assert explain(read(), off, {}) == "chat is on, but off in the configuration"
    assert explain(read(), {}, {}) == "chat is on, but off in the configuration"
