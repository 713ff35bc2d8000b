"""Reads options and their locations from configuration files and pages.

The command and the hosts share this module. It reads YAML, TOML, `conf.py`, options
given as strings (in directives and by `-D`), and the front matter of a page.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import yaml
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]

from halochat.config_hints import explain_missing, plugin_entries
from halochat.naming import normalize_name, suggest
from halochat.option_types import MAX_CHARACTERS
from halochat.options import OPTIONS, Option, find_option
from halochat.problems import OptionPath, Problem, format_value
from halochat.syntaxes import SyntaxName

NAMES = (
    "halochat.yml",
    "halochat.yaml",
    "halochat.toml",
    "zensical.toml",
    "mkdocs.yml",
    "properdocs.yml",
    "conf.py",
)
# Keys that identify the configuration of a whole site. None is an option of halochat.
_SITE_KEYS = frozenset({"INHERIT", "nav", "plugins", "project", "site_name"})

_SYNTAXES: Mapping[str, SyntaxName] = {".py": "python", ".toml": "toml"}

Data: TypeAlias = Mapping[str, object]
Keys: TypeAlias = tuple[str, ...]
Locations: TypeAlias = Mapping[Keys, str]
"""The file and line of each key, by the normalized names from the top to it."""

MAX_FILE_CHARACTERS = 1_000_000
MAX_TOML_KEYS = 50
_MAX_DIGITS = 100
_MAX_MERGED = 10_000

# The errors that PyYAML raises, for example for a date or a number that cannot exist.
_YAML_SYNTAX_ERRORS = (yaml.scanner.ScannerError, yaml.parser.ParserError)
_YAML_ERRORS = (yaml.YAMLError, ValueError, OverflowError, RecursionError)

if TYPE_CHECKING:
    from yaml import SafeLoader as _YamlLoader
else:  # the loader in C is ten times as fast, but not in every build of PyYAML
    _YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ConfigurationError(Exception):
    """A configuration that cannot be used."""

    def __init__(
        self, message: str, line: int | None = None, details: str = ""
    ) -> None:
        super().__init__(message)
        self.line = line
        self.details = details
        """Further lines, such as a traceback."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """The options of a site in one configuration file."""

    path: Path
    options: Data
    root: Keys = ()
    """The keys in the file below which the options are."""
    locations: Locations = field(default_factory=dict)
    site_url: str = ""
    source_folder: Path | None = None
    """The folder of the pages' sources, for hosts whose patterns match these."""
    problems: tuple[Problem, ...] = ()
    """The problems of the file, apart from those of the options themselves."""

    @property
    def syntax(self) -> SyntaxName:
        """The syntax in which the file is written."""
        return _SYNTAXES.get(self.path.suffix, "yaml")

    def with_option(self, name: str, value: object) -> Configuration:
        """Return the configuration with another value of an option of the site."""
        option = find_option(name)
        others = {
            key: other
            for key, other in self.options.items()
            if find_option(str(key)) != option
        }
        return replace(self, options={**others, name: value})

    def location(self, path: OptionPath) -> str:
        """Return the file, and if known the line, in which an option is written."""
        names = [*self.root, *(key for key in path if isinstance(key, str))]
        keys = tuple(map(normalize_name, names))
        for length in range(len(keys), 0, -1):
            if keys[:length] in self.locations:
                return self.locations[keys[:length]]
        return str(self.path)

    def describe(self, problem: Problem) -> str:
        """Return a problem as it is printed, after its location."""
        return describe(self.location(problem.path), problem)


def describe(location: str, problem: Problem) -> str:
    """Return a problem as it is printed, after its location."""
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    return f"{location}: {severity}{problem}"


def find_configuration(
    path: Path | None, overrides: Sequence[str] = (), tags: Sequence[str] = ()
) -> Configuration:
    """Read the configuration at a path, by default the first one in the folder.

    Raises ConfigurationError.
    """
    if path is None:
        path = next((Path(name) for name in NAMES if Path(name).is_file()), None)
    if path is None:
        names = ", ".join(NAMES)
        message = f"no configuration in this folder; name a file, or add one of {names}"
        raise ConfigurationError(message)
    return read_configuration(path, overrides, tags)


