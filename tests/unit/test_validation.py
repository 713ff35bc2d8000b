from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from time import process_time

import pytest
import yaml
from facts import HOSTILE
from hypothesis import given
from hypothesis import strategies as st

from halochat.layers import resolve
from halochat.option_types import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES
from halochat.options import OPTIONS
from halochat.validation import (
    MAX_PROBLEMS,
    Validated,
    validate_detail,
    validate_page,
    validate_site,
)

STRINGS = [case["value"] for case in HOSTILE["strings"] if case["id"] != "jwt"]
(TOKEN,) = (case["value"] for case in HOSTILE["strings"] if case["id"] == "jwt")

SITE = {
    "chat_service_url": "https://halo.example.com/api",
    "config_id": "7",
    "config_key": "k",
}
REFUSED = (
    "an identity token or a secret must not be in a configuration, because every "
    "page is public; set `identity` to a function that fetches the visitor's token"
)
NEWER = "put a property that is newer than this release under `extra`"
COMMENT = (
    "YAML reads # as the start of a comment, so put quotes around a value with #; "
    "if the value comes from an environment variable, set the variable"
)
UNSET = (
    "no value, so this option is unset here; if you meant a color, put quotes around "
    "it, as in '#E83C4A'"
)


def printed(validated: Validated) -> list[str]:
    """All problems; those that are no errors have a `~` before them."""
    return [
        f"{'' if problem.severity == 'error' else '~'}{problem}"
        for problem in validated.problems
    ]


def site(options: object = None, **more: object) -> Validated:
    return validate_site({**SITE, **(options or {}), **more})  # type: ignore[dict-item]


def page(layer: object, path: str = "index.md", **more: object) -> Validated:
    _, (validated,) = validate_page([layer], resolve({**SITE, **more}, path))
    return validated


# --- All of it, at once --------------------------------------------------------


def test_reports_every_problem_at_once():
    validated = validate_site(
        {"chatServiceUrl": "http://halo.example.com", "colr": "#fff", "width": "4"}
    )
    assert printed(validated) == [
        (
            "chatServiceUrl: expected an https address such as "
            "'https://halo.example.com/api', got 'http://halo.example.com'; did "
            "you mean 'https://halo.example.com'?"
        ),
        "colr: unknown option, did you mean 'colour'?",
        "width: expected a positive whole number of pixels, got '4'; did you mean 4, "
        "without quotes?",
        "config_id: required, but not set; copy it from Config > Chat > Chat Profiles in Halo",
        "config_key: required, but not set; copy it from Config > Chat > Chat Profiles in Halo",
    ]
    assert validated.options == {}


@pytest.mark.parametrize("key", ["options", "haloChatConfig"])
def test_reports_options_inside_an_unknown_key(key):
    (problem,) = validate_site({**SITE, key: {"configKey": "k"}}).problems
    assert str(problem) == (
        f"{key}: unknown option; move the options in it one level up, and remove this key"
    )


def test_good_site_has_no_problem_and_keeps_canonical_names():
    validated = validate_site(
        {
            "chatServiceUrl": "https://h.example/api",
            "config-id": "7",
            "CONFIG_KEY": "k",
            "bubbleStyles": {"border-radius": "4px"},
            "language": {"new_chat_name": "Ask"},
        }
    )
    assert validated == Validated(
        {
            "chat_service_url": "https://h.example/api",
            "config_id": "7",
            "config_key": "k",
            "bubble_styles": {"borderRadius": "4px"},
            "language": {"newChatName": "Ask"},
        }
    )


def test_reports_required_options_missing_in_an_empty_site():
    assert printed(validate_site({})) == [
        "chat_service_url: required, but not set; copy it from Config > Chat > Chat Profiles in Halo",
        "config_id: required, but not set; copy it from Config > Chat > Chat Profiles in Halo",
        "config_key: required, but not set; copy it from Config > Chat > Chat Profiles in Halo",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("colur", "colur: unknown option, did you mean 'colour'?"),
        (
            "chatserviceURI",
            "chatserviceURI: unknown option, did you mean 'chatServiceUrl'?",
        ),
        ("zzz", f"zzz: unknown option; {NEWER}"),
        (1, f"1: unknown option; {NEWER}"),
        (None, f"null: unknown option; {NEWER}"),
        ("a\nb", rf"'a\nb': unknown option; {NEWER}"),
    ],
)
def test_suggests_a_similar_name_for_an_unknown_option(name, message):
    assert printed(site({name: 1})) == [message]


@pytest.mark.parametrize("second", ["chatMode", "chat-mode", "CHAT_MODE"])
def test_one_option_in_two_spellings_is_an_error(second):
    validated = site({"chat_mode": "heartbeat", second: "websocket"})
    assert printed(validated) == [
        f"{second}: sets the same option as chat_mode; remove one of the two"
    ]
    assert validated.options["chat_mode"] == "heartbeat"


