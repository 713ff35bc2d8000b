from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

import esprima
import pytest
import yaml
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from recipes import read_recipes, write_project
from sites import PROFILE, metas

from halochat import Site
from halochat.cli import main

RECIPES = read_recipes("mkdocs")

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

    def uses_preview(self) -> bool:
        return "/preview." in self.options()["script"]

    def has_chat(self, page: str) -> bool:
        return bool(self.options(page).get("enabled", True))


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
                # The example of an address is a warning.
                strict = "example.com/api" not in RECIPES[title].files["mkdocs.yml"]
                config = load_config(str(folder / "mkdocs.yml"), strict=strict)
                # MkDocs keeps plugins between builds, and tells them what they are for.
                config.plugins.on_startup(command="build", dirty=False)
                build(config)
            builds[key] = Built(folder / "site")
        return builds[key]

    return make


@pytest.mark.parametrize(
    "title",
    [
        title
        for title, recipe in RECIPES.items()
        if "halochat:" in recipe.files.get("mkdocs.yml", "")
    ],
)
def test_every_recipe_builds_without_a_warning(build_recipe: Build, title: str) -> None:
    if title == "Values in variables of the repository":
        assert metas(build_recipe(title, **VARIABLES).html())
    else:
        assert metas(build_recipe(title).html("support/index.html"))


# The files of both guides that are not part of a build.
FILES = [
    pytest.param(path, text, id=f"{host}:{recipe.title}:{path}")
    for host in ("mkdocs", "sphinx")
    for recipe in read_recipes(host).values()
    for path, text in recipe.files.items()
]


def _is_valid(path: str, text: str) -> bool:
    if path.endswith(".toml"):
        return bool(tomllib.loads(text))
    if path.endswith(".js"):
        return bool(esprima.parseScript(text).body)
    if path.endswith(".py"):
        return bool(compile(text, path, "exec"))
    known = (".css", ".html", ".md", ".rst", ".yml", ".yaml", "_headers")
    return path.endswith(known)


@pytest.mark.parametrize(("path", "text"), FILES)
def test_every_file_of_a_recipe_is_well_formed(path: str, text: str) -> None:
    assert _is_valid(path, text)


@pytest.mark.parametrize(
    ("schema", "name"),
    [("github-workflows", ".github/workflows/"), ("readthedocs", ".readthedocs.yaml")],
)
def test_files_for_other_services_match_their_schemas(
    tmp_path: Path, schema: str, name: str
) -> None:
    texts = [param.values[1] for param in FILES if name in str(param.values[0])]
    assert texts
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.yml").write_text(str(text), encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    files = map(str, tmp_path.iterdir())
    subprocess.run([*command, f"vendor.{schema}", *files], check=True)


def _commands() -> set[str]:
    """Return our commands in both guides, also those of workflows."""
    recipes = [*RECIPES.values(), *read_recipes("sphinx").values()]
    texts = [text for recipe in recipes for text in recipe.files.values()]
    in_workflows = re.findall("- run: (halochat .+)", "\n".join(texts))
    typed = [command for recipe in recipes for command in recipe.commands()]
    return {*in_workflows, *(line for line in typed if line.startswith("halochat "))}


@pytest.mark.parametrize("command", sorted(_commands()))
def test_every_command_of_a_recipe_has_the_options_that_it_uses(command: str) -> None:
    _, name, *words = shlex.split(command)
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    for word in words:
        assert not word.startswith("-") or word in result.output


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
            r'<header(?:(?!</header>).)*<a class="md-header__button md-icon" '
            r'href="#halo-chat" title="Chat" aria-label="Chat">\s*<svg.*?</svg>\s*</a>'
            r'\s*<label class="md-header__button md-icon" for="__search">',
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


# --- Hosting and deployment -----------------------------------------------------------


def _variables(command: str) -> dict[str, str]:
    """Return the environment variables that a command sets."""
    words = shlex.split(command)
    return dict(word.split("=", 1) for word in words if re.match("[A-Z_]+=", word))


