"""Insert an embed into a finished HTML document, and remove it again.

The positions are found by reading tags as the HTML standard's tokenizer does, as far as
needed: scripts, comments, attributes and templates contain no tags. The document is cut
and joined there, never parsed and written again.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from halochat.assets import asset_stem
from halochat.embed import Embed

_FLAGS = re.ASCII | re.DOTALL | re.IGNORECASE

_WS = r"\t\n\f\r "  # white space in HTML, which does not include the vertical tab

# All patterns are atomic, so that no input makes them backtrack for long.
_COMMENT = r"(?><!--(?:-?>|.*?(?:--!?>|\Z)))"
_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_WS}>"'][^{_WS}>]*+)"""
_ATTRIBUTE = (
    rf"(?P<key>[^{_WS}/>][^{_WS}/>=]*+)"
    rf"(?:[{_WS}]*+=[{_WS}]*+(?P<value>{_VALUE}))?+"
)
_TAG = (
    rf"<(?P<end>/?)(?P<name>[a-z][^{_WS}/>]*+)"
    rf"(?P<attributes>(?:[{_WS}/]*+{_ATTRIBUTE})*+)[{_WS}/]*+>"
)
# A tag that is not closed contains the rest of the document.
_OTHER = r"<(?:/?[a-z].*|[!?/][^>]*+>?)"
_TOKEN = re.compile(f"{_COMMENT}|{_TAG}|{_OTHER}", _FLAGS)
_KEY_AND_VALUE = re.compile(_ATTRIBUTE, _FLAGS)

# The text before the first tag. A document has the doctype or `<html>`.
_PROLOG = re.compile(
    rf"\ufeff?(?:[{_WS}]|{_COMMENT}|<\?[^>]*>)*+"
    rf"(?P<doctype><!doctype[{_WS}]*html[^>]*>)?",
    _FLAGS,
)
_HTML = re.compile(rf"<html[{_WS}>]", _FLAGS)
_BLANK = re.compile(
    rf"\ufeff?(?:[{_WS}]|{_COMMENT}|<(?:[!?]|/(?![a-z]))[^>]*>)*+", _FLAGS
)
_HEAD_ELEMENTS = frozenset(
    {"base", "link", "meta", "noscript", "script", "style", "template", "title"}
)
# Elements whose content a browser with scripts enabled reads as text, not as tags.
_TEXT_ELEMENTS = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "style", "textarea", "title", "xmp"}
)
# What opens and what closes a text of the head that can quote tags.
_QUOTES = [
    ("<!--", "-->"),
    ("<noscript", "</noscript"),
    ("<script", "</script"),
    ("<style", "</style"),
    ("<template", "</template"),
    ("<title", "</title"),
]
_SCRIPT_MARK = re.compile(rf"<!--(?!-?>)|-->|<(?P<end>/?)script(?=[{_WS}/>])", _FLAGS)
_AFTER_BODY = re.compile(
    rf"</body[{_WS}]*>(?:[{_WS}]|{_COMMENT}|</html[{_WS}]*>)*+\Z", _FLAGS
)

# The names of the tags with a page's own options: the one that authors write, and the
# one in which `keep_page_tags` stores it.
_PAGE_TAG, _KEPT_PAGE_TAG = "halo-chat-page", "halo-chat-source"

# Text before `halo-chat` that makes it the value of an attribute.
_ATTRIBUTE_BEFORE = re.compile(r"""\b(?:id|name)\s*=\s*["']?\Z""", re.IGNORECASE)

# Browsers look for the encoding in the first kilobyte, so it must stay first.
_ENCODING = 1024
_TAIL = 10_000  # characters that are searched at the end of a page
_CONFIGURATION = re.compile(r"<script>\s*var haloChatConfig")
_SCRIPT_END = re.compile(r"\s*</script\s*>")
_SNIPPET = re.compile(
    r"""<div\ id="?halo-chat"?></div>\s*
    <script>\s*var\ haloChatConfig\s*=[^<]*</script>\s*
    <script\ src=[^>]*></script>\n?""",
    re.VERBOSE,
)


