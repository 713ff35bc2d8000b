"""Sites of real hosts and themes, without chat; each is built once for all tests."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

SAMPLES = Path(__file__).parents[2] / "sample_docs"
# Material compares the URLs of links with those in the sitemap.
SITE_URL = "https://docs.example.com"
PALETTE = [
    {
        "scheme": "default",
        "toggle": {"icon": "material/weather-night", "name": "To dark"},
    },
    {
        "scheme": "slate",
        "toggle": {"icon": "material/weather-sunny", "name": "To light"},
    },
]
CONSENT = {
    "title": "Cookies",
    "description": "May we?",
    "cookies": {"halochat": "Live chat"},
    "actions": ["accept", "reject"],
}
MATERIAL: dict[str, Any] = {
    "name": "material",
    "font": False,
    "palette": PALETTE,
    "features": ["navigation.instant", "navigation.instant.prefetch"],
    "custom_dir": "overrides",
}
# Requests of a theme to other hosts are answered with 404.
MKDOCS: dict[str, Any] = {"name": "mkdocs", "highlightjs": False}
MKDOCS_SITES: dict[str, dict[str, Any]] = {
    "material": {"theme": MATERIAL},
    "material-consent": {"theme": MATERIAL, "extra": {"consent": CONSENT}},
    "material-files": {"theme": MATERIAL, "use_directory_urls": False},
    "mkdocs": {"theme": {**MKDOCS, "color_mode": "light"}},
    "mkdocs-dark": {"theme": {**MKDOCS, "color_mode": "dark"}},
    "readthedocs": {"theme": {"name": "readthedocs", "highlightjs": False}},
}
LINKS = "[To home](index.md) [To next](next.md) [To off](off.md) [To other](other.md)"
PAGES = {
    "docs/index.md": f"# Home\n\n[Ask us](#halo-chat) {LINKS}",
    "docs/next.md": f"---\nmark: true\n---\n# Next\n\n{LINKS}",
    "docs/off.md": f"# Off\n\n{LINKS}",
    "docs/other.md": f"# Other\n\n{LINKS}",
    # A style in the head of only one page, which the theme adds and removes.
    "overrides/main.html": """{% extends "base.html" %}
{% block extrahead %}
{% if page and page.meta.mark %}<style>h1 { opacity: 0.25 }</style>{% endif %}
{% endblock %}
""",
}
SPHINX_PAGES = {
    "index.rst": "Home\n====\n\nText.\n",
    "off.rst": ":orphan:\n\nOff\n===\n\nText.\n",
}

Build = Callable[[Path, Path], None]


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def build_mkdocs(settings: dict[str, Any]) -> Build:
    def run(source: Path, site: Path) -> None:
        write(source, PAGES)
        source.joinpath("mkdocs.yml").touch()
        # MkDocs modifies its arguments.
        given = {"site_name": "Test", "site_url": f"{SITE_URL}/", **deepcopy(settings)}
        given["site_dir"] = str(site)
        config = load_config(str(source / "mkdocs.yml"), **given)
        # The `mkdocs` command does this, too; plugins of older Materials rely on it.
        config.plugins.on_startup(command="build", dirty=False)
        build(config)

    return run


def run_sphinx(source: Path, site: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-nqW", str(source), str(site)]
    subprocess.run(command, check=True)


def build_sphinx(theme: str) -> Build:
    def run(source: Path, site: Path) -> None:
        write(source, {**SPHINX_PAGES, "conf.py": f"html_theme = {theme!r}\n"})
        run_sphinx(source, site)

    return run


def build_mkdocs_guide(source: Path, site: Path) -> None:
    url = f"{SITE_URL}/mkdocs/"
    config = str(SAMPLES / "mkdocs" / "mkdocs.yml")
    build(load_config(config, strict=True, site_dir=str(site), site_url=url))


def build_sphinx_guide(source: Path, site: Path) -> None:
    run_sphinx(SAMPLES / "sphinx", site)


SITES: dict[str, Build] = {
    **{name: build_mkdocs(settings) for name, settings in MKDOCS_SITES.items()},
    **{
        name: build_sphinx(name)
        for name in ("furo", "pydata_sphinx_theme", "alabaster")
    },
    "guides/mkdocs": build_mkdocs_guide,
    "guides/sphinx": build_sphinx_guide,
}


def built_site(name: str, cache: Path) -> Path:
    """Return the folder of a site, which is built if the cache does not have it."""
    site = cache / "sites" / name
    site.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{site}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another process may be building it
        if not site.exists():
            with tempfile.TemporaryDirectory(dir=cache) as folder:
                source, built = Path(folder) / "source", Path(folder) / "site"
                source.mkdir()
                SITES[name](source, built)
                built.rename(site)
    return site
