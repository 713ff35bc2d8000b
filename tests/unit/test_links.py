from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from halochat import PageContext, SiteFiles

SOURCES = {
    "index.md": "",
    "contact.md": "contact/",
    "guide/first steps.md": "guide/first%20steps/",
    "guide/README.md": "guide/",
    "images/chat.svg": "images/chat.svg",
}


def files(*paths: str, sources: Mapping[str, str] = SOURCES) -> SiteFiles:
    return SiteFiles(sources, {*sources.values(), *paths}.__contains__)


# --- What leads somewhere -------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        *("contact.md", "contact/", "contact/?from=chat#form", "contact.md#form"),
        *("guide/first%20steps.md", "guide/first%20steps/", "guide/"),
        *("images/chat.svg", "made/by/others.html"),
        *("https://example.com/nowhere", "mailto:help@example.com", ""),
    ],
)
def test_accepts_links_to_existing_pages_and_other_sites(url: str) -> None:
    assert files("made/by/others.html").broken_link(url) == ""


@pytest.mark.parametrize(
    ("url", "suggestion"),
    [
        ("contact", "contact.md"),
        ("contact.html", "contact.md"),
        ("contact/index.html", "contact.md"),
        ("docs/contact.md", "contact.md"),
        ("Contact/", "contact.md"),
        ("contcat/?a=b#form", "contact.md?a=b#form"),
        ("contact.rst", "contact.md"),
        ("guide/index.md", "guide/README.md"),
        ("guide/First%20steps.html", "guide/first%20steps.md"),
        ("images/chat.png", "images/chat.svg"),
        ("index.html", "index.md"),
    ],
)
def test_suggests_the_source_that_was_probably_meant(url: str, suggestion: str) -> None:
    assert files().broken_link(url) == (
        f"'{url}' leads to no page or file of the site; did you mean '{suggestion}'?"
    )


def test_gives_an_example_if_no_source_is_similar() -> None:
    message = "'nowhere/' leads to no page or file of the site; use a page or file of "
    assert files().broken_link("nowhere/") == f"{message}the site, such as 'index.md'"
    assert files(sources={}).broken_link("nowhere/") == (
        f"{message}the site, such as 'index.html'"
    )


# --- Options --------------------------------------------------------------------


def test_reports_the_path_of_every_link_option_without_a_target() -> None:
    options = {
        "fallback_url": "contcat/",
        "icon": "images/chat.svg",
        "sound": "ping.mp3",
        "config_id": "nowhere/",
        "pages": {
            "a/": {"fallback_url": "contact.md"},
            "b/": {"icon": "images/chat.png"},
            "c/": {"enabled": False, "icon": "images/chat.png"},
            "d/": {"sound": None},
        },
    }
    problems = files().broken_links(options)
    assert [(problem.path, problem.severity) for problem in problems] == [
        (("sound",), "warning"),
        (("fallback_url",), "warning"),
        (("pages", "b/", "icon"), "warning"),
    ]
    assert str(problems[1]) == (
        "fallback_url: 'contcat/' leads to no page or file of the site; "
        "did you mean 'contact.md'?"
    )


def test_reports_nothing_for_options_that_turn_chat_off() -> None:
    options = {"enabled": False, "icon": "nowhere.svg", "pages": {"a/": {"sound": "b"}}}
    assert files().broken_links(options) == []


# --- A built folder -------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        ("contact/", True),
        ("contact", True),
        ("contact/index.html", True),
        ("guide", True),
        ("guide/", False),
        ("guide.html", True),
        ("images/my%20chat.svg", True),
        ("images/my chat.svg", True),
        ("images/", False),
        ("images", False),
        ("linked.svg", True),
        ("broken.svg", False),
        ("%2E%2E/secret.txt", False),
        ("images%2F..%2F..%2Fsecret.txt", False),
        ("..%5Csecret.txt", False),
        ("a%00b", False),
        ("a" * 2000, False),
    ],
)
def test_resolves_paths_in_a_folder_like_static_hosts(
    tmp_path: Path, path: str, leads: bool
) -> None:
    site = tmp_path / "site"
    for name in ("contact/index.html", "guide.html", "images/my chat.svg"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).touch()
    (tmp_path / "secret.txt").touch()
    (site / "linked.svg").symlink_to("images/my chat.svg")
    (site / "broken.svg").symlink_to("nowhere.svg")
    assert SiteFiles.in_folder(site, {}).exists(path) is leads


def test_absolute_path_cannot_leave_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "secret.txt"
    file.touch()
    (tmp_path / "site").mkdir()
    path = str(file).replace("/", "%2F")
    assert not SiteFiles.in_folder(tmp_path / "site", {}).exists(path)


# --- How a page links -----------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("contact.md", "../contact/"),
        ("contact.md?a=b/c#form", "../contact/?a=b/c#form"),
        ("guide/first%20steps.md#one", "../guide/first%20steps/#one"),
        ("contact/#form", "../contact/#form"),
        ("nowhere.md", "../nowhere.md"),
        ("https://example.com/contact.md", "https://example.com/contact.md"),
        ("mailto:help@example.com", "mailto:help@example.com"),
    ],
)
def test_page_links_to_the_path_of_a_source(url: str, expected: str) -> None:
    link = "../{}".format
    context = PageContext("guide/index.html", link, asset=link, sources=SOURCES)
    assert context.url(url) == expected


# --- The source that was meant --------------------------------------------------


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("documentation/contact.md", "contact.md"),
        ("documentation-sources/guide/first%20steps.md", "guide/first%20steps.md"),
        ("a/b/index.html", "a/b/README.md"),
        ("c/readme.html", "c/index.md"),
        ("d/a+b/", "d/a+b(1)~.md"),
    ],
)
def test_suggests_a_source_by_the_path_of_its_page(url: str, source: str) -> None:
    more = {"a/b/README.md": "a/b/", "c/index.md": "c/", "d/a+b(1)~.md": "d/a+b(1)~/"}
    message = files(sources={**SOURCES, **more}).broken_link(url)
    assert f"did you mean '{source}'?" in message


def test_suggests_no_source_that_has_a_third_of_other_letters() -> None:
    assert "did you mean" not in files().broken_link("contazzz")


def test_knows_the_sources_of_a_site_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/.html").touch()
    site = SiteFiles.in_folder(tmp_path, SOURCES)
    assert site.broken_link("contact.md") == ""
    assert site.broken_link("a/") != ""


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("www.acme.com/help", "https://www.acme.com/help"),
        ("support@acme.com", "mailto:support@acme.com"),
    ],
)
def test_suggests_the_scheme_that_is_missing(url: str, meant: str) -> None:
    assert files().broken_link(url) == (
        f"'{url}' leads to no page or file of the site; did you mean '{meant}'?"
    )


def test_an_image_for_dense_screens_is_no_mail_address() -> None:
    assert "mailto:" not in files().broken_link("bubble@2x.png")
