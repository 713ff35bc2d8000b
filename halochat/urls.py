"""The option types for URLs.

They are allow-lists, because URL parsers and browsers disagree on the host that an odd
URL names. Odd URLs are refused, never repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from halochat.option_types import OptionType, list_of, string_matching

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# Browsers read a host whose last label is a number as an IPv4 address.
_NUMBER = r"(?:[0-9]+|0[xX][0-9A-Fa-f]*)(?:[/:?#]|$)"
_HOST = (
    rf"(?=[^/:?#]{{1,253}}(?:[/:?#]|$))"
    rf"(?:{_LABEL}\.)*(?!{_NUMBER}){_LABEL}(?=[/:?#]|$)"
)
_PORT = (
    r"(?::(?!0)(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}"
    r"|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])(?=[/?#]|$))?"
)
_ORIGIN = rf"(?:https://{_HOST}|http://(?:localhost|127\.0\.0\.1)){_PORT}"
_SEGMENT = r"(?!\.{1,2}(?:[/?#]|$))[A-Za-z0-9._~!$&()*+,;=:-]+"
_PATH = rf"(?:/{_SEGMENT})*/?"
# Nothing after the path can change the host.
_LINK_SEGMENT = r"(?!(?:\.|%2[eE]){1,2}(?:[/?#]|$))[A-Za-z0-9._~!$&()*+,;=:@%-]+"
_TAIL = r"(?:\?[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?(?:#[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?"
_LINK = rf"{_ORIGIN}(?:/{_LINK_SEGMENT})*/?{_TAIL}"
_SITE_PATH = rf"(?![^/?#]*:){_LINK_SEGMENT}(?:/{_LINK_SEGMENT})*/?{_TAIL}"


_QUOTATION_MARKS = "\"'\u201c\u201d\u201e\u2018\u2019"
_START_OF_PATH = re.compile(r"(?:\.{0,2}/)+")


def _url(label: str, pattern: str) -> OptionType:
    return string_matching(
        label, rf"(?=[!-~]{{1,2048}}$)(?:{pattern})", corrections=_corrections
    )


def _corrections(text: str) -> Iterator[str]:
    """Yield URLs that an odd one may stand for, the most likely first."""
    text = text.strip().strip(_QUOTATION_MARKS)
    yield text
    secure = re.sub("^(?:http:)?//", "https://", text)
    encoded = re.sub(
        "[^!-~]", lambda character: quote(character[0], errors="replace"), secure
    )
    yield encoded
    yield re.sub(r"/chat/index\.js$", "/api", encoded)
    yield re.sub(r"[?#].*", "", encoded)
    path = encoded.replace("\\", "/")
    start = _START_OF_PATH.match(path)
    yield path[start.end() if start else 0 :]
    yield f"https://{encoded}"


ENDPOINT = _url(
    "an https address such as 'https://halo.example.com/api'",
    rf"(?!.*\.js$){_ORIGIN}{_PATH}",  # the script has an option of its own
)
SCRIPT = _url(
    "an https address such as 'https://halo.example.com/chat/index.js'",
    _ORIGIN + rf"(?:/{_SEGMENT})+{_TAIL}",
)
MEDIA = _url(
    "an https address, or a path in the site such as 'images/chat.svg'",
    f"{_LINK}|{_SITE_PATH}",
)
LINK = _url(
    "an https address, a path in the site such as 'contact/', "
    "or 'mailto:support@example.com'",
    rf"{_LINK}|{_SITE_PATH}|mailto:[A-Za-z0-9._+-]+@{_HOST}{_TAIL}",
)


def is_site_path(url: str) -> bool:
    """Tell whether an accepted URL is a path in the site."""
    return re.fullmatch(_SITE_PATH, url) is not None


def split_path(url: str) -> tuple[str, str]:
    """Split a URL in the site into its path and the rest: query and anchor."""
    path = re.split("[?#]", url, maxsplit=1)[0]
    return path, url[len(path) :]


def _host_corrections(text: str) -> Iterator[str]:
    """Yield the host name of a URL, unless a user name or a password precedes it."""
    if "@" not in text:
        yield re.sub("^[a-z]+://|[:/?#].*", "", text.strip())


HOSTS = replace(
    list_of(
        "a list of host names such as ['docs.example.com']",
        string_matching(
            "a host name",
            rf"{_HOST}|127\.0\.0\.1",
            example="docs.example.com",
            corrections=_host_corrections,
        ),
    ),
    normalize=lambda hosts: [host.lower() for host in hosts],  # as browsers report them
)
