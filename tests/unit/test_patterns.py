from __future__ import annotations

import pytest

from halochat.patterns import ineffective_patterns, unmatched_patterns

PATHS = [
    *("index.md", "guide/index.md", "guide/first.md", "guide/My page.md", "blog/a.md"),
    *("blog/[draft].md", "api/README.md", "404.html"),
]


def unmatched(pattern: str, paths: list[str] = PATHS) -> str:
    return unmatched_patterns({"pages": {pattern: {}}}, paths)[pattern]


def ineffective(pages: dict[str, object], **site: object) -> dict[str, str]:
    return dict(ineffective_patterns({**site, "pages": pages}, PATHS))


# --- Patterns that match no page ------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("guide/first/index.html", "guide/first.md"),
        ("guide/first/", "guide/first.md"),
        ("guide/first.html", "guide/first.md"),
        ("guide/first", "guide/first.md"),
        ("guide/first.rst", "guide/first.md"),
        ("guide/index.html", "guide/index.md"),
        ("api/index.html", "api/README.md"),
        ("guide/*.html", "guide/*.md"),
        ("docs/guide/", "guide/"),
        ("docs/guide/first/", "guide/first.md"),
        ("/docs/guide/**", "/guide/**"),
        ("./guide/first.md", "guide/first.md"),
        ("Guide/**", "guide/**"),
        ("**/First.md", "**/first.md"),
        ("guide/my page.md", "guide/My page.md"),
        ("giude/**", "guide/**"),
        ("guide/frist/", "guide/first.md"),
        ("blog/draft.md", r"blog/\[draft].md"),
        ("404", "404.html"),
    ],
)
def test_suggests_the_pattern_that_was_probably_meant(pattern: str, meant: str) -> None:
    assert unmatched(pattern) == f"matches no page; did you mean '{meant}'?"


def test_suggests_paths_in_the_built_site_if_patterns_match_these() -> None:
    paths = ["index.html", "guide/first/index.html"]
    assert unmatched("guide/first.md", paths) == (
        "matches no page; did you mean 'guide/first/index.html'?"
    )


@pytest.mark.parametrize("pattern", ["reference/", "/x", "x/**", "./x", "**/*.pdf"])
def test_gives_an_example_if_no_path_is_similar(pattern: str) -> None:
    message = "matches no page; patterns match paths such as 'api/README.md'"
    assert unmatched(pattern) == message
    assert unmatched(pattern, []) == "matches no page"


@pytest.mark.parametrize(
    ("paths", "example"),
    [
        (["404.html", "contact/index.html", "index.html"], "contact/index.html"),
        (["404.html"], "404.html"),
        (["genindex", "index.rst", "search"], "index.rst"),
        (["genindex", "search"], "genindex"),
    ],
)
def test_prefers_pages_with_a_source_as_an_example(
    paths: list[str], example: str
) -> None:
    message = f"matches no page; patterns match paths such as '{example}'"
    assert unmatched("reference/", paths) == message


def test_accepts_patterns_that_match_a_page() -> None:
    keys = ["guide/", "first.md", "/blog/*", "**/in*", "404.html"]
    assert unmatched_patterns({"pages": {key: {} for key in keys}}, PATHS) == {}
    assert unmatched_patterns({}, PATHS) == {}


def test_looks_for_the_right_spelling_of_a_few_patterns_only() -> None:
    pages = {f"Guide/{number}.md": {} for number in range(50)}
    messages = unmatched_patterns({"pages": pages}, ["guide/first.md"])
    assert sum("such as" in message for message in messages.values()) == 10
    assert sum(message == "matches no page" for message in messages.values()) == 40


# --- Patterns that change no page -----------------------------------------------

EMPTY = "sets no option; set one, or remove the pattern"
UNCHANGED = (
    "has no effect: the pages it matches have these options already; "
    "remove it, or set other options"
)


@pytest.mark.parametrize(
    ("pages", "site"),
    [
        ({"guide/": {"enabled": True}}, {}),
        ({"guide/": {"load": "idle", "timeout": 15}}, {}),
        ({"guide/": {"colour": "#fff"}}, {"colour": "#fff"}),
        ({"guide/": {"colour": None}}, {}),
        (
            {"guide/": {"bubble_styles": {"top": "1px"}}},
            {"bubble_styles": {"top": "1px"}},
        ),
    ],
)
def test_reports_a_pattern_that_changes_nothing(
    pages: dict[str, object], site: dict[str, object]
) -> None:
    assert ineffective(pages, **site) == {"guide/": UNCHANGED}


@pytest.mark.parametrize(
    ("pages", "site"),
    [
        ({"guide/": {"enabled": True}}, {"enabled": False}),
        ({"guide/": {"load": "click"}}, {}),
        ({"guide/": {"theme": "light"}}, {}),
        ({"guide/": {"colour": None}}, {"colour": "#fff"}),
        ({"guide/": {"load": None}}, {"load": "click"}),
        ({"**": {"enabled": False}, "guide/": {"enabled": True}}, {}),
        ({"**": {"load": "click"}, "guide/": {"load": "idle"}}, {}),
        ({"guide/": {"load": "click"}, "guide/index.md": {"load": "eager"}}, {}),
        ({"a.md": {"load": "click"}, "blog/*": {"load": "click", "width": 9}}, {}),
    ],
)
def test_accepts_a_pattern_that_changes_a_page(
    pages: dict[str, object], site: dict[str, object]
) -> None:
    result = ineffective(pages, **site)
    assert result == {} or "a.md" in result


def test_reports_a_pattern_without_options() -> None:
    assert ineffective({"guide/": {}, "blog/": {}}) == {"guide/": EMPTY, "blog/": EMPTY}


def test_reports_a_pattern_that_later_ones_hide() -> None:
    pages = {
        "guide/first.md": {"load": "click"},
        "blog/": {"width": 300},
        "guide/": {"load": "eager"},
        "**": {"load": "manual"},
    }
    hidden = (
        "has no effect: later patterns set the same options on every page it matches; "
        "move it below '**'"
    )
    assert ineffective(pages) == {"guide/first.md": hidden, "guide/": hidden}


def test_does_not_compare_more_patterns_than_a_site_can_have() -> None:
    pages = {f"guide/[!{chr(number)}]*": {} for number in range(0x4E00, 0x4E00 + 300)}
    assert ineffective(pages) == {}
    few = dict(list(pages.items())[:50])
    assert len(ineffective(few)) == 50


@pytest.mark.parametrize(
    ("pattern", "meant", "paths"),
    [
        ("./docs/guide/first.md", "guide/first.md", PATHS),
        ("ab.html", "ab/index.md", ["ab/index.md"]),
        ("^guide/.*$", "guide/**", PATHS),
        ("guide\\**", "guide/**", PATHS),
        ("https://docs.acme.com/guide/**", "guide/**", PATHS),
        ("guide/first/#step", "guide/first.md", PATHS),
        ("README/X.md", "README/x.md", ["README/x.md", "readme/y.md"]),
    ],
)
def test_suggests_a_path_that_exists(
    pattern: str, meant: str, paths: list[str]
) -> None:
    assert unmatched(pattern, paths) == f"matches no page; did you mean '{meant}'?"
