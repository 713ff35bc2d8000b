"""`halochat import`: converts Halo's own script into a configuration."""

from __future__ import annotations

import pprint
from collections.abc import Callable
from typing import BinaryIO

import click
import yaml

from halochat import Site
from halochat.cli.configuration import CommandError
from halochat.cli.output import echo
from halochat.document import elements
from halochat.embed import vendor_script_url
from halochat.naming import unknown_name
from halochat.options import PROPERTIES, find_option

_MAX_SIZE = 10_000_000  # bytes; a device such as /dev/zero has no end
_Options = dict[str, object]


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True  # the value of a constant is written wherever it is used


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


@click.command(
    "import", epilog=_EPILOG, short_help="Convert Halo's script into a configuration."
)
@click.argument("file", type=click.File("rb"))
@click.option(
    "--to",
    type=click.Choice([*_WRITERS]),
    default="file",
    help="Output format: for mkdocs.yml, for Sphinx's conf.py, or for halochat.yml.",
)
def import_(file: BinaryIO, to: str) -> None:
    """Convert a page that already contains Halo's script into a configuration.

    FILE is the page, or only the script that Halo shows in a chat profile. Use - to
    read standard input. The script is not executed. Properties that cannot be converted
    are reported on standard error.
    """
    try:
        from halochat.cli.script import read_properties
    except ImportError:
        raise CommandError(
            "a parser of JavaScript is missing: pip install 'halochat-docs[import]'"
        ) from None
    data = file.read(_MAX_SIZE + 1)
    if len(data) > _MAX_SIZE:
        raise CommandError(f"{file.name}: larger than {_MAX_SIZE // 10**6} MB")
    html = data.decode("utf-8-sig", "replace")
    lost: list[str] = []
    options = _options(read_properties(html, lost))
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
    """Convert properties to options; unknown properties are put under `extra`."""
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
    """Return `script_url`, if the widget's script is not at its default address."""
    sources = (tag.attributes.get("src", "") for tag in elements(html))
    script = next((url for url in sources if url.endswith("chat/index.js")), "")
    is_beside = "chat_service_url" in options and vendor_script_url(options) == script
    return {"script_url": script} if script and not is_beside else {}
