from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from sites import PROFILE, metas

from halochat import PageContext, Problem, Site

PAGE = '<!doctype html>\n<html>\n<head>\n<meta charset="utf-8">\n</head>\n</html>\n'


def context(language: str = "en") -> PageContext:
    return PageContext(
        "guide/index.html",
        link=lambda path: f"../{path}",
        asset=lambda name: f"../assets/{name}",
        language=language,
    )


def site(**options: object) -> Site:
    return Site({**PROFILE, **options})


def names(some_site: Site) -> list[str]:
    return [asset.name.partition(".")[0] for asset in some_site.assets()]


# --- The site ------------------------------------------------------------------


def test_site_without_a_problem_has_chat() -> None:
    assert (site().problems, site().enabled) == ([], True)
    assert site().options == PROFILE


@pytest.mark.parametrize("options", [None, "off", ["a"], 3])
def test_reports_options_that_are_no_mapping(options: object) -> None:
    broken = Site(options)
    (problem,) = broken.problems
    assert str(problem).startswith("expected a mapping of options, got ")
    assert (problem.path, problem.severity, broken.enabled) == ((), "error", False)


def test_reports_problems_with_paths_of_keys_and_positions() -> None:
    problems = site(
        pages={"a.b/**": {"bubble_styles": {"top": "1;"}}},
        hosts=["a.example", "https:"],
    ).problems
    assert [(problem.path, problem.option) for problem in problems] == [
        (("hosts", 1), "hosts[1]"),
        (
            ("pages", "a.b/**", "bubble_styles", "top"),
            "pages.a.b/**.bubble_styles.top",
        ),
    ]


@pytest.mark.parametrize("name", PROFILE)
@pytest.mark.parametrize("value", [None, 5])
def test_site_without_required_options_has_no_chat(name: str, value: object) -> None:
    broken = site(**{name: value})
    assert not broken.enabled
    assert broken.assets() == []
    page = broken.page("index.md", True)
    assert (page.enabled, page.has_triggers) == (False, False)
    assert page.insert_into(PAGE, context()) == PAGE


def test_page_cannot_enable_a_disabled_site() -> None:
    page = site(enabled=False).page("index.md", {"enabled": True, "width": 0})
    assert page.options == {"enabled": False}
    assert [problem.option for problem in page.problems] == ["width"]


@pytest.mark.parametrize(
    ("preview", "serving", "expected"),
    [
        (None, False, False),
        (None, True, True),
        ("auto", False, False),
        ("auto", True, True),
        (True, False, True),
        (True, True, True),
        (False, False, False),
        (False, True, False),
    ],
)
@pytest.mark.parametrize("load", ["idle", "snippet"])
def test_uses_the_preview_if_the_site_is_served_or_configured_so(
    preview: object, serving: bool, expected: bool, load: str
) -> None:
    options = {**PROFILE, "load": load, "preview": preview}
    options = {name: value for name, value in options.items() if value is not None}
    some_site = Site(options, serving=serving)
    assert some_site.preview is expected
    loader = ["halochat", "bridge"] * (load == "idle")
    assert names(some_site) == loader + ["preview"] * expected
    html = some_site.page("index.md").insert_into(PAGE, context())
    assert ("../assets/preview." in html) is expected


def test_serving_can_be_decided_after_validation() -> None:
    some_site = site()
    some_site.serving = True
    assert names(some_site) == ["halochat", "bridge", "preview"]


def test_warns_of_patterns_that_match_no_page() -> None:
    some_site = site(pages={"blog/**": False, "guide.md": False})
    assert some_site.pattern_problems(iter(["guide.md", "a/b.md"])) == [
        Problem(
            ("pages", "blog/**"),
            "matches no page; patterns match paths such as 'a/b.md'",
            "warning",
        )
    ]
    assert site().pattern_problems(["guide.md"]) == []


def test_reports_no_effect_of_a_pattern_only_if_its_options_are_right() -> None:
    some_site = site(pages={"a.md": {"colr": "red"}, "b.md": {}})
    (problem,) = some_site.pattern_problems(["a.md", "b.md"])
    assert str(problem) == "pages.b.md: sets no option; set one, or remove the pattern"


