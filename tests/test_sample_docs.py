from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.commands.build import build
from mkdocs.config import load_config
from searches import SEARCHES
from sites import PROFILE, metas

from halochat import Site
from halochat.cli import main
from halochat.events import INBOUND, OUTBOUND
from halochat.options import OPTIONS

GUIDE = Path(__file__).parent.parent / "sample_docs" / "mkdocs"
PAGES = sorted((GUIDE / "docs").glob("*.md"))
# What both guides include; its examples count as those of a page of that name.
SHARED = GUIDE.parent / "shared"
TEXTS = [*PAGES, *sorted(SHARED.glob("*.md"))]
# Recipes are sites of their own, built in test_recipes.py.
TEXTS = [text for text in TEXTS if not text.name.startswith("recipes-")]
LEFT_OUT = "# ... the three values from Halo"
# What options in the examples name.
NAMED_FILES = [
    *("index.md", "contact.md", "page.de.md", "api/v1/errors.md", "blog/index.md"),
    *("blog/support/index.md", "audio/message.mp3", "images/lifebuoy.svg"),
]
ENVIRONMENT = {
    "HALO_URL": "https://halo.acme.test/api",
    "HALO_CHAT_ID": "42",
    "HALO_CHAT_KEY": "key-1",
}


class Example(NamedTuple):
    """A block of code on a page of the guide."""

    page: str
    line: int
    language: str
    title: str
    text: str


def _examples() -> list[Example]:
    fence = re.compile(r'^ *```(\w+)(?: title="(.+?)")?\n(.*?)^ *```$', re.M | re.S)
    found = []
    for page in TEXTS:
        if page.stem == "reference":  # its examples are tested with the generator
            continue
        text = page.read_text(encoding="utf-8")
        for block in fence.finditer(text):
            line = text.count("\n", 0, block.start()) + 1
            language, title, code = block.groups(default="")
            found.append(Example(page.stem, line, language, title, code))
    return found


EXAMPLES = _examples()


def some(*languages: str, title: str = "") -> pytest.MarkDecorator:
    """Run a test for each example in a language; `title` is how its title ends."""
    chosen = [
        pytest.param(example, id=f"{example.page}:{example.line}")
        for example in EXAMPLES
        if example.language in languages and example.title.endswith(title)
    ]
    assert chosen
    return pytest.mark.parametrize("example", chosen)


def build_strictly(folder: Path, yml: str, pages: Mapping[str, str]) -> Path:
    """Build a site of its own as `mkdocs build --strict` does.

    Except with the example of an address, which is a warning.
    """
    for path, text in {**dict.fromkeys(NAMED_FILES, "# Text"), **pages}.items():
        file = folder / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    name = "" if "site_name" in yml else "site_name: Test\n"
    anchors = "validation: {links: {anchors: warn}}\n"
    config = folder / "mkdocs.yml"
    config.write_text(name + anchors + yml, encoding="utf-8")
    loaded = load_config(str(config), strict="//halo.example.com" not in yml)
    # MkDocs keeps plugins from one build to the next, and tells them what it is for.
    loaded.plugins.on_startup(command="build", dirty=False)
    build(loaded)
    return folder / "site"


def in_full(yml: str) -> str:
    """Put in the three values that examples leave out."""
    values = [f'      {name}: "{value}"' for name, value in PROFILE.items()]
    return yml.replace(f"      {LEFT_OUT}", "\n".join(values))


@pytest.fixture
def guide(build_site: Callable[[str], Path]) -> Path:
    return build_site("guides/mkdocs")


# --- The site ------------------------------------------------------------------------


class _Page(HTMLParser):
    def __init__(self, file: Path) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value is not None:
                self.links.add(value)
            if name == "id" and value:
                self.ids.append(value)


def test_every_link_in_the_guide_has_a_target(guide: Path) -> None:
    base = "https://docs.example.com/mkdocs/"
    files = {file: _Page(file) for file in guide.rglob("*.html")}
    assert len(files) > len(PAGES)
    broken = []
    for file, page in files.items():
        here = base + file.relative_to(guide).as_posix().removesuffix("index.html")
        for link in page.links:
            target = urlsplit(urljoin(here, link))
            if target.netloc != "docs.example.com":
                continue
            path = guide / unquote(target.path).removeprefix("/mkdocs/")
            path = path / "index.html" if path.is_dir() else path
            anchor = unquote(target.fragment)
            # What the loader and the theme themselves understand.
            known = anchor in ("", "halo-chat", "only-light", "only-dark")
            if not path.is_file() or not (known or anchor in files[path].ids):
                broken.append((file.name, link))
    assert broken == []


