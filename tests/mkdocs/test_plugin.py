from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.__main__ import cli
from mkdocs.exceptions import Abort
from sites import PROFILE, Site, metas

from halochat.assets import read_asset
from halochat.document import remove_embed
from mkdocs_halochat.plugin import HaloChatPlugin

Build = Callable[..., Site]

LOADER = read_asset("halochat").name
PREVIEW = read_asset("preview").name
THEMES = ["mkdocs", "readthedocs", "material"]
MATERIAL = {"name": "material", "font": False}


def loader_of(html: str) -> str:
    (source,) = re.findall(r'<script src="([^"]*/?halochat\.[^"]*)" defer', html)
    return source


# --- Where the embed goes ----------------------------------------------------


def test_the_embed_follows_the_charset(mkdocs_site: Build) -> None:
    html = mkdocs_site({"index.md": "# Home"}).html("index.html")
    meta = (
        '<meta charset="utf-8">\n'
        '<meta name="halo-chat" content="{&#34;page&#34;:&#34;index.html&#34;,'
        "&#34;script&#34;:&#34;https://halo.acme.test/chat/index.js&#34;,"
        "&#34;load&#34;:&#34;idle&#34;,&#34;timeout&#34;:15,&#34;texts&#34;:"
    )
    assert meta in html
    assert (
        "&#34;haloChatConfig&#34;:{&#34;chatServiceUrl&#34;:"
        "&#34;https://halo.acme.test/api&#34;,"
        "&#34;configId&#34;:&#34;profile-1&#34;,&#34;configKey&#34;:&#34;key-1&#34;}}"
        f'" />\n<script src="assets/{LOADER}" defer></script>'
    ) in html


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_of_a_theme_has_one_embed(mkdocs_site: Build, theme: str) -> None:
    site = mkdocs_site(
        {"index.md": "# Home", "guide/deep/page.md": "# Page"},
        theme={"name": theme, **({"font": False} if theme == "material" else {})},
        plugins=["search"],
    )
    pages = sorted(site.folder.rglob("*.html"))
    assert len(pages) >= 3
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert len(metas(html)) == 1, page
        assert html.count(LOADER) == 1, page
        assert html.index("halo-chat") < html.index("</head>"), page
    assert site.warnings == []


@pytest.mark.parametrize(
    ("directory_urls", "page", "expected"),
    [
        (True, "index.html", "assets/"),
        (True, "guide/page/index.html", "../../assets/"),
        (False, "guide/page.html", "../assets/"),
    ],
)
def test_loader_link_is_relative_to_the_depth_of_the_page(
    mkdocs_site: Build, directory_urls: bool, page: str, expected: str
) -> None:
    site = mkdocs_site(
        {"index.md": "# Home", "guide/page.md": "# Page"},
        use_directory_urls=directory_urls,
    )
    source = loader_of(site.html(page))
    assert source == expected + LOADER
    file = (site.folder / page).parent / source
    assert file.read_text(encoding="utf-8") == read_asset("halochat").text


@pytest.mark.parametrize(
    ("site_url", "expected"),
    [
        ("https://docs.example.com/product/", "/product/assets/"),
        ("https://docs.example.com/product", "/product/assets/"),
        ("https://docs.example.com", "/assets/"),
        ("", "/assets/"),
    ],
)
def test_error_page_links_to_the_loader_from_the_root(
    mkdocs_site: Build, site_url: str, expected: str
) -> None:
    site = mkdocs_site({"index.md": "# Home"}, site_url=site_url)
    assert loader_of(site.html("404.html")) == expected + LOADER


DECOYS = """\
# Decoys

<!-- </body></head><head><meta charset="x"><body> -->

<iframe srcdoc="<html><head></head><body>inside</body></html>"></iframe>

<script>var html = "</body></html><head><meta charset=x>";</script>

    </body></html><meta name="halo-chat">

`<div id="halo-chat"></div>` and `<meta name="halo-chat" content="{}" />`
"""


