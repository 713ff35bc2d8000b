"""Halo live chat in Sphinx sites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halochat import __version__
from sphinx_halochat.checks import check_content, check_site
from sphinx_halochat.config import read_options
from sphinx_halochat.directive import HaloChat, collect_options
from sphinx_halochat.pages import (
    add_page,
    update_kept_pages,
    wrap_render,
    write_assets,
)
from sphinx_halochat.triggers import (
    ChatButton,
    ChatLink,
    HaloChatButton,
    OpenChat,
    depart_button,
    depart_link,
    open_from_markdown,
    resolve_triggers,
    visit_button,
    visit_link,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

# After `ifconfig`, which removes nodes in the same event.
LAST = 800


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx."""
    app.add_config_value("halochat_options", {}, "html", frozenset({dict}))
    app.add_directive("halo-chat", HaloChat)
    app.add_directive("halo-chat-button", HaloChatButton)
    app.add_role("halo-chat", OpenChat())
    app.add_node(ChatButton, html=(visit_button, depart_button))
    app.add_node(ChatLink, html=(visit_link, depart_link))
    app.connect("config-inited", read_options)
    app.connect("builder-inited", wrap_render)
    app.connect("doctree-read", open_from_markdown)
    app.connect("doctree-resolved", collect_options, LAST)
    app.connect("doctree-resolved", resolve_triggers, LAST + 1)
    app.connect("doctree-resolved", check_content, LAST + 2)
    app.connect("html-page-context", add_page)
    app.connect("build-finished", write_assets)
    app.connect("build-finished", update_kept_pages)
    app.connect("build-finished", check_site, LAST)
    return {
        "version": __version__,
        "env_version": 3,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