def read_configuration(
    path: Path, overrides: Sequence[str] = (), tags: Sequence[str] = ()
) -> Configuration:
    """Read the options in a configuration file of any host.

    `overrides` (`name=value`) and `tags` are the values of `-D` and `-t`, as for
    `sphinx-build`. Raises ConfigurationError.
    """
    try:
        if path.suffix == ".py":
            return _read_conf_py(path, overrides, tags)
        if overrides or tags:
            message = "-D and -t apply to Sphinx's conf.py only; remove them"
            raise ConfigurationError(f"{path}: {message}")
        read = _read_toml if path.suffix == ".toml" else _read_yaml
        data, locations = read(path)
    except (OSError, ValueError, OverflowError, RecursionError) as error:
        raise ConfigurationError(f"{path}: cannot be read: {error}") from None
    if not _SITE_KEYS.isdisjoint(data) or _get(data, "extra", "halochat"):
        return _in_site(path, data, locations)
    if isinstance(data.get("halochat"), Mapping):
        message = f"write the options at the top of {path.name}, without `halochat`"
        location = locations.get(("halochat",), path)
        raise ConfigurationError(f"{location}: halochat: {message}")
    return Configuration(path, data, (), locations)


def _refuse_endless(path: Path) -> None:
    """Refuse devices and pipes, which may have no end."""
    if not path.is_file() and path.exists():
        raise ConfigurationError(f"{path}: is not a regular file")


def _read_text_file(path: Path) -> str:
    _refuse_endless(path)
    with path.open(encoding="utf-8") as file:
        text = file.read(MAX_FILE_CHARACTERS + 1)
    if len(text) > MAX_FILE_CHARACTERS:
        message = f"{path}: expected at most {MAX_FILE_CHARACTERS:,} characters"
        raise ConfigurationError(message)
    return text


_ONLY_EXTRA = Problem(
    (),
    "`mkdocs build` reads options only under `plugins`, so it adds no chat; move them "
    "to `- halochat:` there, or run `halochat inject` after each build",
    "warning",
)


def _in_site(path: Path, data: Data, locations: Locations) -> Configuration:
    top = ("project",) if "project" in data else ()
    site = data.get("project", data)
    site = site if isinstance(site, Mapping) else {}
    plugins = [*plugin_entries(site.get("plugins"))]
    options = dict(plugins).get("halochat")
    root = (*top, "plugins" if options else "extra", "halochat")
    docs = site.get("docs_dir") or "docs"
    source_folder = path.parent / str(docs) if options else None
    is_zensical = path.suffix == ".toml"
    problems = () if options or is_zensical else (_ONLY_EXTRA,)
    options = options or _get(site, "extra", "halochat")
    if not options and not isinstance(options, Mapping):
        hint = explain_missing(site, plugins, is_zensical=is_zensical)
        located = Configuration(path, {}, top, locations)
        raise ConfigurationError(f"{located.location(hint.keys)}: {hint.message}")
    if not isinstance(options, Mapping):
        value = format_value(options)
        message = f"halochat: expected a mapping of options, got {value}"
        raise ConfigurationError(f"{locations.get(root, path)}: {message}")
    # Without an address, error pages of MkDocs link from the root of the host.
    site_url = str(site.get("site_url") or "") or "/" * (source_folder is not None)
    return Configuration(
        path, options, root, locations, site_url, source_folder, problems
    )


def _get(data: object, *keys: str) -> object:
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


# --- YAML --------------------------------------------------------------------


