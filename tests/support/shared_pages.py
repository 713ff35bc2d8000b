"""Pages that tests use one after the other: opening one takes longer than most tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

_SIZE = {"width": 1280, "height": 720}
# Chromium reports a pointer in the corner of each new document, where `restore` puts it.
_IGNORE_CORNER = """addEventListener("pointermove", (event) => {
  if (event.clientX === 0 && event.clientY === 0) event.stopImmediatePropagation();
}, true);"""


def open_page(browser: Browser) -> Page:
    """Open a page in a new context."""
    page = browser.new_context().new_page()
    page.add_init_script(_IGNORE_CORNER)
    return page


@contextmanager
def lend(page: Page) -> Iterator[None]:
    """Undo afterwards what a test adds to a page and sets in it."""
    context = page.context
    with ExitStack() as changes, pytest.MonkeyPatch.context() as patch:

        def on_call(owner: object, name: str, undo: Callable[..., object]) -> None:
            """Call `undo` afterwards with the result and the arguments of a call."""
            method = getattr(owner, name)

            def call(*values: Any, **named: Any) -> Any:
                result = method(*values, **named)
                changes.callback(undo, result, *values, **named)
                return result

            patch.setattr(owner, name, call)

        def forget_media(_: object, **features: Any) -> None:
            page.emulate_media(**dict.fromkeys(features, "null"))

        on_call(page, "add_init_script", lambda script, *_: script.close())
        on_call(page, "emulate_media", forget_media)
        on_call(page, "on", lambda _, *listener: page.remove_listener(*listener))
        on_call(page, "route", lambda *_: page.unroute_all())
        on_call(page, "set_viewport_size", lambda *_: page.set_viewport_size(_SIZE))
        on_call(context, "grant_permissions", lambda *_: context.clear_permissions())
        on_call(context, "set_offline", lambda *_: context.set_offline(False))
        yield


def restore(page: Page) -> None:
    """Leave the site, and forget the visitor."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.goto("about:blank")
    page.mouse.move(0, 0)
    page.context.clear_cookies()
