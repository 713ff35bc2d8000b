from __future__ import annotations

import ast
import sys
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from halochat.cli import main
from halochat.validation import validate_site

# As the example page of the vendor's guide has it, with values of our own.
EXAMPLE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<title>Example</title>
<script>
window.addEventListener("haloChat_outboundEvent_initialized", function (event) {
  if (event.detail?.chatAvailable) { console.log(`ready ${event.detail}`); }
});
</script>
</head>
<body>
<!-- <script>var haloChatConfig = { configId: "old" }</script> -->
<div id="halo-chat"></div>
<script>
var haloChatConfig = {
chatServiceUrl: "https://halo.example.com/api",
configId: "profile-1",
configKey: "key-1",
debug: false,
autoInitialize: false,
enableInboundEvents: true,
enableOutboundEvents: true,
enableFunctions: true,
hideNewChatBubble: true,
hideExistingChatBubble: false,
keepChatWindowOpen:true,
retainPreviousChat: true,
draggableBubble: true,
showEndChatOptionOnBubble: true,
hideBubbleInactivitySeconds: 300,
position: 'bottom-right',
hideHeader: false,
forceFullScreen: false,
bubbleContainerStyles: {
bottom: "20px",
right: "20px"
},
windowStyles: {
bottom: "20px",
right: "20px"
},
}
</script>
<script src="https://halo.example.com/chat/index.js"></script>
</body>
</html>
"""
OPTIONS = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "profile-1",
    "config_key": "key-1",
    "debug": False,
    "auto_initialize": False,
    "enable_inbound_events": True,
    "enable_outbound_events": True,
    "enable_functions": True,
    "hide_new_chat_bubble": True,
    "hide_existing_chat_bubble": False,
    "keep_chat_window_open": True,
    "retain_previous_chat": True,
    "draggable_bubble": True,
    "show_end_chat_option_on_bubble": True,
    "hide_bubble_inactivity_seconds": 300,
    "position": "bottom-right",
    "hide_header": False,
    "force_full_screen": False,
    "bubble_container_styles": {"bottom": "20px", "right": "20px"},
    "window_styles": {"bottom": "20px", "right": "20px"},
}
PROFILE = """\
chatServiceUrl: "https://halo.example.com/api", configId: "a", configKey: "b","""


def run(text: str | bytes, *arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["import", "-", *arguments], input=text)
    assert result.exit_code == code, result.output
    return result


def imported(literal: str, *, before: str = "", code: int = 0) -> tuple[Any, str]:
    """Return the imported options without the profile, and the messages."""
    result = run(
        f"{before}\nvar haloChatConfig = {{ {PROFILE}\n{literal} }}", code=code
    )
    options = yaml.safe_load(result.stdout)
    for name in ("chat_service_url", "config_id", "config_key"):
        del options[name]
    return options, result.stderr


def test_converts_the_whole_example_of_the_guide_in_order() -> None:
    result = run(EXAMPLE)
    assert [*yaml.safe_load(result.stdout).items()] == [*OPTIONS.items()]
    assert result.stderr == ""


def test_writes_a_configuration_for_mkdocs() -> None:
    printed = yaml.safe_load(run(EXAMPLE, "--to", "mkdocs").stdout)
    assert printed == {"plugins": [{"halochat": OPTIONS}]}


def test_writes_a_configuration_for_sphinx() -> None:
    (statement,) = ast.parse(run(EXAMPLE, "--to", "sphinx").stdout).body
    assert isinstance(statement, ast.Assign)
    assert ast.unparse(statement.targets[0]) == "halochat_options"
    assert ast.literal_eval(statement.value) == OPTIONS


def test_printed_configuration_has_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "mkdocs.yml"
    example = EXAMPLE.replace("halo.example.com", "halo.acme.test")
    path.write_text(run(example, "--to", "mkdocs").stdout, encoding="utf-8")
    result = CliRunner().invoke(main, ["check", str(path)])
    assert (result.exit_code, result.output) == (0, "No problems found.\n")


def test_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.encode() + b"\xff")
    result = CliRunner().invoke(main, ["import", str(path)])
    assert yaml.safe_load(result.stdout) == OPTIONS


def test_quotes_strings_that_yaml_would_read_as_other_types() -> None:
    literal = "colour: '#E83C4A', tenantId: '0123', sound: 'a b', 'icon': `off`"
    options, _ = imported(literal, code=1)
    assert options == {"colour": "#E83C4A", "tenant_id": "0123", "icon": "off"}


@pytest.mark.parametrize(
    ("literal", "options"),
    [
        ("height: 0x1F4, /* in pixels */ // once\n", {"height": 500}),
        ("'theme': 'dark',", {"theme": "dark"}),
        ("theme: `dark`", {"theme": "dark"}),
        ("tenantId: '\\u0041\\'\\\n'", {"tenant_id": "A'"}),
        ("debug: !0, sound: 'a.mp3'", {"debug": True, "sound": "a.mp3"}),
        ("debug: !1", {"debug": False}),
        (
            "windowStyles: {left: -1.5, 'border-radius': +2}",
            {"window_styles": {"left": -1.5, "borderRadius": 2}},
        ),
        ("newList: [1, 'a', null]", {"extra": {"newList": [1, "a", None]}}),
        ("debug: true, debug: false", {"debug": False}),
    ],
)
def test_reads_literals_as_javascript_does(
    literal: str, options: dict[str, object]
) -> None:
    assert imported(literal)[0] == options


@pytest.mark.parametrize(
    "start",
    [
        "const haloChatConfig =",
        "window.haloChatConfig =",
        "globalThis['x'] = 1; haloChatConfig =",
        "setTimeout(() => { self.haloChatConfig =",
    ],
)
def test_finds_the_configuration_in_every_kind_of_assignment(start: str) -> None:
    end = "})" if "=>" in start else ""
    page = f"<script>{start} {{ {PROFILE} }} {end}</script>"
    assert yaml.safe_load(run(page).stdout)["config_id"] == "a"


def test_finds_strings_in_a_constant() -> None:
    before = "const language = { send: 'Go', close: 'Shut' }, other = 1;"
    assert imported("language,", before=before)[0] == {
        "language": {"send": "Go", "close": "Shut"}
    }


@pytest.mark.parametrize(
    ("literal", "name"),
    [
        ("colour: pick()", "colour: "),
        ("colour: 'a' + 'b'", "colour: "),
        ("colour: `${x}`", "colour: "),
        ("colour: other", "colour: "),
        ("colour: /x/", "colour: "),
        ("width: -'1'", "width: "),
        ("width: ~1", "width: "),
        ("list: [1, , 2]", "list: "),
        ("windowStyles: {...base}", "windowStyles: "),
        ("...base", ""),
        ("[key]: 1", ""),
        ("get colour() { return 1 }", ""),
        ("colour: loop", "colour: "),
    ],
)
def test_skips_and_reports_values_known_only_when_the_script_runs(
    literal: str, name: str
) -> None:
    before = "let other = '#123456'; const loop = loop;"
    options, errors = imported(f"{literal},\nwidth: 400", before=before, code=1)
    assert options == {"width": 400}
    reason = "its value is known only when the script runs"
    assert errors == f"line 3: {name}skipped, because {reason}\n"


def test_reports_the_line_in_the_page() -> None:
    page = f"<html>\n<body>\n<script>\nvar haloChatConfig = {{\n{PROFILE}\nicon: x }}"
    assert run(f"{page}</script>", code=1).stderr.startswith("line 6: icon: skipped")


def test_keeps_and_reports_unknown_properties_under_extra() -> None:
    options, errors = imported("bubbleShape: 'square', colur: '#123456'")
    assert options == {"extra": {"bubbleShape": "square", "colur": "#123456"}}
    assert errors == (
        "bubbleShape: unknown property; under `extra`\n"
        "colur: unknown property, did you mean 'colour'?; under `extra`\n"
    )


def test_drops_and_reports_a_wrong_value() -> None:
    options, errors = imported("width: '400px', colour: 'red'", code=1)
    assert options == {"colour": "red"}
    assert errors.splitlines()[0] == (
        "width: expected a positive whole number of pixels, got '400px'; did you mean "
        "400, without a unit?"
    )
    assert "colour: expected a hex color" in errors


@pytest.mark.parametrize("name", ["id_token", "tenantId"])
def test_refuses_a_secret_without_printing_it(name: str) -> None:
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"  # noqa: S105
    page = f"var haloChatConfig = {{ {PROFILE} {name}: '{token}' }}"
    result = run(page, code=1)
    assert token not in result.output
    assert "under `extra`" not in result.output
    assert (
        "an identity token or a secret must not be in a configuration" in result.stderr
    )


def test_keeps_a_script_from_another_host() -> None:
    page = EXAMPLE.replace("example.com/chat/", "example.com/other/chat/")
    assert yaml.safe_load(run(page).stdout) == {
        **OPTIONS,
        "script_url": "https://halo.example.com/other/chat/index.js",
    }


def test_reports_missing_required_options() -> None:
    result = run("var haloChatConfig = { theme: 'dark' }", code=1)
    assert yaml.safe_load(result.stdout) == {"theme": "dark"}
    assert (
        "chat_service_url: required, but not set; copy it from Config > Chat > Chat Profiles in Halo\n"
        in result.stderr
    )


def test_uses_the_last_of_two_configurations() -> None:
    page = f"haloChatConfig = {{a: 1}}; haloChatConfig = {{ {PROFILE} debug: true }}"
    assert yaml.safe_load(run(page).stdout)["debug"] is True


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no haloChatConfig = {…} found"),
        ("<p>haloChatConfig = {}</p>", "cannot be read: Line 1: "),
        ("<script>haloChatConfig = make()</script>", "no haloChatConfig = {…} found"),
        (
            "<script>\nhaloChatConfig = {a: }</script>",
            "at line 1 cannot be read: ",
        ),
        ("haloChatConfig = " + "[" * 20_000, "cannot be read: "),
    ],
    ids=["nothing", "no script", "no literal", "no JavaScript", "too deep"],
)
def test_reports_a_page_without_a_configuration(text: str, message: str) -> None:
    result = run(text, code=2)
    assert result.stdout == ""
    assert message in result.stderr


def test_runs_no_code_of_the_page() -> None:
    literal = "height: (() => { throw 1 })(), width: process.exit(3)"
    assert imported(literal, code=1)[0] == {}


def test_prints_the_validated_options() -> None:
    assert validate_site(OPTIONS).options == OPTIONS


_CHAIN = "".join(f"const a{n} = a{n - 1};" for n in range(1, 1_900))
_TREE = "".join(f"const a{n} = [{f'a{n - 1},' * 10}];" for n in range(1, 20))


@pytest.mark.parametrize(
    ("before", "value", "message"),
    [
        (_CHAIN, "a1899", "its value is known only when the script runs"),
        (f"const a0 = 1;{_CHAIN}", "a1899", "its value is known only when"),
        (f"const a0 = 1;{_TREE}", "a19", "extra: expected at most 2,000 values"),
        ("const b = {c: b};", "b", "its value is known only when the script runs"),
    ],
    ids=["chain without end", "chain", "tree", "loop"],
)
def test_constants_of_constants_are_read_in_a_limited_time(
    before: str, value: str, message: str
) -> None:
    start = process_time()
    result = run(f"{before} haloChatConfig = {{ {PROFILE} zzz: {value} }}", code=1)
    assert message in result.stderr
    assert process_time() - start < 5  # most of it for the grammar of 50 KB


def test_skips_a_script_that_is_too_long() -> None:
    script = f"<script>var haloChatConfig = {{}};{' ' * 50_000}</script>"
    result = run(f"{script * 20}<script>haloChatConfig = {{}}</script>", code=2)
    assert (
        "the script at line 1 is skipped, because the scripts have more than 50,000 char"
        in result.stderr
    )


def test_value_of_a_constant_is_written_wherever_it_is_used() -> None:
    page = f"const s = [1]; haloChatConfig = {{ {PROFILE} zzz: s, yyy: s }}"
    assert "&" not in run(page).stdout


def test_names_the_extra_if_the_parser_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "halochat.cli.script", raising=False)
    monkeypatch.setitem(sys.modules, "esprima", None)
    result = CliRunner().invoke(main, ["import", "-"], input="haloChatConfig = {}")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: a parser of JavaScript is missing: pip install 'halochat-docs[import]'\n"
    )
