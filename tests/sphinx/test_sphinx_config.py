from __future__ import annotations

from unittest.mock import create_autospec

import pytest
from sphinx.application import Sphinx

import halochat
from sphinx_halochat import setup


def test_reports_every_problem_with_its_option(site):
    built = site(colour="E83", icon_size=200, positon="top-left").build()
    assert built.code == 0
    assert built.warnings == [
        "WARNING: halochat_options['colour']: expected a hex color such as '#E83C4A', "
        "got 'E83'; did you mean '#E83'? [halochat.config]",
        "WARNING: halochat_options['icon_size']: expected a whole number from 1 to 100 "
        "(percent), got 200 [halochat.config]",
        "WARNING: halochat_options['positon']: unknown option, did you mean "
        "'position'? [halochat.config]",
    ]


def test_drops_a_bad_option_and_keeps_the_others(site):
    assert site(icon_size=200, theme="dark").build().chat() == {"theme": "dark"}


def test_warns_about_a_doubtful_value_and_uses_it(site):
    built = site(colour="red").build()
    assert built.chat() == {"colour": "red"}
    assert len(built.warnings) == 1


@pytest.mark.parametrize("config_id", [None, 5])
def test_without_a_required_option_no_page_has_chat(site, config_id):
    built = site(config_id=config_id).build()
    assert built.code == 0
    problem, consequence = built.warnings
    assert problem.startswith("WARNING: halochat_options['config_id']: ")
    assert consequence == (
        "WARNING: halochat_options: no page has chat, because a required option is "
        "missing or wrong [halochat.config]"
    )
    assert "halo" not in built.text("index.html")


@pytest.mark.parametrize("variable", ["halochat_option", ""])
def test_reports_a_misspelled_variable(site, variable):
    made = site()
    made.options = {}
    made.conf = f"{variable} = {{'config_id': 'a'}}" if variable else ""
    warnings = made.build().warnings
    expected = "halochat_option: unknown name, did you mean 'halochat_options'?"
    assert any(expected in line for line in warnings) == bool(variable)
    assert warnings[0].startswith(f"WARNING: conf.py:4: {expected}") == bool(variable)


def test_refuses_anything_but_a_dictionary(site):
    made = site()
    made.options = ["colour"]
    built = made.build()
    assert built.warnings == [
        "WARNING: halochat_options: expected a dictionary of options, got a list "
        "[halochat.config]"
    ]
    assert "halo" not in built.text("index.html")


def test_warnings_are_fatal_under_w(site):
    assert site(typo=1).build("html", "-W").code != 0


def test_warnings_can_be_suppressed(site):
    made = site(typo=1)
    made.conf = "suppress_warnings = ['halochat.config']"
    built = made.build("html", "-W")
    assert (built.code, built.warnings) == (0, [])


def test_command_line_strings_are_converted_to_the_type_of_the_option(site):
    given = {
        "colour": "#112233",
        "icon_size": "40",
        "debug": "true",
        "hide_header": "false",
        "hosts": "docs.example.com, www.example.com",
        "language": "de",
    }
    arguments = [
        part
        for name, text in given.items()
        for part in ("-D", f"halochat_options.{name}={text}")
    ]
    built = site(colour="#000000").build("html", *arguments)
    assert built.warnings == []
    chat = built.chat()
    assert chat.pop("language")["send"] == "Senden"
    assert chat == {
        "colour": "#112233",
        "iconSize": 40,
        "debug": True,
        "hideHeader": False,
    }
    assert built.data()["hosts"] == ["docs.example.com", "www.example.com"]


def test_command_line_can_switch_chat_off(site):
    built = site().build("html", "-D", "halochat_options.enabled=false")
    assert "halo" not in built.text("index.html")


def test_drops_the_option_that_cannot_work_in_a_conflict(site):
    built = site(load="snippet", theme="auto", colour="#111111").build()
    (warning,) = built.warnings
    assert "halochat_options['theme']: 'auto' needs the loader" in warning
    assert '{"chatServiceUrl"' in built.text("index.html")
    assert '"colour":"#111111"' in built.text("index.html")
    assert '"theme"' not in built.text("index.html")


def test_keeps_the_valid_options_of_a_pattern_with_problems(site):
    built = site(
        enable_inbound_events=False,
        pages={"*": {"colour": "#111111", "hide_header": True, "tenant_id": "T"}},
    ).build()
    assert built.warnings == [
        "WARNING: halochat_options['pages.*.tenant_id']: can only be set for "
        "the whole site; move it to the site's options [halochat.config]",
        "WARNING: halochat_options['pages.*.hide_header']: needs "
        "`enable_inbound_events`, which is False; set it to True [halochat.config]",
    ]
    assert built.chat() == {"enableInboundEvents": False, "colour": "#111111"}


@pytest.mark.parametrize("language", ["en", "de"])
def test_lazy_translations_are_in_the_language_of_the_build(site, language, tmp_path):
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    catalog = Catalog(locale="de")
    catalog.add("Ask us", "Fragen Sie uns")
    folder = tmp_path / "locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "chat.mo").open("wb") as file:
        write_mo(file, catalog)
    made = site()
    made.conf = f"""
        from sphinx.locale import get_translation
        halochat_options["language"] = {{"send": get_translation("chat")("Ask us")}}
        halochat_options["extra"] = {{"list": [get_translation("chat")("Ask us")]}}

        def setup(app):
            app.add_message_catalog("chat", {str(tmp_path / "locale")!r})
    """
    built = made.build("html", "-D", f"language={language}")
    expected = {"en": "Ask us", "de": "Fragen Sie uns"}[language]
    assert built.warnings == []
    assert built.chat()["language"]["send"] == expected
    assert built.chat()["list"] == [expected]
    again = made.build("html", "-D", f"language={language}")
    assert "index.html" not in again.written


def test_none_means_that_an_option_is_not_set(site):
    built = site(position=None).build()
    assert (built.warnings, built.chat()) == ([], {})


def test_registers_no_other_configuration_value(site):
    made = site()
    made.conf = """
        def report(app):
            names = [value.name for value in app.config if "halo" in value.name]
            (app.outdir / "names").write_text(" ".join(names))

        def setup(app):
            app.connect("builder-inited", report)
    """
    assert made.build().text("names") == "halochat_options"


def test_extension_reports_the_version_of_the_package():
    metadata = setup(create_autospec(Sphinx))
    assert metadata["version"] == halochat.__version__
