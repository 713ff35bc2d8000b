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
# The generator of each adapter, by the name under which it is imported.
ADAPTERS = {"mkdocs_halochat": "mkdocs", "sphinx_halochat": "sphinx"}
HOSTS = {*ADAPTERS.values(), "docutils"}

# What hosts import: these names of the core alone, and the reader of configurations.
PUBLIC = {
    *("Page", "PageContext", "Problem", "Site", "SiteFiles", "SyntaxName"),
    *("Trigger", "__version__"),
}
# What each module of the core imports of the others: only of those listed before it.
IMPORTS: dict[str, set[str]] = {
    "halochat.assets": set(),
    "halochat.events": set(),
    "halochat.layers": set(),
    "halochat.naming": set(),
    "halochat.launcher": {"naming"},
    "halochat.syntaxes": set(),
    "halochat.problems": {"syntaxes"},
    "halochat.option_types": {"naming", "problems"},
    "halochat.urls": {"option_types"},
    "halochat.css": {"naming", "option_types", "problems"},
    "halochat.languages": {"option_types", "problems"},
    "halochat.options": {"css", "languages", "naming", "option_types", "urls"},
    "halochat.credentials": {"option_types", "options", "problems"},
    "halochat.validation": {
        *("credentials", "layers", "naming", "option_types", "options", "problems"),
        "syntaxes",
    },
    "halochat.embed": {
        *("assets", "languages", "launcher", "layers", "options", "problems", "urls"),
    },
    "halochat.patterns": {"layers", "options"},
    "halochat.links": {"layers", "options", "problems", "urls"},
    "halochat.document": {"assets", "embed"},
    "halochat.profile": {"embed", "layers", "problems"},
    "halochat.triggers": {
        *("document", "events", "naming", "option_types", "problems", "urls"),
        "validation",
    },
    "halochat.site": {
        *("assets", "document", "embed", "layers", "options", "patterns", "problems"),
        *("profile", "syntaxes", "triggers", "validation"),
    },
    "halochat": {"embed", "links", "problems", "site", "syntaxes", "triggers"},
    "halochat.config_hints": {"naming", "options"},
    "halochat.config_files": {
        *("config_hints", "naming", "option_types", "options", "problems", "syntaxes"),
    },
    "halochat.inspection": {"assets", "document", "options"},
    "halochat.csp": {"document", "embed", "layers", "options", "site"},
}


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def sources(folder: str) -> dict[str, Path]:
    return {module(path): path for path in sorted((ROOT / folder).rglob("*.py"))}


CORE_MODULES = {
    name: path
    for name, path in sources("halochat").items()
    if not name.startswith("halochat.cli")
}
MODULES = {
    name: path
    for package in ("halochat", *ADAPTERS)
    for name, path in sources(package).items()
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


# --- Who imports whom --------------------------------------------------------------


def test_lists_every_module_of_the_core():
    assert set(CORE_MODULES) == set(IMPORTS)


@pytest.mark.parametrize("name", IMPORTS)
def test_module_of_the_core_imports_only_listed_modules(name):
    names = imports(CORE_MODULES[name])
    modules = {f"halochat.{module}" for module in IMPORTS[name]}
    imported = {
        module
        for module in CORE_MODULES
        if module != "halochat"
        and any(item == module or item.startswith(f"{module}.") for item in names)
    }
    assert imported == modules


def test_every_adapter_is_listed():
    root = Path(halochat.__file__).parents[1]
    found = {path.parent.name for path in root.glob("*_halochat/__init__.py")}
    assert found == set(ADAPTERS)


def test_core_has_no_import_cycle():
    listed: set[str] = set()
    for name, modules in IMPORTS.items():
        assert {f"halochat.{module}" for module in modules} <= listed
        listed.add(name)


@pytest.mark.parametrize("name", IMPORTS)
def test_core_needs_three_libraries_and_no_host(name):
    allowed = {"halochat", "jinja2", "markupsafe", "pathspec", "yaml"}
    if name == "halochat.config_files":
        # Sphinx itself has to run `conf.py`.
        allowed |= {"sphinx", "yaml_env_tag"}
    assert packages(CORE_MODULES[name]) <= allowed | sys.stdlib_module_names


@pytest.mark.parametrize("name", sources("halochat"))
def test_core_imports_no_adapter_and_a_host_only_when_it_needs_one(name):
    assert not packages(MODULES[name]) & set(ADAPTERS)
    at_once = {each.partition(".")[0] for each in imports(MODULES[name], at_once=True)}
    assert not at_once & HOSTS


COMMANDS = ["check", "csp", "import_", "inject", "schema"]


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_imports_another(name):
    names = imports(MODULES[f"halochat.cli.{name}"])
    others = [f"halochat.cli.{command}." for command in COMMANDS if command != name]
    assert not [item for item in names if item.startswith(tuple(others))]


def test_public_names_are_those_of_the_package():
    assert set(halochat.__all__) == PUBLIC


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_hosts_import_only_the_public_names_of_the_core(adapter):
    public = {f"halochat.{name}" for name in PUBLIC} | {"halochat"}
    for path in sources(adapter).values():
        of_the_core = {
            name for name in imports(path) if name.split(".")[0] == "halochat"
        }
        others = of_the_core - public
        assert all(name.startswith("halochat.config_files.") for name in others)


def test_every_library_is_declared():
    file = Path(__file__).parents[2] / "pyproject.toml"
    project = tomllib.loads(file.read_text("utf-8"))["project"]
    declared = {
        re.split("[^a-z0-9-]", name.replace("_", "-").lower())[0]
        for name in (
            *project["dependencies"],
            *project["optional-dependencies"]["import"],
        )
    }
    homes = packages_distributions()
    used = {
        homes[library][0].replace("_", "-").lower()
        for path in sources("halochat").values()
        for library in packages(path) - {"halochat"} - HOSTS
        if library not in sys.stdlib_module_names
    }
    assert used == declared


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_adapter_imports_its_own_host_and_neither_the_other_nor_the_commands(adapter):
    other_hosts = {*ADAPTERS.values()} - {ADAPTERS[adapter]}
    for path in sources(adapter).values():
        assert not packages(path) & (other_hosts | (set(ADAPTERS) - {adapter}))
        assert not any(name.startswith("halochat.cli") for name in imports(path))


@pytest.mark.parametrize("name", MODULES)
def test_no_private_name_of_another_package_is_imported(name):
    others = [
        item for item in imports(MODULES[name]) if not item.startswith("halochat.")
    ]
    parts = {part for item in others for part in item.split(".")} - {"__future__"}
    assert not [part for part in parts if part.startswith("_")]


def test_mkdocs_plugin_uses_only_what_every_fork_of_mkdocs_has():
    for path in sources("mkdocs_halochat").values():
        outside = packages(path) - sys.stdlib_module_names
        assert outside <= {"halochat", "mkdocs", "mkdocs_halochat"}


def test_core_can_be_imported_without_a_host():
    program = (
        "import sys, importlib\n"
        "for name in ('mkdocs', 'sphinx', 'docutils', 'playwright', 'material'):\n"
        "    sys.modules[name] = None\n"
        f"for name in {list(IMPORTS)!r}:\n"
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


@pytest.mark.parametrize("name", MODULES)
def test_file_starts_with_a_docstring_and_future_annotations(name):
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    docstring = ast.get_docstring(tree)
    assert docstring
    assert docstring.partition("\n")[0].endswith(".")
    first = tree.body[1]
    assert isinstance(first, ast.ImportFrom)
    assert first.module == "__future__"
