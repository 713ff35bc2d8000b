"""What goes into the HTML of one page, made from the page's options."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from halochat.languages import ENGLISH, lookup, no_texts, texts
from halochat.layers import OFF, Layer
from halochat.options import OPTIONS, PROPERTIES
from halochat.urls import MEDIA, is_site_path

_STATIC = Path(__file__).with_name("static")
# What the loader is told only where it is not the default.
_TOLD = ("consent", "hosts", "analytics", "identity")


class Embed(NamedTuple):
    """The two parts of an embed, and what its author may like to know of it.

    The parts are for the head, and for the end of the body. The note is for a build to
    say at level info, once.
    """

    head: str = ""
    body: str = ""
    note: str = ""


class Asset(NamedTuple):
    """One of our own files, under a name that changes with its content."""

    name: str
    text: str


class Place(NamedTuple):
    """Where a page is: its path in the site's output, and how it links.

    `link` turns a path in the site into an address as the page writes it, `asset`
    the name of one of our files. `language` is the language tag of its content.
    """

    path: str
    link: Callable[[str], str]
    asset: Callable[[str], str]
    language: str = "en"
    serving: bool = False


@cache
def asset(name: str) -> Asset:
    """Read one of our files, `halochat.js` or `preview.js`, and name it by its hash."""
    text = (_STATIC / name).read_text(encoding="utf-8")
    stem, _, suffix = name.rpartition(".")
    return Asset(f"{stem}.{sha256(text.encode()).hexdigest()[:8]}.{suffix}", text)


def assets(site: Layer, *, serving: bool = False) -> list[Asset]:
    """Return the files that a site with these options needs beside its pages."""
    if site.get("enabled") is False:
        return []
    loader = [] if site.get("load") == "snippet" else [asset("halochat.js")]
    return loader + ([asset("preview.js")] if _previews(site, serving) else [])


def render(options: Layer, place: Place) -> Embed:
    """Render the embed of a page from its resolved options."""
    if options == OFF:  # of a site that is off: not even the loader is there
        return Embed()
    on = options.get("enabled", True)
    note = _note(options, place) if on else ""
    if options.get("load") == "snippet":
        return Embed(body=_snippet(options, place), note=note) if on else Embed()
    data = _loader_data(options, place) if on else {"enabled": False}
    data = {"page": place.path, **data}
    loader = place.asset(asset("halochat.js").name)
    template = _template("loader.html.jinja")
    # Not marked as safe HTML, so that the template escapes it for the attribute.
    head = template.render(data=str(_json(data)), loader=loader)
    return Embed(head=head, note=note)


def _snippet(options: Layer, place: Place) -> str:
    config = _json(widget_config(options, place))
    script = script_url(options, place)
    return _template("snippet.html.jinja").render(config=config, script=script)


def _loader_data(options: Layer, place: Place) -> dict[str, object]:
    data: dict[str, object] = {"script": script_url(options, place)}
    for name in ("load", "timeout"):
        data[name] = options.get(name, OPTIONS[name].default)
    for name in _TOLD:
        if options.get(name, OPTIONS[name].default) not in (None, False, "none", []):
            data[name] = options[name]
    if _previews(options, place.serving):
        data.pop("hosts", None)
    if "fallback_url" in options:
        data["fallback"] = _linked(options["fallback_url"], place)
    data["texts"] = _own_texts(options, place)
    data["haloChatConfig"] = widget_config(options, place)
    return data


def widget_config(options: Layer, place: Place) -> dict[str, object]:
    """Return the vendor's properties among a page's options, in the vendor's terms."""
    config: dict[str, object] = {}
    for option in PROPERTIES:
        if option.name == "language":
            config.update(_language_config(options, place))
        elif option.name in options:
            value = options[option.name]
            config[option.key] = (
                _linked(value, place) if option.kind is MEDIA else value
            )
    extra = options.get("extra")
    return {**config, **extra} if isinstance(extra, Mapping) else config


def script_url(options: Layer, place: Place) -> str:
    """Return the address of the widget's script: the vendor's, or the preview's."""
    if _previews(options, place.serving):
        return place.asset(asset("preview.js").name)
    if "script_url" in options:
        return str(options["script_url"])
    # Not the `//api` of a host of that name.
    service = str(options.get("chat_service_url", ""))  # a site that is off needs none
    base = re.sub("((?<!/)/api)?/?$", "", service, count=1)
    return f"{base}/chat/index.js"


def _previews(options: Layer, serving: bool) -> bool:
    preview = options.get("preview", "auto")
    return serving if preview == "auto" else bool(preview)


def _linked(address: object, place: Place) -> str:
    return place.link(str(address)) if is_site_path(str(address)) else str(address)


def _language(options: Layer, place: Place) -> str | None:
    """Return the language the author asked for; None: no text was set."""
    wanted = _wanted_language(options)
    if wanted == "auto":
        wanted = place.language
    return None if wanted is None else lookup(str(wanted)) or "en"


def _wanted_language(options: Layer) -> object:
    wanted = options.get("language")
    if isinstance(wanted, Mapping):
        return wanted.get("", "en" if wanted else None)
    return wanted


def _note(options: Layer, place: Place) -> str:
    # Of a tag that the author named, the checks have told.
    if _wanted_language(options) != "auto" or lookup(place.language):
        return ""
    return f"language: auto: {no_texts(place.language)}"


def _own_texts(options: Layer, place: Place) -> Mapping[str, object]:
    """Return our own texts, those that can come up on the page, and their language."""
    tag = _language(options, place) or "en"
    widget, loader, preview = texts(tag)
    unused = {
        "consent": not options.get("consent"),
        "fallback": "fallback_url" not in options,
    }
    ours = {name: text for name, text in loader.items() if not unused.get(name)}
    ours = {"lang": tag, "chat": widget["liveChatName"], **ours}
    return {**ours, "preview": preview} if _previews(options, place.serving) else ours


def _language_config(options: Layer, place: Place) -> Mapping[str, object]:
    # All of the texts or none: whether the widget completes a partial set is not said.
    tag = _language(options, place)
    if tag is None:
        return {}
    given = options.get("language")
    single = given if isinstance(given, Mapping) else {}
    base = texts(tag).widget
    return {"language": {name: single.get(name, base[name]) for name in ENGLISH.widget}}


def _json(data: object) -> Markup:
    return htmlsafe_json_dumps(data, allow_nan=False, separators=(",", ":"))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("halochat"), autoescape=True, undefined=StrictUndefined
    )


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)
