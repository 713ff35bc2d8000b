"""Loads the configuration of a command, and defines errors that stop a command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from halochat import Site
from halochat.cli.output import echo, escape, escape_lines
from halochat.config_files import (
    Configuration,
    ConfigurationError,
    find_configuration,
)

_file_type = click.Path(exists=True, dir_okay=False, path_type=Path)
file_argument = click.argument("file", required=False, type=_file_type)
files_argument = click.argument("files", metavar="[FILE]...", nargs=-1, type=_file_type)


class CommandError(click.ClickException):
    """An error that stops a command before it changes or checks anything."""

    exit_code = 2

    def __init__(self, message: str, details: str = "") -> None:
        lines = [escape(message), *filter(None, [escape_lines(details)])]
        super().__init__("\n".join(lines))


def load_configuration(
    path: Path | None, overrides: Sequence[str] = (), tags: Sequence[str] = ()
) -> Configuration:
    """Read the configuration at a path, by default the first one in the folder."""
    try:
        return find_configuration(path, overrides, tags)
    except ConfigurationError as error:
        raise CommandError(str(error), error.details) from None


def load_site(configuration: Configuration) -> Site:
    """Return the site of a configuration; print its problems, and stop at errors."""
    site = Site(configuration.options, syntax=configuration.syntax)
    for problem in site.problems:
        echo(configuration.describe(problem), err=True)
    errors = sum(problem.severity == "error" for problem in site.problems)
    if errors:
        count = f"{errors} error{'s' * (errors != 1)}"
        raise CommandError(f"{configuration.path}: {count}; no files were changed.")
    return site
