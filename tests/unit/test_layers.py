from __future__ import annotations

from time import process_time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from halochat.layers import matching_patterns, resolve


def test_later_layer_wins():
    site = {
        "colour": "#111",
        "width": 1,
        "height": 1,
        "pages": {"a/**": {"width": 2, "height": 2}, "a/b/**": {"height": 3}},
    }
    assert resolve(site, "c.md", {}) == {"colour": "#111", "width": 1, "height": 1}
    assert resolve(site, "a/c.md", {}) == {"colour": "#111", "width": 2, "height": 2}
    assert resolve(site, "a/b/c.md", {}) == {"colour": "#111", "width": 2, "height": 3}
    assert resolve(site, "a/b/c.md", {"height": 4, "theme": "dark"}) == {
        "colour": "#111",
        "width": 2,
        "height": 4,
        "theme": "dark",
    }


def test_later_pattern_wins_even_if_an_earlier_one_is_more_specific():
    site = {"pages": {"a/b.md": {"width": 2}, "a/**": {"width": 1}}}
    assert resolve(site, "a/b.md", {}) == {"width": 1}


def test_page_can_have_any_number_of_layers():
    assert resolve({"width": 1}, "a.md") == {"width": 1}
    assert resolve({"width": 1}, "a.md", {"width": 2}, {"height": 3}) == {
        "width": 2,
        "height": 3,
    }


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("blog/**", ["blog/a.md", "blog/a/b.md"], ["blog.md", "a/blog/b.md"]),
        ("blog/", ["blog/a.md", "a/blog/b.md"], ["blog"]),
        ("/index.md", ["index.md"], ["a/index.md"]),
        ("index.md", ["index.md", "a/index.md"], ["index.rst"]),
        ("*.md", ["a.md", "a/b.md"], ["a.rst"]),
        ("a/*.md", ["a/b.md"], ["a/b/c.md"]),
        ("**/draft.md", ["draft.md", "a/b/draft.md"], ["drafts.md"]),
        ("v[12]/", ["v1/a.md", "v2/a.md"], ["v3/a.md"]),
        ("v?.md", ["v1.md"], ["v10.md"]),
        (r"\#1.md", ["#1.md"], ["1.md"]),
        ("**", ["a", "a/b"], []),
    ],
)
def test_patterns_have_the_syntax_of_gitignore(pattern, matching, other):
    site = {"pages": {pattern: {"width": 1}}}
    for path in matching:
        assert resolve(site, path) == {"width": 1}
    for path in other:
        assert resolve(site, path) == {}


def test_mappings_merge_one_level():
    site = {"bubble_styles": {"a": 1, "b": 1}, "extra": {"x": {"y": 1}}}
    page = {"bubble_styles": {"b": 2, "c": 2}, "extra": {"x": {"z": 2}}}
    assert resolve(site, "a.md", page) == {
        "bubble_styles": {"a": 1, "b": 2, "c": 2},
        "extra": {"x": {"z": 2}},
    }


def test_lists_replace():
    assert resolve({"hosts": ["a", "b"]}, "a.md", {"hosts": ["c"]}) == {"hosts": ["c"]}


def test_null_unsets_an_option():
    site = {"width": 1, "colour": "#111", "pages": {"a.md": {"width": None}}}
    assert resolve(site, "a.md", {"colour": None, "theme": None}) == {}
    assert resolve(site, "a.md", {"width": 2}) == {"colour": "#111", "width": 2}


def test_null_unsets_inside_a_mapping():
    site = {"bubble_styles": {"a": 1, "b": 1}}
    page = {"bubble_styles": {"b": None}, "window_styles": {"c": None, "d": 1}}
    assert resolve(site, "a.md", page) == {
        "bubble_styles": {"a": 1},
        "window_styles": {"d": 1},
    }


def test_merge_keeps_null_in_extra_of_a_site():
    site = {"extra": {"a": None, "b": None}}
    assert resolve(site, "x.md", {"extra": {"b": None, "c": 1}}) == {
        "extra": {"a": None, "c": 1}
    }


def test_single_texts_override_a_language():
    site = {"language": "de", "pages": {"a/**": {"language": {"send": "Los"}}}}
    assert resolve(site, "a/b.md", {"language": {"add": "Dazu"}}) == {
        "language": {"": "de", "send": "Los", "add": "Dazu"}
    }
    assert resolve(site, "a/b.md", {"language": {"send": None}}) == {
        "language": {"": "de"}
    }


def test_language_replaces_single_texts():
    site = {"language": {"send": "Go"}}
    assert resolve(site, "a.md", {"language": "fr"}) == {"language": "fr"}


def test_disabled_page_keeps_the_options_of_its_site():
    assert resolve({"width": 1}, "a.md", {"enabled": False}) == {
        "width": 1,
        "enabled": False,
    }
    site = {"width": 1, "pages": {"a.md": {"enabled": False}}}
    assert resolve(site, "a.md", {"enabled": True}) == {"width": 1, "enabled": True}


def test_no_layer_can_enable_a_disabled_site():
    site = {"width": 1, "enabled": False, "pages": {"a.md": {"enabled": True}}}
    assert resolve(site, "a.md", {"enabled": True}) == {"enabled": False}


def test_merge_does_not_change_its_arguments():
    below, page = {"a": 1}, {"bubble_styles": {"b": 2}}
    site = {"bubble_styles": below, "pages": {}}
    resolve(site, "a.md", page)
    assert (site, below, page) == (
        {"bubble_styles": {"a": 1}, "pages": {}},
        {"a": 1},
        {"bubble_styles": {"b": 2}},
    )


def test_names_the_patterns_that_match_a_path():
    site = {"pages": {"a/**": {}, "*.md": {}, "b/": {}}}
    assert matching_patterns(site, "a/x.md") == ["a/**", "*.md"]
    assert matching_patterns({}, "a.md") == []


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a/**/b", "aa/b"),
        ("*a*b/**/c", "xaab/y/c"),
        ("**/a/**/b", "x/a/y/b"),
        ("a?/*b*c", "ax/bbcc"),
    ],
)
def test_wildcards_match_more_than_the_shortest_text(pattern, path):
    assert matching_patterns({"pages": {pattern: {}}}, path) == [pattern]


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a*a*a*a*b", "a" * 2_000),
        ("*a" * 200 + "*b", "a" * 2_000),
        ("**/" + "*a" * 50 + "b", "/".join(["a" * 100] * 5)),
        ("/".join(["**/a"] * 80) + "/b", "a/" * 250),
        ("/".join(["**", "*a*a*a"] * 20) + "/b", "aaaaaa/" * 100),
        ("*[!b]" * 50 + "c", "a" * 500),
        ("*?" * 50 + "c", "a" * 500),
    ],
)
def test_matching_takes_no_longer_with_many_wildcards(pattern, path):
    start = process_time()
    assert matching_patterns({"pages": {pattern: {}}}, path) == []
    assert process_time() - start < 5  # hostile input would take minutes


_PARTS = st.sampled_from(
    ["a", "b", "*", "**", "/", "/**/", "?", "[ab]", ".", "\\[", "x"]
)
_NAMES = st.text("abx[", min_size=1, max_size=4)


@given(st.lists(_PARTS, min_size=1, max_size=8), st.lists(_NAMES, min_size=1))
def test_patterns_match_like_gitignore(parts, names):
    pattern, path = "".join(parts), "/".join(names)
    try:
        spec = GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        assume(False)
    matches = matching_patterns({"pages": {pattern: {}}}, path)
    assert bool(matches) == spec.match_file(path)
