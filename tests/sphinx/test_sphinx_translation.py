from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

RST = """
Title
=====

.. halo-chat::

   language:
     send: Ask us
     ticket: Ask us
     unread_count: "@@@ *new"

.. halo-chat-button:: Talk *now*

Do :halo-chat:`write`.
"""
MARKDOWN = """
# Title

```{halo-chat}
language:
  send: Ask us
  ticket: Ask us
  unread_count: "@@@ *new"
```

```{halo-chat-button} Talk *now*
```

Do {halo-chat}`write`.
"""
GERMAN = {"Ask us": "Fragen Sie uns", "Talk *now*": "Reden Sie *jetzt*"}


@pytest.fixture(params=["index.rst", "index.md"])
def made(site, request):
    made = site(
        {request.param: {"index.rst": RST, "index.md": MARKDOWN}[request.param]}
    )
    made.conf = (
        "extensions.append('myst_parser')\n"
        "locale_dirs, gettext_compact = ['../locale'], False"
    )
    return made


def test_catalogue_lists_texts_with_their_location(made):
    built = made.build("gettext")
    with (built.out / "index.pot").open("rb") as file:
        catalog = read_po(file)
    places = {message.id: message.locations for message in catalog if message.id}
    assert {"Ask us", "@@@ *new", "Talk *now*"} < places.keys()
    assert [line for _, line in places["Talk *now*"]] in ([12], [11])
    assert built.warnings == []


def test_translations_are_on_the_page(made):
    catalog = Catalog(locale="de")
    for text, german in GERMAN.items():
        catalog.add(text, german)
    folder = made.folder / "locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "index.mo").open("wb") as file:
        write_mo(file, catalog)
    built = made.build("html", "-D", "language=de")
    texts = built.chat()["language"]
    assert texts["send"] == texts["ticket"] == "Fragen Sie uns"
    assert texts["unreadCount"] == "@@@ *new"
    assert 'href="#halo-chat">Reden Sie <em>jetzt</em></a></p>' in built.text(
        "index.html"
    )
    assert built.warnings == []


def test_reports_a_translation_that_cannot_be_used(made):
    catalog = Catalog(locale="de")
    catalog.add("@@@ *new", "neu")
    folder = made.folder / "locale/de/LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "index.mo").open("wb") as file:
        write_mo(file, catalog)
    (warning,) = made.build("html", "-D", "language=de").warnings
    assert "language.unread_count: expected a string that contains @@@" in warning
