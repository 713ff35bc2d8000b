"""What visitors see of the recipes that a build alone cannot show."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Page, expect
from recipes import SHARED, read_recipes, write_project
from server import Server
from sites import PROFILE
from sphinx.cmd.build import build_main

RECIPES = read_recipes("mkdocs")

Serve = Callable[[Path], Server]


@pytest.fixture
def serve_recipe(
    tmp_path: Path, serve: Serve, page: Page, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Server]:
    """Serve the site of a recipe with the preview, and open its first page."""

    def make(title: str, **options: object) -> Server:
        write_project(RECIPES[title], tmp_path, preview=True, **options)
        monkeypatch.setenv("HALO_PREVIEW", "true")
        build(load_config(str(tmp_path / "mkdocs.yml")))
        server = serve(tmp_path / "site")
        # Nothing is requested from other hosts.
        page.route(
            lambda url: not url.startswith(server.url), lambda route: route.abort()
        )
        return server

    return make


def search(page: Page, words: str) -> None:
    query = page.get_by_role("textbox", name="Search")
    query.fill("")
    query.press_sequentially(words)


def expect_open_window(page: Page) -> None:
    expect(page.locator("#halo-chat").get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("load", ["idle", "click"])
def test_the_bubble_moves_and_hides_on_small_screens(
    serve_recipe: Callable[..., Server], page: Page, load: str
) -> None:
    page.goto(serve_recipe("Small screens", load=load).url)
    bubble = page.get_by_role(
        "button", name=re.compile("^(Open chat|Start a new Chat)$")
    )
    bottoms = {}
    for width in (1200, 800):
        page.set_viewport_size({"width": width, "height": 700})
        expect(bubble).to_be_visible()
        box: Any = bubble.bounding_box()
        bottoms[width] = 700 - box["y"] - box["height"]
    assert bottoms == {1200: 20, 800: 80}
    page.set_viewport_size({"width": 500, "height": 700})
    expect(bubble).to_be_hidden()
    page.evaluate("halochat.open()")
    expect_open_window(page)


def test_a_search_without_results_offers_the_chat(
    serve_recipe: Callable[..., Server], page: Page
) -> None:
    page.goto(serve_recipe("No results in the search").url)
    link = page.get_by_role("link", name="Not found? Ask us in the chat")
    search(page, "support")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    expect(link).to_be_hidden()
    search(page, "zzzz")
    expect(link).to_be_visible()
    link.click()
    expect_open_window(page)
    expect(page.locator("#__search")).not_to_be_checked()


def test_a_visitor_who_was_not_helped_is_offered_the_chat(
    serve_recipe: Callable[..., Server], page: Page
) -> None:
    page.goto(serve_recipe("Was this page helpful?").url)
    link = page.get_by_role("link", name="Tell us in the chat")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="This page could be improved").click()
    link.click()
    expect_open_window(page)


def test_the_link_in_the_header_opens_the_chat(
    serve_recipe: Callable[..., Server], page: Page
) -> None:
    page.goto(serve_recipe("Chat link in the header").url)
    for width in (1200, 400):
        page.set_viewport_size({"width": width, "height": 700})
        expect(page.get_by_role("link", name="Chat", exact=True)).to_be_visible()
    page.get_by_role("link", name="Chat", exact=True).click()
    expect_open_window(page)


def test_policy_allows_the_sources_of_theme_and_chat(
    serve_recipe: Callable[..., Server], page: Page, tmp_path: Path
) -> None:
    server = serve_recipe("Netlify")
    _, header = (tmp_path / "site/_headers").read_text("utf-8").split("\n", 1)
    name, policy = header.strip().split(": ", 1)
    html = (tmp_path / "site/index.html").read_text("utf-8")
    server.answer("/", html, type="text/html", headers={name: policy})
    page.add_init_script(
        "window.violations = [];"
        "addEventListener('securitypolicyviolation', (event) =>"
        " violations.push([event.violatedDirective, event.blockedURI]))"
    )
    page.goto(server.url)
    page.evaluate("halochat.open()")
    expect_open_window(page)
    search(page, "support")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page.evaluate("window.violations") == []


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def write_sphinx_project(
    folder: Path, files: Mapping[str, str], **options: object
) -> None:
    """Write a project with chat; its `conf.py` is added to the needed lines."""
    options = {**PROFILE, "preview": True, **options}
    conf = f"extensions = ['sphinx_halochat']\nhalochat_options = {options!r}\n"
    write_files(folder, {**files, "conf.py": conf + files["conf.py"]})


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
@pytest.mark.parametrize(
    "theme", ["mkdocs", "furo", "pydata_sphinx_theme", "sphinx_rtd_theme"]
)
def test_the_dialog_of_the_guides_asks_before_the_chat(
    tmp_path: Path, serve: Serve, page: Page, theme: str
) -> None:
    text = (SHARED / "consent.md").read_text("utf-8")
    script = text.partition("```js\n")[2].partition("```")[0]
    site = tmp_path / "site"
    if theme == "mkdocs":
        options = {**PROFILE, "preview": True, "consent": True}
        config = {
            "site_name": "Test",
            "plugins": [{"halochat": options}],
            "extra_javascript": [{"path": "consent.js", "defer": True}],
        }
        files = {
            "mkdocs.yml": json.dumps(config),
            "docs/consent.js": script,
            "docs/index.md": "[Talk to us](#halo-chat)",
        }
        write_files(tmp_path, files)
        build(load_config(str(tmp_path / "mkdocs.yml")))
    else:
        conf = (
            f"html_theme = {theme!r}\nhtml_static_path = ['_static']\n"
            "html_js_files = [('consent.js', {'defer': 'defer'})]\n"
        )
        files = {
            "conf.py": conf,
            "_static/consent.js": script,
            "index.rst": "Home\n====\n\n:halo-chat:`Talk to us`\n",
        }
        write_sphinx_project(tmp_path / "docs", files, consent=True)
        assert build_main(["-q", str(tmp_path / "docs"), str(site)]) == 0
    page.goto(serve(site).url)
    dialog = page.locator("#chat-consent")
    expect(dialog).to_be_hidden()
    page.get_by_role("link", name="Talk to us").click()
    dialog.get_by_role("button", name="Yes").click()
    expect_open_window(page)
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="Chat settings").click()
    with page.expect_event("load"):
        dialog.get_by_role("button", name="No").click()
    page.get_by_role("link", name="Talk to us").click()
    expect(dialog).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-halo-chat", "idle")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_search_in_sphinx_without_results_offers_the_chat(
    tmp_path: Path, serve: Serve, page: Page
) -> None:
    recipe = read_recipes("sphinx")["No results in the search"]
    files = {**recipe.files, "index.rst": "Support\n=======\n"}
    write_sphinx_project(tmp_path / "docs", files)
    site = tmp_path / "site"
    assert build_main(["-q", str(tmp_path / "docs"), str(site)]) == 0
    server = serve(site)
    link = page.get_by_role("link", name="Ask us in the chat")
    page.goto(f"{server.url}/search.html?q=support")
    expect(page.locator("#search-results li").first).to_be_visible()
    expect(link).to_be_hidden()
    page.goto(f"{server.url}/search.html?q=zzzz")
    link.click()
    expect_open_window(page)
