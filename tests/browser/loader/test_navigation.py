"""Pages that change without a full load: instant navigation as in Material, and Turbo."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from embedding import embed_chat
from playwright.sync_api import expect
from visit import Visit

Make: TypeAlias = Callable[..., Visit]

engines = pytest.mark.engines


@pytest.fixture(params=["instant", "turbo"])
def visit_changing(request: Any, visit_instant: Make, visit_turbo: Make) -> Make:
    """Serve pages that change without a full load."""
    return {"instant": visit_instant, "turbo": visit_turbo}[request.param]


def follow(visit: Visit, name: str) -> None:
    """Follow a link of the content, and wait until its page is there."""
    visit.page.get_by_role("link", name=f"To {name}", exact=True).click()
    expect_page(visit, name)


def expect_page(visit: Visit, name: str) -> None:
    title = name.capitalize()
    expect(visit.page.get_by_role("heading", name=title, level=1)).to_be_visible()


# --- Both ways ------------------------------------------------------------------------


@pytest.mark.core
@engines
def test_the_chat_and_its_draft_survive_navigation(visit_changing: Make) -> None:
    visit = visit_changing(load="click").open("home.html")
    visit.launcher.click()
    visit.message.fill("Half a sentence")
    follow(visit, "next")
    expect(visit.window).to_be_visible()
    expect(visit.message).to_have_value("Half a sentence")
    assert visit.vendor.loads == 1
    assert len(visit.full_loads) == 1


@engines
def test_the_launcher_survives_navigation(visit_changing: Make) -> None:
    visit = visit_changing(load="click").open("home.html")
    follow(visit, "next")
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    assert visit.vendor.loads == 1


@engines
def test_returning_to_a_page_starts_no_second_widget(visit_changing: Make) -> None:
    visit = visit_changing(load="eager").open("home.html").expect_state("ready")
    follow(visit, "next")
    follow(visit, "home")
    visit.settle().expect_state("ready")
    assert visit.vendor.loads == 1
    expect(visit.bubble).to_have_count(1)


@pytest.mark.core
@engines
def test_an_off_page_hides_the_chat_and_closes_its_window(
    visit_changing: Make,
) -> None:
    visit = visit_changing(load="click").open("home.html")
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    follow(visit, "off")
    visit.expect_state("off")
    expect(visit.bubble).to_be_hidden()
    expect(visit.launcher).to_have_count(0)
    assert visit.calls[-1] == ("closeChatWindow", None)
    follow(visit, "home")
    visit.expect_state("ready")
    expect(visit.bubble).to_be_visible()
    expect(visit.window).to_be_hidden()


def test_an_off_page_drops_requests(visit_changing: Make) -> None:
    visit = visit_changing(load="click")
    visit.vendor.serve(late=True)
    visit.open("home.html").launcher.click()
    expect(visit.bubble).to_be_visible()
    follow(visit, "off")
    visit.expect_state("off")
    visit.release_widget()
    follow(visit, "home")
    expect(visit.bubble).to_be_visible()
    expect(visit.window).to_be_hidden()


@engines
def test_a_visit_that_begins_on_an_off_page_has_chat_on_the_next(
    visit_changing: Make,
) -> None:
    visit = visit_changing(load="idle").open("off.html").expect_state("off").settle()
    assert visit.vendor.requests == []
    follow(visit, "home")
    visit.expect_state("ready")
    expect(visit.bubble).to_be_visible()
    assert len(visit.full_loads) == 1


@engines
def test_the_back_and_forward_buttons_hide_and_show_the_chat(
    visit_changing: Make,
) -> None:
    visit = visit_changing(load="eager").open("home.html").expect_state("ready")
    follow(visit, "off")
    visit.expect_state("off")
    visit.page.go_back()
    expect_page(visit, "home")
    visit.expect_state("ready")
    expect(visit.bubble).to_be_visible()
    visit.page.go_forward()
    expect_page(visit, "off")
    visit.expect_state("off")
    expect(visit.bubble).to_be_hidden()
    assert visit.vendor.loads == 1
    assert len(visit.full_loads) == 1


def test_the_progress_bar_of_turbo_is_no_part_of_the_chat(visit_turbo: Make) -> None:
    visit = visit_turbo(load="eager").open("home.html").expect_state("ready")
    release = visit.server.hold("/next.html")
    visit.page.get_by_role("link", name="To next", exact=True).click()
    visit.pass_time(1)
    expect(visit.page.locator(".turbo-progress-bar")).to_have_count(1)
    release()
    expect_page(visit, "next")
    visit.settle()
    assert len(visit.full_loads) == 1


def test_a_page_with_other_options_is_loaded_in_full_once(
    visit_changing: Make,
) -> None:
    visit = visit_changing(load="eager").open("home.html").expect_state("ready")
    with visit.page.expect_event("load"):
        follow(visit, "other")
    visit.expect_state("ready")
    assert visit.config["colour"] == "#aa0000"
    visit.settle()
    assert len(visit.full_loads) == 2
    assert visit.vendor.loads == 2


def test_a_page_with_other_options_needs_no_full_load_before_the_chat_runs(
    visit_changing: Make,
) -> None:
    visit = visit_changing(load="click").open("home.html")
    follow(visit, "other")
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    assert visit.config["colour"] == "#aa0000"
    assert len(visit.full_loads) == 1


@engines
def test_the_styles_of_the_widget_survive_navigation(visit_changing: Make) -> None:
    visit = visit_changing(load="eager").open("home.html")
    expect(visit.bubble).to_have_css("z-index", "77")
    for name in ("next", "home", "next"):
        follow(visit, name)
    expect(visit.bubble).to_have_css("position", "fixed")  # from its <style>
    expect(visit.bubble).to_have_css("opacity", "0.5")  # from insertRule()
    expect(visit.bubble).to_have_css("z-index", "77")  # from its <link>


def test_does_not_change_the_head_of_the_theme(visit_instant: Make) -> None:
    visit = visit_instant(load="eager").open("home.html").expect_state("ready")
    heading = visit.page.get_by_role("heading", level=1)
    for name, opacity in [("next", "0.25"), ("home", "1"), ("next", "0.25")]:
        follow(visit, name)
        expect(heading).to_have_css("opacity", opacity)
        expect(visit.page.locator("meta[name=halo-chat]")).to_have_count(1)


def test_a_failed_chat_is_not_loaded_again_on_the_next_page(
    visit_changing: Make,
) -> None:
    visit = visit_changing(load="click")
    visit.vendor.serve(hidden=True, late=True)
    visit.open("home.html").launcher.click()
    visit.page.wait_for_function("window.__loads")
    visit.expect_state("loading").pass_time(15).expect_state("failed")
    follow(visit, "next")
    visit.release_widget()
    visit.expect_state("ready")
    follow(visit, "home")
    visit.settle().expect_state("ready")
    assert visit.vendor.loads == 1


def test_navigation_leaves_no_elements_behind(visit_changing: Make) -> None:
    visit = visit_changing(load="click").open("home.html")
    expect(visit.launcher).to_be_visible()
    elements = visit.page.locator("body > *")
    count = elements.count()
    for name in ("next", "home", "next"):
        follow(visit, name)
        expect(visit.launcher).to_be_visible()
    visit.page.go_back()
    expect_page(visit, "home")
    expect(visit.launcher).to_be_visible()
    expect(elements).to_have_count(count)
    expect(visit.page.locator("meta[name=halo-chat]")).to_have_count(1)


def test_navigation_leaves_no_listeners_behind(visit_changing: Make) -> None:
    visit = visit_changing(load="interaction")
    visit.page.add_init_script("""
        window.listeners = 0;
        const { addEventListener, removeEventListener } = EventTarget.prototype;
        EventTarget.prototype.addEventListener = function (type, listener, options) {
          if (type === "scroll") {
            listeners++;
            options?.signal?.addEventListener("abort", () => listeners--);
          }
          return addEventListener.call(this, type, listener, options);
        };
        EventTarget.prototype.removeEventListener = function (type, ...rest) {
          if (type === "scroll") listeners--;
          return removeEventListener.call(this, type, ...rest);
        };
    """)
    visit.open("home.html").expect_state("idle")
    count = visit.page.evaluate("listeners")
    for name in ("next", "home", "next"):
        # A click would be an interaction.
        link = visit.page.get_by_role("link", name=f"To {name}", exact=True)
        link.evaluate("(link) => link.click()")
        expect_page(visit, name)
    visit.expect_state("idle")
    assert visit.page.evaluate("listeners") == count


# --- Material itself ------------------------------------------------------------------


def enter(visit: Visit, path: str = "") -> Visit:
    """Enter a Material site, and wait until the theme knows its pages."""
    with visit.page.expect_request_finished(lambda one: "sitemap.xml" in one.url):
        visit.open(path)
    return visit.settle()


LAYERS = {"off/index.html": False, "other/index.html": {"colour": "#aa0000"}}


def test_the_chat_survives_navigation_in_material(visit_theme: Make) -> None:
    visit = enter(visit_theme("material", LAYERS, load="click"))
    visit.launcher.click()
    visit.message.fill("Half a sentence")
    follow(visit, "next")
    expect(visit.window).to_be_visible()
    expect(visit.message).to_have_value("Half a sentence")
    follow(visit, "off")
    visit.expect_state("off")
    expect(visit.bubble).to_be_hidden()
    visit.page.go_back()
    expect_page(visit, "next")
    visit.expect_state("ready")
    expect(visit.bubble).to_have_css("position", "fixed")
    expect(visit.bubble).to_have_css("opacity", "0.5")
    expect(visit.bubble).to_have_css("z-index", "77")
    assert visit.vendor.loads == 1
    assert len(visit.full_loads) == 1
    with visit.page.expect_event("load"):
        follow(visit, "other")
    visit.settle().expect_state("ready")
    assert visit.config["colour"] == "#aa0000"


def test_does_not_change_the_head_of_material(visit_theme: Make) -> None:
    visit = enter(visit_theme("material", load="eager")).expect_state("ready")
    heading = visit.page.get_by_role("heading", level=1)
    canonical = visit.page.locator("link[rel=canonical]")
    for name, opacity in [("next", "0.25"), ("home", "1"), ("next", "0.25")]:
        follow(visit, name)
        path = "" if name == "home" else f"{name}/"
        expect(heading).to_have_css("opacity", opacity)
        expect(canonical).to_have_attribute("href", f"https://docs.example.com/{path}")
        expect(visit.page.locator("meta[name=halo-chat]")).to_have_count(1)
    assert len(visit.full_loads) == 1


def test_prefetching_requests_nothing_from_the_vendor(visit_theme: Make) -> None:
    visit = enter(visit_theme("material", LAYERS, load="idle"), "off/")
    with visit.page.expect_request("**/next/"):
        visit.page.get_by_role("link", name="To next", exact=True).hover()
    visit.settle()
    assert visit.vendor.requests == []


def test_chat_works_on_file_urls(
    visit_theme: Make, build_site: Callable[[str], Path], tmp_path: Path
) -> None:
    visit = visit_theme("material-files", load="click")
    folder = tmp_path / "files"
    shutil.copytree(build_site("material-files"), folder)
    pages = {path.name: path.read_text("utf-8") for path in folder.glob("*.html")}
    options = {"chat_service_url": visit.vendor.api, "config_id": "1"}
    options |= {"config_key": "k", "load": "click", "pages": {"off.html": False}}
    for name, text in embed_chat(options, pages).items():
        folder.joinpath(name).write_text(text, "utf-8")
    visit.page.goto((folder / "index.html").as_uri())
    visit.launcher.click()
    expect(visit.window).to_be_visible()
    follow(visit, "next")
    visit.pass_time(1)
    expect(visit.bubble).to_be_visible()
    follow(visit, "off")
    visit.expect_state("off")
