from __future__ import annotations

import re

import pytest
from recipes import read_recipes

# Of the theme or the extension that a recipe is for.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
]

RECIPES = read_recipes("sphinx")
DOCUMENTS = {
    "index.rst": "Home\n====\n\n.. toctree::\n\n   guide\n   support/index\n",
    "guide.rst": "Guide\n=====\n",
    "support/index.rst": "Support\n=======\n",
}


@pytest.fixture(scope="module")
def build_recipe(new_project):
    """Build the site of a recipe as `sphinx-build -W` does, each only once."""
    builds = {}

    def make(title, conf="", **environment):
        key = (title, conf, *environment.items())
        if key not in builds:
            site = new_project()
            files = dict(RECIPES[title].files)
            site.conf = (
                "given = halochat_options\n"
                f"{files.pop('conf.py', '')}\n{conf}\n"
                "halochat_options = {**given, **halochat_options}\n"
            )
            if "index.rst" in files:
                files["index.rst"] = f"Home\n====\n\n{files['index.rst']}"
                files["support/index.rst"] = ":orphan:\n\nSupport\n=======\n"
            site.write({**DOCUMENTS, **files})
            with pytest.MonkeyPatch.context() as patch:
                for name, value in environment.items():
                    patch.setenv(name, value)
                built = site.build("html", "-n")
            assert (built.code, built.warnings) == (0, []), built.warnings
            builds[key] = built
        return builds[key]

    return make


@pytest.mark.parametrize("title", [*RECIPES])
def test_every_recipe_builds_without_a_warning(build_recipe, title):
    assert build_recipe(title).data("support/index.html")


# --- Where the chat appears -----------------------------------------------------------


def test_chat_is_in_one_folder_only(build_recipe):
    built = build_recipe("Chat in one folder only")
    assert "enabled" not in built.data("support/index.html")
    for page in ("index.html", "guide.html", "search.html", "genindex.html"):
        assert built.data(page)["enabled"] is False


@pytest.mark.parametrize(
    ("title", "page", "link"),
    [
        (
            "Chat link in the navigation",
            "guide.html",
            r'<li class="toctree-l1"><a class="reference external" '
            r'href="https://docs.example.com/#halo-chat">Talk to us</a></li>',
        ),
        (
            "Chat link in the sidebar",
            "guide.html",
            r'<div class="sidebar-tree">.*?</div>\s*<ul><li class="toctree-l1">'
            r'<a href="#halo-chat">Talk to us</a></li></ul>\s*</div>',
        ),
        (
            "Chat link in the menu of the Read the Docs theme",
            "guide.html",
            r'<div class="wy-menu wy-menu-vertical".*'
            r'<li class="toctree-l1"><a href="#halo-chat">Talk to us</a></li>'
            r".*</nav>",
        ),
        (
            "Chat link in the header",
            "guide.html",
            r'<header(?:(?!</header>).)*<div class="navbar-item">'
            r'<a class="nav-link" href="#halo-chat">Chat</a>',
        ),
        (
            "Chat link in the announcement",
            "guide.html",
            r'<aside class="announcement-content">\s*'
            r'Questions\? <a href="#halo-chat">Talk to us</a>',
        ),
        (
            "Chat link on the 404 page",
            "404.html",
            r'<h1>Page not found</h1><p><a href="#halo-chat">Ask us where it is</a>',
        ),
        (
            "Was this page helpful?",
            "guide.html",
            r'<p>Was this page helpful\? <a class="halo-chat reference internal" '
            r'href="#halo-chat">Tell us in the chat</a>',
        ),
    ],
)
def test_link_of_a_recipe_is_in_its_place(build_recipe, title, page, link):
    assert re.search(link, build_recipe(title).text(page), re.DOTALL)


@pytest.mark.parametrize(
    ("theme", "block"),
    [
        ("furo", "content"),
        ("pydata_sphinx_theme", "docs_body"),
        ("sphinx_book_theme", "docs_body"),
        ("sphinx_rtd_theme", "body"),
        ("alabaster", "searchresults"),
    ],
)
def test_search_page_has_the_link_in_the_block_of_the_theme(site, theme, block):
    recipe = RECIPES["No results in the search"]
    assert f"``{block}``" in recipe.text
    template = recipe.files["_templates/search.html"]
    changed = template.replace("block content", f"block {block}")
    made = site({**DOCUMENTS, **recipe.files, "_templates/search.html": changed})
    made.conf = recipe.files["conf.py"].replace('"furo"', f'"{theme}"')
    built = made.build()
    assert (built.code, built.warnings) == (0, []), built.warnings
    below = r'<div id="search-results">.*<p class="search-chat">'
    assert re.search(below, built.text("search.html"), re.DOTALL)


def test_bubble_takes_its_place_from_the_style_sheet(build_recipe):
    assert build_recipe("Small screens").chat() == {
        "bubbleStyles": {"visibility": "var(--chat-bubble)"},
        "bubbleContainerStyles": {"bottom": "var(--chat-bottom, 20px)"},
    }
