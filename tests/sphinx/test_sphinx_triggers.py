from __future__ import annotations

import re

import pytest

TITLE = "Title\n=====\n\n"
OPENS = (
    '<a class="halo-chat-button reference internal" href="#halo-chat">Talk to us</a>'
)


def button(*lines):
    options = "".join(f"   {line}\n" for line in lines)
    return {"index.rst": f"{TITLE}.. halo-chat-button:: Talk to us\n{options}"}


def elements(built, page="index.html"):
    """Return the links and buttons of a page that have to do with chat."""
    found = re.findall(r"<(a|button)\b([^>]*)>(.*?)</\1>", built.text(page))
    return [
        f"<{tag}{attributes}>{text}</{tag}>"
        for tag, attributes, text in found
        if "halo-chat" in attributes
    ]


# --- Links ------------------------------------------------------------------------


def test_role_writes_a_link_that_opens_the_chat(site):
    built = site({"index.rst": f"{TITLE}Do :halo-chat:`talk <to> us`.\n"}).build()
    assert built.warnings == []
    assert elements(built) == [
        '<a class="halo-chat reference internal" href="#halo-chat">'
        "talk &lt;to&gt; us</a>"
    ]


def test_markdown_supports_the_role_and_plain_links(site):
    links = "{halo-chat}`talk` or [*write*](#halo-chat), not {doc}`index`"
    made = site({"index.md": f"# Title\n\n{links}\n"})
    made.conf = "extensions.append('myst_parser')"
    built = made.build("html", "-n")
    assert built.warnings == []
    assert [element.partition(">")[0] for element in elements(built)] == [
        '<a class="halo-chat reference internal" href="#halo-chat"'
    ] * 2


def test_role_in_a_title_is_text_in_the_table_of_contents(site):
    made = site(
        {
            "index.rst": f"{TITLE}.. toctree::\n\n   a\n",
            "a.rst": "Do :halo-chat:`talk`\n====================\n",
        }
    )
    built = made.build()
    assert elements(built) == []
    assert '<a class="reference internal" href="a.html">Do talk</a>' in built.text(
        "index.html"
    )


# --- Buttons ----------------------------------------------------------------------


def test_button_opens_the_chat(site):
    built = site(button()).build()
    assert built.warnings == []
    assert f"<p>{OPENS}</p>\n" in built.text("index.html")


@pytest.mark.parametrize(
    ("lines", "element"),
    [
        (
            [":href: https://example.com/contact?a=1&b=2"],
            '<a class="halo-chat-button reference external" '
            'data-halo-chat-send="openChatWindow" '
            'href="https://example.com/contact?a=1&amp;b=2">Talk to us</a>',
        ),
        (
            [":send: reposition", ':detail: "bottom-left"'],
            '<button class="halo-chat-button" '
            'data-halo-chat-detail="&quot;bottom-left&quot;" '
            'data-halo-chat-send="reposition" type="button">Talk to us</button>',
        ),
        (
            [":send: haloChat_inboundEvent_toggleFullScreen", ":detail: true"],
            '<button class="halo-chat-button" data-halo-chat-detail="true" '
            'data-halo-chat-send="toggleFullScreen" type="button">Talk to us</button>',
        ),
        (
            [':detail: {"retainPreviousChat": true}'],
            '<button class="halo-chat-button" '
            'data-halo-chat-detail="{&quot;retainPreviousChat&quot;:true}" '
            'data-halo-chat-send="openChatWindow" type="button">Talk to us</button>',
        ),
        ([":send: openChatWindow"], OPENS),
        (
            [":class: btn Btn-Primary !"],
            OPENS.replace("-button ", "-button btn btn-primary "),
        ),
    ],
)
def test_button_has_the_attributes_of_its_options(site, lines, element):
    built = site(button(*lines)).build()
    assert built.warnings == []
    assert elements(built) == [element]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_href_into_the_site_is_relative_to_the_page(site, builder):
    text = ".. halo-chat-button:: Talk\n   :href: contact/#form\n"
    made = site({"index.rst": f"{TITLE}.. toctree::\n\n   a/b\n"})
    made.write({"a/b.rst": f"{TITLE}{text}"})
    (element,) = elements(
        made.build(builder), {"html": "a/b.html", "dirhtml": "a/b/index.html"}[builder]
    )
    up = {"html": "../", "dirhtml": "../../"}[builder]
    assert f'href="{up}contact/#form"' in element
    assert 'class="halo-chat-button reference internal"' in element


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        (
            ":send: openChat",
            "send: expected one of 'initialize', 'openChatWindow', 'closeChatWindow', ",
        ),
        (":href: javascript:alert(1)", "href: expected an https address, a path in "),
        (
            ":detail: {",
            'detail: expected JSON, such as "bottom-left" with the quotes (in '
            "Markdown, with a second pair of quotes around it): Expecting ",
        ),
        (":detail: NaN", "detail: expected a finite number, got nan"),
        (':detail: {"id_token": "abc"}', "detail: an identity token or a secret must "),
        (":hrfe: contact/", "hrfe: unknown option, did you mean 'href'?"),
    ],
)
def test_reports_a_bad_button_option_and_keeps_the_others(site, line, warning):
    built = site(button(line)).build()
    (message,) = built.warnings
    assert message.startswith(f"index.rst:4: WARNING: halo-chat-button: {warning}")
    assert message.endswith(" [halochat.directive]")
    assert elements(built) == [OPENS]


