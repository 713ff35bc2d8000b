from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
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
    valid = schema().is_valid(options)
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
def test_schema_and_checks_take_the_same_value(name: str) -> None:
    assert agree({**PROFILE, name: BAD_AND_GOOD[name][1]}) is True


@pytest.mark.parametrize("name", OPTIONS)
def test_schema_and_checks_agree_that_a_site_sets_no_null(name: str) -> None:
    assert agree({**PROFILE, name: None}) is False


@pytest.mark.parametrize("name", BAD_AND_GOOD)
def test_schema_and_checks_agree_on_what_a_page_may_set(name: str) -> None:
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
def test_mkdocs_has_the_options_at_their_place(place: str) -> None:
    found = schema("--host", "mkdocs")
    assert found.is_valid(in_mkdocs(place, dict(PROFILE)))
    assert not found.is_valid(in_mkdocs(place, {**PROFILE, "width": "1"}))


def test_sphinx_has_the_options_at_their_place() -> None:
    found = schema("--host", "sphinx")
    assert found.is_valid({"halochat_options": dict(PROFILE)})
    assert not found.is_valid({"halochat_options": {**PROFILE, "width": "1"}})


def test_an_editor_is_told_what_each_option_is() -> None:
    site = schema().schema["$defs"]["site"]
    assert site["properties"]["timeout"] == {
        "description": OPTIONS["timeout"].summary,
        "type": "integer",
        "minimum": 1,
        "maximum": 600,
        "default": 15,
    }
    assert "chatServiceUrl" in site["description"]
    assert site["required"] == ["chat_service_url", "config_id", "config_key"]
