from __future__ import annotations

import re
import shlex
import subprocess

import pytest
from click.testing import CliRunner
from recipes import read_recipes

from halochat.cli import main

# Of the theme or the extension that a recipe is for.
pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::PendingDeprecationWarning"),
]

RECIPES = read_recipes("sphinx")
VARIABLES = {
    "HALO_URL": "https://halo.acme.test/api",
    "HALO_CHAT_ID": "42",
    "HALO_CHAT_KEY": "key",
}
DOCUMENTS = {
    "index.rst": "Home\n====\n\n.. toctree::\n\n   guide\n   support/index\n",
    "guide.rst": "Guide\n=====\n",
    "support/index.rst": "Support\n=======\n",
}


@pytest.fixture(scope="module")
def build_recipe(new_project):
    """Build the site of a recipe as `sphinx-build -W` does, each only once."""
    builds = {}

    def make(title, example=False, warns=False, arguments=(), **environment):
        key = (title, *arguments, *environment.items())
        if key not in builds:
            site = new_project()
            files = dict(RECIPES[title].files)
            site.conf = (
                "given = halochat_options\n"
                f"{files.pop('conf.py', '')}\n"
                "halochat_options = {**given, **halochat_options}\n"
            )
            if "index.rst" in files:
                files["index.rst"] = f"Home\n====\n\n{files['index.rst']}"
                files["support/index.rst"] = ":orphan:\n\nSupport\n=======\n"
            site.write({**DOCUMENTS, **files})
            with pytest.MonkeyPatch.context() as patch:
                for name, value in environment.items():
                    patch.setenv(name, value)
                built = site.build("html", "-n", *arguments)
            assert built.code == 0
            if example:  # The address is an example, which is a warning.
                assert [w for w in built.warnings if "is an example" not in w] == []
            elif not warns:
                assert built.warnings == []
            builds[key] = built
        return builds[key]

    return make


@pytest.mark.parametrize(
    "title",
    [
        title
        for title, recipe in RECIPES.items()
        if title != "Remove the chat" and recipe.files.keys() & {"conf.py", "index.rst"}
    ],
)
def test_every_recipe_builds_without_a_warning(build_recipe, title):
    example = title in ("Staging and production", "Netlify")
    environment = VARIABLES if title.startswith("Values in") else {}
    assert (
        build_recipe(title, example, **environment)
        .out.joinpath("support/index.html")
        .is_file()
    )


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
            r'<div class="sidebar-tree">.*?</div>\s*<div class="sidebar-tree">\s*'
            r'<ul><li class="toctree-l1"><a class="reference" href="#halo-chat">'
            r"Talk to us</a></li></ul>\s*</div>\s*</div>",
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


# --- Hosting and deployment -----------------------------------------------------------


def profile(built):
    """Return the three values from Halo in the first page."""
    properties = built.data()["haloChatConfig"]
    return [properties[name] for name in ("chatServiceUrl", "configId", "configKey")]


def test_build_has_the_profile_of_its_environment(build_recipe):
    title = "Staging and production"
    export, build = RECIPES[title].commands()
    production = dict(word.split("=", 1) for word in export.split()[1:])
    assert build.startswith("sphinx-build -W ")
    assert profile(build_recipe(title, example=True)) == [
        "https://halo-test.example.com/api",
        "7",
        "0aa91d3e-test",
    ]
    built = build_recipe(title, example=True, **production)
    assert profile(built) == [*production.values()]


def uses_preview(built):
    """Return whether the pages have the preview widget."""
    return "/preview." in built.data()["script"]


@pytest.mark.parametrize("title", ["GitHub Pages", "Netlify", "Cloudflare Pages"])
def test_variable_chooses_the_preview(build_recipe, title):
    example = title == "Netlify"
    assert uses_preview(build_recipe(title, HALO_PREVIEW="true"))
    assert not uses_preview(build_recipe(title, example, HALO_PREVIEW="false"))
    assert not uses_preview(build_recipe(title, example))


def test_fork_builds_without_variables_and_without_chat(build_recipe):
    title = "Values in variables of the repository"
    built = build_recipe(title, HALO_CHAT="true", **VARIABLES)
    assert profile(built) == [*VARIABLES.values()]
    fork = dict.fromkeys(VARIABLES, "")
    built = build_recipe(title, HALO_CHAT="false", **fork)
    assert "halo" not in built.text("index.html")
    ((_, message),) = [other for other in RECIPES[title].other if other[0] == "text"]
    built = build_recipe(title, warns=True, **fork)
    assert "\n".join(built.warnings).count(message.strip()) == 3


