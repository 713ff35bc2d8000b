from __future__ import annotations

import pytest

from halochat.credentials import holds_token


@pytest.mark.parametrize("text", ["version 1.2.3 of it", "a.b.c\nd.e.f", "one two"])
def test_does_not_mistake_dotted_words_for_a_token(text: str) -> None:
    assert holds_token(text) is False
