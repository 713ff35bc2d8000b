"""Finds and reads the HTML files of a built site, and recognizes redirects."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import click

from halochat.document import head_elements, is_document
from halochat.layers import compile_pattern

REDIRECT = "redirect"
_MAX_BYTES = 256 * 2**20
_HEAD = 20_000  # characters at the start of a page that are searched for a redirect
_MAX_DELAY = 10  # seconds; pages with a longer delay are meant to be read
_UTF16 = {
    b"\xff\xfe": ("utf-16-le", "surrogatepass"),
    b"\xfe\xff": ("utf-16-be", "surrogatepass"),
    b"<\0": ("utf-16-le", "surrogatepass"),
    b"\0<": ("utf-16-be", "surrogatepass"),
}
_BODY = re.compile(r"<(body|frameset)[\s>]", re.IGNORECASE)
_REFRESH = re.compile(
    r"""\s*(\d{1,9})[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?["']?\s*([^"'\s]+)""",
    re.IGNORECASE,
)
_LOCATION = re.compile(r"\blocation(?:\.href|\.replace|\.assign)?\s*(?:=(?!=)|\()")


class File(NamedTuple):
    """The text of an HTML file, and the encoding that restores its bytes."""

    text: str
    encoding: str
    errors: str
    mode: int

    def encode(self, text: str) -> bytes:
        """Return a text in the file's encoding."""
        return text.encode(self.encoding, self.errors)


@dataclass(slots=True)
class SkippedFiles:
    """The files that were not changed or compared, and why."""

    reasons: Counter[str] = field(default_factory=Counter)
    """The reasons for which files get no chat, with the number of files."""
    errors: list[str] = field(default_factory=list)
    """The files that could not be read or written."""

    def add_error(self, path: str, error: Exception) -> None:
        """Record a file that could not be read or written."""
        reason = getattr(error, "strerror", None) or error
        self.errors.append(f"{click.format_filename(path)}: {reason}")

    @property
    def counts(self) -> str:
        """The reasons in alphabetical order, each with the number of files."""
        counts = sorted(self.reasons.items())
        return ", ".join(f"{reason} ({count})" for reason, count in counts)

    def __str__(self) -> str:
        skipped = f"; skipped: {self.counts}" if self.reasons else ""
        return skipped + (f"; failed {len(self.errors)}" if self.errors else "")


def _compile_patterns(
    ctx: click.Context, param: click.Parameter, patterns: tuple[str, ...]
) -> list[re.Pattern[str]]:
    regexes = []
    for pattern in patterns:
        try:
            regex = compile_pattern(pattern)
        except (ValueError, re.error) as error:
            raise click.BadParameter(f"{pattern!r}: {error}") from None
        if regex is None or pattern.startswith("!"):
            message = f"{pattern!r} matches no file; use a pattern such as 'api/**'"
            raise click.BadParameter(message)
        regexes.append(regex)
    return regexes


exclude_option = click.option(
    "--exclude",
    multiple=True,
    callback=_compile_patterns,
    metavar="PATTERN",
    help="Skip HTML files that match, such as 'api/**'. Can be repeated.",
)


def read_pages(
    folder: Path,
    skipped: SkippedFiles,
    exclude: Iterable[re.Pattern[str]] = (),
) -> Iterator[tuple[str, File]]:
    """Yield the path and text of every page in a folder, one at a time."""
    paths = list(find_pages(folder, skipped))
    hidden = not sys.stderr.isatty()
    with click.progressbar(paths, file=sys.stderr, hidden=hidden) as bar:
        for path in bar:
            if any(pattern.search(path) for pattern in exclude):
                skipped.reasons["excluded"] += 1
                continue
            try:
                file = _read(folder / path)
            except (OSError, UnicodeError) as error:
                skipped.add_error(path, error)
            else:
                if isinstance(file, File):
                    yield path, file
                else:
                    skipped.reasons[file] += 1


def find_pages(folder: Path, skipped: SkippedFiles) -> Iterator[str]:
    """Yield the path of every HTML file in a folder."""

    def add_error(error: OSError) -> None:
        skipped.add_error(str(error.filename), error)

    for parent, folders, files in os.walk(folder, onerror=add_error):
        folders.sort()
        inside = Path(parent).relative_to(folder).as_posix()
        for name in sorted(files):
            if name.lower().endswith((".html", ".htm", ".xhtml")):
                yield name if inside == "." else f"{inside}/{name}"


def _read(path: Path) -> File | str:
    """Read a page; for a file that gets no chat, return the reason."""
    status = path.lstat()
    mode = status.st_mode
    if not stat.S_ISREG(mode):
        return "symbolic link" if stat.S_ISLNK(mode) else "not a regular file"
    if path.suffix.lower() == ".xhtml":
        return "XML"
    if status.st_size > _MAX_BYTES:
        return f"larger than {_MAX_BYTES // 2**20} MB"
    data = path.read_bytes()
    # All other encodings of the web are compatible with ASCII, which is enough for tags
    # and the embed. Other bytes are kept unchanged.
    codec = _UTF16.get(data[:2], ("utf-8", "surrogateescape"))
    file = File(data.decode(*codec), *codec, stat.S_IMODE(mode))
    if not is_document(file.text):
        return "not a whole HTML document"
    body = _BODY.search(file.text)
    frames = body and body[1].lower() == "frameset"
    return "frameset" if frames else file


def is_redirect(path: str, html: str) -> bool:
    """Tell whether a page only redirects to another page."""
    head = html[:_HEAD]
    if "refresh" not in head.lower():
        return False
    # A refresh in `noscript` counts only if a script redirects the other visitors.
    has_script = _LOCATION.search(head) is not None
    for element in head_elements(head):
        if element.name == "noscript" and has_script:
            inside = head_elements(element.text)
        else:
            inside = iter([element])
        if any(_sends_on(path, each.attributes) for each in inside):
            return True
    return False


def _sends_on(path: str, attributes: Mapping[str, str]) -> bool:
    if attributes.get("http-equiv", "").lower() != "refresh":
        return False
    refresh = _REFRESH.match(attributes.get("content", ""))
    if not refresh or int(refresh[1]) > _MAX_DELAY:
        return False
    try:
        target: str = urljoin(f"/{path}", refresh[2])
    except ValueError:
        return True
    # A page that reloads itself is not a redirect.
    own, target = (url.removesuffix("index.html") for url in (f"/{path}", target))
    return target != own


def read_start(path: Path, characters: int) -> str:
    """Return the start of a text file; an empty string if it cannot be read."""
    try:
        if not path.is_file():  # a pipe may have no end
            return ""
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(characters)
    except OSError:
        return ""