def test_ids_are_unique_in_each_page(guide: Path) -> None:
    for file in guide.rglob("*.html"):
        ids = _Page(file).ids
        assert sorted(set(ids)) == sorted(ids), file


def test_every_page_shows_the_preview(guide: Path) -> None:
    for file in guide.rglob("*.html"):
        (meta,) = metas(file.read_text(encoding="utf-8"))
        options = json.loads(meta)
        on = file.parent.name != "off"
        assert options.get("enabled", True) is on, file
        assert ("/preview." in options.get("script", "")) is on, file


def test_guide_shows_the_two_tags_of_a_page(guide: Path) -> None:
    (shown,) = (entry.text for entry in EXAMPLES if entry.page == "promises")
    tags = re.escape(shown.strip()).replace("…", ".*")
    assert re.search(tags, (guide / "look/index.html").read_text(encoding="utf-8"))


def test_guide_requests_nothing_from_other_hosts(guide: Path) -> None:
    asked = re.compile(
        r'<(?:script|link|img|iframe)[^>]* (?:src|href)="(https?:[^"]*)"'
    )
    for file in guide.rglob("*.html"):
        own = "https://docs.example.com/mkdocs/"
        found = asked.findall(file.read_text(encoding="utf-8"))
        assert [link for link in found if not link.startswith(own)] == [], file


@pytest.mark.parametrize(("word", "page"), SEARCHES.items())
def test_search_finds_the_page_for_a_word(guide: Path, word: str, page: str) -> None:
    index = json.loads((guide / "search/search_index.json").read_text("utf-8"))
    found = {
        entry["location"].partition("#")[0]
        for entry in index["docs"]
        if re.search(rf"\b{word}", f"{entry['title']} {entry['text']}", re.IGNORECASE)
    }
    assert f"{page}/" in found


# --- The examples --------------------------------------------------------------------


