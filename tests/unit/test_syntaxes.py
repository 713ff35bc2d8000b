"""Messages in the words of the file that their reader edits."""

from __future__ import annotations

import pickle
from datetime import date, time
from pathlib import PurePosixPath
from textwrap import dedent

import pytest

from halochat import Site
from halochat.config_files import read_configuration
from halochat.syntaxes import SYNTAXES
from halochat.validation import validate_page

SITE = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "7",
    "config_key": "k",
}
QUOTES = "put quotes around it"


def printed(options, syntax):
    return [
        str(problem) for problem in Site({**SITE, **options}, syntax=syntax).problems
    ]


@pytest.mark.parametrize(
    ("options", "messages"),
    [
        (
            {"debug": "maybe"},
            {
                "yaml": "debug: expected true or false, got 'maybe'",
                "toml": "debug: expected true or false, got 'maybe'",
                "python": "debug: expected True or False, got 'maybe'",
            },
        ),
        (
            {"width": True},
            {
                "yaml": "width: expected a positive whole number of pixels, got true",
                "toml": "width: expected a positive whole number of pixels, got true",
                "python": "width: expected a positive whole number of pixels, got True",
            },
        ),
        (
            {"tenant_id": 83},
            {
                "yaml": f"tenant_id: expected a string, got 83; {QUOTES}: YAML reads 0123 "
                "as 83, and 1:30 as 90",
                "toml": f"tenant_id: expected a string, got 83; {QUOTES}",
                "python": f"tenant_id: expected a string, got 83; {QUOTES}",
            },
        ),
        (
            {"tenant_id": False},
            {
                "yaml": f"tenant_id: expected a string, got false; {QUOTES}: YAML reads on, "
                "off, yes and no as true or false",
                "toml": f"tenant_id: expected a string, got false; {QUOTES}",
                "python": f"tenant_id: expected a string, got False; {QUOTES}",
            },
        ),
        (
            {"tenant_id": None},
            {
                "yaml": "tenant_id: expected a string, got no value; YAML reads # as "
                "the start of a comment, so put quotes around a value with #; if the "
                "value comes from an environment variable, set the variable",
                "toml": "tenant_id: expected a string, got no value",
                "python": "tenant_id: expected a string, got None",
            },
        ),
        (
            {"tenant_id": date(2026, 1, 31)},
            {
                "yaml": f"tenant_id: expected a string, got a date; {QUOTES}",
                "toml": f"tenant_id: expected a string, got a date; {QUOTES}",
                "python": f"tenant_id: expected a string, got a date; {QUOTES}",
            },
        ),
        (
            {"tenant_id": time(1, 30)},
            {"toml": f"tenant_id: expected a string, got a time; {QUOTES}"},
        ),
        (
            {"icon": PurePosixPath("a.svg")},
            {
                "python": "icon: expected an https address, or a path in the site such "
                "as 'images/chat.svg', got a path; convert it with str()",
            },
        ),
        (
            {"icon": print},
            {
                "python": "icon: expected an https address, or a path in the site such "
                "as 'images/chat.svg', got an object",
            },
        ),
        (
            {"bubble_styles": "bottom: 1px"},
            {
                "yaml": "bubble_styles: expected a mapping of CSS properties to strings or "
                "numbers, such as {bottom: 100px}, got 'bottom: 1px'",
                "toml": "bubble_styles: expected a table of CSS properties to strings or "
                "numbers, such as {bottom = \"100px\"}, got 'bottom: 1px'",
                "python": "bubble_styles: expected a dictionary of CSS properties to "
                "strings or numbers, such as {'bottom': '100px'}, got 'bottom: 1px'",
            },
        ),
        (
            {"width": {}},
            {
                "yaml": "width: expected a positive whole number of pixels, got a mapping",
                "toml": "width: expected a positive whole number of pixels, got a table",
                "python": "width: expected a positive whole number of pixels, got a "
                "dictionary",
            },
        ),
        (
            {"pages": {"a/*": "off"}},
            {
                "yaml": "pages.a/*: expected a mapping of options, or false for no chat, "
                "got 'off'; did you mean false for no chat?",
                "toml": "pages.a/*: expected a table of options, or false for no chat, "
                "got 'off'; did you mean false for no chat?",
                "python": "pages.a/*: expected a dictionary of options, or False for no "
                "chat, got 'off'; did you mean False for no chat?",
            },
        ),
        (
            {"pages": {"a/*": {"debug": "yes"}}},
            {
                "yaml": "pages.a/*.debug: expected true or false, got 'yes'; did you "
                "mean true, without quotes?",
                "python": "pages.a/*.debug: expected True or False, got 'yes'; did you "
                "mean True, without quotes?",
            },
        ),
        (
            {"load": "snippet", "consent": True},
            {
                "yaml": "consent: needs the loader, which `load: snippet` does not use; "
                "choose another `load`",
                "toml": 'consent: needs the loader, which `load = "snippet"` does not '
                "use; choose another `load`",
                "python": "consent: needs the loader, which `'load': 'snippet'` does not "
                "use; choose another `load`",
            },
        ),
        (
            {"enable_inbound_events": False, "hideHeader": True},
            {
                "yaml": "hideHeader: needs `enable_inbound_events`, which is false; set "
                "it to true",
                "python": "hideHeader: needs `enable_inbound_events`, which is False; "
                "set it to True",
            },
        ),
    ],
)
def test_message_uses_the_terms_of_its_syntax(options, messages):
    assert {syntax: printed(options, syntax) for syntax in messages} == {
        syntax: [message] for syntax, message in messages.items()
    }


