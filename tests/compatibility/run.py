"""Build each theme, or each plugin, in an environment of its own; record the results.

    python run.py themes WHEEL [NAME ...]

needs uv, which makes an environment in about a second. Exits with 1 if chat changed
what it should not have; what cannot be installed, or does not build without chat, is
recorded as such.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from compare import Case, cases, telling_line
from results import record

HOSTS = {"mkdocs": "mkdocs>=1.6,<2", "sphinx": "sphinx>=7.4"}


def run(
    kind: str, host: str, name: str, case: Case, wheel: str, folder: Path
) -> dict[str, Any]:
    """Build a case in a new environment, and return its result."""
    packages = [wheel, HOSTS[host], case["package"], *case.get("with", [])]
    # Its path is always the same, so that what Python compiles of a package is found
    # again in the next one.
    environment = folder / "environment"
    python = str(environment / "bin/python")
    steps = {
        "uv venv": ["--quiet", "--clear", "--python", sys.executable, environment],
        "uv pip install": ["--quiet", "--python", python, *packages],
        python: [Path(__file__).with_name("compare.py"), kind, host, name],
    }
    for command, arguments in steps.items():
        done = subprocess.run(
            [*command.split(), *arguments],
            env={**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")},
            capture_output=True,
            text=True,
        )
        if done.returncode:
            reason = telling_line(done.stderr.splitlines())
            result = {"package": case["package"], "python": "", "versions": {}}
            if command == python:
                return {**result, "outcome": "failed", "defects": [reason]}
            return {**result, "outcome": "cannot be installed", "reason": reason}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main(kind: str, wheel: str, *names: str) -> str | None:
    """Run the cases of these names, or all; return how many failed."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for host, found in cases(kind).items():
            for name in [name for name in found if not names or name in names]:
                result = run(kind, host, name, found[name], wheel, Path(folder))
                record(f"{host} {kind}", name, result)
                details = result.get("defects", [result.get("reason", "")])
                outcome = f"{result['outcome']}: {host} {name}"
                print("\n    ".join([outcome, *filter(None, details)]), flush=True)
                failed += result["outcome"] == "failed"
    return f"{failed} failed" if failed else None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
