from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from halochat.assets import (
    asset_defect,
    asset_stem,
    find_assets,
    read_asset,
    remove_assets,
    remove_temporary_files,
    write_assets,
    write_file,
)

LOADER = read_asset("halochat")


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
def test_recognizes_an_asset_by_its_name_in_a_url(url: str, stem: str | None) -> None:
    assert asset_stem(url) == stem


def test_finds_only_files_that_are_named_by_their_content(tmp_path: Path) -> None:
    asset = read_asset("halochat")
    (tmp_path / asset.name).write_text(asset.text, encoding="utf-8")
    (tmp_path / "halochat.0123abcd.js").write_text("of others")
    (tmp_path / "other.js").write_text("of others")
    assert [path.name for path in find_assets(tmp_path)] == [asset.name]


def test_finds_a_damaged_file_of_this_release_but_no_folder_pipe_or_link(
    tmp_path: Path,
) -> None:
    (tmp_path / LOADER.name).write_text("damaged")
    (tmp_path / read_asset("bridge").name).mkdir()
    (tmp_path / read_asset("preview").name).symlink_to(LOADER.name)
    os.mkfifo(tmp_path / "halochat.0123abcd.js")
    assert [path.name for path in find_assets(tmp_path)] == [LOADER.name]


# --- Writing -------------------------------------------------------------------


@pytest.mark.parametrize("damaged", ["", LOADER.text[:-1], f"x{LOADER.text[1:]}"])
def test_renews_a_file_with_another_content(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / LOADER.name
    path.write_text(damaged, encoding="utf-8")
    write_assets(tmp_path, [LOADER])
    assert path.read_text(encoding="utf-8") == LOADER.text


def test_leaves_a_file_with_the_right_content(tmp_path: Path) -> None:
    write_assets(tmp_path, [LOADER])
    before = (tmp_path / LOADER.name).stat()
    write_assets(tmp_path, [LOADER])
    assert (tmp_path / LOADER.name).stat() == before


def test_replaces_a_symbolic_link_and_keeps_its_target(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("theirs")
    path = tmp_path / LOADER.name
    path.symlink_to("target")
    write_assets(tmp_path, [LOADER])
    assert (tmp_path / "target").read_text() == "theirs"
    assert not path.is_symlink()


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_refuses_a_folder_or_a_pipe_with_the_name_of_a_file(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    path = tmp_path / LOADER.name
    make(path)
    with pytest.raises(FileExistsError, match="is not a regular file; remove it"):
        write_assets(tmp_path, [LOADER])
    assert asset_defect(path) == "is not a regular file"


def test_writes_and_removes_nothing_through_a_link_out_of_the_site(
    tmp_path: Path,
) -> None:
    outside, site = tmp_path / "outside", tmp_path / "site"
    site.mkdir()
    write_assets(outside, [LOADER])
    (site / "assets").symlink_to(outside)
    with pytest.raises(PermissionError, match="is a link to a folder outside"):
        write_assets(site / "assets", [LOADER, read_asset("bridge")])
    with pytest.raises(PermissionError, match="is a link to a folder outside"):
        remove_assets(site / "assets")
    with pytest.raises(PermissionError, match="is a link to a folder outside"):
        write_assets(site / "assets" / "deeper", [LOADER], site)
    assert [path.name for path in outside.iterdir()] == [LOADER.name]


def test_follows_a_link_inside_the_site(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "assets").symlink_to("real")
    write_assets(tmp_path / "assets", [LOADER])
    assert (tmp_path / "real" / LOADER.name).exists()
    remove_assets(tmp_path / "assets")
    assert [*(tmp_path / "real").iterdir()] == []


def test_ignores_leftovers_of_interrupted_runs(tmp_path: Path) -> None:
    (tmp_path / f".halochat.{os.getpid()}.tmp").touch()
    (tmp_path / ".halochat.folder.tmp").mkdir()
    write_file(tmp_path / "page.html", b"new", 0o640)
    assert (tmp_path / "page.html").read_bytes() == b"new"
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o640
    remove_temporary_files(tmp_path)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [".halochat.folder.tmp", "page.html"]


# --- In a built site -----------------------------------------------------------


def test_detects_missing_and_damaged_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_assets(tmp_path, [LOADER])
    path = tmp_path / LOADER.name
    assert asset_defect(path) is None
    path.write_text("damaged")
    assert asset_defect(path) == "is damaged: its content does not match its name"
    assert asset_defect(path / "inside.js") == "is missing"
    assert asset_defect(tmp_path / "halochat.0123abcd.js") == "is missing"

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert asset_defect(path) == "cannot be read: Permission denied"