def test_python_none_unsets_an_option():
    options = {"pages": {"a/*": {"colour": None}}}
    assert printed(options, "python") == []
    assert printed(options, "yaml") == [
        "pages.a/*.colour: no value, so this option is unset here; if you meant a "
        "color, put quotes around it, as in '#E83C4A'"
    ]


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("of", "expected off for no chat, got 'of'; did you mean off for no chat?"),
        ("onn", "expected off for no chat, got 'onn'; did you mean true?"),
        ("maybe", "expected off for no chat, got 'maybe'"),
    ],
)
def test_argument_of_a_directive_gets_a_suggestion(argument, message):
    _, (validated,) = validate_page([argument], SITE)
    (problem,) = validated.problems
    assert str(problem.written_in("text")) == message


def test_problem_stays_the_same_when_it_is_pickled():
    (problem,) = Site({**SITE, "colr": 1}).problems
    pickled = pickle.dumps(problem)
    assert str(pickle.loads(pickled)) == str(problem)  # noqa: S301 - our own


@pytest.mark.parametrize("value", [None, "x", 7])
def test_string_needs_no_quotes(value):
    assert SYNTAXES["text"].string_hint(value) == ""


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "halochat.yml",
            "{profile}debug: maybe",
            "expected true or false, got 'maybe'",
        ),
        (
            "halochat.toml",
            '{profile}bubble_styles = "x"',
            "expected a table of CSS properties to strings or numbers, such as "
            "{bottom = \"100px\"}, got 'x'",
        ),
        pytest.param(
            "conf.py",
            "halochat_options = {{{profile}'debug': 'maybe'}}",
            "expected True or False, got 'maybe'",
            marks=pytest.mark.sphinx,
        ),
    ],
)
def test_configuration_has_the_syntax_of_its_file(tmp_path, name, text, message):
    pair = {".yml": "{}: '{}'\n", ".toml": "{} = '{}'\n", ".py": "'{}': '{}', "}
    path = tmp_path / name
    profile = "".join(pair[path.suffix].format(*item) for item in SITE.items())
    path.write_text(dedent(text).format(profile=profile), encoding="utf-8")
    configuration = read_configuration(path)
    site = Site(configuration.options, syntax=configuration.syntax)
    assert [problem.message for problem in site.problems] == [message]


@pytest.mark.parametrize(
    ("spelling", "suggestion"),
    [
        ("icon-siez", "icon-size"),
        ("iconSiez", "iconSize"),
        ("icon_siez", "icon_size"),
        ("iconsiez", "icon_size"),
    ],
)
def test_suggestion_is_spelled_as_the_author_spells(spelling, suggestion):
    assert printed({spelling: 4}, "yaml") == [
        f"{spelling}: unknown option, did you mean '{suggestion}'?"
    ]
