"""What is wrong with the options of a site or a page: all of it, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from halochat.credentials import REFUSED, find_secrets, holds_token
from halochat.css import COLOUR, STYLES
from halochat.languages import LANGUAGE
from halochat.layers import OFF, Layer, glob, resolve
from halochat.naming import unknown
from halochat.options import OPTIONS, PROPERTIES, Option, find
from halochat.problems import Complaint, Problem, spell, step, unexpected

MAX_CHARACTERS = 65_536
_EMPTY: Layer = {}
_COLOUR_UNSET = Complaint(
    "unset here; if a colour was meant, put quotes around it: '#E83C4A'", fatal=False
)


@dataclass(slots=True)
class Checked:
    """The usable options of a layer, by their canonical names, and its problems."""

    options: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def check_site(layer: Mapping[str, object]) -> Checked:
    """Check a site's options, with the `pages` in them and how they go together."""
    checked = _check_layer(layer, page=False)
    given = {option.name for option in _known(layer)}
    for option in OPTIONS.values():
        if option.required and option.name not in given:
            checked.problems.append(Problem(option.name, "required, but not set"))
    patterns = checked.options.get("pages")
    if isinstance(patterns, Mapping):
        checked.options["pages"] = _check_patterns(patterns, checked)
    for conflict in list(_conflicts(checked.options)):
        checked.options.pop(conflict.option, None)
        checked.problems.append(conflict.problem())
    if checked.options.get("enabled") is False:
        checked.problems.clear()  # what it would need may well be missing
    return checked


def check_page(layer: object, site: Layer, path: str) -> Checked:
    """Check what a page says of chat; the options left go well with its site's.

    A page says `false` (no chat), `true`, or a mapping of options.
    """
    if layer == _EMPTY:
        return Checked()
    checked = _check_page_layer(layer, site)
    _drop_conflicts(checked, resolve(site, path, checked.options))
    return checked


def check_detail(detail: object) -> list[Problem]:
    """Check what a trigger in the content hands to an inbound event."""
    problems = _check_value(OPTIONS["extra"], {"detail": detail}, page=False)
    return [
        replace(problem, option=re.sub(r"^extra(\.detail)?", "detail", problem.option))
        for problem in problems
    ]


def _check_page_layer(layer: object, site: Layer) -> Checked:
    if isinstance(layer, bool):
        return Checked({"enabled": layer})
    if not isinstance(layer, Mapping):
        complaint = unexpected("a mapping of options, or off for no chat", layer)
        message = REFUSED if any(find_secrets("", layer)) else complaint.message
        return Checked({}, [Problem("halochat", message)])
    checked = _check_layer(layer, page=True)
    if "load" in checked.options and site.get("load") == "snippet":
        del checked.options["load"]
        message = "the site's `load: snippet` holds for every page"
        checked.problems.append(Problem("load", message))
    return checked


def _check_patterns(patterns: Mapping[object, object], site: Checked) -> Layer:
    """Check each pattern's options, as far as they can be without a page."""
    kept: dict[str, Layer] = {}
    for pattern, layer in patterns.items():
        place = f"pages.{_spelt(pattern)}"
        complaint = _pattern_complaint(pattern)
        if complaint:
            site.problems.append(Problem(place, complaint))
            continue
        checked = _check_page_layer(OFF if layer is None else layer, site.options)
        kept[str(pattern)] = checked.options
        below = {**site.options, "pages": {}}
        _drop_conflicts(checked, resolve(below, "", checked.options))
        site.problems += [
            replace(
                problem,
                option=place
                if problem.option == "halochat"
                else f"{place}.{problem.option}",
            )
            for problem in checked.problems
        ]
    return kept


def _drop_conflicts(checked: Checked, resolved: Layer) -> None:
    """Drop what a page says that cannot work together, and say so."""
    for conflict in _conflicts(resolved):
        for name in sorted(conflict.options & checked.options.keys()):
            del checked.options[name]
            checked.problems.append(conflict.problem(name))


def _pattern_complaint(pattern: object) -> str:
    if not isinstance(pattern, str):
        return unexpected("a path pattern as key", pattern).message
    if holds_token(pattern):
        return REFUSED
    if pattern.startswith("!"):
        return "a pattern that starts with ! matches nothing: write what is meant"
    try:
        patterns = glob(pattern).patterns
    except (ValueError, re.error) as error:
        return f"expected a path pattern: {error}"
    if any(entry.include for entry in patterns):
        return ""
    return "expected a path pattern such as 'blog/**'"


def _check_layer(layer: Mapping[str, object], *, page: bool) -> Checked:
    checked = Checked()
    spelt: dict[str, str] = {}
    for name, value in layer.items():
        option = find(name) if isinstance(name, str) else None
        if option is None:
            checked.problems.append(Problem(_spelt(name), _unknown(name, value)))
        elif option.name in spelt:
            message = f"the same option as {spelt[option.name]}: keep one of them"
            checked.problems.append(Problem(name, message))
        else:
            spelt[option.name] = name
            problems = list(_check_value(option, value, page=page))
            checked.problems += problems
            if not any(problem.fatal for problem in problems):
                checked.options[option.name] = (
                    None if value is None else option.kind.finish(value)
                )
    return checked


def _spelt(name: object) -> str:
    return "..." if isinstance(name, str) and holds_token(name) else spell(name)


