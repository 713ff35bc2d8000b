"""What each builder reports: mistakes on pages, and names that lead nowhere."""

from __future__ import annotations

import pytest
from cases import only_with_full

pytestmark = [
    # Some builders themselves call what Sphinx 11 will drop.
    pytest.mark.filterwarnings("default::DeprecationWarning"),
    pytest.mark.filterwarnings("default::PendingDeprecationWarning"),
]

TITLE = "Title\n=====\n\n"
CONF = "html_static_path = ['_static']\nhtml_extra_path = ['extra']\n"
WRONG = {
    "index.rst": f"{TITLE}.. toctree::\n\n   a\n   b\n",
    "a.rst": (
        "A\n=\n\n.. halo-chat:: of\n   :icon-siez: 3\n\n   language: {sent: Go}\n\n"
        ".. halo-chat-button:: Talk\n   :send: openChat\n   :hrfe: b\n\n"
        "Do :halo-chat:`talk <javascript:x>`.\n\n"
        '.. raw:: html\n\n   <a data-halo-chat-send="openChat">x</a>\n'
    ),
    "b.rst": (
        "B\n=\n\n.. halo-chat::\n   :fallback-url: contcat\n   :icon: _static/chat.png\n"
        "\n.. halo-chat-button:: Talk\n   :href: gone.html\n\n"
        "Or :halo-chat:`write <a.md>`.\n"
    ),
    "contact.rst": ":orphan:\n\nContact\n=======\n",
    "_static/chat.svg": "<svg/>",
    "extra/ring.mp3": "",
}
OF_PAGES = [
    "a.rst:4: halo-chat: expected off for no chat, got 'of'; did you mean off for no "
    "chat? [halochat.directive]",
    "a.rst:4: halo-chat: icon-siez: unknown option, did you mean 'icon-size'? "
    "[halochat.directive]",
    "a.rst:4: halo-chat: language.sent: unknown text, did you mean 'send'? "
    "[halochat.directive]",
    "a.rst:9: halo-chat-button: send: expected one of 'initialize', 'openChatWindow', "
    "'closeChatWindow', 'loginStateChanged', 'toggleFullScreen', 'resize', "
    "'reposition', 'repositionBubble', 'upgradeAnonChat', 'toggleMenu', 'endChat', "
    "got 'openChat'; did you mean 'openChatWindow'? [halochat.directive]",
    "a.rst:9: halo-chat-button: hrfe: unknown option, did you mean 'href'? "
    "[halochat.directive]",
    "a.rst:13: halo-chat: href: expected an https address, a path in the site such as "
    "'contact/', or 'mailto:support@example.com', got 'javascript:x' "
    "[halochat.directive]",
    "a.rst:15: data-halo-chat-send: expected one of 'initialize', 'openChatWindow', "
    "'closeChatWindow', 'loginStateChanged', 'toggleFullScreen', 'resize', "
    "'reposition', 'repositionBubble', 'upgradeAnonChat', 'toggleMenu', 'endChat', "
    "got 'openChat'; did you mean 'openChatWindow'? [halochat.directive]",
    "b.rst:4: halo-chat: fallback_url: 'contcat' leads to no page or file of the site; "
    "did you mean 'contact.rst'? [halochat.link]",
    "b.rst:4: halo-chat: icon: '_static/chat.png' leads to no page or file of the site; "
    "use a page or file of the site, such as 'a' [halochat.link]",
    "b.rst:8: halo-chat-button: href: 'gone.html' leads to no page or file of the site; "
    "use a page or file of the site, such as 'a' [halochat.link]",
    "b.rst:11: halo-chat: href: 'a.md' leads to no page or file of the site; did you "
    "mean 'a.rst'? [halochat.link]",
]


def ours(built):
    lines = [line for line in built.warnings if "[halochat." in line]
    return [line.replace("WARNING: ", "") for line in lines]


# --- Every builder ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("builder", "arguments"),
    [
        ("html", ()),
        ("html", ("-j", "2")),
        ("dirhtml", ()),
        ("singlehtml", ()),
        ("dummy", ()),
        ("dummy", ("-j", "2")),
        ("linkcheck", ()),
        ("text", ()),
        ("latex", ()),
        ("man", ()),
        ("gettext", ()),
    ],
)
def test_every_builder_reports_problems_of_pages_once(site, builder, arguments):
    made = site(WRONG)
    made.conf = f"{CONF}man_pages = [('index', 'test', 'Test', 'Us', 1)]\n"
    built = made.build(builder, "-W", "--keep-going", *arguments)
    assert built.code == 1
    assert sorted(ours(built)) == sorted(OF_PAGES)


