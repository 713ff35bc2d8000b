from __future__ import annotations

import re
from pathlib import Path

import pytest

from halochat import Site
from halochat.options import OPTIONS

EXAMPLE = {name: option.example for name, option in OPTIONS.items() if option.example}
OWN = {
    "chat_service_url": "https://acme.halopsa.com/api",
    "config_id": "42",
    "config_key": "91d2c7a4",
}
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def messages(site: Site) -> list[str]:
    assert {problem.severity for problem in site.placeholder_problems()} <= {"warning"}
    return [str(problem) for problem in site.placeholder_problems()]


# --- Values of others ---------------------------------------------------------------


def test_readme_shows_the_examples_that_are_recognized() -> None:
    for name, value in EXAMPLE.items():
        shown = re.findall(rf'{name}"?: "?([^",\n]*)', README)
        assert shown == [value, value]
    assert len(messages(Site(EXAMPLE))) == len(EXAMPLE)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "chat_service_url",
            "https://halo.example.com/api",
            "chat_service_url: 'https://halo.example.com/api' is an example; "
            "use the address of your Halo",
        ),
        (
            "script_url",
            "https://example.org/chat/index.js",
            "script_url: 'https://example.org/chat/index.js' is an example; "
            "use the address of your Halo",
        ),
        (
            "config_id",
            "your-chat-config-id",
            "config_id: 'your-chat-config-id' is a placeholder; use the value from "
            "Halo: Config > Chat > Chat Profiles",
        ),
        (
            "config_key",
            "<your key>",
            "config_key: '<your key>' is a placeholder; use the value from "
            "Halo: Config > Chat > Chat Profiles",
        ),
        (
            "config_key",
            "XXXX",
            "config_key: 'XXXX' is a placeholder; use the value from "
            "Halo: Config > Chat > Chat Profiles",
        ),
    ],
)
def test_reports_values_that_stand_for_the_authors_own(
    name: str, value: str, message: str
) -> None:
    assert messages(Site({**OWN, name: value})) == [message]


@pytest.mark.parametrize(
    "value",
    [
        "TODO",
        "change-me",
        "ChangeMe",
        "$HALO_ID",
        "${HALO_ID}",
        "{{ id }}",
        "${{ id }}",
    ],
)
def test_reports_a_variable_that_nothing_replaced(value: str) -> None:
    assert messages(Site({**OWN, "config_id": value})) == [
        f"config_id: '{value}' is a placeholder; use the value from Halo: "
        "Config > Chat > Chat Profiles"
    ]


@pytest.mark.parametrize(
    "value", [" 42", "42\n", "4 2", "\u201c42\u201d", "'42'", "https://acme.com/42"]
)
def test_reports_more_than_the_value(value: str) -> None:
    assert messages(Site({**OWN, "config_id": value})) == [
        f"config_id: {value!r} contains a space, a quotation mark or a URL; use only "
        "the value from Halo: Config > Chat > Chat Profiles"
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("chat_service_url", "https://halo.myexample.com/api"),
        ("chat_service_url", "https://example.com.acme.net/api"),
        ("config_id", "yourkshire"),
        ("config_key", "xx"),
        ("config_key", "91d2c7a4-your-docs"),
    ],
)
def test_accepts_values_that_only_resemble_an_example(name: str, value: str) -> None:
    assert messages(Site({**OWN, name: value})) == []


def test_examples_are_good_enough_without_halo() -> None:
    assert messages(Site(EXAMPLE, serving=True)) == []
    assert messages(Site({**EXAMPLE, "preview": True})) == []
    assert messages(Site({**EXAMPLE, "enabled": False})) == []
    assert len(messages(Site({**EXAMPLE, "preview": False}, serving=True))) == 3


# --- The address of the API ---------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "script", "meant"),
    [
        (
            "https://halo.acme.net",
            "https://halo.acme.net/chat/index.js",
            "https://halo.acme.net/api",
        ),
        (
            "https://halo.acme.net/",
            "https://halo.acme.net/chat/index.js",
            "https://halo.acme.net/api",
        ),
        (
            "https://halo.acme.net/api/v2/chat",
            "https://halo.acme.net/api/v2/chat/chat/index.js",
            "https://halo.acme.net/api",
        ),
        *(
            (
                f"https://halo.acme.net/{folder}",
                f"https://halo.acme.net/{folder}/chat/index.js",
                "https://halo.acme.net/api",
            )
            for folder in ("API", "portal", "auth/login")
        ),
        ("https://api", "https://api/chat/index.js", "https://api/api"),
        (
            "https://a.net/apis",
            "https://a.net/apis/chat/index.js",
            "https://a.net/apis/api",
        ),
    ],
)
def test_reports_the_address_of_an_api_that_does_not_end_like_one(
    url: str, script: str, meant: str
) -> None:
    (problem,) = Site({**OWN, "chat_service_url": url}).problems
    assert (problem.path, problem.severity) == (("chat_service_url",), "warning")
    assert problem.message == (
        f"'{url}' does not end in /api, so the chat's script is expected at {script}; "
        f"write {meant}, or set `script_url` to confirm where the script is"
    )


@pytest.mark.parametrize(
    "options",
    [
        {"chat_service_url": "https://halo.acme.net/api/"},
        {"chat_service_url": "https://acme.net/halo/api"},
        {
            "chat_service_url": "https://halo.acme.net",
            "script_url": "https://halo.acme.net/chat/index.js",
        },
        {"chat_service_url": "https://halo.acme.net", "enabled": False},
    ],
)
def test_accepts_an_address_that_ends_like_one_or_is_confirmed(
    options: dict[str, object],
) -> None:
    assert Site({**OWN, **options}).problems == []
