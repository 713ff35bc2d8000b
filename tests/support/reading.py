from __future__ import annotations

from typing import Any

_SCRIPT = """(element) => {
  const middle = (at) => {
    const range = document.createRange();
    range.setStart(element.firstChild, at);
    range.setEnd(element.firstChild, at + 1);
    const { left, right } = range.getBoundingClientRect();
    return (left + right) / 2;
  };
  return middle(element.textContent.length - 1) > middle(0);
}"""


def read_from_the_left(locator: Any) -> bool:
    """Tell whether the last character of a text is to the right of the first one."""
    return bool(locator.evaluate(_SCRIPT))