@pytest.mark.parametrize(
    ("pages", "reported"),
    [
        ({"support/": True, "blog/": False}, ["support/"]),
        ({"support/": {"enabled": True, "load": "click"}}, []),
        ({"**": False, "support/": True}, []),
        ({"other/": True}, []),
    ],
)
def test_reports_patterns_that_enable_chat_in_a_disabled_site(
    pages: dict[str, object], reported: list[str]
) -> None:
    problems = site(enabled=False, pages=pages).pattern_problems(["support/a.md"])
    assert [problem.path for problem in problems] == [
        ("pages", key) for key in reported
    ]
    for problem in problems:
        assert problem.message == (
            "has no effect: `enabled` is false for the whole site; for chat in some "
            "folders only, remove `enabled`, and begin `pages` with the pattern '**' and "
            "the value false"
        )


def test_writes_needed_files_and_removes_others(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "assets"
    site(preview=True).write_assets(folder)
    (folder / "preview.0123abcd.js").write_text("of others")
    site().write_assets(folder)
    site().remove_old_assets(folder)
    found = sorted(path.name for path in folder.iterdir())
    assert len(found) == 3
    assert re.fullmatch(r"bridge\.[0-9a-f]{8}\.js", found[0])
    assert re.fullmatch(r"halochat\.[0-9a-f]{8}\.js", found[1])
    assert found[2] == "preview.0123abcd.js"
    Site({"enabled": False}).write_assets(tmp_path / "none")
    assert not (tmp_path / "none").exists()


# --- A page --------------------------------------------------------------------


def test_page_has_the_options_of_site_patterns_and_its_own() -> None:
    some_site = site(width=1, pages={"a/**": {"width": 2, "height": 2}})
    page = some_site.page("a/b.md", {"height": 3})
    assert page.options == {**PROFILE, "width": 2, "height": 3}
    assert some_site.page("b.md").options == {**PROFILE, "width": 1}


def test_later_layers_of_a_page_win_and_each_has_its_problems() -> None:
    page = site().page("a.md", {"width": 1, "theme": "x"}, {"width": 2, "colr": 1})
    assert page.options["width"] == 2
    assert [layer.options for layer in page.layers] == [{"width": 1}, {"width": 2}]
    assert [[str(problem) for problem in layer.problems] for layer in page.layers] == [
        ["theme: expected one of 'light', 'dark', 'auto', got 'x'"],
        ["colr: unknown option, did you mean 'colour'?"],
    ]
    assert len(page.problems) == 2


def test_conflict_between_layers_drops_the_option_of_the_later_one() -> None:
    page = site().page("a.md", {"enable_inbound_events": False}, {"hide_header": True})
    (problem,) = page.problems
    assert (problem.option, problem.is_conflict) == ("hide_header", True)
    assert page.layers[1].options == {}
    assert "hide_header" not in page.options


@pytest.mark.parametrize("layers", [(), ({},)])
def test_page_without_options_of_its_own_has_no_problems(
    layers: tuple[dict[str, object], ...],
) -> None:
    page = site(hide_header=True).page("a.md", *layers)
    assert page.problems == []
    assert page.options == {**PROFILE, "hide_header": True}


@pytest.mark.parametrize(
    ("options", "layer", "enabled", "has_triggers"),
    [
        ({}, {}, True, True),
        ({}, False, False, False),
        ({"load": "snippet"}, {}, True, False),
        ({"load": "snippet"}, False, False, False),
    ],
)
def test_links_open_the_chat_on_pages_with_the_loader(
    options: dict[str, object], layer: object, enabled: bool, has_triggers: bool
) -> None:
    page = site(**options).page("a.md", layer)
    assert (page.enabled, page.has_triggers) == (enabled, has_triggers)


def test_inserting_again_replaces_the_embed_of_another_configuration() -> None:
    once = site().page("a.md").insert_into(PAGE, context())
    (meta,) = metas(once)
    assert json.loads(meta)["page"] == "guide/index.html"
    assert site().page("a.md").insert_into(once, context()) == once
    other = site(width=5).page("a.md").insert_into(once, context())
    assert other == site(width=5).page("a.md").insert_into(PAGE, context())
    assert Site({"enabled": False}).page("a.md").insert_into(once, context()) == PAGE


def test_reports_a_language_of_a_page_without_texts() -> None:
    page = site(language="auto").page("a.md")
    assert page.notes(context("de")) == []
    (note,) = page.notes(context("tlh"))
    assert (note.path, note.severity) == (("language",), "info")
    assert {note} == {*page.notes(context("tlh"))}
