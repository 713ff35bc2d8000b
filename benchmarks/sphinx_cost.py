"""Measure the extension's share of a Sphinx build, and its effect on a parallel build.

    python benchmarks/sphinx_cost.py [--pages 1000] [--theme alabaster] [--jobs 2]
        [--rounds 3] [--json FILE]

The share is the processor time of every function of the extension that Sphinx calls, in
one process. Whole builds differ more between runs than this share. Parallel builds are
measured as a whole, with and without the extension.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sphinx_halochat
from halochat import Page
from sphinx_halochat.directive import HaloChat

OPTIONS = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "docs",
    "config_key": "public",
    "colour": "#0b5cad",
    "pages": {"section-0/*": {"load": "click"}, "search": False},
}
EVENTS = (
    "collect_options",
    "resolve_triggers",
    "open_from_markdown",
    "add_page",
)
TEXT = "Some *text* of a page with a :doc:`link </index>`, as long as it is.\n\n"

spent: dict[str, float] = {}


def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that also adds its time to `spent`."""

    @functools.wraps(function)
    def wrapper(*arguments: object, **named: object) -> object:
        start = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - start

    return wrapper


def measure_ours() -> None:
    """Time the functions that Sphinx calls, and the insertion into a page."""
    for name in EVENTS:
        setattr(sphinx_halochat, name, timed(name, getattr(sphinx_halochat, name)))
    HaloChat.run = timed("directive", HaloChat.run)  # type: ignore[method-assign]
    Page.insert_into = timed("insert_into", Page.insert_into)  # type: ignore[method-assign]


def make_project(folder: Path, pages: int, theme: str, *, chat: bool = True) -> None:
    """Write a project of equal pages; each tenth page has its own options."""
    folder.mkdir()
    for number in range(pages):
        page = folder / f"section-{number // 100}" / f"page-{number}.rst"
        page.parent.mkdir(parents=True, exist_ok=True)
        own = (
            f".. halo-chat::\n   :height: {number + 1}\n\n"
            if chat and number % 10 == 0
            else ""
        )
        title = f"Page {number}"
        head = f"{title}\n{'=' * len(title)}\n\n"
        page.write_text(head + own + TEXT * 20, encoding="utf-8")
    toctree = ".. toctree::\n   :glob:\n   :hidden:\n\n   */*\n"
    (folder / "index.rst").write_text(f"Title\n=====\n\n{toctree}", encoding="utf-8")
    conf = f"html_theme = {theme!r}\n"
    if chat:
        conf += f"extensions = ['sphinx_halochat']\nhalochat_options = {OPTIONS!r}\n"
    (folder / "conf.py").write_text(conf, encoding="utf-8")


def processor_seconds(command: list[str]) -> float:
    """Run a command and return the processor time of all its processes."""
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime


def parallel_ratio(folder: Path, arguments: argparse.Namespace) -> float:
    """Return the time of a parallel build, relative to one without the extension."""
    ratios = []
    for kind in ("with", "without"):
        chat = kind == "with"
        make_project(folder / kind, arguments.pages, arguments.theme, chat=chat)
    for round_ in range(arguments.rounds):
        times = {
            kind: processor_seconds(
                [
                    *(sys.executable, "-m", "sphinx", "-q", "-E", "-b", "html"),
                    *("-j", str(arguments.jobs), str(folder / kind)),
                    str(folder / f"html-{kind}-{round_}"),
                ]
            )
            for kind in ("without", "with")
        }
        ratios.append(times["with"] / times["without"])
    return statistics.median(ratios)


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--theme", default="alabaster")
    parser.add_argument("--jobs", type=int, default=2, help="for parallel builds")
    parser.add_argument("--rounds", type=int, default=3, help="for parallel builds")
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        parallel = parallel_ratio(Path(name), arguments)
        measure_ours()
        from sphinx.cmd.build import build_main

        source = Path(name, "docs")
        make_project(source, arguments.pages, arguments.theme)
        start = time.process_time()
        code = build_main(["-q", "-b", "html", str(source), str(Path(name, "html"))])
        whole = time.process_time() - start
    for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"{name:20} {seconds / whole:8.3%} of the build")
    share = sum(spent.values()) / whole
    print(f"{'whole extension':20} {share:8.3%} of the build (goal: 1 %)")
    print(f"parallel, {arguments.jobs} jobs: with / without {parallel:.3f}")
    if arguments.json:
        report = {
            "pages": arguments.pages,
            "theme": arguments.theme,
            "share_of_serial_build": share,
            "milliseconds_per_page": sum(spent.values()) / arguments.pages * 1000,
            "jobs": arguments.jobs,
            "parallel_with_over_without": parallel,
        }
        arguments.json.write_text(json.dumps(report, indent=1), encoding="utf-8")
    sys.exit(code or share > 0.01)


if __name__ == "__main__":
    main()
