"""The HTML files of a built site: finds them, reads them, and recognizes redirects."""

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
_HEAD = 20_000  # the characters in which a page says that it redirects
_MAX_DELAY = 10  # the seconds after which nobody has read a page
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
    """The text of an HTML file, and what turns it into the same bytes again."""

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
    """Why files are none that chat goes into, and how many."""
    errors: list[str] = field(default_factory=list)
    """The files that could not be read or written."""

    def add_error(self, path: str, error: Exception) -> None:
        """Note a file that could not be read or written."""
        reason = getattr(error, "strerror", None) or error
        self.errors.append(f"{click.format_filename(path)}: {reason}")

    @property
    def counts(self) -> str:
        """The reasons in alphabetical order, each with the number of files."""
        counts = sorted(self.reasons.items())
        return ", ".join(f"{reason} ({count})" for reason, count in counts)

    def __str__(self) -> str:
        skipped = f"; skipped {self.counts}" if self.reasons else ""
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
            message = f"{pattern!r} matches no file; write it as 'api/**'"
            raise click.BadParameter(message)
        regexes.append(regex)
    return regexes


exclude_option = click.option(
    "--exclude",
    multiple=True,
    callback=_compile_patterns,
    metavar="PATTERN",
    help="Leave out the HTML files that match, such as 'api/**'; may be repeated.",
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
    """Read a page; for a file that chat does not go into, return what it is."""
    status = path.lstat()
    mode = status.st_mode
    if not stat.S_ISREG(mode):
        return "symbolic link" if stat.S_ISLNK(mode) else "no regular file"
    if path.suffix.lower() == ".xhtml":
        return "XML"
    if status.st_size > _MAX_BYTES:
        return f"larger than {_MAX_BYTES // 2**20} MB"
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


def is_redirect(path: str, html: str) -> bool:
    """Tell whether a page only sends its visitors on to another."""
    head = html[:_HEAD]
    if "refresh" not in head.lower():
        return False
    # In a noscript, it is for visitors without scripts; a script sends on all others.
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
    # A page that loads itself again, to show what is new, is no redirect.
    own, target = (url.removesuffix("index.html") for url in (f"/{path}", target))
    return target != own