def insert_embed(html: str, embed: Embed) -> str:
    """Return a document with an embed, which replaces an earlier one.

    Anything but a whole document, such as a fragment or a feed, is returned unchanged.
    """
    if not is_document(html):
        return html
    html = _remove_embed(html)
    if embed.body:
        end = _end_of_body(html)
        html = f"{html[:end]}{embed.body}\n{html[end:]}"
    if embed.head:
        before = html[: _start_of_head(html)]
        # The page starts with this text. Replacing it copies the page only once.
        html = html.replace(before, f"{before}\n{embed.head}", 1)
    return html


def remove_embed(html: str) -> str:
    """Return a document without its embed; an embed that is only quoted is kept."""
    return _remove_embed(html) if is_document(html) else html


def _remove_embed(html: str) -> str:
    if _head_contains(html, "halo-chat"):
        for start, end, kept in reversed(list(_embed_tags(html))):
            html = html[:start] + kept + html[end:]
    snippet = _find_snippet(html)
    return html[: snippet.start()] + html[snippet.end() :] if snippet else html


def page_options(html: str) -> list[str]:
    """Return the contents of the tags in which a page sets its own options.

    These are `<meta name="halo-chat-page" content="…">` in the head, or the tags by
    which `keep_page_tags` replaced them.
    """
    if not (is_document(html) and _head_contains(html, "halo-chat-")):
        return []
    tags = (kept or tag for tag, kept in _page_tags(html))
    return [unescape(_attributes(tag).get("content", "")) for tag in tags]


def keep_page_tags(html: str) -> str:
    """Replace the tags with a page's own options by encoded ones.

    `remove_embed` restores the original tags.
    """
    if not _head_contains(html, _PAGE_TAG):
        return html
    for tag, kept in reversed(list(_page_tags(html))):
        if not kept:
            # Minifiers do not change Base64, and readers of the page do not mistake it
            # for options in effect.
            text = b64encode(tag[0].encode("utf-8", "surrogatepass")).decode()
            meta = f'<meta name="{_KEPT_PAGE_TAG}" content="{text}" />'
            html = html[: tag.start()] + meta + html[tag.end() :]
    return html


def _head_contains(html: str, text: str) -> bool:
    """Tell whether the head may contain a string.

    Only the head is searched, because the cost must not grow with the page's content.
    If its end is in doubt, the whole page is searched.
    """
    # An embed is inserted here, after all that could be mistaken for the end.
    start = _start_of_head(html)
    end = html.find("<body", max(html.find("</head", start), start))
    is_certain = end >= 0 and not _is_quoted(html[:end].lower())
    return html.find(text, 0, end if is_certain else None) >= 0


def _is_quoted(before: str) -> bool:
    """Tell whether a tag can be part of a comment, a text or a value opened before."""
    return (
        not before.rstrip().endswith(">")
        or any(before.rfind(start) > before.rfind(end) for start, end in _QUOTES)
        or any(before[: before.rfind(mark)].rstrip().endswith("=") for mark in "\"'")
    )


def _page_tags(html: str) -> Iterator[tuple[re.Match[str], re.Match[str] | None]]:
    """Yield each tag with options of the page, and its original tag if encoded."""
    for tag in _head(html):
        name = _attributes(tag).get("name") if tag["name"].lower() == "meta" else None
        kept = _kept_tag(tag) if name == _KEPT_PAGE_TAG else None
        if kept or name == _PAGE_TAG:
            yield tag, kept


def _kept_tag(tag: re.Match[str]) -> re.Match[str] | None:
    """Return the original tag that an encoded tag contains, or None."""
    content = _attributes(tag).get("content", "").encode()
    try:
        text = b64decode(content, validate=True).decode("utf-8", "surrogatepass")
    except (binascii.Error, UnicodeDecodeError):
        return None
    kept = _TOKEN.fullmatch(text)
    if not kept or (kept["name"] or "").lower() != "meta" or kept["end"]:
        return None
    return kept if _attributes(kept).get("name") == _PAGE_TAG else None


