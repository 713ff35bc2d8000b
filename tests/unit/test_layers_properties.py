"""Laws that layers of options keep, whatever is in them."""

from __future__ import annotations

from functools import reduce
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from halochat.layers import overlay, resolve

Layer: TypeAlias = dict[str, object]

NAMES = ["colour", "language", "width", "bubble_styles", "extra"]
SCALARS = st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from(["de", ""])
VALUES = (
    SCALARS
    | st.lists(SCALARS, max_size=2)
    | st.dictionaries(st.sampled_from(["a", "b", "c"]), SCALARS, max_size=3)
)
LAYERS = st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=5)


@given(LAYERS)
def test_an_empty_layer_changes_nothing(options: Layer) -> None:
    assert overlay(options, {}) == options


@given(LAYERS, LAYERS)
def test_a_layer_that_is_laid_twice_counts_once(options: Layer, layer: Layer) -> None:
    once = overlay(options, layer)
    assert overlay(once, layer) == once


@given(LAYERS, LAYERS)
def test_the_later_layer_wins(options: Layer, layer: Layer) -> None:
    merged = overlay(options, layer)
    for name in NAMES:
        value, below = layer.get(name), options.get(name)
        if name not in layer:
            assert merged.get(name) == below
            assert (name in merged) is (name in options)
        elif isinstance(value, dict):
            items = {"": below} if isinstance(below, str) else below
            items = items if isinstance(items, dict) else {}
            kept = {key: item for key, item in items.items() if key not in value}
            given = {key: item for key, item in value.items() if item is not None}
            assert merged[name] == {**kept, **given}
        elif value is None:
            assert name not in merged
        else:
            assert merged[name] == value


@given(LAYERS, st.lists(st.tuples(st.booleans(), LAYERS), max_size=3), LAYERS)
def test_a_page_has_the_site_then_its_patterns_then_its_own_options(
    site: Layer, patterns: list[tuple[bool, Layer]], own: Layer
) -> None:
    pages = {
        ("*.md" if matches else "*.txt") + "*" * at: layer
        for at, (matches, layer) in enumerate(patterns)
    }
    matching = [layer for matches, layer in patterns if matches]
    options = resolve({**site, "pages": pages}, "a.md", own)
    assert options == reduce(overlay, [site, *matching, own])


@given(LAYERS, LAYERS)
def test_a_site_that_is_off_has_no_other_options(site: Layer, own: Layer) -> None:
    off = {**site, "enabled": False}
    assert resolve(off, "a.md", own, {"enabled": True}) == {"enabled": False}
