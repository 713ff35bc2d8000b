"""Measure what chat costs a MkDocs build: 1,000 pages with and without the plugin.

Builds take turns, in one process. The cost is what the plugin's own hooks take of the
build's processor time, so that a busy machine does not matter much.
"""

from __future__ import annotations

import argparse
import logging
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from mkdocs_halochat.plugin import HaloChatPlugin

HOOKS = ("on_files", "on_page_content", "on_post_page", "on_post_template")
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
PLUGIN = {
    "halochat": {
        "chat_service_url": "https://halo.example.com/api",
        "config_id": "1",
        "config_key": "2",
        "colour": "#1f6fd6",
        "pages": {"page-00*": {"theme": "dark"}, "page-0001.md": False},
    }
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
    if theme == "material":
        settings["theme"] |= {"font": False, "features": ["navigation.prune"]}
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    start = time.process_time()
    build(load_config(str(file)))
    return time.process_time() - start


def main() -> None:
    """Print the cost for each theme."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    watch = Stopwatch()
    for hook in HOOKS:
        setattr(HaloChatPlugin, hook, watch.watch(getattr(HaloChatPlugin, hook)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "docs").mkdir()
        text = "# Page\n" + "".join(SECTION.format(number=n) for n in range(5))
        for number in range(options.pages):
            (folder / f"docs/page-{number:04}.md").write_text(text, encoding="utf-8")
        for theme in ("mkdocs", "material"):
            report(folder, theme, options.pages, options.rounds, watch)


def report(folder: Path, theme: str, pages: int, rounds: int, watch: Stopwatch) -> None:
    """Build in turns and print the medians."""
    without, with_chat, shares, costs = [], [], [], []
    for _ in range(rounds):
        without.append(build_once(folder, theme, []))
        watch.seconds = 0.0
        with_chat.append(build_once(folder, theme, [PLUGIN]))
        shares.append(watch.seconds / with_chat[-1])
        costs.append(watch.seconds / pages * 1000)
    size = (folder / "site/page-0000/index.html").stat().st_size / 1024
    ratio = statistics.median(with_chat) / statistics.median(without)
    print(
        f"{theme}, {pages} pages of {size:.0f} KB: "
        f"build with / without {ratio:.3f}, "
        f"the plugin's share {statistics.median(shares):.2%}, "
        f"{statistics.median(costs):.3f} ms a page"
    )


if __name__ == "__main__":
    main()
