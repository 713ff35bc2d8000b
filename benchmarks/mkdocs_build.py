"""Measure what chat costs a MkDocs build of 1,000 pages, beside other chats.

Builds without a plugin and with each take turns, in one process. The cost is what a
plugin's own hooks take of the build's processor time, so that a busy machine does not
matter much. Other chats are measured if they are installed:

pip install mkdocs-ai-chatbot mkdocs-beacon-search mkdocs-biel mkdocs-gemini-chatbot
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from collections.abc import Callable, Iterator
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


class Stopwatch:
    """The processor time that some functions took, together."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def watch(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, timed."""

        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds += time.process_time() - start

        return timed


def build_once(folder: Path, theme: str, plugins: list[Any]) -> float:
    """Build the site and return the processor seconds it took."""
    settings = {"site_name": "Benchmark", "theme": {"name": theme}, "plugins": plugins}
    settings["site_url"] = "https://docs.example.com/"
    if theme == "material":
        settings["theme"] |= {"font": False, "features": ["navigation.prune"]}
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    start = time.process_time()
    build(load_config(str(file)))
    return time.process_time() - start


def installed(watch: Stopwatch) -> Iterator[str]:
    """Yield the names of the plugins that are installed, their hooks now timed."""
    for entry in entry_points(group="mkdocs.plugins"):
        if entry.name in PLUGINS:
            plugin = entry.load()
            for hook in filter(partial(hasattr, plugin), HOOKS):
                setattr(plugin, hook, watch.watch(getattr(plugin, hook)))
            yield entry.name


def main() -> None:
    """Print the cost of each plugin with each theme."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    watch = Stopwatch()
    names = sorted(installed(watch))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        text = "# Page\n" + "".join(SECTION.format(number=n) for n in range(5))
        for number in range(options.pages):
            (folder / f"docs/page-{number:04}.md").write_text(text, encoding="utf-8")
        for theme in ("mkdocs", "material"):
            report(folder, theme, names, options, watch)


def report(
    folder: Path,
    theme: str,
    names: list[str],
    options: argparse.Namespace,
    watch: Stopwatch,
) -> None:
    """Build in turns and print the medians."""
    without: list[float] = []
    builds: dict[str, list[float]] = {name: [] for name in names}
    hooks: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(options.rounds):
        without.append(build_once(folder, theme, []))
        for name in names:
            watch.seconds = 0.0
            builds[name].append(build_once(folder, theme, [{name: PLUGINS[name]}]))
            hooks[name].append(watch.seconds)
    size = (folder / "site/page-0000/index.html").stat().st_size / 1024
    print(f"{theme}, {options.pages} pages of {size:.0f} KB")
    for name in names:
        seconds, total = median(hooks[name]), median(builds[name])
        print(
            f"  {name}: build with / without {total / median(without):.3f}, "
            f"hooks {seconds / total:.2%} of the build, "
            f"{seconds / options.pages * 1000:.3f} ms a page"
        )


if __name__ == "__main__":
    main()
