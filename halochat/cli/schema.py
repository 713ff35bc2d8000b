"""`halochat schema`: the options as JSON schema, for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from halochat import __version__
from halochat.options import OPTIONS, Option

_SPELLINGS = (
    "Options of Halo live chat, in snake_case; chatServiceUrl and chat-service-url are "
    "understood as well, and mean chat_service_url."
)
_Schema = dict[str, object]
_NULL = {"type": "null"}


_EPILOG = """\
\b
Example:
    halochat schema > halochat.schema.json
and as the first line of halochat.yml:
    # yaml-language-server: $schema=halochat.schema.json
"""


@click.command(epilog=_EPILOG)
@click.option(
    "--host",
    type=click.Choice(["mkdocs", "sphinx", "file"]),
    default="file",
    help="Where the options stand: in mkdocs.yml, in Sphinx's `halochat_options`, or "
    "at the top of halochat.yml.",
)
def schema(host: str) -> None:
    """Print a JSON schema of the options, for editors that check what is typed."""
    click.echo(json.dumps(schema_for(host), indent=2))


def schema_for(host: str) -> _Schema:
    """Return the JSON schema of what holds the options in a host."""
    site: _Schema = {"$ref": "#/$defs/site"}
    named = _holding(halochat=site)
    top = {
        "mkdocs": _holding(plugins={**named, "items": named}, extra=named),
        "sphinx": _holding(halochat_options=site),
        "file": site,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"halochat {__version__}",
        **top[host],
        "$defs": {"site": _site(), "page": _page()},
    }


def _holding(**properties: object) -> _Schema:
    return {"properties": properties}


def _site() -> _Schema:
    properties = {name: _described(option) for name, option in OPTIONS.items()}
    page = {"anyOf": [{"$ref": "#/$defs/page"}, {"type": "boolean"}, _NULL]}
    properties["pages"] |= {
        "propertyNames": {"pattern": "^[^!]"},
        "additionalProperties": page,
    }
    required = [name for name, option in OPTIONS.items() if option.required]
    return {**_options(properties), "required": required}


def _page() -> _Schema:
    pages = {name: option for name, option in OPTIONS.items() if option.page}
    properties: dict[str, _Schema] = {
        name: {"anyOf": [_described(option), _NULL]} for name, option in pages.items()
    }
    properties["load"]["not"] = {"const": "snippet"}
    return _options(properties)


def _options(properties: Mapping[str, _Schema]) -> _Schema:
    return {
        "type": "object",
        "description": _SPELLINGS,
        "properties": properties,
        "additionalProperties": False,
    }


def _described(option: Option) -> _Schema:
    default = {} if option.default is None else {"default": option.default}
    return {"description": option.summary, **option.type.schema, **default}
