from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012
from sites import PROFILE
from values import BAD_AND_GOOD

from halochat.cli import main
from halochat.options import OPTIONS
from halochat.validation import validate_site


@cache
def schema(*arguments: str) -> Draft202012Validator:
    result = CliRunner().invoke(main, ["schema", *arguments])
    document = json.loads(result.output)
    Draft202012Validator.check_schema(document)
    return Draft202012Validator(document)


def agree(options: dict[str, Any]) -> bool:
    """Return what both say; they must say the same."""
    problems = [
        problem
        for problem in validate_site(options).problems
        if problem.severity == "error"
    ]
    # The schemas for YAML also accept the names of environment variables.
    valid = schema("--host", "sphinx").is_valid({"halochat_options": options})
    assert valid is not bool(problems), problems
    return valid


# No JSON has it, and no editor shows it.
VALUES = {
    name: values
    for name, values in BAD_AND_GOOD.items()
    if values[0] != {"a": float("inf")}
}


@pytest.mark.parametrize("name", VALUES)
def test_schema_and_checks_refuse_the_same_value(name: str) -> None:
    assert agree({**PROFILE, name: VALUES[name][0]}) is False


@pytest.mark.parametrize("name", BAD_AND_GOOD)
def test_schema_and_checks_accept_the_same_value(name: str) -> None:
    assert agree({**PROFILE, name: BAD_AND_GOOD[name][1]}) is True


@pytest.mark.parametrize("name", OPTIONS)
def test_schema_and_checks_agree_that_a_site_sets_no_null(name: str) -> None:
    assert agree({**PROFILE, name: None}) is False


@pytest.mark.parametrize("name", BAD_AND_GOOD)
def test_schema_and_checks_agree_on_the_options_of_a_page(name: str) -> None:
    value = BAD_AND_GOOD[name][1]
    assert agree({**PROFILE, "pages": {"a": {name: value}}}) is OPTIONS[name].page


@pytest.mark.parametrize("name", [name for name in VALUES if OPTIONS[name].page])
def test_schema_and_checks_refuse_the_same_value_of_a_page(name: str) -> None:
    assert agree({**PROFILE, "pages": {"a": {name: VALUES[name][0]}}}) is False


@pytest.mark.parametrize(
    ("options", "valid"),
    [
        ({}, False),
        ({**PROFILE, "widht": 1}, False),
        ({**PROFILE, "load": "snippet"}, True),
        ({**PROFILE, "pages": {"a": False, "b": True, "c": None}}, True),
        ({**PROFILE, "pages": {"a": {"colour": None}}}, True),
        ({**PROFILE, "pages": {"a": {"load": "snippet"}}}, False),
        ({**PROFILE, "pages": {"a": {"widht": 1}}}, False),
        ({**PROFILE, "pages": {"a": 1}}, False),
        ({**PROFILE, "pages": {"!a": False}}, False),
        ({**PROFILE, "language": {"send": "Send it"}}, True),
        ({**PROFILE, "language": {"sent": "Send it"}}, False),
        ({**PROFILE, "bubble_styles": {"left": "1px", "right": 1.5}}, True),
        ({**PROFILE, "pages": {"a": {"bubble_styles": {"left": None}}}}, True),
        ({**PROFILE, "pages": {"a": {"language": {"send": None}}}}, True),
        ({**PROFILE, "hosts": ["docs.example.com", "127.0.0.1"]}, True),
        ({**PROFILE, "hosts": "docs.example.com"}, False),
    ],
)
def test_schema_and_checks_agree(options: dict[str, Any], valid: bool) -> None:
    assert agree(options) is valid


def in_mkdocs(place: str, options: dict[str, Any]) -> dict[str, Any]:
    return {
        "list": {"plugins": ["search", {"halochat": options}]},
        "mapping": {"plugins": {"search": {}, "halochat": options}},
        "extra": {"extra": {"social": [], "halochat": options}},
    }[place]


@pytest.mark.parametrize("place", ["list", "mapping", "extra"])
def test_mkdocs_schema_has_the_options_under_the_plugin(place: str) -> None:
    found = schema("--host", "mkdocs")
    assert found.is_valid(in_mkdocs(place, dict(PROFILE)))
    assert not found.is_valid(in_mkdocs(place, {**PROFILE, "width": "1"}))


def test_sphinx_schema_has_the_options_under_their_name() -> None:
    found = schema("--host", "sphinx")
    assert found.is_valid({"halochat_options": dict(PROFILE)})
    assert not found.is_valid({"halochat_options": {**PROFILE, "width": "1"}})


def content(node: yaml.Node) -> Any:
    """Return what an editor validates: every value, without its tag."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: content(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [content(value) for value in node.value]
    if node.tag.startswith("!"):
        return node.value
    return yaml.SafeLoader("").construct_object(node)


ENVIRONMENT = """
chat_service_url: !ENV HALO_URL
config_id: !ENV [HALO_ID, CHAT_ID, 42]
config_key: key
enabled: !ENV [CI, true]
timeout: !ENV HALO_TIMEOUT
load: !ENV [HALO_LOAD, click]
hosts: [docs.example.com, !ENV DOCS_HOST]
pages: {blog/**: {theme: !ENV HALO_THEME}}
"""


def test_schemas_for_yaml_accept_variables_for_every_type() -> None:
    options = content(yaml.compose(ENVIRONMENT))
    assert schema().is_valid(options)
    assert schema("--host", "mkdocs").is_valid(in_mkdocs("list", options))
    assert not schema("--host", "sphinx").is_valid({"halochat_options": options})
    for other in ("idel", ["idle"], [], ["HALO_LOAD-", "click"]):
        assert not schema().is_valid({**options, "load": other}), other


MATERIAL = "https://squidfunk.github.io/mkdocs-material/schema"


def test_material_checks_everything_but_the_plugin() -> None:
    parts = {
        f"{MATERIAL}/{name}.json": {}
        for name in ("theme", "extensions", "nav", "validation", "extra")
    }
    parts[f"{MATERIAL}/plugins.json"] = {"items": {"enum": ["search"]}}
    parts[f"{MATERIAL}/theme.json"] = {"required": ["name"]}
    registry = Registry().with_resources(
        (url, DRAFT202012.create_resource(part)) for url, part in parts.items()
    )
    found = Draft202012Validator(schema("--host", "material").schema, registry=registry)
    for place in ("list", "mapping", "extra"):
        assert found.is_valid(in_mkdocs(place, dict(PROFILE)))
        assert not found.is_valid(in_mkdocs(place, {**PROFILE, "width": "1"}))
    assert not found.is_valid({"plugins": ["serch"]})
    assert not found.is_valid({"plugins": [{"serch": {}}]})
    assert not found.is_valid({"theme": {}})


def test_schema_describes_each_option() -> None:
    site = schema("--host", "sphinx").schema["$defs"]["site"]
    timeout = {
        "description": OPTIONS["timeout"].summary,
        "type": "integer",
        "minimum": 1,
        "maximum": 600,
        "default": 15,
    }
    assert site["properties"]["timeout"] == timeout
    assert site["properties"]["chat_service_url"]["patternErrorMessage"] == (
        f"Expected {OPTIONS['chat_service_url'].type.label}."
    )
    described = schema().schema["$defs"]["site"]["properties"]["timeout"]
    assert described["description"] == timeout["description"]
    assert described["default"] == timeout["default"]
    assert "chatServiceUrl" in site["description"]
    assert site["required"] == ["chat_service_url", "config_id", "config_key"]
