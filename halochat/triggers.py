"""Reads and renders links and buttons that open the chat or send it an event."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from halochat.document import elements
from halochat.events import INBOUND, INBOUND_PREFIX
from halochat.naming import normalize_name, suggest, unknown_name
from halochat.option_types import one_of
from halochat.problems import Problem
from halochat.urls import LINK, is_site_path
from halochat.validation import validate_detail

OPEN_URL = "#halo-chat"
_OPEN_EVENT = "openChatWindow"
_NAMES = ("send", "detail", "href")
_PREFIX = "data-halo-chat-"
_ATTRIBUTES = (f"{_PREFIX}send", f"{_PREFIX}detail")
_EVENT = one_of(*(event.name for event in INBOUND))


@dataclass(frozen=True, slots=True)
class Trigger:
    """A link or button: the event it sends, and its target without chat."""

    send: str = _OPEN_EVENT
    detail: str = ""
    """The detail of the event, as JSON."""
    href: str = ""
    problems: tuple[Problem, ...] = ()
    """The problems of the strings from which the trigger was read."""

    @classmethod
    def from_text(
        cls, options: Mapping[str, str], *, other_names: Iterable[str] = ()
    ) -> Trigger:
        """Read a trigger from the strings `send`, `detail` and `href`.

        Wrong values are dropped and listed in `problems`. `other_names` are options of
        the host; they, too, are suggested for a misspelled name.
        """
        values = dict(options)
        problems: list[Problem] = []
        send = values.pop("send", "").removeprefix(INBOUND_PREFIX)
        href = values.pop("href", "")
        detail, detail_problems = _read_detail(values.pop("detail", ""))
        for name, type_, text in (("send", _EVENT, send), ("href", LINK, href)):
            if text:
                problems += (problem.inside(name) for problem in type_.check(text))
        wrong = {problem.path[0] for problem in problems}
        problems += detail_problems
        for name in values:
            message = unknown_name("option", name, [*_NAMES, *other_names])
            problems.append(Problem((name,), message))
        return cls(
            _OPEN_EVENT if "send" in wrong or not send else send,
            detail,
            "" if "href" in wrong else href,
            tuple(problems),
        )

    @staticmethod
    def problems_in(html: str) -> Iterator[tuple[Problem, str]]:
        """Yield the problems of triggers in HTML, each with the attribute or its value.

        HTML without triggers is only searched for a string, which takes little time.
        """
        if "data-halo" in html:
            for element in elements(html):
                yield from _attribute_problems(element.attributes)

    @staticmethod
    def link_problem(url: str) -> str:
        """Return a message for a link that is almost `#halo-chat`, or an empty string.

        Such a link is correct if the page has an anchor of that name.
        """
        if url == OPEN_URL or normalize_name(url) != normalize_name(OPEN_URL):
            return ""
        return f"'{url}' opens no chat, did you mean '{OPEN_URL}'?"

    @property
    def is_internal(self) -> bool:
        """Whether the trigger has no target without chat, or one in the site."""
        return not self.href or is_site_path(self.href)

    def attributes(self, link: Callable[[str], str]) -> dict[str, str]:
        """Return the HTML attributes: with `href` those of a link, else of a button.

        `link` is a function such as `PageContext.url`. It returns the URL that the page
        uses for a path in the site or for the name of a source.
        """
        if self.send == _OPEN_EVENT and not self.detail and not self.href:
            return {"href": OPEN_URL}  # a link also works without scripts
        attributes = {"data-halo-chat-send": self.send}
        if self.detail:
            attributes["data-halo-chat-detail"] = self.detail
        if self.href:
            attributes["href"] = link(self.href) if self.is_internal else self.href
        return attributes


def _attribute_problems(
    attributes: Mapping[str, str],
) -> Iterator[tuple[Problem, str]]:
    for name, value in attributes.items():
        option = name.removeprefix(_PREFIX)
        if name not in _ATTRIBUTES:
            known = suggest(name, _ATTRIBUTES) if name.startswith("data-halo") else None
            if known:
                message = f"unknown attribute, did you mean '{known}'?"
                yield Problem((name,), message, "warning"), name
        elif not value and option == "send":
            message = "is empty; set it to an event, such as 'openChatWindow'"
            yield Problem((name,), message, "warning"), name
        else:
            for problem in Trigger.from_text({option: value}).problems:
                path = (name, *problem.path[1:])
                yield replace(problem, path=path, severity="warning"), value


def _read_detail(text: str) -> tuple[str, list[Problem]]:
    if not text:
        return "", []
    try:
        detail = json.loads(text)
    except (ValueError, RecursionError) as error:
        message = (
            'expected JSON, such as "bottom-left" with the quotes (in Markdown, with '
            f"a second pair of quotes around it): {error}"
        )
        return "", [Problem(("detail",), message)]
    problems = validate_detail(detail)
    return "" if problems else json.dumps(detail, separators=(",", ":")), problems