def test_chat_leaves_the_corner_of_read_the_docs(build_recipe):
    built = build_recipe("Flyout menu of Read the Docs")
    assert built.chat() == {"position": "bottom-left"}


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "chat"),
        ({"READTHEDOCS_VERSION": "stable", "READTHEDOCS_VERSION_TYPE": "tag"}, "chat"),
        ({"READTHEDOCS_VERSION": "latest"}, "nothing"),
        (
            {"READTHEDOCS_VERSION": "1", "READTHEDOCS_VERSION_TYPE": "external"},
            "preview",
        ),
    ],
)
def test_read_the_docs_builds_each_version_as_it_should(
    build_recipe, environment, expected
):
    title = "Versions and pull requests on Read the Docs"
    built = build_recipe(title, **environment)
    if expected == "nothing":
        assert "halo" not in built.text("index.html")
    else:
        assert uses_preview(built) is (expected == "preview")


@pytest.mark.parametrize("form", ["netlify", "cloudflare"])
def test_policy_is_that_of_the_chat_and_the_theme(build_recipe, form):
    built = build_recipe("Netlify", example=True)
    conf = str(built.out.parent / "docs/conf.py")
    printed = CliRunner().invoke(main, ["csp", conf, "--format", form]).stdout
    changed = printed.replace(
        " script-src 'self'", " script-src 'self' 'unsafe-inline'"
    )
    changed = changed.replace(": script-src", ": default-src 'self'; script-src")
    assert built.text("_headers") == changed


# --- Visitors -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "option", "script"),
    [
        ("Google Analytics", ("analytics", "gtag"), "_static/gtag.js"),
        ("Matomo", ("analytics", "matomo"), "_static/matomo.js"),
        (
            "Sign-in with an identity token",
            ("identity", "shop.chatToken"),
            "_static/chat-token.js",
        ),
        (
            "Sign-in with the session storage key",
            ("load", "click"),
            "_static/visitor.js",
        ),
    ],
)
def test_option_and_script_of_a_recipe_are_on_the_page(
    build_recipe, title, option, script
):
    built = build_recipe(title)
    assert option in built.data().items()
    assert f'<script src="{script}' in built.text("index.html")


def test_google_is_loaded_with_the_id(build_recipe):
    address = "https://www.googletagmanager.com/gtag/js?id=G-XXXXXXXXXX"
    script = f'<script async="async" src="{address}"></script>'
    assert script in build_recipe("Google Analytics").text("index.html")


def test_each_build_has_the_language_and_the_profile_of_its_visitors(build_recipe):
    title = "Several languages"
    english = build_recipe(title).data()["haloChatConfig"]
    assert (english["configId"], english["language"]["cancel"]) == ("ID", "Cancel")
    (command,) = RECIPES[title].commands()
    words = command.split()[2:-2]
    assert words == ["-D", "language=de"]
    built = build_recipe(title, arguments=tuple(words))
    properties = built.data()["haloChatConfig"]
    assert (properties["configId"], properties["configKey"]) == ("43", "91d2c7a4-docs")
    assert properties["language"]["cancel"] == "Abbrechen"


def test_only_the_current_version_has_chat(build_recipe):
    title = "Several versions"
    assert build_recipe(title).data()
    assert build_recipe(title, CURRENT_VERSION="2.0").data()
    built = build_recipe(title, CURRENT_VERSION="3.0")
    assert "halo" not in built.text("index.html")


# --- Move, upgrade and remove ---------------------------------------------------------


def test_build_without_the_extension_has_no_trace_of_the_chat(new_project):
    recipe = RECIPES["Remove the chat"]
    site = new_project()
    site.write(DOCUMENTS)
    site.conf = f"{recipe.files['conf.py']}\ndel halochat_options"
    built = site.build("html", "-n")
    assert (built.code, built.warnings) == (0, [])
    for path in built.out.rglob("*.*"):
        assert "halo" not in path.name
        assert path.suffix != ".html" or "halo" not in path.read_text("utf-8")


def test_build_without_the_extension_reports_leftover_markup(new_project, monkeypatch):
    recipe = RECIPES["Remove the chat"]
    site = new_project()
    guide = "Guide\n=====\n\n.. halo-chat:: off\n\n:halo-chat:`Talk to us`\n"
    site.write({**DOCUMENTS, "guide.rst": guide})
    site.conf = recipe.files["conf.py"]
    warnings = "\n".join(site.build().warnings)
    assert 'guide.rst:4: ERROR: Unknown directive type "halo-chat"' in warnings
    assert 'guide.rst:6: ERROR: Unknown interpreted text role "halo-chat"' in warnings

    monkeypatch.chdir(site.folder)
    words = shlex.split(recipe.commands()[0])
    found = subprocess.run(words, capture_output=True, text=True).stdout
    files = {line.partition(":")[0] for line in found.splitlines()}
    assert files == {"docs/conf.py", "docs/guide.rst"}
