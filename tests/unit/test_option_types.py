from __future__ import annotations

import random
import re
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from facts import HOSTILE

from halochat import css, option_types, urls
from halochat.config_files import read_text
from halochat.css import STYLES
from halochat.languages import LANGUAGE
from halochat.naming import camel_case, normalize_name, suggest
from halochat.option_types import OptionType
from halochat.options import OPTIONS
from halochat.problems import format_key, format_value, path_key

STYLE_CASES = HOSTILE["styles"]
HUGE = 1 << 20_000
NAMED_HINT = "it is sent unchanged, but Halo documents hex colors only"
COMMENT_HINT = (
    "YAML reads # as the start of a comment, so put quotes around a value with #; "
    "if the value comes from an environment variable, set the variable"
)
NUMBER_HINT = "put quotes around it: YAML reads 0123 as 83, and 1:30 as 90"
BOOLEAN_HINT = "put quotes around it: YAML reads on, off, yes and no as true or false"


def printed(type_: OptionType, value: object) -> list[str]:
    """Return the problems of a value; warnings have a `~` before them."""
    signs = {"error": "", "warning": "~"}
    return [f"{signs[problem.severity]}{problem}" for problem in type_.check(value)]


def accepted(type_: OptionType, value: object) -> bool:
    return not list(type_.check(value))


# --- Values and names in messages ----------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a'b", '"a\'b"'),
        ("x" * 58, "'" + "x" * 58 + "'"),
        ("x" * 59, "'" + "x" * 56 + "..."),
        ("eyJhbGciOiJIUzI1", "'...'"),
        ("user:word@host", "'...@host'"),
        (12, "12"),
        (None, "no value"),
        ({"a": 1}, "a mapping"),
        ([1], "a list"),
        ((1,), "a list"),
        ({1}, "a set"),
        (b"hi", "bytes"),
    ],
)
def test_formats_a_container_without_its_content(value, shown):
    assert format_value(value) == shown


def test_describes_a_huge_number_in_words():
    assert format_value(HUGE) == format_key(HUGE) == "a huge number"


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("a.b", "a.b"),
        ("a\nb", r"'a\nb'"),
        (None, "null"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "'" + "x" * 56 + "..."),
    ],
)
def test_formats_a_name_on_one_line(name, spelt):
    assert format_key(name) == spelt


def test_keeps_a_string_as_part_of_a_path():
    assert path_key("a\nb") == "a\nb"
    assert path_key(1) == "1"


def test_names_are_compared_without_case_hyphens_and_underscores():
    assert (
        normalize_name("Chat-Service_Url")
        == normalize_name("chatServiceURL")
        == "chatserviceurl"
    )


def test_suggests_the_known_spelling_of_a_similar_name():
    assert suggest("chatserviceurll", ["chat_service_url"]) == "chat_service_url"
    assert suggest("zzz", ["chat_service_url"]) is None


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("persist_chat_token", "persistChatToken"),
        ("border-radius", "borderRadius"),
        ("borderRadius", "borderRadius"),
        ("-webkit-mask", "WebkitMask"),
        ("colour", "colour"),
    ],
)
def test_camel_case_matches_the_spelling_in_scripts(name, script):
    assert camel_case(name) == script


# --- YAML's traps, from the text an author writes ------------------------------


