from __future__ import annotations

import sys
from collections import UserString
from contextlib import nullcontext
from pathlib import Path
from time import process_time
from typing import Any

import click
import pytest

from halochat import Site
from halochat.cli.configuration import load_configuration, load_site
from halochat.config_files import (
    Configuration,
    ConfigurationError,
    find_configuration,
    front_matter,
    front_matter_line,
    misspelled_keys,
    read_configuration,
    read_python,
    read_yaml,
)

PROFILE = (
    "chat_service_url: https://halo.example.com/api\nconfig_id: docs\nconfig_key: k\n"
)
OPTIONS = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "docs",
    "config_key": "k",
}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def conf_py(text: str, expected: str, name: str = "conf.py") -> Any:
    """Return a case that needs Sphinx."""
    return pytest.param(name, text, expected, marks=pytest.mark.sphinx)


def indented(text: str, spaces: int) -> str:
    return "".join(f"{' ' * spaces}{line}\n" for line in text.splitlines())


def described(configuration: Configuration) -> list[str]:
    site = Site(configuration.options)
    return [configuration.describe(problem) for problem in site.problems]


@pytest.mark.parametrize(
    ("name", "text", "sources"),
    [
        ("halochat.yml", PROFILE, None),
        (
            "mkdocs.yml",
            f"plugins:\n  - search\n  - halochat:\n{indented(PROFILE, 6)}",
            "docs",
        ),
        ("mkdocs.yml", f"plugins:\n  halochat:\n{indented(PROFILE, 4)}", "docs"),
        ("mkdocs.yml", f"extra:\n  halochat:\n{indented(PROFILE, 4)}", None),
        (
            "mkdocs.yml",
            f"plugins: [halochat, [odd]]\nextra:\n  halochat:\n{indented(PROFILE, 4)}",
            None,
        ),
        (
            "halochat.toml",
            'chat_service_url = "https://halo.example.com/api"\n'
            'config_id = "docs"\nconfig_key = "k"\n',
            None,
        ),
        (
            "zensical.toml",
            "[project.extra.halochat]\n"
            'chat_service_url = "https://halo.example.com/api"\n'
            'config_id = "docs"\nconfig_key = "k"\n',
            None,
        ),
        conf_py(f"project = 'x'\nhalochat_options = {OPTIONS!r}\n", ""),
    ],
)
def test_reads_options_from_every_supported_file(
    tmp_path: Path, name: str, text: str, sources: str | None
) -> None:
    source = read_configuration(write(tmp_path / name, text))
    assert (source.options, described(source)) == (OPTIONS, [])
    assert source.source_folder == (None if sources is None else tmp_path / sources)


def test_option_extra_does_not_make_a_file_a_mkdocs_configuration(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "halochat.yml", f"{PROFILE}extra:\n  newOne: 1\n")
    assert read_configuration(path).options == {**OPTIONS, "extra": {"newOne": 1}}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{PROFILE}colour: 1\n", 4),
        (f"{PROFILE}pages:\n  'a/*.html':\n    colour: 1\n", 6),
        (f"{PROFILE}pages:\n  'a':\n    load: idle\n  'a.b':\n    colour: 1\n", 8),
        (f"{PROFILE}bubbleStyles:\n  left: 1\n  right: url(x)\n", 6),
        (f"{PROFILE}hosts:\n  - docs.example.com\n  - 'https://x'\n", 4),
        (f"{PROFILE}language: &texts\n  send: 1\nextra:\n  again: *texts\n", 5),
        (f"base: &base\n  height: -1\n{PROFILE}pages:\n  a: {{<<: *base}}\n", 2),
    ],
)
def test_a_problem_names_the_line_in_yaml(
    tmp_path: Path, text: str, place: int
) -> None:
    path = write(tmp_path / "halochat.yml", text)
    assert any(
        line.startswith(f"{path}:{place}: ")
        for line in described(read_configuration(path))
    )


