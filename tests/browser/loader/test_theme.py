"""`theme: auto`, which follows the page's own light or dark colors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias

import pytest
from playwright.sync_api import Browser, expect
from visit import Visit

Make: TypeAlias = Callable[..., Visit]
Scheme: TypeAlias = Literal["light", "dark"]

engines = pytest.mark.engines

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>Page</title>
<style>{}</style></head><body><main><h1>Page</h1></main></body></html>"""
PAPER = "url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E\")"


def expect_themes(visit_static: Make, pages: dict[str, tuple[str, str]]) -> None:
    """Expect the theme that each page gets, by its styles; one page loads all in frames."""
    documents = {f"{name}.html": PAGE.format(css) for name, (css, _) in pages.items()}
    frames = "".join(f'<iframe src="{path}"></iframe>' for path in documents)
    visit = visit_static(
        {"index.html": frames, **documents},
        {"index.html": False},
        load="eager",
        theme="auto",
    )
    themes = visit.open().page.wait_for_function(
        """() => {
          const configs = Array.from(frames, (frame) => frame.__config);
          return configs.every(Boolean) && configs.map(({ theme }) => theme);
        }"""
    )
    assert dict(zip(pages, themes.json_value(), strict=True)) == {
        name: theme for name, (_, theme) in pages.items()
    }


# Colors as authors write them; browsers keep most notations in computed values.
COLORS = {
    "dark": [
        "#111",
        "rgb(20 20 90)",
        "rgb(10 10 10 / 80%)",
        "hsl(220 40% 12%)",
        "hwb(200 5% 85%)",
        "lab(12 5 -5)",
        "lch(12 10 200)",
        "oklab(20% 0.01 0)",
        "oklch(25% 0.02 240)",
        "color(srgb 0.1 0.1 0.12)",
        "color(display-p3 0.1 0.1 0.1)",
        "color-mix(in oklab, black, white 10%)",
        "midnightblue",
    ],
    "light": [
        "#fafafa",
        "rgb(240 240 255)",
        "rgb(250 250 250 / 80%)",
        "hsl(60 50% 95%)",
        "hwb(60 90% 5%)",
        "lab(96 0 4)",
        "lch(96 5 100)",
        "oklab(97% 0 0.01)",
        "oklch(97% 0.01 90)",
        "color(srgb 0.95 0.97 1)",
        "color(display-p3 0.9 1 0.9)",
        "color-mix(in oklab, white, black 5%)",
        "ivory",
    ],
}


@pytest.mark.core
@engines
def test_follows_the_background_in_any_notation(visit_static: Make) -> None:
    pages = {
        f"{theme}-{at}": (f"body {{ background: {color} }}", theme)
        for theme, colors in COLORS.items()
        for at, color in enumerate(colors)
    }
    expect_themes(visit_static, pages)


@engines
def test_looks_behind_transparent_backgrounds(visit_static: Make) -> None:
    behind = "main {{ background: {} }} html {{ background: {} }}".format
    pages = {
        "none": (behind("none", "#111"), "dark"),
        "transparent": (behind("transparent", "#111"), "dark"),
        "faint": (behind("rgb(255 255 255 / 5%)", "#111"), "dark"),
        "faint-oklch": (behind("oklch(20% 0 0 / 0.05)", "#fff"), "light"),
        "content": (behind("#fff", "#111"), "light"),
    }
    expect_themes(visit_static, pages)


@pytest.mark.core
@engines
def test_follows_the_color_scheme_of_a_page_without_backgrounds(
    visit_static: Make,
) -> None:
    pages = {
        "dark": (":root { color-scheme: dark }", "dark"),
        "only-dark": (":root { color-scheme: only dark }", "dark"),
        "light": (":root { color-scheme: light }", "light"),
        "none": ("", "light"),
        "painted": (":root { color-scheme: dark } body { background: #fff }", "light"),
    }
    expect_themes(visit_static, pages)


