"""Recognizes identity tokens and secrets, which must not be in a public page.

A token in a page would sign in every visitor as the same person.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping

from halochat.naming import normalize_name
from halochat.option_types import nodes
from halochat.options import find_option
from halochat.problems import OptionPath, Problem

REFUSAL = (
    "an identity token or a secret must not be in a configuration, because every "
    "page is public: name a function in `identity` that fetches the visitor's own"
)
_SECRET_NAME = re.compile(".*(?:token|jwt|secret|password)|authorization|cookie")
_DOTTED = re.compile(
    r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++={0,2}+(?:\.[A-Za-z0-9_-]*+){2,}"
)


def find_secrets(value: object, *, by_name: bool = False) -> Iterator[Problem]:
    """Yield a problem for each value that is a token or holds one as a key.

    With `by_name`, also for each mapping with a key such as `client_secret`.
    """
    refused: set[OptionPath] = set()
    for path, item, _ in nodes(value):
        if path and path[:-1] in refused:
            refused.add(path)  # the mapping that contains it is refused already
            continue
        entries = item if isinstance(item, Mapping) else ()
        keys = [key for key in entries if isinstance(key, str)]
        has_secret_name = by_name and any(map(_is_secret_name, keys))
        texts = [item] if isinstance(item, str) else keys
        if has_secret_name or any(map(holds_token, texts)):
            refused.add(path)
            yield Problem(path, REFUSAL)


def holds_token(text: str) -> bool:
    """Tell whether a text holds a JSON Web Token, by what its first part decodes to."""
    for run in _DOTTED.findall(text):
        parts = run.split(".")
        if any(_is_header(part) for part in parts[:-2]):
            return True
    return False


def _is_secret_name(name: str) -> bool:
    return not find_option(name) and bool(_SECRET_NAME.fullmatch(normalize_name(name)))


def _is_header(part: str) -> bool:
    try:
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and not {"alg", "typ"}.isdisjoint(header)
