"""Time `halochat inject` against `cp -r` of the same tree.

    python benchmarks/inject.py [--pages 10000] [--kilobytes 50] [--folder .]
        [--json FILE]

A copy also reads and writes each page once, so the disk limits both.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

CONFIG = """\
chat_service_url: https://halo.example.com/api
config_id: docs
config_key: public
pages:
  "section-3/**": {load: click}
"""
HEAD = '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
PARAGRAPH = "<p>Some <a href='other.html'>text</a> of a page, as long as it is.</p>\n"


def make_site(folder: Path, pages: int, kilobytes: int) -> None:
    """Write a site of equal pages, with 100 pages in each folder."""
    body = PARAGRAPH * (kilobytes * 1024 // len(PARAGRAPH))
    html = f"{HEAD}<title>Page</title>\n</head>\n<body>\n{body}</body>\n</html>\n"
    for number in range(pages):
        page = folder / f"section-{number // 100}" / f"page-{number}.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(html, encoding="utf-8")


def seconds(action: Callable[[], object]) -> float:
    """Return the duration of an action."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    """Print the times, and their ratios to the time of a copy."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--kilobytes", type=int, default=50)
    parser.add_argument("--folder", type=Path, help="a folder on the disk to measure")
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    arguments = parser.parse_args()
    results: list[dict[str, float | str]] = []
    with tempfile.TemporaryDirectory(dir=arguments.folder) as name:
        folder = Path(name)
        site, config = folder / "site", folder / "halochat.yml"
        config.write_text(CONFIG, encoding="utf-8")
        make_site(site, arguments.pages, arguments.kilobytes)
        halochat = Path(sys.executable).with_name("halochat")
        inject = [halochat, "inject", site, "-c", config]
        copy = [shutil.which("cp") or "cp", "-r", site, folder / "copy"]
        actions: dict[str, list[str | Path]] = {
            "cp -r": copy,
            "inject": inject,
            "inject again": inject,
            "inject --remove": [halochat, "inject", site, "--remove"],
        }
        unit = 0.0
        for label, command in actions.items():
            took = seconds(
                lambda command=command: subprocess.run(
                    command, check=True, stdout=subprocess.DEVNULL
                )
            )
            unit = unit or took
            results.append({"command": label, "seconds": took, "copies": took / unit})
            print(f"{label:16} {took:7.2f} s   {took / unit:5.2f} x cp -r")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of a command: {peak:.0f} MB")
    if arguments.json:
        report = {
            "pages": arguments.pages,
            "kilobytes": arguments.kilobytes,
            "commands": results,
            "peak_megabytes": peak,
        }
        arguments.json.write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