class _BoundedLoader(_YamlLoader):
    """Read YAML in a time that grows only with its length."""

    merged = 0

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Refuse merges (`<<`) of merges that multiply what they merge."""
        for key, value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":
                parts = value.value if isinstance(value, yaml.SequenceNode) else [value]
                for part in parts:
                    if isinstance(part, yaml.MappingNode):
                        self.flatten_mapping(part)
                    self.merged += len(part.value)
                    if self.merged > _MAX_MERGED:
                        message = f"more than {_MAX_MERGED:,} keys merged"
                        raise yaml.constructor.ConstructorError(
                            None, None, message, key.start_mark
                        )
        super().flatten_mapping(node)

    def construct_number(self, node: yaml.ScalarNode) -> object:
        """Refuse numbers that take long to read, such as `1:1:1:1` and so on."""
        if ":" in node.value and len(node.value) > _MAX_DIGITS:
            message = f"a number of more than {_MAX_DIGITS} digits"
            raise yaml.constructor.ConstructorError(
                None, None, message, node.start_mark
            )
        return self.construct_yaml_int(node)


_BoundedLoader.add_constructor("tag:yaml.org,2002:int", _BoundedLoader.construct_number)


class _Loader(_BoundedLoader):
    """Read a MkDocs configuration as MkDocs does, but without running Python tags."""


class _Variable(str):
    """The value of an environment variable."""

    __slots__ = ()


class _VariableLoader(_Loader):
    """Read environment variables as strings, and everything else as YAML."""

    def resolve(
        self, kind: type[yaml.Node], value: str | None, implicit: object
    ) -> str:
        """Return the tag that `construct_env_tag` gives the value of a variable."""
        return "!variable"


class _OptionLoader(_Loader):
    """Convert an environment variable to the type of the option that is set to it.

    YAML would read the string `007` as a number, and a variable cannot be quoted.
    """

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[object, object]:
        self.flatten_mapping(node)
        node.value = [
            (key, self._of_option(key, value))
            for key, value in node.value
            if not _is_empty_variable(key, value)
        ]
        return super().construct_mapping(node, deep)

    def _of_option(self, key: yaml.Node, value: yaml.Node) -> yaml.Node:
        option = _option_of(key)
        if option is None:
            return value
        if value.tag == "!ENV":
            return _retagged(value, option) if option.type.from_text else value
        # A list of strings, or a mapping of texts.
        schema = option.type.schema
        other_schemas = schema.get("oneOf")
        schemas = [schema, *(other_schemas if isinstance(other_schemas, list) else [])]
        if isinstance(value, yaml.SequenceNode) and "items" in schema:
            items = [_retagged(item) for item in value.value]
            return yaml.SequenceNode(value.tag, items, value.start_mark)
        if isinstance(value, yaml.MappingNode) and any(
            "properties" in schema for schema in schemas
        ):
            self.flatten_mapping(value)
            texts = [(name, _retagged(text)) for name, text in value.value]
            return yaml.MappingNode(value.tag, texts, value.start_mark)
        return value


def _option_of(key: yaml.Node) -> Option | None:
    """Return the option of a key, except `enabled`, which MkDocs itself reads."""
    option = find_option(str(key.value))
    return None if option is None or option.name == "enabled" else option


def _is_empty_variable(key: yaml.Node, value: yaml.Node) -> bool:
    """Tell whether an option is set to an empty variable, which leaves it unset."""
    if value.tag != "!ENV" or not _option_of(key):
        return False
    text: object = construct_env_tag(_VariableLoader(""), value)
    return isinstance(text, _Variable) and not text


def _retagged(node: yaml.Node, option: Option | None = None) -> yaml.Node:
    """Return a copy of an `!ENV` node with a tag that names the option."""
    if node.tag != "!ENV":
        return node
    # A copy, because an alias may give the same node to an option of another type.
    name = option.name if option else ""
    return type(node)(f"!ENV {name}", node.value, node.start_mark, node.end_mark)


def _option_from_environment(
    loader: yaml.SafeLoader, name: str, node: yaml.Node
) -> object:
    value = construct_env_tag(loader, node)  # refuses what MkDocs refuses
    text = construct_env_tag(_VariableLoader(""), node)
    if not isinstance(text, _Variable):
        return value
    option = find_option(name)
    from_text = option.type.from_text if option else None
    return (from_text or str)(str(text)) if text else None


_Loader.add_constructor("!ENV", construct_env_tag)
_VariableLoader.add_constructor("!variable", lambda loader, node: _Variable(node.value))
_OptionLoader.add_multi_constructor("!ENV ", _option_from_environment)
for _class in (_Loader, _VariableLoader, _OptionLoader):
    for _prefix in ("!", "tag:"):
        _class.add_multi_constructor(_prefix, lambda loader, suffix, node: None)


def _read_yaml(
    path: Path,
    inheriting: tuple[Path, ...] = (),
    loader_class: type[_Loader] = _OptionLoader,
) -> tuple[Data, Locations]:
    try:
        loader = loader_class(_read_text_file(path))
        root = loader.get_single_node()
        _drop_navigation(root)
        data = loader.construct_document(root) if root else {}
    except yaml.YAMLError as error:
        message, number = _explain(error)
        line = f":{number}" if number else ""
        raise ConfigurationError(f"{path}{line}: {message}") from None
    if not isinstance(data, dict):
        message = f"expected a mapping, got {format_value(data)}"
        raise ConfigurationError(f"{path}: {message}")
    locations = dict(_yaml_locations(root, path))
    parent = path.parent / str(data.get("INHERIT", ""))
    if "INHERIT" not in data or parent in inheriting:
        return data, locations
    inherited, inherited_locations = _read_yaml(
        parent, (*inheriting, path), loader_class
    )
    return _merge(inherited, data), {**inherited_locations, **locations}


def _drop_navigation(root: yaml.Node | None) -> None:
    """Empty `nav`, which can be long and contains no options, to save time."""
    if isinstance(root, yaml.MappingNode):
        for key, value in root.value:
            if key.value == "nav" and isinstance(value, yaml.SequenceNode):
                value.value = []


def read_plugin_options(given: Data, path: str | None) -> Data:
    """Return the options that MkDocs gives a plugin, read as `read_configuration` does.

    MkDocs converts environment variables as YAML values, so their original strings are
    lost. This function reads the file at `path` again and replaces such values. It
    keeps values that do not come from this file.
    """
    try:
        file = Path(path or "")
        text = file.read_text(encoding="utf-8")
        if "!ENV" not in text and "INHERIT" not in text:
            return given
        plain, read = (
            _in_site(file, *_read_yaml(file, (), loader_class)).options
            for loader_class in (_Loader, _OptionLoader)
        )
    except (ConfigurationError, OSError, ValueError, RecursionError):
        return given
    return _replace_in(given, plain, read)


def _replace_in(given: Data, plain: Data, read: Data) -> Data:
    return {
        name: _replace(value, plain.get(name), read.get(name))
        for name, value in given.items()
        # An empty variable, which is null in MkDocs, sets nothing.
        if value is not None or name in read or name not in plain
    }


def misplaced_options(path: str | None) -> Iterator[tuple[str, str]]:
    """Yield the location and the keys of options in `mkdocs.yml` that MkDocs ignores.

    Zensical, which runs no plugins, reads the options in `extra.halochat`.
    """
    file = Path(path or "")
    try:
        data, locations = _read_yaml(file, (), _Loader)
    except (ConfigurationError, OSError, ValueError, RecursionError):
        return
    for parent in ((), ("extra",)):
        mapping = _get(data, *parent)
        for key in mapping if isinstance(mapping, Mapping) else ():
            name = normalize_name(str(key))
            if name == "halochat":
                yield locations[*parent, name], ".".join([*parent, str(key)])


def example_entry() -> str:
    """Return the lines of `mkdocs.yml` that the plugin needs, with example values."""
    lines = ["plugins:", "  - halochat:"]
    required = (option for option in OPTIONS.values() if option.required)
    lines += [f'      {option.name}: "{option.example}"' for option in required]
    return "\n".join(lines)


def _replace(given: object, plain: object, read: object) -> object:
    """Replace the parts of a value that equal plain YAML by the values in `read`."""
    if type(given) is not type(plain):
        return given
    if isinstance(given, dict) and isinstance(plain, dict) and isinstance(read, dict):
        return _replace_in(given, plain, read)
    if isinstance(given, list) and isinstance(plain, list) and isinstance(read, list):
        same_length = len(given) == len(plain) == len(read)
        return [*map(_replace, given, plain, read)] if same_length else given
    # NaN is not equal to itself.
    both_nan = given != given and plain != plain
    return read if given == plain or both_nan else given


def _explain(error: Exception) -> tuple[str, int | None]:
    """Return the message of a YAML error, and the line if known."""
    mark = getattr(error, "problem_mark", None)
    # An unclosed value is noticed at the start of a later line: report where it begins.
    if mark and mark.column == 0:
        mark = getattr(error, "context_mark", None) or mark
    message = getattr(error, "problem", None) or str(error)
    if isinstance(error, _YAML_SYNTAX_ERRORS):
        message = f"invalid YAML: {message}; check the indentation and quotation marks"
    return message, mark.line + 1 if mark else None


def _merge(
    below: Data, above: Data, done: dict[tuple[int, int], Data] | None = None
) -> Data:
    """Merge mappings recursively, as `INHERIT` does; other values are replaced.

    A mapping that aliases repeat is merged once, which keeps the time linear.
    """
    done = {} if done is None else done
    if (id(below), id(above)) in done:
        return done[id(below), id(above)]
    merged = done[id(below), id(above)] = dict(below)
    for key, value in above.items():
        inherited = merged.get(key)
        if isinstance(value, Mapping) and isinstance(inherited, Mapping):
            merged[key] = _merge(inherited, value, done)
        else:
            merged[key] = value
    return merged


def _yaml_locations(root: yaml.Node | None, path: Path) -> Iterator[tuple[Keys, str]]:
    queue: list[tuple[Keys, yaml.Node | None]] = [((), root)]
    visited: set[int] = set()  # an alias can be inside its own anchor
    for keys, node in queue:
        if id(node) in visited:
            continue
        visited.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            queue += [(keys, item) for item in node.value]
            for item in node.value if keys[-1:] == ("plugins",) else ():
                if isinstance(item, yaml.ScalarNode):
                    inside = (*keys, normalize_name(item.value))
                    yield inside, f"{path}:{item.start_mark.line + 1}"
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                inside = (*keys, normalize_name(str(key.value)))
                yield inside, f"{path}:{key.start_mark.line + 1}"
                queue.append((inside, value))


# --- TOML --------------------------------------------------------------------

_PART = r"""(?:"[^"\n]*+"|'[^'\n]*+'|[\w-]++)"""
# Each is atomic: it never gives back what it has matched to try another way.
_TOML_LINE = re.compile(
    rf"\s*+(?P<table>\[)?+\s*+(?P<keys>{_PART}(?:\s*+\.\s*+{_PART})*+)\s*+(?(table)\]|=)"
)
# The parser's time grows with the square of the parts.
_LONG_TOML_KEY = re.compile(
    rf"(?<![\w-])(?:{_PART}[ \t]*+\.[ \t]*+){{{MAX_TOML_KEYS}}}"
)