def test_uses_a_value_with_a_warning():
    validated = site(colour="tomato")
    assert [problem.severity for problem in validated.problems] == ["warning"]
    assert validated.options["colour"] == "tomato"


@pytest.mark.parametrize("value", STRINGS)
def test_accepts_hostile_strings_unchanged(value):
    given = {
        "config_key": value,
        "extra": {"a": value, f"x{value}": 1},
        "language": {"send": value},
    }
    validated = validate_site({**SITE, **given})
    assert validated.problems == []
    assert validated.options == {**SITE, **given}


STRUCTURED = {
    "nan": ["width: expected a positive whole number of pixels, got nan"],
    "big-int": [
        (
            "configId: expected a string, got 12345678901234567890; "
            "put quotes around it: YAML reads 0123 as 83, and 1:30 as 90"
        )
    ],
    "sexagesimal": [
        (
            "configKey: expected a string, got 90; "
            "put quotes around it: YAML reads 0123 as 83, and 1:30 as 90"
        )
    ],
    "bool-theme": ["theme: expected one of 'light', 'dark', 'auto', got false"],
    "binary": ["configKey: expected a string, got bytes"],
    "proto": [f"__proto__: unknown option; {NEWER}"],
    "constructor": [f"constructor: unknown option; {NEWER}"],
    "null-key": ["bubbleStyles: expected the name of a CSS property, got no value"],
    "style-string": [
        (
            "bubbleStyles: expected a mapping of CSS properties to strings or numbers, "
            "such as {bottom: 100px}, got 'color: red'"
        )
    ],
}


@pytest.mark.parametrize("case", HOSTILE["structured"], ids=lambda case: case["id"])
def test_refuses_hostile_yaml_with_one_clear_message(case):
    # The corpus names a style object that Halo does not have.
    given = yaml.safe_load(case["yaml"].replace("headerStyles", "bubbleStyles"))
    names = {name for name in SITE if OPTIONS[name].key in given}
    validated = validate_site(
        {**{k: v for k, v in SITE.items() if k not in names}, **given}
    )
    assert printed(validated) == STRUCTURED[case["id"]]


# --- Pages ---------------------------------------------------------------------


def test_page_without_options_has_an_empty_layer():
    assert page({}) == Validated()


@pytest.mark.parametrize("value", [True, False])
def test_page_accepts_true_or_false(value):
    assert page(value) == Validated({"enabled": value})


@pytest.mark.parametrize(
    ("layer", "got"),
    [
        ("off", "'off'; did you mean false for no chat?"),
        (None, "no value"),
        (["off"], "a list"),
        (0, "0"),
        ("", "''"),
    ],
)
def test_page_refuses_other_scalars(layer, got):
    assert printed(page(layer)) == [
        f"expected a mapping of options, or false for no chat, got {got}"
    ]


def test_drops_a_bad_option_of_a_page_and_keeps_the_others():
    validated = page({"width": 0, "position": "top-left", "colr": 1})
    assert len(validated.problems) == 2
    assert validated.options == {"position": "top-left"}


def test_page_can_choose_another_profile():
    assert page({"config_id": "8", "config_key": "l"}).problems == []


def test_refuses_the_snippet_on_a_page():
    validated = page({"load": "snippet"})
    assert printed(validated) == [
        "load: `load: snippet` can only be set for the whole site; "
        "move it to the site's options"
    ]
    assert validated.options == {}


@pytest.mark.parametrize("load", ["click", None])
def test_page_cannot_leave_the_snippet_of_its_site(load):
    validated = page({"load": load, "width": 4}, load="snippet")
    assert printed(validated) == [
        "load: cannot be set on a page, because the site has `load: snippet`; remove it"
    ]
    assert validated.options == {"width": 4}


@pytest.mark.parametrize("load", ["click", None])
def test_pattern_cannot_leave_the_snippet_of_its_site(load):
    validated = site(load="snippet", pages={"help/**": {"load": load}})
    assert printed(validated) == [
        "pages.help/**.load: cannot be set on a page, because the site has `load: snippet`; remove it"
    ]
    assert validated.options["pages"] == {"help/**": {}}


# --- Null ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [n for n, option in OPTIONS.items() if option.page and not option.required],
)
def test_null_unsets_on_a_page(name):
    validated = page({name: None})
    assert validated.options == {name: None}
    assert printed(validated) == ([f"~colour: {UNSET}"] if name == "colour" else [])


@pytest.mark.parametrize("name", ["config_id", "config_key"])
def test_null_does_not_unset_a_required_option(name):
    validated = page({name: None})
    assert printed(validated) == [
        f"{name}: required, so a page cannot unset it; remove it, or set a value"
    ]
    assert validated.options == {}


@pytest.mark.parametrize("name", OPTIONS)
def test_null_is_an_error_for_a_site(name):
    (message,) = printed(site({name: None}))
    assert message.startswith(
        f"{name}: expected {OPTIONS[name].type.label}, got no value"
    )


