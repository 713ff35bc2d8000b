from __future__ import annotations

import pytest

from halochat.credentials import find_secrets, holds_token


@pytest.mark.parametrize("text", ["version 1.2.3 of it", "a.b.c\nd.e.f", "one two"])
def test_does_not_mistake_dotted_words_for_a_token(text: str) -> None:
    assert holds_token(text) is False


def test_finds_secrets_by_name_only_where_names_count() -> None:
    assert [*find_secrets({"password": "x"})] == []
    assert len([*find_secrets({"password": "x"}, by_name=True)]) == 1
