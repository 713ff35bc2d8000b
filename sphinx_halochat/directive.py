"""The directive `.. halo-chat::`, which sets options for its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from reprlib import repr as _short
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from halochat import Page, SiteFiles, SyntaxName
from halochat.config_files import ConfigurationError, read_text, read_yaml
from sphinx_halochat.checks import check_links_later, source_path, warn
from sphinx_halochat.config import has_chat, site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class PageOptions(nodes.Invisible, nodes.Element, addnodes.translatable):
    """The options that a directive sets, as a node that is removed before writing.

    Options must be a node, because only nodes in the resolved doctree are on the page:
    Sphinx also parses content that `only` and `ifconfig` exclude, and merges metadata
    of parallel readers. `layer` is the value as written, in a `syntax`. `texts` maps
    its texts to their translations. `error` is the message for invalid YAML.
    """

    def translated(self) -> object:
        """Return the layer with its texts translated."""
        layer, texts = self["layer"], self["texts"]
        if not texts:
            return layer
        language = {
            key: texts.get(text, text) if isinstance(text, str) else text
            for key, text in layer["language"].items()
        }
        return {**layer, "language": language}

    def preserve_original_messages(self) -> None:
        """Do nothing, because `texts` already keeps the originals."""

    def apply_translated_message(
        self, original_message: str, translated_message: str
    ) -> None:
        """Store the translation of a text."""
        self["texts"][original_message] = translated_message

    def extract_original_messages(self) -> list[str]:
        """Return the texts to translate."""
        return list(self["texts"])


class AnyOption(dict[str, Callable[[str], str]]):
    """An option list that accepts every name.

    Otherwise, docutils would drop the whole directive for one misspelled option.
    """

    def __bool__(self) -> bool:
        return True  # docutils reads no options if the list is empty

    def __missing__(self, name: str) -> Callable[[str], str]:
        return directives.unchanged


class HaloChat(SphinxDirective):
    """Set chat options for the page, or switch chat off there."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = AnyOption()

    def run(self) -> list[nodes.Node]:
        """Return a node for each part that sets options: argument, options and body."""
        options = {name: read_text(name, text) for name, text in self.options.items()}
        parts = [
            self._read(self.arguments, "text", self.lineno),
            self._node(options, "text"),
            self._read(list(self.content), "yaml"),
        ]
        return [
            part for part in parts if part["error"] or part["layer"] not in (None, {})
        ]

    def _read(
        self, lines: Sequence[str], syntax: SyntaxName, line: int | None = None
    ) -> PageOptions:
        """Return the node for YAML; if it is invalid, with an error at its line."""
        try:
            return self._node(read_yaml("\n".join(lines)), syntax)
        except ConfigurationError as error:
            node = self._node({}, syntax)
            node["error"] = f"expected YAML: {error}"
            if line is None and error.line:
                self._locate(node, error.line)
            return node

    def _locate(self, node: PageOptions, line: int) -> None:
        """Set the location of a node to a line of the body."""
        position = min(line, len(self.content)) - 1
        source, offset = self.content.info(position)
        # MyST counts lines from the start of the body.
        is_relative = self.content.items[0][1] == 0
        start = self.lineno + self.content_offset if is_relative else 0
        node.source, node.line = source, start + (offset or 0) + 1

    def _node(self, layer: object, syntax: SyntaxName) -> PageOptions:
        language = layer.get("language") if isinstance(layer, Mapping) else None
        texts = language.values() if isinstance(language, Mapping) else ()
        node = PageOptions(
            layer=layer,
            syntax=syntax,
            error="",
            texts={text: text for text in texts if isinstance(text, str)},
            docname=self.env.docname,
        )
        self.set_source_info(node)
        return node


def collect_options(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Validate the directives in a document, and store the page with its options."""
    directives = list(doctree.findall(PageOptions))
    # Builders such as `singlehtml` and `latex` merge all documents into one.
    by_docname: dict[str, list[PageOptions]] = {docname: []}
    for node in directives:
        by_docname.setdefault(node["docname"], []).append(node)
    pages = {name: _page(app, name, own) for name, own in by_docname.items()}
    if app.builder.name == "gettext":
        return  # this builder extracts the texts from the directives later
    for node in directives:
        node.parent.remove(node)
    if has_chat(app):
        doctree["halochat"] = pages[docname]


def _page(app: Sphinx, docname: str, directives: list[PageOptions]) -> Page:
    layers = [node.translated() for node in directives]
    page = site_of(app).page(source_path(app.env, docname), *layers)
    for node, layer in zip(directives, page.layers, strict=True):
        if node["error"]:
            warn(app, f"halo-chat: {node['error']}", node)
        for problem in layer.problems:
            subtype = "page" if problem.is_conflict else "directive"
            message = str(problem.written_in(node["syntax"]))
            warn(app, f"halo-chat: {message}", node, subtype)
        check_links_later(app, node, partial(_broken_links, layer.options))
    _warn_of_duplicates(app, page, directives)
    return page


def _broken_links(options: Mapping[str, object], files: SiteFiles) -> list[str]:
    return [f"halo-chat: {problem}" for problem in files.broken_links(options)]


def _warn_of_duplicates(app: Sphinx, page: Page, directives: list[PageOptions]) -> None:
    settings: dict[str, tuple[object, nodes.Node]] = {}
    for node, layer in zip(directives, page.layers, strict=True):
        for name, value in _settings(layer.options):
            earlier, other_node = settings.get(name, (value, node))
            if earlier != value:
                location = logging.get_node_location(other_node)
                message = (
                    f"halo-chat: {name}: {_short(value)} here, {_short(earlier)} in "
                    f"{location}; this one is used; remove one of the two"
                )
                warn(app, message, node, "duplicate")
            settings[name] = value, node


def _settings(options: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in options.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{key}", item) for key, item in value.items())
        else:
            yield name, value
