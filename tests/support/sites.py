from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

# The three values from Halo that every site needs.
PROFILE = {
    "chat_service_url": "https://halo.acme.test/api",
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
    """Return the content of each `halo-chat` meta element, as a browser decodes it."""
    parser = _Embed()
    parser.feed(html)
    return parser.metas


@dataclass
class Site:
    """A built site and the messages of the build."""

    folder: Path
    warnings: list[str] = field(default_factory=list)

    def html(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def meta(self, path: str) -> str:
        (meta,) = metas(self.html(path))
        return meta
