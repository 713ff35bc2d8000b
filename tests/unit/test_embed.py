from __future__ import annotations

import json
from collections.abc import Mapping
from html.parser import HTMLParser

import pytest
from facts import HOSTILE

from halochat.assets import read_asset
from halochat.embed import (
    Embed,
    PageContext,
    Renderer,
    language_problems,
    render,
    vendor_script_url,
)
from halochat.languages import lookup, texts
from halochat.options import OPTIONS, PROPERTIES

STRINGS = {case["id"]: case["value"] for case in HOSTILE["strings"]}
del STRINGS["jwt"]

SITE = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "7",
    "config_key": "k",
}
CONFIG = {
    "chatServiceUrl": "https://halo.example.com/api",
    "configId": "7",
    "configKey": "k",
}
SCRIPT = "https://halo.example.com/chat/index.js"


def context(language: str = "en") -> PageContext:
    return PageContext(
        "guide/index.html",
        link=lambda path: f"../{path}",
        asset=lambda name: f"../assets/{name}",
        language=language,
    )


class Reader(HTMLParser):
    """The start tags of a piece of HTML, and the text in its scripts."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def loader_data(
    options: Mapping[str, object],
    where: PageContext | None = None,
    *,
    preview: bool = False,
) -> dict:
    head, body = render({**SITE, **options}, where or context(), preview=preview)
    assert body == ""
    tags = Reader(head).tags
    assert [name for name, _ in tags] == ["meta", "script"]
    return json.loads(tags[0][1]["content"] or "")


def loader_config(
    options: Mapping[str, object], where: PageContext | None = None
) -> dict:
    return loader_data(options, where)["haloChatConfig"]


def snippet_config(options: Mapping[str, object]) -> dict:
    head, body = render({**SITE, "load": "snippet", **options}, context())
    assert head == ""
    reader = Reader(body)
    assert [name for name, _ in reader.tags] == ["div", "script", "script"]
    prefix, _, text = reader.text.strip().partition(" = ")
    assert prefix == "var haloChatConfig"
    return json.loads(text)


# --- The two forms -------------------------------------------------------------


def test_loader_form_is_two_tags_in_the_head():
    name = read_asset("halochat").name
    bridge = read_asset("bridge").name
    assert render(SITE, context()) == Embed(
        head='<meta name="halo-chat" content="{'
        "&#34;page&#34;:&#34;guide/index.html&#34;,"
        "&#34;script&#34;:&#34;https://halo.example.com/chat/index.js&#34;,"
        "&#34;load&#34;:&#34;idle&#34;,&#34;timeout&#34;:15,"
        "&#34;texts&#34;:{&#34;lang&#34;:&#34;en&#34;,"
        "&#34;chat&#34;:&#34;Live Chat&#34;,&#34;open&#34;:&#34;Open chat&#34;,"
        "&#34;loading&#34;:&#34;Loading chat\\u2026&#34;,"
        "&#34;opened&#34;:&#34;Chat is open.&#34;,"
        "&#34;unavailable&#34;:&#34;Chat is not available right now.&#34;},"
        f"&#34;bridge&#34;:&#34;{bridge}&#34;,"
        "&#34;haloChatConfig&#34;:{"
        "&#34;chatServiceUrl&#34;:&#34;https://halo.example.com/api&#34;,"
        "&#34;configId&#34;:&#34;7&#34;,&#34;configKey&#34;:&#34;k&#34;}"
        '}" />\n'
        f'<script src="../assets/{name}" defer></script>',
        body="",
    )


def test_snippet_form_is_the_vendors_block_at_the_end_of_the_body():
    assert render({**SITE, "load": "snippet"}, context()) == Embed(
        head="",
        body='<div id="halo-chat"></div>\n'
        "<script>\n"
        'var haloChatConfig = {"chatServiceUrl":"https://halo.example.com/api",'
        '"configId":"7","configKey":"k"}\n'
        "</script>\n"
        '<script src="https://halo.example.com/chat/index.js"></script>',
    )


def test_disabled_page_informs_the_loader():
    head, body = render({**SITE, "enabled": False}, context())
    assert body == ""
    assert head.startswith(
        '<meta name="halo-chat" content="{&#34;page&#34;:&#34;guide/index.html&#34;,'
        '&#34;enabled&#34;:false}" />\n<script src="'
    )


def test_disabled_page_of_a_snippet_site_contains_nothing():
    assert render({**SITE, "enabled": False, "load": "snippet"}, context()) == Embed()


def test_path_and_addresses_of_a_page_are_escaped():
    where = PageContext('a"b&<c>.html', str, lambda name: f'x"{name}', "en")
    head = render(SITE, where).head
    tags = Reader(head).tags
    assert json.loads(tags[0][1]["content"] or "")["page"] == 'a"b&<c>.html'
    assert tags[1][1] == {"src": f'x"{read_asset("halochat").name}', "defer": None}


# --- Hostile values ------------------------------------------------------------


@pytest.mark.parametrize("identifier", STRINGS)
def test_hostile_string_arrives_unchanged_in_both_forms(identifier):
    value = STRINGS[identifier]
    given = {
        "config_key": value,
        "language": {"send": value},
        "extra": {"a": [value], f"x{value}": value},
    }
    for config in (loader_config(given), snippet_config(given)):
        assert config["configKey"] == value
        assert config["language"]["send"] == value
        assert config["a"] == [value]
        assert config[f"x{value}"] == value


def test_all_hostile_strings_arrive_at_once():
    given = {"extra": {f"x{value}": value for value in STRINGS.values()}}
    for config in (loader_config(given), snippet_config(given)):
        assert config == {**CONFIG, **given["extra"]}


@pytest.mark.parametrize("load", ["idle", "snippet"])
def test_embed_is_ascii_without_a_tag_among_the_values(load):
    values = {f"x{value}": value for value in STRINGS.values()}
    head, body = render({**SITE, "load": load, "extra": values}, context())
    assert (head + body).isascii()
    assert (head + body).count("<") == (3 if load == "idle" else 6)


# --- What is sent --------------------------------------------------------------


def test_sends_only_properties_that_are_set():
    assert loader_config({}) == snippet_config({}) == CONFIG


def test_properties_are_sent_in_the_order_of_the_table():
    given = {
        option.name: {"a": 1} if option.name.endswith("styles") else "x"
        for option in reversed(PROPERTIES)
        if option.name != "language"
    }
    given["language"] = "en"
    keys = [option.key for option in PROPERTIES]
    assert list(loader_config(given)) == keys
    assert list(snippet_config(given)) == keys


@pytest.mark.parametrize("value", [False, 0, {}, ""])
def test_sends_a_property_with_any_value_if_it_is_set(value):
    assert loader_config({"debug": value}) == {**CONFIG, "debug": value}


def test_sends_extra_unchanged_after_the_other_properties():
    extra = {"bubble_shape": {"a_b": None}, "x-y": [1]}
    assert loader_config({"extra": extra}) == {**CONFIG, **extra}
    assert list(snippet_config({"extra": extra})) == [*CONFIG, "bubble_shape", "x-y"]


def test_sends_the_loader_only_options_that_differ_from_the_defaults():
    assert list(loader_data({})) == [
        "page",
        "script",
        "load",
        "timeout",
        "texts",
        "bridge",
        "haloChatConfig",
    ]
    off = {"consent": False, "hosts": [], "analytics": "none"}
    assert loader_data(off) == loader_data({})


def test_sends_the_loader_its_own_options():
    given = {
        "load": "click",
        "timeout": 30,
        "consent": True,
        "hosts": ["docs.example.com"],
        "analytics": "gtag",
        "identity": "shop.token",
    }
    data = loader_data(given)
    assert {name: data[name] for name in given} == given
    assert data["haloChatConfig"] == CONFIG


def test_sends_the_widget_no_option_of_the_loader():
    ours = {"load", "timeout", "consent", "hosts", "analytics", "identity", "enabled"}
    given = {name: OPTIONS[name].default or "x" for name in ours}
    assert loader_config(given) == CONFIG


# --- Addresses -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("endpoint", "script"),
    [
        ("https://h.example/api", "https://h.example/chat/index.js"),
        ("https://h.example/api/", "https://h.example/chat/index.js"),
        ("https://h.example", "https://h.example/chat/index.js"),
        ("https://h.example/", "https://h.example/chat/index.js"),
        ("https://h.example/API", "https://h.example/API/chat/index.js"),
        ("https://h.example/a/b/api", "https://h.example/a/b/chat/index.js"),
        ("https://h.example/a/b/", "https://h.example/a/b/chat/index.js"),
        ("https://h.example/api/api", "https://h.example/api/chat/index.js"),
        ("https://h.example/myapi", "https://h.example/myapi/chat/index.js"),
        ("https://h.example:8443/api", "https://h.example:8443/chat/index.js"),
        ("https://api", "https://api/chat/index.js"),
    ],
)
def test_script_is_beside_the_api(endpoint, script):
    options = {**SITE, "chat_service_url": endpoint}
    assert vendor_script_url(options) == script
    assert loader_data(options)["script"] == script
    assert loader_config(options)["chatServiceUrl"] == endpoint


def test_script_can_be_on_another_host():
    given = {"script_url": "https://cdn.example.com/chat.js?v=1"}
    assert loader_data(given)["script"] == given["script_url"]
    body = render({**SITE, **given, "load": "snippet"}, context()).body
    assert body.endswith('<script src="https://cdn.example.com/chat.js?v=1"></script>')


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("images/chat.svg", "../images/chat.svg"),
        ("https://cdn.example.com/chat.svg", "https://cdn.example.com/chat.svg"),
    ],
)
def test_writes_paths_in_the_site_relative_to_the_page(address, sent):
    data = loader_data({"icon": address, "sound": address, "fallback_url": address})
    assert data["haloChatConfig"]["icon"] == sent
    assert data["haloChatConfig"]["sound"] == sent
    assert data["fallback"] == sent
    assert snippet_config({"icon": address})["icon"] == sent


@pytest.mark.parametrize(
    ("options", "media"),
    [
        ({}, None),
        ({"icon": "https://cdn.example.com/chat.svg"}, None),
        ({"icon": "images/chat.svg"}, ["icon"]),
        ({"icon": "chat.svg", "sound": "ping.mp3"}, ["icon", "sound"]),
        ({"sound": "ping.mp3", "fallback_url": "contact/"}, ["sound"]),
    ],
)
def test_sends_the_loader_the_names_of_path_properties(options, media):
    assert loader_data(options).get("media") == media
    assert snippet_config(options).get("media") is None


def test_keeps_a_mail_address_unchanged():
    given = {"fallback_url": "mailto:support@example.com"}
    assert loader_data(given)["fallback"] == "mailto:support@example.com"


# --- Preview -------------------------------------------------------------------


@pytest.mark.parametrize("load", ["idle", "snippet"])
def test_preview_widget_replaces_the_script_of_the_vendor(load):
    options = {**SITE, "load": load, "hosts": ["docs.example.com"]}
    script = f"../assets/{read_asset('preview').name}"
    embed = render(options, context(), preview=True)
    assert script in embed.head + embed.body
    assert SCRIPT not in embed.head + embed.body
    assert "docs.example.com" not in embed.head


# --- Language ------------------------------------------------------------------


def test_sends_no_texts_unless_set():
    assert "language" not in loader_config({}, context("de"))
    assert "language" not in loader_config({"language": {}}, context("de"))


@pytest.mark.parametrize(
    ("language", "of_page", "tag"),
    [
        ("de", "en", "de"),
        ("de-AT", "en", "de"),
        ("auto", "fr-CA", "fr"),
        ("auto", "zh_TW", "zh-Hant"),
        ("auto", "tlh", "en"),
        ("auto", "", "en"),
        ("tlh", "de", "en"),
        ("en", "de", "en"),
    ],
)
def test_language_sends_all_texts(language, of_page, tag):
    data = loader_data({"language": language}, context(of_page))
    sent = data["haloChatConfig"]["language"]
    assert sent == texts(tag).widget
    assert list(sent) == list(texts("en").widget)
    assert len(sent) == 25
    assert data["texts"]["open"] == texts(tag).loader["open"]


@pytest.mark.parametrize("load", ["idle", "snippet"])
@pytest.mark.parametrize("language", ["auto", {"": "auto", "send": "Go"}])
def test_reports_a_page_language_without_texts(language, load):
    options = {**SITE, "language": language, "load": load}
    (note,) = language_problems(options, context("tlh"))
    assert note.severity == "info"
    assert str(note).startswith(
        "language: auto: no texts in 'tlh', so English is used; available: ar, bg"
    )
    assert not language_problems(options, context("de-AT"))
    assert not language_problems({**options, "enabled": False}, context("tlh"))


@pytest.mark.parametrize("language", [None, "tlh", {"send": "Go"}])
def test_reports_nothing_if_the_page_language_is_not_used(language):
    options = {**SITE, **({"language": language} if language else {})}
    assert not language_problems(options, context("tlh"))


@pytest.mark.parametrize(
    ("language", "tag"),
    [
        ({"send": "Go"}, "en"),
        ({"": "de", "send": "Go"}, "de"),
        ({"": "auto", "send": "Go"}, "fr"),
        ({"": "tlh", "send": "Go"}, "en"),
    ],
)
def test_single_texts_override_those_of_the_language(language, tag):
    data = loader_data({"language": language}, context("fr"))
    assert data["haloChatConfig"]["language"] == {**texts(tag).widget, "send": "Go"}
    assert data["texts"]["open"] == texts(tag).loader["open"]


@pytest.mark.parametrize(
    ("options", "beyond"),
    [
        ({}, set()),
        ({"consent": True}, {"consent"}),
        ({"fallback_url": "contact/"}, {"fallback"}),
        ({"consent": True, "fallback_url": "contact/"}, {"consent", "fallback"}),
    ],
)
def test_sends_the_loader_only_the_texts_it_can_show(options, beyond):
    names = {"open", "loading", "opened", "unavailable"} | beyond
    for tag in ("en", "de"):
        chat = {"lang": tag, "chat": texts(tag).widget["liveChatName"]}
        own = {name: texts(tag).loader[name] for name in names}
        assert loader_data({**options, "language": tag})["texts"] == {**chat, **own}


def test_sends_texts_of_the_preview_only_with_the_preview():
    assert "preview" not in loader_data({"language": "de"})["texts"]
    previewing = loader_data({"language": "de"}, preview=True)
    assert previewing["texts"]["preview"] == texts("de").preview


def test_snippet_sends_the_same_texts():
    assert snippet_config({"language": "de"})["language"] == texts("de").widget


@pytest.mark.parametrize(
    ("tag", "found"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("de_DE.utf8", "de"),
        ("de-CH-1996", "de"),
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-Hant-HK", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh_TW", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("pt", "pt-BR"),
        ("pt-PT", "pt-PT"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("iw", "he"),
        ("tlh", None),
        ("", None),
        ("../en", None),
        ("e", None),
    ],
)
def test_language_is_looked_up_by_dropping_subtags_from_the_end(tag, found):
    assert lookup(tag) == found


def test_pages_with_the_same_options_differ_only_in_page_data() -> None:
    renderer = Renderer({**SITE, "fallback_url": "help/", "language": "auto"})
    contexts = [
        PageContext(path, f"{root}{{}}".format, f"{root}assets/{{}}".format, language)
        for path, root, language in [
            ('a".html', "", "en"),
            ("b.html", "", "en"),
            ("c/d.html", "../", "en"),
            ("e.html", "", "de"),
        ]
    ]
    for preview in (False, True):
        for page in (*contexts, *contexts):
            expected = render(renderer.options, page, preview=preview)
            assert renderer.render(page, preview=preview) == expected
    assert (
        "{&#34;page&#34;:&#34;a\\&#34;.html&#34;," in renderer.render(contexts[0]).head
    )
