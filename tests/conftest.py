from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml

# The three values from Halo that every site needs.
PROFILE = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "profile-1",
    "config_key": "key-1",
}


class _Embed(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.metas: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "meta" and attributes.get("name") == "halo-chat":
            self.metas.append(attributes["content"] or "")


def metas(html: str) -> list[str]:
    """Return the content of each meta of ours, as a browser decodes it."""
    parser = _Embed()
    parser.feed(html)
    return parser.metas


@dataclass
class Site:
    """A built site and what the build said."""

    folder: Path
    warnings: list[str] = field(default_factory=list)

    def html(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def meta(self, path: str) -> str:
        (meta,) = metas(self.html(path))
        return meta


class _Collect(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture
def mkdocs_site(tmp_path: Path) -> Callable[..., Site]:
    """Build a MkDocs site from a mapping of paths to texts."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    logger = logging.getLogger("mkdocs")

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
        ours = {"halochat": {**PROFILE, **(options or {})}}
        plugins = [*settings.pop("plugins", []), *([] if yml else [ours])]
        config = {"site_name": "Test", **settings, "plugins": plugins}
        file = tmp_path / "mkdocs.yml"
        # Last the plugins, so that their list goes on in what is given as text.
        file.write_text(yaml.safe_dump(config, sort_keys=False) + yml, encoding="utf-8")
        site = Site(tmp_path / "site")
        collect = _Collect(site.warnings)
        logger.addHandler(collect)
        try:
            loaded = load_config(str(file), strict=False)
            command = "serve" if serving else "build"
            loaded.plugins.on_startup(command=command, dirty=False)
            build(loaded)
        finally:
            logger.removeHandler(collect)
        return site

    return make
