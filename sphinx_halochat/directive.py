"""The directive `.. halo-chat::`: the options of the page it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from reprlib import repr as _short
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from halochat import Page, SyntaxName
from halochat.config_files import ConfigurationError, read_text, read_yaml
from sphinx_halochat.config import has_chat, site_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

log = logging.getLogger(__name__)


class PageOptions(nodes.Invisible, nodes.Element, addnodes.translatable):
    """What a directive sets; removed from the page before it is written.

    A node, because only what is left in the resolved doctree is on the page: Sphinx
    parses what `only` and `ifconfig` exclude, and merges metadata of parallel readers.
    `layer` is what was written, in a `syntax`; `texts` has its texts' translations.
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
        """Do nothing: translations are kept beside the texts."""

    def apply_translated_message(
        self, original_message: str, translated_message: str
    ) -> None:
        """Note the translation of a text."""
        self["texts"][original_message] = translated_message

    def extract_original_messages(self) -> list[str]:
        """Return the texts to translate."""
        return list(self["texts"])


class AnyOption(dict[str, Callable[[str], str]]):
    """An option list that accepts every name.

    Without it docutils drops a directive as a whole for one misspelled option.
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
        """Return a node for each of argument, options and body that sets something."""
        options = {name: read_text(name, text) for name, text in self.options.items()}
        argument, body = self._yaml(self.arguments), self._yaml(self.content)
        layers: list[tuple[object, SyntaxName]] = [
            *((argument, "text"), (options, "text"), (body, "yaml"))
        ]
        return [
            self._node(layer, syntax)
            for layer, syntax in layers
            if layer not in (None, {})
        ]

    def _yaml(self, lines: Iterable[str]) -> object:
        try:
            return read_yaml("\n".join(lines))
        except ConfigurationError as error:
            line = f" in line {error.line} of the body" if error.line else ""
            warn(f"halo-chat: expected YAML{line}: {error}", self.get_location())
            return None

    def _node(self, layer: object, syntax: SyntaxName) -> PageOptions:
        language = layer.get("language") if isinstance(layer, Mapping) else None
        texts = language.values() if isinstance(language, Mapping) else ()
        node = PageOptions(
            layer=layer,
            syntax=syntax,
            texts={text: text for text in texts if isinstance(text, str)},
            docname=self.env.docname,
        )
        self.set_source_info(node)
        return node


def warn(message: str, location: str | nodes.Node, subtype: str = "directive") -> None:
    """Warn of something on a page, at its place."""
    log.warning(message, location=location, type="halochat", subtype=subtype)


def collect_options(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Remove the directives from a document, and keep the page with its options."""
    if app.builder.name == "gettext":
        return
    page_options = list(doctree.findall(PageOptions))
    for node in page_options:
        node.parent.remove(node)
    if has_chat(app):
        # `singlehtml` has all documents in one page, which is that of the root.
        own = [node for node in page_options if node["docname"] == docname]
        doctree["halochat"] = _page(app, docname, own)


def source_path(env: BuildEnvironment, pagename: str) -> str:
    """Return what patterns match: a page's source, or the name of one without."""
    if pagename not in env.found_docs:
        return pagename
    return Path(env.doc2path(pagename, base=False)).as_posix()


def _page(app: Sphinx, docname: str, directives: list[PageOptions]) -> Page:
    layers = [node.translated() for node in directives]
    page = site_of(app).page(source_path(app.env, docname), *layers)
    for node, layer in zip(directives, page.layers, strict=True):
        for problem in layer.problems:
            subtype = "page" if problem.is_conflict else "directive"
            message = str(problem.written_in(node["syntax"]))
            warn(f"halo-chat: {message}", node, subtype)
    _warn_of_duplicates(page, directives)
    return page


def _warn_of_duplicates(page: Page, directives: list[PageOptions]) -> None:
    settings: dict[str, tuple[object, nodes.Node]] = {}
    for node, layer in zip(directives, page.layers, strict=True):
        for name, value in _settings(layer.options):
            earlier, other_node = settings.get(name, (value, node))
            if earlier != value:
                location = logging.get_node_location(other_node)
                values = f"{_short(value)} here, {_short(earlier)} in {location}"
                message = f"halo-chat: {name}: {values}: this one is used"
                warn(message, node, "duplicate")
            settings[name] = value, node


def _settings(options: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in options.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{key}", item) for key, item in value.items())
        else:
            yield name, value
