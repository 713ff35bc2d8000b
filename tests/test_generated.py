from __future__ import annotations

import importlib
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from compare import cases
from sites import PROFILE

import halochat
from halochat import Site
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


def test_every_option_has_an_entry_in_the_reference(generate: ModuleType) -> None:
    markdown = re.findall(r"^### `\w+` \{ #(\w+) \}$", generate.markdown(), re.M)
    rst = re.findall(r"^\.\. confval:: (\w+)$", generate.restructured_text(), re.M)
    assert markdown == rst == [*OPTIONS]


def test_every_event_and_member_has_an_entry_in_the_reference(
    generate: ModuleType,
) -> None:
    markdown = re.findall(r"^### `.+` \{ #(\S+) \}$", generate.markdown_events(), re.M)
    assert markdown == [
        *(f"halochat.{name}" for name in MEMBERS),
        *(f"halochat:{name}" for name in LOADER_EVENTS),
        *(f"haloChat_inboundEvent_{event.name}" for event in INBOUND),
        *(f"haloChat_outboundEvent_{event.name}" for event in OUTBOUND),
        "haloChat_functions_getCurrentChatDetails",
    ]
    kinds = "event|js:data|js:function"
    rst = re.findall(
        rf"^\.\. (?:{kinds}):: ([\w.:]+)", generate.restructured_events(), re.M
    )
    assert rst == markdown


MEMBERS = ["state", "open", "close", "send", "load", "allow", "deny"]
LOADER_EVENTS = ["ready", "failed", "unavailable", "consent"]


@pytest.mark.parametrize("host", ["mkdocs", "sphinx"])
def test_examples_in_the_reference_are_accepted(
    generate: ModuleType, host: str
) -> None:
    for option in OPTIONS.values():
        value = generate.detail(option, host)["example"]
        assert Site({**PROFILE, option.name: value}).problems == [], option.name


def test_the_reference_refers_to_options_that_exist(generate: ModuleType) -> None:
    details = generate.details_of_options()
    assert details.keys() == OPTIONS.keys()
    related = {name for found in details.values() for name in found.get("related", ())}
    assert related <= OPTIONS.keys()


def test_the_reference_shows_all_facts_of_an_option(generate: ModuleType) -> None:
    entry = """\
### `theme` { #theme }

Color scheme of the chat; `auto` follows the light or dark mode of the page.

- **Accepts**: one of `light`, `dark`, `auto`
- **Default**: `light`
- **Set in**: the site, patterns, front matter
- **Requires**: any [`load`](reference.md#load) except `snippet`, if the value is `auto`
- **Halo's name**: `theme`
- **Since**: Halo 2.172
- **See also**: [Appearance](look.md), [`colour`](reference.md#colour)

```yaml
theme: auto
```
"""
    assert entry in generate.markdown()


def test_the_defects_are_those_of_contributing(generate: ModuleType) -> None:
    lines = generate.defects().splitlines()
    assert sum(line.startswith("- ") for line in lines) > 30


def test_preview_table_lists_each_property_once_and_nothing_else(
    generate: ModuleType,
) -> None:
    cells = re.findall(r"^\| (`.+?) \|", generate.preview(), re.MULTILINE)
    named = re.findall(r"`(\w+)`", "".join(cells))
    assert sorted(named) == sorted(option.name for option in PROPERTIES)


def test_preview_table_describes_each_property(
    generate: ModuleType,
) -> None:
    rows = re.findall(r"^\| `.+? \| (.*?) \| (.*?) \|$", generate.preview(), re.M)
    assert len(rows) > 20
    for shows, cannot in rows:
        assert shows.endswith("."), shows
        assert cannot == "" or cannot.endswith(".")


def test_options_of_the_site_have_no_spelling_for_a_page(generate: ModuleType) -> None:
    facts = {
        name: dict(generate.option_entry(OPTIONS[name], "sphinx").facts)["Set in"]
        for name in ("consent", "icon_size", "bubble_styles", "load")
    }
    assert facts == {
        "consent": "the site only",
        "icon_size": "the site, patterns, the directive option `:icon-size:`",
        "bubble_styles": "the site, patterns, the body of the directive",
        "load": "the site, patterns, the directive option `:load:`. Only the site can set "
        "`snippet`.",
    }


def test_every_language_has_a_name(generate: ModuleType) -> None:
    text = generate.languages()
    rows = re.findall(r"^\| `(\S+)` \| .+ \|$", text, re.MULTILINE)
    assert {*rows} == {*tags().values()}
    assert "| `de` | German (Deutsch) |" in text
    assert "| `en` | English |" in text


def test_refuses_a_language_without_a_name(generate: ModuleType) -> None:
    with pytest.raises(ValueError, match="expected '# Name"):
        generate.language("widget:\n")


@pytest.mark.parametrize("kind", ["themes", "plugins"])
def test_lists_the_result_of_each_theme_and_plugin(
    generate: ModuleType, kind: str
) -> None:
    results = json.loads(generate.RESULTS.read_text(encoding="utf-8"))
    text = generate.compatibility()
    for host, found in cases(kind).items():
        assert results[f"{host} {kind}"].keys() == found.keys()
        assert all(f"`{name}`" in text for name in found)


def test_counts_failures_and_explains_missing_results(
    generate: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = {"date": "2026-01-02", "package": "p", "versions": {"p": "1", "mkdocs": "2"}}
    built = {**case, "pages": 3, "strict": False, "outcome": "failed"}
    missing = {**case, "outcome": "does not build"}
    results = {section: {"odd": missing} for section in generate.COMPATIBILITY}
    results["versions"] = {
        "All": {**case, "python": "3.11.7", "passed": 4, "failed": 5}
    }
    results["mkdocs themes"] = {"broken": built, "odd": missing}
    path = tmp_path / "results.json"
    path.write_text(json.dumps(results), encoding="utf-8")
    monkeypatch.setattr(generate, "RESULTS", path)
    text = generate.compatibility()
    assert "| All | 3.11.7 | p 1, mkdocs 2 | 4 | 5 |" in text
    assert "Tested: 2026-01-02. 0 passed, 1 failed." in text
    assert "| `broken` | p 1 | mkdocs 2 | 3 | no | failed |" in text
    assert "because they do not build without chat either:\n`odd`." in text


# --- Benchmarks -----------------------------------------------------------------------


def test_page_about_benchmarks_has_the_recorded_results(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    page = importlib.import_module("report").page
    results = json.loads((ROOT / "benchmarks/results.json").read_text(encoding="utf-8"))
    file = ROOT / "sample_docs/shared/benchmarks.md"
    assert page(results) == file.read_text(encoding="utf-8")
