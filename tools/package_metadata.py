"""The part of the package's metadata that depends on the address of the repository.

The build backend calls it. The address of the repository is written once, as `home` in
`pyproject.toml`; the URLs of the project and the links in the README derive from it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_RELATIVE_LINK = re.compile(r"(!?)\]\((?![a-z]+:|#)([^)\s]+)\)")


class ProjectLinks(MetadataHookInterface):
    """Add the project's URLs, and a README whose links work outside the repository."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `urls` and `readme`."""
        home = self.config["home"].rstrip("/")
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        if home:
            metadata["urls"] = {
                "Homepage": home,
                "Documentation": f"{home}/tree/main/sample_docs",
                "Changelog": f"{home}/blob/main/CHANGELOG.md",
                "Issues": f"{home}/issues",
                "Source": home,
            }
            text = absolute_links(text, home)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


def absolute_links(text: str, home: str) -> str:
    """Return Markdown whose relative links lead into the repository at `home`.

    Images are linked as files, everything else as the page that shows it.
    """

    def link(match: re.Match[str]) -> str:
        path = match[2]
        is_image = path.endswith((".gif", ".jpg", ".png", ".svg", ".webp"))
        return f"{match[1]}]({home}/{'raw' if is_image else 'blob'}/main/{path})"

    return _RELATIVE_LINK.sub(link, text)