def _read_toml(path: Path) -> tuple[Data, Locations]:
    text = _read_text_file(path)
    if _LONG_TOML_KEY.search(text):
        message = f"{path}: expected keys of at most {MAX_TOML_KEYS} parts"
        raise ConfigurationError(message)
    try:
        return tomllib.loads(text), dict(_toml_locations(text.splitlines(), path))
    except tomllib.TOMLDecodeError as error:
        message = f"invalid TOML: {error}; check the quotation marks and brackets"
        number = re.search(r"at line (\d+)", message)
        line = f":{number[1]}" if number else ""
        raise ConfigurationError(f"{path}{line}: {message}") from None


def _toml_locations(lines: Iterable[str], path: Path) -> Iterator[tuple[Keys, str]]:
    table: Keys = ()
    for number, line in enumerate(lines, 1):
        if match := _TOML_LINE.match(line):
            parts = re.findall(_PART, match["keys"])
            keys = tuple(normalize_name(part.strip("\"'")) for part in parts)
            table = keys if match["table"] else table
            yield keys if match["table"] else (*table, *keys), f"{path}:{number}"


# --- Sphinx ------------------------------------------------------------------


_VARIABLE = "halochat_options"
_NO_EXTENSION = Problem(
    ("extensions",),
    "'sphinx_halochat' is missing, so no page has chat; add it to the list, as in "
    "extensions = ['sphinx_halochat']",
)


