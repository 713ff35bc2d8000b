from __future__ import annotations

import pytest

from halochat.credentials import holds_token


@pytest.mark.parametrize("text", ["version 1.2.3 of it", "a.b.c\nd.e.f", "one two"])
def test_takes_dotted_words_for_no_token(text: str) -> None:
    assert holds_token(text) is False