def _profile(site: Built) -> list[str]:
    properties = site.options()["haloChatConfig"]
    return [properties[name] for name in ("chatServiceUrl", "configId", "configKey")]


def test_a_build_has_the_profile_of_its_environment(
    build_recipe: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "Staging and production"
    (command,) = RECIPES[title].commands()
    production = _variables(command)
    staging = build_recipe(title)
    assert _profile(staging) == [
        "https://halo-test.example.com/api",
        "7",
        "0aa91d3e-test",
    ]
    with pytest.raises(Abort):
        build_recipe(title, HALO_CHAT_ID="")
    assert _profile(build_recipe(title, **production)) == [*production.values()]

    for name, value in production.items():
        monkeypatch.setenv(name, value)
    config, folder = staging.folder.parent / "mkdocs.yml", staging.folder
    result = CliRunner().invoke(main, ["check", str(config), "--site", str(folder)])
    assert result.exit_code == 1
    assert "built with other options: chat_service_url" in result.stdout


@pytest.mark.parametrize("title", ["GitHub Pages", "Netlify", "Cloudflare Pages"])
def test_a_variable_chooses_the_preview(build_recipe: Build, title: str) -> None:
    assert build_recipe(title, HALO_PREVIEW="true").uses_preview()
    assert not build_recipe(title, HALO_PREVIEW="false").uses_preview()
    assert not build_recipe(title).uses_preview()


def test_the_preview_is_for_pull_requests_and_previews_of_a_branch() -> None:
    workflow = yaml.safe_load(
        RECIPES["GitHub Pages"].files[".github/workflows/docs.yml"]
    )
    assert workflow["env"] == {
        "HALO_PREVIEW": "${{ github.event_name == 'pull_request' }}"
    }
    netlify = tomllib.loads(RECIPES["Netlify"].files["netlify.toml"])
    context = netlify["context"]
    assert context["deploy-preview"]["environment"] == {"HALO_PREVIEW": "true"}
    assert "HALO_PREVIEW" not in netlify["build"]["environment"]


def test_the_404_page_on_github_pages_finds_its_files(build_recipe: Build) -> None:
    html = build_recipe("GitHub Pages").html("404.html")
    assert '<script src="/project/assets/halochat.' in html


FORK = dict.fromkeys(("HALO_URL", "HALO_CHAT_ID", "HALO_CHAT_KEY"), "")
VARIABLES = {
    "HALO_URL": "https://halo.acme.test/api",
    "HALO_CHAT_ID": "42",
    "HALO_CHAT_KEY": "key",
}


def test_a_fork_builds_without_variables_and_without_chat(
    build_recipe: Build, caplog: pytest.LogCaptureFixture
) -> None:
    title = "Values in variables of the repository"
    recipe = RECIPES[title]
    workflow = yaml.safe_load(recipe.files[".github/workflows/docs.yml"])
    assert workflow["env"].keys() == {*FORK, "HALO_CHAT"}
    assert workflow["env"]["HALO_CHAT"] == "${{ vars.HALO_URL != '' }}"

    site = build_recipe(title, **VARIABLES, HALO_CHAT="true")
    assert _profile(site) == [*VARIABLES.values()]
    assert "halo" not in build_recipe(title, **FORK, HALO_CHAT="false").html()
    with pytest.raises(Abort):
        build_recipe(title, **FORK)
    ((_, message),) = [other for other in recipe.other if other[0] == "text"]
    assert caplog.text.count(message.strip()) == 3


def test_the_chat_leaves_the_corner_of_read_the_docs(build_recipe: Build) -> None:
    site = build_recipe("Flyout menu of Read the Docs")
    assert site.options()["haloChatConfig"]["position"] == "bottom-left"


@pytest.mark.parametrize(
    ("version", "kind", "expected"),
    [
        ("stable", "tag", "chat"),
        ("latest", "branch", "nothing"),
        ("v1.0", "tag", "nothing"),
        ("123", "external", "preview"),
    ],
)
def test_read_the_docs_builds_each_version_as_it_should(
    build_recipe: Build, tmp_path: Path, version: str, kind: str, expected: str
) -> None:
    title = "Versions and pull requests on Read the Docs"
    settings = yaml.safe_load(RECIPES[title].files[".readthedocs.yaml"])
    (command,) = settings["build"]["jobs"]["build"]["html"]
    # What is tested is the environment that the shell gives to MkDocs.
    program = tmp_path / "mkdocs"
    program.write_text('#!/bin/sh\necho "HALO_CHAT=$HALO_CHAT"\nenv | grep HALO_P\n')
    program.chmod(0o755)
    printed = subprocess.run(
        ["/bin/sh", "-c", command],
        env={
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "READTHEDOCS_VERSION": version,
            "READTHEDOCS_VERSION_TYPE": kind,
            "READTHEDOCS_OUTPUT": "out",
        },
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    site = build_recipe(title, **_variables(printed))
    if expected == "nothing":
        assert "halo" not in site.html()
    else:
        assert site.uses_preview() is (expected == "preview")


def _directives(policy: str) -> dict[str, set[str]]:
    directives = (part.split() for part in policy.split(";"))
    return {name: set(sources) for name, *sources in directives}


@pytest.mark.parametrize("form", ["netlify", "cloudflare"])
def test_the_policy_is_that_of_the_chat_and_the_theme(
    build_recipe: Build, form: str
) -> None:
    site = build_recipe("Netlify")
    config = str(site.folder.parent / "mkdocs.yml")
    printed = CliRunner().invoke(main, ["csp", config, "--format", form]).stdout
    deployed = site.html("_headers")
    start = "/*\n  Content-Security-Policy: "
    assert printed.startswith(start)
    assert deployed.startswith(start)
    assert len(deployed) < 2000
    needed = _directives(printed.removeprefix(start))
    needed["script-src"].add("'unsafe-inline'")
    needed["default-src"] = {"'self'"}
    assert _directives(deployed.removeprefix(start)) == needed


# --- Visitors -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "tool", "script"),
    [
        (
            "Google Analytics",
            "gtag",
            'src="https://www.googletagmanager.com/gtag/js?id=G-XXXXXXXXXX"',
        ),
        ("Matomo", "matomo", '<script src="javascripts/matomo.js"></script>'),
    ],
)
def test_the_tool_that_counts_chats_is_on_the_page(
    build_recipe: Build, title: str, tool: str, script: str
) -> None:
    site = build_recipe(title)
    assert site.options()["analytics"] == tool
    assert script in site.html()


@pytest.mark.parametrize(
    ("title", "script"),
    [
        ("Sign-in with an identity token", "javascripts/chat-token.js"),
        ("Sign-in with the session storage key", "javascripts/visitor.js"),
    ],
)
def test_the_script_of_the_sign_in_is_on_the_page(
    build_recipe: Build, title: str, script: str
) -> None:
    site = build_recipe(title)
    assert f'<script src="{script}"></script>' in site.html()
    assert site.options()["load"] == "click"


def test_the_identity_is_the_function_of_the_script(build_recipe: Build) -> None:
    site = build_recipe("Sign-in with an identity token")
    scope, function = site.options()["identity"].split(".")
    script = site.html("javascripts/chat-token.js")
    assert script.startswith(f"window.{scope} = {{\n  async {function}() {{\n")


Answer = tuple[str, dict[str, str], str]


@pytest.fixture
def token_server(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Run the server of the recipe, with one visitor who is signed in."""
    monkeypatch.setenv("CHAT_TOKEN_SECRET", "secret")
    code = RECIPES["Sign-in with an identity token"].files["token_server.py"]
    server: dict[str, Any] = {"__name__": "token_server"}
    exec(compile(code, "token_server.py", "exec"), server)  # noqa: S102
    ada = {"id": "7", "email": "ada@example.com", "name": "Ada"}
    server["SESSIONS"]["abc"] = ada

    def request(path: str, cookie: str = "") -> Answer:
        environ: dict[str, Any] = {"PATH_INFO": path, "HTTP_COOKIE": cookie}
        setup_testing_defaults(environ)
        answers: list[tuple[str, dict[str, str]]] = []
        body = server["application"](
            environ, lambda status, headers: answers.append((status, dict(headers)))
        )
        ((status, headers),) = answers
        return status, headers, b"".join(body).decode()

    return request


def _decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def test_the_server_signs_a_token_for_the_visitor_who_is_signed_in(
    token_server: Callable[..., Answer],
) -> None:
    before = int(time.time())
    status, headers, token = token_server("/api/chat-token", "session=abc; other=1")
    assert (status, headers["Cache-Control"]) == ("200 OK", "no-store")
    signed, _, signature = token.rpartition(".")
    expected = hmac.new(b"secret", signed.encode(), hashlib.sha256).digest()
    assert _decode(signature) == expected
    header, claims = (json.loads(_decode(part)) for part in signed.split("."))
    assert header == {"alg": "HS256", "typ": "JWT"}
    assert claims["email"] == "ada@example.com"
    assert before <= claims["iat"] <= time.time()
    assert claims["exp"] - claims["iat"] == 120


@pytest.mark.parametrize("cookie", ["", "session=unknown", "other=abc"])
def test_the_server_signs_nothing_for_anybody_else(
    token_server: Callable[..., Answer], cookie: str
) -> None:
    status, headers, token = token_server("/api/chat-token", cookie)
    assert (status, token) == ("401 Unauthorized", "")
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


def test_the_server_answers_no_other_path(
    token_server: Callable[..., Answer],
) -> None:
    assert token_server("/", "session=abc") == ("404 Not Found", {}, "")


def test_a_token_in_the_configuration_is_refused(
    token_server: Callable[..., Answer],
) -> None:
    _, _, token = token_server("/api/chat-token", "session=abc")
    (problem,) = Site({**PROFILE, "extra": {"visitor": token}}).problems
    assert problem.severity == "error"
    assert token not in problem.message


def test_each_page_has_the_language_and_the_profile_of_its_visitors(
    build_recipe: Build,
) -> None:
    site = build_recipe("Several languages")
    english = site.options()["haloChatConfig"]
    german = site.options("de/index.html")["haloChatConfig"]
    assert (english["configId"], german["configId"]) == ("profile-1", "43")
    assert english["language"]["cancel"] == "Cancel"
    assert german["language"]["cancel"] == "Abbrechen"
    untranslated = site.options("de/contact/index.html")["haloChatConfig"]
    assert untranslated["configId"] == "profile-1"
    assert untranslated["language"] == english["language"]


def test_only_the_current_version_has_chat(tmp_path: Path) -> None:
    title = "Several versions"
    write_project(RECIPES[title], tmp_path)
    scripts = Path(sys.executable).parent
    path = f"{scripts}{os.pathsep}{os.environ['PATH']}"

    def run(*command: str, **variables: str) -> str:
        environment = os.environ | variables | {"PATH": path}
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    run("git", "init", "-q", "-b", "main")
    run("git", "config", "user.name", "Test")
    run("git", "config", "user.email", "test@example.com")
    run("git", "add", ".")
    run("git", "commit", "-qm", "Start")
    for command in RECIPES[title].commands():
        words = [word for word in shlex.split(command) if "=" not in word]
        run(*words, **_variables(command))
    assert metas(run("git", "show", "gh-pages:2.0/index.html"))
    assert run("git", "show", "gh-pages:latest") == "2.0"
    assert "halo" not in run("git", "show", "gh-pages:1.0/index.html")


# --- Move, upgrade and remove ---------------------------------------------------------


def _run_generator(command: str, folder: Path) -> None:
    words = shlex.split(command)
    subprocess.run([sys.executable, "-m", *words], cwd=folder, check=True)


def _run_halochat(command: str) -> str:
    """Run one of our commands in the current folder, and return what it prints."""
    words = shlex.split(command)
    assert words[0] == "halochat"
    result = CliRunner().invoke(main, words[1:])
    assert result.exit_code == 0, result.output
    return result.output


def test_zensical_builds_a_site_that_gets_chat_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = RECIPES["From MkDocs to Zensical"]
    write_project(recipe, tmp_path)
    monkeypatch.chdir(tmp_path)
    build_site, inject, check = recipe.commands()
    _run_generator(build_site, tmp_path)
    site = Built(tmp_path / "site")
    assert metas(site.html()) == []
    _run_halochat(inject)
    assert site.options()["load"] == "click"
    assert "5 with chat, 0 without; 0 wrong" in _run_halochat(check)


def test_properdocs_builds_a_site_with_chat(tmp_path: Path) -> None:
    recipe = RECIPES["From MkDocs to ProperDocs"]
    write_project(recipe, tmp_path, "properdocs.yml")
    _, command = recipe.commands()
    _run_generator(command, tmp_path)
    assert metas(Built(tmp_path / "site").html())


def test_an_upgrade_is_checked_by_the_version_that_built_the_pages(
    build_recipe: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = build_recipe("Small screens").folder.parent
    shutil.copytree(project, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    *_, check = RECIPES["Upgrade"].commands()
    assert "0 wrong" in _run_halochat(check)
    for page in Path("site").rglob("*.html"):
        html = re.sub(
            r"assets/halochat\.\w+\.js", "assets/halochat.0.js", page.read_text()
        )
        page.write_text(html, encoding="utf-8")
    result = CliRunner().invoke(main, shlex.split(check)[1:])
    assert result.exit_code == 1
    assert "built with another release of halochat-docs" in result.stdout


def test_a_site_without_the_plugin_has_no_trace_of_the_chat(
    build_recipe: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = RECIPES["Remove the chat"]
    project = build_recipe("Chat link in the header").folder.parent
    shutil.copytree(project, tmp_path, dirs_exist_ok=True)
    index = tmp_path / "docs/index.md"
    index.write_text("---\nhalochat: false\n---\n# Home", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    search, mkdocs, uninstall, _ = recipe.commands()
    found = subprocess.run(shlex.split(search), capture_output=True, text=True)
    assert {line.partition(":")[0] for line in found.stdout.splitlines()} == {
        "mkdocs.yml",
        "docs/index.md",
        "overrides/main.html",
    }
    assert uninstall == "pip uninstall halochat-docs"
    assert mkdocs == "mkdocs build --strict"

    config = tmp_path / "mkdocs.yml"
    config.write_text(f"site_name: Test\n{recipe.files['mkdocs.yml']}")
    build(load_config(str(config), strict=True))
    for file in (tmp_path / "site").rglob("*.*"):
        assert "halo" not in file.name
        assert file.suffix != ".html" or "halo" not in file.read_text()


def test_inject_can_remove_its_own_embeds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<!doctype html><title>Home</title><h1>Home</h1>\n"
    index = tmp_path / "site/index.html"
    index.parent.mkdir()
    index.write_text(page, encoding="utf-8")
    sphinx = read_recipes("sphinx")["From Sphinx to another generator"]
    options = sphinx.files["halochat.yml"].replace("halo.example.com", "halo.acme.test")
    (tmp_path / "halochat.yml").write_text(options, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for command in sphinx.commands():
        _run_halochat(command.replace("public", "site"))
    assert metas(index.read_text())
    _run_halochat(RECIPES["Remove the chat"].commands()[-1])
    assert index.read_text() == page
    assert [*index.parent.rglob("*.*")] == [index]