def _may_have_snippet(html: str) -> bool:
    """Tell whether the last two scripts of a document can be those of a snippet."""
    end = html.rfind("</script", max(len(html) - _TAIL, 0))
    if end < 0:
        return False
    last = html.rfind("<script", 0, end)
    if not html[max(last - 100, 0) : max(last, 0)].rstrip().endswith("</script>"):
        return False
    return _CONFIGURATION.match(html, html.rfind("<script", 0, last)) is not None


def _find_snippet(html: str) -> re.Match[str] | None:
    """Return the snippet at the end of a document, or None."""
    if not _may_have_snippet(html):
        return None
    end = _end_of_body(html)
    snippet = _SNIPPET.match(html, max(html.rfind("<div id=", 0, end), 0), end)
    is_last = snippet and not html[snippet.end() : end].strip()
    return snippet if is_last else None


def is_document(html: str) -> bool:
    """Tell whether a string is a whole HTML document."""
    prolog = _PROLOG.match(html)
    return bool(prolog and (prolog["doctype"] or _HTML.match(html, prolog.end())))


def _tags(html: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Yield the start and end tags of a document, beginning at a position."""
    templates = 0
    while tag := _TOKEN.search(html, start):
        start = tag.end()
        name = (tag["name"] or "").lower()
        if tag["end"] and name == "template":
            templates = max(templates - 1, 0)
        if name and not templates:
            yield tag
        if not tag["end"]:
            templates += name == "template"
            start = _end_of_text(html, name, start)


class Element(NamedTuple):
    """A start tag as a browser sees it, with the text of a script or a style."""

    name: str
    attributes: Mapping[str, str]
    text: str


def elements(html: str) -> Iterator[Element]:
    """Yield the elements of a document in the order of their start tags."""
    return _elements(html, _tags(html))


def head_elements(html: str) -> Iterator[Element]:
    """Yield the elements in the head of a document, including `html` and `head`."""
    return _elements(html, _head(html))


def chat_elements(html: str) -> list[Element]:
    """Return the elements in the head of a document and those that can belong to chat.

    The content is searched for a few strings first. Reading its tags takes many times
    as long, and most content has nothing that belongs to chat.
    """
    snippet = _find_snippet(html)
    head = [*_head(html)]
    end = head[-1].end() if head else 0
    content = html[end : snippet.start() if snippet else None]
    after = html[snippet.end() :] if snippet else ""
    if _may_hold_chat(content) or _may_hold_chat(after):
        return [*elements(html)]
    return [*_elements(html, head), *(elements(snippet[0]) if snippet else ())]


def _may_hold_chat(content: str) -> bool:
    if any(text in content for text in ("haloChatConfig", "/external/")):
        return True
    scripts = (content[start : start + 20] for start in _find_all(content, "halochat."))
    if any(asset_stem(name) for name in scripts):
        return True
    starts = _find_all(content, "halo-chat")
    before = (content[max(start - 20, 0) : start] for start in starts)
    return any(map(_ATTRIBUTE_BEFORE.search, before))


def _find_all(text: str, part: str) -> Iterator[int]:
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def _elements(html: str, tags: Iterable[re.Match[str]]) -> Iterator[Element]:
    for tag in tags:
        if not tag["end"]:
            name = tag["name"].lower()
            text = html[tag.end() : _end_of_text(html, name, tag.end())]
            # An embed is full of quotes; replacing these first is much faster.
            values = {
                key: unescape(value.replace("&#34;", '"'))
                for key, value in _attributes(tag).items()
            }
            yield Element(name, values, text)


def _end_of_text(html: str, name: str, start: int) -> int:
    """Return the position after the text content that a start tag opens."""
    if name == "script":
        return _end_of_script(html, start)
    if name not in _TEXT_ELEMENTS:
        return start
    end = re.compile(rf"</{name}(?=[{_WS}/>])", _FLAGS).search(html, start)
    return end.start() if end else len(html)


def _end_of_script(html: str, start: int) -> int:
    # In `<!-- <script>` the next end tag ends the inner script only.
    commented = nested = False
    for mark in _SCRIPT_MARK.finditer(html, start):
        if mark[0] == "-->":
            commented = nested = False
        elif mark[0] == "<!--":
            commented = True
        elif not mark["end"]:
            nested = commented
        elif nested:
            nested = False
        else:
            return mark.start()
    return len(html)


def _head(html: str) -> Iterator[re.Match[str]]:
    """Yield the tags up to the last one that belongs to the head."""
    end = 0
    for tag in _tags(html):
        name = tag["name"].lower()
        opens = name in ("html", "head") and not tag["end"]
        closes_text = tag["end"] and name in _TEXT_ELEMENTS | {"script", "template"}
        text = not closes_text and not _BLANK.fullmatch(html, end, tag.start())
        if text or (not opens and name not in _HEAD_ELEMENTS):
            return
        end = tag.end()
        yield tag


def _start_of_head(html: str) -> int:
    """Return the position for the head of an embed, after the encoding if declared."""
    encoding = html.find("charset", 0, _ENCODING)
    start = html[: html.find(">", encoding) + 1] if encoding >= 0 else ""
    # The pages of a site start with the same tags. Reading these once is enough.
    if _ends_with_encoding(start):
        return len(start)
    position, _ = _find_start_of_head(html)
    return position


@lru_cache(maxsize=64)
def _ends_with_encoding(start: str) -> bool:
    return _find_start_of_head(start) == (len(start), True)


def _find_start_of_head(html: str) -> tuple[int, bool]:
    """Return the position, and whether it is after the declaration of the encoding."""
    prolog = _PROLOG.match(html)
    start = prolog.end() if prolog else 0
    for tag in _head(html):
        name = tag["name"].lower()
        if name in ("html", "head"):
            start = tag.end()
        elif name == "meta" and _declares_encoding(_attributes(tag)):
            return tag.end(), True
    return start, False


def _declares_encoding(meta: Mapping[str, str]) -> bool:
    return "charset" in meta or meta.get("http-equiv", "").lower() == "content-type"


def _attributes(tag: re.Match[str]) -> dict[str, str]:
    attributes: dict[str, str] = {}
    for attribute in _KEY_AND_VALUE.finditer(tag["attributes"]):
        value = attribute["value"] or ""
        value = value[1:-1] if value.startswith(('"', "'")) else value
        attributes.setdefault(attribute["key"].lower(), value)
    return attributes


def _end_of_body(html: str) -> int:
    end = html.rfind("</body")
    start = max(end - _TAIL, 0)
    commented = html.rfind("<!--", start, end) > html.rfind("-->", start, end)
    if end >= 0 and not commented and _AFTER_BODY.match(html, end):
        return end
    lower = html.lower()
    if "</body" not in lower and "</html" not in lower:  # minifiers remove both
        return len(html)
    # The last `</body` may be part of a comment or a script: read every tag.
    end = len(html)
    for tag in _tags(html):
        if tag["end"] and tag["name"].lower() == "html":
            end = min(end, tag.start())
        elif tag["end"] and _AFTER_BODY.match(html, tag.start()):
            return tag.start()
        else:
            end = len(html)
    return end


def _embed_tags(html: str) -> Iterator[tuple[int, int, str]]:
    """Yield the span of each tag of an embed in the head, and its replacement.

    If the replacement is empty, the span includes the line break before the tag.
    """
    for tag in _head(html):
        start = tag.start() - html.startswith("\n", tag.start() - 1)
        name, attributes = tag["name"].lower(), _attributes(tag)
        if name == "meta" and attributes.get("name") == "halo-chat":
            yield start, tag.end(), ""
        elif name == "meta" and attributes.get("name") == _KEPT_PAGE_TAG:
            if kept := _kept_tag(tag):
                yield tag.start(), tag.end(), kept[0]
        elif name == "script" and asset_stem(attributes.get("src", "")) == "halochat":
            end = _SCRIPT_END.match(html, tag.end())
            yield start, end.end() if end else tag.end(), ""
