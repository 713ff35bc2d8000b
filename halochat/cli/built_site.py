"""A built site: its pages, and what the core needs to know of each."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

import click

from halochat import Page, PageContext, Site
from halochat.cli.configuration import CommandError
from halochat.document import is_document

ASSETS = "assets"
folder_type = click.Path(exists=True, file_okay=False, path_type=Path)
_UTF16 = {
    b"\xff\xfe": ("utf-16-le", "surrogatepass"),
    b"\xfe\xff": ("utf-16-be", "surrogatepass"),
    b"<\0": ("utf-16-le", "surrogatepass"),
    b"\0<": ("utf-16-be", "surrogatepass"),
}
_LANGUAGE = re.compile(
    r"""<html\s[^>]*?(?<=\s)lang\s*=\s*["']?([a-z0-9_-]+)""", re.IGNORECASE
)
_BODY = re.compile(r"<(body|frameset)[\s>]", re.IGNORECASE)
_ERROR_PAGE = re.compile(r"(?:.*/)?\d{3}\.html?")


class File(NamedTuple):
    """The text of an HTML file, and what turns it into the same bytes again."""

    text: str
    encoding: str
    errors: str
    mode: int

    def encode(self, text: str) -> bytes:
        """Return a text in the file's encoding."""
        return text.encode(self.encoding, self.errors)


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A folder of pages, and the options for them."""

    folder: Path
    site: Site
    base: str = ""
    """The path of the site on its host, if known: error pages show up anywhere."""
    source_folder: Path | None = None
    """The folder of the pages' sources, if patterns are written for these."""

    def page(self, path: str) -> Page:
        """Return the page of a file, as far as its path can tell."""
        return self.site.page(self.source_path(path))

    def source_path(self, path: str) -> str:
        """Return the path that patterns match: the file's, or that of its source."""
        if self.source_folder is None:
            return path
        stem = path.removesuffix(".html")
        folder = stem.removesuffix("index").rstrip("/")
        for name in (stem, folder, f"{folder}/README".lstrip("/")):
            for suffix in (".md", ".rst", ".ipynb", ".markdown", ".txt"):
                if (self.source_folder / f"{name}{suffix}").is_file():
                    return f"{name}{suffix}"
        # Sphinx knows a page without a source by its name: `search`.
        return stem if (self.source_folder / "conf.py").is_file() else path

    def context(self, path: str, html: str) -> PageContext:
        """Return where a page is; its language is the one that it declares."""
        to_root = "../" * path.count("/")
        if self.base and _ERROR_PAGE.fullmatch(path):
            to_root = self.base
        language = _LANGUAGE.search(html, 0, 10_000)
        return PageContext(
            path,
            link=lambda path: f"{to_root}{path}",
            asset=lambda name: f"{to_root}{ASSETS}/{name}",
            language=language[1] if language else "en",
        )


def split_address(address: str) -> SplitResult:
    """Return the parts of a site's address."""
    try:
        return urlsplit(address)
    except ValueError as error:
        raise CommandError(
            f"{address}: is not the address of a site ({error}); "
            "write it as https://docs.example.com/"
        ) from None


def base_path(address: str) -> str:
    """Return the path of a site's address, as links on its error pages begin."""
    path = quote(split_address(address).path, safe="/%~:@!$&'()*+,;=")
    return f"/{path.strip('/')}/".replace("//", "/") if address else ""


@dataclass(slots=True)
class SkippedFiles:
    """The files that were not changed, and why."""

    reasons: Counter[str] = field(default_factory=Counter)
    """Why files are none that chat goes into, and how many."""
    errors: list[str] = field(default_factory=list)
    """The files that could not be read or written."""

    def add_error(self, path: str, error: Exception) -> None:
        """Note a file that could not be read or written."""
        reason = getattr(error, "strerror", None) or error
        self.errors.append(f"{click.format_filename(path)}: {reason}")

    def __str__(self) -> str:
        counts = [f"{reason} ({count})" for reason, count in self.reasons.items()]
        skipped = f"; skipped {', '.join(counts)}" if counts else ""
        return skipped + (f"; failed {len(self.errors)}" if self.errors else "")


def read_pages(folder: Path, skipped: SkippedFiles) -> Iterator[tuple[str, File]]:
    """Yield the path and text of every page in a folder, one at a time."""
    paths = list(_find_pages(folder, skipped))
    hidden = not sys.stderr.isatty()
    with click.progressbar(paths, file=sys.stderr, hidden=hidden) as bar:
        for path in bar:
            try:
                file = _read(folder / path)
            except (OSError, UnicodeError) as error:
                skipped.add_error(path, error)
            else:
                if isinstance(file, File):
                    yield path, file
                else:
                    skipped.reasons[file] += 1


def _find_pages(folder: Path, skipped: SkippedFiles) -> Iterator[str]:
    def add_error(error: OSError) -> None:
        skipped.add_error(str(error.filename), error)

    for parent, folders, files in os.walk(folder, onerror=add_error):
        folders.sort()
        inside = Path(parent).relative_to(folder).as_posix()
        for name in sorted(files):
            if name.lower().endswith((".html", ".htm", ".xhtml")):
                yield name if inside == "." else f"{inside}/{name}"


def _read(path: Path) -> File | str:
    """Read a page; for a file that chat does not go into, return what it is."""
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode):
        return "symbolic link" if stat.S_ISLNK(mode) else "no regular file"
    if path.suffix.lower() == ".xhtml":
        return "XML"
    data = path.read_bytes()
    # In every other encoding of the web the letters of tags are those of ASCII, and so
    # is all that we insert: the other bytes are only kept.
    codec = _UTF16.get(data[:2], ("utf-8", "surrogateescape"))
    file = File(data.decode(*codec), *codec, stat.S_IMODE(mode))
    if not is_document(file.text):
        return "no whole HTML document"
    body = _BODY.search(file.text)
    frames = body and body[1].lower() == "frameset"
    return "frameset, which shows its frames only" if frames else file