@pytest.mark.parametrize(
    ("snippet", "message"),
    [
        (
            "colour: #E83C4A",
            f"expected a hex color such as '#E83C4A', got no value; {COMMENT_HINT}",
        ),
        ("config_id: 0123", f"expected a string, got 83; {NUMBER_HINT}"),
        ("config_id: 1:30", f"expected a string, got 90; {NUMBER_HINT}"),
        ("config_id: 1_000", f"expected a string, got 1000; {NUMBER_HINT}"),
        ("config_id: 1.0", f"expected a string, got 1.0; {NUMBER_HINT}"),
        (
            "config_id: 12345678901234567890",
            f"expected a string, got 12345678901234567890; {NUMBER_HINT}",
        ),
        (
            f"config_id: 0x{'F' * 5_000}",
            f"expected a string, got a huge number; {NUMBER_HINT}",
        ),
        (
            "config_id: 2024-01-01",
            "expected a string, got a date; put quotes around it",
        ),
        ("config_key: !!binary aGk=", "expected a string, got bytes"),
        ("config_key: ''", "expected a string, got ''; it must not be empty"),
        ("config_key: ' '", "expected a string, got ' '; it must not be empty"),
        ("config_key: [a]", "expected a string, got a list"),
        ("config_key: {a: b}", "expected a string, got a mapping"),
        (
            "theme: off",
            "expected one of 'light', 'dark', 'auto', got false",
        ),
        ("position: 1", f"expected {OPTIONS['position'].type.label}, got 1"),
        (
            "analytics: off",
            f"expected {OPTIONS['analytics'].type.label}, got false; did you mean "
            "'none'?",
        ),
        ("analytics: on", f"expected {OPTIONS['analytics'].type.label}, got true"),
        ("icon: false", f"expected {OPTIONS['icon'].type.label}, got false"),
        (
            "language: no",
            (
                "expected a language tag such as 'de', 'auto', or a mapping of texts, "
                f"such as {{send: Submit}}, got false; {BOOLEAN_HINT}"
            ),
        ),
        ("width: .nan", "expected a positive whole number of pixels, got nan"),
        ("width: 1.0", "expected a positive whole number of pixels, got 1.0"),
        ("width: yes", "expected a positive whole number of pixels, got true"),
        (
            "width: '400'",
            "expected a positive whole number of pixels, got '400'; did you mean 400, "
            "without quotes?",
        ),
        (
            "width: 400px",
            "expected a positive whole number of pixels, got '400px'; did you mean 400, "
            "without a unit?",
        ),
        (
            "icon_size: 50 %",
            "expected a whole number from 1 to 100 (percent), got '50 %'; did you mean 50, without a unit?",
        ),
        ("width: 0px", "expected a positive whole number of pixels, got '0px'"),
        ("width: 40em", "expected a positive whole number of pixels, got '40em'"),
        ("width: -4px", "expected a positive whole number of pixels, got '-4px'"),
        (
            "debug: 'On'",
            "expected true or false, got 'On'; did you mean true, without quotes?",
        ),
        (
            "colour: E83C4A",
            "expected a hex color such as '#E83C4A', got 'E83C4A'; did you mean "
            "'#E83C4A'?",
        ),
        (
            "width: 9007199254740992",
            "expected a positive whole number of pixels, got 9007199254740992",
        ),
        ("debug: 1", "expected true or false, got 1"),
        ("debug:", "expected true or false, got no value"),
        ("preview: 1", "expected 'auto', true or false, got 1"),
        (
            "hosts: docs.example.com",
            (
                "expected a list of host names such as ['docs.example.com'], "
                "got 'docs.example.com'"
            ),
        ),
    ],
)
def test_explains_a_pitfall_of_yaml_and_its_fix(snippet, message):
    ((name, value),) = yaml.safe_load(snippet).items()
    assert printed(OPTIONS[name].type, value) == [message]


@pytest.mark.parametrize(
    ("name", "value", "meant"),
    [
        ("fallback_url", "/contact/", "contact/"),
        ("fallback_url", "../../contact.md", "contact.md"),
        ("fallback_url", "./contact.md", "contact.md"),
        ("fallback_url", "docs\\contact.md", "docs/contact.md"),
        ("fallback_url", " contact.md\n", "contact.md"),
        ("fallback_url", "\u201ccontact/\u201d", "contact/"),
        ("fallback_url", "\xfcber uns.md", "%C3%BCber%20uns.md"),
        ("fallback_url", "a\ud800", "a%3F"),
        ("fallback_url", "http://acme.com", "https://acme.com"),
        ("fallback_url", "//acme.com/a", "https://acme.com/a"),
        ("icon", "/images/chat.svg", "images/chat.svg"),
        ("chat_service_url", "halo.acme.com/api", "https://halo.acme.com/api"),
        ("chat_service_url", "http://halo.acme.com/api", "https://halo.acme.com/api"),
        (
            "chat_service_url",
            "https://halo.acme.com/chat/index.js",
            "https://halo.acme.com/api",
        ),
        (
            "chat_service_url",
            "https://halo.acme.com/api?tenant=a",
            "https://halo.acme.com/api",
        ),
    ],
)
def test_suggests_the_url_that_an_odd_one_stands_for(name, value, meant):
    (message,) = printed(OPTIONS[name].type, value)
    assert message.endswith(f"; did you mean '{meant}'?")


@pytest.mark.parametrize(
    ("host", "remedy"),
    [
        ("https://docs.acme.com:8000/en", "; did you mean 'docs.acme.com'?"),
        ("docs.acme.com/en", "; did you mean 'docs.acme.com'?"),
        ("https://me:pass@docs.acme.com", ""),
        ("*.acme.com", ""),
    ],
)
def test_suggests_the_host_name_of_a_url(host, remedy):
    (message,) = printed(OPTIONS["hosts"].type, [host])
    assert message.endswith(f"{host.replace('me:pass', '...')}'{remedy}")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "tel:+49123", "C:\\a.md", "[a](a.md)", "{{ url }}"]
)
def test_suggests_nothing_for_a_url_that_is_not_supported(url):
    (message,) = printed(OPTIONS["fallback_url"].type, url)
    assert message.endswith(f"got {url!r}")


