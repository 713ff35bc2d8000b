"""The files of halochat in a site: how they are named, written and removed.

Each name contains a hash of the content, so that browsers can cache the file forever.
"""

from __future__ import annotations

import re
import secrets
import stat
from collections.abc import Container, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

STEMS = ("halochat", "bridge", "preview")
_STATIC = Path(__file__).with_name("static")
_NAME = re.compile(r"(?P<stem>halochat|bridge|preview)\.(?P<hash>[0-9a-f]{8})\.js")
_TEMPORARY_NAME = ".halochat.{}.tmp"


class Asset(NamedTuple):
    """A file of halochat, under a name that changes with its content."""

    name: str
    text: str
    source: Path


@cache
def read_asset(stem: str) -> Asset:
    """Read the file with a stem: `halochat` (the loader), `bridge` or `preview`."""
    source = _STATIC / f"{stem}.js"
    text = source.read_text(encoding="utf-8")
    return Asset(f"{stem}.{_hash(text.encode())}.js", text, source)


def asset_stem(url: str) -> str | None:
    """Return the stem of the file that a URL names, of any release; None if another."""
    name = _NAME.fullmatch(re.split("[?#]", url, maxsplit=1)[0].rpartition("/")[2])
    return name["stem"] if name else None


def find_assets(folder: Path) -> Iterator[Path]:
    """Yield the files of halochat in a folder, of this release or another."""
    current = {read_asset(stem).name for stem in STEMS}
    for path in folder.glob("*.js"):
        name = _NAME.fullmatch(path.name)
        if not name or not stat.S_ISREG(path.lstat().st_mode):
            continue
        # Other tools use names like these, but without the hash of the content.
        if path.name in current or _hash(path.read_bytes()) == name["hash"]:
            yield path


def asset_defect(path: Path) -> str | None:
    """Return the defect of a file of halochat in a built site, or None."""
    name = _NAME.fullmatch(path.name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return "is not a regular file"
        damaged = name and _hash(path.read_bytes()) != name["hash"]
    except OSError as error:
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        return "is missing" if missing else f"cannot be read: {error.strerror}"
    return "is damaged: its content does not match its name" if damaged else None


def stale_assets(
    folder: Path, assets: list[Asset], site: Path | None = None
) -> list[Asset]:
    """Return the files that are missing in a folder or have another content there.

    `site` is the folder of the site, by default the one that contains the folder.
    Raises OSError if the files cannot be written, for example because the folder is a
    link to a folder outside the site.
    """
    if not assets:
        return []
    _refuse_outside(folder, site)
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(f"{folder}: is not a folder; remove it")
    return [
        asset
        for asset in assets
        if not _holds(folder / asset.name, asset.text.encode())
    ]


def write_assets(folder: Path, assets: list[Asset], site: Path | None = None) -> None:
    """Write the files that are missing in a folder or have another content there.

    `site` is the folder of the site, by default the one that contains the folder.
    Raises OSError, also if the folder is a link to a folder outside the site.
    """
    stale = stale_assets(folder, assets, site)
    if stale:
        folder.mkdir(parents=True, exist_ok=True)
    for asset in stale:
        write_file(folder / asset.name, asset.text.encode())


def remove_assets(
    folder: Path, keep: Container[str] = (), site: Path | None = None
) -> None:
    """Remove the files of halochat from a folder, except those with a name to keep.

    Raises OSError, also if the folder is a link to a folder outside the site.
    """
    paths = [path for path in find_assets(folder) if path.name not in keep]
    if paths:
        _refuse_outside(folder, site)
    for path in paths:
        path.unlink()


def _refuse_outside(folder: Path, site: Path | None) -> None:
    site = site or folder.parent
    if not folder.resolve().is_relative_to(site.resolve()):
        raise PermissionError(
            f"{folder}: is a link to a folder outside {site}; "
            "replace the link with a folder"
        )


def _holds(path: Path, data: bytes) -> bool:
    """Tell whether a file has a content; false for a link, which must be replaced."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return False
    if stat.S_ISLNK(status.st_mode):
        return False
    if not stat.S_ISREG(status.st_mode):
        raise FileExistsError(f"{path}: is not a regular file; remove it")
    return status.st_size == len(data) and path.read_bytes() == data


def write_file(path: Path, data: bytes, mode: int | None = None) -> None:
    """Replace a file atomically: an interrupted run never leaves a partial file."""
    # A random name keeps two simultaneous runs, and leftovers of a killed run, apart.
    temporary = path.with_name(_TEMPORARY_NAME.format(secrets.token_hex(8)))
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
    """Remove the temporary files of interrupted runs in a folder and its subfolders."""
    for path in folder.rglob(_TEMPORARY_NAME.format("*")):
        if stat.S_ISREG(path.lstat().st_mode):
            path.unlink()


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()[:8]
