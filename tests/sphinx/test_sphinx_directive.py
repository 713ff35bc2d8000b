from __future__ import annotations

import re

import pytest

TITLE = "Title\n=====\n\n"


def directive(text):
    return {"index.rst": f"{TITLE}{text}"}


def markdown(text):
    return {"index.md": f"# Title\n\n{text}"}


@pytest.fixture
def myst(site):
    def make(text, **options):
        made = site(markdown(text), **options)
        made.conf = "extensions.append('myst_parser')"
        return made

    return make


# --- What it takes ----------------------------------------------------------------


def test_directive_options_apply_to_their_page(site):
    made = site(
        {
            "index.rst": f"{TITLE}.. toctree::\n\n   a\n",
            "a.rst": "A\n=\n\n.. halo-chat::\n   :colour: #112233\n   :icon-size: 40\n",
        }
    )
    built = made.build()
    assert built.warnings == []
    assert built.chat("a.html") == {"colour": "#112233", "iconSize": 40}
    assert built.chat() == {}
    assert "112233" not in re.sub("<meta.*/>", "", built.text("a.html"))


def test_off_switches_chat_off(site):
    built = site(directive(".. halo-chat:: off\n")).build()
    assert built.data() == {"page": "index.html", "enabled": False}


def test_on_switches_chat_on_if_a_pattern_switched_it_off(site):
    built = site(directive(".. halo-chat:: on\n"), pages={"*": False}).build()
    assert "haloChatConfig" in built.data()


@pytest.mark.parametrize(
    "spelling", ["persist-chat-token", "persist_chat_token", "persistChatToken"]
)
def test_accepts_any_spelling_of_an_option_name(site, spelling):
    built = site(directive(f".. halo-chat::\n   :{spelling}: false\n")).build()
    assert built.chat() == {"persistChatToken": False}


@pytest.mark.parametrize(
    ("text", "value"), [("", True), (" true", True), (" false", False), (" off", False)]
)
def test_accepts_a_flag_with_or_without_a_value(site, myst, text, value):
    rst = site(directive(f".. halo-chat::\n   :debug:{text}\n")).build()
    assert rst.chat() == {"debug": value}
    md = myst(f"```{{halo-chat}}\n:debug:{text}\n```\n")
    md.folder = md.folder / "markdown"
    md.write(markdown(f"```{{halo-chat}}\n:debug:{text}\n```\n"))
    assert md.build().chat() == {"debug": value}


BODY = {
    "language": {"send": "Ask"},
    "bubbleStyles": {"borderRadius": "4px"},
    "aNewProperty": [1, {"a": "b"}],
}


def test_nested_options_are_yaml_in_the_body(site):
    built = site(
        directive(
            ".. halo-chat::\n   :colour: #112233\n\n"
            "   language:\n     send: Ask\n"
            "   bubble-styles: {border-radius: 4px}\n"
            "   extra: {aNewProperty: [1, {a: b}]}\n"
        )
    ).build()
    assert built.warnings == []
    chat = built.chat()
    assert chat.pop("language")["send"] == "Ask"
    assert chat == {
        "colour": "#112233",
        "bubbleStyles": {"borderRadius": "4px"},
        "aNewProperty": [1, {"a": "b"}],
    }


@pytest.mark.parametrize(
    "text",
    [
        '```{halo-chat}\n:colour: "#112233"\n:icon-size: 40\n\n'
        "language: {send: Ask}\n```\n",
        '```{halo-chat}\n---\ncolour: "#112233"\nicon-size: 40\n---\n'
        "language:\n  send: Ask\n```\n",
        "```{halo-chat}\ncolour: '#112233'\nicon_size: 40\n"
        "language: {send: Ask}\n```\n",
    ],
)
def test_markdown_accepts_the_same_options(myst, text):
    built = myst(text).build()
    assert built.warnings == []
    chat = built.chat()
    assert chat.pop("language")["send"] == "Ask"
    assert chat == {"colour": "#112233", "iconSize": 40}


