from __future__ import annotations

import html
import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sphinx.cmd.build import build_main
from sphinx.locale import translators

OPTIONS: dict[str, Any] = {
    "chat_service_url": "https://halo.acme.test/api",
    "config_id": "ID",
    "config_key": "KEY",
}
META = re.compile(r'<meta name="halo-chat" content="([^"]*)" />')
LOADER = re.compile(r'<script src="([^"]*)" defer></script>')


@dataclass
class Built:
    """The output of one build."""

    out: Path
    code: int
    warnings: list[str]
    written: set[str]

    def text(self, page: str) -> str:
        return (self.out / page).read_text(encoding="utf-8")

    def content(self, page: str) -> str:
        """Return the content of the page's only meta element, still escaped."""
        (found,) = META.findall(self.text(page))
        return str(found)

    def data(self, page: str = "index.html") -> dict[str, Any]:
        return dict(json.loads(html.unescape(self.content(page))))

    def chat(self, page: str = "index.html") -> dict[str, Any]:
        """Return the properties of the widget, without the three required ones."""
        config = self.data(page)["haloChatConfig"]
        return {k: v for k, v in config.items() if k not in REQUIRED}

    def pages(self) -> list[str]:
        found = (path.relative_to(self.out) for path in self.out.rglob("*.html"))
        return sorted(path.as_posix() for path in found if path.parts[0] != "_static")


REQUIRED = {"chatServiceUrl", "configId", "configKey"}


@dataclass
class Site:
    """A small Sphinx project."""

    folder: Path
    options: Mapping[str, Any] = field(default_factory=lambda: dict(OPTIONS))
    conf: str = ""

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.folder / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(textwrap.dedent(text), encoding="utf-8")

    def build(
        self,
        builder: str = "html",
        *arguments: str,
        apart: bool = False,
        quiet: bool = True,
    ) -> Built:
        """Build the project; with `apart`, in a separate process."""
        source = self.folder / "docs"
        (source / "conf.py").write_text(
            "extensions = ['sphinx_halochat']\n"
            "project, show_warning_types = 'Test', True\n"
            f"halochat_options = {self.options!r}\n{textwrap.dedent(self.conf)}",
            encoding="utf-8",
        )
        out, log = self.folder / builder, self.folder / "warnings.txt"
        doctrees = self.folder / f"doctrees-{builder}"
        before = _times(out)
        translators.clear()  # as in a process of its own
        command = ["-b", builder, "-N", "-w", str(log), "-d", str(doctrees)]
        command += ["-q"] * quiet + [*arguments, str(source), str(out)]
        if apart:
            code = subprocess.run([sys.executable, "-m", "sphinx", *command]).returncode
        else:
            code = build_main(command)
        text = log.read_text(encoding="utf-8").replace(f"{source}/", "")
        written = {
            path for path, time in _times(out).items() if time != before.get(path)
        }
        return Built(out, code, text.splitlines(), written)


def _times(folder: Path) -> dict[str, int]:
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="session")
def new_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Site]:
    """Create projects whose builds several tests share."""
    return lambda: Site(tmp_path_factory.mktemp("project"))


@pytest.fixture
def site(tmp_path: Path) -> Callable[..., Site]:
    """Create a project from its files and changes to `halochat_options`."""

    def make(files: Mapping[str, str] | None = None, **options: Any) -> Site:
        made = Site(tmp_path, {**OPTIONS, **options})
        made.write(files or {"index.rst": "Title\n=====\n"})
        return made

    return make
