"""The guide for Sphinx users, itself a site with chat on its pages."""

from __future__ import annotations

from sphinx.application import Sphinx

project = "Halo chat for Sphinx"
html_title = project
html_theme = "furo"
html_favicon = "_static/favicon.svg"
html_show_copyright = False
html_copy_source = False
html_theme_options = {
    "light_css_variables": {
        "color-brand-primary": "#0b5cad",
        "color-brand-content": "#0b5cad",
    },
    "dark_css_variables": {
        "color-brand-primary": "#7db7f0",
        "color-brand-content": "#7db7f0",
    },
}
html_static_path = [
    "_static",
    # Both guides have the same playground. MkDocs needs its files in its own folder.
    "../mkdocs/docs/javascripts/playground.js",
    "../mkdocs/docs/stylesheets/playground.css",
]
html_css_files = ["guide.css", "playground.css"]
html_js_files = ["playground.js"]

extensions = ["myst_parser", "sphinx_halochat"]

# Text that is the same in both guides is Markdown in ../shared. Its headings start at
# the second level, below the title of the page that includes it.
myst_enable_extensions = ["deflist"]
suppress_warnings = ["myst.header"]

halochat_options = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "42",
    "config_key": "7c1f0b52-docs",
    "colour": "#0b5cad",
    "theme": "auto",
    "fallback_url": "troubleshooting",
    "preview": True,  # This site shows the preview also when it is built.
    "pages": {
        "genindex": False,
        "search": {"load": "click"},
    },
}


def setup(app: Sphinx) -> None:
    """List browser events in the index, the search and the inventory."""
    app.add_object_type("event", "event", indextemplate="pair: %s; event")