@pytest.mark.parametrize(
    ("layer", "messages"),
    [
        ({"extra": {"a": None}}, []),
        ({"language": {"send": None}}, []),
        ({"bubble_styles": {"bottom": None}}, [f"~bubble_styles.bottom: {UNSET}"]),
    ],
)
def test_null_unsets_inside_a_mapping_of_a_page(layer, messages):
    validated = page(layer)
    assert validated.options == layer
    assert printed(validated) == messages


@pytest.mark.parametrize(
    ("layer", "messages"),
    [
        (
            {"language": {"send": None}},
            [f"language.send: expected a string, got no value; {COMMENT}"],
        ),
        (
            {"window_styles": {"color": None}},
            [f"window_styles.color: expected a string, got no value; {COMMENT}"],
        ),
        ({"extra": {"a": None}}, []),
    ],
)
def test_refuses_null_for_a_string_inside_a_mapping_of_a_site(layer, messages):
    assert printed(site(layer)) == messages


@pytest.mark.parametrize(
    ("layer", "messages"),
    [
        (
            {"language": {"sned": None}},
            ["language.sned: unknown text, did you mean 'send'?"],
        ),
        ({"language": {1: None}}, ["language.1: unknown text"]),
        (
            {"bubble_styles": {1: None}},
            [
                f"~bubble_styles.1: {UNSET}",
                "bubble_styles: expected the name of a CSS property, got 1",
            ],
        ),
        ({"extra": {None: None}}, ["extra: expected a string as key, got no value"]),
        ({"extra": {(1, 2): None}}, ["extra: expected a string as key, got a list"]),
        (
            {"extra": {"colour": None}},
            ["extra.colour: set the option colour instead of this key under `extra`"],
        ),
    ],
)
def test_null_does_not_hide_a_wrong_name(layer, messages):
    validated = page(layer)
    assert printed(validated) == messages
    assert validated.options == {}


# --- Extra ---------------------------------------------------------------------


@pytest.mark.parametrize("key", ["chatServiceUrl", "colour", "persistChatToken"])
def test_refuses_extra_properties_that_have_an_option(key):
    (message,) = printed(site(extra={key: "x"}))
    assert message.startswith(f"extra.{key}: set the option ")


def test_accepts_extra_properties_named_like_an_option():
    assert site(extra={"timeout": 1, "hosts": []}).problems == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            {"a": {"__proto__": 1}},
            '.a.__proto__: "__proto__" is a reserved name and cannot be used as a key',
        ),
        (
            {"constructor": 1},
            '.constructor: "constructor" is a reserved name and cannot be used as a key',
        ),
        ({"a": float("nan")}, ".a: expected a finite number, got nan"),
        (
            "x",
            (": expected a mapping of Halo's property names to values, got 'x'"),
        ),
    ],
)
def test_refuses_extra_keys_that_a_browser_would_misread(data, message):
    assert printed(site(extra=data)) == [f"extra{message}"]


def nested(depth: int) -> object:
    return {"a": nested(depth - 1)} if depth else 1


def test_limits_the_depth():
    assert site(extra=nested(MAX_DEPTH)).problems == []
    assert printed(site(extra=nested(MAX_DEPTH + 1))) == [
        f"extra{'.a' * (MAX_DEPTH + 1)}: nested more than 8 levels deep; use fewer levels"
    ]
    assert len(site(extra=nested(900)).problems) == 1


def test_limits_the_number_of_values():
    assert site(extra={"a": [0] * (MAX_NODES - 2)}).problems == []
    for number in range(MAX_NODES - 1, MAX_NODES + 3):
        assert printed(site(extra={"a": [0] * number})) == [
            "extra: expected at most 2,000 values"
        ]


@pytest.mark.parametrize("number", range(MAX_NODES - 6, MAX_NODES + 3))
@pytest.mark.parametrize(
    "hidden", [{"a": TOKEN}, {"__proto__": 1}, {"a": float("nan")}]
)
def test_refuses_values_beyond_the_limit_unchecked(number, hidden):
    for extra in (
        {"a": [0] * number, "b": hidden},
        {"a": [*[0] * number, hidden]},
        {"b": [[hidden]], "a": [0] * number},
    ):
        for validated in (site(extra=extra), page({"extra": extra})):
            assert "extra" not in validated.options
            assert any(item.severity == "error" for item in validated.problems)
        assert validate_detail(extra)


@pytest.mark.parametrize(
    "value",
    [
        {"config_key": "x" * (MAX_CHARACTERS + 1)},
        {"extra": {"a": "x" * MAX_CHARACTERS}},
        {"hosts": ["d" * 50] * 1_500},
        {"bubble_styles": {"bottm": "x" * MAX_CHARACTERS}},
    ],
    ids=list,
)
def test_limits_the_length_of_a_value(value):
    validated = site(value)
    (name,) = value
    (problem,) = (
        problem for problem in validated.problems if problem.severity == "error"
    )
    assert str(problem) == f"{name}: expected at most 65,536 characters"
    assert name not in validated.options


