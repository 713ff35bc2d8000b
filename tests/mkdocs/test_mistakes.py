"""Mistakes that the build reports: names that lead nowhere, options in a wrong place."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from mkdocs.__main__ import cli
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files, InclusionLevel
from sites import PROFILE, Site

from mkdocs_halochat.sources import Sources

Build = Callable[..., Site]

PAGES = {
    "index.md": "# Home",
    "contact.md": "# Contact",
    "guide/index.md": "# Guide",
    "guide/first.md": "# First",
    "images/chat.svg": "<svg/>",
}
ATTRIBUTES = {"markdown_extensions": ["attr_list"]}


def warnings(site: Site) -> list[str]:
    return [warning.removeprefix("halochat: ") for warning in site.warnings]


def fallback(site: Site, path: str) -> object:
    return json.loads(site.meta(path))["fallback"]


# --- Paths ----------------------------------------------------------------------


def test_reports_every_link_option_without_a_target_with_its_location(
    mkdocs_site: Build,
) -> None:
    page = "---\ntitle: A\nhalochat:\n  load: click\n  sound: ping.mp3\n---\n# A"
    site = mkdocs_site(
        {**PAGES, "a.md": page},
        {
            "fallback_url": "contcat/",
            "icon": "images/chat.png",
            "pages": {"guide/": {"fallback_url": "guide/last.md?a=b"}},
        },
    )
    assert sorted(warnings(site)) == [
        "a.md:5: sound: 'ping.mp3' leads to no page or file of the site; "
        "use a page or file of the site, such as 'index.md'",
        "option 'fallback_url': 'contcat/' leads to no page or file of the site; "
        "did you mean 'contact.md'?",
        "option 'icon': 'images/chat.png' leads to no page or file of the site; "
        "did you mean 'images/chat.svg'?",
        "option 'pages.guide/.fallback_url': 'guide/last.md?a=b' leads to no page or "
        "file of the site; did you mean 'guide/first.md?a=b'?",
    ]


@pytest.mark.parametrize(
    ("directory_urls", "links"),
    [
        (True, ["contact/#form", "../../contact/#form", "/docs/contact/#form"]),
        (
            False,
            ["contact.html#form", "../contact.html#form", "/docs/contact.html#form"],
        ),
    ],
)
def test_a_source_becomes_the_url_of_its_page(
    mkdocs_site: Build, directory_urls: bool, links: list[str]
) -> None:
    site = mkdocs_site(
        PAGES,
        {
            "fallback_url": "contact.md#form",
            "icon": "images/chat.svg",
            "pages": {"contact.md": {"fallback_url": "index.md"}},
        },
        use_directory_urls=directory_urls,
        site_url="https://example.com/docs/",
    )
    assert site.warnings == []
    first = "guide/first/index.html" if directory_urls else "guide/first.html"
    contact = "contact/index.html" if directory_urls else "contact.html"
    assert [fallback(site, page) for page in ("index.html", first, "404.html")] == links
    assert fallback(site, contact) == ("../" if directory_urls else "index.html")


def test_the_home_page_is_named_by_its_source_on_error_pages_too(
    mkdocs_site: Build,
) -> None:
    site = mkdocs_site(PAGES, {"fallback_url": "index.md"}, site_url="https://a.net/x/")
    assert fallback(site, "404.html") == "/x/"


@pytest.mark.parametrize(
    ("url", "suggestion"),
    [
        ("contact/", "contact.md"),
        ("contact/index.html", "contact.md"),
        ("guide/", None),
    ],
)
def test_without_directory_urls_a_folder_link_needs_its_index(
    mkdocs_site: Build, url: str, suggestion: str | None
) -> None:
    site = mkdocs_site(PAGES, {"fallback_url": url}, plugins=["offline"], **MATERIAL)
    if suggestion:
        assert warnings(site) == [
            f"option 'fallback_url': '{url}' leads to no page or file of the site; "
            f"did you mean '{suggestion}'?"
        ]
    else:
        assert site.warnings == []
        assert fallback(site, "guide/first.html") == "index.html"


def test_reports_a_link_to_an_excluded_page(mkdocs_site: Build) -> None:
    options = {"fallback_url": "contact.md", "pages": {"contact.md": False}}
    site = mkdocs_site(PAGES, options, exclude_docs="contact.md")
    (warning,) = warnings(site)
    assert warning.startswith("option 'fallback_url': 'contact.md' leads to no page")


def test_accepts_a_link_to_a_draft_while_serving(mkdocs_site: Build) -> None:
    options = {"fallback_url": "contact.md"}
    site = mkdocs_site(PAGES, options, draft_docs="contact.md", serving=True)
    assert site.warnings == []


def test_accepts_links_to_files_written_by_other_plugins(
    mkdocs_site: Build,
) -> None:
    hook = "import pathlib\n\ndef on_post_build(config):\n"
    hook += "    pathlib.Path(config.site_dir, 'late.html').touch()\n"
    site = mkdocs_site(
        {**PAGES, "../hook.py": hook}, {"fallback_url": "late.html"}, hooks=["hook.py"]
    )
    assert site.warnings == []


# --- Patterns -------------------------------------------------------------------


def test_reports_once_each_pattern_without_an_effect(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        PAGES,
        {
            "pages": {
                "guide/first/": False,
                "docs/guide/": {"load": "click"},
                "contact.md": True,
                "404.html": False,
                "guide/*": {"load": "click"},
            }
        },
    )
    assert warnings(site) == [
        "option 'pages.guide/first/': matches no page; did you mean 'guide/first.md'?",
        "option 'pages.docs/guide/': matches no page; did you mean 'guide/'?",
        "option 'pages.contact.md': has no effect: the pages it matches have these "
        "options already; remove it, or set other options",
    ]


MATERIAL: Mapping[str, object] = {"theme": {"name": "material", "font": False}}
LANGUAGES = [
    {"locale": "en", "name": "English", "default": True, "build": True},
    {"locale": "de", "name": "Deutsch", "build": True},
    {"locale": "fr", "name": "Français", "build": True},
]


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_all_languages_of_a_site_count_as_one_build(
    mkdocs_site: Build, structure: str
) -> None:
    own = "---\nhalochat: {sound: nowhere.mp3}\n---\n# Page"
    suffix = {
        **dict.fromkeys(["index.md", "index.de.md", "contact.md"], "# Page"),
        "contact.de.md": "# Kontakt",
        "only.fr.md": "# Seul",
        "own.md": own,
    }
    folder = {
        **dict.fromkeys(["en/index.md", "de/index.md", "en/contact.md"], "# Page"),
        "de/contact.md": "# Kontakt",
        "fr/only.md": "# Seul",
        "en/own.md": own,
    }
    patterns = {
        "suffix": {"*.de.md": {"load": "click"}, "only.fr.md": False, "*.es.md": False},
        "folder": {"de/": {"load": "click"}, "fr/only.md": False, "es/": False},
    }[structure]
    i18n = {"i18n": {"docs_structure": structure, "languages": LANGUAGES}}
    site = mkdocs_site(
        {"suffix": suffix, "folder": folder}[structure],
        {
            "fallback_url": "contact.md",
            "pages": {**patterns, "only*.md": {"fallback_url": "fr/only/"}},
        },
        plugins=[i18n],
        **MATERIAL,
    )
    source, pattern = {
        "suffix": ("own.md", "*.es.md"),
        "folder": ("en/own.md", "es/"),
    }[structure]
    ours = [text for text in site.warnings if text.startswith("halochat: ")]
    assert [text.removeprefix("halochat: ") for text in ours] == [
        f"option 'pages.{pattern}': matches no page; "
        + ours[0].partition("no page; ")[2],
        f"{source}:2: sound: 'nowhere.mp3' leads to no page or file of the site; "
        + ours[1].partition("of the site; ")[2],
    ]
    assert fallback(site, "index.html") == "contact/"
    assert fallback(site, "de/index.html") == "contact/"


def test_a_build_that_fails_is_not_part_of_the_next_one(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Home", encoding="utf-8")
    settings = {
        "site_name": "Test",
        "hooks": ["hook.py"],
        "plugins": [{"halochat": {**PROFILE, "fallback_url": "nowhere/"}}],
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    broken = tmp_path / "broken"
    hook = "import os\n\ndef on_env(env, config, files):\n"
    hook += f"    assert not os.path.exists({str(broken)!r}), 'broken'\n"
    (tmp_path / "hook.py").write_text(hook, encoding="utf-8")
    records: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(record.getMessage())

    handler = Handler(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        broken.touch()
        with pytest.raises(AssertionError, match="broken"):
            build(load_config(str(tmp_path / "mkdocs.yml")))
        broken.unlink()
        for _ in range(2):
            build(load_config(str(tmp_path / "mkdocs.yml")))
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    assert len([text for text in records if "'nowhere/' leads" in text]) == 2


# --- Options in the wrong place -------------------------------------------------


@pytest.mark.parametrize("key", ["halochats", "halo_chatt", "HaloChat "])
def test_reports_misspelled_keys_of_front_matter(mkdocs_site: Build, key: str) -> None:
    page = f"---\ntitle: Page\n'{key}': false\n---\n# Page"
    site = mkdocs_site({**PAGES, "page.md": page})
    assert warnings(site) == [
        f"page.md:3: {key}: unknown key in front matter, did you mean 'halochat'?"
    ]


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("---\ntitle: A\nhalochat:\n\tenabled: false\n---\n# A\n", 3),
        ("---\r\nhalochat: {enabled: false\r\n---\r\n# A\r\n", 2),
        ("---\nhalochat = false\n---\n# A\n", 2),
        ("---\nhalochat:false\n---\n# A\n", 2),
        ("\n\n---\nhalochat: false\n---\n# A\n", 4),
        ("+++\nhalochat = false\n+++\n# A\n", 2),
    ],
)
def test_reports_options_in_front_matter_that_is_not_read(
    mkdocs_site: Build, page: str, line: int
) -> None:
    assert warnings(mkdocs_site({**PAGES, "page.md": page})) == [
        f"page.md:{line}: halochat: is not read, because the front matter is not valid "
        "YAML between lines of ---; check its start, indentation and quotation marks"
    ]


@pytest.mark.parametrize(
    "page",
    [
        "---\n\n# A\n\nhalochat: a plugin\n",
        "---\ntitle: [\n---\n\nhalochat: a plugin\n",
        "---\n\nText\n\n---\n\nhalochat: a plugin\n",
    ],
)
def test_accepts_text_that_starts_like_front_matter(
    mkdocs_site: Build, page: str
) -> None:
    assert mkdocs_site({**PAGES, "page.md": page}).warnings == []


def test_reports_chat_in_the_list_of_hidden_elements(mkdocs_site: Build) -> None:
    page = "---\ntitle: A\nhide:\n  - toc\n  - halo-chat\n---\n# A\n"
    assert warnings(mkdocs_site({**PAGES, "page.md": page})) == [
        "page.md:3: hide: does not turn off chat; write `halochat: false`, not below "
        "`hide`"
    ]


def test_accepts_front_matter_of_other_plugins(mkdocs_site: Build) -> None:
    page = "---\nhide: [toc]\nhalo: {size: 22}\nchat: no\ntags: [halo]\n---\n# Page"
    right = "---\nHalo-Chat: {load: click}\n---\n# Page"
    assert mkdocs_site({"page.md": page, "right.md": right}).warnings == []


@pytest.mark.parametrize(
    ("yml", "location"),
    [
        ("extra:\n  halochat: {load: click}\n", "extra.halochat"),
        ("haloChat: {load: click}\n", "haloChat"),
    ],
)
def test_reports_options_that_only_other_generators_read(
    mkdocs_site: Build, tmp_path: Path, yml: str, location: str
) -> None:
    site = mkdocs_site(PAGES, yml=f"  - halochat: {json.dumps(PROFILE)}\n{yml}")
    line = 5 if "extra" in yml else 4
    file = tmp_path / "mkdocs.yml"
    assert site.warnings[0] == (
        f"Config value 'plugins': Plugin 'halochat' option '{location}': {file}:{line}: "
        "has no effect here; move the options to `plugins`, below `- halochat:`"
    )


def test_accepts_other_extra_options(mkdocs_site: Build) -> None:
    assert mkdocs_site(PAGES, extra={"chat": {"load": "click"}}).warnings == []


@pytest.mark.parametrize("entry", ["- halochat", "- halochat:", "- halochat: {}"])
def test_reports_an_entry_without_options_with_an_example(
    tmp_path: Path, entry: str
) -> None:
    (tmp_path / "docs").mkdir()
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"site_name: Test\nplugins:\n  {entry}\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["build", "-q", "-f", str(config)])
    assert result.exit_code == 1
    assert (
        "Plugin 'halochat' option 'chat_service_url, config_id, config_key': "
        "required, but not set; write:\n"
        "plugins:\n"
        "  - halochat:\n"
        '      chat_service_url: "https://halo.example.com/api"\n'
        '      config_id: "your-chat-config-id"\n'
        '      config_key: "your-chat-config-key"'
    ) in result.output + result.stderr


# --- Values that cannot be right ------------------------------------------------

PLACEHOLDERS = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "your-chat-config-id",
}


def test_reports_values_of_the_readme_unless_the_site_is_served(
    mkdocs_site: Build,
) -> None:
    profile = "Config > Chat > Chat Profiles"
    assert warnings(mkdocs_site(PAGES, PLACEHOLDERS)) == [
        "option 'chat_service_url': 'https://halo.example.com/api' is an example; "
        "use the address of your Halo",
        "option 'config_id': 'your-chat-config-id' is a placeholder; "
        f"use the value from Halo: {profile}",
    ]
    assert mkdocs_site(PAGES, PLACEHOLDERS, serving=True).warnings == []


def test_reports_an_endpoint_that_is_not_an_api_address(mkdocs_site: Build) -> None:
    site = mkdocs_site(PAGES, {"chat_service_url": "https://halo.acme.test"})
    (warning,) = site.warnings
    assert warning == (
        "Config value 'plugins': Plugin 'halochat' option 'chat_service_url': 'https://halo.acme.test' does not "
        "end in /api, so the chat's script is expected at "
        "https://halo.acme.test/chat/index.js; write https://halo.acme.test/api, or set "
        "`script_url` to confirm where the script is"
    )


# --- Triggers -------------------------------------------------------------------


def test_reports_wrong_triggers_in_markdown_and_html(mkdocs_site: Build) -> None:
    page = (
        "# Page\n\n[Talk](contact.md){ data-halo-chat-send=opnChatWindow }\n\n"
        "<button data-halo-chat-send=resize\n data-halo-chat-detail='{width: 3}'>"
        "Resize</button>\n"
    )
    site = mkdocs_site({**PAGES, "page.md": page}, **ATTRIBUTES)
    event, detail = warnings(site)
    assert event.startswith("page.md:3: data-halo-chat-send: expected one of 'initial")
    assert event.endswith("did you mean 'openChatWindow'?")
    assert detail.startswith("page.md:6: data-halo-chat-detail: expected JSON")


def test_reports_a_link_that_nearly_opens_the_chat(mkdocs_site: Build) -> None:
    heading = "# Halochat\n\n[To the heading](#halochat) [Talk](#halo-chat)"
    page = "# Page\n\n[Talk](#halochat)"
    site = mkdocs_site({"page.md": page, "heading.md": heading})
    assert warnings(site) == [
        "page.md:3: '#halochat' opens no chat, did you mean '#halo-chat'?"
    ]


def test_accepts_triggers_that_are_correct_or_inside_code(mkdocs_site: Build) -> None:
    page = (
        "[Talk](contact.md){ data-halo-chat-send=openChatWindow }\n\n"
        "`data-halo-chat-send=nope`\n\n    <a data-halo-chat-send=nope>\n"
    )
    assert mkdocs_site({**PAGES, "page.md": page}, **ATTRIBUTES).warnings == []


# --- Navigation -----------------------------------------------------------------

NAV = [{"Home": "index.md"}, {"Help": [{"Talk": "#halo-chat"}, "guide/first.md"]}]


@pytest.mark.parametrize("theme", ["mkdocs", "readthedocs", "material"])
def test_an_entry_of_nav_opens_the_chat_on_every_page(
    mkdocs_site: Build, theme: str
) -> None:
    pages = {name: PAGES[name] for name in ("index.md", "guide/first.md")}
    own = {"font": False} if theme == "material" else {}
    options = {"pages": {"**": False, "guide/": True}}
    site = mkdocs_site(pages, options, theme={"name": theme, **own}, nav=NAV)
    for path in ("index.html", "guide/first/index.html", "404.html"):
        assert 'href="#halo-chat"' in site.html(path)
    assert site.warnings == []


@pytest.mark.parametrize(
    ("nav", "options"),
    [
        ([{"Home": "index.md"}, {"Talk": "#halo-chta"}], {}),
        ([{"Home": "index.md"}, {"Talk": "#halo-chat"}], {"load": "snippet"}),
    ],
)
def test_reports_a_nav_entry_that_does_not_open_the_chat(
    mkdocs_site: Build, nav: list[object], options: dict[str, object]
) -> None:
    site = mkdocs_site({"index.md": "# Home"}, options, nav=nav)
    (warning,) = site.warnings
    assert warning.startswith("A reference to '#halo-ch")


# --- The files of a build -------------------------------------------------------


def test_sources_map_urls_to_built_pages() -> None:
    def file(path: str, inclusion: InclusionLevel = InclusionLevel.INCLUDED) -> File:
        return File(path, "docs", "site", True, inclusion=inclusion)

    files = Files([file("a.svg"), file("b.md"), file("c.md", InclusionLevel.DRAFT)])
    assert [*Sources(files, serving=False)] == ["b.md", "a.svg"]
    assert len(Sources(files, files, serving=True)) == 3
    assert "c.md" not in Sources(files, serving=False)
    assert Sources(Files([]), files, serving=False)["b.md"] == "b/"


def test_reports_a_theme_that_writes_no_whole_documents(
    mkdocs_site: Callable[..., Site], tmp_path: Path
) -> None:
    theme = {"name": None, "custom_dir": str(tmp_path / "theme")}
    template = tmp_path / "theme/main.html"
    template.parent.mkdir()
    pages = {
        "index.md": "# Home",
        "next.md": "# Next",
        "off.md": "---\nhalochat: false\n---\n# Off",
    }
    template.write_text("<body>{{ page.content }}</body>", encoding="utf-8")
    assert mkdocs_site(pages, theme=theme).warnings == [
        "halochat: pages have no chat, because the theme writes them without "
        "<!doctype html> and <html>; add <!doctype html> to the start of its main "
        "template"
    ]
    template.write_text("<!doctype html><body></body>", encoding="utf-8")
    assert mkdocs_site(pages, theme=theme).warnings == []
    template.write_text("<body>{{ page.content }}</body>", encoding="utf-8")
    assert mkdocs_site(pages, {"pages": {"**": False}}, theme=theme).warnings == []


# --- Copies of Halo's script ----------------------------------------------------------

HALO = """\
<div id="halo-chat"></div>
<script>
var haloChatConfig = {configId: "1"}
</script>
<script src="https://halo.acme.test/chat/index.js"></script>
"""
COPY = (
    "<script>: this copy of Halo's script adds a second chat; remove it, because "
    "halochat adds the chat to every page"
)


def test_reports_a_copy_of_halos_script_in_a_page(mkdocs_site: Build) -> None:
    site = mkdocs_site({"index.md": f"# Home\n\n{HALO}\n\n```html\n{HALO}```\n"})
    assert warnings(site) == [f"index.md:5: {COPY}", f"index.md:7: {COPY}"]


def test_reports_a_copy_of_halos_script_in_the_theme_once(
    mkdocs_site: Build, tmp_path: Path
) -> None:
    main = '{% extends "base.html" %}{% block libs %}{{ super() }}SCRIPT{% endblock %}'
    (tmp_path / "overrides").mkdir()
    override = tmp_path / "overrides/main.html"
    override.write_text(main.replace("SCRIPT", HALO), encoding="utf-8")
    theme = {"name": "mkdocs", "custom_dir": "overrides"}
    # The home page is not the one whose theme is checked.
    pages = {**PAGES, "index.md": "<a data-halo-chat-send>Talk</a>"}
    empty, copy = warnings(mkdocs_site(pages, theme=theme))
    assert empty.startswith("index.md:1: data-halo-chat-send: is empty")
    assert copy == f"theme, or `extra_javascript`: {COPY}"
    assert warnings(mkdocs_site(PAGES, {"enabled": False}, theme=theme)) == []


def test_reports_halos_script_in_extra_javascript(mkdocs_site: Build) -> None:
    scripts = ["https://halo.acme.test/chat/index.js"]
    site = mkdocs_site(PAGES, extra_javascript=scripts)
    assert warnings(site) == [f"theme, or `extra_javascript`: {COPY}"]


def test_accepts_a_script_of_another_chat(mkdocs_site: Build) -> None:
    assert warnings(mkdocs_site(PAGES, extra_javascript=["chat/index.js"])) == []


def test_accepts_halos_script_that_is_only_quoted(mkdocs_site: Build) -> None:
    quoted = f"# Home\n\nWrite `haloChatConfig`.\n\n```html\n{HALO}```\n"
    assert warnings(mkdocs_site({"index.md": quoted}, {"load": "snippet"})) == []