def _unknown(name: object, value: object) -> str:
    if any(find_secrets("extra", {name: value})):
        return REFUSED
    message = unknown("option", name, OPTIONS)
    if "did you mean" in message:
        return message
    return f"{message}; a property newer than this release goes under `extra`"


def _check_value(option: Option, value: object, *, page: bool) -> Iterator[Problem]:
    refusal = _page_refusal(option, value) if page else ""
    if refusal:
        yield Problem(option.name, refusal)
        return
    patterns = option.name == "pages" and isinstance(value, Mapping)
    # The patterns' layers are checked one by one.
    secrets = () if patterns else tuple(find_secrets(option.name, value))
    if secrets:
        yield from secrets
        return
    for complaint in _complaints(option, value, page=page):
        place = f"{option.name}{complaint.where}"
        yield Problem(place, complaint.message, complaint.fatal)


def _page_refusal(option: Option, value: object) -> str:
    """Return why a page may not set this; empty: it may."""
    if not option.page:
        return "set for the whole site, not by a page"
    if option.name == "load" and value == "snippet":
        return "`snippet` is for a whole site, not for a page"
    if option.required and value is None:
        return "required, so a page cannot unset it"
    return ""


def _complaints(option: Option, value: object, *, page: bool) -> list[Complaint]:
    found = list(_nulls(option, value, page=page))
    if value is not None or not page:
        found += option.kind.complaints(value)
    if option.name == "pages" or any(complaint.fatal for complaint in found):
        return found
    if option.name == "extra":
        found += _declared(value)
    if len(str(value)) > MAX_CHARACTERS:
        found.append(Complaint(f"expected {MAX_CHARACTERS:,} characters at most"))
    return found


def _nulls(option: Option, value: object, *, page: bool) -> Iterator[Complaint]:
    """Complain of nulls: a site has nothing to unset, a page seldom means a colour."""
    if option.kind is COLOUR and value is None and page:
        yield _COLOUR_UNSET
    if option.kind not in (STYLES, LANGUAGE) or not isinstance(value, Mapping):
        return
    for key in (key for key, item in value.items() if item is None):
        if not page:
            yield unexpected("text", None, text=True)._replace(where=step(key))
        elif option.kind is STYLES:
            yield _COLOUR_UNSET._replace(where=step(key))


def _declared(extra: object) -> Iterator[Complaint]:
    """Complain about properties in `extra` that have an option of their own."""
    if isinstance(extra, Mapping):
        for key in extra:
            option = find(key)
            if option in PROPERTIES:
                yield Complaint(f"has an option of its own: {option.name}", step(key))


def _known(layer: Mapping[str, object]) -> Iterator[Option]:
    for name in layer:
        option = find(name) if isinstance(name, str) else None
        if option:
            yield option


# --- Options that do not go together -----------------------------------------


class _Conflict(NamedTuple):
    option: str
    message: str
    options: frozenset[str]

    def problem(self, option: str = "") -> Problem:
        """Say it of one of the options involved, or of the one that is in need."""
        if option in ("", self.option):
            return Problem(self.option, self.message)
        return Problem(option, f"`{self.option}` {self.message}")


# The values of each that need inbound events.
_NEEDS_INBOUND: Mapping[str, tuple[object, ...]] = {
    "auto_initialize": (False,),
    "hide_new_chat_bubble": (True,),
    "hide_existing_chat_bubble": (True,),
    "hide_header": (True,),
    "draggable_bubble": (True,),
    "retain_previous_chat": (True,),
    "load": ("click", "manual"),
}
_NEEDS_LOADER = (
    "consent",
    "fallback_url",
    "hosts",
    "identity",
    "timeout",
)


def _conflicts(options: Layer) -> Iterator[_Conflict]:
    """Find the options of a page that cannot work together."""
    snippet = options.get("load") == "snippet"
    if snippet:
        yield from _snippet_conflicts(options)
    if not options.get("enable_inbound_events", not snippet):
        state = "off in a snippet unless set" if snippet else "false"
        yield from _inbound_conflicts(options, state)
    tells = options.get("analytics", "none") != "none"
    if tells and not options.get("enable_outbound_events", True):
        yield _needs("analytics", "enable_outbound_events", "false")


def _snippet_conflicts(options: Layer) -> Iterator[_Conflict]:
    used = [name for name in _NEEDS_LOADER if options.get(name)]
    if options.get("analytics", "none") != "none":
        used.append("analytics")
    if options.get("theme") == "auto":
        used.append("theme")
    for name in used:
        message = "needs the loader, which `load: snippet` leaves out"
        if name == "theme":
            message = f"'auto' {message}: choose 'light' or 'dark'"
        yield _Conflict(name, message, frozenset({name, "load"}))


def _inbound_conflicts(options: Layer, state: str) -> Iterator[_Conflict]:
    names = [
        name for name, values in _NEEDS_INBOUND.items() if options.get(name) in values
    ]
    if options.get("hide_bubble_inactivity_seconds"):
        names.append("hide_bubble_inactivity_seconds")
    if options.get("identity") and options.get("load") != "snippet":
        names.append("identity")
    for name in names:
        yield _needs(name, "enable_inbound_events", state)


def _needs(name: str, other: str, state: str) -> _Conflict:
    message = f"needs `{other}`, which is {state}"
    return _Conflict(name, message, frozenset({name, other}))
