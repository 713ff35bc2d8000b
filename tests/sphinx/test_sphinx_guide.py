from __future__ import annotations

import html
import json
import re
import shlex
import textwrap
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner
from searches import SEARCHES
from sphinx.cmd.build import build_main
from sphinx.search.en import SearchEnglish
from sphinx.util.inventory import InventoryFile

from halochat.cli import main
from halochat.events import INBOUND, INBOUND_PREFIX, OUTBOUND, OUTBOUND_PREFIX
from halochat.options import OPTIONS

GUIDE = Path(__file__).parents[2] / "sample_docs" / "sphinx"


def examples(language):
    """Return the guide's examples in one language."""
    found = []
    for path in sorted(GUIDE.glob("*.rst")):
        found += re.findall(
            rf"^\.\. code-block:: {language}\n(?:   :.*\n)*((?:\n|   .*\n)+)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    for path in sorted(GUIDE.glob("*.md")):
        found += re.findall(
            rf"^(`{{3,}}){language}\n((?:.*\n)*?)\1$",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    texts = [example if isinstance(example, str) else example[1] for example in found]
    return [textwrap.dedent(text).strip("\n") + "\n" for text in texts]


@pytest.fixture(scope="module")
def built(build_site):
    """Build the guide, and return its pages."""
    pages = build_site("guides/sphinx").rglob("*.html")
    return {path: path.read_text("utf-8") for path in pages}


@pytest.fixture(scope="module")
def guide(built):
    """Return what the meta of each page says."""
    meta = re.compile(r'<meta name="halo-chat" content="([^"]*)" />')
    return {
        path.stem: json.loads(html.unescape(meta.findall(text)[0]))
        for path, text in built.items()
    }


@pytest.mark.parametrize(
    ("page", "properties"),
    [
        ("look", {"colour": "#c2410c", "position": "bottom-left", "iconSize": 60}),
        ("behaviour", {"keepChatWindowOpen": True}),
        ("pages", {"colour": "#7c3aed", "position": "bottom-left"}),
        ("markdown", {"colour": "#0f766e"}),
        ("index", {"colour": "#0b5cad", "theme": "auto"}),
    ],
)
def test_page_has_the_chat_that_it_describes(guide, page, properties):
    assert guide[page]["haloChatConfig"].items() >= properties.items()


def test_guide_shows_languages_and_loading_strategies(guide):
    texts = guide["language"]["haloChatConfig"]["language"]
    assert (texts["send"], texts["cancel"]) == ("Los", "Abbrechen")
    assert guide["loading"]["load"] == guide["search"]["load"] == "click"
    assert guide["off"]["enabled"] is guide["genindex"]["enabled"] is False


def test_every_link_in_the_guide_has_a_target(built):
    ids = {
        path: set(re.findall(r' id="([^"]+)"', text)) for path, text in built.items()
    }
    broken = []
    for page, text in built.items():
        for link in re.findall(r' (?:href|src)="([^"]*)"', text):
            address = urlsplit(html.unescape(link))
            path = (page.parent / address.path).resolve() if address.path else page
            # An empty anchor is the page itself; the other is the loader's.
            known = address.fragment in ("", "halo-chat") or address.scheme
            there = address.scheme or path.is_file()
            if not there or not (known or address.fragment in ids[path]):
                broken.append((page.name, link))
    assert broken == []


def test_ids_are_unique_in_each_page(built):
    for page, text in built.items():
        ids = re.findall(r' id="([^"]+)"', text)
        assert sorted(set(ids)) == sorted(ids), page


NAMED_FILES = (
    *("_static/ask.js", "_static/consent.js", "_static/shop.js"),
    *("_static/lifebuoy.svg", "_static/message.mp3", "locale/readme"),
)
NAMED_PAGES = (
    *("contact.rst", "api/a.rst", "tutorial/first.rst", "tutorial/second.rst"),
    "_modules/a.rst",  # which viewcode writes
)


def test_inventory_lists_every_entry_of_the_reference(built):
    folder = next(iter(built)).parent
    with (folder / "objects.inv").open("rb") as file:
        inventory = InventoryFile.load(file, "", lambda base, uri: uri)
    members = ("state", "open", "close", "send", "load", "allow", "deny")
    functions = {f"halochat.{name}" for name in members[1:]}
    assert {kind: {*names} for kind, names in inventory.items()} | {
        "std:confval": {*OPTIONS},
        "std:event": {
            *(f"halochat:{name}" for name in ("ready", "failed", "unavailable")),
            "halochat:consent",
            *(f"{INBOUND_PREFIX}{event.name}" for event in INBOUND),
            *(f"{OUTBOUND_PREFIX}{event.name}" for event in OUTBOUND),
        },
        "js:data": {"halochat.state"},
        "js:function": {*functions, "haloChat_functions_getCurrentChatDetails"},
        "rst:directive": {"halo-chat", "halo-chat-button"},
        "rst:role": {"halo-chat"},
    } == {kind: {*names} for kind, names in inventory.items()}


@pytest.mark.parametrize(("word", "page"), SEARCHES.items())
def test_search_finds_the_page_for_a_word(built, word, page):
    folder = next(path for path in built if path.name == "search.html").parent
    script = (folder / "searchindex.js").read_text("utf-8")
    index = json.loads(script.removeprefix("Search.setIndex(").removesuffix(")"))
    stem = SearchEnglish({}).stem(word.lower())
    terms = [index[kind].get(stem, []) for kind in ("terms", "titleterms")]
    found = [
        number
        for term in terms
        for number in ([term] if isinstance(term, int) else term)
    ]
    assert page in {index["docnames"][number] for number in found}


def test_examples_in_the_text_build_without_a_warning(site):
    made = site()
    rst, markdown = examples("rst"), examples("md")
    assert (len(rst), len(markdown)) == (17, 5)  # none is forgotten
    made.conf = "extensions.append('myst_parser')\nhtml_static_path = ['_static']"
    made.write(dict.fromkeys(NAMED_FILES, ""))
    made.write({"shared.txt": "\n", "troubleshooting.rst": ":orphan:\n\nUs\n==\n"})
    made.write({f"r{n}.rst": f":orphan:\n\n{text}" for n, text in enumerate(rst)})
    made.write(
        {f"m{n}.md": f"---\norphan:\n---\n\n{text}" for n, text in enumerate(markdown)}
    )
    assert made.build("html", "-n").warnings == []


def own(example):
    """Replace the values that stand for an author's own."""
    text = example.replace("halo.example.com", "halo.acme.test")
    return text.replace("your-chat-config", "my")


@pytest.mark.parametrize("example", examples("python"))
def test_python_in_the_text_configures_a_build(site, example, monkeypatch):
    monkeypatch.setenv("HALO_URL", "https://halo.acme.test/api")
    for name in ("HALO_CHAT_ID", "HALO_CHAT_KEY"):
        monkeypatch.setenv(name, "acme-1")
    made = site()
    made.conf = (
        "given = halochat_options\n"
        f"{own(example)}\n"
        "halochat_options = {**given, **halochat_options}\n"
        "extensions = ['sphinx_halochat']\n"
        "html_static_path = ['_static']\n"
    )
    made.write(dict.fromkeys(NAMED_FILES, ""))
    made.write({name: f":orphan:\n\n{name}\n{'=' * 40}\n" for name in NAMED_PAGES})
    built = made.build()
    assert (built.code, built.warnings) == (0, [])


# --- The commands --------------------------------------------------------------------

OLD_PAGE = """\
<script>
  var haloChatConfig = {
    chatServiceUrl: "https://halo.example.com/api",
    configId: "42",
    configKey: "7c1f0b52-docs",
    position: "bottom-right",
  }
</script>
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Go to a folder with all that the commands of the guide name."""
    conf = own(next(text for text in examples("python") if "extensions" in text))
    pages = {
        "conf.py": conf.replace("\n}", '\n    "pages": {"api/**": False},\n}'),
        "index.rst": "Home\n====\n\n.. toctree::\n\n   guide\n   api/a\n",
        "guide.rst": "Guide\n=====\n\n.. halo-chat::\n   :load: click\n",
        "api/a.rst": "A\n=\n",
    }
    (tmp_path / "docs" / "api").mkdir(parents=True)
    for name, text in pages.items():
        (tmp_path / "docs" / name).write_text(text)
    (tmp_path / "public").mkdir()
    (tmp_path / "old-page.html").write_text(OLD_PAGE)
    (tmp_path / "halochat.yml").write_text(
        "chat_service_url: https://halo.acme.test/api\n"
        "config_id: '42'\nconfig_key: key-1\n"
    )
    monkeypatch.chdir(tmp_path)
    assert build_main(["-q", "docs", "build/html"]) == 0
    return tmp_path


def run(line):
    words = shlex.split(line)
    assert words.pop(0) == "halochat"
    # Halo's server is not asked by a test.
    return CliRunner().invoke(main, [word for word in words if word != "--online"])


def commands():
    """Return the commands in the text that are ours or Sphinx's, and what they print."""
    parts = "".join(examples("console")).split("$ ")[1:]
    printed = dict(part.split("\n", 1) for part in parts)
    assert {line.split()[0] for line in printed} - {"halochat", "sphinx-build"} == {
        "pip",
        "python",
        "sphinx-autobuild",
    }
    ours = ("halochat ", "sphinx-build ")
    return [(line, text) for line, text in printed.items() if line.startswith(ours)]


@pytest.mark.parametrize(
    ("line", "output"),
    [pytest.param(line, output, id=line) for line, output in commands()],
)
def test_command_in_the_text_runs(project, line, output):
    if line.startswith("sphinx-build "):
        assert build_main(["-q", *shlex.split(line)[1:]]) == 0
        return
    wrong = "unknown option" in output
    if wrong:
        conf = project / "docs" / "conf.py"
        conf.write_text(conf.read_text().replace("\n}", '\n    "widht": 380,\n}'))
    result = run(line)
    assert result.exit_code == (2 if wrong else 0), result.output
    if "--site" in line and output:  # the text shows what is printed for a larger site
        summary = re.compile(
            r"build/html: \d+ pages, \d+ with chat, \d+ without; \d+ wrong"
        )
        assert summary.match(output)
        assert summary.match(result.stdout)
    else:
        assert output in ("", result.stdout)


def test_preview_of_the_quickstart_is_in_its_build(project):
    (line,) = {line for line, _ in commands() if "preview=true" in line}
    assert build_main(["-q", *shlex.split(line)[1:]]) == 0
    assert "/preview." in (project / "build/html/index.html").read_text()


@pytest.mark.usefixtures("project")
def test_guide_shows_the_output_of_each_command():
    policy = (GUIDE.parent / "shared" / "csp.md").read_text(encoding="utf-8")
    printed = run("halochat csp docs/conf.py").stdout
    shown = printed.replace("halo.acme.test", "halo.example.com")
    assert f"```text\n{shown}```" in policy
    shown = run("halochat import old-page.html --to sphinx").stdout
    assert shown in examples("python")


# --- Nothing forgotten ---------------------------------------------------------------


def test_every_option_is_explained_outside_of_the_reference():
    paths = [*GUIDE.glob("*.rst"), *GUIDE.parent.glob("shared/*.md")]
    generated = ("reference.rst", "preview-table.md")
    text = "\n".join(
        path.read_text(encoding="utf-8") for path in paths if path.name not in generated
    )
    names = [name for name in OPTIONS if not re.search(rf"\b{name}\b", text)]
    assert names == []


def test_every_page_is_on_the_first_page():
    text = (GUIDE / "index.rst").read_text(encoding="utf-8")
    linked = set(re.findall(r":doc:`(?:[^`]*<)?([\w/-]+)>?`", text))
    pages = {
        path.relative_to(GUIDE).with_suffix("").as_posix()
        for path in GUIDE.rglob("*.*")
        if path.suffix in (".rst", ".md")
    }
    assert linked == pages - {"index", "off"}
