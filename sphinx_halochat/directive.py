"""The directive `.. halo-chat::`: the options of the page it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from halochat.config_files import UNREADABLE, read_text
from halochat.layers import Layer, resolve
from halochat.options import OPTIONS
from halochat.problems import show
from halochat.validation import check_page
from sphinx_halochat.config import has_chat

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

log = logging.getLogger(__name__)


class PageOptions(nodes.Invisible, nodes.Element, addnodes.translatable):
    """What a directive says; taken out of the page before it is written.

    A node, because only what is left in the resolved doctree is on the page: Sphinx
    parses what `only` and `ifconfig` exclude, and merges metadata of parallel readers.
    `layer` is what was written, `texts` the translation of each text in it.
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

    Without it docutils drops a directive as a whole for one misspelt option.
    """

    def __missing__(self, name: str) -> Callable[[str], str]:
        return directives.unchanged


class HaloChat(SphinxDirective):
    """Set chat options for the page, or switch chat off there."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar = AnyOption(
        {
            option.directive_option: directives.unchanged
            for option in OPTIONS.values()
            if option.page
        }
    )

    def run(self) -> list[nodes.Node]:
        """Leave what the argument, the options and the body say."""
        options = {name: read_text(name, text) for name, text in self.options.items()}
        said = (self._yaml(self.arguments), options, self._yaml(self.content))
        return [self._node(layer) for layer in said if layer not in (None, {})]

    def _yaml(self, lines: Iterable[str]) -> object:
        try:
            return yaml.safe_load("\n".join(lines))
        except UNREADABLE as error:
            mark = getattr(error, "problem_mark", None)
            where = f" in line {mark.line + 1} of the body" if mark else ""
            problem = getattr(error, "problem", None) or error
            warn(f"halo-chat: expected YAML{where}: {problem}", self.get_location())
            return None

    def _node(self, layer: object) -> PageOptions:
        language = layer.get("language") if isinstance(layer, Mapping) else None
        texts = language.values() if isinstance(language, Mapping) else ()
        node = PageOptions(
            layer=layer,
            texts={text: text for text in texts if isinstance(text, str)},
            docname=self.env.docname,
        )
        self.set_source_info(node)
        return node


def warn(message: str, location: str | nodes.Node, subtype: str = "directive") -> None:
    """Warn of something on a page, at its place."""
    log.warning(message, location=location, type="halochat", subtype=subtype)


def collect_options(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Take the directives out of a page, and note the options it ends up with."""
    if app.builder.name == "gettext":
        return
    found = list(doctree.findall(PageOptions))
    for node in found:
        node.parent.remove(node)
    if has_chat(app):
        # `singlehtml` has all documents in one page, which is that of the root.
        own = [node for node in found if node["docname"] == docname]
        doctree["halochat"] = _page_options(app, docname, own)


def source_path(env: BuildEnvironment, pagename: str) -> str:
    """Return what patterns match: a page's source, or the name of one without."""
    if pagename not in env.found_docs:
        return pagename
    return Path(env.doc2path(pagename, base=False)).as_posix()


def _page_options(app: Sphinx, docname: str, directives: list[PageOptions]) -> Layer:
    site, path = app.config.halochat_options, source_path(app.env, docname)
    layers: list[Layer] = []
    said: dict[str, tuple[object, nodes.Node]] = {}
    for node in directives:
        alone = check_page(node.translated(), {}, path)
        for problem in alone.problems:
            warn(f"halo-chat: {str(problem).removeprefix('halochat: ')}", node)
        below = resolve(site, path, *layers, {"enabled": True})
        together = check_page(alone.options, below, path)
        for problem in together.problems:
            if problem.fatal:  # the others have been said
                warn(f"halo-chat: {problem}", node, "page")
        _warn_of_duplicates(together.options, node, said)
        layers.append(together.options)
    return resolve(site, path, *layers)


def _warn_of_duplicates(
    layer: Layer, node: nodes.Node, said: dict[str, tuple[object, nodes.Node]]
) -> None:
    for name, value in _settings(layer):
        earlier, place = said.get(name, (value, node))
        if earlier != value:
            other = logging.get_node_location(place)
            message = (
                f"halo-chat: {name}: {show(value)} here, {show(earlier)} in {other}"
            )
            warn(f"{message}: this one is used", node, "duplicate")
        said[name] = value, node


def _settings(layer: Layer) -> Iterator[tuple[str, object]]:
    for name, value in layer.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}.{key}", item) for key, item in value.items())
        else:
            yield name, value
