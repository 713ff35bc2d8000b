"""Reads the embed of a built page: the inverse of `embed`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias
from urllib.parse import urljoin

from halochat.assets import asset_stem
from halochat.document import Element
from halochat.options import PROPERTIES, find_option

EmbedData: TypeAlias = dict[str, object]
"""The data of an embed in one mapping: loader options, properties, `form`, `file`."""

# Names in the loader's data that differ from the name of their option.
_OPTION_NAMES = {
    "fallback": "fallback_url",
    "script": "script_url",
    "texts": "language",
}
# Keys that differ in a page that was built with the preview widget.
_PREVIEW_KEYS = frozenset({"hosts", "script", "texts"})
# Keys that no option sets.
_RELEASE_KEYS = frozenset({"bridge", "file"})
_PAGE_KEYS = frozenset({"file", "form", "page"})
_UNSET_KEYS = _PAGE_KEYS | _RELEASE_KEYS
# Keys that are derived from the properties.
_DERIVED_KEYS = frozenset({"launcher", "media"})
# Parts of a URL that depend on the host: the name of a folder's page, and the anchor of
# a document in `singlehtml`.
_PAGE_OF_FOLDER = re.compile(r"(?<=/)index\.html(?=[?#]|$)|#document-.*")
_SNIPPET = re.compile(r"\bhaloChatConfig\s*=(?!=)")


def read_embeds(tags: Iterable[Element], page: str) -> Iterator[EmbedData]:
    """Yield the data of each embed in the document at a path."""
    loader: EmbedData = {}
    snippet: EmbedData = {}
    for tag in tags:
        src = tag.attributes.get("src", "")
        if tag.name == "meta" and tag.attributes.get("name") == "halo-chat":
            loader = _flatten("loader", tag.attributes.get("content", ""), page)
            yield loader
        elif tag.name == "script" and asset_stem(src) == "halochat":
            loader["file"] = src.rpartition("/")[2]
        elif tag.name == "script" and _SNIPPET.search(tag.text):
            config = tag.text.partition("=")[2]
            snippet = _flatten("snippet", f'{{"haloChatConfig": {config}}}', page)
            yield snippet
        elif (
            tag.name == "script" and src and snippet.keys() and "script" not in snippet
        ):
            snippet["script"] = _own_name(src)


def has_preview(embed: EmbedData) -> bool:
    """Tell whether an embed uses the preview widget."""
    return asset_stem(str(embed.get("script"))) == "preview"


def differences(embed: EmbedData, expected: EmbedData) -> list[str]:
    """Return the keys that differ in an embed, except those the preview changes."""
    keys = embed.keys() | expected.keys()
    if not (embed.get("enabled", True) and expected.get("enabled", True)):
        keys &= {"enabled", *_PAGE_KEYS}
    if has_preview(embed) and not has_preview(expected):
        keys -= _PREVIEW_KEYS
    return sorted(key for key in keys if embed.get(key) != expected.get(key))


def is_readable(embed: EmbedData) -> bool:
    """Tell whether the data of an embed could be read."""
    return embed.keys() > {"form"} and bool(embed.keys() - {"form", "file", "script"})


def explain(
    actual: EmbedData, expected: EmbedData, spellings: Mapping[str, str]
) -> str:
    """Return a message about the differences of an embed, in terms of options.

    `spellings` are the names of options as the author writes them.
    """
    if not is_readable(actual):
        return "the options in the page cannot be read"
    changed = differences(actual, expected)
    if "enabled" in changed or not expected:
        is_on = actual.get("enabled", True)
        states = ("on", "off") if is_on else ("off", "on")
        return "chat is {}, but {} in the configuration".format(*states)
    if "page" in changed and "form" not in changed:
        return f"built for another path: {actual.get('page')}"
    if "form" in changed:
        changed = ["load", *(key for key in changed if _property(key))]
    names = {_option_name(key) for key in changed if key not in _UNSET_KEYS}
    if "chat_service_url" in names and "script_url" not in spellings:
        names.discard("script_url")
    if not names:
        return "built with another release of halochat-docs"
    listed = ", ".join(sorted(spellings.get(name, name) for name in names))
    return f"built with other options: {listed}"


def _property(key: str) -> bool:
    return any(option.key == key for option in PROPERTIES)


def _option_name(key: str) -> str:
    option = find_option(_OPTION_NAMES.get(key, key))
    return option.name if option else "extra"


def is_page_setting(key: str) -> bool:
    """Tell whether a page's own options can explain a difference."""
    option = find_option(_OPTION_NAMES.get(key, key))
    if key in _PAGE_KEYS or key == "bridge":
        return False
    return option is None or option.page


def _own_name(src: str) -> str:
    """Return only the name for a file of halochat, since hosts use various folders."""
    return src.rpartition("/")[2] if asset_stem(src) else src


def _flatten(form: str, text: str, page: str) -> EmbedData:
    try:
        data = json.loads(text)
        config = data.pop("haloChatConfig", {})
        # Hosts differ in how they write the path from a page to a file.
        media = [(config, option.key) for option in PROPERTIES if option.media]
        for values, key in ((data, "fallback"), *media):
            if key in values:
                url = urljoin(f"/{page}", values[key])
                values[key] = _PAGE_OF_FOLDER.sub("", url)
        if "script" in data:
            data["script"] = _own_name(data["script"])
        data = {key: data[key] for key in data if key not in _DERIVED_KEYS}
        return {"form": form, **data, **config}
    except (ValueError, AttributeError, TypeError):  # not written by halochat
        return {"form": form}