@pytest.mark.parametrize(
    "options",
    [{"enabled": False}, {"config_id": None}],
    ids=["off", "not configured"],
)
def test_site_without_chat_reports_problems_of_pages(site, options):
    made = site(WRONG, **options)
    made.conf = CONF
    reported = ours(made.build())
    assert sorted(line for line in reported if ".rst" in line) == sorted(OF_PAGES)


def test_second_builder_with_the_same_doctrees_reports_the_same(site):
    made = site(WRONG)
    made.conf = CONF
    made.build()
    folder = made.folder / "doctrees-html"
    assert sorted(ours(made.build("dummy", "-d", str(folder)))) == sorted(OF_PAGES)


def test_changed_page_is_reported_again(site):
    made = site(WRONG)
    made.conf = CONF
    made.build()
    assert ours(made.build()) == []
    made.write({"b.rst": WRONG["b.rst"] + "\nMore.\n"})
    assert sorted(ours(made.build())) == sorted(OF_PAGES[-4:])


# --- Links ------------------------------------------------------------------------

RIGHT = {
    "index.rst": f"{TITLE}.. toctree::\n\n   guide/index\n   guide/first\n",
    "guide/index.rst": f"{TITLE}.. halo-chat::\n   :fallback-url: guide/first#form\n",
    "guide/first.rst": (
        f"{TITLE}.. halo-chat-button:: A\n   :href: guide/first.rst\n\n"
        ".. halo-chat-button:: B\n   :href: index\n\n"
        ".. halo-chat-button:: C\n   :href: guide/index\n\n"
        ".. halo-chat-button:: D\n   :href: search.html\n\n"
        ".. halo-chat-button:: E\n   :href: ring.mp3?a=1#b\n\n"
        ":halo-chat:`F <guide/index#title>`\n"
    ),
    "_static/chat.svg": "<svg/>",
    "extra/ring.mp3": "",
    "logo.svg": "<svg/>",
}


def hrefs(built, page):
    parts = built.text(page).split('data-halo-chat-send="openChatWindow" href="')[1:]
    return [part.partition('"')[0] for part in parts]


@pytest.mark.parametrize(
    ("builder", "page", "expected"),
    [
        (
            "html",
            "guide/first.html",
            ["first.html", "../index.html", "index.html", "../search.html"],
        ),
        ("dirhtml", "guide/first/index.html", ["./", "../../", "../", "../../search/"]),
    ],
)
def test_names_of_sources_become_addresses(site, builder, page, expected):
    search = {"html": "search.html", "dirhtml": "search/"}[builder]
    files = {name: text.replace("search.html", search) for name, text in RIGHT.items()}
    made = site(
        files, icon="_static/chat.svg", sound="ring.mp3", fallback_url="guide/index"
    )
    made.conf = f"{CONF}html_logo = 'logo.svg'\n"
    built = made.build(builder, "-W")
    assert built.warnings == []
    *links, media, role = hrefs(built, page)
    root = {"html": "../", "dirhtml": "../../"}[builder]
    assert links == expected
    assert media == f"{root}ring.mp3?a=1#b"
    assert role == f"{expected[2]}#title"
    assert built.data(page)["fallback"] == expected[2]
    own = {"html": "first.html#form", "dirhtml": "first/#form"}[builder]
    folder = {"html": "guide/index.html", "dirhtml": "guide/index.html"}[builder]
    assert built.data(folder)["fallback"] == own


def test_singlehtml_links_to_the_section_of_a_source(site):
    made = site(
        {
            **RIGHT,
            "index.rst": RIGHT["index.rst"] + ".. halo-chat-button:: X\n"
            "   :href: guide/first\n\n.. halo-chat-button:: Y\n"
            "   :href: guide/first#form\n",
        }
    )
    made.conf = CONF
    built = made.build("singlehtml")
    assert [line for line in ours(built) if "search.html" not in line] == []
    assert hrefs(built, "index.html")[-2:] == [
        "index.html#document-guide/first",
        "index.html#form",
    ]


