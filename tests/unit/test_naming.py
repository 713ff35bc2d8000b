from __future__ import annotations

from halochat.naming import suggest, unknown_name


def test_suggests_names_for_up_to_60_characters() -> None:
    assert suggest("x" * 60, ["x" * 60]) == "x" * 60
    assert suggest("x" * 61, ["x" * 61]) is None


def test_suggests_the_name_that_begins_with_five_letters() -> None:
    assert suggest("bubbl", ["bubble_container_styles"]) == "bubble_container_styles"
    assert suggest("bubb", ["bubble_container_styles"]) is None


def test_suggests_the_spelling_of_the_file_for_a_name_in_mixed_spelling() -> None:
    message = "unknown option, did you mean 'hide_header'?"
    assert unknown_name("option", "hideHeader_", ["hide_header"]) == message
