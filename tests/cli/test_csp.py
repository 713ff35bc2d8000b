from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from halochat.cli import main

CONFIG = """\
chat_service_url: https://halo.example.com/api
config_id: docs
config_key: public
"""
POLICY = (
    "script-src 'self' https://halo.example.com; "
    "connect-src 'self' https://halo.example.com wss://halo.example.com; "
    "style-src 'self' 'unsafe-inline' https://fonts.googleapis.com; "
    "font-src 'self' https://fonts.gstatic.com; "
    "img-src 'self' data: https://halo.example.com; "
    "media-src 'self' https://halo.example.com; "
    "frame-src 'self' https://halo.example.com"
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "halochat.yml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


def csp(config: Path, *arguments: str, more: str = "") -> Result:
    config.write_text(CONFIG + more, encoding="utf-8")
    result = CliRunner().invoke(main, ["csp", str(config), *arguments])
    assert result.exit_code == 0, result.output
    return result


def directives(result: Result) -> dict[str, list[str]]:
    policy = result.stdout.partition(": ")[2]
    words = [part.split() for part in policy.split(";")]
    return {name: sources for name, *sources in words}


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("header", "Content-Security-Policy: {}\n"),
        ("netlify", "/*\n  Content-Security-Policy: {}\n"),
        ("cloudflare", "/*\n  Content-Security-Policy: {}\n"),
        ("nginx", 'add_header Content-Security-Policy "{}" always;\n'),
        ("apache", 'Header always set Content-Security-Policy "{}"\n'),
    ],
)
def test_the_policy_is_written_for_each_server(
    config: Path, form: str, printed: str
) -> None:
    assert csp(config, "--format", form).stdout == printed.format(POLICY)


def test_writes_a_report_only_policy(config: Path) -> None:
    printed = csp(config, "--report-only").stdout
    assert printed == f"Content-Security-Policy-Report-Only: {POLICY}\n"


def test_marks_certain_and_probable_sources(config: Path) -> None:
    notes = csp(config).stderr
    assert "\nCertain: " in notes
    assert "\nProbable: wss:, 'unsafe-inline' styles" in notes


def test_script_and_api_may_be_on_different_hosts(config: Path) -> None:
    more = "script_url: https://cdn.example.com/chat/index.js\n"
    found = directives(csp(config, more=more))
    assert found["script-src"] == ["'self'", "https://cdn.example.com"]
    assert found["connect-src"][1:] == [
        "https://halo.example.com",
        "wss://halo.example.com",
    ]


def test_lists_what_halo_needs_for_a_site_with_the_preview(config: Path) -> None:
    assert POLICY in csp(config, more="preview: true\n").stdout


def test_keeps_the_scheme_of_a_local_halo(config: Path) -> None:
    config.write_text(CONFIG.replace("https://halo.example.com", "http://localhost:80"))
    result = CliRunner().invoke(main, ["csp", str(config)])
    found = directives(result)["connect-src"]
    assert found == ["'self'", "http://localhost:80", "ws://localhost:80"]


def test_allows_google_fonts_only_if_they_are_loaded(config: Path) -> None:
    found = directives(csp(config, more="include_font: false\n"))
    assert found["style-src"] == ["'self'", "'unsafe-inline'"]
    assert found["font-src"] == ["'self'"]


def test_allows_icons_and_sounds_of_every_page(config: Path) -> None:
    more = (
        "icon: https://img.example.com/a.svg\n"
        "pages: {a/**: {sound: 'https://sound.example.com/a.mp3'}, b/**: false}\n"
    )
    found = directives(csp(config, more=more))
    assert found["img-src"][-1] == "https://img.example.com"
    assert found["media-src"][-1] == "https://sound.example.com"


def hashed(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_a_snippet_needs_the_hash_of_its_exact_text(config: Path) -> None:
    result = csp(config, more="load: snippet\npages: {a.html: {config_key: other}}\n")
    texts = [
        '\nvar haloChatConfig = {"chatServiceUrl":"https://halo.example.com/api",'
        f'"configId":"docs","configKey":"{key}"}}\n'
        for key in ("public", "other")
    ]
    assert directives(result)["script-src"] == [
        *map(hashed, texts),
        "'self'",
        "https://halo.example.com",
    ]
    assert "name their folder with --site" in result.stderr


def test_hashes_of_a_built_site_match_its_pages(config: Path, tmp_path: Path) -> None:
    config.write_text(f"{CONFIG}load: snippet\nicon: chat.svg\n", encoding="utf-8")
    page = "<!DOCTYPE html>\n<title>x</title>\n<script>other()</script>\n<p>x</p>\n"
    for name in ("index.html", "a/index.html"):
        path = tmp_path / "site" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page, encoding="utf-8")
    site = str(tmp_path / "site")
    CliRunner().invoke(main, ["inject", site, "-c", str(config)])
    result = csp(config, "--site", site, more="load: snippet\nicon: chat.svg\n")
    texts = [
        re.findall("<script>(.*?)</script>", path.read_text("utf-8"), re.DOTALL)[1]
        for path in (tmp_path / "site/index.html", tmp_path / "site/a/index.html")
    ]
    assert len(set(texts)) == 2
    assert directives(result)["script-src"][:2] == [*map(hashed, texts)]
    assert "name their folder with --site" not in result.stderr


def test_writes_no_policy_for_a_wrong_configuration(config: Path) -> None:
    config.write_text("colour: 1\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["csp", str(config)])
    assert (result.exit_code, result.stdout) == (2, "")


def test_writes_no_policy_for_a_site_without_chat(config: Path) -> None:
    config.write_text(f"{CONFIG}enabled: false\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["csp", str(config)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        result.stderr == "Error: Chat is off on every page, so no policy is needed.\n"
    )
