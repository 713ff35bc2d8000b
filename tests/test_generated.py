from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import halochat
from halochat.events import INBOUND, OUTBOUND
from halochat.languages import tags
from halochat.options import OPTIONS, PROPERTIES

ROOT = Path(__file__).parent.parent
TOOL = ROOT / "tools" / "generate.py"


@pytest.fixture(scope="module")
def built_js(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("js")
    node = Path(sys.executable).with_name("node")
    subprocess.run([node, "js/build.js", folder], cwd=ROOT, check=True)
    return folder


@pytest.fixture
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_pages_are_up_to_date(
    generate: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    status = generate.main(["--check"])
    assert (status, capsys.readouterr().out) == (0, "")


def test_reports_a_stale_page_with_the_command_that_renews_it(
    generate: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(generate, "ROOT", tmp_path)
    page = "sample_docs/mkdocs/docs/reference.md"
    assert generate.main([]) == 0
    (tmp_path / page).write_text("# Reference\n")
    capsys.readouterr()
    assert generate.main(["--check"]) == 1
    assert capsys.readouterr().out == (
        f"{page}: not up to date\nRun: python tools/generate.py\n"
    )
    assert (tmp_path / page).read_text() == "# Reference\n"


@pytest.mark.parametrize(
    "name", ["halochat.js", "bridge.js", "preview.js", "halochat.d.ts"]
)
def test_the_browser_files_are_built_from_their_sources(
    name: str, built_js: Path
) -> None:
    shipped = Path(halochat.__file__).with_name("static") / name
    # `make js` renews them.
    assert shipped.read_bytes() == (built_js / name).read_bytes()


@pytest.mark.parametrize("page", ["markdown", "restructured_text"])
def test_every_declared_name_is_in_its_reference_page(
    generate: ModuleType, page: str
) -> None:
    text = getattr(generate, page)()
    rows = re.findall(r"^\| `(\S+?)`|^   \* - (?:\| )?``(\S+)``", text, re.MULTILINE)
    first = {one or other for one, other in rows}
    events = {event.name for event in (*INBOUND, *OUTBOUND)}
    assert first >= {*OPTIONS, *events}


def test_preview_table_lists_each_property_once_and_nothing_else(
    generate: ModuleType,
) -> None:
    cells = re.findall(r"^\| (`.+?) \|", generate.preview(), re.MULTILINE)
    told = re.findall(r"`(\w+)`", "".join(cells))
    assert sorted(told) == sorted(option.name for option in PROPERTIES)


def test_preview_table_describes_each_property(
    generate: ModuleType,
) -> None:
    rows = re.findall(r"^\| `.+? \| (.*?) \| (.*?) \|$", generate.preview(), re.M)
    assert len(rows) > 20
    for shows, cannot in rows:
        assert shows.endswith("."), shows
        assert cannot == "" or cannot.endswith(".")


def test_reference_shows_no_page_spelling_for_options_of_the_site(
    generate: ModuleType,
) -> None:
    assert "| `consent` | Request nothing from Halo before" in generate.markdown()
    (row,) = re.findall(r"^\| `consent` .*$", generate.markdown(), re.MULTILINE)
    assert row.endswith("|  |  |")
    (row,) = re.findall(r"^\| `theme` .*$", generate.markdown(), re.MULTILINE)
    assert row.endswith("| `light` | yes |")
    assert "``:bubble-styles:``" not in generate.restructured_text()
    assert "``:icon-size:``" in generate.restructured_text()


def test_every_language_has_a_name(generate: ModuleType) -> None:
    text = generate.languages()
    rows = re.findall(r"^\| `(\S+)` \| .+ \|$", text, re.MULTILINE)
    assert {*rows} == {*tags().values()}
    assert "| `de` | German (Deutsch) |" in text
    assert "| `en` | English |" in text


def test_refuses_a_language_without_a_name(generate: ModuleType) -> None:
    with pytest.raises(ValueError, match="expected '# Name"):
        generate.language("widget:\n")