@pytest.mark.parametrize("system", ["light", "dark"])
def test_follows_the_system_if_the_color_scheme_of_the_page_does(
    visit_static: Make, system: Scheme
) -> None:
    pages = {"index.html": PAGE.format(":root { color-scheme: light dark }")}
    visit = visit_static(pages, load="eager", theme="auto")
    visit.page.emulate_media(color_scheme=system)
    visit.open().expect_state("ready")
    assert visit.config["theme"] == system


@pytest.mark.core
@engines
def test_follows_the_text_if_an_image_hides_the_background(visit_static: Make) -> None:
    painted = "body {{ background: {} }} main {{ background: {}; color: {} }}".format
    pages = {
        "paper": (painted("#222", PAPER, "#222"), "light"),
        "night": (painted("#fff", PAPER, "#eee"), "dark"),
        "gradient": (painted("#222", "linear-gradient(#fff, #eee)", "black"), "light"),
        "both": (painted("#fff", f"#111 {PAPER}", "#eee"), "dark"),
    }
    expect_themes(visit_static, pages)


@pytest.mark.full
@pytest.mark.engines("firefox")
def test_is_correct_in_firefox_with_fingerprinting_protection(
    visit_static: Make, browsers: Callable[..., Browser]
) -> None:
    pages = {"dark": "#111", "navy": "#001", "light": "#fff", "ivory": "ivory"}
    documents = {
        f"{name}.html": PAGE.format(f"body {{ background: {color} }}")
        for name, color in pages.items()
    }
    visit = visit_static(documents, load="eager", theme="auto")
    browser = browsers("firefox", **{"privacy.resistFingerprinting": True})
    page = browser.new_page()
    for name, expected in zip(pages, ["dark", "dark", "light", "light"], strict=True):
        for _ in range(4):  # what the canvas returns there is random
            page.goto(f"{visit.server.url}/{name}.html")
            page.wait_for_function("window.__config")
            assert page.evaluate("window.__config.theme") == expected
    page.close()


# --- Real themes ----------------------------------------------------------------------


@pytest.mark.parametrize("dark", [False, True])
def test_follows_the_palette_of_material(visit_theme: Make, dark: bool) -> None:
    visit = visit_theme("material", load="manual", theme="auto").open()
    if dark:
        visit.page.get_by_title("To dark").click()
        expect(visit.page.locator("body")).to_have_attribute(
            "data-md-color-scheme", "slate"
        )
    visit.page.evaluate("halochat.load()")
    visit.expect_state("ready")
    assert visit.config["theme"] == ("dark" if dark else "light")


def test_follows_a_palette_chosen_on_an_earlier_page(visit_theme: Make) -> None:
    visit = visit_theme("material", load="eager", theme="auto").open()
    visit.page.get_by_title("To dark").click()
    visit.page.reload()
    visit.expect_state("ready")
    assert visit.config["theme"] == "dark"


def test_another_palette_causes_no_full_load(visit_theme: Make) -> None:
    visit = visit_theme("material", load="eager", theme="auto")
    with visit.page.expect_request_finished(lambda one: "sitemap.xml" in one.url):
        visit.open()
    visit.expect_state("ready").settle()
    visit.page.get_by_title("To dark").click()
    visit.page.get_by_role("link", name="To next", exact=True).click()
    expect(visit.page.get_by_role("heading", name="Next")).to_be_visible()
    visit.settle()
    assert len(visit.full_loads) == 1


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("mkdocs", {"light": "light", "dark": "light"}),
        ("mkdocs-dark", {"light": "dark", "dark": "dark"}),
        ("readthedocs", {"light": "light", "dark": "light"}),
        ("furo", {"light": "light", "dark": "dark"}),
        ("pydata_sphinx_theme", {"light": "light", "dark": "dark"}),
        ("alabaster", {"light": "light", "dark": "light"}),
    ],
)
def test_follows_the_colors_of_themes(
    visit_theme: Make, name: str, expected: dict[str, str], system: Any
) -> None:
    visit = visit_theme(name, load="idle", theme="auto")
    visit.page.emulate_media(color_scheme=system)
    visit.open("index.html").settle().expect_state("ready")
    assert visit.config["theme"] == expected[system]
    visit.errors.clear()  # the MkDocs theme's own, without its highlighter
