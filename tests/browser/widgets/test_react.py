"""Widgets that are written with React, of the versions that listen on different nodes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect
from widgets import STATE, Case, Visit

Meet: TypeAlias = Callable[[Case], Visit]

ROOT = Path(__file__).parents[3]
SEARCH = (
    '<input id="search" aria-label="Search" /><script src="/shortcuts.js"></script>'
)
# React 16 does not hear of events in a shadow root, whoever loads it.
VARIANTS = {
    16: ["container", "portal", "frame", "frame editor"],
    18: ["container", "portal", "frame", "shadow", "portal shadow"],
}
VARIANTS[18] += ["container editor", "shadow editor"]
WIDGETS = [(version, each) for version, all in VARIANTS.items() for each in all]


def both_ways(name: str, first: str, second: str) -> pytest.MarkDecorator:
    """Run each widget in the first way; in the second, without `--full`, only some."""
    cases = []
    for way in (first, second):
        for version, variant in WIDGETS:
            all_run = way == first or variant == "container"
            marks = [] if all_run else [pytest.mark.full]
            cases.append(pytest.param(version, variant, way, marks=marks))
    return pytest.mark.parametrize(("version", "variant", name), cases)


HAS_FOCUS = """(element) => {
  const isActive = (node) => {
    const root = node.getRootNode();
    return root.activeElement === node && (!root.host || isActive(root.host));
  };
  return isActive(element) && element.ownerDocument.hasFocus();
}"""


@cache
def bundle(version: int) -> str:
    """Bundle the widget with one version of React."""
    command = [
        ROOT / "node_modules/.bin/esbuild",
        Path(__file__).with_name("react") / f"react{version}.jsx",
        "--bundle",
        "--minify",
        f"--alias:react=react{version}",
        f"--alias:react-dom=react-dom{version}",
        '--define:process.env.NODE_ENV="production"',
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


class ReactVisit:
    """A visitor of a page with one of these widgets."""

    def __init__(self, visit: Meet, version: int, variant: str) -> None:
        config: dict[str, object] = {"variant": variant}
        name = f"react{version}-{variant}"
        self.visitor = visit(Case(name, bundle(version), config, has_base=False))
        self.page = self.visitor.page
        framed = "frame" in variant
        scope: Page | FrameLocator = self.page
        if framed:
            scope = self.page.frame_locator("iframe[title=Chat]")
        self.bubble = scope.get_by_role("button", name="React bubble")
        self.window = scope.get_by_role("dialog", name="React window")
        self.message = self.window.get_by_role("textbox", name="Message")
        self.close = self.window.get_by_role("button", name="Close")
        self.link = self.page.get_by_role("link", name="Chat")

    def arrive(self, load: str = "click", navigation: str = "") -> None:
        self.visitor.write_embed(load, navigation, foot=SEARCH)
        self.visitor.arrive()
        if load == "idle":
            assert self.visitor.until(self.bubble.is_visible)

    def open(self) -> None:
        self.link.click()
        assert self.visitor.until(self.window.is_visible)
        self.visitor.advance(1)

    def check_focus(self, element: Locator, name: str) -> None:
        focused = self.visitor.until(lambda: element.evaluate(HAS_FOCUS), within=2)
        self.visitor.check(focused, f"focus on {name}")

    def finish(self) -> None:
        self.visitor.check_equal(STATE, "ready")
        self.visitor.check_equal("vendor.runs", 1)
        self.visitor.finish()


@both_ways("load", "click", "idle")
def test_a_visitor_types_and_sends(
    visit: Meet, version: int, variant: str, load: str
) -> None:
    react = ReactVisit(visit, version, variant)
    react.arrive(load)
    react.open()
    react.check_focus(react.message, "the message")
    text = "surf/no? help, please."
    react.page.keyboard.type(text)
    react.visitor.check_equal("window.stolen.join()", "")
    react.page.keyboard.press("Enter")
    react.visitor.check_equal("vendor.sent.join()", text)
    react.check_focus(react.message, "the message")
    react.finish()


@both_ways("load", "click", "idle")
def test_focus_returns_when_the_window_is_closed(
    visit: Meet, version: int, variant: str, load: str
) -> None:
    react = ReactVisit(visit, version, variant)
    react.arrive(load)
    react.open()
    react.close.click()
    assert react.visitor.until(react.window.is_hidden)
    react.check_focus(react.link, "the link")
    react.page.keyboard.press("s")
    react.visitor.check_equal("window.stolen.join()", "mkdocs: s")
    react.finish()


@both_ways("navigation", "material", "turbo")
def test_follows_navigation(
    visit: Meet, version: int, variant: str, navigation: str
) -> None:
    react = ReactVisit(visit, version, variant)
    react.arrive("click", navigation)
    react.open()
    react.visitor.follow("Two")
    if not react.window.is_visible():
        react.open()
    expect(react.bubble).to_have_css("z-index", "77")
    react.visitor.follow("Off")
    expect(react.bubble).to_be_hidden()
    expect(react.window).to_be_hidden()
    react.visitor.follow("One")
    react.open()
    expect(react.bubble).to_have_css("z-index", "77")
    react.finish()
