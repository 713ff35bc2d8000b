"""Validates the options of sites, path patterns and pages, and lists all problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import NamedTuple

from halochat.credentials import REFUSAL, find_secrets, holds_token
from halochat.layers import Layer, compile_pattern, overlay
from halochat.naming import suggest, unknown_name
from halochat.option_types import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES, check_size
from halochat.options import ENABLING, OPTIONS, PROPERTIES, Option, find_option
from halochat.problems import Problem, expected, path_key
from halochat.syntaxes import SyntaxName

MAX_PATTERN_LENGTH = 500
MAX_PROBLEMS = 100
"""The number of problems that are reported; a layer with more is refused."""
_TOO_MANY_PROBLEMS = Problem(
    (), f"more than {MAX_PROBLEMS} problems, so no option is used; fix these first"
)
_COLOUR_UNSET = Problem(
    (),
    "no value, so this option is unset here",
    "warning",
    remedy="if you meant a color, put quotes around it, as in '#E83C4A'",
    is_string=True,
)
_REQUIRED = "required, but not set; copy it from Config > Chat > Chat Profiles in Halo"


@dataclass(slots=True)
class Validated:
    """The usable options of a layer, by their canonical names, and its problems."""

    options: dict[str, object] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    spellings: dict[str, str] = field(default_factory=dict, compare=False)
    """The author's spelling of each option, by its canonical name."""


def validate_site(options: object, syntax: SyntaxName = "yaml") -> Validated:
    """Validate a site's options, its `pages`, and whether options work together."""
    validated = _validate_site(options)
    validated.problems = [
        problem.written_in(syntax)
        for problem in validated.problems
        # Only in YAML can a color be missing because it was read as a comment.
        if syntax == "yaml" or problem.text != _COLOUR_UNSET.text
    ]
    return validated


def _validate_site(options: object) -> Validated:
    if not isinstance(options, Mapping):
        return Validated({}, [_not_options(options, "a mapping of options")])
    validated = _validate_layer(options, is_page=False)
    given = {option.name for option in map(find_option, options) if option}
    for option in OPTIONS.values():
        if option.required and option.name not in given:
            validated.problems.append(Problem((option.name,), _REQUIRED))
    patterns = validated.options.get("pages")
    if isinstance(patterns, Mapping):
        validated.options["pages"] = _validate_patterns(patterns, validated)
    for conflict in list(_conflicts(validated.options)):
        validated.options.pop(conflict.option, None)
        name = conflict.option
        validated.problems.append(conflict.problem(name, validated.spellings[name]))
    if validated.options.get("enabled") is False:
        validated.problems.clear()  # a disabled site may lack required options
    return validated


def validate_page(
    layers: Iterable[object], options: Layer
) -> tuple[Layer, list[Validated]]:
    """Validate the layers of a page; return its options and the result of each layer.

    A layer is `false` (no chat), `true`, or a mapping of options. `options` are those
    that the site and its patterns set for the page; each layer overrides them.
    """
    results = []
    for layer in layers:
        result = _validate_page_layer(layer, options)
        _drop_conflicts(result, options)
        options = overlay(options, result.options)
        results.append(result)
    return options, results


def validate_detail(detail: object) -> list[Problem]:
    """Validate the detail that a trigger in the content sends with an event."""
    problems = _validate_value(
        OPTIONS["extra"], "extra", {"detail": detail}, is_page=False
    )
    return [replace(item, path=("detail", *item.path[2:])) for item in problems]


_OFF_MEANT, _ON_MEANT = "did you mean false for no chat?", "did you mean true?"
_LAYER_WORDS = dict.fromkeys(("off", "false", "no", "none", "disabled"), _OFF_MEANT)
_LAYER_WORDS |= dict.fromkeys(("on", "true", "yes", "enabled"), _ON_MEANT)


def _validate_page_layer(layer: object, below: Layer) -> Validated:
    if isinstance(layer, bool):
        return Validated({"enabled": layer})
    if not isinstance(layer, Mapping):
        label = "a mapping of options, or false for no chat"
        word = suggest(layer, _LAYER_WORDS) if isinstance(layer, str) else None
        remedy = _LAYER_WORDS[word] if word else ""
        return Validated({}, [_not_options(layer, label, remedy)])
    validated = _validate_layer(layer, is_page=True)
    if "load" in validated.options and below.get("load") == "snippet":
        del validated.options["load"]
        message = (
            "cannot be set on a page, because the site has `load: snippet`; remove it"
        )
        path = (validated.spellings["load"],)
        validated.problems.append(Problem(path, message, is_conflict=True))
    return validated


