from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from cases import only_with_full

pytestmark = pytest.mark.filterwarnings(
    "ignore:'tags' will become a required keyword"  # in `sphinx-notfound-page`
)

THEMES = {
    "alabaster": {},
    "furo": {},
    "sphinx_rtd_theme": {},
    "pydata_sphinx_theme": {},
    "sphinx_book_theme": {},
    "shibuya": {},
    "sphinx_immaterial": {"font": False},
    "python_docs_theme": {},
}
# The others extend one of these, or a theme of Sphinx.
KINDS = ["alabaster", "furo", "sphinx_rtd_theme", "pydata_sphinx_theme", "shibuya"]
KINDS += ["sphinx_immaterial"]
OTHERS = [theme for theme in THEMES if theme not in KINDS]
FILES = {
    "index.rst": """
        Title
        =====

        .. toctree::

           guide/a
           api
    """,
    "guide/a.rst": "Header and body\n===============\n\n.. code-block:: html\n\n"
    "   <head></head></body>\n",
    "api.rst": "API\n===\n\n.. autofunction:: themed.call\n",
    "themed.py": 'def call():\n    """Call."""\n',
}
PAGES = {
    "404.html",
    "_modules/index.html",
    "_modules/themed.html",
    "api.html",
    "extra.html",
    "genindex.html",
    "guide/a.html",
    "index.html",
    "search.html",
}


class Embeds(HTMLParser):
    """Finds our tags, and what they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, ...]] = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        source = attributes.get("src") or ""
        if attributes.get("name") == "halo-chat" or "halochat." in source:
            self.found.append((*self.open, tag))
        if tag in ("html", "head", "body"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            self.open.remove(tag)


@pytest.fixture
def themed(site):
    def build(theme, builder="html", **options):
        made = site(FILES, **options)
        made.write({"_templates/extra.html": '{% extends "page.html" %}'})
        made.conf = f"""
            import sys
            sys.path.insert(0, __file__.rpartition("/")[0])
            extensions += ["sphinx.ext.autodoc", "sphinx.ext.viewcode"]
            extensions += ["notfound.extension"]
            extensions += [{theme!r}] if {theme!r} == "sphinx_immaterial" else []
            templates_path = ["_templates"]
            html_additional_pages = {{"extra": "extra.html"}}
            html_theme = {theme!r}
            html_theme_options = {THEMES[theme]!r}
        """
        # Some themes change Sphinx itself.
        return made.build(builder, apart=theme not in ("alabaster", "furo"))

    return build


@pytest.mark.parametrize("theme", [*KINDS, *only_with_full(*OTHERS)])
def test_every_kind_of_page_has_one_embed_in_its_head(themed, theme):
    built = themed(theme)
    assert built.code == 0
    without = {"search.html"} if theme == "sphinx_immaterial" else set()
    assert set(built.pages()) == PAGES - without
    for page in built.pages():
        text = built.text(page)
        parser = Embeds()
        parser.feed(text)
        assert parser.found == [("html", "head", "meta"), ("html", "head", "script")]
        assert built.data(page)["page"] == page
        # What names the page's encoding stays among the first bytes.
        assert 0 < text.encode().find(b"charset") < text.find("halo-chat")
        (script,) = re.findall(r'src="([^"]*halochat\.[^"]*)"', text)
        base = "/en/latest/" if page == "404.html" else f"/en/latest/{page}"
        asset = urljoin(base, script).removeprefix("/en/latest/")
        assert (built.out / asset).is_file()


# Three ways in which themes write the end of the body.
@pytest.mark.parametrize("theme", ["alabaster", "furo", "sphinx_immaterial"])
def test_snippet_is_the_last_element_of_the_body(themed, theme):
    built = themed(theme, load="snippet")
    assert built.code == 0
    for page in built.pages():
        _, found, rest = built.text(page).rpartition('<div id="halo-chat"></div>')
        assert found
        assert re.fullmatch(
            r"\s*<script>\s*var haloChatConfig = .*\s*</script>\s*"
            r"<script src=[^<]*></script>\s*</body>\s*</html>\s*",
            rest,
        )


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml"])
@pytest.mark.parametrize("theme", ["alabaster", "furo"])
def test_other_html_builders_insert_one_embed_per_page(themed, theme, builder):
    built = themed(theme, builder)
    assert built.code == 0
    for page in built.pages():
        assert built.data(page)["page"] == page
