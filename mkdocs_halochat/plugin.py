"""The MkDocs plugin: finds pages and their options, and leaves the rest to the core."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure import nav
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url, is_error_template

import halochat
from halochat import PageContext, Problem, Site, SiteFiles, Trigger
from halochat.config_files import front_matter, front_matter_line, page_problems
from mkdocs_halochat.config import HaloChatConfig
from mkdocs_halochat.sources import Sources

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger("halochat")

NO_DOCUMENT = (
    "pages have no chat, because the theme writes them without <!doctype html> and "
    "<html>; add <!doctype html> to the start of its main template"
)
THEME = "theme, or `extra_javascript`"
# After plugins that download or minify parts of a page: Material's privacy plugin, at
# -50, would copy the vendor's script into the site.
LAST = -100
# After plugins that write more pages, or build the site again for each language.
AFTER_ALL_BUILDS = -1000


class HaloChatPlugin(BasePlugin[HaloChatConfig]):
    """Put Halo chat on every page of the site."""

    _site: Site

    def __init__(self) -> None:
        self._serving = False
        self._running_builds = 0
        self._forget()

    def _forget(self) -> None:
        self._pages: dict[str, halochat.Page] = {}
        self._reported: set[str] = set()
        self._files: dict[str, File] = {}
        self._builds: list[Files] = []
        self._sources = Sources(serving=False)
        self._patterned_paths: set[str] = set()
        self._is_theme_checked = False
        self._language = "en"
        self._uses_directory_urls = True

    def on_startup(
        self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool
    ) -> None:
        """Record whether the site is only served on this computer."""
        self._serving = command == "serve"
        self._running_builds = 0

    def on_config(self, config: MkDocsConfig) -> None:
        """Reset the state, because `mkdocs serve` uses the plugin for many builds."""
        self._site = self.config.site
        self._site.serving = self._serving
        if not self._running_builds:
            self._forget()
        if self._site.enabled and self._site.options.get("load") != "snippet":
            nav.log.addFilter(_is_no_chat_link)
        else:
            nav.log.removeFilter(_is_no_chat_link)

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Count nested builds: plugins can build each language inside the first."""
        self._running_builds += 1

    def on_build_error(self, *, error: Exception) -> None:
        """Reset the count after a failed build."""
        self._running_builds = 0

    @event_priority(LAST)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Add the loader, or the preview widget, to the site's files."""
        for asset in self._site.assets():
            path = f"assets/{asset.name}"
            if earlier := files.get_file_from_path(path):
                files.remove(earlier)  # added by a second entry of the plugin
            # The file is needed even if `exclude_docs` excludes the folder `assets`.
            kept = InclusionLevel.INCLUDED
            # Other plugins expect that each file has a source.
            source = str(asset.source)
            file = File.generated(config, path, abs_src_path=source, inclusion=kept)
            files.append(file)

    def on_page_content(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> None:
        """Read the page's own options, and register `#halo-chat` as a valid anchor."""
        if self._page(page).has_triggers and page.present_anchor_ids is not None:
            page.present_anchor_ids.add("halo-chat")
        for problem, value in self._site.problems_in(html):
            line = _line_of(value, page, "data-halo") or _line_of(value, page)
            self._warn(f"{_location(page.file, line)}: {problem}")
        for anchor in (page.links_to_anchors or {}).get(page.file, ()):
            message = Trigger.link_problem(f"#{anchor}")
            if message and anchor not in (page.present_anchor_ids or ()):
                line = _line_of(f"#{anchor}", page)
                self._warn(f"{_location(page.file, line)}: {message}")

    @event_priority(LAST)
    def on_env(self, env: object, *, config: MkDocsConfig, files: Files) -> None:
        """Record the files of the site, after all plugins have added theirs."""
        self._builds.append(files)
        self._sources = Sources(files, *self._builds, serving=self._serving)
        pages = (file.src_uri for file in files if file.is_documentation_page())
        templates = (*config.theme.static_templates, *config.extra_templates)
        self._patterned_paths.update(pages, templates)
        # Reading settings of MkDocs takes long compared to the rest of a page's work.
        self._language = _language(config)
        self._uses_directory_urls = config.use_directory_urls

    @event_priority(LAST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Insert the embed into a page."""
        if not self._is_theme_checked:
            self._check_theme(output, page.content or "")
        file = page.file
        language = getattr(file, "locale", None) or self._language
        link = partial(get_relative_url, other=page.url)
        context = self._context(file.dest_uri, link, language)
        html = self._insert(output, self._page(page), context)
        if html is output and self._page(page).enabled:
            self._warn(NO_DOCUMENT)
        return html

    @event_priority(LAST)
    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Insert the embed into a page without a source, such as 404 or search."""
        if not template_name.endswith(".html"):
            return output_content
        link = partial(get_relative_url, other=template_name)
        if is_error_template(template_name):
            base = urlsplit(config.site_url or "/").path
            link = partial(_absolute_url, base if base.endswith("/") else f"{base}/")
        context = self._context(template_name, link, self._language)
        return self._insert(output_content, self._site.page(template_name), context)

    @event_priority(AFTER_ALL_BUILDS)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Report problems that can only be found in the finished site."""
        self._running_builds -= 1
        if self._running_builds:
            return
        sources = Sources(*self._builds, serving=self._serving)
        files = SiteFiles.in_folder(Path(config.site_dir), sources)
        for problem in self._site_problems(files):
            self._warn(f"option '{problem.option}': {problem.message}")
        for path, file in self._files.items():
            for layer in self._pages[path].layers:
                for problem in files.broken_links(layer.options):
                    line = front_matter_line(file.content_string, problem.path)
                    self._warn(f"{_location(file, line)}: {problem}")

    def _site_problems(self, files: SiteFiles) -> Iterator[Problem]:
        yield from self._site.placeholder_problems()
        yield from files.broken_links(self._site.options)
        yield from self._site.pattern_problems(self._patterned_paths)

    def _page(self, source: Page) -> halochat.Page:
        path = source.file.src_uri
        if path not in self._pages:
            # If front matter cannot be read, it is still part of the text.
            start = (source.markdown or "").lstrip()[:3]
            self._pages[path] = (
                self._page_with_metadata(source)
                if source.meta or start in ("---", "+++")
                else self._site.page(path)
            )
        return self._pages[path]

    def _check_theme(self, html: str, content: str) -> None:
        """Report what the theme adds, on the first page without problems of its own."""
        if any(self._site.problems_in(content)):
            return
        self._is_theme_checked = True
        for problem, _ in self._site.problems_in(html):
            self._warn(f"{THEME}: {problem}")

    def _page_with_metadata(self, source: Page) -> halochat.Page:
        file = source.file
        page = self._site.page(file.src_uri, front_matter(source.meta))
        if any(layer.options for layer in page.layers):
            self._files[file.src_uri] = file
        text = file.content_string
        for line, problem in page_problems(page.problems, source.meta, text):
            self._warn(f"{_location(file, line)}: {problem}")
        return page

    def _context(
        self,
        path: str,
        link: Callable[[str], str],
        language: str,
    ) -> PageContext:
        if not self._uses_directory_urls:
            # Without a server, a link to a folder shows a list of its files.
            link = partial(_link_to_index, link)
        return PageContext(
            path, link, lambda name: link(f"assets/{name}"), language, self._sources
        )

    def _insert(self, html: str, page: halochat.Page, context: PageContext) -> str:
        for note in page.notes(context):
            self._report(logging.INFO, str(note))
        return page.insert_into(html, context)

    def _warn(self, message: str) -> None:
        self._report(logging.WARNING, message)

    def _report(self, level: int, message: str) -> None:
        """Log a message once, even if it applies to many pages and languages."""
        if message not in self._reported:
            self._reported.add(message)
            log.log(level, message)


def _is_no_chat_link(record: logging.LogRecord) -> bool:
    """Drop the warning about an unknown target of a `nav` entry that opens the chat."""
    return "'#halo-chat'" not in record.getMessage()


def _absolute_url(base: str, path: str) -> str:
    return base + path.removeprefix("./")


def _link_to_index(link: Callable[[str], str], path: str) -> str:
    return link(f"{path}index.html" if path.endswith("/") else path)


def _language(config: MkDocsConfig) -> str:
    """Return the site's language: Material's `language`, else the theme's `locale`."""
    theme = config.theme
    return str(theme.get("language") or theme.get("locale") or "en")


def _location(file: File, line: int | None) -> str:
    return f"{file.src_uri}:{line}" if line else file.src_uri


def _line_of(text: str, page: Page, beside: str = "") -> int | None:
    """Return the line of a page's source that contains two strings."""
    lines = enumerate(page.file.content_string.splitlines(), 1)
    found = (number for number, line in lines if text in line and beside in line)
    return next(found, None)
