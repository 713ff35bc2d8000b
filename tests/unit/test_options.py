from __future__ import annotations

import re
from collections import UserDict

import pytest
from facts import CONTRACT
from values import BAD_AND_GOOD

from halochat.languages import ENGLISH
from halochat.layers import resolve
from halochat.naming import normalize_name
from halochat.options import GROUPS, OPTIONS, PROPERTIES, find_option
from halochat.validation import Validated, validate_page, validate_site

SITE = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "7",
    "config_key": "k",
}
# What a `mkdocs.config.Config`, a UserDict, has beside its options.
OF_A_CONFIG = {
    *dir(UserDict),
    *["data", "site", "user_configs", "config_file_path", "set_defaults", "load_dict"],
    *["load_file", "validate", "plugins"],
}


def of(problems: list, name: str) -> list[str]:
    """The errors of one option, and of what is inside it."""
    return [
        problem.option
        for problem in problems
        if problem.severity == "error" and re.match(rf"{name}\b", problem.option)
    ]


def page(layer: object) -> Validated:
    _, (validated,) = validate_page([layer], resolve(SITE, "index.md"))
    return validated


def test_properties_match_the_contract():
    assert {option.key: option.required for option in PROPERTIES} == {
        entry["name"]: entry["required"] for entry in CONTRACT["properties"]
    }


def test_defaults_match_the_contract():
    assert {
        option.key: option.default
        for option in PROPERTIES
        if option.default is not None
    } == {
        "theme": "light",
        "persistChatToken": True,
        "chatMode": "websocket",
        "iconSize": 50,
        "includeFont": True,
        "autoInitialize": True,
    }


def test_texts_match_the_contract():
    assert dict(ENGLISH.widget) == CONTRACT["language"]
    assert len(ENGLISH.widget) == 25


def test_only_vendor_properties_name_their_halo_version():
    assert [option for option in OPTIONS.values() if option.since] == [*PROPERTIES]


@pytest.mark.parametrize("name", OPTIONS)
def test_name_is_snake_case_and_not_an_attribute_of_a_config(name):
    assert re.fullmatch("[a-z]+(_[a-z]+)*", name)
    assert name not in OF_A_CONFIG


def test_names_differ_in_more_than_spelling():
    assert len({normalize_name(name) for name in OPTIONS}) == len(OPTIONS)
    assert sum(len(group) for group in GROUPS.values()) == len(OPTIONS)


@pytest.mark.parametrize("name", OPTIONS)
def test_finds_an_option_in_each_spelling(name):
    option = OPTIONS[name]
    for spelling in (name, option.key, option.directive_option, name.upper()):
        assert find_option(spelling) is option


def test_directive_names_have_hyphens():
    assert OPTIONS["chat_mode"].directive_option == "chat-mode"


def test_unknown_option_is_not_found():
    assert find_option("colour_") is OPTIONS["colour"]
    assert find_option("color") is None


@pytest.mark.parametrize("name", OPTIONS)
def test_summary_is_one_short_sentence(name):
    summary = OPTIONS[name].summary
    assert re.fullmatch(r"[A-Z][^.]*(?:\.[^. ][^.]*)*\.", summary)
    assert len(summary) <= 80


@pytest.mark.parametrize("name", OPTIONS)
def test_label_completes_the_word_expected(name):
    label = OPTIONS[name].type.label
    assert re.match("an? |the |one of |text$|true or |'", label)
    assert not label.endswith(".")


def test_every_option_has_a_bad_and_a_good_value():
    assert list(BAD_AND_GOOD) == list(OPTIONS)


@pytest.mark.parametrize("name", OPTIONS)
def test_refuses_a_bad_value_for_a_site(name):
    bad, _ = BAD_AND_GOOD[name]
    validated = validate_site({**SITE, name: bad})
    assert of(validated.problems, name)
    assert name not in validated.options


@pytest.mark.parametrize("name", OPTIONS)
def test_accepts_a_good_value_for_a_site(name):
    _, good = BAD_AND_GOOD[name]
    validated = validate_site({**SITE, name: good})
    assert validated.problems == []
    assert validated.options[name] == (
        {"blog/**": {"enabled": False}} if name == "pages" else good
    )


@pytest.mark.parametrize("name", OPTIONS)
def test_refuses_a_bad_value_on_a_page(name):
    bad, _ = BAD_AND_GOOD[name]
    validated = page({name: bad})
    assert of(validated.problems, name)
    assert validated.options == {}


@pytest.mark.parametrize("name", [n for n, option in OPTIONS.items() if option.page])
def test_accepts_a_good_value_on_a_page(name):
    _, good = BAD_AND_GOOD[name]
    validated = page({name: good})
    assert (validated.problems, validated.options) == ([], {name: good})


@pytest.mark.parametrize(
    "name", [n for n, option in OPTIONS.items() if not option.page]
)
def test_refuses_an_option_of_the_site_on_a_page(name):
    _, good = BAD_AND_GOOD[name]
    validated = page({name: good})
    assert list(map(str, validated.problems)) == [
        f"{name}: can only be set for the whole site; move it to the site's options"
    ]
    assert validated.options == {}


def test_options_of_the_site_are_the_endpoints_and_the_policy():
    assert {name for name, option in OPTIONS.items() if not option.page} == {
        "chat_service_url",
        "script_url",
        "tenant_id",
        "hosts",
        "consent",
        "identity",
        "analytics",
        "preview",
        "pages",
    }
