"""The texts that readers of translated sites get, read in the preview's window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cases import only_with_full
from click.testing import CliRunner
from playwright.sync_api import Page, expect
from sites import PROFILE, Site

from halochat.cli import main
from halochat.languages import ENGLISH, Texts, texts

Build = Callable[..., Site]
Serve = Callable[[Path], Any]

OPTIONS = {**PROFILE, "language": "auto", "preview": True, "load": "click"}
MATERIAL = {"name": "material", "font": False, "features": ["navigation.instant"]}


def expect_chat_in(page: Page, spoken: Texts) -> None:
    """Open the chat by its launcher, and find the texts of a language."""
    page.get_by_role("button", name=spoken.loader["open"], exact=True).click()
    expect_window_in(page, spoken)


def expect_window_in(page: Page, spoken: Texts) -> None:
    window = page.get_by_role("dialog")
    box = window.get_by_role("textbox")
    expect(box).to_have_attribute("placeholder", spoken.widget["messagePlaceholder"])
    expect(window.get_by_role("button", name=spoken.widget["send"])).to_be_visible()


@pytest.mark.parametrize("structure", ["suffix", *only_with_full("folder")])
def test_chat_uses_each_language_of_static_i18n(
    mkdocs_site: Build, serve: Serve, page: Page, structure: str
) -> None:
    locales = {"en": ENGLISH, "de": texts("de"), "fr": texts("fr"), "eo": ENGLISH}
    name = {"suffix": "page.{}.md", "folder": "{}/page.md"}[structure]
    languages = [
        {"locale": locale, "name": locale, "build": True, "default": locale == "en"}
        for locale in locales
    ]
    site = mkdocs_site(
        {name.format(locale): "# Page" for locale in locales},
        OPTIONS,
        theme=MATERIAL,
        plugins=[{"i18n": {"docs_structure": structure, "languages": languages}}],
    )
    server = serve(site.folder)
    for locale, spoken in locales.items():
        folder = "" if locale == "en" else f"{locale}/"
        page.goto(f"{server.url}/{folder}page/")
        expect_chat_in(page, spoken)
        page.evaluate("sessionStorage.clear()")


@pytest.mark.parametrize(
    ("language", "spoken"),
    [("ja", texts("ja")), ("pt-BR", texts("pt-BR")), ("eu", ENGLISH)],
)
def test_chat_uses_the_language_of_material(
    mkdocs_site: Build, serve: Serve, page: Page, language: str, spoken: Texts
) -> None:
    theme = {**MATERIAL, "language": language}
    site = mkdocs_site({"index.md": "# Page"}, OPTIONS, theme=theme)
    page.goto(serve(site.folder).url)
    expect_chat_in(page, spoken)


@pytest.mark.parametrize("language", ["zh_TW", *only_with_full("de", "eu")])
def test_chat_uses_the_language_of_a_sphinx_build(
    tmp_path: Path, serve: Serve, page: Page, language: str
) -> None:
    source, site = tmp_path / "docs", tmp_path / "site"
    source.mkdir()
    (source / "index.rst").write_text("Page\n====\n", encoding="utf-8")
    conf = f"extensions = ['sphinx_halochat']\nhalochat_options = {OPTIONS!r}\n"
    (source / "conf.py").write_text(conf, encoding="utf-8")
    command = ["-m", "sphinx", "-qW", "-D", f"language={language}", source, site]
    subprocess.run([sys.executable, *command], check=True)
    page.goto(serve(site).url)
    spoken = {"de": texts("de"), "zh_TW": texts("zh-Hant"), "eu": ENGLISH}
    expect_chat_in(page, spoken[language])


@pytest.mark.parametrize(
    ("tag", "spoken"),
    [
        ('<html lang="de-AT">', texts("de")),
        ("<HTML class=page LANG=pt_PT>", texts("pt-PT")),
        ("<html lang='eu'>", ENGLISH),
        ("<html>", ENGLISH),
    ],
)
def test_chat_uses_the_language_of_any_page(
    tmp_path: Path, serve: Serve, page: Page, tag: str, spoken: Texts
) -> None:
    config, site = tmp_path / "halochat.yml", tmp_path / "site"
    config.write_text("\n".join(f"{k}: {v}" for k, v in OPTIONS.items()))
    site.mkdir()
    (site / "index.html").write_text(f"<!doctype html>{tag}<title>Page</title><p>Text")
    command = ["inject", str(site), "-c", str(config)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    page.goto(serve(site).url)
    expect_chat_in(page, spoken)


def test_instant_navigation_between_languages_changes_the_texts(
    mkdocs_site: Build, serve: Serve, page: Page
) -> None:
    links = "[German](de.md), [French](fr.md)"
    pages = {
        f"{tag}.md": f"---\nhalochat: {{language: {tag}}}\n---\n# {tag}\n\n{links}"
        for tag in ("de", "fr")
    }
    site = mkdocs_site(pages, OPTIONS, theme=MATERIAL)
    url = serve(site.folder).url
    page.goto(f"{url}/de/")
    expect_chat_in(page, texts("de"))
    page.get_by_role("main").get_by_role("link", name="French").click()
    page.wait_for_url("**/fr/")
    page.get_by_role("button", name=texts("fr").widget["liveChatName"]).click()
    expect_window_in(page, texts("fr"))
