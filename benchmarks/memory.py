"""Measure the peak memory of a MkDocs build, with and without chat.

    python benchmarks/memory.py [--pages 10000] [--kilobytes 90] [--json FILE]

Each build is a separate process. The figure is its largest resident set size.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from mkdocs_build import PLUGINS, make_pages, make_theme, write_config


def peak_megabytes(file: Path) -> float:
    """Build a site and return the peak resident set size of the process."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(file)]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return usage.ru_maxrss / 1024


def main() -> None:
    """Print both peaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--kilobytes", type=int, default=90)
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_pages(folder, arguments.pages, "# Page\n")
        theme = make_theme(folder, arguments.kilobytes)
        without = peak_megabytes(write_config(folder, theme, []))
        plugin = {"halochat": PLUGINS["halochat"]}
        with_chat = peak_megabytes(write_config(folder, theme, [plugin]))
    print(f"without {without:.0f} MB, with chat {with_chat:.0f} MB")
    if arguments.json:
        report = {
            "pages": arguments.pages,
            "kilobytes": arguments.kilobytes,
            "without_megabytes": without,
            "with_megabytes": with_chat,
        }
        arguments.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
