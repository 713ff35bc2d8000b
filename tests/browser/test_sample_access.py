"""The launcher in the guides, tested with axe: in one page or, with `--full`, in all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from visit import Visit

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[Any]:
    """Return what axe finds in our elements; rules on landmarks name the theme's, too."""
    return list(
        page.evaluate("""async () => {
          const include = [["body > div:not([id])"], ["#halo-chat"]];
          const options = { resultTypes: ["violations"] };  // is faster
          const { violations } = await axe.run({ include }, options);
          // The path of an element in a shadow root has several steps.
          const ours = ([path]) => Array.isArray(path) || path.includes("halo-chat");
          return violations.filter(({ nodes }) => nodes.some(({ target }) => ours(target)));
        }""")
    )


PAGES = {"mkdocs": "404.html", "sphinx": "index.html"}


@pytest.mark.parametrize("host", PAGES)
def test_axe_reports_no_violation_in_the_launcher(
    visit_theme: Callable[..., Visit],
    build_site: Callable[[str], Path],
    pytestconfig: pytest.Config,
    host: str,
) -> None:
    name = f"guides/{host}"
    visit = visit_theme(name, load="click")
    paths = [PAGES[host]]
    if pytestconfig.getoption("--full"):
        folder = build_site(name)
        paths = [str(path.relative_to(folder)) for path in folder.rglob("*.html")]
    for path in paths:
        visit.open(path).expect_state("idle")
        expect(visit.launcher).to_be_visible()
        visit.page.evaluate(AXE)
        assert violations(visit.page) == [], path
