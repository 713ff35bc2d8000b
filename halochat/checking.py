"""What is wrong with the options of a site or a page: all of it, at once."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from halochat.kinds import (
    COLOUR,
    STYLES,
    Complaint,
    nodes,
    squash,
    unexpected,
    unknown,
)
from halochat.layers import OFF, Layer, glob, resolve
from halochat.options import OPTIONS, PROPERTIES, Option, find

MAX_CHARACTERS = 65_536
_EMPTY: Layer = {}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one option; what is not fatal is used all the same."""

    option: str
    message: str
    fatal: bool = True

    def __str__(self) -> str:
        return f"{self.option}: {self.message}"


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
    for conflict in _conflicts(checked.options):
        checked.problems.append(conflict.problem())
    return checked


def check_page(layer: object, site: Layer, path: str) -> Checked:
    """Check what a page says of chat; the options left go well with its site's.

    A page says `false` (no chat), `true`, or a mapping of options.
    """
    if layer == _EMPTY:
        return Checked()
    checked = _check_page_layer(layer)
    below = resolve(site, path, _EMPTY)
    if checked.options.get("load") and below.get("load") == "snippet":
        del checked.options["load"]
        checked.problems.append(
            Problem("load", "the site's `load: snippet` holds for every page")
        )
    for conflict in _conflicts(resolve(site, path, checked.options)):
        for name in conflict.options & checked.options.keys():
            del checked.options[name]
            checked.problems.append(replace(conflict.problem(), option=name))
    return checked


def _check_page_layer(layer: object) -> Checked:
    if isinstance(layer, bool):
        return Checked({"enabled": layer})
    if not isinstance(layer, Mapping):
        complaint = unexpected("a mapping of options, or false for no chat", layer)
        return Checked({}, [Problem("halochat", complaint.message)])
    return _check_layer(layer, page=True)


def _check_patterns(patterns: Mapping[object, object], site: Checked) -> Layer:
    """Check each pattern's options, as far as they can be without a page."""
    kept: dict[str, Layer] = {}
    for pattern, layer in patterns.items():
        place = f"pages.{pattern}"
        complaint = _pattern_complaint(pattern)
        if complaint:
            site.problems.append(Problem(place, complaint))
            continue
        checked = _check_page_layer(OFF if layer is None else layer)
        kept[str(pattern)] = checked.options
        below = {**site.options, "pages": {}}
        conflicts = _conflicts(resolve(below, "", checked.options))
        checked.problems += [
            conflict.problem()
            for conflict in conflicts
            if conflict.options & checked.options.keys()
        ]
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


def _pattern_complaint(pattern: object) -> str:
    if not isinstance(pattern, str):
        return unexpected("a path pattern as key", pattern).message
    if pattern.startswith("!"):
        return "a pattern that starts with ! matches nothing: write what is meant"
    try:
        patterns = glob(pattern).patterns
    except ValueError as error:
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
            checked.problems.append(Problem(str(name), _unknown(name, value)))
        elif option.name in spelt:
            message = f"the same option as {spelt[option.name]}: keep one of them"
            checked.problems.append(Problem(str(name), message))
        else:
            spelt[option.name] = name
            problems = list(_check_value(option, value, page=page))
            checked.problems += problems
            if not any(problem.fatal for problem in problems):
                checked.options[option.name] = (
                    None if value is None else option.kind.finish(value)
                )
    if len(json.dumps(checked.options, default=str)) > MAX_CHARACTERS:
        message = f"more than {MAX_CHARACTERS:,} characters would go into every page"
        checked.problems.append(Problem("options", message))
    return checked


def _unknown(name: object, value: object) -> str:
    if isinstance(name, str) and _names_secret(name):
        return _REFUSED
    if any(_secrets("", value)):
        return _REFUSED
    message = unknown("option", name, OPTIONS)
    if "did you mean" in message:
        return message
    return f"{message}; a property newer than this release goes under `extra`"