def test_accepts_many_patterns():
    pages = {f"p{number}/**": {"config_key": "k" * 40} for number in range(2_000)}
    assert site(pages=pages).problems == []


LAUGHS = "\n".join(
    ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
)


@pytest.mark.parametrize("name", [*OPTIONS, "zzz"])
def test_refuses_multiplying_anchors_quickly(name):
    laughs = yaml.safe_load(LAUGHS)["a29"]
    for value in (laughs, {"a": laughs}, [laughs], {"a/**": {"extra": {"a": laughs}}}):
        validated = site({name: value})
        assert validated.problems
        assert all(len(message) < 500 for message in printed(validated))


@pytest.mark.parametrize("name", [*OPTIONS, "zzz"])
@pytest.mark.parametrize("text", ["&a {b: *a}", "&a [*a]", "&a {b: [*a]}"])
def test_refuses_an_anchor_that_contains_itself(name, text):
    assert site({name: yaml.safe_load(text)}).problems


BILLIONS = "\n".join(
    ["a0: &a0 {a: 1}"]
    + [
        f"a{n}: &a{n} {{{', '.join(f'k{i}: *a{n - 1}' for i in range(10))}}}"
        for n in range(1, 12)
    ]
)
LONG = "x" * 1_000_000
HOSTILE_VALUES = {
    "aliases-of-mappings": yaml.safe_load(BILLIONS)["a11"],
    "aliases-of-a-long-text": [LONG] * 1_900,
    "aliases-of-a-long-key": [{LONG: 1}] * 1_900,
    "aliases-of-a-long-list": [[0] * 100_000] * 1_900,
    "aliases-of-bytes": [LONG.encode()] * 1_900,
    "long-text": LONG,
    "long-tag": "de" + "-ab" * 100_000,
    "long-list": ["a"] * 500_000,
    "many-keys": {f"k{number}": 1 for number in range(150_000)},
    "deep": nested(900),
}


@pytest.mark.parametrize("value", [*HOSTILE_VALUES.values()], ids=[*HOSTILE_VALUES])
@pytest.mark.parametrize(
    "name",
    ["config_key", "extra", "hosts", "language", "pages", "window_styles", "zzz"],
)
def test_refuses_hostile_values_within_a_second(name, value):
    start = process_time()
    results = site({name: value}), page({name: value}), page(value)
    assert process_time() - start < 5  # hostile input would take minutes
    for validated in results:
        assert any(problem.severity == "error" for problem in validated.problems)
        assert all(len(message) < 600 for message in printed(validated))


@pytest.mark.parametrize("name", ["language", "window_styles"])
def test_refuses_many_misspelled_names_within_a_second(name):
    start = process_time()
    validated = site({name: {f"border{number}Colr": 1 for number in range(1_900)}})
    assert process_time() - start < 5  # hostile input would take minutes
    assert name not in validated.options
    assert str(validated.problems[-1]) == (
        "more than 100 problems, so no option is used; fix these first"
    )


@pytest.mark.parametrize(
    "pages",
    [
        {f"p{number}": {} for number in range(100_000)},
        {f"{number:04}" + "*a" * 20: {} for number in range(1_900)},
        {f"p{number}": {f"x{number}": 1} for number in range(9_000)},
        {f"p{number}": HOSTILE_VALUES["many-keys"] for number in range(2_000)},
        {f"p{number}": {"extra": {"a": [0] * 1_900}} for number in range(2_000)},
    ],
    ids=["patterns", "wildcards", "problems", "aliases-of-names", "aliases-of-values"],
)
def test_refuses_hostile_patterns_as_a_whole_within_a_second(pages):
    start = process_time()
    validated = site(pages=pages)
    assert process_time() - start < 5  # hostile input would take minutes
    assert not validated.options.get("pages")
    assert len(validated.problems) < 3 * MAX_PROBLEMS


def test_drops_a_layer_with_too_many_problems():
    layer = {f"x{number}": 1 for number in range(MAX_PROBLEMS + 1)}
    few = site(dict(list(layer.items())[1:]))
    assert len(few.problems) == MAX_PROBLEMS
    assert few.options
    many = page({"width": 1, **layer})
    assert many.options == {}
    assert str(many.problems[-1]) == (
        "more than 100 problems, so no option is used; fix these first"
    )


_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.binary(max_size=4),
    st.dates(),
    st.sampled_from([TOKEN, "auto", "https://a.test", LONG, f"//u:{TOKEN}@a"]),
)
_KEYS = st.one_of(
    st.sampled_from([*OPTIONS, "a/**", "__proto__", "constructor", TOKEN, "password"]),
    st.text(max_size=4),
    st.integers(),
    st.none(),
)


