"""Renders the embed: the HTML that the options of a page add to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup, escape

from halochat import assets
from halochat.languages import ENGLISH, lookup, missing_texts, texts
from halochat.launcher import launcher_css
from halochat.layers import Layer
from halochat.options import ENABLING, OPTIONS, PROPERTIES
from halochat.problems import Problem
from halochat.urls import is_site_path, split_path

# URLs that depend on the page.
_LINKS = [option.name for option in OPTIONS.values() if option.is_link]
# Options that are sent to the loader only if they are not the default.
_LOADER_OPTIONS = ("consent", "hosts", "analytics", "identity")


class Embed(NamedTuple):
    """The parts of an embed: for the head of a page, and for the end of its body."""

    head: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class PageContext:
    """The location of a page in the built site, and its links to other files."""

    output_path: str
    """The path of the HTML file in the site's output, such as `guide/index.html`."""
    link: Callable[[str], str]
    """Return the URL that this page uses for a path in the site."""
    asset: Callable[[str], str]
    """Return the URL that this page uses for a file in `Site.assets()`, by its name."""
    language: str = "en"
    """The language tag of the page's content."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """The path in the built site of each source file."""

    def url(self, url: object) -> str:
        """Return a URL as this page uses it: source names and paths become links.

        `link` is called with the path alone; the query and the anchor are kept.
        """
        path, tail = _split_site_path(str(url))
        if not path:
            return tail
        target = self.sources.get(unquote(path), path)
        # The target of a source can have an anchor already, as in `singlehtml`.
        target = target.partition("#")[0] if "#" in tail else target
        return self.link(target) + tail


@cache
def _split_site_path(url: str) -> tuple[str, str]:
    """Split a URL into the path in the site, which can be empty, and the rest."""
    return split_path(url) if is_site_path(url) else ("", url)


class Renderer:
    """Renders the embeds of all pages that have the same options.

    The embeds of pages with the same depth and language differ only in the path of the
    page. Everything else is rendered once.
    """

    def __init__(self, options: Layer) -> None:
        self.options = options
        self._links = [options[name] for name in _LINKS if name in options]
        self._rendered: dict[tuple[object, ...], Embed] = {}

    def render(self, context: PageContext, *, preview: bool = False) -> Embed:
        """Render the embed of a page.

        With `preview`, the preview widget replaces the widget of the vendor.
        """
        scripts = ("halochat", *["preview"] * preview)
        urls = [context.asset(assets.read_asset(stem).name) for stem in scripts]
        urls += map(context.url, self._links)
        key = (preview, context.language, *urls)
        if key not in self._rendered:
            self._rendered[key] = _render(self.options, context, preview)
        head, body = self._rendered[key]
        page = escape(_attribute(context.output_path))
        return Embed(head and f"{_META}{page},{head}", body)


def render(options: Layer, context: PageContext, *, preview: bool = False) -> Embed:
    """Render the embed of one page from its resolved options."""
    return Renderer(options).render(context, preview=preview)


_META = '<meta name="halo-chat" content="{&#34;page&#34;:'
_AFTER_META = Markup('{}" />\n<script src="{}" defer></script>')
_SNIPPET = Markup("""\
<div id="halo-chat"></div>
<script>
var haloChatConfig = {}
</script>
<script src="{}"></script>""")


def _render(options: Layer, context: PageContext, preview: bool) -> Embed:
    """Render an embed without the start of its head, which has the page's path."""
    is_on = options.get("enabled", True)
    if options.get("load") == "snippet":
        return Embed(body=_snippet(options, context, preview)) if is_on else Embed()
    data = (
        _loader_data(options, context, preview)
        if is_on
        else _off_data(options, context)
    )
    loader = context.asset(assets.read_asset("halochat").name)
    return Embed(_AFTER_META.format(_attribute(data).partition("{")[2], loader))


def language_problems(options: Layer, context: PageContext) -> list[Problem]:
    """Return a problem of severity `info` if `language: auto` finds no texts."""
    is_auto = _requested_language(options) == "auto" and options.get("enabled", True)
    if not is_auto or lookup(context.language):
        return []
    message = f"auto: {missing_texts(context.language)}"
    return [Problem(("language",), message, "info")]


