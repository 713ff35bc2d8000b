from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

import halochat

CORE = Path(halochat.__file__).parent
ROOT = CORE.parent
HOSTS = {"mkdocs", "sphinx", "docutils"}
ADAPTERS = {"mkdocs_halochat": "mkdocs", "sphinx_halochat": "sphinx"}

# What each part of the core may know of the others.
KNOWS = {
    "halochat": set(),
    "halochat.problems": set(),
    "halochat.naming": set(),
    "halochat.option_types": {"naming", "problems"},
    "halochat.urls": {"option_types"},
    "halochat.css": {"naming", "option_types", "problems"},
    "halochat.events": set(),
    "halochat.languages": {"option_types", "problems"},
    "halochat.options": {"css", "languages", "naming", "option_types", "urls"},
    "halochat.layers": set(),
    "halochat.config_files": {
        "naming",
        "option_types",
        "options",
        "problems",
        "validation",
    },
    "halochat.credentials": {"naming", "option_types", "options", "problems"},
    "halochat.validation": {
        "credentials",
        "css",
        "languages",
        "layers",
        "naming",
        "options",
        "problems",
    },
    "halochat.embed": {"urls", "languages", "layers", "options"},
    "halochat.document": {"embed"},
    "halochat.inspection": {"document", "options"},
    "halochat.csp": {"document", "embed", "layers"},
}


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sources(folder: str) -> dict[str, Path]:
    return {module(path): path for path in sorted((ROOT / folder).rglob("*.py"))}


PARTS = {
    name: path
    for name, path in sources("halochat").items()
    if not name.startswith("halochat.cli")
}
EVERY = {
    **sources("halochat"),
    **sources("mkdocs_halochat"),
    **sources("sphinx_halochat"),
}


def imports(path: Path, *, at_once: bool = False) -> set[str]:
    """All that a file imports by its full name: anywhere, or when it is imported."""
    found: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if at_once else ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by a relative name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def packages(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(path)}


# --- Who knows whom ---------------------------------------------------------------


def test_every_part_of_the_core_is_known_here():
    assert set(PARTS) == set(KNOWS)


@pytest.mark.parametrize("name", KNOWS)
def test_part_of_the_core_knows_only_those_before_it(name):
    known = {
        imported.split(".")[1]
        for imported in imports(PARTS[name])
        if imported.startswith("halochat.")
    }
    assert known == KNOWS[name]


def test_document_takes_no_more_of_the_embed_than_its_type():
    assert "halochat.embed.Embed" in imports(PARTS["halochat.document"])
    assert {
        imported
        for imported in imports(PARTS["halochat.document"])
        if imported.startswith("halochat.")
    } == {"halochat.embed.Embed"}


@pytest.mark.parametrize("name", KNOWS)
def test_core_stands_on_three_libraries_and_no_host(name):
    allowed = {"halochat", "jinja2", "markupsafe", "pathspec", "yaml"}
    if name == "halochat.config_files":
        # Sphinx itself has to run `conf.py`.
        allowed |= {"sphinx", "yaml_env_tag"}
    assert packages(PARTS[name]) <= allowed | sys.stdlib_module_names


@pytest.mark.parametrize("name", sources("halochat"))
def test_core_knows_no_adapter_and_asks_for_a_host_only_when_it_needs_one(name):
    assert not packages(EVERY[name]) & set(ADAPTERS)
    at_once = {each.partition(".")[0] for each in imports(EVERY[name], at_once=True)}
    assert not at_once & HOSTS


def test_every_library_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {
        re.split("[^a-z0-9-]", name.replace("_", "-").lower())[0]
        for name in project["dependencies"]
    }
    homes = packages_distributions()
    used = {
        homes[library][0].replace("_", "-").lower()
        for path in sources("halochat").values()
        for library in packages(path) - {"halochat"} - HOSTS
        if library not in sys.stdlib_module_names
    }
    assert used - {"markupsafe"} == declared  # MarkupSafe is Jinja's own


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_adapter_knows_its_own_host_and_neither_the_other_nor_the_commands(adapter):
    other_hosts = {"mkdocs", "sphinx"} - {ADAPTERS[adapter]}
    for path in sources(adapter).values():
        assert not packages(path) & (other_hosts | (set(ADAPTERS) - {adapter}))
        assert not any(name.startswith("halochat.cli") for name in imports(path))


def test_mkdocs_plugin_takes_only_what_every_fork_of_mkdocs_has():
    for path in sources("mkdocs_halochat").values():
        outside = packages(path) - sys.stdlib_module_names
        assert outside <= {"halochat", "mkdocs", "mkdocs_halochat"}


def test_core_is_imported_where_no_host_is_installed():
    program = (
        "import sys, importlib\n"
        "for name in ('mkdocs', 'sphinx', 'docutils', 'playwright', 'material'):\n"
        "    sys.modules[name] = None\n"
        f"for name in {list(KNOWS)!r}:\n"
        "    importlib.import_module(name)\n"
        "print(sorted(name for name in sys.modules if name == 'click'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


@pytest.mark.parametrize("name", EVERY)
def test_file_starts_with_what_it_is_and_the_annotations_of_today(name):
    tree = ast.parse(EVERY[name].read_text(encoding="utf-8"))
    docstring = ast.get_docstring(tree)
    assert docstring
    assert docstring.partition("\n")[0].endswith(".")
    first = tree.body[1]
    assert isinstance(first, ast.ImportFrom)
    assert first.module == "__future__"