@pytest.mark.parametrize(
    ("snippet", "key", "hint"),
    [
        ("bubble_styles: {resize: off}", "resize", BOOLEAN_HINT),
        ("language: {send: on}", "send", BOOLEAN_HINT),
        ("language: {send: 1:30}", "send", NUMBER_HINT),
    ],
)
def test_explains_a_pitfall_of_yaml_inside_a_mapping(snippet, key, hint):
    ((name, value),) = yaml.safe_load(snippet).items()
    (message,) = printed(OPTIONS[name].type, value)
    assert message.startswith(f"{key}: expected a string")
    assert message.endswith(f"; {hint}")


# --- Closed lists, numbers, switches -------------------------------------------


@pytest.mark.parametrize(
    ("value", "end"),
    [
        ("bottom_left", "got 'bottom_left'; did you mean 'bottom-left'?"),
        ("Top-Right", "got 'Top-Right'; did you mean 'top-right'?"),
        ("middle", "got 'middle'"),
    ],
)
def test_refused_choice_gets_a_suggestion(value, end):
    (message,) = printed(OPTIONS["position"].type, value)
    assert message == (
        "expected one of 'top-left', 'top-right', 'bottom-left', 'bottom-right', " + end
    )


@pytest.mark.parametrize("value", [[], {}, ["light"], 0, b"light"])
def test_choice_accepts_only_a_string(value):
    assert not accepted(OPTIONS["theme"].type, value)


@pytest.mark.parametrize(
    ("name", "edges", "beyond"),
    [
        ("width", (1, option_types.MAX_INTEGER), (0, -1, option_types.MAX_INTEGER + 1)),
        ("icon_size", (1, 100), (0, 101)),
        ("timeout", (1, 600), (0, 601)),
        ("hide_bubble_inactivity_seconds", (0, option_types.MAX_INTEGER), (-1,)),
    ],
)
def test_accepts_numbers_up_to_their_limits(name, edges, beyond):
    kind = OPTIONS[name].type
    assert [accepted(kind, edge) for edge in edges] == [True, True]
    assert not any(accepted(kind, value) for value in beyond)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("width", "400", 400),
        ("width", "-1", -1),
        ("width", "007", 7),
        ("width", "4e2", "4e2"),
        ("width", "\u0664", "\u0664"),
        ("width", "1" * 17, "1" * 17),
        ("debug", "", True),
        ("debug", "Yes", True),
        ("debug", "on", True),
        ("debug", "TRUE", True),
        ("debug", "no", False),
        ("debug", "off", False),
        ("debug", "False", False),
        ("debug", "1", True),
        ("debug", "0", False),
        ("debug", "2", "2"),
        ("preview", "auto", "auto"),
        ("preview", "false", False),
        ("config_id", "0123", "0123"),
        ("language", "no", "no"),
        ("hosts", "a.example, b.example,", ["a.example", "b.example"]),
        ("hosts", "", None),
    ],
)
def test_reads_a_line_of_text(name, text, value):
    assert read_text(name, text) == value
    assert type(read_text(name, text)) is type(value)


def test_mappings_cannot_be_written_on_one_line():
    assert {
        name for name, option in OPTIONS.items() if option.type.from_text is None
    } == {
        "bubble_container_styles",
        "bubble_styles",
        "window_styles",
        "pages",
        "extra",
    }


@pytest.mark.parametrize("value", ["chatToken", "shop.chatToken", "$._a1.b"])
def test_identity_is_a_dotted_name(value):
    assert accepted(OPTIONS["identity"].type, value)


@pytest.mark.parametrize(
    "value", ["", "a.", ".a", "a..b", "1a", "a()", "a b", "\u00e9", "a\n", "a\u0664"]
)
def test_identity_refuses_anything_but_a_dotted_name(value):
    (message,) = printed(OPTIONS["identity"].type, value)
    assert message == (
        "expected the name of a JavaScript function such as "
        f"'shop.chatToken', got {value!r}"
    )


# --- Colours -------------------------------------------------------------------


@pytest.mark.parametrize("value", ["#abc", "#abcd", "#E83C4A", "#E83C4A80"])
def test_accepts_a_hex_colour(value):
    assert accepted(css.COLOUR, value)


@pytest.mark.parametrize("value", ["tomato", "DarkRed"])
def test_warns_about_a_named_colour(value):
    assert printed(css.COLOUR, value) == [
        f"~expected a hex color such as '#E83C4A', got {value!r}; {NAMED_HINT}"
    ]


