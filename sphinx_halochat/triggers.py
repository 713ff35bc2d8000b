"""The role and the directive for links and buttons that open the chat."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import ReferenceRole, SphinxDirective
from sphinx.util.osutil import relative_uri

from halochat import SiteFiles, Trigger
from sphinx_halochat.checks import check_links_later, warn
from sphinx_halochat.config import BUILDERS, has_chat
from sphinx_halochat.directive import AnyOption
from sphinx_halochat.pages import page_context

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from halochat import Page

OPEN_URL = "#halo-chat"
NEEDS_LOADER = (
    "chat links and buttons need the loader, which `load: snippet` does not use; "
    "choose another `load`"
)


class ChatLink(nodes.inline):
    """An inline link that opens the chat, with a target for pages without chat."""


class OpenChat(ReferenceRole):
    """Create a link that opens the chat; `Text <target>` sets its fallback."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link."""
        link = _link(nodes.Text(self.title))
        if self.has_explicit_title:
            link["trigger"] = Trigger.from_text({"href": self.target})
        self.set_source_info(link)
        return [link], []


def _link(*children: nodes.Node) -> nodes.reference:
    # Derived from `reference`, which Sphinx removes from tables of contents.
    return nodes.reference(
        "", "", *children, internal=True, refuri=OPEN_URL, classes=["halo-chat"]
    )


class ChatButton(nodes.paragraph):
    """A link or button in a separate paragraph."""


class HaloChatButton(SphinxDirective):
    """Create a link or button that opens the chat, or sends it an event."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar = AnyOption()

    def run(self) -> list[nodes.Node]:
        """Return the button, and messages about the markup of its text."""
        text = self.arguments[0]
        names = str(self.options.pop("class", "")).split()
        classes = filter(None, map(nodes.make_id, names))
        name = self.options.pop("name", None)
        trigger = Trigger.from_text(self.options, other_names=["class", "name"])
        button = ChatButton(
            text, classes=["halo-chat-button", *classes], trigger=trigger, html={}
        )
        children, messages = self.parse_inline(text)
        button += children
        self.set_source_info(button)
        if name:
            self.options["name"] = name
            self.add_name(button)
        return [button, *messages]


def visit_button(self: HTML5Translator, node: ChatButton) -> None:
    """Write the start of a button as HTML."""
    tag, attributes = _element(node)
    self.body.append(f"<p>{self.starttag(node, tag, '', **attributes)}")


def depart_button(self: HTML5Translator, node: ChatButton) -> None:
    """Write the end of a button as HTML."""
    self.body.append(f"</{_element(node)[0]}></p>\n")


def visit_link(self: HTML5Translator, node: ChatLink) -> None:
    """Write the start of a link as HTML."""
    tag, attributes = _element(node)
    self.body.append(self.starttag(node, tag, "", **attributes))


def depart_link(self: HTML5Translator, node: ChatLink) -> None:
    """Write the end of a link as HTML."""
    self.body.append("</a>")


def _element(node: ChatButton | ChatLink) -> tuple[str, dict[str, Any]]:
    """Return the element of a trigger and its attributes."""
    attributes = node["html"]
    if "href" not in attributes:
        return "button", {"type": "button", **attributes}
    target = "internal" if node["trigger"].is_internal else "external"
    return "a", {"class": f"reference {target}", **attributes}


def open_from_markdown(app: Sphinx, doctree: nodes.document) -> None:
    """Convert the Markdown link `[text](#halo-chat)` to a link that opens the chat."""
    for node in list(doctree.findall(addnodes.pending_xref)):
        if node.get("reftype") == "myst" and node.get("reftarget") == OPEN_URL[1:]:
            node.parent.replace(node, _link(*node.children))


def resolve_triggers(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace links and buttons by their fallback links on pages without chat."""
    page: Page | None = doctree.get("halochat")
    references = doctree.findall(nodes.reference)
    links = [link for link in references if link.get("refuri") == OPEN_URL]
    buttons = list(doctree.findall(ChatButton))
    for node in (*links, *buttons):
        _check(app, node)
        if page is not None and page.options.get("load") == "snippet":
            warn(app, NEEDS_LOADER, node, "page")
    if app.builder.name == "gettext":
        return
    works = page is not None and page.has_triggers
    url = _urls(app, docname)
    for link in links:
        _resolve_link(link, page, url, works=works)
    for button in buttons:
        trigger: Trigger = button["trigger"]
        if works or (has_chat(app) and trigger.href):
            button["html"] = trigger.attributes(url)
        else:
            children = _reference(trigger.href, url, button.children)
            ids = {"ids": button["ids"], "names": button["names"]}
            button.parent.replace(button, nodes.paragraph("", "", *children, **ids))


def _check(app: Sphinx, node: nodes.Element) -> None:
    """Warn of the problems of a link or button."""
    trigger: Trigger | None = node.get("trigger")
    if trigger is None:
        return
    name = "halo-chat-button" if isinstance(node, ChatButton) else "halo-chat"
    for problem in trigger.problems:
        warn(app, f"{name}: {problem.written_in('text')}", node)
    if trigger.href:
        check_links_later(app, node, partial(_broken_link, f"{name}: href", trigger))


def _broken_link(option: str, trigger: Trigger, files: SiteFiles) -> list[str]:
    message = files.broken_link(trigger.href)
    return [f"{option}: {message}"] if message else []


def _urls(app: Sphinx, docname: str) -> Callable[[str], str]:
    """Return a function for the URLs of a page; without links, it returns ""."""
    if app.builder.name not in BUILDERS:
        return lambda url: "" if Trigger(href=url).is_internal else url
    to = partial(relative_uri, app.builder.get_target_uri(docname))
    return page_context(app, docname, to).url


def _resolve_link(
    link: nodes.reference,
    page: Page | None,
    url: Callable[[str], str],
    *,
    works: bool,
) -> None:
    trigger: Trigger | None = link.attributes.pop("trigger", None)
    href = trigger.href if trigger else ""
    if works and trigger and href:
        chat_link = ChatLink("", "", *link.children, classes=link["classes"])
        chat_link["trigger"], chat_link["html"] = trigger, trigger.attributes(url)
        link.parent.replace(link, chat_link)
    elif not works:
        fallback = page.options.get("fallback_url") if page is not None else None
        target = href or (fallback if isinstance(fallback, str) else "")
        if target and url(target):
            link["refuri"] = url(target)
            link["classes"] = [name for name in link["classes"] if name != "halo-chat"]
        else:
            # Cards of sphinx-design hide the text of their links with a class.
            is_hidden = "sd-hide-link-text" in link["classes"]
            is_url = link.astext() == OPEN_URL
            link.parent.replace(link, [] if is_hidden or is_url else link.children)


def _reference(
    href: str, url: Callable[[str], str], children: list[nodes.Node]
) -> list[nodes.Node]:
    """Return the fallback link of a trigger, if the page can have links."""
    target = url(href) if href else ""
    if not target:
        return children
    internal = target != href
    return [nodes.reference("", "", *children, internal=internal, refuri=target)]
