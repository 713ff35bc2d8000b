"""The configuration that a command is given, and how a command stops without one."""

from __future__ import annotations

from pathlib import Path

import click

from halochat import config_files
from halochat.config_files import Data, Source

file_argument = click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)


class ConfigurationError(click.ClickException):
    """A configuration that cannot be used."""

    exit_code = 2


def find_source(path: Path | None) -> Source:
    """Read a configuration: the one named, or the first that the folder has."""
    try:
        return config_files.find_source(path)
    except config_files.ConfigurationError as error:
        raise ConfigurationError(str(error)) from None


def usable(source: Source) -> Data:
    """Return checked options; say what is wrong, and stop where it is fatal."""
    checked = source.check()
    for problem in checked.problems:
        click.echo(source.describe(problem), err=True)
    fatal = sum(problem.fatal for problem in checked.problems)
    if fatal:
        raise ConfigurationError(f"{fatal} to mend in {source.path}; nothing was done.")
    return checked.options
