"""A clock that only the test advances.

Playwright's clock belongs to a context and adds a script to it with each call, which
every later document runs: a page that many tests share becomes slow.
"""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from playwright.sync_api import Frame, Page

_ROOT = Path(__file__).parents[2]


@cache
def _script() -> str:
    """Bundle the library with what installs it."""
    command = [
        _ROOT / "node_modules/.bin/esbuild",
        Path(__file__).with_name("virtualClock.js"),
        "--bundle",
        "--minify",
        "--external:util",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def install_clock(page: Page) -> None:
    """Replace the clock of all documents that this page will show; each starts at 0."""
    page.add_init_script(_script())


def advance_clock(frame: Page | Frame, milliseconds: int, result: str = "0") -> object:
    """Run the timers of a document, then evaluate an expression there."""
    return frame.evaluate(f"advanceClock({milliseconds}).then(() => {result})")
