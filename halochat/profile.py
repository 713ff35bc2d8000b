"""Finds probable mistakes in the options that identify a chat profile in Halo."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from halochat.embed import vendor_script_url
from halochat.layers import Layer
from halochat.problems import Problem, format_value

_EXAMPLE_HOST = re.compile(r"(?:.*\.)?example\.(?:com|net|org)")
_PLACEHOLDER = re.compile(
    r"your[-_ ].*|<.*>|x{3,}|todo|change[-_ ]?me|\$\w+|\$?\{.*\}", re.IGNORECASE
)
_MORE_THAN_VALUE = re.compile("[\\s\"'\u201c\u201d\u201e\u2018\u2019]|://")


def placeholder_problems(options: Layer) -> Iterator[Problem]:
    """Yield a warning for each value that is an example, or not a value of Halo.

    The chat cannot work with such a value. The preview accepts every value.
    """
    for name in ("chat_service_url", "script_url"):
        url = options.get(name)
        host = urlsplit(url).hostname if isinstance(url, str) else None
        if host and _EXAMPLE_HOST.fullmatch(host):
            message = f"{format_value(url)} is an example; use the address of your Halo"
            yield Problem((name,), message, "warning")
    for name in ("config_id", "config_key", "tenant_id"):
        value = options.get(name)
        if isinstance(value, str) and _PLACEHOLDER.fullmatch(value):
            message = (
                f"{format_value(value)} is a placeholder; use the value from Halo: "
                "Config > Chat > Chat Profiles"
            )
            yield Problem((name,), message, "warning")
        elif isinstance(value, str) and _MORE_THAN_VALUE.search(value):
            message = (
                f"{format_value(value)} contains a space, a quotation mark or a URL; "
                "use only the value from Halo: Config > Chat > Chat Profiles"
            )
            yield Problem((name,), message, "warning")


def service_url_problems(options: Layer) -> Iterator[Problem]:
    """Yield a warning for an API address that does not end in `/api`.

    The address of the vendor's script is derived from it, unless `script_url` is set.
    """
    url = options.get("chat_service_url")
    if not isinstance(url, str) or "script_url" in options:
        return
    path = urlsplit(url).path
    if path.rstrip("/").endswith("/api"):
        return
    host = url[: len(url) - len(path)]
    folder = re.split("/(?:api|auth|portal)(?:/|$)", path, flags=re.IGNORECASE)[0]
    folder = folder.rstrip("/")
    message = (
        f"{format_value(url)} does not end in /api, so the chat's script is expected "
        f"at {vendor_script_url(options)}; write {host}{folder}/api, or set "
        "`script_url` to confirm where the script is"
    )
    yield Problem(("chat_service_url",), message, "warning")