def _not_options(value: object, label: str, remedy: str = "") -> Problem:
    if too_large := check_size(value):
        return too_large
    if any(find_secrets(value)):
        return Problem((), REFUSAL)
    return expected(label, value, remedy=remedy)


def _validate_patterns(patterns: Mapping[object, object], site: Validated) -> Layer:
    """Validate the patterns of a site, and the options of each one."""
    accepted: dict[str, Layer] = {}
    below = {name: site.options[name] for name in site.options if name != "pages"}
    for pattern, layer in patterns.items():
        path = ("pages", _safe_key(pattern))
        message = _pattern_problem(pattern)
        if message:
            site.problems.append(Problem(path, message))
            continue
        _, (validated,) = validate_page([False if layer is None else layer], below)
        accepted[str(pattern)] = validated.options
        site.problems += [problem.inside(*path) for problem in validated.problems]
        if len(site.problems) > MAX_PROBLEMS:
            site.problems.append(_TOO_MANY_PROBLEMS.inside("pages"))
            return {}
    return accepted


def _pattern_problem(pattern: object) -> str:
    if not isinstance(pattern, str):
        return expected("a path pattern as key", pattern).message
    if holds_token(pattern):
        return REFUSAL
    if pattern.startswith("!"):
        return "patterns that start with ! are not supported; list the pages to match"
    if len(pattern) > MAX_PATTERN_LENGTH:
        return f"expected at most {MAX_PATTERN_LENGTH} characters"
    try:
        if compile_pattern(pattern):
            return ""
    except (ValueError, re.error) as error:
        return f"expected a path pattern: {error}"
    return "expected a path pattern such as 'blog/**'"


def _validate_layer(layer: Mapping[object, object], *, is_page: bool) -> Validated:
    validated = Validated()
    spellings = validated.spellings
    for name, value in layer.items():
        option = find_option(name)
        if option is None:
            problem = Problem((_safe_key(name),), _unknown_option(name, value))
            validated.problems.append(problem)
        elif option.name in spellings:
            other = spellings[option.name]
            message = f"sets the same option as {other}; remove one of the two"
            validated.problems.append(Problem((str(name),), message))
        else:
            spellings[option.name] = str(name)
            problems = _validate_value(option, str(name), value, is_page=is_page)
            validated.problems += problems
            if not _has_error(problems):
                validated.options[option.name] = (
                    None if value is None else option.type.normalize(value)
                )
        if len(validated.problems) > MAX_PROBLEMS:
            problems = [*validated.problems[: MAX_PROBLEMS + 1], _TOO_MANY_PROBLEMS]
            return Validated({}, problems)
    return validated


