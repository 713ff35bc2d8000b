"""Identity tokens and secrets, which must not be in a page.

A token in a page would sign every visitor in as one.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping

from halochat.naming import squash
from halochat.option_types import nodes
from halochat.options import find
from halochat.problems import Problem

REFUSED = (
    "an identity token or a secret must not be in a configuration, because every "
    "page is public: name a function in `identity` that fetches the visitor's own"
)
_SECRET_NAME = re.compile(".*(?:token|jwt|secret|password)|authorization|cookie")
_DOTTED = re.compile(
    r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++={0,2}+(?:\.[A-Za-z0-9_-]*+){2,}"
)


def _names_secret(name: str) -> bool:
    return not find(name) and _SECRET_NAME.fullmatch(squash(name)) is not None


def find_secrets(name: str, value: object) -> Iterator[Problem]:
    """Find secrets by their shape, and in `extra` also by their name."""
    refused: list[str] = []
    for where, item, _ in nodes(value):
        inside_refused = tuple(place + mark for place in refused for mark in ".[")
        if holds_token(where) or where.startswith(inside_refused):
            continue  # said of the mapping that it is in
        inside = item if isinstance(item, Mapping) else ()
        keys = [key for key in inside if isinstance(key, str)]
        named = name == "extra" and any(map(_names_secret, keys))
        texts = [item] if isinstance(item, str) else keys
        if named or any(map(holds_token, texts)):
            refused.append(where)
            yield Problem(f"{name}{where}", REFUSED)


def holds_token(text: str) -> bool:
    """Tell whether a text holds a JSON Web Token, by what its first part decodes to."""
    for run in _DOTTED.findall(text):
        parts = run.split(".")
        if any(_is_header(part) for part in parts[:-2]):
            return True
    return False


def _is_header(part: str) -> bool:
    try:
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and not {"alg", "typ"}.isdisjoint(header)
