"""What the embed in a built page says: the inverse of `embed`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin

from halochat.document import Element
from halochat.options import find

# Where the loader is told of an option under a name of its own.
_TOLD = {"fallback": "fallback_url", "script": "script_url", "texts": "language"}
# What differs in a page that was built to be looked at without Halo.
OF_THE_PREVIEW = frozenset({"hosts", "script", "texts"})
# What no page can set: where it is, and what this module calls the form and the loader.
_NOT_OF_A_PAGE = frozenset({"file", "form", "page"})
_SETS_UP = re.compile(r"\bhaloChatConfig\s*=(?!=)")
EmbedData = dict[str, object]


def embeds(tags: Iterable[Element], page: str) -> Iterator[EmbedData]:
    """Yield the data of each embed in a document: flat, with its form and loader."""
    loader: EmbedData = {}
    for tag in tags:
        name = tag.attributes.get("src", "").rpartition("/")[2]
        if tag.name == "meta" and tag.attributes.get("name") == "halo-chat":
            loader = _flat("loader", tag.attributes.get("content", ""), page)
            yield loader
        elif tag.name == "script" and name.startswith("halochat."):
            loader["file"] = name
        elif tag.name == "script" and _SETS_UP.search(tag.text):
            config = tag.text.partition("=")[2]
            yield _flat("snippet", f'{{"haloChatConfig": {config}}}', page)


def _flat(form: str, text: str, page: str) -> EmbedData:
    try:
        data = json.loads(text)
        config = data.pop("haloChatConfig", {})
        # Hosts differ in how they write the way from a page to a file.
        for place, key in ((data, "fallback"), (config, "icon"), (config, "sound")):
            if key in place:
                place[key] = urljoin(f"/{page}", place[key])
        if "://" not in data.get("script", "://"):  # ours, where the host put it
            data["script"] = data["script"].rpartition("/")[2]
        return {"form": form, **data, **config}
    except (ValueError, AttributeError, TypeError):  # not written by us
        return {"form": form}


def differences(one: EmbedData, other: EmbedData) -> list[str]:
    """Name what differs between two embeds."""
    keys = one.keys() | other.keys()
    if not (one.get("enabled", True) and other.get("enabled", True)):
        keys &= {"enabled", *_NOT_OF_A_PAGE}
    return sorted(key for key in keys if one.get(key) != other.get(key))


def is_for_sites(key: str) -> bool:
    """Tell whether no page can set what differs."""
    option = find(_TOLD.get(key, key))
    return key in _NOT_OF_A_PAGE or (option is not None and not option.page)
