"""The command `halochat`, with a module for each subcommand."""

from __future__ import annotations

import click

from halochat import __version__
from halochat.cli.check import check
from halochat.cli.csp import csp
from halochat.cli.import_ import import_
from halochat.cli.inject import inject
from halochat.cli.schema import schema


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="halochat")
def main() -> None:
    """Add Halo live chat (HaloPSA / HaloITSM) to documentation sites, and check it.

    The options are read from halochat.yml, halochat.toml, zensical.toml, mkdocs.yml,
    properdocs.yml or Sphinx's conf.py.
    """


for _command in (inject, check, csp, schema, import_):
    main.add_command(_command)
