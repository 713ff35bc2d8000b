"""Measure the time that chat adds to a MkDocs build, and compare other chat plugins.

    python benchmarks/mkdocs_build.py [--pages 1000] [--kilobytes 25 90 200]
        [--theme mkdocs material] [--plugins halochat biel] [--rounds 3] [--json FILE]

Builds without a plugin and with each plugin take turns, in one process. The result is
the processor time of a plugin's own hooks, so that other work on the computer has
little effect. With `--kilobytes`, the theme is a template of that size. Then the build
is short, and the size of a page does not depend on the number of pages, so times per
page can be compared. Other chat plugins are measured if they are installed:

pip install mkdocs-ai-chatbot mkdocs-beacon-search mkdocs-biel mkdocs-gemini-chatbot
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial, wraps
from importlib.metadata import entry_points
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

HOOKS = (
    *("on_files", "on_page_content", "on_env", "on_post_page", "on_post_template"),
    "on_post_build",
)
SECTION = """
## Section {number}

Some words about `code`, with a [link](page-0000.md), to make a page of usual size.

```python
def answer(question: str) -> int:
    return len(question) + {number}
```

| column | other column |
|--------|--------------|
| one    | two          |
"""
PARAGRAPH = "<p>Some <a href='other.html'>text</a> of a page, as long as it is.</p>\n"
TEMPLATE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{{{ page.title }}}}</title></head>
<body>
{{{{ page.content }}}}
{padding}</body>
</html>
"""
PLUGINS: dict[str, dict[str, Any]] = {
    "halochat": {
        "chat_service_url": "https://halo.example.com/api",
        "config_id": "1",
        "config_key": "2",
        "colour": "#1f6fd6",
        "fallback_url": "page-0002.md",
        "pages": {"page-00*": {"theme": "dark"}, "page-0001.md": False},
    },
    "asyntai": {"widget_id": "asyntai_1a2b3c4d5e6f"},
    "beacon-search": {"api_url": "https://chat.example.com/", "replace_search": False},
    "biel": {"project": "docs"},
    "gemini-chatbot": {"gemini_api_key": "public"},
}
THEMES: dict[str, dict[str, Any]] = {
    "mkdocs": {"name": "mkdocs"},
    "material": {"name": "material", "font": False, "features": ["navigation.prune"]},
}


class Stopwatch:
    """The total processor time of some functions."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def watch(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, with its time added to the total."""

        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds += time.process_time() - start

        return timed


def make_pages(folder: Path, pages: int, text: str) -> None:
    """Write the sources of a site of equal pages."""
    for number in range(pages):
        page = folder / "docs" / f"page-{number:04}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")


def make_theme(folder: Path, kilobytes: int) -> dict[str, Any]:
    """Write a theme whose pages have this size."""
    theme = folder / f"theme-{kilobytes}"
    theme.mkdir()
    padding = PARAGRAPH * (kilobytes * 1024 // len(PARAGRAPH))
    html = TEMPLATE.format(padding=padding)
    for name in ("main.html", "404.html"):
        (theme / name).write_text(html, encoding="utf-8")
    return {"name": None, "custom_dir": str(theme)}


def write_config(folder: Path, theme: dict[str, Any], plugins: list[Any]) -> Path:
    """Write the configuration of a site, and return its path."""
    settings = {"site_name": "Benchmark", "theme": theme, "plugins": plugins}
    settings["site_url"] = "https://docs.example.com/"
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return file


def build_once(folder: Path, theme: dict[str, Any], plugins: list[Any]) -> float:
    """Build the site, and return the processor time in seconds."""
    file = write_config(folder, theme, plugins)
    start = time.process_time()
    build(load_config(str(file)))
    return time.process_time() - start


def installed(watch: Stopwatch, wanted: Iterable[str]) -> Iterator[str]:
    """Yield the names of the installed plugins, after their hooks are timed."""
    for entry in entry_points(group="mkdocs.plugins"):
        if entry.name in wanted:
            plugin = entry.load()
            for hook in filter(partial(hasattr, plugin), HOOKS):
                setattr(plugin, hook, watch.watch(getattr(plugin, hook)))
            yield entry.name


def measure(
    folder: Path,
    theme: dict[str, Any],
    names: list[str],
    rounds: int,
    watch: Stopwatch,
) -> list[dict[str, Any]]:
    """Build with each plugin in turn, and return the medians of each plugin."""
    without: list[float] = []
    builds: dict[str, list[float]] = {name: [] for name in names}
    hooks: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(rounds):
        without.append(build_once(folder, theme, []))
        for name in names:
            watch.seconds = 0.0
            builds[name].append(build_once(folder, theme, [{name: PLUGINS[name]}]))
            hooks[name].append(watch.seconds)
    pages = sum(1 for _ in (folder / "docs").iterdir())
    size = (folder / "site/page-0000/index.html").stat().st_size / 1024
    return [
        {
            "plugin": name,
            "pages": pages,
            "kilobytes": round(size),
            "milliseconds_per_page": median(hooks[name]) / pages * 1000,
            "share_of_build": median(hooks[name]) / median(builds[name]),
            "build_with_over_without": median(builds[name]) / median(without),
        }
        for name in names
    ]


def main() -> None:
    """Print the time of each plugin for each theme or size, and number of pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000])
    parser.add_argument("--kilobytes", type=int, nargs="+", default=[])
    parser.add_argument("--theme", nargs="+", default=["mkdocs", "material"])
    parser.add_argument("--plugins", nargs="+", choices=PLUGINS, default=list(PLUGINS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    options = parser.parse_args()
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    watch = Stopwatch()
    names = sorted(installed(watch, options.plugins))
    text = "# Page\n" + "".join(SECTION.format(number=n) for n in range(5))
    results: list[dict[str, Any]] = []
    for pages in options.pages:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make_pages(folder, pages, "# Page\n" if options.kilobytes else text)
            themes = {
                f"{size} KB": make_theme(folder, size) for size in options.kilobytes
            } or {theme: THEMES[theme] for theme in options.theme}
            for label, theme in themes.items():
                rows = measure(folder, theme, names, options.rounds, watch)
                results += ({"theme": label, **row} for row in rows)
                for row in rows:
                    print(
                        f"{label}, {pages} pages of {row['kilobytes']} KB, "
                        f"{row['plugin']}: "
                        f"{row['milliseconds_per_page']:.3f} ms per page, "
                        f"{row['share_of_build']:.2%} of the build, with / without "
                        f"{row['build_with_over_without']:.3f}"
                    )
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
