"""`halochat schema`: prints a JSON schema of the options for editors."""

from __future__ import annotations

import json
from collections.abc import Mapping

import click

from halochat import __version__
from halochat.options import OPTIONS, Option

_SPELLINGS = (
    "Options of Halo live chat, in snake_case. Other spellings, such as chatServiceUrl "
    "and chat-service-url, are accepted, too."
)
# The whole schema of Material refuses unknown plugins; its parts do not.
_MATERIAL = "https://squidfunk.github.io/mkdocs-material/schema"
_MATERIAL_PARTS = {
    "theme": "theme",
    "markdown_extensions": "extensions",
    "nav": "nav",
    "validation": "validation",
}
# An editor sees the content of `!ENV NAME` or `!ENV [NAME, default]` without the tag.
_NAME = {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"}
_VARIABLE = {"anyOf": [_NAME, {"type": "array", "prefixItems": [_NAME], "minItems": 1}]}
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
    type=click.Choice(["mkdocs", "material", "sphinx", "file"]),
    default="file",
    help="Location of the options: mkdocs.yml, mkdocs.yml together with the schema "
    "of Material for MkDocs, Sphinx's `halochat_options`, or the top of "
    "halochat.yml.",
)
def schema(host: str) -> None:
    """Print a JSON schema of the options, for editors."""
    click.echo(json.dumps(schema_for(host), indent=2))


def schema_for(host: str) -> _Schema:
    """Return the JSON schema of the file with the options of a host."""
    site: _Schema = {"$ref": "#/$defs/site"}
    named = _holding(halochat=site)
    material = {
        name: {"$ref": f"{_MATERIAL}/{part}.json"}
        for name, part in _MATERIAL_PARTS.items()
    }
    other_plugin = {"$ref": f"{_MATERIAL}/plugins.json#/items"}
    is_ours = {"type": "object", "required": ["halochat"]}
    plugin = {**named, "if": is_ours, "then": True, "else": other_plugin}
    top = {
        "mkdocs": _holding(plugins={**named, "items": named}, extra=named),
        "material": _holding(
            **material,
            plugins={**named, "items": plugin},
            extra={**named, "$ref": f"{_MATERIAL}/extra.json"},
        ),
        "sphinx": _holding(halochat_options=site),
        "file": site,
    }
    yaml = host != "sphinx"
    definitions = {"site": _site(yaml), "page": _page(yaml)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"halochat {__version__}",
        **top[host],
        "$defs": {**definitions, "variable": _VARIABLE} if yaml else definitions,
    }


def _holding(**properties: object) -> _Schema:
    return {"properties": properties}


def _site(yaml: bool) -> _Schema:
    properties = {name: _described(option, yaml) for name, option in OPTIONS.items()}
    page = {"anyOf": [{"$ref": "#/$defs/page"}, {"type": "boolean"}, _NULL]}
    properties["pages"] |= {
        "propertyNames": {"pattern": "^[^!]"},
        "additionalProperties": page,
    }
    required = [name for name, option in OPTIONS.items() if option.required]
    return {**_options(properties), "required": required}


def _page(yaml: bool) -> _Schema:
    pages = {name: option for name, option in OPTIONS.items() if option.page}
    properties: dict[str, _Schema] = {
        name: {
            "anyOf": [_described(option, yaml), *([] if option.required else [_NULL])]
        }
        for name, option in pages.items()
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


def _described(option: Option, yaml: bool) -> _Schema:
    default = {} if option.default is None else {"default": option.default}
    accepted = dict(option.type.schema)
    if "pattern" in accepted:  # which editors would otherwise show
        accepted["patternErrorMessage"] = f"Expected {option.type.label}."
    if yaml:
        accepted = _or_variable(accepted)
    return {"description": option.summary, **accepted, **default}


def _or_variable(schema: Mapping[str, object]) -> _Schema:
    items = schema.get("items")
    if isinstance(items, Mapping):
        schema = {**schema, "items": _or_variable(items)}
    return {"anyOf": [schema, {"$ref": "#/$defs/variable"}]}