@some("yaml", title="mkdocs.yml")
def test_an_example_of_mkdocs_yml_builds(
    example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    site = build_strictly(tmp_path, in_full(example.text), {})
    off = "enabled: false" in example.text or "- halochat:" not in example.text
    assert len(metas((site / "index.html").read_text())) == (0 if off else 1)


def test_the_environment_can_switch_chat_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (example,) = (entry for entry in EXAMPLES if "HALO_CHAT," in entry.text)
    for name, value in {**ENVIRONMENT, "HALO_CHAT": "false"}.items():
        monkeypatch.setenv(name, value)
    site = build_strictly(tmp_path, example.text, {})
    assert "halo" not in (site / "index.html").read_text()


@some("yaml", title=".md")
def test_an_example_of_front_matter_builds(example: Example, tmp_path: Path) -> None:
    plugins = in_full(f"plugins:\n  - halochat:\n      {LEFT_OUT}\n")
    plain = build_strictly(tmp_path / "plain", plugins, {"page.md": "# Page"})
    pages = {"page.md": f"{example.text}\n# Page"}
    site = build_strictly(tmp_path / "set", plugins, pages)
    page = "page/index.html"
    assert metas((site / page).read_text()) != metas((plain / page).read_text())


@some("yaml", title=".md")
def test_guide_shows_the_front_matter_of_the_page(example: Example) -> None:
    page = (GUIDE / example.title).read_text(encoding="utf-8")
    assert page.startswith(example.text)


@some("yaml", title=".meta.yml")
def test_an_example_for_material_s_meta_plugin_builds(
    example: Example, tmp_path: Path
) -> None:
    plugins = in_full(f"  - halochat:\n      {LEFT_OUT}\n")
    yml = f"theme: {{name: material, font: false}}\nplugins:\n  - meta\n{plugins}"
    pages = {
        example.title.removeprefix("docs/"): example.text,
        "blog/on.md": "---\nhalochat: {enabled: true}\n---\n# On",
        "blog/off.md": "# Off",
    }
    site = build_strictly(tmp_path, yml, pages)
    on, off = (
        json.loads(metas((site / f"blog/{name}/index.html").read_text())[0])
        for name in ("on", "off")
    )
    assert on.get("enabled", True)
    assert off["enabled"] is False


def test_all_examples_in_yaml_are_built() -> None:
    names = (
        "mkdocs.yml",
        ".md",
        ".meta.yml",
        "halochat.yml",
        ".pre-commit-config.yaml",
    )
    others = [
        example.page
        for example in EXAMPLES
        if example.language == "yaml" and not example.title.endswith(names)
    ]
    assert others == ["command"]  # what `halochat import` prints, compared below


@some("md")
def test_an_example_in_markdown_builds(example: Example, tmp_path: Path) -> None:
    plugins = in_full(f"plugins:\n  - halochat:\n      {LEFT_OUT}\n")
    yml = f"markdown_extensions: [attr_list]\n{plugins}"
    pages = {"page.md": f"# Page\n\n{example.text}", "contact.md": "# Contact"}
    html = (build_strictly(tmp_path, yml, pages) / "page/index.html").read_text()
    opens = re.search(
        r'<a (?=[^>]*href="#halo-chat"|[^>]*data-halo-chat-send="openChatWindow")', html
    )
    assert opens


class _Triggers(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "data-halo-chat-send" in given:
            detail = given.get("data-halo-chat-detail", "null")
            self.found.append((given["data-halo-chat-send"], detail))


def test_every_trigger_in_the_guide_sends_a_known_event() -> None:
    texts = [page.read_text(encoding="utf-8") for page in TEXTS]
    found = [trigger for text in texts for trigger in _Triggers(text).found]
    shown = [
        trigger
        for example in EXAMPLES
        if example.language == "html"
        for trigger in _Triggers(example.text).found
    ]
    assert len(shown) >= 3
    names = {event.name for event in INBOUND}
    for name, detail in found + shown:
        assert name in names
        json.loads(detail)


def test_every_event_that_the_guides_name_exists() -> None:
    paths = [*TEXTS, *(GUIDE.parent / "sphinx").glob("*.rst")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    sent = re.findall(r'halochat\.send\("(\w+)"|haloChat_inboundEvent_(\w+)', text)
    heard = re.findall(r"haloChat_outboundEvent_(\w+)", text)
    assert sent
    assert heard
    assert {one or other for one, other in sent} <= {event.name for event in INBOUND}
    assert {*heard} <= {event.name for event in OUTBOUND}


@some("yaml", title="halochat.yml")
def test_example_of_halochat_yml_has_no_problem(example: Example) -> None:
    assert Site(yaml.safe_load(example.text)).problems == []


@some("toml", title="zensical.toml")
def test_example_of_zensical_toml_has_no_problem(example: Example) -> None:
    extra = tomllib.loads(example.text)["project"]["extra"]
    assert Site(extra["halochat"]).problems == []


@some("python")
def test_the_example_of_a_host_builds_a_site(example: Example, tmp_path: Path) -> None:
    source, output = tmp_path / "source", tmp_path / "site"
    pages = {
        "index.txt": "title: Home & more\n---\nText\n",
        "a/b.txt": "title: B\n"
        "halochat: {load: click, colr: red, sound: ping.mp3}\n---\nText\n",
        "a/off.txt": "title: Quiet\nhalochat: false\n---\nText\n",
    }
    for name, text in pages.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    host: dict[str, Any] = {}
    exec(example.text, host)  # noqa: S102
    options = {**PROFILE, "icon": "chat.svg", "width": 0, "fallback_url": "index.txt"}
    assert host["build"](source, output, options) == [
        "width: expected a positive whole number of pixels, got 0",
        "a/b.txt: colr: unknown option, did you mean 'colour'?",
        "icon: 'chat.svg' leads to no page or file of the site; "
        "use a page or file of the site, such as 'a/b.txt'",
        "a/b.txt: sound: 'ping.mp3' leads to no page or file of the site; "
        "use a page or file of the site, such as 'a/b.txt'",
    ]
    data = {
        name: json.loads(metas((output / name).read_text(encoding="utf-8"))[0])
        for name in ("index.html", "a/b.html", "a/off.html")
    }
    assert [page["page"] for page in data.values()] == [*data]
    assert data["a/b.html"]["fallback"] == "../index.html"
    assert data["index.html"]["haloChatConfig"]["icon"] == "chat.svg"
    assert data["a/b.html"]["haloChatConfig"]["icon"] == "../chat.svg"
    assert (data["index.html"]["load"], data["a/b.html"]["load"]) == ("idle", "click")
    assert data["a/off.html"]["enabled"] is False
    (loader,) = (output / "assets").glob("halochat.*.js")
    html = (output / "a/b.html").read_text(encoding="utf-8")
    assert f'<script src="../assets/{loader.name}" defer></script>' in html


# --- The commands --------------------------------------------------------------------

OTHER_PROGRAMS = {"mkdocs", "pip", "properdocs", "python", "zensical"}


def _run(line: str) -> Result:
    words = shlex.split(line.partition(" > ")[0])
    assert words.pop(0) == "halochat"
    if "--online" in words:
        # Halo's server is not asked by a test; that there is the option, is.
        words.remove("--online")
        assert "--online" in CliRunner().invoke(main, [words[0], "--help"]).output
    return CliRunner().invoke(main, words)


@pytest.fixture
def quickstart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with all that the commands of the guide name."""
    (yml,) = {
        entry.text
        for entry in EXAMPLES
        if entry.page == "index" and entry.title == "mkdocs.yml"
    }
    site = build_strictly(tmp_path, yml, {})
    shutil.copytree(site, tmp_path / "public")
    (own,) = (entry.text for entry in EXAMPLES if entry.title == "halochat.yml")
    (tmp_path / "halochat.yml").write_text(own)
    (tmp_path / "old-page.html").write_text(OLD_PAGE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


OLD_PAGE = """\
<div id="halo-chat"></div>
<script>
  var haloChatConfig = {
    chatServiceUrl: "https://halo.example.com/api",
    configId: "42",
    configKey: "7c1f0b52-docs",
    position: "bottom-right",
  }
</script>
<script src="https://halo.example.com/chat/index.js"></script>
"""


@some("console")
@pytest.mark.usefixtures("quickstart")
def test_a_command_of_the_guide_runs(example: Example) -> None:
    commands = re.findall(r"^\$ (.+)$", example.text, re.MULTILINE)
    assert commands
    for command in commands:
        if command.startswith("halochat "):
            result = _run(command)
            assert result.exit_code == 0, result.output
        else:
            assert command.split()[0] in OTHER_PROGRAMS


@some("yaml", title=".pre-commit-config.yaml")
@pytest.mark.usefixtures("quickstart")
def test_the_hook_of_pre_commit_checks_the_configuration(example: Example) -> None:
    (repository,) = yaml.safe_load(example.text)["repos"]
    (hook,) = repository["hooks"]
    assert not hook["pass_filenames"]
    assert _run(hook["entry"]).exit_code == 0
    changed = ("mkdocs.yml", "docs/index.md", "docs/blog/index.md", "site/mkdocs.yml")
    runs = [path for path in changed if re.search(hook["files"], path)]
    assert runs == ["mkdocs.yml", "docs/index.md", "docs/blog/index.md"]


@pytest.mark.parametrize(
    ("command", "page", "language"),
    [
        ("halochat csp mkdocs.yml", "csp", "text"),
        ("halochat import old-page.html --to mkdocs", "command", "yaml"),
    ],
)
@pytest.mark.usefixtures("quickstart")
def test_guide_shows_the_output_of_each_command(
    command: str, page: str, language: str
) -> None:
    shown = [
        entry.text
        for entry in EXAMPLES
        if (entry.page, entry.language) == (page, language) and not entry.title
    ]
    assert shown == [_run(command).stdout]


# --- Nothing forgotten ---------------------------------------------------------------


def test_every_option_is_explained_outside_of_the_reference() -> None:
    pages = [page for page in TEXTS if page.stem not in ("reference", "preview-table")]
    text = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    assert [name for name in OPTIONS if not re.search(rf"\b{name}\b", text)] == []


def test_both_guides_include_every_shared_page() -> None:
    shared = {path.name for path in SHARED.iterdir()}
    pages = (GUIDE / "docs").rglob("*.md")
    in_mkdocs = [page.read_text(encoding="utf-8") for page in pages]
    in_sphinx = [
        page.read_text(encoding="utf-8")
        for page in (GUIDE.parent / "sphinx").rglob("*.rst")
    ]
    assert set(re.findall(r'^--8<-- "(.+)"$', "".join(in_mkdocs), re.M)) == shared
    assert (
        set(re.findall(r" (?:\.\./)+shared/(.+)$", "".join(in_sphinx), re.M)) == shared
    )


def test_the_messages_in_troubleshooting_are_those_of_a_build() -> None:
    text = (GUIDE / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
    quoted = re.findall(r"^`option '(\w+)': (.+)`$", text, re.MULTILINE)
    given = {**PROFILE, "config_id": 83, "colour": None}
    messages = {problem.option: problem.message for problem in Site(given).problems}
    assert messages.keys() == dict(quoted).keys()
    for option, message in quoted:
        assert messages[option].startswith(message)
