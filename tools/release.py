"""Check that the project is ready to be released, then build it into `dist/`.

If a check fails, all failures are listed and nothing is built.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def problems(root: Path, tag: str = "") -> Iterator[str]:
    """Yield a message for each requirement of a release that is not met.

    `tag` is the tag in version control, or an empty string.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    home = project["tool"]["hatch"]["metadata"]["hooks"]["custom"]["home"]
    if not re.fullmatch(r"https://[^\s/]+/\S+", home):
        yield (
            "pyproject.toml: tool.hatch.metadata.hooks.custom: home: expected the "
            f"address of the repository, such as https://git.example.com/owner/name, "
            f"got {home!r}"
        )
    source = (root / "halochat/__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.*)"$', source, re.MULTILINE)
    version = found[1] if found else ""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        yield f"halochat/__init__.py: expected a version such as 1.2.3, got {version!r}"
    if tag and tag != f"v{version}":
        yield f"tag {tag}: expected v{version}, the version in halochat/__init__.py"
    changes = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$"
    if not re.search(heading, changes, re.MULTILINE):
        yield f"CHANGELOG.md: expected a section '## [{version}] - YYYY-MM-DD'"
    unreleased = re.search(
        r"^## \[Unreleased\]\n(.*?)(?=^## |\Z)", changes, re.M | re.S
    )
    if unreleased and re.search(r"^- ", unreleased[1], re.MULTILINE):
        yield f"CHANGELOG.md: move the entries of [Unreleased] to [{version}]"


def main() -> None:
    """Check, and build."""
    found = list(problems(ROOT, *sys.argv[1:]))
    if found:
        print(*found, sep="\n", file=sys.stderr)
        raise SystemExit("Not ready to be released; nothing was built.")
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    subprocess.run([sys.executable, "-m", "build", ROOT], check=True)
    files = sorted(map(str, (ROOT / "dist").iterdir()))
    twine = [sys.executable, "-m", "twine", "check", "--strict"]
    subprocess.run([*twine, *files], check=True)


if __name__ == "__main__":
    main()
