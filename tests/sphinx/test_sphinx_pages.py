from __future__ import annotations

import re

import pytest

TWO = {
    "index.rst": "Title\n=====\n\n.. toctree::\n\n   guide/a\n",
    "guide/a.rst": "A\n=\n",
}


def test_page_has_the_embed_for_its_options(site):
    built = site().build()
    assert built.warnings == []
    data = built.data()
    assert (data["page"], data["script"], data["haloChatConfig"]) == (
        "index.html",
        "https://halo.acme.test/chat/index.js",
        {
            "chatServiceUrl": "https://halo.acme.test/api",
            "configId": "ID",
            "configKey": "KEY",
        },
    )


def test_embed_is_two_tags_after_the_charset(site):
    text = site(TWO).build().text("guide/a.html")
    assert re.search(
        r'<meta charset="utf-8" />\n<meta name="halo-chat" content="[^"<>]*" />\n'
        r'<script src="\.\./_static/halochat/halochat\.[0-9a-f]{8}\.js" defer>'
        r"</script>\n",
        text,
    )
    head = re.sub(r'<meta name="halo-chat".*', "", text)
    assert head.count("halochat") == 2  # folder and file of the one script


@pytest.mark.parametrize(
    ("builder", "pages"),
    [
        ("html", {"genindex.html", "guide/a.html", "index.html", "search.html"}),
        (
            "dirhtml",
            {
                "genindex/index.html",
                "guide/a/index.html",
                "index.html",
                "search/index.html",
            },
        ),
        ("singlehtml", {"index.html"}),
    ],
)
def test_every_page_has_its_path_and_a_link_to_the_loader(site, builder, pages):
    built = site(TWO).build(builder)
    assert set(built.pages()) == pages
    for page in pages:
        assert built.data(page)["page"] == page
        (script,) = re.findall(r'src="([^"]*halochat\.[^"]*)"', built.text(page))
        assert (built.out / page).parent.joinpath(script).is_file()


def test_paths_in_the_site_are_relative_to_the_page(site):
    built = site(TWO, icon="images/chat.svg", fallback_url="contact.html#form").build()
    assert built.chat() == {"icon": "images/chat.svg"}
    assert built.chat("guide/a.html") == {"icon": "../images/chat.svg"}
    assert built.data("guide/a.html")["fallback"] == "../contact.html#form"


# The 404 extension itself calls what Sphinx 11 will drop.
@pytest.mark.filterwarnings("ignore:'tags' will become a required keyword")
def test_links_of_404_page_are_absolute(site):
    made = site(icon="images/chat.svg")
    made.conf = "extensions.append('notfound.extension')"
    built = made.build()
    assert built.chat("404.html") == {"icon": "/en/latest/images/chat.svg"}
    assert 'src="/en/latest/_static/halochat/halochat.' in built.text("404.html")
    assert built.data("404.html")["page"] == "404.html"


def test_snippet_is_inserted_at_the_end_of_the_body(site):
    built = site(load="snippet").build()
    assert re.search(
        r'<div id="halo-chat"></div>\n'
        r"<script>\nvar haloChatConfig = \{.*\}\n</script>\n"
        r'<script src="https://halo\.acme\.test/chat/index\.js"></script>\n\s*</body>',
        built.text("index.html"),
    )
    assert not list(built.out.glob("_static/halochat/*"))


def test_disabled_site_contains_nothing_from_halochat(site):
    built = site(TWO, enabled=False, config_id=None, typo=1).build()
    assert built.warnings == []
    assert not any("halo" in built.text(page) for page in built.pages())
    assert not (built.out / "_static/halochat").exists()


def test_chat_uses_the_language_of_the_build(site):
    built = site(language="auto").build("html", "-D", "language=de")
    assert built.chat()["language"]["send"] == "Senden"


def test_logs_a_language_without_texts_once_at_info_level(site, capsys):
    made = site(dict.fromkeys(("index.rst", "other.rst"), ":orphan:\n\nTitle\n=====\n"))
    made.options["language"] = "auto"
    built = made.build("html", "-D", "language=eu", "-W", quiet=False)
    assert built.chat()["language"]["send"] == "Send"
    assert (built.code, built.warnings) == (0, [])
    message = "language: auto: no texts in 'eu', so English is used; available: ar, bg"
    assert capsys.readouterr().out.count(message) == 1


def test_preview_is_loaded_from_the_site(site):
    built = site(preview=True).build()
    script = built.data()["script"]
    assert re.fullmatch(r"_static/halochat/preview\.[0-9a-f]{8}\.js", script)
    assert (built.out / script).is_file()


# --- Patterns ---------------------------------------------------------------------