@st.composite
def shared_trees(draw: st.DrawFn) -> object:
    """Values in which later containers hold earlier ones, as aliases do in YAML."""
    parts: list[object] = draw(st.lists(_SCALARS, min_size=1, max_size=6))
    for _ in range(draw(st.integers(0, 12))):
        items = st.lists(st.sampled_from(parts), max_size=10)
        part: object = draw(items)
        if draw(st.booleans()):
            part = dict(
                zip(draw(st.lists(_KEYS, max_size=10)), draw(items), strict=False)
            )
        parts.append(part)
    return parts[-1]


def _is_clean(options: Mapping[str, object]) -> bool:
    # Patterns stay with the build, so any name will do for one.
    patterns = options.get("pages")
    layers = [*patterns.values()] if isinstance(patterns, Mapping) else []
    text = json.dumps({**options, "pages": layers}, allow_nan=False)
    return TOKEN not in json.dumps(options) and '"__proto__"' not in text


@given(shared_trees())
def test_hostile_values_never_raise_or_publish_a_token(tree):
    layers = [{name: tree} for name in ("extra", "pages", "language", "hosts", "zzz")]
    given = (tree, *layers)
    results = [validate(layer) for layer in given for validate in (validate_site, page)]
    for validated in (*results, site({}, **layers[0])):
        assert _is_clean(validated.options)
        assert TOKEN not in " ".join(printed(validated))
    for problem in validate_detail(tree):
        assert TOKEN not in str(problem)


def test_refuses_a_page_that_contains_itself():
    layer: dict[str, object] = {}
    layer["extra"] = layer
    assert page(layer).problems


# --- Secrets -------------------------------------------------------------------


def part(data: object) -> str:
    return urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


TOKENS = {
    "corpus": TOKEN,
    "bearer": f"Bearer {TOKEN}",
    "in-address": f"https://a.test/?t={TOKEN}&x=1",
    "encrypted": ".".join([part({"alg": "dir", "enc": "A256GCM"}), "", "a", "b", "c"]),
    "typ-only": f"{part({'typ': 'JWT'})}.a.b",
    "spaced-header": f"{part({'x': 1, 'alg': 'none'})}.{part({})}.",
    "padded": urlsafe_b64encode(b'{"alg":"no"}').decode() + ".a.b",
    "behind-a-name": f"docs.example.{TOKEN}",
}
NO_TOKENS = [
    "docs.example.com",
    "a.b.c",
    "1.2.3",
    "...",
    "e30.e30.e30",
    "eyJ.eyJ.eyJ",
    "W10.a.b",
    f"{part('alg')}.a.b",
    f"{part({'alg': 1})}.a",
    f"{urlsafe_b64encode(b'[' * 100_000).decode()}.a.b",
    "a" * 60_000,
    "a." * 30_000,
]


@pytest.mark.parametrize("token", list(TOKENS.values()), ids=list(TOKENS))
@pytest.mark.parametrize(
    "layer",
    [
        "{config_key: TOKEN}",
        "{width: TOKEN}",
        "{theme: TOKEN}",
        "{icon: TOKEN}",
        "{hosts: [TOKEN]}",
        f"{{hosts: [[{'a, ' * MAX_NODES}], [TOKEN]]}}",
        "{extra: {a: [{b: TOKEN}]}}",
        "{extra: {TOKEN: {password: .nan}}}",
        "{extra: TOKEN}",
        "{bubble_styles: {color: TOKEN}}",
        "{bubble_styles: {TOKEN: red}}",
        "{language: {send: TOKEN}}",
        "{language: {TOKEN: x}}",
        "{zzz: TOKEN}",
        "{zzz: {a: [TOKEN]}}",
        "{TOKEN: 1}",
        "{pages: TOKEN}",
        "{pages: {TOKEN: 1}}",
        "{pages: {a: TOKEN}}",
        "{pages: {a: {config_key: TOKEN}}}",
        "{pages: {a: {extra: {a: TOKEN}}}}",
        "{pages: {a: {TOKEN: 1}}}",
    ],
    ids=lambda layer: layer.replace("a, " * MAX_NODES, "..."),
)
def test_refuses_a_token_without_printing_it(token, layer):
    given = yaml.safe_load(layer.replace("TOKEN", json.dumps(token)))
    for validated in (site(given), page(given), page(token)):
        assert any(problem.severity == "error" for problem in validated.problems)
        assert token[-25:] not in " ".join(printed(validated))
        assert token not in json.dumps(validated.options)


def test_reports_a_token_with_its_location():
    assert printed(site(extra={"a": [{"b": TOKEN}]})) == [f"extra.a[0].b: {REFUSED}"]
    both = {"idToken": TOKEN, "a": {"jwt": TOKEN}, "b": {"jwt": 1}, "bb": TOKEN}
    assert printed(site(extra=both)) == [f"extra: {REFUSED}"]
    assert printed(site(extra={"x": both, "xx": [TOKEN]})) == [
        f"extra.x: {REFUSED}",
        f"extra.xx[0]: {REFUSED}",
    ]
    assert printed(page(TOKEN)) == [REFUSED]
    assert printed(site({TOKEN: 1})) == [f"...: {REFUSED}"]