@pytest.mark.parametrize(
    "value",
    ["#12345", "E83C4", "#E83C4G", "rgb(1,2,3)", "red;", "", "#abc\n", "a" * 25],
)
def test_refuses_other_colours(value):
    assert printed(css.COLOUR, value) == [
        f"expected a hex color such as '#E83C4A', got {value!r}"
    ]


# --- Addresses -----------------------------------------------------------------

GOOD_ENDPOINTS = """
https://halo.example.com https://halo.example.com/ https://halo.example.com/api
https://halo.example.com/api/ https://a.b.c.example:8443/prefix/api
https://xn--bcher-kva.example/api https://1and1.example https://127.0.0.1.example
https://0x7f.example https://example.0x7g https://halo:65535 https://halo:1
http://localhost http://localhost:8000/api http://127.0.0.1:8000/api
https://h.example/a.b/..c/...;x=1,2!$&()*+:~_-
""".split()

BAD_ENDPOINTS = [
    "",
    " ",
    "https:",
    "https://",
    "https:///halo.example.com",
    "https:/halo.example.com",
    "https:halo.example.com",
    "//halo.example.com",
    "halo.example.com",
    "HTTPS://halo.example.com",
    "http://halo.example.com",
    "http://localhost.evil.test",
    "http://127.0.0.1.evil.test",
    "http://127.0.0.2",
    "http://localhost:0",
    "ftp://halo.example.com",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://good.test\\@evil.test",
    "https://good.test@evil.test",
    "https://user:pass@good.test",
    "https://good.test/@evil.test",
    "\\\\evil.test",
    "https:\\\\evil.test",
    "https://good.test\\.evil.test",
    "https://good.test\t/api",
    "ht\ntps://good.test",
    "https://good.test\n",
    "https://good.test\r\n",
    " https://good.test",
    "https://good.test ",
    "https://good .test",
    "https://good%2etest",
    "https://good.test/%2e%2e/x",
    "https://good.test/%61pi",
    "https://good.test/\u00e9",
    "https://\uff47ood.test",
    "https://go\u00adod.test",
    "https://good\u3002test",
    "https://b\u00fccher.example",
    "https://127.1",
    "https://0x7f.1",
    "https://1.2.3.4",
    "https://1.2.3.0x",
    "https://good.0x7F",
    "https://good.1",
    "https://2130706433",
    "https://0x7f000001",
    "https://[::1]",
    "https://[::1]/api",
    "https://1?x",
    "https://1#x",
    "https://good.test:0",
    "https://good.test:65536",
    "https://good.test:99999",
    "https://good.test:080",
    "https://good.test:123456",
    "https://good.test:",
    "https://good.test:/api",
    "https://good.test:80:80",
    "https://good.test:x",
    "https://good.test.",
    "https://good.test./api",
    "https://.good.test",
    "https://good..test",
    "https://-good.test",
    "https://good-.test",
    "https://go_od.test",
    "https://" + "a" * 64 + ".test",
    "https://" + "a." * 126 + "ab",
    "https://good.test/.",
    "https://good.test/..",
    "https://good.test/a/../api",
    "https://good.test/./api",
    "https://good.test//api",
    "https://good.test/api//",
    "https://good.test/a?x",
    "https://good.test/a#x",
    "https://good.test?x",
    "https://good.test/a'b",
    'https://good.test/a"b',
    "https://good.test/<b>",
    "https://good.test/{b}",
    "https://good.test/[b]",
    "https://good.test/a|b",
    "https://good.test/a^b",
    "https://good.test/a`b",
    "https://good.test/\x00",
    "https://good.test/\x7f",
    "https://good.test/" + "a" * (2049 - len("https://good.test/")),
]


@pytest.mark.parametrize("url", GOOD_ENDPOINTS)
def test_accepts_a_plain_endpoint(url):
    assert accepted(urls.ENDPOINT, url)


@pytest.mark.parametrize("url", BAD_ENDPOINTS)
def test_refuses_an_odd_endpoint(url):
    (message,) = printed(urls.ENDPOINT, url)
    assert message.startswith(
        "expected an https address such as 'https://halo.example.com/api', got "
    )


def test_longest_address_has_2048_characters():
    assert accepted(
        urls.ENDPOINT,
        "https://good.test/" + "a" * (2048 - len("https://good.test/")),
    )


@pytest.mark.parametrize(
    "url",
    ["https://h.test/chat/index.js", "https://h.test/x.js?v=1#a", "https://h.test/x?."],
)
def test_script_is_an_address_with_a_path(url):
    assert accepted(urls.SCRIPT, url)


@pytest.mark.parametrize(
    "url",
    [
        "https://h.test",
        "https://h.test/",
        "https://h.test/chat/",
        "https://h.test?x",
        "https://h.test/a/..?x",
        "https://h.test/a/..#x",
        "https://h.test/.?x",
        "https://h.test/a/../b.js",
        "chat/index.js",
        "https://1.2.3.4/x.js",
    ],
)
def test_refuses_a_script_without_a_plain_path(url):
    assert not accepted(urls.SCRIPT, url)