@pytest.mark.parametrize("builder", ["dummy", *only_with_full("linkcheck", "text")])
@pytest.mark.parametrize(
    "url",
    [
        "guide/first",
        "guide/first.rst",
        "guide/first.html",
        "guide/first/",
        "guide/first/index.html",
        "guide/",
        "guide/index.html",
        "extra.html",
        "search/",
        "ring.mp3",
        "_static/chat.svg",
        "_static/logo.svg",
        "_images/shot.png",
        "_modules/module.html",
        "https://example.com/nowhere",
        "mailto:us@example.com",
    ],
)
def test_other_builders_find_both_forms_of_pages(site, builder, url):
    made = site(RIGHT, fallback_url=url)
    made.conf = (
        f"{CONF}html_logo = 'logo.svg'\nhtml_additional_pages = {{'extra': 'e.html'}}\n"
    )
    built = made.build(builder, "-W")
    assert (built.code, built.warnings) == (0, [])


@pytest.mark.parametrize("builder", ["html", "dirhtml", "dummy", "linkcheck"])
def test_broken_link_of_the_site_is_reported_with_its_option(site, builder):
    made = site(
        RIGHT,
        fallback_url="guide/frist.html",
        icon="chat.svg",
        pages={"guide/**": {"sound": "rong.mp3"}},
    )
    made.conf = CONF
    built = made.build(builder)
    assert [line for line in built.warnings if "halochat_options" in line] == [
        "WARNING: halochat_options['icon']: 'chat.svg' leads to no page or file of the "
        "site; use a page or file of the site, such as 'guide/first' "
        "[halochat.config]",
        "WARNING: halochat_options['fallback_url']: 'guide/frist.html' leads to no page "
        "or file of the site; did you mean 'guide/first.rst'? [halochat.config]",
        "WARNING: halochat_options['pages.guide/**.sound']: 'rong.mp3' leads to no page "
        "or file of the site; use a page or file of the site, such as 'guide/first' "
        "[halochat.config]",
    ]


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_404_page_links_to_a_source_from_the_root(site, builder):
    made = site(RIGHT, fallback_url="guide/first")
    made.conf = f"{CONF}extensions.append('notfound.extension')\n"
    built = made.build(builder)
    (page,) = [path for path in built.pages() if path.startswith("404")]
    form = {"html": "guide/first.html", "dirhtml": "guide/first/"}[builder]
    assert built.data(page)["fallback"] == f"/en/latest/{form}"


# --- Patterns ---------------------------------------------------------------------


@pytest.mark.parametrize("builder", ["html", "dirhtml", "dummy"])
def test_reports_a_pattern_that_matches_no_page_once(site, builder):
    patterns = ["guide/first", "guide/index.html", "docs/guide/*.rst", "blgo/**"]
    made = site(RIGHT, pages={name: {"theme": "dark"} for name in patterns})
    made.conf = CONF
    lines = [line for line in made.build(builder).warnings if "pages" in line]
    assert [line.partition(": matches")[0] for line in lines] == [
        f"WARNING: halochat_options['pages.{name}']" for name in patterns
    ]
    assert [line.rpartition("; ")[2] for line in lines[:3]] == [
        "did you mean 'guide/first.rst'? [halochat.config]",
        "did you mean 'guide/index.rst'? [halochat.config]",
        "did you mean 'guide/*.rst'? [halochat.config]",
    ]


def test_accepts_a_pattern_for_pages_added_by_an_extension(site):
    made = site(
        RIGHT,
        pages={"tags/**": False, "search": False, "guide/frist.rst": False},
    )
    made.conf = f"""{CONF}
def setup(app):
    app.connect("html-collect-pages", lambda app: [("tags/a", {{}}, "page.html")])
"""
    wrong = (
        "WARNING: halochat_options['pages.guide/frist.rst']: matches no page; did you "
        "mean 'guide/first.rst'? [halochat.config]"
    )
    for builder in ("html", "dummy"):
        lines = made.build(builder).warnings
        assert [line for line in lines if "halochat_options" in line] == [wrong]


# --- Metadata and raw HTML --------------------------------------------------------


def test_reports_front_matter_without_an_effect(site):
    made = site(
        {
            "index.md": "---\ntitle: x\nhalo-chat: false\n---\n\n# Title\n",
            "a.rst": ":orphan:\n:halochat: off\n\nA\n=\n",
            "b.rst": ":orphan:\n:halochatt: off\n:hello: chat\n\nB\n=\n",
        }
    )
    made.conf = "extensions.append('myst_parser')"
    lines = ours(made.build("dummy"))
    assert lines.pop(1).startswith("b.rst:2: halochatt: options in the metadata ")
    assert lines == [
        "a.rst:2: halochat: options in the metadata of a page have no effect in Sphinx; "
        "write a directive instead, such as .. halo-chat:: off [halochat.directive]",
        "index.md:3: halo-chat: options in the metadata of a page have no effect in "
        "Sphinx; write a directive instead, such as ```{halo-chat} off``` "
        "[halochat.directive]",
    ]