def _read_conf_py(
    path: Path, overrides: Sequence[str], tags: Sequence[str]
) -> Configuration:
    try:
        from sphinx.config import Config
        from sphinx.errors import SphinxError
        from sphinx.util.tags import Tags
    except ImportError:
        message = f"{path} is read by Sphinx: pip install 'halochat-docs[sphinx]'"
        raise ConfigurationError(message) from None
    if path.name != "conf.py":
        raise ConfigurationError(f"{path}: Sphinx reads its configuration from conf.py")
    _refuse_endless(path)
    given = dict(_split_override(override) for override in overrides)
    try:
        # Output of conf.py must not be mixed with the output of the command.
        with redirect_stdout(sys.stderr):
            config = Config.read(
                path.parent.resolve(), overrides=given, tags=Tags(list(tags))
            )
            config.add("halochat_options", {}, "html", dict)
            given_options = config.halochat_options
            extensions = config.extensions
    except SphinxError as error:
        message, _, details = str(error).partition("\n")
        raise ConfigurationError(f"{path}: {message}", details=details) from None
    if not given_options and (message := misspelled_variable(path)):
        raise ConfigurationError(message)
    try:
        options = read_python(given_options)
    except ConfigurationError as error:
        raise ConfigurationError(f"{path}: halochat_options: {error}") from None
    # An extension, or a function in `conf.py`, may load others.
    loads = isinstance(extensions, list | tuple) and "sphinx_halochat" in extensions
    is_complete = loads or config.setup is not None
    problems = () if is_complete else (_NO_EXTENSION,)
    return Configuration(path, options, source_folder=path.parent, problems=problems)