GOOD_SITE_PATHS = """
images/chat.svg chat.svg contact/ a/b/c.mp3?v=1#x contact/#form a%20b.svg ...x
a/b:c @x %20
""".split()

BAD_LINKS = [
    "",
    "/images/chat.svg",
    "../chat.svg",
    "./chat.svg",
    "a/../b",
    "a/..",
    "a/..?x",
    "a/..#x",
    "a/%2e%2e/b",
    "%2e",
    "%2E./x",
    ".%2e",
    "a//b",
    "//evil.test/x.svg",
    "\\\\evil.test",
    "a\\b",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:image/svg+xml,x",
    "vbscript:x",
    "blob:x",
    "https://good.test@evil.test/x",
    "https:///evil.test",
    "https://good.test/a/../b",
    "https://good.test/a/%2e%2E/b",
    "https://1?x",
    "http://good.test/x",
    "a b.svg",
    "caf\u00e9.svg",
    "?x",
    "#x",
]


@pytest.mark.parametrize("kind", [urls.MEDIA, urls.LINK])
@pytest.mark.parametrize("url", GOOD_SITE_PATHS)
def test_accepts_and_recognizes_a_path_in_the_site(kind, url):
    assert accepted(kind, url)
    assert urls.is_site_path(url)


@pytest.mark.parametrize("kind", [urls.MEDIA, urls.LINK])
@pytest.mark.parametrize(
    "url", ["https://h.test", "https://h.test/a%20b@c?x=%2F#y", "http://localhost:1/x"]
)
def test_accepts_a_full_address_that_is_not_a_path_in_the_site(kind, url):
    assert accepted(kind, url)
    assert not urls.is_site_path(url)


@pytest.mark.parametrize("kind", [urls.MEDIA, urls.LINK])
@pytest.mark.parametrize("url", BAD_LINKS)
def test_refuses_an_odd_link(kind, url):
    assert not accepted(kind, url)


def test_only_a_link_can_be_a_mail_address():
    mail = "mailto:support+docs@example.com?subject=Chat"
    assert accepted(urls.LINK, mail)
    assert not urls.is_site_path(mail)
    assert not accepted(urls.MEDIA, mail)


@pytest.mark.parametrize("mail", ["mailto:", "mailto:a", "mailto:a@1.2.3.4", "tel:1"])
def test_refuses_an_odd_mail_address(mail):
    assert not accepted(urls.LINK, mail)


@pytest.mark.parametrize("name", ["docs.example.com", "localhost", "127.0.0.1"])
def test_accepts_a_host_name(name):
    assert accepted(OPTIONS["hosts"].type, [name])


@pytest.mark.parametrize(
    "name",
    [
        "https://a.test",
        "a.test:80",
        "a.test/",
        "*.a.test",
        "1.2.3.4",
        "a.test\n",
        "",
        1,
    ],
)
def test_refuses_an_odd_host_with_its_position(name):
    assert printed(OPTIONS["hosts"].type, ["a.test", name])[0].startswith(
        "[1]: expected a host name such as 'docs.example.com', got "
    )


SEEDS = [*GOOD_ENDPOINTS, "https://good.test/a/b.js?x=1#y"]
INSERTS = [
    *"\\@:/?#%.[]|^<>'\"` \t\n\r\x00\u00ad\u3002\uff0f\uff20;,-_0129axX",
    *["//", "..", "%2e", "%2f", "%40", ":0", ":80", "0x7f", "127.1", "@evil.test"],
    *["\\@evil.test", "https://", "\u2100", "xn--", "/../", "&#64;"],
]


def mutated(url: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 3)):
        start = chance.randint(0, len(url))
        end = min(len(url), start + chance.choice([0, 0, 1, 1, 2, 4]))
        url = url[:start] + chance.choice([*INSERTS, ""]) + url[end:]
    return url