@pytest.mark.parametrize("text", NO_TOKENS, ids=range(len(NO_TOKENS)))
def test_accepts_strings_that_are_not_tokens(text):
    assert REFUSED not in " ".join(printed(site(config_key=text)))


SECRET_NAMES = """
token id_token idToken ID-TOKEN access_token jwt userJwt secret client_secret password
userPassword authorization Authorization cookie api_key apiKey x-api-key APIKEY bearer
authBearer credentials credential passwd dbPasswd pwd passphrase privateKey private_key
PRIVATE-KEY secretKey accessKey signingKey authHeader authorization_header basicAuth
sessionCookie session-cookie authCookies auth pass userPass api.key clientSecrets token2
""".split()
NO_SECRET_NAMES = """
tokenLimit tokenUrl maxTokens passwordHint secretary cookieName cookieDomain cookieConsent
compass bypass publicKey siteKey storageKey shortcutKey keyboard authorName authorization_url
keys authorized bearerless tokenizer tokens cookies jwtx
""".split()


@pytest.mark.parametrize("name", NO_SECRET_NAMES)
def test_accepts_names_that_only_resemble_a_secret(name):
    assert site(extra={name: "x"}).problems == []


def test_accepts_a_boolean_with_a_secret_name():
    extra = {"persistToken": True, "requireAuth": False, "useCookie": True}
    assert site(extra=extra).problems == []


@pytest.mark.parametrize(
    "url",
    [
        "https://user:hunter2@a.test",
        "https:/user:hunter2@a.test",
        "https:\\\\user:hunter2@a.test",
        "user:hunter2@a.test",
        "//user:hunter2@a.test",
        "https://user:hun/hunter2@a.test",
        "https://user:hun hunter2@a.test",
        "https://user:hunter2@hunter2@a.test",
        "https://user:\nhunter2@a.test",
        "ftp://user:hunter2@a.test/" + "x" * 100,
    ],
)
def test_never_prints_a_password_in_an_odd_address(url):
    names = ("chat_service_url", "script_url", "icon", "fallback_url", "theme", "width")
    for layer in (*({name: url} for name in names), {"hosts": [url]}, {url: 1}):
        for validated in (site(layer), page(layer), page({"extra": url})):
            assert validated.problems
            assert "hunter2" not in " ".join(printed(validated))
    assert "hunter2" not in " ".join(printed(site(pages={url: 1})))


@pytest.mark.parametrize("gap", ["\n", " ", "\n  ", "\r\n"])
@pytest.mark.parametrize("cut", [6, 20, 40])
@pytest.mark.parametrize("before", ["", "Bearer "])
def test_never_prints_a_token_across_lines(before, cut, gap):
    text = before + TOKEN[:cut] + gap + TOKEN[cut:]
    for name in ("config_key", "theme", "width", "icon", "zzz"):
        validated = site({name: text})
        assert REFUSED in " ".join(printed(validated))
        assert TOKEN[:cut] not in " ".join(printed(validated))


def test_never_prints_the_start_of_a_token():
    start = TOKEN.partition(".")[0]
    for layer in ({"theme": start}, {"width": start}, {"hosts": [start + "_"]}):
        (message,) = printed(site(layer))
        assert start[:12] not in message


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_refuses_a_secret_by_its_name_without_printing_it(name):
    hidden = "hunter2"
    for layer, place in (
        ({name: hidden}, name),
        ({"zzz": {name: hidden}}, "zzz"),
        ({"extra": {name: hidden}}, "extra"),
        ({"extra": {"a": [{name: hidden}]}}, "extra.a[0]"),
    ):
        assert printed(site(layer)) == [f"{place}: {REFUSED}"]
        assert printed(page(layer)) == [f"{place}: {REFUSED}"]
    assert printed(site(pages={"a/**": {name: hidden}})) == [
        f"pages.a/**.{name}: {REFUSED}"
    ]


@pytest.mark.parametrize("name", ["persist_chat_token", "persistChatToken"])
def test_accepts_the_option_that_persists_the_chat_token(name):
    assert site({name: False}).problems == []
    assert page({name: False}).problems == []


# --- The patterns in `pages` ---------------------------------------------------


def test_patterns_keep_their_order_and_validated_options():
    validated = site(
        pages={
            "blog/**": {"chatMode": "heartbeat"},
            "drafts/**": False,
            "help/**": True,
            "old/**": None,
            "empty/**": {},
        }
    )
    assert validated.problems == []
    assert list(validated.options["pages"].items()) == [  # type: ignore[attr-defined]
        ("blog/**", {"chat_mode": "heartbeat"}),
        ("drafts/**", {"enabled": False}),
        ("help/**", {"enabled": True}),
        ("old/**", {"enabled": False}),
        ("empty/**", {}),
    ]


