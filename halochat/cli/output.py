"""Prints messages, each on one line, with control characters escaped."""

from __future__ import annotations

import re
import unicodedata

import click

# A line that begins or contains this is a command for GitHub or Azure Pipelines.
_CI_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#(?:\[|vso\[))")


def echo(message: object, *, err: bool = False) -> None:
    """Print a message on one line, with control characters escaped."""
    click.echo(escape(str(message)), err=err)


def escape(text: str) -> str:
    """Escape characters and commands that control a terminal or a CI server.

    File names and responses of servers are not trusted.
    """
    text = "".join(_escape(char) if _is_control(char) else char for char in text)
    return _CI_COMMAND.sub(lambda match: "".join(map(_escape, match[0])), text)


def escape_lines(text: str) -> str:
    """Escape each line of a text with several lines, such as a traceback."""
    return "\n".join(map(escape, text.split("\n")))


def _is_control(char: str) -> bool:
    # Controls, marks of direction, halves of characters; separators of lines.
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _escape(char: str) -> str:
    number = ord(char)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
