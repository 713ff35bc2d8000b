"""The kinds of address an option takes.

By an allow-list, because URL parsers disagree with browsers on which host an odd
address names. Nothing is repaired: what is not plainly right is refused.
"""

from __future__ import annotations

import re
from dataclasses import replace

from halochat.option_types import Kind, list_of, matching

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
# A browser takes a host whose last label is a number for an IPv4 address.
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
# Behind the path nothing can change the host any more.
_LINK_SEGMENT = r"(?!(?:\.|%2[eE]){1,2}(?:[/?#]|$))[A-Za-z0-9._~!$&()*+,;=:@%-]+"
_TAIL = r"(?:\?[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?(?:#[A-Za-z0-9._~!$&()*+,;=:@%/?-]*)?"
_LINK = rf"{_ORIGIN}(?:/{_LINK_SEGMENT})*/?{_TAIL}"
_SITE_PATH = rf"(?![^/?#]*:){_LINK_SEGMENT}(?:/{_LINK_SEGMENT})*/?{_TAIL}"


def _address(label: str, pattern: str) -> Kind:
    return matching(label, rf"(?=[!-~]{{1,2048}}$)(?:{pattern})")


ENDPOINT = _address(
    "an https address such as 'https://halo.example.com/api'",
    rf"(?!.*\.js$){_ORIGIN}{_PATH}",  # the script's address is another option
)
SCRIPT = _address(
    "an https address such as 'https://halo.example.com/chat/index.js'",
    _ORIGIN + rf"(?:/{_SEGMENT})+{_TAIL}",
)
MEDIA = _address(
    "an https address, or a path in the site such as 'images/chat.svg'",
    f"{_LINK}|{_SITE_PATH}",
)
LINK = _address(
    "an https address, a path in the site such as 'contact/', "
    "or 'mailto:support@example.com'",
    rf"{_LINK}|{_SITE_PATH}|mailto:[A-Za-z0-9._+-]+@{_HOST}{_TAIL}",
)


def is_site_path(address: str) -> bool:
    """Tell whether an accepted address is a path in the site itself."""
    return re.fullmatch(_SITE_PATH, address) is not None


HOSTS = replace(
    list_of(
        "a list of host names such as docs.example.com",
        matching("a host name", rf"{_HOST}|127\.0\.0\.1", example="docs.example.com"),
    ),
    finish=lambda hosts: [host.lower() for host in hosts],  # as browsers do
)