@pytest.mark.parametrize("load", ["idle", "snippet"])
@pytest.mark.parametrize("theme", THEMES)
def test_ignores_tags_that_are_quoted_in_the_content(
    mkdocs_site: Build, theme: str, load: str
) -> None:
    options = {"load": load}
    with_chat = mkdocs_site({"index.md": DECOYS}, options, theme=theme)
    html = with_chat.html("index.html")
    without = remove_embed(html)
    ours = '<div id="halo-chat"></div>\n<script>' if load == "snippet" else LOADER
    assert html.count(ours) == 1
    assert ours not in without
    assert without.count("</body></html>") >= 2
    if load == "snippet":
        assert re.fullmatch(
            r"\s*(<!--.*?-->\s*)*</body>\s*</html>\s*(<!--.*?-->\s*)*",
            html[html.index("</script>", html.index(ours) + 60) :].split(
                'chat/index.js"></script>'
            )[1],
            re.DOTALL,
        )
    else:
        assert html.index(LOADER) < html.index("<title>")


def test_templates_and_files_of_the_site_stay_in_use(
    mkdocs_site: Build, tmp_path: Path
) -> None:
    overrides = tmp_path / "overrides"
    overrides.mkdir()
    template = '{% extends "base.html" %}{% block announce %}News{% endblock %}'
    (overrides / "main.html").write_text(template, encoding="utf-8")
    own = {"assets/halochat.js": "// Ours", "assets/chat.css": "a {}"}
    site = mkdocs_site(
        {"index.md": "# Home", **own},
        {"preview": True},
        theme={**MATERIAL, "custom_dir": str(overrides)},
        extra_css=["assets/chat.css"],
    )
    html = site.html("index.html")
    assert re.search(r'class="md-banner__inner[^>]*>\s*News', html)
    assert html.count("assets/chat.css") == 1
    assert html.count(LOADER) == 1
    for name, text in own.items():
        assert (site.folder / name).read_text(encoding="utf-8") == text


def test_the_snippet_is_the_vendors_block_at_the_end_of_the_body(
    mkdocs_site: Build,
) -> None:
    site = mkdocs_site({"index.md": "# Home"}, {"load": "snippet", "width": 400})
    assert (
        '<div id="halo-chat"></div>\n'
        "<script>\n"
        'var haloChatConfig = {"chatServiceUrl":"https://halo.acme.test/api",'
        '"configId":"profile-1","configKey":"key-1","width":400}\n'
        "</script>\n"
        '<script src="https://halo.acme.test/chat/index.js"></script>\n'
        "</body>"
    ) in site.html("index.html")
    assert metas(site.html("index.html")) == []
    assert not list(site.folder.rglob("halochat.*.js"))


def test_chat_is_not_in_the_search_index_or_the_sitemap(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        {"index.md": "# Home"}, plugins=["search"], site_url="https://x.example/"
    )
    for path in ("search/search_index.json", "sitemap.xml"):
        assert "halo" not in site.html(path)


# --- The site's options ------------------------------------------------------

BAD_OPTIONS = """\
- halochat:
    chat_service_url: http://halo.acme.test/api
    configId: 0123
    colour: #E83C4A
    theme: off
    colur: blue
    bubble_styles: {background: url(x)}
    auto_initialize: false
    enable_inbound_events: false
    pages: {"blog/**": {hight: 3}}
"""


def test_the_build_prints_every_problem_and_stops(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"site_name: Test\nplugins:\n{BAD_OPTIONS}", encoding="utf-8")
    result = CliRunner().invoke(cli, ["build", "-q", "-f", str(config)])
    assert result.exit_code == 1
    problems = [
        "chat_service_url': expected an https address such as "
        "'https://halo.example.com/api', got 'http://halo.acme.test/api'",
        "configId': expected a string, got 83; put quotes around it: "
        "YAML reads 0123 as 83, and 1:30 as 90",
        "colour': expected a hex color such as '#E83C4A', got no value",
        "theme': expected one of 'light', 'dark', 'auto', got false",
        "colur': unknown option, did you mean 'colour'?",
        "bubble_styles.background': url() is not allowed here",
        "config_key': required, but not set; copy it from Config > Chat > Chat "
        "Profiles in Halo",
        "pages.blog/**.hight': unknown option, did you mean 'height'?",
        "auto_initialize': needs `enable_inbound_events`, which is false; set it to true",
    ]
    output = result.output + result.stderr
    for problem in problems:
        assert f"Plugin 'halochat' option '{problem}" in output
    assert not (tmp_path / "site").exists()