def _has_error(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def _safe_key(name: object) -> str:
    return "..." if isinstance(name, str) and holds_token(name) else path_key(name)


def _unknown_option(name: object, value: object) -> str:
    too_large = check_size(value)
    if any(find_secrets({name: None if too_large else value}, by_name=True)):
        return REFUSAL
    message = unknown_name("option", name, OPTIONS)
    if "did you mean" in message:
        return message
    if isinstance(value, Mapping) and not too_large and any(map(find_option, value)):
        return f"{message}; move the options in it one level up, and remove this key"
    return f"{message}; put a property that is newer than this release under `extra`"


def _validate_value(
    option: Option, name: str, value: object, *, is_page: bool
) -> list[Problem]:
    refusal = _page_refusal(option, value) if is_page else ""
    if refusal:
        return [Problem((name,), refusal)]
    if option.name == "pages" and isinstance(value, Mapping):
        too_large = _check_pages_size(value)
        secrets: Iterable[Problem] = ()  # found later, in the options of each pattern
    else:
        too_large = check_size(value)
        secrets = find_secrets(value, by_name=option.name == "extra")
    problems = [too_large] if too_large else list(secrets)
    if not problems:
        problems += _value_problems(option, value, is_page=is_page)
    return [problem.inside(name) for problem in problems]


def _check_pages_size(patterns: Mapping[object, object]) -> Problem | None:
    """Return the problem of more patterns than a site can need."""
    if sum(len(key) for key in patterns if isinstance(key, str)) > MAX_CHARACTERS:
        message = f"expected patterns of at most {MAX_CHARACTERS:,} characters in total"
        return Problem((), message)
    return check_size(
        patterns,
        max_nodes=10 * MAX_NODES,
        max_characters=10 * MAX_CHARACTERS,
        max_depth=MAX_DEPTH + 3,  # a layer's own limit is reached first
    )


def _page_refusal(option: Option, value: object) -> str:
    """Return why a page cannot set an option; an empty string if it can."""
    if not option.page:
        return "can only be set for the whole site; move it to the site's options"
    if option.name == "load" and value == "snippet":
        return (
            "`load: snippet` can only be set for the whole site; "
            "move it to the site's options"
        )
    if option.required and value is None:
        return "required, so a page cannot unset it; remove it, or set a value"
    return ""


def _value_problems(option: Option, value: object, *, is_page: bool) -> list[Problem]:
    problems = list(_null_problems(option, value, is_page=is_page))
    if value is not None or not is_page:
        problems += islice(option.type.check(value), MAX_PROBLEMS + 1)
    if option.name == "pages" or _has_error(problems):
        return problems
    if option.name == "extra":
        problems += _misplaced_properties(value)
    return problems


def _null_problems(
    option: Option, value: object, *, is_page: bool
) -> Iterator[Problem]:
    """Yield the problems of null: wrong in a site, doubtful for colors on a page."""
    type_ = option.type
    if type_.has_nullable_items and isinstance(value, Mapping):
        for key in (path_key(key) for key, item in value.items() if item is None):
            if not is_page:
                yield expected("a string", None, key, is_string=True)
            elif type_.starts_with_hash:
                yield _COLOUR_UNSET.inside(key)
    elif type_.starts_with_hash and type_.is_string and value is None and is_page:
        yield _COLOUR_UNSET


def _misplaced_properties(extra: object) -> Iterator[Problem]:
    """Yield the properties in `extra` that have an option of their own."""
    for key in extra if isinstance(extra, Mapping) else ():
        option = find_option(key)
        if option in PROPERTIES:
            message = f"set the option {option.name} instead of this key under `extra`"
            yield Problem((path_key(key),), message)


# --- Options that do not work together ---------------------------------------


class _Conflict(NamedTuple):
    """Options that do not work together."""

    option: str
    """The option that a site loses."""
    message: str
    """What is wrong, as a predicate of the option: "does not work with `debug`"."""
    remedy: str
    options: frozenset[str]
    """All options involved: a pattern or a page loses those that it sets itself."""

    def problem(self, option: str, spelling: str) -> Problem:
        """Return the problem of one of the options involved."""
        subject = "" if option == self.option else f"`{self.option}` "
        text = f"{subject}{self.message}"
        return Problem((spelling,), text, is_conflict=True, remedy=self.remedy)


_DEPENDENT_OPTIONS = [option for option in OPTIONS.values() if option.needs]


def _conflicts(options: Layer) -> Iterator[_Conflict]:
    """Yield the options that do not work together with others."""
    for option in _DEPENDENT_OPTIONS:
        value = options.get(option.name)
        for need, values in option.needs.items():
            missing = value in values and _missing(need, options)
            if missing:
                is_choice = isinstance(value, str) and values is not ENABLING
                subject = f"'{value}' " if is_choice else ""
                switch = "load" if need == "loader" else need
                names = frozenset({option.name, switch})
                fix = "choose another `load`" if switch == "load" else "set it to true"
                yield _Conflict(option.name, f"{subject}needs {missing}", fix, names)
                break


def _missing(need: str, options: Layer) -> str:
    """Return what is missing, and why; an empty string if it is available."""
    is_snippet = options.get("load") == "snippet"
    if need == "loader":
        return "the loader, which `load: snippet` does not use" if is_snippet else ""
    if options.get(need, not is_snippet):
        return ""
    state = "is off by default with `load: snippet`" if is_snippet else "is false"
    return f"`{need}`, which {state}"


def _drop_conflicts(validated: Validated, below: Layer) -> None:
    """Remove the options of a layer that do not work with those below it."""
    if not validated.options:
        return
    for conflict in _conflicts(overlay(below, validated.options)):
        for name in sorted(conflict.options & validated.options.keys()):
            del validated.options[name]
            spelling = validated.spellings[name]
            validated.problems.append(conflict.problem(name, spelling))
