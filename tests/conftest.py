from __future__ import annotations

import gc
import logging
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings
from jinja2 import Environment
from sites import PROFILE, Site

# In `make test`, property tests always use the same examples. With
# `--hypothesis-profile=fuzz`, they use many more, and new ones each time.
settings.register_profile("tests", max_examples=60, derandomize=True, deadline=None)
settings.register_profile("fuzz", max_examples=1000, deadline=None)
settings.load_profile("tests")

# Sphinx logs hundreds of these in each build; no test reads them.
logging.disable(logging.DEBUG)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--full",
        action="store_true",
        help="also run what `make test` leaves out: every case in Firefox, every page",
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests of a folder with its name, if there is such a marker."""
    folder = item.path.relative_to(Path(__file__).parent).parts[0]
    if folder in ("browser", "cli", "mkdocs", "sphinx"):
        item.add_marker(folder)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Deselect tests marked `full`, and in Firefox all but one case of each core test.

    Those in Firefox come first, so that only one process of the run starts Firefox.
    """
    if config.getoption("--full"):
        return
    in_firefox: set[str] = set()
    first = []
    deselected = []
    for item in items:
        call = getattr(item, "callspec", None)
        is_left_out = item.get_closest_marker("full") is not None
        if call and call.params.get("engine") == "firefox":
            function = item.nodeid.partition("[")[0]
            is_core = item.get_closest_marker("core") is not None
            is_left_out |= function in in_firefox or not is_core
            in_firefox.add(function)
            first.append(item)
        if is_left_out:
            deselected.append(item)
    config.hook.pytest_deselected(items=deselected)
    left_out = set(deselected)
    ordered = dict.fromkeys([*first, *items])
    items[:] = [item for item in ordered if item not in left_out]


def pytest_collection_finish() -> None:
    """Keep the thousands of collected tests out of later garbage collections."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _compile_templates_once() -> Iterator[None]:
    """Keep the compiled templates of themes, which take half of the time of a build."""
    compiled: dict[object, Any] = {}
    compile_template = Environment.compile

    def compile_once(self: Environment, *source: Any, **how: Any) -> Any:
        # Such as the delimiters, and the options of extensions.
        syntax = {
            (name, value)
            for name, value in vars(self).items()
            if isinstance(value, str | bool)
        }
        extensions = tuple(self.extensions)
        key = (type(self), extensions, frozenset(syntax), source, *how.items())
        if key not in compiled:
            compiled[key] = compile_template(self, *source, **how)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", compile_once)
        yield


class _Collect(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture(scope="session", autouse=True)
def _list_themes_once() -> Iterator[None]:
    """Keep the list of themes, for which MkDocs reads all installed packages."""
    with pytest.MonkeyPatch.context() as patch:
        with suppress(ImportError):  # the core's tests run without MkDocs
            from mkdocs import utils

            patch.setattr(utils, "get_themes", cache(utils.get_themes))
        yield


@pytest.fixture(scope="session")
def build_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder of a site by name; all processes of a test run share it."""
    from built_sites import built_site

    folder = tmp_path_factory.getbasetemp()
    shared = folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder
    return partial(built_site, cache=shared)


@pytest.fixture
def mkdocs_site(tmp_path: Path) -> Callable[..., Site]:
    """Build a MkDocs site from a mapping of paths to texts."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)  # which the command's --quiet changes

    def make(
        pages: Mapping[str, str],
        options: Mapping[str, object] | None = None,
        *,
        yml: str = "",
        serving: bool = False,
        **settings: Any,
    ) -> Site:
        """Build; `options` are the plugin's, `yml` replaces them as YAML text."""
        for path, text in pages.items():
            page = tmp_path / "docs" / path
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8")
        ours = [{"halochat": {**PROFILE, **(options or {})}}]
        plugins = [*settings.pop("plugins", []), *([] if yml else ours)]
        listed = yaml.safe_dump(plugins, sort_keys=False) if plugins else ""
        config = yaml.safe_dump({"site_name": "Test", **settings}, sort_keys=False)
        file = tmp_path / "mkdocs.yml"
        file.write_text(f"{config}plugins:\n{listed}{yml}", encoding="utf-8")
        site = Site(tmp_path / "site")
        collect = _Collect(site.warnings)
        logger.addHandler(collect)
        try:
            loaded = load_config(str(file))
            command = "serve" if serving else "build"
            loaded.plugins.on_startup(command=command, dirty=False)
            build(loaded)
        finally:
            logger.removeHandler(collect)
        return site

    return make
