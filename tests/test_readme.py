from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

from click.testing import CliRunner
from sites import Site

from halochat.cli import main

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^( *)```(\w+)\n(.*?)^ *```$", README, re.DOTALL | re.MULTILINE)


def blocks(language: str) -> list[str]:
    return [dedent(text) for _, name, text in BLOCKS if name == language]


def test_the_quickstart_for_mkdocs_gives_every_page_chat(
    mkdocs_site: Callable[..., Site],
) -> None:
    plugins, page = blocks("yaml")
    site = mkdocs_site(
        {"index.md": "# Home", "page.md": f"{page}\n[Talk to us](#halo-chat)"},
        yml=plugins.removeprefix("plugins:\n"),
        serving=True,
        strict=True,
    )
    home = json.loads(site.meta("index.html"))
    assert home["haloChatConfig"]["configKey"] == "your-chat-config-key"
    assert home["script"].startswith("assets/preview.")
    data = json.loads(site.meta("page/index.html"))
    assert (data["load"], data["haloChatConfig"]["colour"]) == ("click", "#E83C4A")


def test_the_quickstart_for_sphinx_gives_every_page_chat(tmp_path: Path) -> None:
    (conf,), (directive,) = blocks("python"), blocks("rst")
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    page = f"Home\n====\n\n{directive}\n:halo-chat:`Talk to us`\n"
    (tmp_path / "index.rst").write_text(page, encoding="utf-8")
    (command,) = (text for text in blocks("sh") if "sphinx-build" in text)
    _, *arguments = command.split()
    sphinx = [sys.executable, "-m", "sphinx", "-qW", *arguments]
    subprocess.run(sphinx, check=True, cwd=tmp_path)
    data = json.loads(Site(tmp_path / "site").meta("index.html"))
    assert (data["load"], data["haloChatConfig"]["colour"]) == ("click", "#E83C4A")
    assert data["script"].startswith("_static/halochat/preview.")
    assert 'href="#halo-chat"' in Site(tmp_path / "site").html("index.html")


def test_every_command_it_names_exists() -> None:
    help_ = CliRunner().invoke(main, ["--help"]).output
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    for name in re.findall(r"halochat (inject|check|csp|schema|import)\b", README):
        assert f"  {name} " in help_
    for name in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert f"\n{name}:" in makefile


def test_it_has_at_most_the_agreed_number_of_lines() -> None:
    assert len(README.splitlines()) <= 120