def _check_value(option: Option, value: object, *, page: bool) -> Iterator[Problem]:
    if page and not option.page:
        yield Problem(option.name, "set for the whole site, not by a page")
        return
    if page and option.name == "load" and value == "snippet":
        yield Problem(option.name, "`snippet` is for a whole site, not for a page")
        return
    if page:
        yield from _unset(option, value)
        if value is None:
            return
        if isinstance(value, Mapping):
            value = {key: item for key, item in value.items() if item is not None}
    secrets = list(_secrets(option.name, value))
    yield from secrets
    if not secrets:
        complaints = list(option.kind.complaints(value))
        if option.name == "extra" and not complaints:
            complaints += _declared(value)
        for complaint in complaints:
            place = f"{option.name}{complaint.where}"
            yield Problem(place, complaint.message, complaint.fatal)


def _unset(option: Option, value: object) -> Iterator[Problem]:
    """Warn where a page's null is likelier a colour that YAML read as a comment."""
    message = "unset here; if a colour was meant, put quotes around it: '#E83C4A'"
    if option.kind is COLOUR and value is None:
        yield Problem(option.name, message, fatal=False)
    if option.kind is STYLES and isinstance(value, Mapping):
        for key in (key for key, item in value.items() if item is None):
            yield Problem(f"{option.name}.{key}", message, fatal=False)


def _declared(extra: object) -> Iterator[Complaint]:
    """Complain about properties in `extra` that have an option of their own."""
    if isinstance(extra, Mapping):
        for key in extra:
            option = find(key)
            if option and option in PROPERTIES:
                yield Complaint(f"has an option of its own: {option.name}", f".{key}")


def _known(layer: Mapping[str, object]) -> Iterator[Option]:
    for name in layer:
        option = find(name) if isinstance(name, str) else None
        if option:
            yield option


# --- Secrets: an identity token in a page would sign every visitor in as one -

_REFUSED = (
    "an identity token or a secret must not be in a configuration, because every "
    "page is public: name a function in `identity` that fetches the visitor's own"
)
_SECRET_NAME = re.compile(".*(?:token|jwt|secret|password)|authorization|cookie")
_DOTTED = re.compile(r"[A-Za-z0-9_-]+={0,2}(?:\.[A-Za-z0-9_-]*){2,}")


def _names_secret(name: str) -> bool:
    return _SECRET_NAME.fullmatch(squash(name)) is not None


def _secrets(name: str, value: object) -> Iterator[Problem]:
    for where, item, _ in nodes(value):
        keys = item if name == "extra" and isinstance(item, Mapping) else ()
        if any(isinstance(key, str) and _names_secret(key) for key in keys) or (
            isinstance(item, str) and _holds_token(item)
        ):
            yield Problem(f"{name}{where}", _REFUSED)


def _holds_token(text: str) -> bool:
    """Tell whether a text holds a JSON Web Token, by what its first part decodes to."""
    for run in _DOTTED.findall(text):
        parts = run.split(".")
        if any(_is_header(part) for part in parts[:-2]):
            return True
    return False


def _is_header(part: str) -> bool:
    try:
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return False
    return isinstance(header, dict) and not {"alg", "typ"}.isdisjoint(header)


# --- Options that do not go together -----------------------------------------


class _Conflict(NamedTuple):
    option: str
    message: str
    options: frozenset[str]

    def problem(self) -> Problem:
        return Problem(self.option, self.message)


# What each needs, and from which value on.
_NEEDS_INBOUND = {
    "auto_initialize": False,
    "hide_new_chat_bubble": True,
    "hide_existing_chat_bubble": True,
    "hide_header": True,
    "draggable_bubble": True,
    "retain_previous_chat": True,
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
        name for name, value in _NEEDS_INBOUND.items() if options.get(name) is value
    ]
    names += [
        name
        for name in ("hide_bubble_inactivity_seconds", "identity")
        if options.get(name)
    ]
    if options.get("load") in ("click", "manual"):
        names.append("load")
    for name in names:
        yield _needs(name, "enable_inbound_events", state)


def _needs(name: str, other: str, state: str) -> _Conflict:
    message = f"needs `{other}`, which is {state}"
    return _Conflict(name, message, frozenset({name, other}))