def test_reports_every_problem_of_every_pattern_with_its_location():
    validated = site(
        pages={
            "a/**": {"width": float("nan"), "colr": 1},
            "b/**": "off",
            "c/**": {"consent": True, "load": "snippet", "colour": None},
            "d/**": {"bubble_styles": {"color": "red;"}, "language": {1: 2}},
        }
    )
    assert printed(validated) == [
        "pages.a/**.width: expected a positive whole number of pixels, got nan",
        "pages.a/**.colr: unknown option, did you mean 'colour'?",
        "pages.b/**: expected a mapping of options, or false for no chat, got 'off'; "
        "did you mean false for no chat?",
        "pages.c/**.consent: can only be set for the whole site; move it to the site's options",
        "pages.c/**.load: `load: snippet` can only be set for the whole site; "
        "move it to the site's options",
        f"~pages.c/**.colour: {UNSET}",
        (
            "pages.d/**.bubble_styles.color: expected one CSS value without ';', got "
            "'red;'"
        ),
        "pages.d/**.language.1: unknown text",
    ]


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        (1, "1: expected a path pattern as key, got 1"),
        (None, "null: expected a path pattern as key, got no value"),
        ("", ": expected a path pattern such as 'blog/**'"),
        ("x" * 501, f"'{'x' * 56}...: expected at most 500 characters"),
        (" ", " : expected a path pattern such as 'blog/**'"),
        ("#x", "#x: expected a path pattern such as 'blog/**'"),
        ("/", "/: expected a path pattern such as 'blog/**'"),
        ("[", "[: expected a path pattern such as 'blog/**'"),
        (
            "!blog/**",
            (
                "!blog/**: patterns that start with ! are not supported; list the "
                "pages to match"
            ),
        ),
        ("a\\", r"a\: expected a path pattern: Invalid git pattern: 'a\\'"),
        (
            "[z-a]",
            "[z-a]: expected a path pattern: bad character range z-a at position 10",
        ),
    ],
)
def test_drops_a_bad_pattern_and_keeps_the_others(pattern, message):
    validated = site(pages={pattern: False, "blog/**": False})
    assert printed(validated) == [f"pages.{message}"]
    assert validated.options["pages"] == {"blog/**": {"enabled": False}}


def test_pages_must_be_a_mapping():
    assert printed(site(pages=["blog/**"])) == [
        "pages: expected a mapping of path patterns to options, or to false, got a list"
    ]


# --- What a trigger hands to an event -----------------------------------------


@pytest.mark.parametrize("detail", [None, True, "bottom-left", {"x": 1, "y": [2.5]}])
def test_accepts_a_plain_detail(detail):
    assert validate_detail(detail) == []


@pytest.mark.parametrize(
    ("detail", "message"),
    [
        (float("nan"), "detail: expected a finite number, got nan"),
        ({"a": {1: 2}}, "detail.a: expected a string as key, got 1"),
        ({"id_token": "x"}, f"detail: {REFUSED}"),
        (TOKEN, f"detail: {REFUSED}"),
        ([0] * MAX_NODES, "detail: expected at most 2,000 values"),
    ],
    ids=["number", "key", "name", "token", "size"],
)
def test_refuses_a_detail_that_must_not_be_published(detail, message):
    assert [str(problem) for problem in validate_detail(detail)] == [message]


# --- What does not go together -------------------------------------------------

INBOUND = {
    "auto_initialize": False,
    "hide_new_chat_bubble": True,
    "hide_existing_chat_bubble": True,
    "hide_header": True,
    "draggable_bubble": True,
    "retain_previous_chat": True,
    "hide_bubble_inactivity_seconds": 5,
    "identity": "f",
    "load": "click",
}
NEEDS_INBOUND = "needs `enable_inbound_events`, which is false; set it to true"
NEEDS_LOADER = (
    "needs the loader, which `load: snippet` does not use; choose another `load`"
)
OFF_IN_SNIPPET = "needs `enable_inbound_events`, which is off by default with `load: snippet`; set it to true"


@pytest.mark.parametrize(("name", "value"), [*INBOUND.items(), ("load", "manual")])
def test_reports_an_option_that_needs_inbound_events(name, value):
    validated = site({name: value}, enable_inbound_events=False)
    choice = f"'{value}' " if name == "load" else ""
    assert printed(validated) == [f"{name}: {choice}{NEEDS_INBOUND}"]
    assert site({name: value}).problems == []
    assert site({name: value}, enable_inbound_events=True).problems == []


