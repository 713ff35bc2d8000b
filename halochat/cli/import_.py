"""`halochat import`: the configuration that stands in Halo's own script."""

from __future__ import annotations

import pprint
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

import click
import esprima  # type: ignore[import-untyped]
import yaml
from esprima.nodes import Node  # type: ignore[import-untyped]

from halochat import Site
from halochat.cli.configuration import CommandError
from halochat.cli.output import echo, escape
from halochat.document import elements
from halochat.embed import vendor_script_url
from halochat.naming import unknown_name
from halochat.options import PROPERTIES, find_option

_NAME = "haloChatConfig"
_MAX_CHARACTERS = 50_000
_MAX_SIZE = 10_000_000  # bytes; a device such as /dev/zero has no end
_Options = dict[str, object]


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True  # what a constant holds is written wherever it is used


def _yaml(data: object) -> str:
    return yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10_000
    )


def _python(options: _Options) -> str:
    return f"halochat_options = {pprint.pformat(options, sort_dicts=False)}\n"


_WRITERS: dict[str, Callable[[_Options], str]] = {
    "mkdocs": lambda options: _yaml({"plugins": [{"halochat": options}]}),
    "sphinx": _python,
    "file": _yaml,
}


_EPILOG = """\
\b
Example:
    halochat import old-page.html --to mkdocs

\b
Exit codes:
    0  everything was converted
    1  some properties were skipped
    2  the file has no configuration
"""


@click.command("import", epilog=_EPILOG)
@click.argument("file", type=click.File("rb"))
@click.option(
    "--to",
    type=click.Choice([*_WRITERS]),
    default="file",
    help="Write it for mkdocs.yml, for Sphinx's conf.py, or for halochat.yml.",
)
def import_(file: BinaryIO, to: str) -> None:
    """Print the configuration that a page with Halo's own script has.

    FILE is the page, or only the script that Halo shows in a chat profile; - reads it
    from standard input. Nothing in it is run. Properties that cannot be converted are
    reported on standard error.
    """
    data = file.read(_MAX_SIZE + 1)
    if len(data) > _MAX_SIZE:
        raise CommandError(f"{file.name}: larger than {_MAX_SIZE // 10**6} MB")
    html = data.decode("utf-8-sig", "replace")
    lost: list[str] = []
    options = _options(_read(html, lost))
    site = Site(options | _script(html, options))
    notes: list[str] = []
    for problem in site.problems:
        (lost if problem.severity == "error" else notes).append(str(problem))
    properties = [option.key for option in PROPERTIES]
    extra = site.options.get("extra")
    for name in extra if isinstance(extra, dict) else ():
        message = unknown_name("property", name, properties)
        notes.append(f"{name}: {message}; under `extra`")
    click.echo(_WRITERS[to](dict(site.options)), nl=False)
    for message in lost + notes:
        echo(message, err=True)
    if lost:
        raise SystemExit(1)


def _options(properties: _Options) -> _Options:
    """Give each property the name of its option; what has none goes under `extra`."""
    options: _Options = {}
    extra: _Options = {}
    for name, value in properties.items():
        option = find_option(name)
        if option in PROPERTIES:
            options[option.name] = value
        else:
            extra[name] = value
    return {**options, "extra": extra} if extra else options


def _script(html: str, options: _Options) -> _Options:
    """Return the URL of the widget's script, if that is not beside the API."""
    sources = (tag.attributes.get("src", "") for tag in elements(html))
    script = next((url for url in sources if url.endswith("chat/index.js")), "")
    is_beside = "chat_service_url" in options and vendor_script_url(options) == script
    return {"script_url": script} if script and not is_beside else {}


# --- JavaScript, read and never run -------------------------------------------


class _UnclearError(Exception):
    """A value that is known only when the script runs."""


def _read(html: str, lost: list[str]) -> _Options:
    """Return the properties in the last `haloChatConfig` of a page or a script."""
    texts = [tag.text for tag in elements(html) if tag.name == "script"] or [html]
    properties: _Options | None = None
    characters = 0
    for text in (text for text in texts if _NAME in text):
        line = html[: html.index(text)].count("\n")
        characters += len(text)
        if characters > _MAX_CHARACTERS:
            message = f"more than {_MAX_CHARACTERS:,} characters with others"
            lost.append(f"the script from line {line + 1} on is skipped: {message}")
            continue
        try:
            tree = esprima.parseScript(text, {"loc": True, "tolerant": True})
        except (esprima.Error, RecursionError) as error:
            lost.append(f"the script from line {line + 1} on cannot be read: {error}")
            continue
        constants = _Constants(dict(_constants(tree)))
        for node in _configurations(tree):
            properties = dict(_properties(node, constants, line, lost))
    if properties is None:
        first, *others = [*lost, f"no {_NAME} = {{…}} in it"]
        raise CommandError(first, "\n".join(map(escape, others)))
    return properties


def _nodes(tree: Node) -> Iterator[Node]:
    queue: list[Any] = [tree]
    for item in queue:
        if isinstance(item, list):
            queue += item
        elif isinstance(item, Node):
            yield item
            queue += vars(item).values()


class _Constants:
    """The constants of a script; each is read once, however many others name it."""

    def __init__(self, nodes: dict[str, Node]) -> None:
        self._nodes = nodes
        self._values: dict[str, object] = {}

    def value(self, name: str) -> object:
        """Return the value of a constant; raises _UnclearError if it has none."""
        if name not in self._values:
            node = self._nodes.pop(name, None)  # it may not contain itself
            try:
                self._values[name] = _value(node, self)
            except RecursionError:
                raise _UnclearError from None
        return self._values[name]


def _constants(tree: Node) -> Iterator[tuple[str, Node]]:
    for node in tree.body:
        if node.type == "VariableDeclaration" and node.kind == "const":
            yield from ((entry.id.name, entry.init) for entry in node.declarations)


def _configurations(tree: Node) -> Iterator[Node]:
    for node in _nodes(tree):
        left, right = node.id or node.left, node.init or node.right
        named = left and _NAME in (left.name, left.property and left.property.name)
        if named and right and right.type == "ObjectExpression":
            yield right


def _properties(
    node: Node, constants: _Constants, line: int, lost: list[str]
) -> Iterator[tuple[str, object]]:
    for entry in node.properties:
        try:
            yield _entry(entry, constants)
        except _UnclearError as error:
            number = line + entry.loc.start.line
            reason = "its value is known only when the script runs"
            lost.append(f"line {number}: {error}skipped, because {reason}")


def _entry(entry: Node, constants: _Constants) -> tuple[str, object]:
    if entry.type != "Property" or entry.computed or entry.kind != "init":
        raise _UnclearError
    name = str(entry.key.name or entry.key.value)
    try:
        return name, _value(entry.value, constants)
    except _UnclearError:
        raise _UnclearError(f"{name}: ") from None


def _value(node: Node, constants: _Constants) -> object:
    """Return what a literal is; raises _UnclearError for all else."""
    match node and node.type:  # a list may have holes
        case "Literal" if not node.regex:
            return node.value
        case "TemplateLiteral" if not node.expressions:
            return node.quasis[0].value.cooked
        case "UnaryExpression" if isinstance(node.argument.value, int | float):
            number = node.argument.value
            results = {"-": -number, "+": number, "!": not number}
            if node.operator in results:
                return results[node.operator]
        case "ArrayExpression":
            return [_value(item, constants) for item in node.elements]
        case "ObjectExpression":
            return dict(_entry(entry, constants) for entry in node.properties)
        case "Identifier":
            return constants.value(node.name)
    raise _UnclearError
