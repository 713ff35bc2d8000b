"""Pages that change without a full load: Material's instant navigation, and Turbo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import expect

Make: TypeAlias = Callable[..., Any]

TURBO = (
    Path(__file__).parents[3] / "node_modules/@hotwired/turbo/dist/turbo.es2017-umd.js"
)
INSTANT = {
    "name": "material",
    "font": False,
    "features": ["navigation.instant", "navigation.instant.prefetch"],
}
LINKS = "[To home](index.md) [To next](next.md) [To off](off.md) [To other](other.md)"
PAGES = {
    "index.md": f"# Home\n\n{LINKS}",
    "next.md": f"---\nmark: true\n---\n# Next\n\n{LINKS}",
    "off.md": f"---\nhalochat: false\n---\n# Off\n\n{LINKS}",
    "other.md": f"---\nhalochat:\n  colour: '#aa0000'\n---\n# Other\n\n{LINKS}",
}
# A style in the head of one page only, which is the theme's to add and to remove.
OVERRIDE = """{% extends "base.html" %}
{% block extrahead %}
{% if page and page.meta.mark %}<style>h1 { opacity: 0.25 }</style>{% endif %}
{% endblock %}
"""


@pytest.fixture
def instant(docs: Make) -> Make:
    """Build a Material site with instant navigation."""

    def make(**options: Any) -> Any:
        pages = {**PAGES, "../overrides/main.html": OVERRIDE}
        theme = {**INSTANT, "custom_dir": "overrides"}
        site = docs(pages, site_theme=theme, **options)
        site.full_loads = []
        site.page.on("load", lambda page: site.full_loads.append(page.url))
        return site

    return make


def enter(site: Any, path: str = "") -> Any:
    """Enter the site, and wait until Material knows its pages."""
    with site.page.expect_request_finished(lambda one: "sitemap.xml" in one.url):
        site.go(path)
    site.idle()
    return site


def follow(site: Any, name: str) -> None:
    """Follow a link of the content, and wait until its page is there."""
    site.page.get_by_role("link", name=f"To {name}", exact=True).click()
    title = name.capitalize()
    expect(site.page.get_by_role("heading", name=title, level=1)).to_be_visible()


def test_the_chat_goes_on_over_navigation(instant: Make) -> None:
    site = enter(instant(load="click"))
    site.launcher.click()
    site.message.fill("Half a sentence")
    follow(site, "next")
    expect(site.window).to_be_visible()
    expect(site.message).to_have_value("Half a sentence")
    assert site.vendor.loads == 1
    assert len(site.full_loads) == 1


def test_the_launcher_stays(instant: Make) -> None:
    site = enter(instant(load="click"))
    follow(site, "next")
    expect(site.launcher).to_be_visible()
    site.launcher.click()
    expect(site.window).to_be_visible()
    assert site.vendor.loads == 1


def test_a_page_met_twice_is_set_up_once(instant: Make) -> None:
    # Material tells of the first page, too.
    site = enter(instant(load="eager"))
    site.is_("ready")
    follow(site, "next")
    follow(site, "home")
    assert site.vendor.loads == 1
    expect(site.bubble).to_have_count(1)


def test_an_off_page_hides_the_chat_and_closes_its_window(instant: Make) -> None:
    site = enter(instant(load="click"))
    site.launcher.click()
    expect(site.window).to_be_visible()
    follow(site, "off")
    site.is_("off")
    expect(site.bubble).to_be_hidden()
    expect(site.launcher).to_have_count(0)
    assert site.calls[-1] == ("closeChatWindow", None)
    follow(site, "home")
    site.is_("ready")
    expect(site.bubble).to_be_visible()
    expect(site.window).to_be_hidden()


def test_an_off_page_takes_no_wish_along(instant: Make) -> None:
    site = instant(load="click")
    site.vendor.serves(late=True)
    enter(site)
    site.launcher.click()
    site.is_("ready")
    follow(site, "off")
    site.vendor_goes_on()
    follow(site, "home")
    expect(site.bubble).to_be_visible()
    expect(site.window).to_be_hidden()


def test_a_visit_that_begins_on_an_off_page_gets_chat_later(instant: Make) -> None:
    site = enter(instant(load="idle"), "off/")
    site.is_("off")
    site.idle()
    assert site.vendor.server.requests == []
    follow(site, "home")
    site.is_("ready")
    expect(site.bubble).to_be_visible()
    assert len(site.full_loads) == 1


def test_back_and_forward(instant: Make) -> None:
    site = enter(instant(load="eager"))
    site.is_("ready")
    follow(site, "off")
    site.is_("off")
    site.page.go_back()
    site.is_("ready")
    expect(site.bubble).to_be_visible()
    site.page.go_forward()
    site.is_("off")
    expect(site.bubble).to_be_hidden()
    assert site.vendor.loads == 1
    assert len(site.full_loads) == 1


def test_a_page_with_other_options_is_loaded_in_full_once(instant: Make) -> None:
    site = enter(instant(load="eager"))
    site.is_("ready")
    with site.page.expect_event("load"):
        follow(site, "other")
    site.is_("ready")
    assert site.config["colour"] == "#aa0000"
    site.idle()
    assert len(site.full_loads) == 2
    assert site.vendor.loads == 2


def test_a_page_with_other_options_needs_no_full_load_before_the_chat_runs(
    instant: Make,
) -> None:
    site = enter(instant(load="click"))
    follow(site, "other")
    site.launcher.click()
    expect(site.window).to_be_visible()
    assert site.config["colour"] == "#aa0000"
    assert len(site.full_loads) == 1


def test_the_widgets_styles_in_the_head_are_kept(instant: Make) -> None:
    site = enter(instant(load="eager"))
    expect(site.bubble).to_have_css("z-index", "77")
    for name in ("next", "home", "next"):
        follow(site, name)
    expect(site.bubble).to_have_css("position", "fixed")  # from its <style>
    expect(site.bubble).to_have_css("opacity", "0.5")  # from insertRule()
    expect(site.bubble).to_have_css("z-index", "77")  # from its <link>


def test_the_themes_own_head_is_left_to_it(instant: Make) -> None:
    site = enter(instant(load="eager"))
    site.is_("ready")
    heading = site.page.get_by_role("heading", level=1)
    canonical = site.page.locator("link[rel=canonical]")
    for name, opacity in [("next", "0.25"), ("home", "1"), ("next", "0.25")]:
        follow(site, name)
        path = "" if name == "home" else f"{name}/"
        expect(heading).to_have_css("opacity", opacity)
        expect(canonical).to_have_attribute("href", f"{site.server.url}/{path}")
        expect(site.page.locator("meta[name=halo-chat]")).to_have_count(1)


def test_a_failed_chat_is_not_loaded_again_by_moving_on(instant: Make) -> None:
    site = instant(load="click", timeout=1)
    site.vendor.serves(hidden=True, late=True)
    enter(site)
    site.launcher.click()
    site.is_("failed")
    follow(site, "next")
    site.vendor_goes_on()
    site.is_("ready")
    follow(site, "home")
    site.idle()
    site.is_("ready")
    assert site.vendor.loads == 1


def test_prefetching_asks_nothing_of_the_vendor(instant: Make) -> None:
    site = enter(instant(load="idle"), "off/")
    with site.page.expect_request("**/next/"):
        site.page.get_by_role("link", name="To next").hover()
    site.idle()
    assert site.vendor.server.requests == []


def test_the_chat_works_from_files(docs: Make, tmp_path: Path) -> None:
    settings = {"use_directory_urls": False}
    site = docs(PAGES, load="click", site_theme=INSTANT, settings=settings)
    site.page.goto((tmp_path / "site" / "index.html").as_uri())
    site.launcher.click()
    expect(site.window).to_be_visible()
    follow(site, "next")
    expect(site.bubble).to_be_visible()
    follow(site, "off")
    site.is_("off")


# --- Turbo ----------------------------------------------------------------------------

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8" /><title>{0}</title>
<script src="/turbo.js" defer></script></head>
<body><main><h1>{0}</h1><a href="home.html">To home</a> <a href="next.html">To next</a>
<a href="off.html">To off</a> <a href="other.html">To other</a></main></body></html>
"""