@pytest.mark.parametrize("kind", [urls.ENDPOINT, urls.SCRIPT, urls.MEDIA])
def test_mutated_address_is_accepted_only_when_every_reader_sees_one_host(kind):
    chance = random.Random(1)  # noqa: S311
    mutants = {mutated(chance.choice(SEEDS), chance) for _ in range(6_000)}
    taken = [
        url for url in mutants if accepted(kind, url) and not urls.is_site_path(url)
    ]
    assert len(taken) > 200
    for url in taken:
        plain = re.fullmatch(
            r"(https?)://([a-z0-9.-]+)(?::([1-9][0-9]*))?([/?#][!-~]*)?",
            url,
            re.ASCII | re.IGNORECASE,
        )
        assert plain, url
        parts = urlsplit(url)
        assert (parts.scheme, parts.netloc.partition(":")[0]) == plain.group(1, 2)
        assert parts.hostname == plain[2].lower()
        assert parts.port == (int(plain[3]) if plain[3] else None)
        assert parts.port is None or 1 <= parts.port <= 65_535
        assert parts.username is None
        assert parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1")
        last = parts.hostname.rpartition(".")[2]
        assert parts.scheme == "http" or not re.fullmatch("0x[0-9a-f]*|[0-9]+", last)
        assert not {".", ".."} & {unquote(part) for part in parts.path.split("/")}
        assert not set(url) & set("\\ \"<>^`{}|'[]")


# --- Style objects -------------------------------------------------------------

STYLE_OUTCOMES = [
    ("color: expected one CSS value without ';', got 'red;'",),
    ("background_color: unknown CSS property, did you mean 'backgroundColor'?",),
    ("~backgroudColor: unknown CSS property, did you mean 'backgroundColor'?",),
    (
        "cssText: not a CSS property, but a member of the style object; remove it",
        (
            "cssText: expected one CSS value without ';', "
            "got 'color:red;background:url(https://evil.test/x)'"
        ),
    ),
    (
        (
            "backgroundImage: expected one CSS value without '\\\\', "
            "got '\\\\75rl(https://evil.test/x)'"
        ),
    ),
    (
        "--x: custom properties are not supported; set a CSS property",
        "--x: url() is not allowed here: it would load a file",
    ),
    ("cursor: url() is not allowed here: it would load a file",),
    ("width: expression() is not allowed here: it would run a script",),
]


@pytest.mark.parametrize(
    "name",
    """
    length parentRule setProperty cssText item getPropertyValue removeProperty
    getPropertyPriority constructor toString valueOf hasOwnProperty parent-rule
    set-property set_property LENGTH
    """.split(),
)
@pytest.mark.parametrize("value", [1, "1px", None])
def test_refuses_a_member_of_the_style_object_as_a_property(name, value):
    assert printed(css.STYLES, {name: value}) == [
        f"{name}: not a CSS property, but a member of the style object; remove it"
    ]


def test_does_not_mistake_a_property_for_a_member_of_the_style_object():
    for name in (*css.css_properties(), "cssFloat", "WebkitLineClamp"):
        assert not any(
            problem.severity == "error" for problem in css.STYLES.check({name: 1})
        )


@pytest.mark.parametrize(
    "function",
    """
    url src image image-set -webkit-image-set cross-fade -webkit-cross-fade element
    -moz-element paint
    """.split(),
)
@pytest.mark.parametrize("text", ["{}(x)", "red {} (x)", "a({}('x'))", "1px,{}(x)"])
def test_refuses_a_function_that_loads_a_file(function, text):
    for name in (function, function.upper(), function.title()):
        assert printed(css.STYLES, {"background": text.format(name)}) == [
            f"background: {name}() is not allowed here: it would load a file"
        ]
        pattern = css.STYLES.schema["additionalProperties"]["pattern"]
        assert name != function or not re.search(pattern, text.format(name))


@pytest.mark.parametrize(
    "value",
    """
    anchor(top)|anchor-size(width)|sibling-index()|if(style(--a:1):1px;else:2px)|ray(45deg)
    shape(from_0_0,line_to_1px_1px)|xywh(0_0_1px_1px)|rect(0_0_0_0)|path('M0')|view()
    scroll()|hypot(1px,2px)|pow(2,3)|sqrt(4)|rem(5,2)|mod(5,2)|log(2)|exp(1)|sin(1)
    calc-size(auto,size)|color(display-p3_1_0_0)|device-cmyk(0_0_0_0)|contrast-color(red)
    -webkit-gradient(linear,0_0)|superellipse(2)|target-counter(a,b)|tree(1)|(1px)
    curl(1)|my-url-free(1)|images(1)
    """.replace("|", " ").split(),
)
def test_accepts_every_other_css_function(value):
    value = value.replace("_", " ").replace(";", ",")
    assert printed(css.STYLES, {"width": value}) == []
    pattern = css.STYLES.schema["additionalProperties"]["pattern"]
    assert re.search(pattern, value)


@pytest.mark.parametrize(
    ("case", "outcome"), [*zip(STYLE_CASES, STYLE_OUTCOMES, strict=True)]
)
def test_hostile_style_has_the_expected_result(case, outcome):
    found = printed(css.STYLES, case["value"])
    assert found == list(outcome)
    assert all(text.startswith("~") for text in found) == (
        case["expect"].partition(",")[0] == "warn"
    )


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("border-radius", "borderRadius"),
        ("borderRadius", "borderRadius"),
        ("bottom", "bottom"),
        ("-webkit-mask-image", "WebkitMaskImage"),
        ("WebkitMaskImage", "WebkitMaskImage"),
    ],
)
def test_sends_style_names_in_camel_case(name, sent):
    assert accepted(css.STYLES, {name: "none"})
    assert css.STYLES.normalize({name: "none"}) == {sent: "none"}


