"""A clock that the test advances.

Playwright's clock belongs to a context and adds a script to it with each call, which
every later document runs: a page that many tests share becomes slow.
"""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from playwright.sync_api import Error, Page

_ROOT = Path(__file__).parents[2]


@cache
def _script(runs: bool) -> str:
    """Bundle the library with what installs it."""
    command = [
        _ROOT / "node_modules/.bin/esbuild",
        Path(__file__).with_name("virtualClock.js"),
        "--bundle",
        "--minify",
        "--external:util",
        f"--define:RUNS={str(runs).lower()}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def install_clock(page: Page, *, runs: bool = False) -> None:
    """Replace the clock of all documents that this page will show.

    In each it starts at 0 and stands still, or `runs` from the present time.
    """
    page.add_init_script(_script(runs))


def advancing(milliseconds: float, result: str = "0") -> str:
    """Return a script that runs the timers, then evaluates an expression."""
    return f"advanceClock({milliseconds}).then(() => {result})"


def advance_clock(page: Page, milliseconds: float) -> None:
    """Run the timers of a page, up to one that leads to another page."""
    try:
        page.evaluate(advancing(milliseconds))
    except Error as error:
        if "context was destroyed" not in str(error):
            raise
