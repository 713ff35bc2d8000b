"""Links and buttons in the content that open the chat or send it an event."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.osutil import relative_uri

from halochat import Trigger
from sphinx_halochat.config import has_chat
from sphinx_halochat.directive import AnyOption, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from halochat import Page

OPEN_URL = "#halo-chat"
NEEDS_LOADER = (
    "chat links and buttons need the loader, which `load: snippet` does not use; "
    "choose another `load`"
)


class OpenChat(SphinxRole):
    """Make a link that opens the chat."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        return [_link(nodes.Text(self.text))], []


def _link(*children: nodes.Node) -> nodes.reference:
    # A plain reference: Sphinx knows to leave those out of tables of contents.
    return nodes.reference(
        "", "", *children, internal=True, refuri=OPEN_URL, classes=["halo-chat"]
    )


class ChatButton(nodes.paragraph):
    """A link or button in a paragraph of its own."""


class HaloChatButton(SphinxDirective):
    """Make a link or button that opens the chat, or sends it an event."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = AnyOption()

    def run(self) -> list[nodes.Node]:
        """Return the button, and what is wrong with the markup of its text."""
        text = self.arguments[0]
        names = str(self.options.pop("class", "")).split()
        classes = filter(None, map(nodes.make_id, names))
        trigger = Trigger.from_text(self.options, other_names=["class"])
        for problem in trigger.problems:
            warn(f"halo-chat-button: {problem}", self.get_location())
        button = ChatButton(
            text, classes=["halo-chat-button", *classes], trigger=trigger, html={}
        )
        children, messages = self.parse_inline(text)
        button += children
        self.set_source_info(button)
        return [button, *messages]


def visit_button(self: HTML5Translator, node: ChatButton) -> None:
    """Write the start of a button as HTML."""
    tag, attributes = _element(node)
    self.body.append(f"<p>{self.starttag(node, tag, '', **attributes)}")


def depart_button(self: HTML5Translator, node: ChatButton) -> None:
    """Write the end of a button as HTML."""
    self.body.append(f"</{_element(node)[0]}></p>\n")


def _element(node: ChatButton) -> tuple[str, dict[str, Any]]:
    """Return the element of a button and its attributes."""
    attributes = node["html"]
    if "href" not in attributes:
        return "button", {"type": "button", **attributes}
    target = "internal" if node["trigger"].is_internal else "external"
    return "a", {"class": f"reference {target}", **attributes}


def open_from_markdown(app: Sphinx, doctree: nodes.document) -> None:
    """Let `[text](#halo-chat)` open the chat, as it does in MkDocs."""
    for node in list(doctree.findall(addnodes.pending_xref)):
        if node.get("reftype") == "myst" and node.get("reftarget") == OPEN_URL[1:]:
            node.parent.replace(node, _link(*node.children))


def resolve_triggers(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep links and buttons on pages with chat, and only their texts elsewhere."""
    if app.builder.name == "gettext":
        return
    page: Page | None = doctree.get("halochat")
    works = page is not None and page.has_triggers
    references = doctree.findall(nodes.reference)
    links = [link for link in references if link.get("refuri") == OPEN_URL]
    buttons = list(doctree.findall(ChatButton))
    if page is not None and page.options.get("load") == "snippet":
        for node in (*links, *buttons):
            warn(NEEDS_LOADER, node, "page")
    for link in links if not works else ():
        link.parent.replace(link, link.children)
    for button in buttons:
        trigger: Trigger = button["trigger"]
        if works or (has_chat(app) and trigger.href):
            to = partial(relative_uri, app.builder.get_target_uri(docname))
            button["html"] = trigger.attributes(partial(keep_anchor, to))
        else:
            button.parent.replace(button, nodes.paragraph("", "", *button.children))


def keep_anchor(link: Callable[[str], str], url: str) -> str:
    """Link to a URL in the site with its anchor, which Sphinx would drop."""
    path, mark, anchor = url.partition("#")
    return f"{link(path).rstrip('#')}{mark}{anchor}"