def test_patterns_match_sources_and_names_of_pages_without_one(site):
    made = site(
        TWO,
        colour="#000000",
        pages={
            "guide/*.rst": {"colour": "#111111"},
            "search": {"colour": "#222222"},
            "_modules/**": {"colour": "#333333"},
            "extra": False,
        },
    )
    made.write(
        {
            "guide/api.rst": "API\n===\n\n.. autofunction:: patterned.call\n",
            "patterned.py": 'def call():\n    """Call."""\n',
            "_templates/extra.html": '{% extends "layout.html" %}',
        }
    )
    made.conf = """
        import sys
        sys.path.insert(0, "")
        sys.path.insert(0, __file__.rpartition("/")[0])
        extensions += ["sphinx.ext.autodoc", "sphinx.ext.viewcode"]
        templates_path = ["_templates"]
        html_additional_pages = {"extra": "extra.html"}
    """
    built = made.build()
    assert {
        page: built.data(page).get("haloChatConfig", {}).get("colour")
        for page in built.pages()
    } == {
        "_modules/index.html": "#333333",
        "_modules/patterned.html": "#333333",
        "extra.html": None,
        "genindex.html": "#000000",
        "guide/a.html": "#111111",
        "guide/api.html": "#111111",
        "index.html": "#000000",
        "search.html": "#222222",
    }
    assert built.data("extra.html") == {"page": "extra.html", "enabled": False}


# --- What else renders ------------------------------------------------------------


def test_leaves_a_fragment_rendered_with_a_page_context_unchanged(site):
    made = site()
    made.write({"_templates/part.html": "<p>part of {{ pagename }}</p></body>"})
    made.conf = """
        templates_path = ["_templates"]

        def setup(app):
            def render_part(app, pagename, templatename, context, doctree):
                part = app.builder.templates.render("part.html", context)
                assert part == f"<p>part of {pagename}</p></body>", part
                context["body"] = context.get("body", "") + part
            app.connect("html-page-context", render_part, priority=900)
    """
    built = made.build()
    assert built.code == 0
    assert built.data()["page"] == "index.html"


def test_leaves_a_document_rendered_with_another_context_unchanged(site):
    made = site()
    made.write({"_templates/own.html": "<!doctype html><title>{{ own }}</title>"})
    made.conf = """
        templates_path = ["_templates"]

        def setup(app):
            def render_own(app):
                own = app.builder.templates.render("own.html", {"own": "text"})
                assert own == "<!doctype html><title>text</title>", own
                return ()
            app.connect("html-collect-pages", render_own)
    """
    assert made.build().code == 0


def test_leaves_the_opensearch_description_unchanged(site):
    made = site()
    made.conf = "html_use_opensearch = 'https://docs.example.com'"
    built = made.build()
    assert "halo" not in built.text("_static/opensearch.xml")


def test_template_bridge_without_jinja_works(site):
    made = site()
    made.write(
        {
            "plain_bridge.py": """
                from sphinx.application import TemplateBridge

                class PlainBridge(TemplateBridge):
                    def init(self, builder, theme=None, dirs=None):
                        self.name = builder.name
                    def newest_template_mtime(self):
                        return 0
                    def render(self, template, context):
                        return f"<!doctype html><TITLE>{context.get('title')}</TITLE>"
                    def render_string(self, template, context):
                        return template
            """
        }
    )
    made.conf = """
        import sys
        sys.path.insert(0, __file__.rpartition("/")[0])
        template_bridge = "plain_bridge.PlainBridge"
    """
    built = made.build()
    assert built.data()["page"] == "index.html"
    assert built.text("index.html").startswith("<!doctype html>\n<meta name=")


# --- The same as in MkDocs --------------------------------------------------------


def test_meta_content_is_byte_identical_to_mkdocs(site, tmp_path):
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    options = {
        "colour": "#E83C4A",
        "icon": "images/chat.svg",
        "language": {"send": 'Send </script> "now" & \u2028'},
        "bubble_styles": {"border-radius": 4},
        "fallback_url": "contact.html",
        "pages": {"guide/**": {"theme": "auto"}},
    }
    made = site(TWO, **options)
    built = made.build()
    docs = tmp_path / "mkdocs"
    (docs / "guide").mkdir(parents=True)
    (docs / "guide/a.md").write_text("# A\n")
    (tmp_path / "mkdocs.yml").touch()
    config = load_config(
        str(tmp_path / "mkdocs.yml"),
        site_name="Test",
        docs_dir=str(docs),
        site_dir=str(tmp_path / "site"),
        use_directory_urls=False,
        plugins=[{"halochat": made.options}],
    )
    # MkDocs keeps plugins from one build to the next, and tells them what it is for.
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    theirs = (tmp_path / "site/guide/a.html").read_text(encoding="utf-8")
    # Each host has a folder of its own for our files.
    content = built.content("guide/a.html").replace(
        "../_static/halochat/", "../assets/"
    )
    assert f'content="{content}"' in theirs
    assert built.chat("guide/a.html")["theme"] == "auto"
