"""Reads the configuration in Halo's script, without running it.

It needs the extra `import`, which installs a parser of JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import esprima  # type: ignore[import-untyped]
from esprima.nodes import Node  # type: ignore[import-untyped]

from halochat.cli.configuration import CommandError
from halochat.cli.output import escape
from halochat.document import elements

_NAME = "haloChatConfig"
_MAX_CHARACTERS = 50_000


class _UnclearError(Exception):
    """Raised for a value that is known only when the script runs."""


def read_properties(html: str, lost: list[str]) -> dict[str, object]:
    """Return the properties in the last `haloChatConfig` of a page or a script.

    Values that cannot be read are added to `lost`, with the reason. Raises CommandError
    if no configuration can be read.
    """
    texts = [tag.text for tag in elements(html) if tag.name == "script"] or [html]
    properties: dict[str, object] | None = None
    characters = 0
    for text in (text for text in texts if _NAME in text):
        line = html[: html.index(text)].count("\n")
        characters += len(text)
        if characters > _MAX_CHARACTERS:
            message = f"the scripts have more than {_MAX_CHARACTERS:,} characters"
            lost.append(f"the script at line {line + 1} is skipped, because {message}")
            continue
        try:
            tree = esprima.parseScript(text, {"loc": True, "tolerant": True})
        except (esprima.Error, RecursionError) as error:
            lost.append(f"the script at line {line + 1} cannot be read: {error}")
            continue
        constants = _Constants(dict(_constants(tree)))
        for node in _configurations(tree):
            properties = dict(_properties(node, constants, line, lost))
    if properties is None:
        first, *others = [*lost, f"no {_NAME} = {{…}} found"]
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
    """The constants of a script. Each is read once, even if others refer to it."""

    def __init__(self, nodes: dict[str, Node]) -> None:
        self._nodes = nodes
        self._values: dict[str, object] = {}

    def value(self, name: str) -> object:
        """Return the value of a constant; raises _UnclearError if it is unknown."""
        if name not in self._values:
            node = self._nodes.pop(name, None)  # a constant must not contain itself
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
    """Return the value of a literal; raises _UnclearError for other expressions."""
    match node and node.type:  # a list can have empty elements
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
