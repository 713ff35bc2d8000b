from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sites import Site
from sphinx.cmd.build import build_main

from halochat.cli import main

CONFIG = """\
chat_service_url: https://halo.acme.test/api
config_id: docs
config_key: public
"""
PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head></head>\n<body>\n</body>\n</html>\n'
REDIRECT = (
    '<!doctype html><html><head><meta http-equiv="refresh" content="0; url=new/">'
    "</head><body></body></html>"
)
HOST = {"chat_service_url": "https://halo.acme.test/api"}


def run(*arguments: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result.output


def write(path: Path, text: str = PAGE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return write(tmp_path / "halochat.yml", CONFIG)


def inject(config: Path, folder: Path) -> None:
    run("inject", folder, "-c", config)


# --- What is counted and not compared ----------------------------------------------


def test_counts_redirects_and_excluded_pages(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site / "index.html")
    inject(config, site)
    write(site / "old/index.html", REDIRECT)
    write(site / "api/a.html")
    write(site / "part.html", "<p>part</p>")
    assert run("check", config, "--site", site, "--exclude", "api/**") == (
        f"{site}: 1 page, 1 with chat, 0 without; 0 wrong; "
        "not compared: excluded (1), not a whole HTML document (1), redirect (1)\n"
    )
    assert run("check", config, "--site", site, code=1).splitlines()[1:] == [
        "page        chat  layer  form  wrong",
        "api/a.html  off   site   -     chat is missing",
    ]


def test_counts_html_files_that_mkdocs_copies(
    mkdocs_site: Callable[..., Site], tmp_path: Path
) -> None:
    pages = {"index.md": "# Home", "other.md": "# Other", "copied.html": PAGE}
    site = mkdocs_site(pages, HOST)
    write(site.folder / "print_page/index.html")
    config = tmp_path / "mkdocs.yml"
    assert run("check", config, "--site", site.folder) == (
        f"{site.folder}: 3 pages, 3 with chat, 0 without; 0 wrong; "
        "not compared: HTML without a source (2)\n"
    )
    write(site.folder / "other/index.html")  # by something that ran later
    assert run("check", config, "--site", site.folder, code=1).splitlines()[1:] == [
        "page              chat  layer  form  wrong",
        "other/index.html  off   site   -     chat is missing",
    ]


def test_reports_a_site_in_which_no_page_has_chat(
    mkdocs_site: Callable[..., Site], tmp_path: Path
) -> None:
    site = mkdocs_site({"index.md": "# Home"}, {**HOST, "enabled": False})
    config = tmp_path / "mkdocs.yml"
    config.write_text(config.read_text().replace("enabled: false", "enabled: true"))
    output = run("check", config, "--site", site.folder, code=1)
    assert "; 2 wrong\n" in output
    assert output.count("chat is missing") == 2


# --- Sources ------------------------------------------------------------------------


@pytest.mark.parametrize("with_urls", [True, False])
def test_finds_the_pages_of_a_source_for_patterns_and_links(
    mkdocs_site: Callable[..., Site], tmp_path: Path, with_urls: bool
) -> None:
    pages = {
        "index.md": "# Home",
        "a/README.md": "# A",
        "a/b.md": "# B",
        "de/index.md": "# Start",
    }
    patterns = {name: {"load": "click"} for name in pages}
    patterns["de/index.md"] = {"load": "manual"}
    options = {**HOST, "pages": patterns, "icon": "a/"}
    if not with_urls:
        options["icon"] = "a/index.html"
    site = mkdocs_site(pages, options, use_directory_urls=with_urls)
    output = run("check", tmp_path / "mkdocs.yml", "--site", site.folder, "--all")
    assert "5 pages, 5 with chat, 0 without; 0 wrong\n" in output
    rows = output.splitlines()[2:]
    assert [line.split()[2] for line in rows] == [
        "site",
        "pages.index.md",
        *(["pages.a/README.md", "pages.a/b.md"] if with_urls else ["pages.a/b.md"]),
        *([] if with_urls else ["pages.a/README.md"]),
        "pages.de/index.md",
    ]


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_pages_in_languages_have_the_sources_of_the_plugin(
    mkdocs_site: Callable[..., Site], tmp_path: Path, structure: str
) -> None:
    names = {
        "suffix": ("index.md", "page.en.md", "page.de.md"),
        "folder": ("en/index.md", "en/page.md", "de/page.md"),
    }[structure]
    languages = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    site = mkdocs_site(
        dict.fromkeys(names, "# Page"),
        {**HOST, "language": "auto", "pages": {names[2]: {"load": "click"}}},
        theme={"name": "material", "font": False},
        plugins=[{"i18n": {"docs_structure": structure, "languages": languages}}],
    )
    output = run("check", tmp_path / "mkdocs.yml", "--site", site.folder, "--all")
    assert "; 0 wrong\n" in output
    assert f"de/page/index.html  on    pages.{names[2]}" in output


def test_generated_pages_match_patterns(
    mkdocs_site: Callable[..., Site], tmp_path: Path
) -> None:
    site = mkdocs_site({"index.md": "# Home", "gen.md": "# Gen"}, HOST)
    (tmp_path / "docs" / "gen.md").unlink()
    config = tmp_path / "mkdocs.yml"
    text = config.read_text()
    for pattern in ("gen.md", "gen/index.md", "gen/**"):
        config.write_text(f"{text}    pages:\n      {pattern}: {{load: click}}\n")
        output = run("check", config, "--site", site.folder)
        assert "matches no page" not in output
    config.write_text(f"{text}    pages:\n      gone.md: {{load: click}}\n")
    output = run("check", config, "--site", site.folder)
    assert "mkdocs.yml:8: warning: pages.gone.md: matches no page" in output


def test_reports_a_changed_option_of_the_whole_site(
    mkdocs_site: Callable[..., Site], tmp_path: Path
) -> None:
    pages = {
        "index.md": "# Home",
        "own.md": "---\nhalochat: {colour: '#123456'}\n---\n# Own",
        "team/page.md": "# Page",
        "team/.meta.yml": "halochat: {colour: '#654321'}",
    }
    theme = {"name": "material", "font": False}
    site = mkdocs_site(pages, HOST, theme=theme, plugins=["meta"])
    config = tmp_path / "mkdocs.yml"
    assert "; 0 wrong\n" in run("check", config, "--site", site.folder)
    config.write_text(f"{config.read_text()}    COLOUR: '#abcdef'\n")
    output = run("check", config, "--site", site.folder, code=1)
    assert output.splitlines()[1:] == [
        "page        chat  layer  form    wrong",
        "404.html    on    site   loader  built with other options: COLOUR",
        "index.html  on    site   loader  built with other options: COLOUR",
    ]


@pytest.fixture(scope="module")
def sphinx_sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sphinx")
    write(
        folder / "conf.py",
        "import sys\n"
        f"sys.path.insert(0, {str(folder)!r})\n"
        "extensions = ['sphinx_halochat', 'sphinx.ext.autodoc', 'sphinx.ext.viewcode',\n"
        "    'notfound.extension']\n"
        "html_extra_path = ['extra']\n"
        "html_static_path = ['static']\n"
        "exclude_patterns = ['extra', 'static']\n"
        "halochat_options = {'chat_service_url': 'https://halo.acme.test/api',\n"
        "    'config_id': 'a', 'config_key': 'b',\n"
        "    'pages': {'blog/*.rst': {'load': 'click'}, 'search': False,\n"
        "        '_modules/**': False}}\n"
        "if tags.has('internal'):\n"
        "    halochat_options['colour'] = '#123456'\n",
    )
    write(folder / "greeting.py", 'def hello():\n    """Say it."""\n')
    write(
        folder / "index.rst",
        "Home\n====\n\n.. toctree::\n\n   blog/post\n   own\n\n"
        ".. automodule:: greeting\n   :members:\n",
    )
    write(folder / "blog/post.rst", "Post\n====\n")
    write(folder / "own.rst", "Own\n===\n\n.. halo-chat::\n   :colour: #654321\n")
    write(folder / "extra/copied.html")
    write(folder / "static/copied.html")
    return folder


@pytest.mark.parametrize(
    ("builder", "counts"),
    [
        ("html", "9 pages, 6 with chat, 3 without"),
        ("dirhtml", "9 pages, 6 with chat, 3 without"),
        ("singlehtml", "1 page, 1 with chat, 0 without"),
    ],
)
@pytest.mark.filterwarnings("ignore:'tags' will become a required keyword")
def test_accepts_a_site_of_sphinx(
    sphinx_sources: Path, tmp_path: Path, builder: str, counts: str
) -> None:
    command = ["-q", "-b", builder, str(sphinx_sources), str(tmp_path)]
    assert build_main(command) == 0
    config = sphinx_sources / "conf.py"
    assert run("check", config, "--site", tmp_path).startswith(
        f"{tmp_path}: {counts}; 0 wrong; not compared: HTML without a source ("
    )
    if builder == "html":
        for options in (("-t", "internal"), ("-D", "halochat_options.colour=#123456")):
            output = run("check", config, "--site", tmp_path, *options, code=1)
            assert "; 5 wrong; " in output
            assert "\nindex.html " in output
            assert "built with other options: colour\n" in output
            assert "own.html" not in output


def test_refuses_define_and_tag_without_sphinx(config: Path) -> None:
    assert run("check", config, "-t", "a", code=2) == (
        f"Error: {config}: -D and -t apply to Sphinx's conf.py only; remove them\n"
    )


def test_refuses_define_without_a_value(sphinx_sources: Path) -> None:
    assert run("check", sphinx_sources / "conf.py", "-D", "x", code=2) == (
        "Error: -D x: expected name=value, such as halochat_options.preview=1\n"
    )


# --- Several versions or languages in one folder ------------------------------------


def deploy(config: Path, folder: Path, root: str, more: str = "") -> None:
    """Put a site with other options into a folder."""
    write(folder / root / "index.html")
    write(folder / root / "a/index.html")
    write(folder / root / "404.html")
    config.write_text(CONFIG + more)
    inject(config, folder / root)
    config.write_text(CONFIG)


def test_counts_versions_with_other_options(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site / "index.html", REDIRECT)
    deploy(config, site, "1.0", "colour: '#123456'\n")
    deploy(config, site, "2.0")
    shutil.copytree(site / "2.0", site / "latest")
    write(
        site / "versions.json",
        '[{"version": "2.0", "aliases": ["latest"]}, '
        '{"version": "1.0", "aliases": []}, {"version": "gone"}]',
    )
    assert run("check", config, "--site", site) == (
        f"{site}: 6 pages, 6 with chat, 0 without; 0 wrong; "
        "not compared: page of another version (3), redirect (1)\n"
    )
    write(config, f"{CONFIG}width: 9\n")
    output = run("check", config, "--site", site, code=1)
    assert "9 pages, 9 with chat, 0 without; 9 wrong; not" in output


def test_finds_snippet_versions_by_their_list(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    deploy(config, site, "1.0", "load: snippet\nicon: a.svg\ncolour: '#123456'\n")
    deploy(config, site, "2.0", "load: snippet\nicon: a.svg\n")
    write(site / "versions.json", '[{"version": "2.0"}, {"version": "1.0"}]')
    write(config, f"{CONFIG}load: snippet\nicon: a.svg\n")
    output = run("check", config, "--site", site)
    assert "; 0 wrong; not compared: page of another version (3)\n" in output


@pytest.mark.parametrize(
    "text", ["[", "{}", "3", "[3]", '[{"version": 3}]', "[{}]", "[" * 99_999, "null"]
)
def test_ignores_other_files_named_like_a_version_list(
    config: Path, tmp_path: Path, text: str
) -> None:
    site = tmp_path / "site"
    deploy(config, site, ".")
    write(site / "versions.json", text)
    output = run("check", config, "--site", site)
    assert output == f"{site}: 3 pages, 3 with chat, 0 without; 0 wrong\n"


def test_compares_every_language(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    deploy(config, site, "en/latest")
    deploy(config, site, "de", "colour: '#123456'\n")
    output = run("check", config, "--site", site, code=1)
    assert output.splitlines()[0] == f"{site}: 6 pages, 6 with chat, 0 without; 3 wrong"
    assert output.count("built with other options: colour") == 3


def test_reports_a_moved_page(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    deploy(config, site, ".")
    (site / "a/index.html").rename(site / "a/b.html")
    output = run("check", config, "--site", site, code=1)
    assert (
        "a/b.html  on    site   loader  built for another path: a/index.html\n"
        in output
    )


# --- What pages set in a tag --------------------------------------------------------


def test_reports_the_tag_of_a_page_as_its_layer(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name, content in {"a": "false", "b": '{"load": "click"}', "c": "3"}.items():
        tag = f"<meta name=halo-chat-page content='{content}'>"
        write(site / f"{name}.html", PAGE.replace("</head>", f"{tag}</head>"))
    run("inject", site, "-c", config, code=1)
    output = run("check", config, "--site", site, "--all", code=1)
    assert output.splitlines()[2:] == [
        "a.html  off   page   loader",
        "b.html  on    page   loader",
        "c.html  on    page   loader  halo-chat-page: expected a mapping of options, "
        "or false for no chat, got 3",
    ]


def test_reports_a_wrong_trigger_in_a_page(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name, event in {"a": "openChatWindow", "b": "openChat"}.items():
        button = f"<button data-halo-chat-send={event}>x</button>"
        write(site / f"{name}.html", PAGE.replace("</body>", f"{button}</body>"))
    inject(config, site)
    output = run("check", config, "--site", site, code=1)
    assert "a.html" not in output
    assert "b.html  on    site   loader  data-halo-chat-send: " in output


def test_reports_the_line_of_a_site_link_without_a_target(
    config: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    write(site / "contact.html")
    write(config, f"{CONFIG}fallback_url: contact.html\nicon: chat.svg\n")
    inject(config, site)
    assert run("check", config, "--site", site).splitlines()[1:] == [
        f"{config}:5: warning: icon: 'chat.svg' leads to no page or file of the site; "
        "use a page or file of the site, such as 'index.html'"
    ]


# --- The configuration of a host ----------------------------------------------------

OPTIONS = "".join(f"      {line}\n" for line in CONFIG.splitlines())


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "plugins:\n  - halochat\n",
            2,
            "halochat: has no options; write `- halochat:`, with",
        ),
        (
            "plugins:\n  - halochat:\n",
            2,
            "halochat: has no options; write `- halochat:`, with",
        ),
        (
            "plugins:\n  - halochat:\n    config_id: a\n    config_key: b\n",
            3,
            "config_id: is not below `halochat`; write `- halochat:`, with the options "
            "below it, indented by four more spaces",
        ),
        (
            "plugins:\n  - halochat:\n  - chat_service_url: a\n",
            3,
            "chat_service_url: is not below `halochat`; write `- halochat:`, with",
        ),
        (
            "plugins:\n  - halochat:\nconfig_key: a\n",
            3,
            "config_key: is not below `halochat`; write `- halochat:`, with",
        ),
        (
            f"plugins:\n  - search\n  - halo-chat:\n{OPTIONS}",
            3,
            "halo-chat: unknown name, did you mean 'halochat'?",
        ),
        (
            f"plugins:\n  halochat-docs:\n{OPTIONS}",
            2,
            "halochat-docs: unknown name, did you mean 'halochat'?",
        ),
        (
            f"plugins:\n  - mkdocs-halochat:\n{OPTIONS}",
            2,
            "mkdocs-halochat: unknown name, did you mean 'halochat'?",
        ),
        (
            "site_name: a\nhalochat:\n  config_id: a\n",
            2,
            "halochat: is not read here; write",
        ),
        (
            "site_name: a\nconfig_id: a\n",
            2,
            "config_id: is not read here; write",
        ),
        (
            "site_name: a\nextra:\n  halo_chat:\n    config_id: a\n",
            3,
            "halo_chat: unknown name, did you mean 'halochat'?",
        ),
        (
            "site_name: a\nplugins: 3\n",
            None,
            "this file has no options of halochat; write",
        ),
        (
            "site_name: a\nplugins:\n  - search\n",
            None,
            "this file has no options of halochat",
        ),
        (
            "plugins:\n  - halochat: yes\n",
            2,
            "halochat: expected a mapping of options, got true",
        ),
    ],
)
def test_reports_the_line_of_misplaced_options(
    tmp_path: Path, text: str, line: int | None, message: str
) -> None:
    path = write(tmp_path / "mkdocs.yml", text)
    location = f"{path}:{line}" if line else str(path)
    output = run("check", path, code=2)
    assert output.startswith(f"Error: {location}: {message}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[project]\nsite_name = "a"\n',
            "1: this file has no options of halochat; write them "
            "as [project.extra.halochat]",
        ),
        (
            '[project]\nsite_name = "a"\n[project.halochat]\nwidth = 3\n',
            "3: halochat: is not read here; write [project.extra.halochat]",
        ),
        ("project = 3\n", "1: this file has no options of halochat"),
    ],
)
def test_names_the_location_for_options_in_zensical(
    tmp_path: Path, text: str, message: str
) -> None:
    path = write(tmp_path / "zensical.toml", text)
    assert run("check", path, code=2).startswith(f"Error: {path}:{message}")


def test_reports_a_key_above_the_options_in_halochat_yml(tmp_path: Path) -> None:
    path = write(tmp_path / "halochat.yml", "halochat:\n  config_id: a\n")
    assert run("check", path, code=2) == (
        f"Error: {path}:1: halochat: write the options at the top of halochat.yml, "
        "without `halochat`\n"
    )


def test_warns_about_options_that_only_zensical_reads(tmp_path: Path) -> None:
    path = write(tmp_path / "mkdocs.yml", f"extra:\n  halochat:\n{OPTIONS}")
    assert run("check", path) == (
        f"{path}:2: warning: `mkdocs build` reads options only under `plugins`, so it "
        "adds no chat; move them to `- halochat:` there, or run `halochat inject` after "
        "each build\n"
    )
    site = tmp_path / "site"
    write(site / "index.html")
    inject(path, site)
    output = run("check", path, "--site", site)
    assert output == f"{site}: 1 page, 1 with chat, 0 without; 0 wrong\n"


def test_reports_a_missing_extension_in_conf_py(tmp_path: Path) -> None:
    options = (
        "halochat_options = {'chat_service_url': 'https://halo.acme.test/api',\n"
        "    'config_id': 'a', 'config_key': 'b'}\n"
    )
    path = write(tmp_path / "conf.py", f"extensions = ['myst_parser']\n{options}")
    assert run("check", path, code=2) == (
        f"{path}: extensions: 'sphinx_halochat' is missing, so no page has chat; "
        "add it to the list, as in extensions = ['sphinx_halochat']\n"
    )
    for right in (
        f"extensions = ['sphinx_halochat']\n{options}",
        f"{options}def setup(app): app.setup_extension('sphinx_halochat')\n",
    ):
        write(path, right)
        assert run("check", path) == "No problems found.\n"


@pytest.mark.parametrize("name", ["halochat_option", "halo_chat_options", "halochat"])
@pytest.mark.parametrize("value", ["{'config_id': 'a'}", "dict(config_id='a')"])
def test_reports_a_misspelled_variable_in_conf_py(
    tmp_path: Path, name: str, value: str
) -> None:
    path = write(tmp_path / "conf.py", f"x = y = {{}}\n{name} = {value}\n")
    assert run("check", path, code=2) == (
        f"Error: {path}:2: {name}: unknown name, did you mean 'halochat_options'?\n"
    )


@pytest.mark.parametrize("line", ["halochat_id = 'a'", "theme = {}", ""])
def test_does_not_take_another_variable_in_conf_py_for_the_options(
    tmp_path: Path, line: str
) -> None:
    path = write(tmp_path / "conf.py", f"{line}\nhalochat_options = {{}}\n")
    assert "unknown name" not in run("check", path, code=2)


def test_reports_a_pattern_that_cannot_turn_chat_on(tmp_path: Path) -> None:
    pages = "pages:\n  support/**: true\n  blog/**: false\n"
    path = write(tmp_path / "halochat.yml", f"{CONFIG}enabled: false\n{pages}")
    lines = run("check", path).splitlines()
    assert lines[0] == f"{path}:4: chat is off, because `enabled` is false"
    assert lines[1].startswith(f"{path}:6: warning: pages.support/**: has no effect: ")
    assert len(lines) == 2


# --- Input that is odd --------------------------------------------------------------


def test_escapes_control_characters_in_names(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "a\x1b[2Jb"
    write(site / "c\x1b[2Jd.html")
    output = run("check", config, "--site", site, code=1)
    assert "\x1b" not in output
    assert "c\\x1b[2Jd.html  off" in output
    data = json.loads(run("check", config, "--site", site, "--json", code=1))
    assert data["pages"][0]["page"] == "c\x1b[2Jd.html"
    assert data["summary"] == {
        "pages": 1,
        "with_chat": 0,
        "without_chat": 1,
        "wrong": 1,
        "not_compared": {},
    }


def test_ignores_scripts_with_odd_addresses(config: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(
        site / "index.html",
        PAGE.replace(
            "</head>", "<script src='https://[/halochat.0123abcd.js'></script></head>"
        ),
    )
    output = run("check", config, "--site", site, code=1)
    assert "index.html  off   site   -     chat is missing\n" in output


@pytest.mark.parametrize(
    "name", ["halochat.yml", "conf.py", "zensical.toml", "mkdocs.yml"]
)
def test_refuses_a_binary_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(bytes(range(256)) * 9)
    assert run("check", path, code=2).startswith(f"Error: {path}: ")


def test_reports_a_conf_py_that_exits(tmp_path: Path) -> None:
    path = write(tmp_path / "conf.py", "import sys\nsys.exit(3)\n")
    assert run("check", path, code=2).startswith(f"Error: {path}: ")


# --- Front matter, without a build -----------------------------------------------------


@pytest.fixture
def mkdocs_yml(tmp_path: Path) -> Path:
    options = CONFIG.replace("\n", "\n      ").rstrip()
    return write(
        tmp_path / "mkdocs.yml",
        f"site_name: Test\nplugins:\n  - halochat:\n      {options}\n",
    )


def test_reports_mistakes_in_front_matter_with_their_lines(
    mkdocs_yml: Path, tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    write(docs / "a.md", "---\ntitle: A\nhalochat:\n  widht: 3\n---\n# A\n")
    write(docs / "b.md", "---\nhalochats: false\n---\n# B\n")
    write(docs / "good.md", "---\nhalochat:\n  width: 300\n---\n# C\n")
    write(docs / "rule.md", "---\nhalochat: [\n---\n# D\n")
    write(docs / "text.md", "Text\n\n---\nhalochats: false\n---\n")
    write(docs / "list.md", "---\n- halochats\n---\n")
    os.mkfifo(docs / "pipe.md")
    assert run("check", mkdocs_yml, code=1) == (
        f"{docs}/a.md:4: widht: unknown option, did you mean 'width'?\n"
        f"{docs}/b.md:2: warning: halochats: unknown key in front matter, did you mean "
        "'halochat'?\n"
        f"{docs}/rule.md:2: warning: halochat: is not read, because the front matter "
        "is not valid YAML between lines of ---; check its start, indentation and "
        "quotation marks\n"
    )
    data = json.loads(run("check", mkdocs_yml, "--json", code=1))
    assert [problem["location"] for problem in data["problems"]] == [
        f"{docs}/a.md:4",
        f"{docs}/b.md:2",
        f"{docs}/rule.md:2",
    ]


def test_skips_pages_that_cannot_be_read(
    mkdocs_yml: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "docs/a.md", "---\nhalochats: false\n---\n")
    opened = Path.open

    def open_file(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "a.md":
            raise PermissionError
        return opened(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", open_file)
    assert run("check", mkdocs_yml) == "No problems found.\n"
