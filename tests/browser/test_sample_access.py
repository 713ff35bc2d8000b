"""The launcher on every page of the guide, as those hear it who do not see it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Page, expect
from sites import PROFILE

from halochat import PageContext, Site

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
OPTIONS = {**PROFILE, "load": "click", "timeout": 1}


@pytest.fixture(scope="module", params=["mkdocs", "sphinx"])
def guide(request: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a guide, each page with a launcher."""
    folder = tmp_path_factory.mktemp("guide")
    source = ROOT / "sample_docs" / request.param
    if request.param == "mkdocs":
        config = load_config(
            str(source / "mkdocs.yml"), site_dir=str(folder), site_url=""
        )
        build(config)
    else:
        command = [sys.executable, "-m", "sphinx", "-qW", str(source), str(folder)]
        subprocess.run(command, check=True)
    site = Site(OPTIONS)
    for asset in site.assets():
        (folder / asset.name).write_text(asset.text, encoding="utf-8")
    for page in folder.rglob("*.html"):
        path = page.relative_to(folder).as_posix()
        context = PageContext(path, "/{}".format, "/{}".format)
        html = page.read_text(encoding="utf-8")
        html = site.page(path).insert_into(html, context)
        page.write_text(html, encoding="utf-8")
    return folder


def violations(page: Page) -> list[Any]:
    """Return what axe finds in our elements; rules on landmarks name the theme's, too."""
    return list(
        page.evaluate("""async () => {
          const include = [["body > div:not([id])"], ["#halo-chat"]];
          const { violations } = await axe.run({ include });
          // What stands in a shadow root has a way of several steps.
          const ours = ([way]) => Array.isArray(way) || way.includes("halo-chat");
          return violations.filter(({ nodes }) => nodes.some(({ target }) => ours(target)));
        }""")
    )


def test_axe_finds_nothing_wrong_with_the_launcher_on_any_page(
    guide: Path, serve: Callable[[Path], Any], page: Page
) -> None:
    page.route("**/chat/index.js", lambda route: None)  # Halo does not answer
    server = serve(guide)
    state = page.locator("html")
    paths = sorted(path.relative_to(guide) for path in guide.rglob("*.html"))
    assert len(paths) >= 15
    for path in paths:
        page.goto(f"{server.url}/{path}")
        page.evaluate(AXE)
        expect(state).to_have_attribute("data-halo-chat", "idle")
        assert violations(page) == [], path
        page.get_by_role("button", name="Open chat").click()
        expect(state).to_have_attribute("data-halo-chat", "loading")
        assert violations(page) == [], path
        expect(state).to_have_attribute("data-halo-chat", "failed")
        assert violations(page) == [], path
