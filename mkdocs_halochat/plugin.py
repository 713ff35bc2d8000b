"""The MkDocs plugin: finds pages and their options, and leaves the rest to the core."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url, is_error_template

import halochat
from halochat import PageContext, Problem, Site
from halochat.config_files import front_matter, front_matter_line
from mkdocs_halochat.config import HaloChatConfig

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger("halochat")

# After plugins that download or minify what they find in a page: Material's privacy
# plugin, at -50, would freeze the vendor's script into the site.
LAST = -100


class HaloChatPlugin(BasePlugin[HaloChatConfig]):
    """Put Halo chat on every page of the site."""

    _site: Site

    def __init__(self) -> None:
        self._serving = False
        self._pages: dict[str, halochat.Page] = {}
        self._reported_notes: set[Problem] = set()

    def on_startup(
        self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool
    ) -> None:
        """Note whether the site is only looked at on this computer."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Start anew: the plugin outlives a build under `mkdocs serve`."""
        self._site = self.config.site
        self._site.serving = self._serving
        self._pages = {}
        self._reported_notes = set()

    @event_priority(LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Add the loader, or the preview widget, to the site's files."""
        for asset in self._site.assets():
            path = f"assets/{asset.name}"
            if earlier := files.get_file_from_path(path):
                files.remove(earlier)  # of a second entry of the plugin
            # Whatever `exclude_docs` says of a folder of this name.
            kept = InclusionLevel.INCLUDED
            file = File.generated(config, path, content=asset.text, inclusion=kept)
            files.append(file)

    def on_page_content(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Read the page's own options, and let links to `#halo-chat` be valid."""
        if self._page(page).has_triggers and page.present_anchor_ids is not None:
            page.present_anchor_ids.add("halo-chat")

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Insert the embed into a page."""
        link = partial(get_relative_url, other=page.url)
        language = getattr(page.file, "locale", None) or _language(config)
        context = _context(page.file.dest_uri, link, language)
        return self._insert(output, self._page(page), context)

    @event_priority(LAST)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Insert the embed into a page without a source: 404, search and the like."""
        if not template_name.endswith(".html"):
            return output_content
        link = partial(get_relative_url, other=template_name)
        if is_error_template(template_name):
            base = urlsplit(config.site_url or "/").path
            link = partial("{}{}".format, base if base.endswith("/") else f"{base}/")
        context = _context(template_name, link, _language(config))
        return self._insert(output_content, self._site.page(template_name), context)

    def _page(self, source: Page) -> halochat.Page:
        path = source.file.src_uri
        if path not in self._pages:
            page = self._site.page(path, front_matter(source.meta))
            for problem in page.problems:
                log.warning(f"{_location(source, problem)}: {problem}")
            self._pages[path] = page
        return self._pages[path]

    def _insert(self, html: str, page: halochat.Page, context: PageContext) -> str:
        for note in page.notes(context):
            if note not in self._reported_notes:
                self._reported_notes.add(note)
                log.info(str(note))
        return page.insert_into(html, context)


def _context(path: str, link: Callable[[str], str], language: str) -> PageContext:
    return PageContext(path, link, lambda name: link(f"assets/{name}"), language)


def _language(config: MkDocsConfig) -> str:
    """Return the site's language: Material's option, else the built-in themes'."""
    theme = config.theme
    return str(theme.get("language") or theme.get("locale") or "en")


def _location(page: Page, problem: Problem) -> str:
    """Return the page's path, with the line of its front matter that is meant."""
    line = front_matter_line(page.file.content_string, problem.path)
    return f"{page.file.src_uri}:{line}" if line else page.file.src_uri