@pytest.mark.parametrize(
    "text", [":position:", ":position: null", "\n   position: null"]
)
def test_page_can_unset_an_option_of_the_site(site, text):
    built = site(directive(f".. halo-chat::\n   {text}\n"), position="top-left").build()
    assert built.warnings == []
    assert built.chat() == {}


def test_accepts_a_mapping_on_one_line(site):
    built = site(
        directive(".. halo-chat::\n   :bubble-styles: {bottom: 1px}\n")
    ).build()
    assert built.chat() == {"bubbleStyles": {"bottom": "1px"}}


def test_accepts_a_body_without_an_empty_line_above(site):
    built = site(directive(".. halo-chat::\n   theme: dark\n   height: 5\n")).build()
    assert built.chat() == {"theme": "dark", "height": 5}


def test_reports_an_option_that_contradicts_the_body(site):
    text = ".. halo-chat::\n   :theme: dark\n\n   theme: light\n"
    assert site(directive(text)).build().warnings == [
        "index.rst:4: WARNING: halo-chat: theme: 'light' here, 'dark' in index.rst:4; "
        "this one is used; remove one of the two [halochat.duplicate]"
    ]


# --- What is wrong ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "warning"),
    [
        (
            [":icon-siez: 40"],
            "index.rst:4: WARNING: halo-chat: icon-siez: unknown option, did you mean "
            "'icon-size'?",
        ),
        (
            [":icon-size: 400"],
            "index.rst:4: WARNING: halo-chat: icon-size: expected a whole number "
            "from 1 to 100 (percent), got 400",
        ),
        (
            [":tenant-id: X"],
            "index.rst:4: WARNING: halo-chat: tenant-id: can only be set for the whole "
            "site; move it to the site's options",
        ),
        (
            [":bubble-styles: {bottom: 1px"],
            "index.rst:4: WARNING: halo-chat: bubble-styles: expected a mapping of CSS "
            "properties to strings or numbers, such as {bottom: 100px}, got ",
        ),
        (
            ["", "theme: light", "hide_header: [1"],
            "index.rst:8: WARNING: halo-chat: expected YAML: ",
        ),
        (
            ["", "- theme"],
            "index.rst:4: WARNING: halo-chat: expected a mapping of options, or "
            "false for no chat, got a list",
        ),
        (
            ["", "sound: 2024-99-99"],
            "index.rst:4: WARNING: halo-chat: expected YAML: month must be",
        ),
        (
            ["", "1: 2"],
            "index.rst:4: WARNING: halo-chat: 1: unknown option",
        ),
    ],
)
def test_reports_a_bad_option_and_keeps_the_others(site, lines, warning):
    text = "".join(f"   {line}\n" for line in [":colour: #112233", *lines])
    built = site(directive(f".. halo-chat::\n{text}")).build()
    (message,) = built.warnings
    assert message.startswith(warning)
    assert message.endswith("[halochat.directive]")
    assert built.chat() == {"colour": "#112233"}


def test_reports_a_misspelled_argument(site):
    built = site(directive(".. halo-chat:: of\n   :theme: dark\n")).build()
    assert built.warnings == [
        "index.rst:4: WARNING: halo-chat: expected off for no chat, got 'of'; did you "
        "mean off for no chat? [halochat.directive]"
    ]
    assert built.chat() == {"theme": "dark"}


def test_reports_a_colour_that_markdown_reads_as_a_comment(myst):
    built = myst("```{halo-chat}\n:colour: #112233\n:theme: dark\n```\n").build()
    assert [line for line in built.warnings if "halochat" in line] == [
        "index.md:3: WARNING: halo-chat: colour: no value, so this option is unset "
        "here; if you meant a color, put quotes around it, as in '#E83C4A' "
        "[halochat.directive]"
    ]
    assert built.chat() == {"theme": "dark"}