def test_warnings_are_printed_beside_errors(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    config = tmp_path / "mkdocs.yml"
    options = "{colour: red, width: 0}"
    config.write_text(f"site_name: Test\nplugins:\n- halochat: {options}\n")
    result = CliRunner().invoke(cli, ["build", "-f", str(config)])
    output = result.output + result.stderr
    assert "WARNING -  halochat: option 'colour': expected a hex color" in output
    assert (
        "ERROR   -  Config value 'plugins': Plugin 'halochat' option 'width'" in output
    )


def test_a_second_entry_of_the_plugin_is_reported_by_mkdocs_alone(
    tmp_path: Path,
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").touch()
    config = tmp_path / "mkdocs.yml"
    entry = f"- halochat: {PROFILE}\n"
    config.write_text(f"site_name: Test\nplugins:\n{entry * 2}", encoding="utf-8")
    result = CliRunner().invoke(cli, ["build", "-f", str(config)])
    output = result.output + result.stderr
    assert result.exit_code == 0
    assert "Plugin 'halochat' was specified multiple times" in output
    assert "Deprecation" not in output


def test_warns_about_a_doubtful_value_and_uses_it(mkdocs_site: Build) -> None:
    with pytest.raises(Abort):
        mkdocs_site({"index.md": ""}, {"colour": "red"}, strict=True)
    site = mkdocs_site({"index.md": ""}, {"colour": "red"})
    assert '"colour":"red"' in site.meta("index.html")
    (warning,) = [text for text in site.warnings if "colour" in text]
    assert "it is sent unchanged, but Halo documents hex colors only" in warning


def test_accepts_the_spelling_of_the_vendor(mkdocs_site: Build) -> None:
    yml = """\
- halochat:
    chatServiceUrl: https://halo.acme.test/api
    configId: a
    config-key: b
    persistChatToken: false
"""
    site = mkdocs_site({"index.md": ""}, yml=yml)
    assert json.loads(site.meta("index.html"))["haloChatConfig"] == {
        "chatServiceUrl": "https://halo.acme.test/api",
        "configId": "a",
        "configKey": "b",
        "persistChatToken": False,
    }


def test_an_environment_variable_of_digits_stays_text(
    mkdocs_site: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALO_CONFIG_ID", "123456")
    yml = """\
- halochat:
    chat_service_url: https://halo.acme.test/api
    config_id: !ENV HALO_CONFIG_ID
    config_key: !ENV [NOT_SET_ANYWHERE, fallback]
"""
    site = mkdocs_site({"index.md": ""}, yml=yml)
    config = json.loads(site.meta("index.html"))["haloChatConfig"]
    assert (config["configId"], config["configKey"]) == ("123456", "fallback")


def test_disabled_site_contains_nothing_from_halochat(mkdocs_site: Build) -> None:
    site = mkdocs_site({"index.md": "# Home"}, {"enabled": False})
    assert "halo" not in site.html("index.html")
    assert not list(site.folder.rglob("halochat.*.js"))


# --- A page's options --------------------------------------------------------


def test_front_matter_overrides_the_site(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        {"index.md": "---\nhalochat:\n  colour: '#112233'\n  load: click\n---\n# Home"},
        {"colour": "#445566", "theme": "dark"},
    )
    data = json.loads(site.meta("index.html"))
    assert data["load"] == "click"
    assert data["haloChatConfig"]["colour"] == "#112233"
    assert data["haloChatConfig"]["theme"] == "dark"


@pytest.mark.parametrize("key", ["halochat", "halo-chat", "haloChat", "halo_chat"])
def test_front_matter_turns_chat_off(mkdocs_site: Build, key: str) -> None:
    site = mkdocs_site({"index.md": f"---\n{key}: false\n---\n# Home"})
    assert site.meta("index.html") == '{"page":"index.html","enabled":false}'
    assert LOADER in site.html("index.html")


def test_reports_page_and_line_of_a_bad_value_and_drops_only_it(
    mkdocs_site: Build,
) -> None:
    page = "---\ntitle: x\nhalochat:\n  theme: drak\n  colour: '#112233'\n---\n# Page"
    site = mkdocs_site({"guide/page.md": page})
    assert site.warnings == [
        "halochat: guide/page.md:4: theme: "
        "expected one of 'light', 'dark', 'auto', got 'drak'; did you mean 'dark'?"
    ]
    config = json.loads(site.meta("guide/page/index.html"))["haloChatConfig"]
    assert config["colour"] == "#112233"
    assert "theme" not in config


@pytest.mark.parametrize(
    ("front_matter", "warning"),
    [
        (
            "halochat: nope",
            "page.md:2: expected a mapping of options, or false for no chat, got "
            "'nope'; did you mean false for no chat?",
        ),
        (
            "halochat: {hosts: [a.example]}",
            "page.md:2: hosts: can only be set for the whole site; move it to the site's options",
        ),
    ],
)
def test_reports_options_that_a_page_cannot_set(
    mkdocs_site: Build, front_matter: str, warning: str
) -> None:
    site = mkdocs_site({"page.md": f"---\n{front_matter}\n---\n# Page"})
    assert site.warnings == [f"halochat: {warning}"]


def test_reports_the_page_for_a_problem_without_a_line(
    mkdocs_site: Build,
) -> None:
    site = mkdocs_site(
        {"a/.meta.yml": "halochat: {width: wide}", "a/page.md": "# Page"},
        theme=MATERIAL,
        plugins=["meta"],
    )
    assert site.warnings == [
        "halochat: a/page.md: width: "
        "expected a positive whole number of pixels, got 'wide'"
    ]


def test_a_bad_page_fails_a_strict_build(mkdocs_site: Build) -> None:
    with pytest.raises(Abort):
        mkdocs_site({"index.md": "---\nhalochat: {theme: x}\n---\n# Home"}, strict=True)


def test_patterns_match_source_paths_and_pages_without_a_source(
    mkdocs_site: Build,
) -> None:
    site = mkdocs_site(
        {"index.md": "# Home", "blog/a.md": "# A", "blog/b.md": "# B"},
        {
            "pages": {
                "blog/**": False,
                "blog/b.md": {"enabled": True},
                "404.html": False,
            }
        },
    )
    off = [
        path
        for path in ("index.html", "blog/a/index.html", "blog/b/index.html", "404.html")
        if json.loads(site.meta(path)).get("enabled") is False
    ]
    assert off == ["blog/a/index.html", "404.html"]


# --- Links, addresses, preview -----------------------------------------------


def test_links_to_the_chat_pass_strict_anchor_validation(mkdocs_site: Build) -> None:
    pages = {
        "index.md": "# Home\n[Chat](#halo-chat)",
        "b.md": "[x](index.md#halo-chat)",
    }
    validation = {"anchors": "warn"}
    site = mkdocs_site(pages, validation=validation, strict=True)
    assert 'href="#halo-chat"' in site.html("index.html")


def test_reports_a_chat_link_in_a_site_with_the_snippet(mkdocs_site: Build) -> None:
    pages = {"index.md": "[Chat](#halo-chat)"}
    anchors = {"anchors": "warn"}
    site = mkdocs_site(pages, {"load": "snippet"}, validation=anchors)
    (warning,) = site.warnings
    assert "there is no such anchor on this page" in warning


def test_loader_is_copied_if_its_folder_is_excluded(
    mkdocs_site: Build,
) -> None:
    site = mkdocs_site({"index.md": "# Home"}, exclude_docs="assets/\n*.js")
    assert (site.folder / "assets" / LOADER).is_file()


def test_reports_the_line_of_a_bad_value_below_the_halo_chat_key(
    mkdocs_site: Build,
) -> None:
    page = "---\nicon: x\n\nhalochat:\n  icon: java script\n---\n"
    (warning,) = mkdocs_site({"index.md": page}).warnings
    assert warning.startswith("halochat: index.md:5: icon: expected")


def test_reports_a_chat_link_on_a_page_without_chat(mkdocs_site: Build) -> None:
    page = "---\nhalochat: false\n---\n[Chat](#halo-chat)"
    site = mkdocs_site({"index.md": page}, validation={"anchors": "warn"})
    (warning,) = site.warnings
    assert "there is no such anchor on this page" in warning


def test_paths_in_the_site_are_relative_to_each_page(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        {"a/page.md": "# Page"},
        {"icon": "images/chat.svg", "fallback_url": "contact/"},
        site_url="https://docs.example.com/product/",
    )
    data = json.loads(site.meta("a/page/index.html"))
    assert data["haloChatConfig"]["icon"] == "../../images/chat.svg"
    assert data["fallback"] == "../../contact/"
    data = json.loads(site.meta("404.html"))
    assert data["fallback"] == "/product/contact/"


def test_serving_uses_the_preview_widget(mkdocs_site: Build) -> None:
    site = mkdocs_site({"a.md": "# A"}, {"hosts": ["docs.example.com"]}, serving=True)
    data = json.loads(site.meta("a/index.html"))
    assert data["script"] == f"../assets/{PREVIEW}"
    assert "hosts" not in data
    assert (site.folder / "assets" / PREVIEW).exists()


def test_building_uses_the_real_widget(mkdocs_site: Build) -> None:
    site = mkdocs_site({"a.md": "# A"}, {"hosts": ["docs.example.com"]})
    data = json.loads(site.meta("a/index.html"))
    assert data["script"] == "https://halo.acme.test/chat/index.js"
    assert data["hosts"] == ["docs.example.com"]
    assert not (site.folder / "assets" / PREVIEW).exists()


def test_chat_uses_the_language_of_the_theme(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        {"index.md": "# Start"},
        {"language": "auto"},
        theme={**MATERIAL, "language": "de"},
    )
    language = json.loads(site.meta("index.html"))["haloChatConfig"]["language"]
    assert (language["send"], len(language)) == ("Senden", 25)


def test_chat_uses_the_locale_of_a_built_in_theme(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        {"index.md": "# Start"},
        {"language": "auto"},
        theme={"name": "readthedocs", "locale": "fr"},
    )
    language = json.loads(site.meta("index.html"))["haloChatConfig"]["language"]
    assert language["send"] == "Envoyer"


def test_logs_a_language_without_texts_once_at_info_level(
    mkdocs_site: Build, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "mkdocs.plugins")
    site = mkdocs_site(
        {"index.md": "# Start", "german.md": "---\nhalochat: {language: de}\n---\n"},
        {"language": "auto"},
        theme={**MATERIAL, "language": "eu"},
        strict=True,
    )
    language = json.loads(site.meta("index.html"))["haloChatConfig"]["language"]
    assert language["send"] == "Send"
    (message,) = (text for _, level, text in caplog.record_tuples if "eu" in text)
    assert message.startswith(
        "halochat: language: auto: no texts in 'eu', so English is used; "
        "available: ar, bg, "
    )
    assert caplog.records[-1].levelno == logging.INFO


# --- Rebuilds and other plugins ----------------------------------------------


def test_each_build_starts_with_a_clean_state() -> None:
    plugin = HaloChatPlugin()
    plugin.load_config({**PROFILE, "colour": "#111111"})
    plugin.on_config(None)  # type: ignore[arg-type]
    plugin._pages["index.md"] = plugin._site.page("index.md", False)
    plugin.load_config({**PROFILE, "colour": "#222222"})
    plugin.on_config(None)  # type: ignore[arg-type]
    assert plugin._pages == {}
    assert plugin._site.options["colour"] == "#222222"


@pytest.mark.parametrize("load", ["idle", "snippet"])
def test_privacy_plugin_keeps_the_address_of_the_vendor(
    mkdocs_site: Build, load: str
) -> None:
    # The theme itself names a script of another host, which is not to be fetched here.
    privacy = {"privacy": {"assets_exclude": ["unpkg.com/*"], "cache": False}}
    site = mkdocs_site(
        {"index.md": "# Home"}, {"load": load}, theme=MATERIAL, plugins=[privacy]
    )
    assert "https://halo.acme.test/chat/index.js" in site.html("index.html")
    assert site.warnings == []


@pytest.mark.parametrize("load", ["idle", "snippet"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "minify",
    [
        {"minify_html": {}},
        {"minify": {"minify_html": True, "htmlmin_opts": {"remove_comments": True}}},
    ],
    ids=["minify_html", "minify"],
)
def test_embed_works_after_minification(
    mkdocs_site: Build, minify: dict[str, object], theme: str, load: str
) -> None:
    site = mkdocs_site(
        {"index.md": DECOYS}, {"load": load}, theme=theme, plugins=[minify]
    )
    html = site.html("index.html")
    if load == "idle":
        assert json.loads(site.meta("index.html"))["load"] == "idle"
        assert html.index(LOADER) < html.index("<title")
    else:
        tail = html[html.rindex('<div id="halo-chat"></div>\n<script>\nvar') :]
        assert re.search(r'chat/index\.js"></script>\n(</body>)?\s*(</html>)?', tail)