def vendor_script_url(options: Layer) -> str:
    """Return the URL of the vendor's script: `script_url`, or one beside the API."""
    if "script_url" in options:
        return str(options["script_url"])
    # The lookbehind keeps a host that is named `api`.
    service = str(options.get("chat_service_url", ""))  # optional in a disabled site
    base = re.sub("((?<!/)/api)?/?$", "", service, count=1)
    return f"{base}/chat/index.js"


def widget_config(options: Layer, context: PageContext) -> dict[str, object]:
    """Return the `haloChatConfig` of a page: the vendor's properties by their keys."""
    config: dict[str, object] = {}
    for option in PROPERTIES:
        if option.name == "language":
            config.update(_language_config(options, context))
        elif option.name in options:
            value = options[option.name]
            config[option.key] = context.url(value) if option.media else value
    extra = options.get("extra")
    return {**config, **extra} if isinstance(extra, Mapping) else config


def _snippet(options: Layer, context: PageContext, preview: bool) -> str:
    config = _json(widget_config(options, context))
    script = _script_url(options, context, preview)
    return _SNIPPET.format(config, script)


def _loader_data(
    options: Layer, context: PageContext, preview: bool
) -> dict[str, object]:
    script = _script_url(options, context, preview)
    config = widget_config(options, context)
    data: dict[str, object] = {"script": script}
    for name in ("load", "timeout"):
        data[name] = options.get(name, OPTIONS[name].default)
    for name in _LOADER_OPTIONS:
        if options.get(name) in ENABLING:
            data[name] = options[name]
    if preview:
        data.pop("hosts", None)
    if "fallback_url" in options:
        data["fallback"] = context.url(options["fallback_url"])
    data["texts"] = _own_texts(options, context, preview)
    if media := _site_media(options):
        data["media"] = media
    # The bridge is in the same folder as the loader, so its name is enough.
    data["bridge"] = assets.read_asset("bridge").name
    icon = config.get("icon")
    if css := launcher_css(options, icon if isinstance(icon, str) else None, script):
        data["launcher"] = css
    data["haloChatConfig"] = config
    return data


def _off_data(options: Layer, context: PageContext) -> dict[str, object]:
    """Return the data of a page without chat: the fallback of links in the theme."""
    data: dict[str, object] = {"enabled": False}
    if "fallback_url" in options:
        data["fallback"] = context.url(options["fallback_url"])
    return data


def _script_url(options: Layer, context: PageContext, preview: bool) -> str:
    if preview:
        return context.asset(assets.read_asset("preview").name)
    return vendor_script_url(options)


def _site_media(options: Layer) -> list[str]:
    """Return the keys of properties whose value is a path in the site."""
    return [
        option.key
        for option in PROPERTIES
        if option.media and is_site_path(str(options.get(option.name, "")))
    ]


def _language(options: Layer, context: PageContext) -> str | None:
    """Return the language tag to use; None if the author configured no texts."""
    tag = _requested_language(options)
    if tag == "auto":
        tag = context.language
    return None if tag is None else lookup(str(tag)) or "en"


def _requested_language(options: Layer) -> object:
    language = options.get("language")
    if isinstance(language, Mapping):
        return language.get("", "en" if language else None)
    return language


def _own_texts(
    options: Layer, context: PageContext, preview: bool
) -> Mapping[str, object]:
    """Return the loader's texts that the page can show, and their language tag."""
    tag = _language(options, context) or "en"
    widget_texts, loader_texts, preview_texts = texts(tag)
    unused = {
        "consent": not options.get("consent"),
        "fallback": "fallback_url" not in options,
    }
    used = {name: text for name, text in loader_texts.items() if not unused.get(name)}
    own = {"lang": tag, "chat": widget_texts["liveChatName"], **used}
    return {**own, "preview": preview_texts} if preview else own


def _language_config(options: Layer, context: PageContext) -> Mapping[str, object]:
    # The vendor does not document the effect of a partial set, so all texts are sent.
    tag = _language(options, context)
    if tag is None:
        return {}
    language = options.get("language")
    single_texts = language if isinstance(language, Mapping) else {}
    defaults = texts(tag).widget
    return {
        "language": {
            name: single_texts.get(name, defaults[name]) for name in ENGLISH.widget
        }
    }


def _json(data: object) -> Markup:
    return htmlsafe_json_dumps(data, allow_nan=False, separators=(",", ":"))


def _attribute(data: object) -> str:
    """Return JSON that must still be escaped for the value of an attribute."""
    # A plain string, because Markup would not be escaped again.
    return str(_json(data))
