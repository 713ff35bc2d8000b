"""Our own files in a site: named by their content, written, and removed again."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

_STATIC = Path(__file__).with_name("static")
_NAME = re.compile(r"(?P<stem>halochat|bridge|preview)\.(?P<hash>[0-9a-f]{8})\.js")
# Two runs at once must not use each other's.
_TEMPORARY_NAME = ".halochat.{}.tmp"


class Asset(NamedTuple):
    """One of our own files, under a name that changes with its content."""

    name: str
    text: str


@cache
def read_asset(stem: str) -> Asset:
    """Read `halochat` (the loader), `bridge` or `preview`, named by its content."""
    text = (_STATIC / f"{stem}.js").read_text(encoding="utf-8")
    return Asset(f"{stem}.{_hash(text.encode())}.js", text)


def asset_stem(url: str) -> str | None:
    """Return which of our files a URL leads to by its name, of any release."""
    name = _NAME.fullmatch(re.split("[?#]", url, maxsplit=1)[0].rpartition("/")[2])
    return name["stem"] if name else None


def find_assets(folder: Path) -> Iterator[Path]:
    """Yield our files in a folder, of this release or another."""
    for path in folder.glob("*.js"):
        name = _NAME.fullmatch(path.name)
        # Others use names like these; only we put the hash of the content in it.
        if name and _hash(path.read_bytes()) == name["hash"]:
            yield path


def write_assets(folder: Path, assets: list[Asset]) -> None:
    """Write the files that are not in a folder yet."""
    if assets:
        folder.mkdir(parents=True, exist_ok=True)
    for asset in assets:
        if not (folder / asset.name).exists():
            write_file(folder / asset.name, asset.text.encode())


def remove_assets(folder: Path, keep: Container[str] = ()) -> None:
    """Remove our files from a folder, except those with a name to keep."""
    for path in find_assets(folder):
        if path.name not in keep:
            path.unlink()


def write_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Replace a file atomically: an interrupted run never leaves a partial one."""
    temporary = path.with_name(_TEMPORARY_NAME.format(os.getpid()))
    try:
        with temporary.open("xb") as file:
            file.write(data)
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def remove_temporary_files(folder: Path) -> None:
    """Remove what interrupted runs have left in a folder and those below it."""
    for path in folder.rglob(_TEMPORARY_NAME.format("*")):
        path.unlink()


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()[:8]
