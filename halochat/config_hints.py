"""Explains why the configuration of MkDocs or Zensical has no options of halochat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from halochat.naming import normalize_name, suggest
from halochat.options import find_option

Plugins: TypeAlias = Iterable[tuple[str, object]]
"""The entries of `plugins`, each with its options."""

_OTHER_NAMES = ("halochat-docs", "mkdocs-halochat", "halochat-plugin", "halo")
_BELOW_PLUGIN = "`- halochat:`, with the options below it, indented by four more spaces"
_BELOW_PROJECT = "[project.extra.halochat]"


class Hint(NamedTuple):
    """A message, and the keys in the file that it is about."""

    keys: tuple[str, ...]
    message: str


def explain_missing(
    site: Mapping[object, object], plugins: Plugins, *, is_zensical: bool
) -> Hint:
    """Return why a site has no options, and what to write instead."""
    place = _BELOW_PROJECT if is_zensical else f"{_BELOW_PLUGIN}, under `plugins`"
    extra = site.get("extra")
    hints = [
        *([] if is_zensical else _plugin_hints(site, plugins)),
        *_misplaced_hints(site, place),
        *_name_hints(extra if isinstance(extra, Mapping) else {}, ("extra",)),
    ]
    message = f"this file has no options of halochat; write them as {place}"
    return next(iter(hints), Hint((), message))


def plugin_entries(plugins: object) -> Iterator[tuple[str, object]]:
    """Yield the plugins that a list or a mapping names, with their options."""
    if isinstance(plugins, Mapping):
        plugins = [plugins]
    for item in plugins if isinstance(plugins, list) else []:
        if isinstance(item, Mapping):
            yield from ((str(name), value) for name, value in item.items())
        else:
            yield str(item), None


def _plugin_hints(site: Mapping[object, object], plugins: Plugins) -> Iterator[Hint]:
    plugins = list(plugins)
    has_entry = any(name == "halochat" for name, _ in plugins)
    names = [*[name for name, _ in plugins], *map(str, site)]
    option = next(filter(_is_own_option, names), None)
    if has_entry and option:
        keys = ("plugins", option) if option in dict(plugins) else (option,)
        message = "is not below `halochat`; write "
        yield Hint(keys, f"{option}: {message}{_BELOW_PLUGIN}")
    if has_entry:
        message = "halochat: has no options; write "
        yield Hint(("plugins", "halochat"), f"{message}{_BELOW_PLUGIN}")
    yield from _name_hints(dict(plugins), ("plugins",))


def _misplaced_hints(site: Mapping[object, object], place: str) -> Iterator[Hint]:
    for key in map(str, site):
        if normalize_name(key) == "halochat" or _is_own_option(key):
            yield Hint((key,), f"{key}: is not read here; write {place}")


def _name_hints(names: Mapping[str, object], keys: tuple[str, ...]) -> Iterator[Hint]:
    for name in map(str, names):
        if name != "halochat" and suggest(name, ["halochat", *_OTHER_NAMES]):
            message = f"{name}: unknown name, did you mean 'halochat'?"
            yield Hint((*keys, name), message)


def _is_own_option(name: str) -> bool:
    """Tell whether a name is an option of halochat and not one of a host."""
    option = find_option(name)
    return option is not None and (option.required or "chat" in option.name)
