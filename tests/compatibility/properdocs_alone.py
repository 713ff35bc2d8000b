"""ProperDocs builds a site with chat where MkDocs is not there to help."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

CONFIG = """\
site_name: Test
theme: mkdocs
plugins:
  - halochat:
      chat_service_url: https://halo.acme.test/api
      config_id: profile-1
      config_key: key-1
"""


def test_properdocs_builds_pages_with_chat(tmp_path: Path) -> None:
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("mkdocs")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home", encoding="utf-8")
    (tmp_path / "properdocs.yml").write_text(CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "properdocs", "build", "--strict"]
    subprocess.run(command, cwd=tmp_path, check=True)
    for page in ("index.html", "404.html"):
        html = (tmp_path / "site" / page).read_text(encoding="utf-8")
        assert html.count('<meta name="halo-chat"') == 1