def test_suggests_an_event_for_a_misspelled_one(site):
    (message,) = site(button(":send: repositon")).build().warnings
    assert "; did you mean 'reposition'?" in message


def test_text_of_a_button_may_have_markup(site):
    built = site(
        {"index.rst": f"{TITLE}.. halo-chat-button:: *Talk* ``now``\n"}
    ).build()
    assert "<em>Talk</em> <code" in built.text("index.html")


def test_reports_broken_markup_in_a_button(site):
    built = site({"index.rst": f"{TITLE}.. halo-chat-button:: *Talk\n"}).build()
    assert "Inline emphasis start-string" in built.warnings[0]


# --- Where there is no chat -------------------------------------------------------

TRIGGERS = (
    "Do :halo-chat:`talk`.\n\n.. halo-chat-button:: Press\n\n"
    ".. halo-chat-button:: Write\n   :href: index\n"
)


def test_page_without_chat_keeps_texts_and_fallback_links(site):
    made = site({"index.rst": f"{TITLE}.. halo-chat:: off\n\n{TRIGGERS}"})
    built = made.build()
    assert built.warnings == []
    assert [element.rpartition("</")[0][-5:] for element in elements(built)] == [
        "Write"
    ]
    assert "<p>Do talk.</p>" in built.text("index.html")
    assert "<p>Press</p>" in built.text("index.html")


def test_disabled_site_has_no_trigger_markup(site):
    built = site({"index.rst": f"{TITLE}{TRIGGERS}"}, enabled=False).build()
    assert "halo-chat" not in built.text("index.html")
    link = '<a class="reference internal" href="index.html">Write</a>'
    assert f"<p>{link}</p>" in built.text("index.html")


def test_snippet_has_no_triggers(site):
    made = site({"index.rst": f"{TITLE}{TRIGGERS}"}, load="snippet")
    built = made.build()
    assert built.warnings == [
        f"index.rst:{line}: WARNING: chat links and buttons need the loader, which "
        "`load: snippet` does not use; choose another `load` [halochat.page]"
        for line in (4, 6, 8)
    ]


# Some of these builders themselves call what Sphinx 11 will drop.
@pytest.mark.filterwarnings("default::DeprecationWarning")
@pytest.mark.filterwarnings("default::PendingDeprecationWarning")
@pytest.mark.parametrize(
    "builder",
    ["text", "latex", "man", "texinfo", "xml", "pseudoxml", "json", "htmlhelp", "epub"],
)
def test_other_builders_print_the_text(site, builder):
    made = site(
        {"index.rst": f"{TITLE}.. halo-chat::\n   :colour: #112233\n\n{TRIGGERS}"}
    )
    made.write({"part.rst": "Do :halo-chat:`talk`\n====================\n"})
    made.conf = """
        man_pages = [("index", "test", "Test", "Us", 1)]
        texinfo_documents = [("index", "test", "Test", "Us", "test", "", "")]
        version = copyright = "1"
    """
    built = made.build(builder)
    # Sphinx itself hands on its own data and the sources, with all that is in them.
    theirs = re.compile(r"\.rst|environment\.pickle|searchindex\.json")
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in built.out.rglob("*")
        if path.is_file() and not theirs.search(path.name)
    ]
    assert built.code == 0
    assert not any("halochat" in text or "112233" in text for text in texts)
    assert not any("#halo-chat" in text or "data-halo" in text for text in texts)
    assert not any(re.search("ChatButton|PageOptions|-button", text) for text in texts)
    assert all(any(w in text for text in texts) for w in ("talk", "Press", "Write"))


# What linkcheck will do with timeouts in a later Sphinx, it says on Sphinx 7.
@pytest.mark.filterwarnings("default::PendingDeprecationWarning")
@pytest.mark.filterwarnings("default::DeprecationWarning")
def test_linkcheck_reports_no_trigger(site):
    made = site(
        {"index.rst": f"{TITLE}Do :halo-chat:`talk`.\n\n.. halo-chat-button:: Us\n"}
    )
    built = made.build("linkcheck", "-W")
    assert (built.code, built.warnings) == (0, [])