def misspelled_variable(path: Path) -> str:
    """Return a message if `conf.py` has a misspelled `halochat_options`, or "".

    Sphinx ignores variables that it does not know.
    """
    for statement in ast.parse(path.read_bytes()).body:
        match statement:
            case ast.Assign(
                targets=[ast.Name(name)],
                value=ast.Dict() | ast.Call(func=ast.Name("dict")),
            ) if name != _VARIABLE and suggest(name, [_VARIABLE]):
                message = f"unknown name, did you mean '{_VARIABLE}'?"
                return f"{path}:{statement.lineno}: {name}: {message}"
    return ""


def _split_override(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        message = f"-D {text}: expected name=value, such as halochat_options.preview=1"
        raise ConfigurationError(message)
    return name, value


def read_python(options: object) -> dict[str, object]:
    """Read options written in Python.

    Strings are converted by `read_text`. An option that is None or empty is not set.
    Raises ConfigurationError if `options` is not a mapping.
    """
    if not isinstance(options, Mapping):
        value = format_value(options, "python")
        raise ConfigurationError(f"expected a dictionary of options, got {value}")
    texts = {name: _evaluate(item) for name, item in options.items()}
    values = {name: read_text(name, item) for name, item in texts.items() if item != ""}
    return {name: item for name, item in values.items() if item is not None}


def _evaluate(value: object) -> object:
    """Convert string-like objects, such as lazy translations, to strings."""
    if not isinstance(value, str) and hasattr(value, "casefold"):
        return str(value)
    if isinstance(value, Mapping):
        return {key: _evaluate(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_evaluate(item) for item in value]
    return value


# --- Options as text, and in a page ------------------------------------------


def read_text(name: object, value: object) -> object:
    """Convert a string to the type of an option; other values are returned unchanged.

    `-D` and directives give strings only. An empty string means no value, as in YAML,
    except that it sets a boolean option to true.
    """
    option = find_option(name)
    if not option or not isinstance(value, str):
        return value
    if value == "null":
        return None
    if not value:
        return option.type.empty_text
    if option.type.from_text:
        return option.type.from_text(value)
    try:
        return read_yaml(value)
    except ConfigurationError:
        return value


def read_yaml(text: str) -> object:
    """Parse YAML in a page; raises ConfigurationError with the line."""
    if len(text) > MAX_CHARACTERS:
        raise ConfigurationError(f"expected at most {MAX_CHARACTERS:,} characters")
    try:
        return yaml.load(text, _BoundedLoader)  # noqa: S506 - derived from SafeLoader
    except _YAML_ERRORS as error:
        raise ConfigurationError(*_explain(error)) from None


def read_json(text: str) -> object:
    """Parse JSON in a page; raises ConfigurationError."""
    if len(text) > MAX_CHARACTERS:
        raise ConfigurationError(f"expected at most {MAX_CHARACTERS:,} characters")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        example = '{"load": "click"} or false'
        message = f"expected JSON, such as {example}, got {format_value(text)}"
        raise ConfigurationError(message) from None


def front_matter(metadata: Mapping[str, object]) -> object:
    """Return a page's own options from its metadata, in any spelling of `halochat`."""
    for key, value in metadata.items():
        if normalize_name(str(key)) == "halochat":
            return value
    return {}


_FRONT_MATTER = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL
)

# A key of a block that looks like front matter; a rule is followed by an empty line.
_UNREAD_OPTIONS = re.compile(
    r"\ufeff?\s*(---|\+\+\+)[ \t]*\r?\n(?:(?!\1|\s*\n).*\n)*?"
    r"(?P<key>halo[-_]?chat)[ \t]*[:=.]",
    re.I,
)


def read_front_matter(text: str) -> Mapping[str, object]:
    """Return the metadata in YAML at the start of a page, as MkDocs reads it.

    Metadata that is no valid YAML is not used by MkDocs either.
    """
    found = _FRONT_MATTER.match(text)
    try:
        metadata = read_yaml(found[1]) if found else {}
    except ConfigurationError:
        return {}
    return metadata if isinstance(metadata, Mapping) else {}


def page_problems(
    problems: Iterable[Problem], metadata: Mapping[str, object], text: str
) -> Iterator[tuple[int | None, Problem]]:
    """Yield each problem of a page with its line, those of misspelled keys as well."""
    for problem in problems:
        yield front_matter_line(text, problem.path), problem
    for key in misspelled_keys(metadata):
        message = "unknown key in front matter, did you mean 'halochat'?"
        yield front_matter_line(text, (), key), Problem((key,), message, "warning")
    hidden = metadata.get("hide")
    for item in hidden if isinstance(hidden, list) else ():
        if normalize_name(str(item)) == "halochat":
            message = (
                "does not turn off chat; write `halochat: false`, not below `hide`"
            )
            line = front_matter_line(text, (), "hide")
            yield line, Problem(("hide",), message, "warning")
    if not metadata and (unread := _UNREAD_OPTIONS.match(text)):
        message = (
            "is not read, because the front matter is not valid YAML between lines "
            "of ---; check its start, indentation and quotation marks"
        )
        line = text.count("\n", 0, unread.end()) + 1
        yield line, Problem((unread["key"],), message, "warning")


def misspelled_keys(metadata: Mapping[str, object]) -> list[str]:
    """Return the keys of a page's metadata that are probably meant to be `halochat`."""
    keys = [str(key) for key in metadata if _is_misspelled(str(key))]
    for key, value in metadata.items():
        if str(key).lower() == "halo" and (
            isinstance(value, bool)
            or (isinstance(value, Mapping) and any(map(find_option, value)))
        ):
            keys.append(str(key))
    return keys


@cache
def _is_misspelled(key: str) -> bool:
    name = normalize_name(key)
    if name == "halochat":
        return False
    return name.startswith("halochat") or suggest(key, ["halochat"]) is not None


def front_matter_line(text: str, path: OptionPath, key: str = "halochat") -> int | None:
    """Return the line in which the front matter of a page sets an option.

    `key` is the key of the front matter that contains the options of the page.
    Returns None if the front matter does not have that key.
    """
    lines = text.splitlines()
    keys = [normalize_name(line.partition(":")[0].strip(" -'\"{")) for line in lines]
    key = normalize_name(key.strip())
    if key not in keys:
        return None
    root = keys.index(key)
    names = [normalize_name(str(key)) for key in path[:1]]
    return next((keys.index(n, root) for n in names if n in keys[root:]), root) + 1
