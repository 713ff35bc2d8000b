"""The MkDocs plugin: finds pages and their layers, and leaves the rest to the core."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url, is_error_template

from halochat.config_files import front_matter
from halochat.document import place
from halochat.embed import Place, assets, render
from halochat.layers import Layer, resolve
from halochat.naming import squash
from halochat.validation import check_page
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

    def __init__(self) -> None:
        self._serving = False
        self._site: Layer = {}
        self._pages: dict[str, Layer] = {}
        self._notes: set[str] = set()

    def on_startup(
        self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool
    ) -> None:
        """Note whether the site is only looked at on this computer."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> None:
        """Start anew: the plugin outlives a build under `mkdocs serve`."""
        self._site = dict(self.config)
        self._pages = {}
        self._notes = set()

    @event_priority(LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Add the loader, or the preview widget, to the site's files."""
        for asset in assets(self._site, serving=self._serving):
            path = f"assets/{asset.name}"
            # Whatever `exclude_docs` says of a folder of this name.
            kept = InclusionLevel.INCLUDED
            file = File.generated(config, path, content=asset.text, inclusion=kept)
            files.append(file)

    def on_page_content(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Read the page's own options, and let links to `#halo-chat` be valid."""
        options = self._options(page)
        opens = options.get("enabled", True) and options.get("load") != "snippet"
        if opens and page.present_anchor_ids is not None:
            page.present_anchor_ids.add("halo-chat")

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Place the embed in a page."""
        link = partial(get_relative_url, other=page.url)
        language = getattr(page.file, "locale", None) or _language(config)
        where = self._place(page.file.dest_uri, link, language)
        return self._placed(output, self._options(page), where)

    @event_priority(LAST)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Place the embed in a page without a source: 404, search and the like."""
        if not template_name.endswith(".html"):
            return output_content
        link = partial(get_relative_url, other=template_name)
        if is_error_template(template_name):
            base = urlsplit(config.site_url or "/").path
            link = partial("{}{}".format, base if base.endswith("/") else f"{base}/")
        options = resolve(self._site, template_name, {})
        where = self._place(template_name, link, _language(config))
        return self._placed(output_content, options, where)

    def _options(self, page: Page) -> Layer:
        path = page.file.src_uri
        if path not in self._pages:
            layer = front_matter(page.meta)
            checked = check_page(layer, self._site, path)
            for problem in checked.problems:
                log.warning(f"{_location(page, problem.option)}: {problem}")
            self._pages[path] = resolve(self._site, path, checked.options)
        return self._pages[path]

    def _placed(self, html: str, options: Layer, where: Place) -> str:
        embed = render(options, where)
        if embed.note and embed.note not in self._notes:
            self._notes.add(embed.note)
            log.info(embed.note)
        return place(html, embed)

    def _place(self, path: str, link: Callable[[str], str], language: str) -> Place:
        return Place(
            path,
            link,
            asset=lambda name: link(f"assets/{name}"),
            language=language,
            serving=self._serving,
        )


def _language(config: MkDocsConfig) -> str:
    """Return the site's language: Material's option, else the built-in themes'."""
    theme = config.theme
    return str(theme.get("language") or theme.get("locale") or "en")


def _location(page: Page, option: str) -> str:
    """Return the page's path, with the line of its front matter that is meant."""
    name = squash(option.partition(".")[0].partition("[")[0])
    lines = page.file.content_string.splitlines()
    keys = [squash(line.partition(":")[0].strip(" -'\"{")) for line in lines]
    path = page.file.src_uri
    if "halochat" not in keys:
        return path
    ours = keys.index("halochat")
    line = keys.index(name, ours) if name in keys[ours:] else ours
    return f"{path}:{line + 1}"
