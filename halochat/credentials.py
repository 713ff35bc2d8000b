"""Recognizes identity tokens and secrets, which must not be in a public page.

A token in a page would sign in every visitor as the same person.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from halochat.option_types import nodes
from halochat.options import find_option
from halochat.problems import OptionPath, Problem

REFUSAL = (
    "an identity token or a secret must not be in a configuration, because every "
    "page is public; set `identity` to a function that fetches the visitor's token"
)
# The ends of names that hold a secret, in any spelling. Only the end of a name counts,
# because `tokenLimit` and `cookieName` hold no secret.
_SECRET_NAME = re.compile(
    r"""
    .*(?:token|jwt|secrets?|passwords?|passwd|passphrase|passcode|pwd|credentials?|creds
    |bearer|authorization|authorizationheader|authheader|basicauth
    |(?:api|private|access|secret|signing|encryption|auth|session|hmac|ssh|master)keys?)
    |.*(?:auth|session|login|user|identity|sso)cookies?|cookie
    |auth|(?:user|my|db)?pass
    """,
    re.VERBOSE,
)
_HEADER_START = re.compile("ey[AJ]|ew")
_MAX_HEADERS = 8
_DOTTED = re.compile(
    r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++={0,2}+(?:\.[A-Za-z0-9_-]*+){2,}"
)


def find_secrets(value: object, *, by_name: bool = False) -> Iterator[Problem]:
    """Yield a problem for each string or key that contains a token.

    With `by_name`, also yield one for each mapping with a key such as `client_secret`.
    """
    refused: set[OptionPath] = set()
    for path, item, _ in nodes(value):
        if path and path[:-1] in refused:
            refused.add(path)  # the mapping that contains it is refused already
            continue
        entries: Mapping[object, object] = item if isinstance(item, Mapping) else {}
        keys = [key for key in entries if isinstance(key, str)]
        has_secret_name = by_name and any(
            _is_secret_name(key) and not isinstance(entries[key], bool) for key in keys
        )
        texts = [item] if isinstance(item, str) else keys
        if has_secret_name or any(map(holds_token, texts)):
            refused.add(path)
            yield Problem(path, REFUSAL)


def holds_token(text: str) -> bool:
    """Tell whether a string contains a JSON Web Token, judged by its decoded header."""
    for run in _DOTTED.findall(text):
        parts = run.split(".")
        if any(_is_header(part) for part in parts[:-2]):
            return True
    joined = "".join(text.split())
    return joined != text and _holds_joined_token(joined)


def _holds_joined_token(text: str) -> bool:
    """Tell whether a string contains a token that was broken over several lines."""
    for run in _DOTTED.findall(text):
        part = run.partition(".")[0]  # words before the token are joined to it
        starts = list(islice(_HEADER_START.finditer(part), _MAX_HEADERS))
        if any(_is_header(part[start.start() :]) for start in starts):
            return True
    return False


def _is_secret_name(name: str) -> bool:
    letters = re.sub("[^a-z]", "", name.lower())
    return not find_option(name) and bool(_SECRET_NAME.fullmatch(letters))


def _is_header(part: str) -> bool:
    try:
        header = json.loads(base64.urlsafe_b64decode(f"{part}=="))
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict) and not {"alg", "typ"}.isdisjoint(header)