def test_reports_a_misspelled_option_in_markdown(myst):
    built = myst("```{halo-chat}\n:colur: red\n:theme: dark\n```\n").build()
    assert built.warnings == [
        "index.md:3: WARNING: halo-chat: colur: unknown option, did you mean 'colour'? "
        "[halochat.directive]"
    ]
    assert built.chat() == {"theme": "dark"}


def test_refuses_a_secret_without_printing_it(site):
    built = site(directive(".. halo-chat::\n\n   id_token: abc.def\n")).build()
    (warning,) = built.warnings
    assert "an identity token or a secret must not be in a configuration" in warning
    assert "abc.def" not in warning


def test_reports_a_conflict_with_the_site_at_the_page(site):
    made = site(
        directive(".. halo-chat::\n   :hide-header:\n   :theme: dark\n"),
        enable_inbound_events=False,
    )
    built = made.build()
    assert built.warnings == [
        "index.rst:4: WARNING: halo-chat: hide-header: needs `enable_inbound_events`, "
        "which is false; set it to true [halochat.page]"
    ]
    assert built.chat() == {"enableInboundEvents": False, "theme": "dark"}


def test_warns_once_about_a_doubtful_colour_and_uses_it(site):
    built = site(directive(".. halo-chat::\n   :colour: red\n")).build()
    assert len(built.warnings) == 1
    assert built.chat() == {"colour": "red"}


@pytest.mark.parametrize(
    ("kind", "text", "options"),
    [
        ("directive", ":typo: 1", {}),
        ("page", ":hide-header:", {"enable_inbound_events": False}),
        ("duplicate", ":theme: dark\n\n.. halo-chat::\n   :theme: light", {}),
    ],
)
def test_warnings_have_types_and_are_fatal_under_w(site, kind, text, options):
    made = site(directive(f".. halo-chat::\n   {text}\n"), **options)
    assert made.build("html", "-W", "-E").code != 0
    made.conf = f"suppress_warnings = ['halochat.{kind}']"
    assert made.build("html", "-W", "-E").code == 0


# --- Several on a page ------------------------------------------------------------


def test_merges_several_directives_of_a_page(site):
    built = site(
        directive(
            ".. halo-chat::\n   :colour: #112233\n\n   language: {send: Ask}\n\n"
            "text\n\n.. halo-chat::\n   :theme: dark\n\n   language: {ticket: Us}\n"
        )
    ).build()
    assert built.warnings == []
    chat = built.chat()
    assert {chat["language"]["send"], chat["colour"], chat["theme"]} == {
        "Ask",
        "#112233",
        "dark",
    }


def test_accepts_an_option_twice_with_the_same_value(site):
    text = ".. halo-chat::\n   :theme: dark\n\n"
    assert site(directive(text * 2)).build().warnings == []


def test_reports_both_locations_of_a_conflict_and_uses_the_later_value(site):
    built = site(
        directive(
            ".. halo-chat::\n   :theme: dark\n\n.. halo-chat::\n   :theme: light\n"
        )
    ).build()
    assert built.warnings == [
        "index.rst:7: WARNING: halo-chat: theme: 'light' here, 'dark' in index.rst:4; "
        "this one is used; remove one of the two [halochat.duplicate]"
    ]
    assert built.chat() == {"theme": "light"}


def test_reports_off_and_on_in_one_page_as_a_conflict(site):
    built = site(directive(".. halo-chat:: off\n\n.. halo-chat:: on\n")).build()
    assert "enabled: True here, False in index.rst:4" in built.warnings[0]
    assert "haloChatConfig" in built.data()


def test_reports_a_conflict_across_directives_at_the_page(site):
    built = site(
        directive(
            ".. halo-chat::\n   :enable-inbound-events: false\n\n"
            ".. halo-chat::\n   :hide-header:\n"
        )
    ).build()
    (warning,) = built.warnings
    assert warning.startswith("index.rst:7: WARNING: halo-chat: hide-header: needs ")
    assert warning.endswith("[halochat.page]")