def test_html_in_markdown_is_checked_and_other_raw_text_is_not(site):
    made = site(
        {
            "index.md": '# Title\n\n<a data-halo-chat-send="resise">a</a>\n\n'
            '<b data-halo-chat-send="resize">b</b>\n\n'
            '```{raw} latex\n<a data-halo-chat-send="resise">\n```\n'
        }
    )
    made.conf = "extensions.append('myst_parser')"
    (line,) = ours(made.build("dummy"))
    assert line.startswith("index.md:3: data-halo-chat-send: expected one of ")
    assert line.endswith("got 'resise'; did you mean 'resize'? [halochat.directive]")


# --- The line of an error in a body -----------------------------------------------

BROKEN = "theme: dark\nlanguage:\n  send: 'x\n"
INDENTED = BROKEN.replace("\n", "\n      ")


@pytest.mark.parametrize(
    ("files", "location"),
    [
        (
            {"index.rst": f"{TITLE}.. halo-chat::\n   :width: 300\n\n   theme: {{a\n"},
            "index.rst:7",
        ),
        (
            {
                "index.rst": f"{TITLE}* item\n\n  .. halo-chat::\n\n     a: 1\n     b: c: 2\n"
            },
            "index.rst:9",
        ),
        (
            {
                "index.rst": f"{TITLE}.. include:: part.txt\n",
                "part.txt": "text\n\n.. halo-chat::\n\n   a: 1\n   b: c: 2\n",
            },
            "part.txt:6",
        ),
        (
            {"index.md": "# T\n\n```{halo-chat}\ntheme: dark\nb: c: 2\n```\n"},
            "index.md:5",
        ),
        (
            {"index.md": "# T\n\n```{halo-chat}\n:width: 3\n\na: 1\nb: c: 2\n```\n"},
            "index.md:7",
        ),
        (
            {"index.md": "# T\n\n```{halo-chat}\n---\nwidth: 3\n---\nb: c: 2\n```\n"},
            "index.md:7",
        ),
        (
            {"index.md": "# T\n\n* a\n\n  ```{halo-chat}\n  a: 1\n  b: c: 2\n  ```\n"},
            "index.md:7",
        ),
    ],
)
def test_yaml_error_in_a_body_is_at_its_own_line(site, files, location):
    made = site(files)
    made.conf = "extensions.append('myst_parser')"
    lines = [line for line in ours(made.build("dummy")) if "expected YAML" in line]
    assert [line.partition(": ")[0] for line in lines] == [location]


# --- Names and switches -----------------------------------------------------------


def test_button_can_be_referred_to_by_its_name(site):
    text = (
        f"{TITLE}See :ref:`the button <talk-now>`.\n\n"
        ".. halo-chat-button:: Talk\n   :name: Talk now\n   :class: wide\n"
    ).replace("<talk-now>", "<talk now>")
    for number, options in enumerate(({}, {"pages": {"*": False}})):
        made = site({"index.rst": text}, **options)
        made.folder = made.folder / str(number)
        made.write({"index.rst": text})
        built = made.build("html", "-W")
        assert built.warnings == []
        assert 'href="#talk-now"' in built.text("index.html")
        assert built.text("index.html").count('id="talk-now"') == 1


@pytest.mark.parametrize("value", ["1", "true", "on"])
def test_preview_is_switched_on_by_the_command_line(site, value):
    built = site().build("html", "-D", f"halochat_options.preview={value}")
    assert built.warnings == []
    assert "/preview." in built.data()["script"]


@pytest.mark.parametrize("value", ["0", "false", ""])
def test_preview_is_off_or_not_set_by_the_command_line(site, value):
    built = site().build("html", "-D", f"halochat_options.preview={value}")
    assert built.warnings == []
    assert "/preview." not in built.data()["script"]


# --- Links on pages without chat --------------------------------------------------

LINKS = (
    "Do :halo-chat:`talk`, :halo-chat:`write <contact>`, `mail`_ or `#halo-chat`_.\n\n"
    ".. _mail: #halo-chat\n.. _#halo-chat: #halo-chat\n\n"
    ".. halo-chat-button:: Press\n   :href: contact\n"
)
CONTACT = ":orphan:\n\nContact\n=======\n"


