"""Links and buttons in the content that open the chat or send it an event."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.osutil import relative_uri

from halochat.events import INBOUND, INBOUND_PREFIX
from halochat.layers import OFF
from halochat.naming import unknown
from halochat.option_types import one_of
from halochat.urls import LINK, is_site_path
from halochat.validation import check_detail
from sphinx_halochat.config import has_chat
from sphinx_halochat.directive import AnyOption, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

OPENS = "#halo-chat"
NEEDS_LOADER = (
    "chat links and buttons need the loader, which `load: snippet` leaves out"
)
EVENT = one_of(*(event.name for event in INBOUND))


class OpenChat(SphinxRole):
    """Make a link that opens the chat."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        return [_link(nodes.Text(self.text))], []


def _link(*children: nodes.Node) -> nodes.reference:
    # A plain reference: Sphinx knows to leave those out of tables of contents.
    return nodes.reference(
        "", "", *children, internal=True, refuri=OPENS, classes=["halo-chat"]
    )


class ChatButton(nodes.paragraph):
    """A link or button in a paragraph of its own."""


class HaloChatButton(SphinxDirective):
    """Make a link or button that opens the chat, or sends it an event."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = AnyOption(
        dict.fromkeys(("send", "detail", "href", "class"), directives.unchanged)
    )

    def run(self) -> list[nodes.Node]:
        """Return the button, and what is wrong with the markup of its text."""
        text = self.arguments[0]
        classes = [nodes.make_id(name) for name in self._take("class").split()]
        button = ChatButton(text, classes=["halo-chat-button", *filter(None, classes)])
        button.attributes.update(self._checked())
        for name in self.options:
            self._warn(f"{name}: {unknown('option', name, self.option_spec)}")
        children, messages = self.parse_inline(text)
        button += children
        self.set_source_info(button)
        return [button, *messages]

    def _warn(self, message: object) -> None:
        warn(f"halo-chat-button: {message}", self.get_location())

    def _take(self, name: str) -> str:
        return str(self.options.pop(name, ""))

    def _checked(self) -> Iterator[tuple[str, str]]:
        """Yield the options that can be used."""
        send = self._take("send").removeprefix(INBOUND_PREFIX)
        href = self._take("href")
        for name, kind, value in (("send", EVENT, send), ("href", LINK, href)):
            complaints = [*kind.complaints(value)] if value else []
            for complaint in complaints:
                self._warn(f"{name}: {complaint.message}")
            if value and not complaints:
                yield name, value
        yield from self._detail()

    def _detail(self) -> Iterator[tuple[str, str]]:
        text = self._take("detail")
        if not text:
            return
        try:
            detail = json.loads(text)
        except (ValueError, RecursionError) as error:
            self._warn(
                'detail: expected JSON, such as "bottom-left" with its quotes (and in '
                f"Markdown with a second pair around it): {error}"
            )
            return
        problems = check_detail(detail)
        for problem in problems:
            self._warn(problem)
        if not problems:
            yield "detail", json.dumps(detail, separators=(",", ":"))


def visit_button(self: HTML5Translator, node: ChatButton) -> None:
    """Write the start of a button as HTML."""
    tag, attributes = _tag(node)
    self.body.append(f"<p>{self.starttag(node, tag, '', **attributes)}")


def depart_button(self: HTML5Translator, node: ChatButton) -> None:
    """Write the end of a button as HTML."""
    self.body.append(f"</{_tag(node)[0]}></p>\n")


def _tag(node: ChatButton) -> tuple[str, dict[str, Any]]:
    """Return the element of a button and its attributes.

    A link, when there is somewhere to go without chat: it works without scripts too.
    """
    send = node.get("send", "openChatWindow")
    if send == "openChatWindow" and not {"href", "detail"} & node.attributes.keys():
        return "a", {"class": "reference internal", "href": OPENS}
    attributes = {"data-halo-chat-send": send}
    if "detail" in node:
        attributes["data-halo-chat-detail"] = node["detail"]
    if "href" not in node:
        return "button", {"type": "button", **attributes}
    where = "external" if ":" in node["href"] else "internal"
    return "a", {"class": f"reference {where}", "href": node["href"], **attributes}


def open_from_markdown(app: Sphinx, doctree: nodes.document) -> None:
    """Let `[text](#halo-chat)` open the chat, as it does in MkDocs."""
    for node in list(doctree.findall(addnodes.pending_xref)):
        if node.get("reftype") == "myst" and node.get("reftarget") == OPENS[1:]:
            node.parent.replace(node, _link(*node.children))


def settle_triggers(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep links and buttons where there is chat, and only their texts elsewhere."""
    if app.builder.name == "gettext":
        return
    options = doctree.get("halochat", OFF)
    snippet = options.get("load") == "snippet"
    works = options.get("enabled", True) and not snippet
    links = [
        link for link in doctree.findall(nodes.reference) if link.get("refuri") == OPENS
    ]
    buttons = list(doctree.findall(ChatButton))
    for node in (*links, *buttons) if snippet else ():
        warn(NEEDS_LOADER, node, "page")
    for link in links if not works else ():
        link.parent.replace(link, link.children)
    for button in buttons:
        if works or (has_chat(app) and "href" in button):
            _point(button, app.builder.get_target_uri(docname))
        else:
            button.parent.replace(button, nodes.paragraph("", "", *button.children))


def _point(button: ChatButton, page: str) -> None:
    if is_site_path(button.get("href", "")):
        button["href"] = keep_anchor(partial(relative_uri, page), button["href"])


def keep_anchor(link: Callable[[str], str], address: str) -> str:
    """Link to an address in the site with its anchor, which Sphinx would drop."""
    path, mark, anchor = address.partition("#")
    return f"{link(path).rstrip('#')}{mark}{anchor}"