def test_a_problem_names_the_line_in_mkdocs_yml(tmp_path: Path) -> None:
    options = indented(f"{PROFILE}colour: 1\n", 6)
    text = f"site_name: x\nplugins:\n  - halochat:\n{options}"
    path = write(tmp_path / "mkdocs.yml", text)
    assert described(read_configuration(path)) == [
        f"{path}:7: colour: expected a hex color such as '#E83C4A', got 1; "
        "put quotes around it: YAML reads 0123 as 83, and 1:30 as 90"
    ]


def test_reports_missing_options_at_the_line_of_the_options(tmp_path: Path) -> None:
    path = write(
        tmp_path / "mkdocs.yml", "plugins:\n  - halochat:\n      config_id: a\n"
    )
    assert described(read_configuration(path))[0] == (
        f"{path}:2: chat_service_url: required, but not set; copy it from Config > Chat > Chat Profiles in Halo"
    )


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[project.extra.halochat]\nconfig_id = "x"\ncolour = 1\n', 3),
        ('[project.extra.halochat.pages."a/b.html"]\ncolour = 1\n', 2),
        ("[project.extra]\nhalochat.colour = 1\n", 2),
        ("# Chat\n[project.extra]\n\nhalochat = {colour = 1}\n", 4),
    ],
)
def test_a_problem_names_the_line_in_toml(tmp_path: Path, text: str, line: int) -> None:
    path = write(tmp_path / "zensical.toml", text)
    assert any(
        entry.startswith(f"{path}:{line}: ") and "colour: expected" in entry
        for entry in described(read_configuration(path))
    )


def test_reads_environment_variables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALO_WIDTH", "400")
    monkeypatch.delenv("HALO_ABSENT", raising=False)
    text = (
        "width: !ENV HALO_WIDTH\n"
        "height: !ENV [HALO_ABSENT, 300]\n"
        "sound: !ENV HALO_ABSENT\n"
    )
    path = write(tmp_path / "halochat.yml", text)
    assert read_configuration(path).options == {
        "width": 400,
        "height": 300,
        "sound": None,
    }


@pytest.mark.parametrize("value", ["0123", "12345", "1:30", "yes", "0", "no", "abc"])
def test_environment_variable_stays_a_string_for_a_string_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("HALO_ID", value)
    text = (
        "site_name: x\nextra:\n  halochat:\n    <<: &key {config_key: !ENV HALO_ID}\n"
        "    configId: !ENV [ABSENT, HALO_ID, x]\n    pages: {a: *key}\n"
    )
    options = read_configuration(write(tmp_path / "mkdocs.yml", text)).options
    key = {"config_key": value}
    assert options == {**key, "configId": value, "pages": {"a": key}}


def test_reports_an_unset_environment_variable_as_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HALO_ABSENT", raising=False)
    path = write(tmp_path / "halochat.yml", "config_id: !ENV HALO_ABSENT\n")
    assert read_configuration(path).options == {"config_id": None}


def test_does_not_run_python_tags(tmp_path: Path) -> None:
    text = (
        "site_name: x\nmarkdown_extensions:\n  - a:\n"
        "      f: !!python/name:os.system\n"
        "      g: !!python/object/apply:os.mkdir ['made']\n      h: !relative x\n"
        f"extra:\n  halochat:\n{indented(PROFILE, 4)}"
    )
    assert read_configuration(write(tmp_path / "mkdocs.yml", text)).options == OPTIONS
    assert not Path("made").exists()


def test_inherited_options_are_merged_and_each_problem_names_its_own_file(
    tmp_path: Path,
) -> None:
    base = write(
        tmp_path / "base.yml",
        f"plugins:\n  halochat:\n{indented(PROFILE, 4)}    width: -1\n    height: 1\n",
    )
    child = write(
        tmp_path / "mkdocs.yml",
        "INHERIT: base.yml\nplugins:\n  halochat:\n    height: -2\n",
    )
    source = read_configuration(child)
    assert source.options == {**OPTIONS, "width": -1, "height": -2}
    places = [line.partition(" ")[0] for line in described(source)]
    assert places == [f"{base}:6:", f"{child}:4:"]