def body(built):
    text = built.text("index.html").partition("<h1>Title")[2]
    return text.partition("\n")[2].partition("</section>")[0].strip()


def test_role_with_a_target_opens_the_chat_or_links_to_the_target(site):
    made = site({"index.rst": f"{TITLE}:halo-chat:`Talk <contact>`\n"})
    made.write({"contact.rst": CONTACT})
    assert body(made.build("html", "-W")) == (
        '<p><a class="halo-chat reference internal" '
        'data-halo-chat-send="openChatWindow" href="contact.html">Talk</a></p>'
    )
    made.options["enabled"] = False
    assert body(made.build("html", "-W")) == (
        '<p><a class="reference internal" href="contact.html">Talk</a></p>'
    )
    assert "Talk\n" in made.build("text", "-W").text("index.txt")


def test_page_without_chat_links_to_the_fallback_of_its_site(site):
    made = site(
        {"index.rst": TITLE + LINKS}, fallback_url="contact", pages={"i*": False}
    )
    made.write({"contact.rst": CONTACT})
    built = made.build("html", "-W")
    assert built.warnings == []
    to_contact = 'class="reference internal" href="contact.html"'
    other = 'class="reference external" href="contact.html"'
    assert body(built).startswith(
        f"<p>Do <a {to_contact}>talk</a>, <a {to_contact}>write</a>, "
        f"<a {other}>mail</a> or <a {other}>#halo-chat</a>.</p>"
    )
    assert built.data() == {
        "page": "index.html",
        "enabled": False,
        "fallback": "contact.html",
    }


def test_page_without_chat_and_fallback_has_texts_but_no_addresses(site):
    made = site({"index.rst": TITLE + LINKS}, pages={"i*": False})
    made.write({"contact.rst": CONTACT})
    built = made.build("html", "-W")
    assert body(built).startswith(
        '<p>Do talk, <a class="reference internal" href="contact.html">write</a>, mail '
        "or .</p>"
    )
    assert built.data() == {"page": "index.html", "enabled": False}


CARD = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

class Card(SphinxDirective):
    required_arguments = 1
    has_content = True

    def run(self):
        card = nodes.container()
        self.state.nested_parse(self.content, self.content_offset, card)
        hidden = nodes.inline("", self.arguments[0])
        classes = ["sd-stretched-link", "sd-hide-link-text"]
        card += nodes.reference("", "", hidden, refuri="#halo-chat", classes=classes)
        return [card]

def setup(app):
    app.add_directive("card", Card)
"""


@pytest.mark.parametrize("alternative", ["#halo-chat", "Talk"])
def test_page_without_chat_does_not_show_the_hidden_text_of_a_card(site, alternative):
    text = f"{TITLE}.. card:: {alternative}\n\n   Text\n"
    made = site({"index.rst": text}, pages={"i*": False})
    made.conf = CARD
    assert body(made.build("html", "-W")) == (
        '<div class="docutils container">\n<p>Text</p>\n</div>'
    )


# --- Copies of Halo's script ------------------------------------------------------

HALO = """\
   <script>var haloChatConfig = {configId: "1"}</script>
   <script src="https://halo.acme.test/chat/index.js"></script>
"""
COPY = (
    "<script>: this copy of Halo's script adds a second chat; remove it, because "
    "halochat adds the chat to every page"
)


@pytest.mark.parametrize("builder", ["html", "dummy"])
def test_reports_a_copy_of_halos_script_in_a_page(site, builder):
    made = site({"index.rst": f"{TITLE}.. raw:: html\n\n{HALO}"})
    assert ours(made.build(builder)) == [f"index.rst:4: {COPY} [halochat.directive]"]


def test_reports_a_copy_of_halos_script_in_the_theme_once(site):
    made = site({"index.rst": TITLE, "a.rst": f":orphan:\n\n{TITLE}"})
    made.conf = 'html_js_files = ["https://halo.acme.test/chat/index.js"]\n'
    assert ours(made.build()) == [f"theme, or html_js_files: {COPY} [halochat.config]"]


def test_accepts_halos_script_that_is_only_quoted(site):
    quoted = f"{TITLE}.. code-block:: html\n\n{HALO}"
    made = site({"index.rst": quoted}, load="snippet")
    assert ours(made.build()) == []
