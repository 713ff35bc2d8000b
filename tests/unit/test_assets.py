from __future__ import annotations

import re
from pathlib import Path

import pytest

from halochat.assets import asset_stem, find_assets, read_asset


@pytest.mark.parametrize("stem", ["halochat", "preview"])
def test_asset_is_named_by_its_content(stem: str) -> None:
    asset = read_asset(stem)
    assert re.fullmatch(rf"{stem}\.[0-9a-f]{{8}}\.js", asset.name)
    assert asset.text
    assert read_asset("halochat").name[-11:] != read_asset("preview").name[-11:]


@pytest.mark.parametrize(
    ("url", "stem"),
    [
        ("halochat.0123abcd.js", "halochat"),
        ("../assets/preview.0123abcd.js", "preview"),
        ("/a/halochat.0123abcd.js?v=1#x", "halochat"),
        ("https://docs.example.com/halochat.0123abcd.js", "halochat"),
        ("halochat.js", None),
        ("halochat.0123ABCD.js", None),
        ("xhalochat.0123abcd.js", None),
        ("halochat.0123abcd.js/x", None),
        ("?/halochat.0123abcd.js", None),
        ("", None),
    ],
)
def test_asset_is_known_by_its_name_in_a_url(url: str, stem: str | None) -> None:
    assert asset_stem(url) == stem


def test_finds_only_files_that_are_named_by_their_content(tmp_path: Path) -> None:
    asset = read_asset("halochat")
    (tmp_path / asset.name).write_text(asset.text, encoding="utf-8")
    (tmp_path / "halochat.0123abcd.js").write_text("of others")
    (tmp_path / "other.js").write_text("of others")
    assert [path.name for path in find_assets(tmp_path)] == [asset.name]
