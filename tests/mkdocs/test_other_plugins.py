from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from sites import PROFILE, Site, metas

from halochat.assets import read_asset

Build = Callable[..., Site]

LOADER = read_asset("halochat").name
MATERIAL = {"name": "material", "font": False}
POST = (
    "---\ndate: 2026-01-02\ncategories: [News]\nhalochat: {theme: dark}\n---\n# Post\n"
)


def config(site: Site, path: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(site.meta(path))["haloChatConfig"]
    return found


@pytest.mark.parametrize("structure", ["suffix", "folder"])
def test_each_language_of_static_i18n_has_its_texts(
    mkdocs_site: Build, structure: str
) -> None:
    names = {
        "suffix": ("index.md", "index.de.md"),
        "folder": ("en/index.md", "de/index.md"),
    }[structure]
    languages = [
        {"locale": "en", "name": "English", "default": True, "build": True},
        {"locale": "de", "name": "Deutsch", "build": True},
    ]
    i18n = {"i18n": {"docs_structure": structure, "languages": languages}}
    site = mkdocs_site(
        dict.fromkeys(names, "# Page"),
        {"language": "auto"},
        theme=MATERIAL,
        plugins=[i18n],
    )
    english, german = (
        config(site, path)["language"] for path in ("index.html", "de/index.html")
    )
    assert english["send"] == "Send"  # type: ignore[index]
    assert german["send"] == "Senden"  # type: ignore[index]
    for path in ("index.html", "de/index.html"):
        source = Path(path).parent / ("../" * path.count("/")) / f"assets/{LOADER}"
        assert (site.folder / source).resolve().is_file()


def test_a_language_without_texts_falls_back_to_english(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        {"index.md": "# Page"},
        {"language": "auto"},
        theme={**MATERIAL, "language": "eu"},
    )
    assert config(site, "index.html")["language"]["send"] == "Send"  # type: ignore[index]


def test_posts_indexes_and_archives_of_the_blog_have_chat(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        {"index.md": "# Home", "blog/index.md": "# Blog", "blog/posts/one.md": POST},
        theme=MATERIAL,
        plugins=["blog", "tags"],
        use_directory_urls=False,
    )
    pages = sorted(
        path.relative_to(site.folder) for path in site.folder.rglob("*.html")
    )
    assert len(pages) >= 6
    for page in pages:
        assert len(metas(site.html(str(page)))) == 1, page
    assert config(site, "blog/2026/01/02/post.html")["theme"] == "dark"
    assert "theme" not in config(site, "blog/index.html")
    assert site.warnings == []


def test_front_matter_of_a_folder_reaches_its_pages(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        {
            "a/.meta.yml": "halochat: {theme: dark, width: 500}",
            "a/page.md": "---\nhalochat: {width: 600}\n---\n# Page",
        },
        theme=MATERIAL,
        plugins=["meta"],
    )
    found = config(site, "a/page/index.html")
    assert (found["theme"], found["width"]) == ("dark", 600)


def test_the_offline_plugin_keeps_the_loader_relative(mkdocs_site: Build) -> None:
    site = mkdocs_site(
        {"a/page.md": "# Page"}, theme=MATERIAL, plugins=["search", "offline"]
    )
    assert f'<script src="../assets/{LOADER}" defer>' in site.html("a/page.html")


def test_page_of_print_site_has_no_chat(mkdocs_site: Build) -> None:
    site = mkdocs_site({"index.md": "# Home"}, theme=MATERIAL, plugins=["print-site"])
    assert len(metas(site.html("index.html"))) == 1
    assert metas(site.html("print_page/index.html")) == []


def test_other_plugins_can_read_the_source_of_every_file(
    mkdocs_site: Build, tmp_path: Path
) -> None:
    # As mkdocs-autolinks-plugin does.
    hook = """
import os
def on_nav(nav, config, files):
    for file in files:
        assert os.path.getsize(file.abs_src_path)
"""
    (tmp_path / "hook.py").write_text(hook, encoding="utf-8")
    site = mkdocs_site({"index.md": "# Home"}, hooks=["hook.py"])
    loader = read_asset("halochat")
    copied = (site.folder / "assets" / loader.name).read_text(encoding="utf-8")
    assert copied == loader.text


def test_each_version_of_mike_has_chat(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Home", encoding="utf-8")
    settings = {
        "site_name": "Test",
        "site_url": "https://docs.example.com/product/",
        "plugins": ["mike", {"halochat": PROFILE}],
    }
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")

    scripts = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}"}

    def run(*command: str) -> str:
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    run("git", "init", "-q", "-b", "main")
    run("git", "config", "user.name", "Test")
    run("git", "config", "user.email", "test@example.com")
    run("git", "add", ".")
    run("git", "commit", "-qm", "Start")
    run("mike", "deploy", "1.0")
    (meta,) = metas(run("git", "show", "gh-pages:1.0/index.html"))
    assert json.loads(meta)["page"] == "index.html"
    page = run("git", "show", "gh-pages:1.0/404.html")
    assert f'<script src="/product/1.0/assets/{LOADER}" defer>' in page
    assert run("git", "show", f"gh-pages:1.0/assets/{LOADER}")
