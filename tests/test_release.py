"""What is published with the project: metadata, links, the security page."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
HOME = "https://git.example.com/owner/name"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def release(tmp_path: Path):
    """Return the problems of a project that is ready but for some replaced texts."""
    files = {
        "pyproject.toml": f'[tool.hatch.metadata.hooks.custom]\nhome = "{HOME}"\n',
        "halochat/__init__.py": '__version__ = "1.2.3"\n',
        "CHANGELOG.md": "## [Unreleased]\n\n## [1.2.3] - 2026-11-28\n\n- One.\n",
    }

    def problems(tag: str = "", **replaced: str) -> list[str]:
        for path, text in files.items():
            file = tmp_path / path
            file.parent.mkdir(exist_ok=True)
            for old, new in replaced.items():
                text = text.replace(old, new)
            file.write_text(text, encoding="utf-8")
        return [*load("release").problems(tmp_path, *[tag] * bool(tag))]

    return problems


def test_a_complete_project_is_ready(release) -> None:
    assert release() == release(tag="v1.2.3") == []


def test_a_release_needs_an_address_and_matching_versions(release) -> None:
    assert release(https="ftp")[0].startswith("pyproject.toml: ")
    assert release(tag="v1.2.4") == [
        "tag v1.2.4: expected v1.2.3, the version in halochat/__init__.py"
    ]
    assert release(__version__="version")[0].startswith("halochat/__init__.py: ")
    dev = release(**{"1.2.3": "1.2.3.dev0"})
    assert dev[0].startswith("halochat/__init__.py: expected a version such as 1.2.3")


def test_a_release_needs_its_section_in_the_changelog(release) -> None:
    assert release(**{"2026-11-28": "soon"}) == [
        "CHANGELOG.md: expected a section '## [1.2.3] - YYYY-MM-DD'"
    ]
    assert release(**{"[Unreleased]\n": "[Unreleased]\n\n- Two.\n"}) == [
        "CHANGELOG.md: move the entries of [Unreleased] to [1.2.3]"
    ]


def test_readme_links_point_to_the_repository() -> None:
    text = "[a](b.md) ![c](d/e.png) [f](#g) [h](https://i.example) [j](mailto:k@l.m)"
    assert load("package_metadata").absolute_links(text, HOME) == (
        f"[a]({HOME}/blob/main/b.md) ![c]({HOME}/raw/main/d/e.png) "
        "[f](#g) [h](https://i.example) [j](mailto:k@l.m)"
    )


def test_relative_links_of_published_pages_have_a_target() -> None:
    for name in ("README.md", "SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?![a-z]+:|#)([^)#\s]+)", text):
            assert (ROOT / target).exists(), f"{name}: {target}"


@pytest.mark.parametrize(
    ("page", "least"), [("SECURITY.md", 15), ("CONTRIBUTING.md", 40)]
)
def test_every_test_that_a_page_names_exists(page: str, least: int) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"`(tests/\S+\.py)::(\w+)`", text)
    assert len(named) >= least
    for path, test in named:
        source = (ROOT / path).read_text(encoding="utf-8")
        assert f"def {test}(" in source, f"{path}::{test}"
