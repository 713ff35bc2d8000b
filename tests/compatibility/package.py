"""Check what is in the sdist and in the wheel, and what they say about themselves.

python package.py SDIST WHEEL
"""

from __future__ import annotations

import email
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ["halochat", "mkdocs_halochat", "sphinx_halochat"]
KNOWN = ["--cached", "--others", "--exclude-standard"]
# Nobody who builds from the sdist needs them.
LEFT_OUT = (".ci/", "benchmarks/")
SCRIPTS = """\
[console_scripts]
halochat = halochat.cli:main

[mkdocs.plugins]
halochat = mkdocs_halochat.plugin:HaloChatPlugin
"""


def tracked(*paths: str) -> set[str]:
    """Return the files that are under version control, or could be."""
    command = ["git", "-C", str(ROOT), "ls-files", *KNOWN, *paths]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return set(done.stdout.splitlines())


def differences(name: str, found: set[str], expected: set[str]) -> list[str]:
    """Return which files are missing, and which should not be there."""
    return [
        *(f"{name}: missing: {path}" for path in sorted(expected - found)),
        *(f"{name}: unexpected: {path}" for path in sorted(found - expected)),
    ]


def main(sdist: str, wheel: str) -> str | None:
    """Return what is wrong, if anything."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    with tarfile.open(sdist) as archive:
        names = (member.name for member in archive if member.isfile())
        source = {name.partition("/")[2] for name in names}
    with zipfile.ZipFile(wheel) as archive:
        installed = set(archive.namelist())
        (info,) = {n.partition("/")[0] for n in installed if ".dist-info/" in n}
        metadata = email.message_from_bytes(archive.read(f"{info}/METADATA"))
        scripts = archive.read(f"{info}/entry_points.txt").decode()
    kept = {path for path in tracked() if not path.startswith(LEFT_OUT)}
    own = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}
    wrong = differences("sdist", source, kept | {"PKG-INFO"})
    expected = tracked(*PACKAGES) | {f"{info}/{name}" for name in own}
    wrong += differences("wheel", installed, expected)
    wrong += [
        f"{name}: no py.typed"
        for name in PACKAGES
        if f"{name}/py.typed" not in installed
    ]
    for key, value in {
        "Name": project["name"],
        "Summary": project["description"],
        "License-Expression": project["license"],
        "Requires-Python": project["requires-python"],
        "Description-Content-Type": "text/markdown",
    }.items():
        if metadata[key] != value:
            wrong.append(f"metadata: {key}: expected {value!r}, got {metadata[key]!r}")
    if scripts.strip() != SCRIPTS.strip():
        wrong.append(f"entry points: got {scripts!r}")
    return "\n".join(wrong) or None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