# --- Where it may stand -----------------------------------------------------------


def test_directive_above_the_title_keeps_title_and_fields(site):
    made = site(
        {
            "index.rst": f".. halo-chat::\n   :theme: dark\n\n:orphan:\n\n{TITLE}",
        }
    )
    made.write({"a.rst": ".. halo-chat:: off\n\n:orphan:\n\nOther\n=====\n"})
    built = made.build()
    assert built.warnings == []
    assert "<title>Title &#8212;" in built.text("index.html")
    assert "<title>Other &#8212;" in built.text("a.html")
    assert built.chat() == {"theme": "dark"}


def test_only_directive_applies_if_its_tag_is_set(site):
    built = site(
        directive(
            ".. only:: latex\n\n   .. halo-chat:: off\n\n"
            ".. only:: html\n\n   .. halo-chat::\n      :theme: dark\n"
        )
    ).build()
    assert built.warnings == []
    assert built.chat() == {"theme": "dark"}


def test_ifconfig_applies_if_its_condition_is_true(site):
    made = site(
        directive(
            ".. ifconfig:: False\n\n   .. halo-chat:: off\n\n"
            ".. ifconfig:: True\n\n   .. halo-chat::\n      :theme: dark\n"
        )
    )
    made.conf = "extensions.append('sphinx.ext.ifconfig')"
    built = made.build()
    assert built.warnings == []
    assert built.chat() == {"theme": "dark"}


def test_included_directive_applies_to_each_document_and_reports_its_file(site):
    made = site(
        {
            "index.rst": f"{TITLE}.. toctree::\n\n   a\n\n.. include:: part.txt\n",
            "a.rst": "A\n=\n\n.. include:: part.txt\n",
            "part.txt": "shared\n\n.. halo-chat::\n   :theme: dark\n   :typo: 1\n",
        }
    )
    built = made.build()
    assert built.chat() == built.chat("a.html") == {"theme": "dark"}
    assert [line.partition(" ")[0] for line in built.warnings] == ["part.txt:3:"]


def test_directive_in_a_docstring_applies_to_its_page(site):
    made = site(directive(".. automodule:: docstringed\n"))
    made.write(
        {
            "docstringed.py": '''
                """A module.

                .. halo-chat::
                   :theme: dark
                   :typo: 1
                """
            '''
        }
    )
    made.conf = """
        import sys
        sys.path.insert(0, __file__.rpartition("/")[0])
        extensions.append("sphinx.ext.autodoc")
    """
    built = made.build()
    assert built.chat() == {"theme": "dark"}
    (warning,) = built.warnings
    assert warning.startswith("docstringed.py:docstring of docstringed:3: WARNING")


def test_singlehtml_uses_the_options_of_the_root_document(site):
    made = site(
        {
            "index.rst": f"{TITLE}.. halo-chat::\n   :theme: dark\n\n"
            ".. toctree::\n\n   a\n",
            "a.rst": "A\n=\n\ntext\n\n.. halo-chat:: off\n\nmore\n",
        }
    )
    built = made.build("singlehtml")
    assert built.warnings == []
    assert built.chat() == {"theme": "dark"}


def test_checks_options_of_a_page_before_chat_is_switched_on(site):
    text = ".. halo-chat::\n   :hide-header:\n\n.. halo-chat:: on\n"
    made = site(directive(text), enable_inbound_events=False, pages={"*": False})
    built = made.build()
    assert built.warnings[0].endswith("which is false; set it to true [halochat.page]")
    assert built.chat() == {"enableInboundEvents": False}


def test_impossible_date_does_not_stop_the_build(site):
    text = ".. halo-chat::\n   :bubble-styles: {bottom: 2024-13-45}\n   :width: 300\n"
    built = site(directive(text)).build()
    (warning,) = built.warnings
    assert "halo-chat: bubble-styles: expected a mapping of CSS" in warning
    assert built.chat() == {"width": 300}
