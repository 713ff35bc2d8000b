"""The comparison of the long matrix finds what it is there to find."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from compare import FORMS, Site, defects, telling_line

META = '\n<meta name="halo-chat" content="{}" />\n<script src="{}" defer></script>'
ASSET = "halochat.0123abcd.js"
PAGES = ("index.html", "404.html", "guide/page.html")
PAGE = "<!doctype html>\n<html><head><title>A</title></head><body>A</body></html>"

Change = Callable[[str], str]


def site(folder: Path, pages: dict[str, str], *warnings: str) -> Site:
    for name, text in pages.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Site(folder, warnings, [], "")


def with_chat(page: str, asset: str = f"/en/latest/{ASSET}") -> str:
    return page.replace("<head>", "<head>" + META.format("{}", asset))


@pytest.fixture
def found(tmp_path: Path) -> Callable[..., list[str]]:
    def compare(change: Change = str, *warnings: str, **added: str) -> list[str]:
        pages = dict.fromkeys(PAGES, PAGE)
        old = site(tmp_path / "old", pages)
        new = {name: with_chat(page) for name, page in pages.items()}
        new["index.html"] = change(new["index.html"])
        new |= {ASSET: "", **{name.replace("_", "."): t for name, t in added.items()}}
        return [
            *defects(old, site(tmp_path / "new", new, *warnings), FORMS["idle"], [])
        ]

    return compare


def test_finds_nothing_in_a_site_that_only_got_chat(found) -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("change", "defect"),
    [
        (lambda page: PAGE, "index.html: 0 embeds"),
        (with_chat, "index.html: 2 embeds"),
        (
            lambda page: page.replace("<title>A", "<title>B"),
            "index.html: differs in more than the embed",
        ),
        (
            lambda page: page.replace(ASSET, "halochat.00000000.js"),
            "index.html: /en/latest/halochat.00000000.js does not exist",
        ),
        (
            lambda page: PAGE.replace("<body>", "<body>" + META.format("{}", ASSET)),
            "index.html: found in ['body/meta', 'body/script']",
        ),
    ],
)
def test_finds_a_page_that_is_wrong(found, change: Change, defect: str) -> None:
    assert found(change) == [defect]


def test_finds_other_files_and_warnings(found) -> None:
    assert found(str, "WARNING: odd", other_js="") == [
        "WARNING: odd",
        "other.js: added",
    ]


def test_finds_a_snippet_that_is_not_last(tmp_path: Path) -> None:
    snippet = (
        '<div id="halo-chat"></div>\n<script>\nvar haloChatConfig = {}\n</script>\n'
        '<script src="https://halo.acme.test/chat/index.js"></script>\n'
    )
    pages = dict.fromkeys(PAGES, PAGE)
    old = site(tmp_path / "old", pages)
    last, first = f"{snippet}</body>", f"<body>{snippet}"
    right = {name: PAGE.replace("</body>", last) for name in pages}
    wrong = {**right, "index.html": PAGE.replace("<body>", first)}
    form = FORMS["snippet"]
    assert [*defects(old, site(tmp_path / "right", right), form, [])] == []
    assert [*defects(old, site(tmp_path / "wrong", wrong), form, [])] == [
        "index.html: 0 embeds"
    ]


def test_names_no_folder_of_the_computer_in_a_reason() -> None:
    log = ["Error: nothing in '/a/b/c-1/site-packages' for https://d.example/e, g.py:3"]
    assert telling_line(log) == (
        "Error: nothing in 'site-packages' for https://d.example/e, g.py:3"
    )


def test_names_no_address_in_memory_in_a_reason() -> None:
    log = ["Error: Handler <function update at 0x7f267317b4c0> threw an exception"]
    assert telling_line(log) == "Error: Handler <function update> threw an exception"
