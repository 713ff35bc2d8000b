"""Where a site's options are written: the options, and the line of each."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]

from halochat.naming import squash
from halochat.option_types import BOOLEAN, TEXT
from halochat.options import find
from halochat.problems import Problem, show
from halochat.validation import Checked, check_site

NAMES = (
    "halochat.yml",
    "halochat.yaml",
    "halochat.toml",
    "zensical.toml",
    "mkdocs.yml",
    "properdocs.yml",
    "conf.py",
)
# What only the configuration of a whole site has, none of it an option of ours.
_SITE_KEYS = frozenset({"INHERIT", "nav", "plugins", "project", "site_name"})

Data = Mapping[str, object]
Lines = Mapping[str, str]
"""The place of each key, by the way to it: `.plugins.halochat.colour`."""


class ConfigurationError(Exception):
    """A configuration that cannot be used."""


@dataclass(frozen=True, slots=True)
class Source:
    """The options that one file holds for a site."""

    path: Path
    options: Data
    way: str = ""
    lines: Lines | None = None
    site_url: str = ""
    content: Path | None = None
    """The folder of the pages' sources, for hosts that know pages by these."""

    def check(self) -> Checked:
        """Check the options."""
        return check_site(self.options)

    def place(self, option: str) -> str:
        """Return the file, and where known the line, in which an option stands."""
        wanted = squash(f"{self.way}.{option}")
        lines = self.lines or {}
        ways = [
            way for way in lines if re.match(rf"{re.escape(way)}(?:[.[]|$)", wanted)
        ]
        return lines[max(ways, key=len)] if ways else str(self.path)

    def describe(self, problem: Problem) -> str:
        """Say what is wrong with an option, and where."""
        warning = "" if problem.fatal else "warning: "
        return f"{self.place(problem.option)}: {warning}{problem}"


def find_source(path: Path | None) -> Source:
    """Read a configuration: the one named, or the first that the folder has."""
    if path is None:
        path = next((Path(name) for name in NAMES if Path(name).is_file()), None)
    if path is None:
        names = ", ".join(NAMES)
        raise ConfigurationError(f"No configuration here; looked for {names}.")
    return read(path)


def read(path: Path) -> Source:
    """Read the options in a file, whichever host's it is."""
    try:
        if path.suffix == ".py":
            return _read_sphinx(path)
        data, lines = _read_toml(path) if path.suffix == ".toml" else _read_yaml(path)
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from None
    if not _SITE_KEYS.isdisjoint(data) or _at(data, "extra", "halochat"):
        return _in_site(path, data, lines)
    return Source(path, data, "", lines)


def _in_site(path: Path, data: Data, lines: Lines) -> Source:
    top = ".project" if "project" in data else ""
    site = data.get("project", data)
    options = _at(_by_name(_at(site, "plugins")), "halochat")
    way = f"{top}.{'plugins' if options else 'extra'}.halochat"
    content = path.parent / str(_at(site, "docs_dir") or "docs") if options else None
    options = options or _at(site, "extra", "halochat")
    if not isinstance(options, Mapping):
        got = show(options) if options else "nothing under plugins or extra"
        message = f"halochat: expected a mapping of options, got {got}"
        raise ConfigurationError(f"{lines.get(way, path)}: {message}")
    # MkDocs lets error pages link from the root of the host, too.
    site_url = str(_at(site, "site_url") or "") or "/" * (content is not None)
    return Source(path, options, way, lines, site_url, content)


def _at(data: object, *way: str) -> object:
    for key in way:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _by_name(plugins: object) -> object:
    """Turn the list form of `plugins` into the mapping form."""
    if not isinstance(plugins, list):
        return plugins
    entries = [item if isinstance(item, dict) else {str(item): 0} for item in plugins]
    return {name: entry[name] for entry in entries for name in entry}


# --- YAML --------------------------------------------------------------------


class _Loader(yaml.SafeLoader):
    """Read what any MkDocs configuration may hold, and run nothing."""

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[object, object]:
        self.flatten_mapping(node)
        # A variable of digits is a number to YAML, and nobody can put quotes around it.
        for key, value in node.value:
            option = find(str(key.value))
            if option and option.kind is TEXT and value.tag == "!ENV":
                value.tag = "!ENV as text"
        return super().construct_mapping(node, deep)


def _text_from_environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    if construct_env_tag(loader, node) is None:
        return None
    return construct_env_tag(yaml.BaseLoader(""), node)  # to which all is text


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_constructor("!ENV as text", _text_from_environment)
for _prefix in ("!", "tag:"):
    _Loader.add_multi_constructor(_prefix, lambda loader, suffix, node: None)


