from __future__ import annotations

import logging
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from sites import PROFILE

from halochat import Site
from halochat.config_files import read_configuration, read_plugin_options

VALUES = [
    *("007", "1:30", "true", "no", "0x1F", "2026-01-31", "1_000", "1e3", ".nan"),
    *("null", "~", "", " ", "12", "0", "1", "on", "light", "auto", "de", "[a]", "a, b"),
    *("https://halo.acme.test/api", "fallback/", "docs.example.com"),
]
OPTIONS = {
    "config_id": "!ENV HALO_X",
    "tenantId": "!ENV [HALO_NOT_SET, HALO_X, 5]",
    "tenant-id": "!ENV [HALO_NOT_SET, 007]",
    "chat_service_url": "!ENV HALO_X",
    "colour": "!ENV HALO_X",
    "theme": "!ENV HALO_X",
    "load": "!ENV HALO_X",
    "icon": "!ENV HALO_X",
    "fallback_url": "!ENV HALO_X",
    "width": "!ENV HALO_X",
    "timeout": "!ENV [HALO_NOT_SET, 7]",
    "consent": "!ENV HALO_X",
    "preview": "!ENV HALO_X",
    "hosts": "!ENV HALO_X",
    " hosts": "[!ENV HALO_X, b.example.com]",
    "language": "!ENV HALO_X",
    " language": "{send: !ENV HALO_X, <<: {retry: !ENV HALO_X}}",
    "pages": "{a/*: {config_id: !ENV HALO_X, language: {send: !ENV HALO_X}}}",
    "bubble_styles": "{zIndex: !ENV HALO_X}",
    "extra": "{some: [!ENV HALO_X, {other: !ENV HALO_X}], width: !ENV HALO_X}",
}


def configure(folder: Path, option: str, value: str, *, inherited: bool) -> Path:
    profile = {**PROFILE, option.strip(): value}
    for name in {"config_id", "chat_service_url"} - {option}:
        profile[name] = PROFILE[name]
    lines = "".join(f"    {name}: {text}\n" for name, text in profile.items())
    text = f"site_name: Test\nplugins:\n  halochat:\n{lines}"
    (folder / "docs").mkdir(exist_ok=True)
    file = folder / "mkdocs.yml"
    if inherited:
        (folder / "base.yml").write_text(text, encoding="utf-8")
        text = "INHERIT: base.yml\nplugins:\n  halochat:\n    debug: true\n"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize("option", OPTIONS)
def test_build_and_check_read_the_same_from_variables(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    option: str,
) -> None:
    # A variable with the same value as a number that is not from a variable.
    monkeypatch.setenv("HALO_OTHER", "7")
    monkeypatch.delenv("HALO_NOT_SET", raising=False)
    caplog.set_level(logging.WARNING, "mkdocs")
    for number, value in enumerate(VALUES):
        monkeypatch.setenv("HALO_X", value)
        inherited = bool(number % 2)
        file = configure(tmp_path, option, OPTIONS[option], inherited=inherited)
        checked = Site(read_configuration(file).options)
        caplog.clear()
        try:
            built = load_config(str(file)).plugins["halochat"].config.site
        except Abort:
            errors = [each.message for each in checked.problems]
            assert errors, value
            assert all(error in caplog.text for error in errors), value
        else:
            assert repr(built.options) == repr(checked.options)
            assert built.problems == checked.problems


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [
        ("config_id", "007", "007"),
        ("config_key", "1:30", "1:30"),
        ("tenant_id", "true", "true"),
        ("tenant_id", "null", "null"),
        ("tenant_id", "2026-01-31", "2026-01-31"),
        ("tenant_id", ".nan", ".nan"),
        ("identity", "on", "on"),
        ("language", "no", "no"),
        ("fallback_url", "0x1F", "0x1F"),
        ("icon", "404", "404"),
        ("width", "400", 400),
        ("consent", "true", True),
        ("preview", "false", False),
        ("preview", "auto", "auto"),
    ],
)
def test_reads_a_variable_by_the_type_of_its_option(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    option: str,
    value: str,
    expected: object,
) -> None:
    monkeypatch.setenv("HALO_X", value)
    file = configure(tmp_path, option, "!ENV HALO_X", inherited=False)
    site = load_config(str(file)).plugins["halochat"].config.site
    assert site.problems == []
    assert site.options[option] == expected


def test_refuses_a_literal_number_whatever_value_a_variable_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALO_OTHER", "7")
    with pytest.raises(Abort):
        load_config(str(configure(tmp_path, "tenant_id", "7", inherited=False)))


def test_keeps_options_that_are_set_by_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALO_X", "a.example.com")
    file = configure(tmp_path, "hosts", "[!ENV HALO_X]", inherited=False)
    options = {**PROFILE, "hosts": ["b.example.com", "c.example.com"], "width": 5}
    config = load_config(str(file), plugins=[{"halochat": options}])
    assert config.plugins["halochat"].config.site.options == options
    assert read_plugin_options(options, None) is options
