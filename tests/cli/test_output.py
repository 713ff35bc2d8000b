from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from halochat.cli import main
from halochat.cli.output import escape, escape_lines

CONFIG = """\
chat_service_url: https://halo.example.com/api
config_id: docs
config_key: public
"""


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain: text, 'é' and 漢 \U0001f600", None),
        ("a\nb\r\tc", r"a\x0ab\x0d\x09c"),
        ("\x1b[2J\x07\x9b", r"\x1b[2J\x07\x9b"),
        ("a\u202eb\u2028c\u2029", r"a\u202eb\u2028c\u2029"),
        ("\udcff", r"\udcff"),
        ("::error::x", r"\x3a:error::x"),
        ("  ::error::x", r"\x20\x20\x3a:error::x"),
        ("a::b", None),
        ("a ##vso[x] ##[y] ### ##", r"a \x23#vso[x] \x23#[y] ### ##"),
    ],
)
def test_escapes_characters_that_control_a_terminal_or_a_ci_server(
    text: str, escaped: str | None
) -> None:
    assert escape(text) == (text if escaped is None else escaped)


def test_keeps_the_lines_of_a_text_with_several() -> None:
    assert escape_lines("a\n::b\x1b") == "a\n\\x3a:b\\x1b"


NAME = "x\n::error::forged\x1b[2J"


@pytest.mark.parametrize("command", ["inject", "check", "csp"])
def test_name_of_a_file_cannot_forge_a_line(tmp_path: Path, command: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / f"{NAME}.html").write_bytes(b"\xff\xfe<\0!")
    page = "<!doctype html><html><head></head><body></body></html>"
    (site / f"{NAME}2.html").write_text(page)
    config = tmp_path / f"{NAME}.yml"
    config.write_text(f"{CONFIG}pages: {{'\\e[2J*': false}}\nhide_header: true\n")
    arguments = {
        "inject": ["inject", str(site), "-c", str(config)],
        "check": ["check", str(config), "--site", str(site)],
        "csp": ["csp", str(config), "--site", str(site)],
    }
    result = CliRunner().invoke(main, arguments[command])
    assert isinstance(result.exception, SystemExit | None)
    lines = result.output.splitlines()
    assert not any(line.startswith("::error") for line in lines)
    assert "\x1b" not in result.output


def test_name_of_a_configuration_cannot_forge_a_line(tmp_path: Path) -> None:
    config = tmp_path / f"{NAME}.yml"
    config.write_text("a: [\n")
    result = CliRunner().invoke(main, ["check", str(config)])
    assert result.exit_code == 2
    assert "\n::error" not in result.output
    assert r"x\x0a::error::forged\x1b[2J.yml:2: " in result.output


def test_traceback_of_conf_py_keeps_its_lines(tmp_path: Path) -> None:
    config = tmp_path / "conf.py"
    config.write_text("1 / 0\n")
    result = CliRunner().invoke(main, ["check", str(config)])
    assert result.exit_code == 2
    assert "\nZeroDivisionError: division by zero\n" in result.output


# --- What has no end, or is no address --------------------------------------------


@pytest.mark.parametrize("command", [["check"], ["inject", ".", "-c"], ["csp"]])
@pytest.mark.parametrize("name", ["pipe.yml", "pipe.toml", "conf.py"])
def test_refuses_a_pipe_as_configuration(
    tmp_path: Path, command: list[str], name: str
) -> None:
    os.mkfifo(tmp_path / name)
    result = CliRunner().invoke(main, [*command, str(tmp_path / name)])
    assert result.exit_code == 2
    assert f"Error: {tmp_path / name}: is not a regular file\n" in result.output


@pytest.mark.parametrize("parent", ["/dev/zero", "pipe"])
def test_refuses_an_endless_inherited_file(tmp_path: Path, parent: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"INHERIT: {parent}\n{CONFIG}")
    result = CliRunner().invoke(main, ["check", str(config)])
    assert result.exit_code == 2
    assert f"Error: {tmp_path / parent}: is not a regular file\n" in result.output


def test_import_refuses_an_endless_file() -> None:
    result = CliRunner().invoke(main, ["import", "/dev/zero"])
    assert result.exit_code == 2
    assert result.output == "Error: /dev/zero: larger than 10 MB\n"


@pytest.mark.parametrize("address", ["https://[", "https://[::1", "//[x]/", "//a]b"])
@pytest.mark.parametrize("command", ["inject", "check"])
def test_refuses_an_invalid_address(tmp_path: Path, command: str, address: str) -> None:
    config = tmp_path / "halochat.yml"
    config.write_text(CONFIG)
    arguments = {
        "inject": ["inject", str(tmp_path), "-c", str(config)],
        "check": ["check", str(config)],
    }
    result = CliRunner().invoke(main, [*arguments[command], "--base-url", address])
    assert result.exit_code == 2
    assert f"Error: {address}: is not the address of a site (" in result.output


def test_tests_have_the_marker_of_their_folder(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("cli")
    assert not request.node.get_closest_marker("browser")