def _read_yaml(path: Path, above: tuple[Path, ...] = ()) -> tuple[Data, Lines]:
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        data = loader.construct_document(root) if root else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        message = getattr(error, "problem", None) or error
        raise ConfigurationError(f"{path}{line}: {message}") from None
    if not isinstance(data, dict):
        raise ConfigurationError(f"{path}: expected a mapping, got {show(data)}")
    lines = dict(_yaml_lines(root, path))
    parent = path.parent / str(data.get("INHERIT", ""))
    if "INHERIT" not in data or parent in above:
        return data, lines
    inherited, lines_above = _read_yaml(parent, (*above, path))
    return _merged(inherited, data), {**lines_above, **lines}


def _merged(below: Data, above: Data) -> dict[str, object]:
    """Merge mappings into one another, as `INHERIT` does; all else replaces."""
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(value, Mapping) and isinstance(under, Mapping)
        merged[key] = _merged(under, value) if both else value  # type: ignore[arg-type]
    return merged


def _yaml_lines(root: yaml.Node | None, path: Path) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, yaml.Node | None]] = [("", root)]
    seen: set[int] = set()  # an alias may stand in what it is an alias of
    for way, node in waiting:
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += [(way, item) for item in node.value]
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inside = squash(f"{way}.{key.value}")
                yield inside, f"{path}:{key.start_mark.line + 1}"
                waiting.append((inside, value))


# --- TOML --------------------------------------------------------------------

_PART = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_TOML_LINE = re.compile(
    rf"\s*(?P<table>\[)?\s*(?P<way>{_PART}(?:\s*\.\s*{_PART})*)\s*(?(table)\]|=)"
)


def _read_toml(path: Path) -> tuple[Data, Lines]:
    text = path.read_text(encoding="utf-8")
    try:
        return tomllib.loads(text), dict(_toml_lines(text.splitlines(), path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: {error}") from None


def _toml_lines(lines: Iterable[str], path: Path) -> Iterator[tuple[str, str]]:
    table = ""
    for number, line in enumerate(lines, 1):
        if found := _TOML_LINE.match(line):
            way = "." + re.sub(r"""["'\s]""", "", found["way"])
            table = way if found["table"] else table
            yield squash(way if found["table"] else table + way), f"{path}:{number}"


# --- Sphinx ------------------------------------------------------------------


def _read_sphinx(path: Path) -> Source:
    try:
        from sphinx.config import Config
        from sphinx.errors import SphinxError
        from sphinx.locale import _TranslationProxy
        from sphinx.util.tags import Tags
    except ImportError:
        message = f"{path} is read by Sphinx: pip install 'halochat-docs[sphinx]'"
        raise ConfigurationError(message) from None
    if path.name != "conf.py":
        raise ConfigurationError(f"{path}: Sphinx reads its configuration from conf.py")
    try:
        with redirect_stdout(sys.stderr):  # what is printed may not mix with the answer
            config = Config.read(path.parent.resolve(), overrides={}, tags=Tags())
    except SphinxError as error:
        raise ConfigurationError(f"{path}: {error}") from None
    config.add("halochat_options", {}, "html", dict)
    options = config.halochat_options
    if not isinstance(options, Mapping):
        message = f"halochat_options: expected a mapping, got {show(options)}"
        raise ConfigurationError(f"{path}: {message}")
    options = read_python(options, _TranslationProxy)
    return Source(path, options, content=path.parent)


# --- Options as text, and in a page ------------------------------------------

# What a text that is no YAML raises; a date or a number that there cannot be, too.
UNREADABLE = (yaml.YAMLError, ValueError, RecursionError)


def read_text(name: object, value: object) -> object:
    """Return an option's value, from text too: `-D` and directives give nothing else.

    No text is no value, as in YAML, except that it sets a flag.
    """
    option = find(name) if isinstance(name, str) else None
    if not option or not isinstance(value, str):
        return value
    if value == "null" or (not value and option.kind is not BOOLEAN):
        return None
    if option.kind.read:
        return option.kind.read(value)
    try:
        return yaml.safe_load(value)
    except UNREADABLE:
        return value


def read_python(given: Mapping[str, object], lazy: type) -> dict[str, object]:
    """Read options written in Python: `read_text` for text, None for what is not set.

    Texts may be of the host's lazy type, such as translations.
    """
    values = {
        name: read_text(name, as_text(item, lazy)) for name, item in given.items()
    }
    return {name: item for name, item in values.items() if item is not None}


def as_text(value: object, lazy: type) -> object:
    """Turn a host's lazy texts in a value, such as translations, into text."""
    if isinstance(value, lazy):
        return str(value)
    if isinstance(value, Mapping):
        return {key: as_text(item, lazy) for key, item in value.items()}
    return [as_text(item, lazy) for item in value] if isinstance(value, list) else value


def front_matter(meta: Mapping[str, object]) -> object:
    """Return what a page's metadata say of chat, in any spelling of `halochat`."""
    return next(
        (meta[key] for key in meta if squash(str(key)) == "halochat"),
        {},
    )
