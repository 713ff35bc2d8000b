"""A built site: its pages, and the embed that each should have."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import click

from halochat.document import is_document
from halochat.embed import Embed, Place, render
from halochat.layers import Layer, glob, patterns, resolve

ASSETS = "assets"
folder_type = click.Path(exists=True, file_okay=False, path_type=Path)
# Two runs at once must not take each other's.
TEMPORARY = ".halochat.{}.tmp"
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


class Page(NamedTuple):
    """The text of a page, and what turns it into the same bytes again."""

    text: str
    encoding: str
    errors: str
    mode: int

    def encode(self, text: str) -> bytes:
        """Return a text in the page's encoding."""
        return text.encode(self.encoding, self.errors)


@dataclass(frozen=True, slots=True)
class Site:
    """The pages in a folder, and the checked options for them."""

    folder: Path
    options: Layer
    base: str = ""
    """The path of the site on its host, if known: error pages show up anywhere."""
    content: Path | None = None
    """The folder of the pages' sources, where patterns are written for these."""

    def known_as(self, page: str) -> str:
        """Return the path that patterns match: the page's, or that of its source."""
        if self.content is None:
            return page
        stem = page.removesuffix(".html")
        folder = stem.removesuffix("index").rstrip("/")
        for name in (stem, folder, f"{folder}/README".lstrip("/")):
            for suffix in (".md", ".rst", ".ipynb", ".markdown", ".txt"):
                if (self.content / f"{name}{suffix}").is_file():
                    return f"{name}{suffix}"
        # Sphinx knows a page without a source by its name: `search`.
        return stem if (self.content / "conf.py").is_file() else page

    def options_of(self, page: str) -> Layer:
        """Return the options of a page, as far as its built HTML can tell."""
        return resolve(self.options, self.known_as(page), {})

    def embed(self, page: str, html: str) -> Embed:
        """Return the embed that a page should have."""
        to_root = "../" * page.count("/")
        if self.base and _ERROR_PAGE.fullmatch(page):
            to_root = self.base
        language = _LANGUAGE.search(html, 0, 10_000)
        place = Place(
            page,
            link=lambda path: f"{to_root}{path}",
            asset=lambda name: f"{to_root}{ASSETS}/{name}",
            language=language[1] if language else "en",
        )
        return render(self.options_of(page), place)


def idle_patterns(site: Site, pages: Iterable[str]) -> Iterator[str]:
    """Name the path patterns that match none of the pages."""
    names = [site.known_as(page) for page in pages]
    for pattern in patterns(site.options):
        if not any(map(glob(pattern).match_file, names)):
            yield pattern


def base_path(address: str) -> str:
    """Return the path of a site's address, as links on its error pages begin."""
    path = quote(urlsplit(address).path, safe="/%~:@!$&'()*+,;=")
    return f"/{path.strip('/')}/".replace("//", "/") if address else ""


@dataclass(slots=True)
class Left:
    """The files that were left as they are, and why."""

    skipped: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    def fail(self, page: str, error: Exception) -> None:
        """Note a file that could not be read or written."""
        reason = getattr(error, "strerror", None) or error
        self.failed.append(f"{click.format_filename(page)}: {reason}")

    def __str__(self) -> str:
        counts = [f"{what} ({count})" for what, count in self.skipped.items()]
        skipped = f"; skipped {', '.join(counts)}" if counts else ""
        return skipped + (f"; failed {len(self.failed)}" if self.failed else "")


def read_pages(folder: Path, left: Left) -> Iterator[tuple[str, Page]]:
    """Yield the path and text of every page in a folder, one at a time."""
    paths = list(_find_pages(folder, left))
    hidden = not sys.stderr.isatty()
    with click.progressbar(paths, file=sys.stderr, hidden=hidden) as bar:
        for path in bar:
            try:
                page = _read(folder / path)
            except (OSError, UnicodeError) as error:
                left.fail(path, error)
            else:
                if isinstance(page, Page):
                    yield path, page
                else:
                    left.skipped[page] += 1


def _find_pages(folder: Path, left: Left) -> Iterator[str]:
    def fail(error: OSError) -> None:
        left.fail(str(error.filename), error)

    for here, folders, files in os.walk(folder, onerror=fail):
        folders.sort()
        inside = Path(here).relative_to(folder).as_posix()
        for name in sorted(files):
            if name.lower().endswith((".html", ".htm", ".xhtml")):
                yield name if inside == "." else f"{inside}/{name}"


def _read(path: Path) -> Page | str:
    """Read a page; for a file that takes no chat, say what it is."""
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode):
        return "symbolic link" if stat.S_ISLNK(mode) else "no regular file"
    if path.suffix.lower() == ".xhtml":
        return "XML"
    data = path.read_bytes()
    # In every other encoding of the web the letters of tags are those of ASCII, and so
    # is all we put in: what the other bytes mean need not be known, only kept.
    codec = _UTF16.get(data[:2], ("utf-8", "surrogateescape"))
    page = Page(data.decode(*codec), *codec, stat.S_IMODE(mode))
    if not is_document(page.text):
        return "no whole HTML document"
    body = _BODY.search(page.text)
    frames = body and body[1].lower() == "frameset"
    return "frameset, which shows its frames only" if frames else page


def write(path: Path, data: bytes, mode: int | None = None) -> None:
    """Write a file that is at every moment either the old one or the new one."""
    temporary = path.with_name(TEMPORARY.format(os.getpid()))
    try:
        with temporary.open("xb") as file:
            file.write(data)
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def our_assets(folder: Path) -> Iterator[Path]:
    """Yield the files of ours in a site, of this release or another."""
    for path in (folder / ASSETS).glob("*.js"):
        name = re.fullmatch(r"(?:halochat|preview)\.([0-9a-f]{8})\.js", path.name)
        # Others use names like these; only we hash the file so.
        if name and sha256(path.read_bytes()).hexdigest().startswith(name[1]):
            yield path