@pytest.mark.parametrize("name", [n for n in INBOUND if n not in ("load", "identity")])
def test_options_that_need_inbound_events_enable_them_in_a_snippet(name):
    validated = site({name: INBOUND[name]}, load="snippet")
    assert printed(validated) == [f"{name}: {OFF_IN_SNIPPET}"]
    on = site({name: INBOUND[name]}, load="snippet", enable_inbound_events=True)
    assert on.problems == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("auto_initialize", True),
        ("hide_header", False),
        ("hide_bubble_inactivity_seconds", 0),
        ("load", "eager"),
    ],
)
def test_disabled_options_need_no_events(name, value):
    assert site({name: value}, enable_inbound_events=False).problems == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("consent", True),
        ("fallback_url", "contact/"),
        ("hosts", ["docs.example.com"]),
        ("identity", "f"),
        ("timeout", 15),
        ("analytics", "gtag"),
    ],
)
def test_refuses_options_that_need_the_loader_with_a_snippet(name, value):
    assert printed(site({name: value}, load="snippet")) == [f"{name}: {NEEDS_LOADER}"]


def test_automatic_theme_needs_the_loader():
    assert printed(site(theme="auto", load="snippet")) == [
        f"theme: 'auto' {NEEDS_LOADER}"
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("consent", False),
        ("hosts", []),
        ("analytics", "none"),
        ("theme", "dark"),
        ("preview", True),
        ("language", "auto"),
    ],
)
def test_accepts_options_that_need_no_loader_with_a_snippet(name, value):
    assert site({name: value}, load="snippet").problems == []


def test_site_keeps_the_other_options_in_a_conflict():
    validated = site(hide_header=True, enable_inbound_events=False)
    assert validated.options == {**SITE, "enable_inbound_events": False}


def test_analytics_need_outbound_events():
    assert printed(site(analytics="gtag", enable_outbound_events=False)) == [
        "analytics: needs `enable_outbound_events`, which is false; set it to true"
    ]
    assert site(analytics="none", enable_outbound_events=False).problems == []


def test_reports_a_conflict_of_a_pattern_with_its_location():
    validated = site(
        hide_header=True,
        pages={
            "a/**": {"enable_inbound_events": False},
            "b/**": {"width": 4},
            "c/**": {"load": "click", "enable_inbound_events": False},
        },
    )
    assert printed(validated) == [
        f"pages.a/**.enable_inbound_events: `hide_header` {NEEDS_INBOUND}",
        f"pages.c/**.enable_inbound_events: `hide_header` {NEEDS_INBOUND}",
        f"pages.c/**.load: 'click' {NEEDS_INBOUND}",
    ]


def test_does_not_repeat_a_conflict_of_the_site_for_a_pattern():
    validated = site(
        hide_header=True, enable_inbound_events=False, pages={"a/**": {"width": 4}}
    )
    assert printed(validated) == [f"hide_header: {NEEDS_INBOUND}"]


@pytest.mark.parametrize(
    ("own", "below", "messages"),
    [
        (
            {"hide_header": True},
            {"enable_inbound_events": False},
            [f"hide_header: {NEEDS_INBOUND}"],
        ),
        (
            {"enable_inbound_events": False},
            {"hide_header": True},
            [f"enable_inbound_events: `hide_header` {NEEDS_INBOUND}"],
        ),
        (
            {"theme": "auto"},
            {"load": "snippet"},
            [f"theme: 'auto' {NEEDS_LOADER}"],
        ),
        (
            {"enable_outbound_events": False},
            {"analytics": "gtag"},
            [
                (
                    "enable_outbound_events: `analytics` needs "
                    "`enable_outbound_events`, which is false; set it to true"
                )
            ],
        ),
        (
            {
                "hide_header": True,
                "draggable_bubble": True,
                "enable_inbound_events": False,
            },
            {},
            [
                f"enable_inbound_events: `hide_header` {NEEDS_INBOUND}",
                f"hide_header: {NEEDS_INBOUND}",
                f"draggable_bubble: {NEEDS_INBOUND}",
            ],
        ),
    ],
)
def test_conflict_drops_only_the_pages_own_options_in_it(own, below, messages):
    validated = page({**own, "width": 4}, **below)
    assert printed(validated) == messages
    assert validated.options == {"width": 4}


def test_finds_a_conflict_with_a_pattern_by_the_path_of_the_page():
    below = {"pages": {"a/**": {"enable_inbound_events": False}}}
    own = {"hide_header": True}
    assert printed(page(own, "a/index.md", **below)) == [
        f"hide_header: {NEEDS_INBOUND}"
    ]
    assert page(own, "b/index.md", **below).problems == []


def test_disabled_site_reports_no_conflict_on_a_page():
    below = {"enabled": False, "enable_inbound_events": False}
    assert page({"hide_header": True}, **below).problems == []


def test_hosts_are_lowercase_as_in_browsers():
    assert site(hosts=["Docs.Example.com"]).options["hosts"] == ["docs.example.com"]


def test_does_not_print_credentials_in_an_address():
    (message,) = printed(
        site(chat_service_url="https://user:s3cr3t@halo.example.com/api")
    )
    assert message.endswith("got 'https://...@halo.example.com/api'")


def test_disabled_site_has_no_problems():
    validated = validate_site({"enabled": False, "colur": 1, "width": "wide"})
    assert validated.problems == []
    assert validated.options == {"enabled": False}