def test_ends_for_an_alias_inside_its_own_anchor(tmp_path: Path) -> None:
    path = write(tmp_path / "halochat.yml", f"{PROFILE}extra: &extra\n  more: *extra\n")
    (line,) = described(read_configuration(path))
    assert line.startswith(f"{path}:5: extra.more")
    assert line.endswith("nested more than 8 levels deep; use fewer levels")


def test_a_list_of_plugins_replaces_the_inherited_ones(tmp_path: Path) -> None:
    write(tmp_path / "base.yml", "plugins:\n  halochat: {width: 1}\n")
    path = write(
        tmp_path / "mkdocs.yml",
        "INHERIT: base.yml\nplugins:\n  - halochat: {height: 1}\n",
    )
    assert read_configuration(path).options == {"height": 1}


def test_reads_files_once_that_inherit_from_each_other(tmp_path: Path) -> None:
    write(tmp_path / "base.yml", "INHERIT: mkdocs.yml\nextra: {halochat: {width: 1}}\n")
    path = write(tmp_path / "mkdocs.yml", "INHERIT: base.yml\n")
    assert read_configuration(path).options == {"width": 1}


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (
            "a.yml",
            "a: [\n",
            "{path}:2: invalid YAML: did not find expected node content; check the "
            "indentation and quotation marks",
        ),
        ("a.yml", "a: \x01\n", "{path}: unacceptable character #x0001"),
        ("a.yml", "- a\n", "{path}: expected a mapping, got a list"),
        (
            "a.toml",
            "a = \n",
            "{path}:1: invalid TOML: Invalid value (at line 1, column 5); check the "
            "quotation marks and brackets",
        ),
        (
            "a.toml",
            "a = 'b",
            '{path}: invalid TOML: Expected "\'" (at end of document); check the '
            "quotation marks and brackets",
        ),
        (
            "mkdocs.yml",
            "site_name: x\n",
            "{path}: this file has no options of halochat; write them as",
        ),
        (
            "zensical.toml",
            "[project]\n",
            "{path}:1: this file has no options of halochat; write them as",
        ),
        (
            "mkdocs.yml",
            "plugins:\n  - halochat: on\n",
            "{path}:2: halochat: expected a mapping of options, got true",
        ),
        conf_py(
            "1 / 0",
            "{path}: There is a programmable error in your configuration",
        ),
        conf_py(
            "halochat_options = 3\n",
            "{path}: halochat_options: expected a dictionary of options, got 3",
        ),
        conf_py("", "{path}: Sphinx reads its configuration from conf.py", "other.py"),
    ],
)
def test_reports_why_a_file_cannot_be_used(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    path = write(tmp_path / name, text)
    with pytest.raises(ConfigurationError) as caught:
        read_configuration(path)
    assert str(caught.value).startswith(message.format(path=path))


@pytest.mark.parametrize("content", [b"\xff\xfe\xfa", b"a: 1" + b":1" * 9_000 + b".0"])
def test_reports_a_file_that_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "halochat.yml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_configuration(path)


_ALIASES = "a0: &a0 {a: 1}\n" + "\n".join(
    f"a{n}: &a{n} {{{', '.join(f'k{i}: *a{n - 1}' for i in range(10))}}}"
    for n in range(1, 9)
)
_KEYS = ", ".join(f"k{number}: 1" for number in range(1_000))
_MERGES = f"a: &a {{{_KEYS}}}\nb: {{<<: [{', '.join(['*a'] * 70_000)}]}}\n"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yml", "a: " + "x" * 1_000_000, ": expected at most 1,000,000 characters"),
        ("a.yml", f"a: [{'a,' * 199_000}]", ""),
        ("a.yml", "a: " + "[" * 20_000, ":"),
        ("a.yml", "a: 1" + ":1" * 140_000, ":1: a number of more than 100 digits"),
        ("a.yml", _ALIASES, ""),
        ("a.yml", _MERGES, ":2: more than 10,000 keys merged"),
        ("a.yml", f"a: &a {{b: 1}}\nc: {{<<: *a, d: 2}}\n{PROFILE}", ""),
        ("a.yml", "a: {<<: [1]}", ":1: expected a mapping for merging"),
        ("a.toml", f"a = '''\n{' ' * 280_000}x\n'''", ""),
        ("a.toml", f"a = '''\n{'a' * 140_000}{' ' * 140_000}\n'''", ""),
        ("a.toml", "a." * 140_000 + "a = 1", ": expected keys of at most 50 parts"),
        ("a.toml", "a = " + "[" * 70_000, ": cannot be read: "),
    ],
    ids=range(12),
)
def test_hostile_file_is_read_or_refused_within_a_second(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    path = write(tmp_path / name, text)
    start = process_time()
    with pytest.raises(ConfigurationError) if message else nullcontext() as caught:
        read_configuration(path)
    assert process_time() - start < 5  # hostile input would take minutes
    assert not caught or str(caught.value).startswith(f"{path}{message}")


def test_aliases_in_a_file_and_in_what_it_inherits_do_not_multiply(
    tmp_path: Path,
) -> None:
    write(tmp_path / "base.yml", _ALIASES)
    path = write(tmp_path / "a.yml", f"INHERIT: base.yml\nplugins: {{}}\n{_ALIASES}")
    start = process_time()
    with pytest.raises(ConfigurationError, match="no options of halochat"):
        read_configuration(path)
    assert process_time() - start < 5  # hostile input would take minutes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x" * 65_537, "expected at most 65,536 characters"),
        ("a: 1" + ":1" * 30_000, "a number of more than 100 digits"),
        (_MERGES[:65_000] + "]}", "more than 10,000 keys merged"),
    ],
)
def test_hostile_yaml_in_a_page_is_refused_within_a_second(
    text: str, message: str
) -> None:
    start = process_time()
    with pytest.raises(ConfigurationError, match=message):
        read_yaml(text)
    assert process_time() - start < 5  # hostile input would take minutes


