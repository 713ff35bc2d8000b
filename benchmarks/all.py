"""Run every benchmark, and write the results and the page of the guides about them.

    python benchmarks/all.py [--quick] [--only STEP ...] [--page]

Writes `benchmarks/results.json` and `sample_docs/shared/benchmarks.md`. `--only` runs
some steps and keeps the other results. `--page` only writes the page. `--quick` uses
tiny sites to check that the scripts work; do not publish its figures.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from report import page

FOLDER = Path(__file__).parent
RESULTS = FOLDER / "results.json"
PAGE = FOLDER.parent / "sample_docs/shared/benchmarks.md"


class Step(NamedTuple):
    """A benchmark, with its arguments, and those for `--quick`."""

    script: str
    arguments: str
    quick: str


SIZES = "--kilobytes 25 90 200 --plugins halochat asyntai biel"
STEPS = {
    "pages": Step(
        "mkdocs_build.py",
        f"--pages 100 1000 10000 {SIZES} --rounds 1",
        f"--pages 10 20 40 {SIZES} --rounds 1",
    ),
    "peers": Step(
        "mkdocs_build.py",
        "--pages 300 --kilobytes 90 --rounds 3",
        "--pages 10 --kilobytes 90 --rounds 1",
    ),
    "themes": Step(
        "mkdocs_build.py",
        "--pages 1000 --theme mkdocs material --plugins halochat --rounds 3",
        "--pages 10 --theme mkdocs material --plugins halochat --rounds 1",
    ),
    "sphinx": Step("sphinx_cost.py", "--pages 300 --rounds 3", "--pages 20 --rounds 1"),
    "inject": Step("inject.py", "--pages 10000 --kilobytes 50", "--pages 20"),
    "loading": Step("loading.py", "--rounds 13", "--rounds 1"),
    "memory": Step("memory.py", "--pages 10000 --kilobytes 90", "--pages 20"),
}


def run(step: Step, *, quick: bool) -> dict[str, Any]:
    """Run a benchmark, and return its command with its results."""
    arguments = step.quick if quick else step.arguments
    command = f"python benchmarks/{step.script} {arguments}"
    print(f"\n$ {command}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "results.json")
        script = [sys.executable, str(FOLDER / step.script), *arguments.split()]
        # A script that misses a goal exits with 1, but still writes its results.
        subprocess.run([*script, "--json", str(file)], check=False)
        results = json.loads(file.read_text(encoding="utf-8"))
    return {"command": command, "results": results}


def main() -> None:
    """Run the steps, and write the results and the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="use tiny sites")
    parser.add_argument("--only", nargs="+", choices=STEPS, default=list(STEPS))
    parser.add_argument("--page", action="store_true", help="only write the page")
    arguments = parser.parse_args()
    report: dict[str, Any] = {"steps": {}}
    if RESULTS.exists():
        report = json.loads(RESULTS.read_text(encoding="utf-8"))
    if not arguments.page:
        report |= {
            "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
            "cores": os.cpu_count(),
            "python": platform.python_version(),
        }
        for name in arguments.only:
            report["steps"][name] = run(STEPS[name], quick=arguments.quick)
        text = json.dumps(report, indent=1, sort_keys=True)
        RESULTS.write_text(f"{text}\n", encoding="utf-8")
    PAGE.write_text(page(report), encoding="utf-8")


if __name__ == "__main__":
    main()