@pytest.mark.parametrize(
    "value",
    [
        "100px",
        0,
        -1.5,
        2**53 - 1,
        "calc(100% - (2 * 1rem))",
        "RGB(0 0 0 / 50%)",
        "var(--brand, #fff)",
        "translate (1px)",
        "'Inter', sans-serif",
        "<a>",
    ],
)
def test_accepts_a_plain_style_value(value):
    assert printed(css.STYLES, {"bottom": value}) == []


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (True, f"expected a string or a number, got true; {BOOLEAN_HINT}"),
        (["red"], "expected a string or a number, got a list"),
        ({":hover": "red"}, "expected a string or a number, got a mapping"),
        (float("nan"), "expected a finite number, got nan"),
        (float("inf"), "expected a finite number, got inf"),
        ("", "expected one CSS value, got ''"),
        (" ", "expected one CSS value, got ''"),
        ("red !important", "expected one CSS value without '!', got 'red !important'"),
        ("red} body{", "expected one CSS value without '}', got 'red} body{'"),
        ("a{b", "expected one CSS value without '{', got 'a{b'"),
        ("@import", "expected one CSS value without '@', got '@import'"),
        ("a/* b", "expected one CSS value without '/*', got 'a/* b'"),
        ("a\nb", r"expected one CSS value without '\n', got 'a\nb'"),
        ("a\x7f", r"expected one CSS value without '\x7f', got 'a\x7f'"),
        ("URL(x)", "URL() is not allowed here: it would load a file"),
        ("url (x)", "url() is not allowed here: it would load a file"),
        ("min(1px, url(x))", "url() is not allowed here: it would load a file"),
        (
            'image-set("https://evil.test" 1x)',
            "image-set() is not allowed here: it would load a file",
        ),
        ("element(#a)", "element() is not allowed here: it would load a file"),
        ("src(x)", "src() is not allowed here: it would load a file"),
    ],
)
def test_refuses_other_style_values(value, message):
    assert printed(css.STYLES, {"background": value}) == [f"background: {message}"]


def test_refuses_a_huge_number_in_styles_and_free_mappings():
    assert printed(css.STYLES, {"top": HUGE}) == [
        "top: expected a finite number, got a huge number"
    ]
    assert printed(option_types.json_mapping("a mapping"), {"a": HUGE, HUGE: 1}) == [
        "expected a string as key, got a huge number",
        "a: too large for a browser; put quotes around it",
    ]


@pytest.mark.parametrize(
    ("styles", "messages"),
    [
        (
            "color: red",
            [
                (
                    "expected a mapping of CSS properties to strings or numbers, such as "
                    "{bottom: 100px}, got 'color: red'"
                )
            ],
        ),
        ({None: "a"}, ["expected the name of a CSS property, got no value"]),
        ({"": 1}, [": expected the name of a CSS property"]),
        ({"a b": 1}, ["a b: expected the name of a CSS property"]),
        (
            {1: 1, "zzz": 1},
            [
                "expected the name of a CSS property, got 1",
                "~zzz: unknown CSS property, which browsers ignore",
            ],
        ),
        ({":hover": 1}, [":hover: expected the name of a CSS property"]),
        ({"a\nb": 1}, [r"'a\nb': expected the name of a CSS property"]),
        (
            {"css-text": 1},
            [
                "css-text: not a CSS property, but a member of the style object; remove it"
            ],
        ),
        ({"zzz": 1}, ["~zzz: unknown CSS property, which browsers ignore"]),
        (
            {"-ms-transform": "none"},
            ["~-ms-transform: unknown CSS property, did you mean 'transform'?"],
        ),
        (
            {"border-radius": 1, "borderRadius": 2},
            ["borderRadius: set twice, in two spellings; remove one of them"],
        ),
    ],
)
def test_refuses_other_style_objects(styles, messages):
    assert printed(STYLES, styles) == messages


def test_list_of_css_properties_is_lower_case_with_hyphens():
    assert "background-color" in css.css_properties()
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", name) for name in css.css_properties())


# --- Texts, free mappings, nodes -----------------------------------------------