def test_reports_required_options_missing_in_an_empty_file(tmp_path: Path) -> None:
    path = write(tmp_path / "halochat.yml", "")
    assert (
        described(read_configuration(path))[0]
        == f"{path}: chat_service_url: required, but not set; copy it from Config > Chat > Chat Profiles in Halo"
    )


def test_explains_how_to_install_sphinx_for_conf_py(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sphinx.config", None)
    path = write(tmp_path / "conf.py", "")
    with pytest.raises(
        ConfigurationError, match=r"pip install 'halochat-docs\[sphinx\]'"
    ):
        read_configuration(path)


def test_finds_the_first_configuration_of_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationError, match="no configuration in this folder"):
        find_configuration(None)
    write(tmp_path / "mkdocs.yml", "plugins: {halochat: {width: 1}}\n")
    assert find_configuration(None).path == Path("mkdocs.yml")
    write(tmp_path / "halochat.yml", "width: 2\n")
    assert find_configuration(None).path == Path("halochat.yml")


def test_reads_the_address_of_the_site(tmp_path: Path) -> None:
    yml = write(
        tmp_path / "mkdocs.yml",
        "site_url: https://a.example/b/\nextra: {halochat: {width: 1}}\n",
    )
    toml = write(
        tmp_path / "zensical.toml",
        '[project]\nsite_url = "https://a.example/c/"\nextra.halochat.width = 1\n',
    )
    assert [read_configuration(yml).site_url, read_configuration(toml).site_url] == [
        "https://a.example/b/",
        "https://a.example/c/",
    ]


def test_stops_at_errors_and_not_at_warnings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "halochat.yml", f"{PROFILE}colour: red\n")
    assert load_site(read_configuration(path)).options == {**OPTIONS, "colour": "red"}
    assert capsys.readouterr().err.startswith(f"{path}:4: warning: colour: ")
    write(path, "colour: 1\n")
    with pytest.raises(click.ClickException, match="4 errors; no files were changed"):
        load_site(read_configuration(path))