@pytest.fixture
def turbo(plain: Make) -> Make:
    """Serve pages that Turbo changes."""

    def make(**options: Any) -> Any:
        names = ("home", "next", "off", "other")
        pages = {f"{name}.html": PAGE.format(name.capitalize()) for name in names}
        layers = {"off.html": False, "other.html": {"colour": "#aa0000"}}
        site = plain(pages, layers, **options)
        site.server.answer("/turbo.js", TURBO.read_text("utf-8"))
        site.full_loads = []
        site.page.on("load", lambda page: site.full_loads.append(page.url))
        return site

    return make


def visit(site: Any, name: str) -> None:
    site.page.get_by_role("link", name=f"To {name}", exact=True).click()
    expect(site.page).to_have_title(name.capitalize())


def test_turbo_keeps_the_chat(turbo: Make) -> None:
    site = turbo(load="click").go("home.html")
    site.launcher.click()
    site.message.fill("Half a sentence")
    visit(site, "next")
    expect(site.window).to_be_visible()
    expect(site.message).to_have_value("Half a sentence")
    expect(site.bubble).to_have_css("opacity", "0.5")
    expect(site.bubble).to_have_css("z-index", "77")
    assert site.vendor.loads == 1
    assert len(site.full_loads) == 1


def test_turbo_off_and_back(turbo: Make) -> None:
    site = turbo(load="eager").go("home.html")
    site.is_("ready")
    visit(site, "off")
    site.is_("off")
    expect(site.bubble).to_be_hidden()
    site.page.go_back()
    expect(site.page).to_have_title("Home")
    site.is_("ready")
    expect(site.bubble).to_be_visible()
    assert site.vendor.loads == 1


def test_turbo_and_other_options(turbo: Make) -> None:
    site = turbo(load="eager").go("home.html")
    site.is_("ready")
    with site.page.expect_event("load"):
        visit(site, "other")
    site.is_("ready")
    assert site.config["colour"] == "#aa0000"
    assert len(site.full_loads) == 2


def test_turbo_piles_nothing_up(turbo: Make) -> None:
    site = turbo(load="click").go("home.html")
    expect(site.launcher).to_be_visible()
    count = site.page.locator("body > *").count()
    for name in ("next", "home", "next"):
        visit(site, name)
        expect(site.launcher).to_be_visible()
    site.page.go_back()
    expect(site.page).to_have_title("Home")
    expect(site.launcher).to_be_visible()
    expect(site.page.locator("body > *")).to_have_count(count)
    expect(site.page.locator("meta[name=halo-chat]")).to_have_count(1)
