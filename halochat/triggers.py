"""Links and buttons in the content that open the chat or send it an event."""

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
    """What a link or button sends to the chat, and where it leads without chat."""

    send: str = _OPEN_EVENT
    detail: str = ""
    """What the event carries, as JSON."""
    href: str = ""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the texts that the trigger was read from."""

    @classmethod
    def from_text(
        cls, options: Mapping[str, str], *, other_names: Iterable[str] = ()
    ) -> Trigger:
        """Read `send`, `detail` and `href`, each as a line of text.

        What is wrong is left out, and listed in `problems`. `other_names` are options
        that the host itself has; they are suggested for a misspelled name, too.
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
        """Yield what is wrong with the triggers in HTML, each with the value it is in.

        HTML without triggers costs next to nothing.
        """
        if "data-halo" in html:
            for element in elements(html):
                yield from _attribute_problems(element.attributes)

    @staticmethod
    def link_problem(url: str) -> str:
        """Return what is wrong with a link that is nearly one to the chat.

        It is right if the page has an anchor of that name.
        """
        if url == OPEN_URL or normalize_name(url) != normalize_name(OPEN_URL):
            return ""
        return f"'{url}' opens no chat, did you mean '{OPEN_URL}'?"

    @property
    def is_internal(self) -> bool:
        """Whether the trigger leads to the chat alone, or into the site."""
        return not self.href or is_site_path(self.href)

    def attributes(self, link: Callable[[str], str]) -> dict[str, str]:
        """Return HTML attributes: those of a link if `href` is one, else of a button.

        `link` returns the URL that the page uses for a path in the site, or for the
        name of a source: `PageContext.url`.
        """
        if self.send == _OPEN_EVENT and not self.detail and not self.href:
            return {"href": OPEN_URL}  # a link, which works without scripts, too
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
            message = "is empty; name an event, such as 'openChatWindow'"
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
            'expected JSON, such as "bottom-left" with its quotes (and in '
            f"Markdown with a second pair around it): {error}"
        )
        return "", [Problem(("detail",), message)]
    problems = validate_detail(detail)
    return "" if problems else json.dumps(detail, separators=(",", ":")), problems
