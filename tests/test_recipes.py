from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from recipes import Recipe, read_recipes
from sites import PROFILE, metas

RECIPES = read_recipes("mkdocs")
LEFT_OUT = "# ... the three values from Halo"
OTHER_PAGES = {
    "index.md": "# Home",
    "contact.md": "# Contact",
    "blog/index.md": "# Blog",
    "support/index.md": "# Support",
}

Build = Callable[..., "Built"]


class Built:
    """A site that was built from a recipe."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def html(self, page: str = "index.html") -> str:
        return (self.folder / page).read_text(encoding="utf-8")

    def options(self, page: str = "index.html") -> dict[str, Any]:
        (meta,) = metas(self.html(page))
        return dict(json.loads(meta))

    def has_chat(self, page: str) -> bool:
        return bool(self.options(page).get("enabled", True))


def write_project(recipe: Recipe, folder: Path) -> None:
    """Write the files of a recipe, with the values from Halo and some pages."""
    pages = {f"docs/{path}": text for path, text in OTHER_PAGES.items()}
    for path, text in {**pages, **recipe.files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    values = [f'      {name}: "{value}"' for name, value in PROFILE.items()]
    yml = recipe.files["mkdocs.yml"].replace(f"      {LEFT_OUT}", "\n".join(values))
    assert "halochat:" in yml
    (folder / "mkdocs.yml").write_text(
        f"site_name: Test\nvalidation: {{links: {{anchors: warn}}}}\n{yml}",
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def build_recipe(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Build the site of a recipe as `mkdocs build --strict` does, each only once."""
    builds: dict[tuple[object, ...], Built] = {}

    def make(title: str, **environment: str) -> Built:
        key = (title, *environment.items())
        if key not in builds:
            folder = tmp_path_factory.mktemp("recipe")
            write_project(RECIPES[title], folder)
            with pytest.MonkeyPatch.context() as patch:
                for name, value in environment.items():
                    patch.setenv(name, value)
                config = load_config(str(folder / "mkdocs.yml"), strict=True)
                # MkDocs keeps plugins between builds, and tells them what they are for.
                config.plugins.on_startup(command="build", dirty=False)
                build(config)
            builds[key] = Built(folder / "site")
        return builds[key]

    return make


@pytest.mark.parametrize(
    "title",
    [title for title, recipe in RECIPES.items() if "mkdocs.yml" in recipe.files],
)
def test_every_recipe_builds_without_a_warning(build_recipe: Build, title: str) -> None:
    site = build_recipe(title)
    assert metas(site.html("support/index.html"))


# --- Where the chat appears -----------------------------------------------------------


def test_chat_is_in_one_folder_only(build_recipe: Build) -> None:
    site = build_recipe("Chat in one folder only")
    assert site.has_chat("support/index.html")
    for page in ("index.html", "blog/index.html", "404.html"):
        assert not site.has_chat(page)


@pytest.mark.parametrize(
    ("title", "page", "link"),
    [
        (
            "Chat link in the navigation",
            "blog/index.html",
            r'<li[^>]*>\s*<a href="#halo-chat"[^>]*>\s*Talk to us\s*</a>\s*</li>',
        ),
        (
            "Chat link in the header",
            "blog/index.html",
            r'<header(?:(?!</header>).)*<a class="md-header__button" '
            r'href="#halo-chat">Chat</a><label class="md-header__button md-icon" '
            r'for="__search">',
        ),
        (
            "Chat link in the announcement",
            "blog/index.html",
            r'<aside class="md-banner">(?:(?!</aside>).)*<a href="#halo-chat">',
        ),
        (
            "Chat link on the 404 page",
            "404.html",
            r'<article(?:(?!</article>).)*<a href="#halo-chat">Ask us where it is</a>',
        ),
        (
            "Was this page helpful?",
            "blog/index.html",
            r'<div data-md-value="0" hidden>\s*What is missing\? '
            r'<a href="#halo-chat">Tell us in the chat</a>',
        ),
    ],
)
def test_the_link_of_a_recipe_is_in_its_place(
    build_recipe: Build, title: str, page: str, link: str
) -> None:
    html = build_recipe(title).html(page)
    assert re.search(link, html, re.DOTALL)
    assert html.count('"#halo-chat"') == len(re.findall(link, html, re.DOTALL))


def test_the_search_has_the_script_and_the_styles_of_the_link(
    build_recipe: Build,
) -> None:
    html = build_recipe("No results in the search").html()
    assert '<script src="javascripts/search-chat.js"></script>' in html
    assert '<link rel="stylesheet" href="stylesheets/search-chat.css">' in html


def test_the_bubble_takes_its_place_from_the_style_sheet(build_recipe: Build) -> None:
    site = build_recipe("Small screens")
    properties = site.options()["haloChatConfig"]
    assert properties["bubbleStyles"] == {"visibility": "var(--chat-bubble)"}
    assert properties["bubbleContainerStyles"] == {"bottom": "var(--chat-bottom, 20px)"}
    styles = site.html("stylesheets/chat.css")
    assert set(re.findall(r"--chat-\w+", styles)) == {"--chat-bottom", "--chat-bubble"}
