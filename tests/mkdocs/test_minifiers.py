"""Values survive both forms of the embed, and the minifiers of other plugins."""

from __future__ import annotations

import json
from typing import Any

import html5lib
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs_minify_html_plugin.plugin import MinifyHtmlPlugin
from mkdocs_minify_plugin.plugin import MinifyPlugin
from sites import PROFILE

from halochat import PageContext, Site

PAGE = "<!doctype html><html><head><title>T</title></head><body><p>x</p></body></html>"
# The test reads the script as JSON. Browsers run what `minify_js` makes of it, in
# `tests/browser/loader/test_safety.py`.
AS_JSON = {"minify_js": False}
MINIFIERS: dict[str, tuple[type[BasePlugin[Any]], dict[str, Any]]] = {
    "minify": (MinifyPlugin, {"minify_html": True}),
    "minify, all of it": (
        MinifyPlugin,
        {
            "minify_html": True,
            "htmlmin_opts": {
                "remove_all_empty_space": True,
                "remove_comments": True,
                "remove_optional_attribute_quotes": True,
            },
        },
    ),
    "minify_html": (MinifyHtmlPlugin, AS_JSON),
    "minify_html, all of it": (
        MinifyHtmlPlugin,
        {
            **AS_JSON,
            "allow_noncompliant_unquoted_attribute_values": True,
            "allow_optimal_entities": True,
            "allow_removing_spaces_between_attributes": True,
            "minify_doctype": True,
            "remove_bangs": True,
            "remove_processing_instructions": True,
        },
    ),
}
# What closes, opens or escapes something in HTML, JavaScript or JSON.
SIGNS = ["</script>", "<!--", "-->", "]]>", "&#34;", "&amp", "\\", "\\u003c", "'", '"']
SIGNS += ["`", "\u2028", "\0", "\x7f", "\ufeff", "\r\n", "\t", "  ", "{{", "<?", "😀"]
TEXTS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), max_size=4).map("".join)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS
)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
    ),
    max_leaves=8,
)
EXTRA = st.dictionaries(TEXTS.map("x{}".format), TREES, min_size=1, max_size=3)


def read(html: str, form: str) -> dict[str, Any]:
    """Return what a browser hands to Halo's script."""
    root = html5lib.parse(html, namespaceHTMLElements=False)
    if form == "snippet":
        (text,) = [one.text for one in root.iter("script") if one.text]
        return json.loads(text.partition("=")[2].strip().rstrip(";"))
    (meta,) = [one for one in root.iter("meta") if one.get("name") == "halo-chat"]
    return json.loads(meta.get("content"))["haloChatConfig"]


def load(kind: type[BasePlugin[Any]], options: dict[str, Any]) -> PluginCollection:
    plugins = PluginCollection()
    plugins["minifier"] = kind()
    plugins["minifier"].load_config(options)
    plugins.on_config(CONFIG)
    return plugins


CONFIG = MkDocsConfig()
LOADED = {name: load(*given) for name, given in MINIFIERS.items()}


@pytest.mark.parametrize("form", ["eager", "snippet"])
@given(EXTRA)
def test_values_arrive_unchanged(form: str, extra: dict[str, Any]) -> None:
    site = Site({**PROFILE, "load": form, "extra": extra})
    assume(not site.problems)
    context = PageContext("a.html", str, asset=str)
    html = site.page("a.html").insert_into(PAGE, context)
    assert {key: read(html, form)[key] for key in extra} == extra
    for name, plugins in LOADED.items():
        config = read(plugins.on_post_page(html, page=None, config=CONFIG), form)
        assert {key: config[key] for key in extra} == extra, name
