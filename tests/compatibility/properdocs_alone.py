"""Build a site with ProperDocs, and make sure that MkDocs was not there to help."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tempfile
from pathlib import Path

CONFIG = """\
site_name: Test
theme: mkdocs
plugins:
  - halochat:
      chat_service_url: https://halo.acme.test/api
      config_id: profile-1
      config_key: key-1
"""


def main() -> None:
    """Exit with an error if a page has no chat."""
    if "mkdocs" in {dist.name for dist in importlib.metadata.distributions()}:
        sys.exit("MkDocs is installed, so this proves nothing")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        (folder / "docs/index.md").write_text("# Home", encoding="utf-8")
        (folder / "properdocs.yml").write_text(CONFIG, encoding="utf-8")
        command = [sys.executable, "-m", "properdocs", "build", "--strict"]
        subprocess.run(command, cwd=folder, check=True)
        for page in ("index.html", "404.html"):
            html = (folder / "site" / page).read_text(encoding="utf-8")
            if html.count('<meta name="halo-chat"') != 1:
                sys.exit(f"{page} does not have one embed")


if __name__ == "__main__":
    main()