@pytest.mark.parametrize(
    ("texts", "messages"),
    [
        ({"send": "Go", "unreadCount": "@@@ new"}, []),
        ({"new_chat_name": "Ask"}, []),
        ({"sned": "Go"}, ["sned: unknown text, did you mean 'send'?"]),
        ({"zzz": "Go"}, ["zzz: unknown text"]),
        ({1: "Go"}, ["1: unknown text"]),
        ({"send": " "}, ["send: expected a string, got ' '; it must not be empty"]),
        (
            {"newChatName": "a", "new-chat-name": "b"},
            ["new-chat-name: set twice, in two spellings; remove one of them"],
        ),
        (
            {"unreadCount": "new"},
            [
                (
                    "unreadCount: expected a string that contains @@@, as in "
                    "'@@@ unread message(s)', got 'new'"
                )
            ],
        ),
    ],
)
def test_texts_are_checked_one_by_one(texts, messages):
    assert printed(LANGUAGE, texts) == messages


def test_mapping_of_texts_is_a_mapping():
    assert printed(option_types.texts_of({"send": "Send"}), "Go") == [
        "expected a mapping of texts, such as {send: Submit}, got 'Go'"
    ]


def test_sends_texts_in_the_spelling_of_the_vendor():
    assert LANGUAGE.normalize({"new_chat_name": "Ask"}) == {"newChatName": "Ask"}
    assert LANGUAGE.normalize("de") == "de"


@pytest.mark.parametrize("tag", ["en", "auto", "EN", "en-GB", "en_US", "zh-Hant-TW"])
def test_accepts_a_language_tag(tag):
    assert printed(LANGUAGE, tag) == []


def test_warns_about_a_language_without_texts_and_lists_the_available_ones():
    (message,) = printed(LANGUAGE, "tlh")
    assert message.startswith("~no texts in 'tlh', so English is used; available: ")
    assert {"en", "de"} <= set(message.rpartition(": ")[2].split(", "))


@pytest.mark.parametrize("tag", ["", "d", "english", "de DE", "de-", "de\n", "../en"])
def test_refuses_other_languages(tag):
    assert printed(LANGUAGE, tag) == [
        (
            "expected a language tag such as 'de', 'auto', or a mapping of texts, "
            f"such as {{send: Submit}}, got {tag!r}"
        )
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"a": {"b": float("nan")}}, "a.b: expected a finite number, got nan"),
        ({"a": [1, float("-inf")]}, "a[1]: expected a finite number, got -inf"),
        ({"a": 2**53}, "a: too large for a browser; put quotes around it"),
        ({"a": -(2**53)}, "a: too large for a browser; put quotes around it"),
        ({"a": {1: "x"}}, "a: expected a string as key, got 1"),
        ({None: "x"}, "expected a string as key, got no value"),
        ({True: "x"}, "expected a string as key, got true"),
        (
            {"__proto__": {}},
            '__proto__: "__proto__" is a reserved name and cannot be used as a key',
        ),
        (
            {"a": [{"prototype": 1}]},
            'a[0].prototype: "prototype" is a reserved name and cannot be used as a key',
        ),
        (
            {"constructor": 1},
            'constructor: "constructor" is a reserved name and cannot be used as a key',
        ),
        (
            {"a": b"x"},
            "a: expected a string, a number, true, false, a list or a mapping, got bytes",
        ),
        ("x", "expected a mapping, got 'x'"),
    ],
)
def test_refuses_values_that_json_or_a_browser_would_change(data, message):
    assert printed(option_types.json_mapping("a mapping"), data) == [message]


def test_accepts_a_free_mapping_of_plain_data():
    data = {"a": [1, 1.5, True, None, "x", {"b": (2**53 - 1,)}]}
    assert accepted(option_types.json_mapping("a mapping"), data)


# --- No input takes forever ----------------------------------------------------

LONG = 40_000
SLOW = [
    "a" * LONG,
    "a." * LONG,
    "https://" + "a." * LONG,
    "https://a.test/" + "a/" * LONG,
    "https://a.test/" + "." * LONG,
    "https://a.test:" + "1" * LONG,
    "mailto:" + "a" * LONG,
    "a-" * LONG,
    "a " * LONG,
    "a" + " " * LONG,
    "(" * LONG,
    "a(" * LONG,
    "#" * LONG,
    "-_" * LONG,
]


@pytest.mark.parametrize("name", OPTIONS)
def test_long_text_is_checked_fast(name):
    for text in SLOW:
        complaints = [
            *OPTIONS[name].type.check(text),
            *OPTIONS[name].type.check([text]),
            *OPTIONS[name].type.check({"bottom": text, text: text}),
        ]
        assert all(len(complaint.message) < 700 for complaint in complaints)


def test_refuses_the_address_of_the_script_as_an_endpoint() -> None:
    address = "https://halo.example.com/chat/index.js"
    assert len(list(urls.ENDPOINT.check(address))) == 1