@pytest.mark.sphinx
def test_finds_conf_py_by_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"project = 'x'\nhalochat_options = {OPTIONS!r}\n"
    (tmp_path / "docs").mkdir()
    write(tmp_path / "docs" / "conf.py", text)
    monkeypatch.chdir(tmp_path)
    assert read_configuration(Path("docs/conf.py")).options == OPTIONS


@pytest.mark.sphinx
def test_reads_translations_in_conf_py_as_strings(tmp_path: Path) -> None:
    text = (
        "from sphinx.locale import get_translation\n\n"
        "_ = get_translation('chat')\n"
        "halochat_options = {'language': {'send': _('Ask')}, 'hosts': [_('a.example')]}\n"
    )
    options = read_configuration(write(tmp_path / "conf.py", text)).options
    assert options == {"language": {"send": "Ask"}, "hosts": ["a.example"]}


@pytest.mark.sphinx
def test_reads_strings_and_none_in_conf_py_as_the_build_does(tmp_path: Path) -> None:
    text = "halochat_options = {'width': '400', 'colour': None, 'debug': 'yes'}\n"
    options = read_configuration(write(tmp_path / "conf.py", text)).options
    assert options == {"width": 400, "debug": True}


@pytest.mark.parametrize(
    "text",
    ["extra: &a [*a]", "extra: {l: &a [*a]}", "extra: &a {b: [*a]}"],
)
def test_reports_an_alias_inside_its_own_anchor(tmp_path: Path, text: str) -> None:
    source = read_configuration(
        write(tmp_path / "halochat.yml", f"config_id: a\n{text}\n")
    )
    places = [line.partition(" ")[0] for line in described(source)]
    assert f"{source.path}:2:" in places


@pytest.mark.parametrize("value", ["2024-13-45", "9" * 5000, "0x_"])
def test_reports_an_impossible_value(tmp_path: Path, value: str) -> None:
    path = write(tmp_path / "halochat.yml", f"tenant_id: {value}\n")
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_configuration(path)


@pytest.mark.parametrize("key", ["halochat", "haloChat", "halo-chat", "halo_chat"])
def test_finds_front_matter_in_each_spelling(key: str) -> None:
    assert front_matter({"title": "x", key: False}) is False


@pytest.mark.parametrize(
    "key",
    [
        *(
            "halochats",
            "halo_chatt",
            "hallo-chat",
            "helochat",
            "HaloChat ",
            "halo.chat",
        ),
        *("halochat_options", "halo chat"),
    ],
)
def test_finds_misspelled_keys_of_front_matter(key: str) -> None:
    assert misspelled_keys({"title": "x", key: False}) == [key]
    text = f"---\ntitle: x\n{key}: false\n---\n"
    assert front_matter_line(text, (), key) == 3


def test_finds_a_short_key_if_its_value_fits() -> None:
    for value in (False, {"load": "click"}):
        assert misspelled_keys({"Halo": value}) == ["Halo"]
    for value in ("solar", {"angle": 22}, None, ["load"]):
        assert misspelled_keys({"halo": value}) == []


@pytest.mark.parametrize(
    "key", ["halochat", "Halo-Chat", "chat", "hide", "chatbot", "halogen", "changelog"]
)
def test_ignores_keys_of_other_plugins(key: str) -> None:
    assert misspelled_keys({key: False, 1: 2}) == []  # type: ignore[dict-item]


def test_reports_nothing_for_a_page_without_front_matter() -> None:
    assert front_matter({"title": "x", 1: 2}) == {}  # type: ignore[dict-item]


def test_command_stops_without_a_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        click.ClickException, match="no configuration in this folder"
    ) as caught:
        load_configuration(None)
    assert caught.value.exit_code == 2


def test_reads_string_like_objects_as_strings() -> None:
    options = {
        "width": UserString("400"),
        "language": {"send": UserString("Ask")},
        "hosts": [UserString("a.example.com")],
        "icon": b"bytes",
    }
    assert read_python(options) == {
        "width": 400,
        "language": {"send": "Ask"},
        "hosts": ["a.example.com"],
        "icon": b"bytes",
    }
