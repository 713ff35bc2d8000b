"""`inject` in trees of files that are put together, and interrupted, at random."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias
from unittest.mock import patch

from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from halochat.assets import read_asset
from halochat.cli import main

CONFIG = """\
chat_service_url: https://halo.example.com/api
config_id: docs
config_key: public
pages: {"a/**": {theme: dark}, "b/": false}
"""
ASSETS = [read_asset("halochat"), read_asset("bridge")]
Entries: TypeAlias = dict[str, bytes | str]
PAGE = "<!doctype html>\n<html><head><meta charset=utf-8></head><body>é{}</body></html>"
OWN = "<!doctype html><meta name=halo-chat-page content='{}'><p>x"

# A file is its content; the target of a link; or a folder or pipe named like a page.
PAGES = st.builds(
    str.encode,
    st.builds(PAGE.format, st.text("x<>\r\n\0é", max_size=5))
    | st.sampled_from([OWN, OWN.format('{"load": "click"}'), OWN.format("false")]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
OTHER_FILES = st.binary(max_size=40) | st.sampled_from(
    [b"", b"<p>x", b"<!doctype html>\xff<p>\xfe", PAGE.encode("latin-1"), b"\xff\xfe<"]
)
LINKS = st.sampled_from(
    ["1.html", "loop.html", "../outside.html", "missing", ".", ".."]
)
KINDS = st.sampled_from(["folder", "pipe"])
NAMES = st.sampled_from(
    [
        *["1.html", "2.HTM", "3.xhtml", "404.html", "a.txt", "loop.html", " .html"],
        *["-c.html", ".hidden.html", "new\nline.html", "q?#%2F.html", "\udcff.html"],
        *["é.html", "halochat.html"],
    ]
)
FOLDERS = st.sampled_from(["", "a/", "a/b.html/", "b/", "assets/", "\udcff/"])
PATHS = st.builds("{}{}".format, FOLDERS, NAMES)
PAGES_ONLY = st.dictionaries(PATHS, PAGES, min_size=1, max_size=6)
TREES = st.dictionaries(PATHS, PAGES | OTHER_FILES | LINKS | KINDS, max_size=8)


class Site:
    """A folder with a tree, its configuration, and a file outside it."""

    def __init__(self, folder: Path, tree: Entries) -> None:
        self.folder = folder / "site"
        self.config = folder / "halochat.yml"
        self.config.write_text(CONFIG, encoding="utf-8")
        self.outside = folder / "outside.html"
        self.outside.write_text(PAGE, encoding="utf-8")
        self.folder.mkdir()
        for name, entry in tree.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(entry, bytes):
                path.write_bytes(entry)
            elif entry == "folder":
                path.mkdir(exist_ok=True)
            elif entry == "pipe":
                os.mkfifo(path)
            else:
                path.symlink_to(entry)

    def inject(self, *arguments: str) -> Result:
        command = ["inject", str(self.folder), "-c", str(self.config), *arguments]
        return CliRunner().invoke(main, command)

    def entries(self) -> Entries:
        """Return the content of each file, and the kind or target of other entries."""
        found: Entries = {}
        for path in self.folder.rglob("*"):
            name = str(path.relative_to(self.folder))
            if path.is_symlink():
                found[name] = str(path.readlink())
            elif path.is_file():
                found[name] = path.read_bytes()
            else:
                found[name] = "folder" if path.is_dir() else "pipe"
        assert self.outside.read_text(encoding="utf-8") == PAGE
        return found


@contextmanager
def site_with(tree: Entries) -> Iterator[Site]:
    with TemporaryDirectory() as folder:
        yield Site(Path(folder), tree)


@given(TREES)
@example({"assets": "..", "1.html": PAGE.encode()})
@example({"assets": b"a file", "1.html": PAGE.encode()})
def test_any_tree_is_changed_once_and_restored(tree: Entries) -> None:
    with site_with(tree) as site:
        before = site.entries()
        first = site.inject()
        after = site.entries()
        if first.exit_code == 2:  # the folder of the files is a link, for example
            assert after == before
            return
        assert_only_pages_differ(before, after)
        assert site.inject().exit_code == first.exit_code
        assert site.entries() == after
        assert site.inject("--remove").exit_code == first.exit_code
        restored = site.entries()
        if first.exit_code == 1:  # a page that cannot be read may need the files
            assert_only_pages_differ(before, restored)
            restored = {name: restored[name] for name in before}
        assert restored == before


def assert_only_pages_differ(before: Entries, after: Entries) -> None:
    added = {Path(name).name for name in after.keys() - before.keys()}
    assert added <= {"assets", *(asset.name for asset in ASSETS)}
    changed = [name for name in before if before[name] != after[name]]
    assert all(isinstance(before[name], bytes) for name in changed)
    assert all(name.lower().endswith((".html", ".htm")) for name in changed)


class Interruption(BaseException):
    """The end of the process, at any system call."""


@contextmanager
def interrupted_at(call: int) -> Iterator[None]:
    """Raise at one of the calls that change files, and at each later one."""
    calls = 0

    def interrupting(function):
        def change(*arguments, **keywords):
            nonlocal calls
            calls += 1
            if calls > call:
                raise Interruption
            return function(*arguments, **keywords)

        return change

    names = ["mkdir", "open", "chmod", "replace", "unlink", "rmdir"]
    changes = {name: interrupting(getattr(Path, name)) for name in names}
    with suppress(Interruption), patch.multiple(Path, **changes):
        yield


@given(PAGES_ONLY, st.integers(1, 30), st.booleans())
def test_an_interrupted_run_leaves_whole_pages_and_can_be_repeated(
    tree: dict[str, bytes], call: int, is_removing: bool
) -> None:
    with site_with(tree) as site:
        before = site.entries()
        assert site.inject().exit_code == 0
        after = site.entries()
        if not is_removing:
            assert site.inject("--remove").exit_code == 0
            assert site.entries() == before
        with interrupted_at(call):
            site.inject(*["--remove"] * is_removing)
        for name, content in site.entries().items():
            is_temporary = Path(name).name.startswith(".halochat.")
            assert is_temporary or content in (before.get(name), after.get(name))
        assert site.inject().exit_code == 0
        assert site.inject("--remove").exit_code == 0
        assert site.entries() == before
