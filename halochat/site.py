"""The entry point for hosts: the options of a site, its pages, and their embeds.

A host finds the pages and their own options; the core does everything else.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from halochat import assets, document, embed
from halochat.assets import Asset
from halochat.document import elements
from halochat.embed import Embed, PageContext, Renderer, vendor_script_url
from halochat.layers import Layer, matching_patterns, patterns, resolve
from halochat.options import OPTIONS
from halochat.patterns import ineffective_patterns, unmatched_patterns
from halochat.problems import Problem
from halochat.profile import placeholder_problems, service_url_problems
from halochat.syntaxes import SyntaxName
from halochat.triggers import Trigger
from halochat.validation import Validated, validate_page, validate_site

_OFF: Layer = {"enabled": False}
_ALWAYS_OFF = (
    "has no effect: `enabled` is false for the whole site; for chat in some folders "
    "only, remove `enabled`, and begin `pages` with the pattern '**' and the value "
    "false"
)
_COPIED_SCRIPT = Problem(
    ("<script>",),
    "this copy of Halo's script adds a second chat; remove it, because halochat adds "
    "the chat to every page",
    "warning",
)
_REQUIRED = {option.name for option in OPTIONS.values() if option.required}


class Site:
    """The validated options of a site.

    `options` can be the content of a configuration file, with names in any spelling and
    values of any type. `problems` lists all problems; options with an error are not
    used. `serving` means that the site is only shown on the author's computer, so that
    `preview: auto` uses the preview widget. `syntax` is the syntax of the file with the
    options; messages use its terms.
    """

    def __init__(
        self,
        options: object,
        *,
        serving: bool = False,
        syntax: SyntaxName = "yaml",
    ) -> None:
        validated = validate_site(options, syntax)
        self.options: Layer = validated.options
        """The options that can be used, by their canonical names."""
        self.problems = validated.problems
        self.serving = serving
        self._syntax = syntax
        is_on = self.options.get("enabled", True) is True
        if is_on:
            self.problems += self._in_own_words(service_url_problems(self.options))
        self.enabled = is_on and self.options.keys() >= _REQUIRED
        """Whether the site has chat: it is on, and all required options are set."""
        self._pages: dict[tuple[str, ...], Page] = {}

    @property
    def preview(self) -> bool:
        """Whether the site uses the preview widget."""
        preview = self.options.get("preview", "auto")
        return self.serving if preview == "auto" else bool(preview)

    def page(self, source_path: str, *layers: object) -> Page:
        """Return a page, with its options resolved.

        `source_path` is the path that patterns in `pages` match. A layer is a value
        that the page itself sets: `false`, `true`, or a mapping of options. An empty
        mapping, or no layer, sets nothing. Later layers override earlier ones.
        """
        page = self._page_without_layers(source_path)
        if not layers:
            return page
        options, validated_layers = validate_page(layers, page.options)
        is_changed = self.enabled and options != page.options
        renderer = Renderer(options) if is_changed else page._renderer
        return Page(self, renderer, validated_layers)

    def _page_without_layers(self, source_path: str) -> Page:
        """Return the page that all paths share that the same patterns match."""
        matching = tuple(matching_patterns(self.options, source_path))
        if matching not in self._pages:
            options = resolve(self.options if self.enabled else _OFF, source_path)
            self._pages[matching] = Page(self, Renderer(options), [])
        return self._pages[matching]

    def problems_in(self, html: str) -> Iterator[tuple[Problem, str]]:
        """Yield the problems of HTML, each with a string that shows where it is.

        These are the problems of links and buttons and, in an enabled site, copies of
        Halo's own script. A host passes the content of a page, or one whole page to
        find what the theme adds to all pages, before it inserts the embed.
        """
        yield from Trigger.problems_in(html)
        if not self.enabled:
            return
        marks = ("haloChatConfig", vendor_script_url(self.options))
        if any(mark in html for mark in marks):
            for element in elements(html):
                content = (element.text, element.attributes.get("src", ""))
                for mark, text in zip(marks, content, strict=True):
                    if element.name == "script" and mark in text:
                        yield _COPIED_SCRIPT, mark

    def placeholder_problems(self) -> list[Problem]:
        """Return a warning for each value that was copied from an example.

        With the preview widget, and in a disabled site, examples are accepted.
        """
        is_used = self.enabled and not self.preview
        problems = placeholder_problems(self.options)
        return self._in_own_words(problems) if is_used else []

    def assets(self) -> list[Asset]:
        """Return the files that the site needs beside its pages."""
        if not self.enabled:
            return []
        uses_loader = self.options.get("load") != "snippet"
        stems = ["halochat", "bridge"] * uses_loader + ["preview"] * self.preview
        return [assets.read_asset(stem) for stem in stems]

    def write_assets(self, folder: Path, site: Path | None = None) -> None:
        """Write the files that are missing or damaged in a folder.

        `site` is the folder of the built site, by default the one that contains the
        folder. Raises OSError, also if the folder is a link to a folder outside the
        site.
        """
        assets.write_assets(folder, self.assets(), site)

    def remove_old_assets(self, folder: Path, site: Path | None = None) -> None:
        """Remove the files of halochat, of any release, that the site does not need.

        Raises OSError, also if the folder is a link to a folder outside the site.
        """
        keep = {asset.name for asset in self.assets()}
        assets.remove_assets(folder, keep, site)

    def pattern_problems(self, source_paths: Iterable[str]) -> list[Problem]:
        """Return a warning for each pattern in `pages` without an effect.

        `source_paths` are those of all pages of the site. In a disabled site, a pattern
        that enables chat is reported only if it would have no effect in an enabled one:
        then its author expects it to enable chat in some folders only.
        """
        paths = set(source_paths)
        options = {**self.options, "enabled": True}
        messages = dict(ineffective_patterns(options, paths))
        if self.options.get("enabled", True):
            messages |= unmatched_patterns(options, paths)
        else:
            on = {key for key, own in patterns(options).items() if own.get("enabled")}
            messages = dict.fromkeys(on & messages.keys(), _ALWAYS_OFF)
        wrong = {problem.path[:2] for problem in self.problems}
        problems = (
            Problem(("pages", pattern), messages[pattern], "warning")
            for pattern in patterns(options)
            if pattern in messages
        )
        return self._in_own_words(item for item in problems if item.path not in wrong)

    def _in_own_words(self, problems: Iterable[Problem]) -> list[Problem]:
        return [problem.written_in(self._syntax) for problem in problems]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a site."""

    _site: Site
    _renderer: Renderer
    layers: list[Validated]
    """The validated layers of the page, with their problems."""

    @property
    def options(self) -> Layer:
        """The options of the page, merged from the site, patterns and the page."""
        return self._renderer.options

    @property
    def problems(self) -> list[Problem]:
        """The problems of the page's own options."""
        return [problem for layer in self.layers for problem in layer.problems]

    @property
    def enabled(self) -> bool:
        """Whether the page has chat."""
        return bool(self.options.get("enabled", True))

    @property
    def has_triggers(self) -> bool:
        """Whether links and buttons in the page can open the chat."""
        return self.enabled and self.options.get("load") != "snippet"

    def insert_into(self, html: str, context: PageContext) -> str:
        """Return an HTML document with the page's embed, which replaces an earlier one.

        A page without chat gets an embed that informs the loader, or none. Anything but
        a whole document, such as a fragment or a feed, is returned unchanged.
        """
        return document.insert_embed(html, self.embed(context))

    def insert_into_file(self, path: Path, context: PageContext) -> None:
        """Insert the page's embed into a file in UTF-8; replace it only if it changes.

        The file is replaced atomically. Raises OSError and UnicodeError.
        """
        html = path.read_bytes().decode()
        updated = self.insert_into(html, context)
        if updated != html:
            mode = stat.S_IMODE(path.stat().st_mode)
            assets.write_file(path, updated.encode(), mode)

    def embed(self, context: PageContext) -> Embed:
        """Return the embed alone."""
        if not self._site.enabled:
            return Embed()
        return self._renderer.render(context, preview=self._site.preview)

    def notes(self, context: PageContext) -> list[Problem]:
        """Return problems of severity `info` that depend on the page's context.

        Many pages have the same notes; report each of them once.
        """
        return embed.language_problems(self.options, context)
