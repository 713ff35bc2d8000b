"""Pages that get in the way: their content, their scripts, and their policies."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from typing import Any, TypeAlias

import embeds
import pytest
from widgets import OPEN, STATE, Case, Visit

from halochat.launcher import launcher_css

Meet: TypeAlias = Callable[[Case], Visit]

# A widget that a page cannot disturb, so that only the loader is tested. It shows
# nothing but its bubble, and notes the events that it took.
STURDY = """
const { addEventListener, dispatchEvent } = EventTarget.prototype;
const { createElement, getElementById } = Document.prototype;
const opened = (name, detail) =>
  new CustomEvent(`haloChat_outboundEvent_${name}`, { detail });
const runs = window.vendor?.runs ?? 0;
window.vendor = { runs: runs + 1, calls: [], opened: false };
window.vendor.isOpen = () => window.vendor.opened;
for (const name of ["openChatWindow", "closeChatWindow", "upgradeAnonChat"]) {
  addEventListener.call(window, `haloChat_inboundEvent_${name}`, ({ detail }) => {
    window.vendor.calls.push([name, detail]);
    window.vendor.opened = name === "openChatWindow";
    if (window.vendor.opened) dispatchEvent.call(window, opened("chatOpened", { id: 1 }));
  });
}
const bubble = createElement.call(document, "button");
bubble.textContent = "Vendor's bubble";
getElementById.call(document, "halo-chat").append(bubble);
dispatchEvent.call(window, opened("initialized", { chatAvailable: true }));
"""
WIDGET = Case("sturdy", STURDY, has_base=False)
# A script that content would like to run.
EVIL = '<meta name="halo-chat" content="{}" />'.format(
    html.escape(json.dumps({"script": "/evil.js", "load": "eager", "timeout": 15}))
)


def click_launcher(visitor: Visit) -> None:
    """Click where the launcher is, without looking into the document."""
    size = visitor.page.viewport_size
    assert size
    visitor.page.mouse.click(size["width"] - 50, size["height"] - 50)


def check_opens(visitor: Visit) -> None:
    visitor.check(visitor.until(OPEN), "opens")
    visitor.check_equal("window.vendor?.runs", 1)


# --- Named elements -------------------------------------------------------------------

# What the loader may look for on the window, with the analytics that do ...
NAMED_FOR_WINDOW = [
    ('<form id="halochat"><input name="send" /></form>', "none"),
    (
        '<form name="halochat"><input name="open" /><input name="state" /></form>',
        "none",
    ),
    ('<form id="haloChatConfig"><input name="theme" /></form>', "none"),
    ('<a id="document$"></a>', "none"),
    ('<form id="document$"><input name="subscribe" /></form>', "none"),
    ('<a id="__md_get"></a><a id="__md_set"></a>', "none"),
    ('<a id="Turbo"></a><a id="halochat"></a>', "none"),
    ('<a id="dataLayer"></a>', "data_layer"),
    ('<a id="gtag"></a><a id="dataLayer"></a>', "gtag"),
    ('<a id="plausible"></a>', "plausible"),
    ('<form id="_paq"><input name="push" /></form>', "matomo"),
]
# ... and on the document, where a name hides what the document itself has.
NAMED_FOR_DOCUMENT = """activeElement addEventListener adoptedStyleSheets body createElement
currentScript defaultView dispatchEvent documentElement forms getElementById head
onreadystatechange prerendering querySelector querySelectorAll readyState
removeEventListener styleSheets title""".split()


@pytest.mark.parametrize(("content", "analytics"), NAMED_FOR_WINDOW)
def test_opens_beside_elements_named_like_globals(
    visit: Meet, content: str, analytics: str
) -> None:
    visitor = visit(WIDGET)
    options = {} if analytics == "none" else {"analytics": analytics}
    visitor.write_embed("click", content=content, consent=True, **options)
    visitor.arrive()
    visitor.evaluate("localStorage.setItem('halochat-consent', '1')")
    visitor.arrive()
    click_launcher(visitor)
    check_opens(visitor)
    visitor.finish()


@pytest.mark.parametrize("name", NAMED_FOR_DOCUMENT)
def test_opens_beside_an_element_named_like_a_document_property(
    visit: Meet, name: str
) -> None:
    visitor = visit(WIDGET)
    visitor.write_embed("click", content=f'<img name="{name}" alt="" />')
    visitor.arrive()
    click_launcher(visitor)
    check_opens(visitor)
    visitor.finish()


def test_loads_in_idle_time_beside_all_these_elements(visit: Meet) -> None:
    visitor = visit(WIDGET)
    images = [f'<img name="{name}" alt="" />' for name in NAMED_FOR_DOCUMENT]
    visitor.write_embed("idle", content="".join(images))
    visitor.arrive()
    visitor.advance(5)
    visitor.check_equal("window.vendor?.runs", 1)
    visitor.evaluate("halochat.open()")
    check_opens(visitor)
    visitor.finish()


@pytest.mark.parametrize("name", ["requestIdleCallback", "trustedTypes", "navigation"])
def test_opens_beside_an_element_named_like_a_missing_feature(
    visit: Meet, name: str
) -> None:
    visitor = visit(WIDGET)
    # Playwright binds whatever has the name of a function that it uses.
    bind = "HTMLAnchorElement.prototype.bind = () => undefined"
    head = f"<script>delete window.{name}; {bind}</script>"
    visitor.write_embed("idle", head=head, content=f'<a id="{name}"></a>')
    visitor.arrive()
    assert visitor.evaluate(f"{name} instanceof HTMLElement")
    visitor.advance(5)
    visitor.check_equal("window.vendor?.runs", 1)
    visitor.evaluate("halochat.open()")
    check_opens(visitor)
    visitor.finish()


NAMES_OF_ELEMENTS = ["closest", "matches", "dataset", "href", "focus", "getRootNode"]
CLICK_AND_FOCUS = """(() => {
  const form = document.getElementById("form");
  HTMLElement.prototype.click.call(form);
  HTMLElement.prototype.focus.call(form);
  halochat.open();
})()"""


def test_opens_from_a_form_with_fields_named_like_form_properties(visit: Meet) -> None:
    visitor = visit(WIDGET)
    fields = [f'<input name="{name}" />' for name in NAMES_OF_ELEMENTS]
    form = f'<form id="form" tabindex="0">{"".join(fields)}</form>'
    visitor.write_embed("idle", content=form)
    visitor.arrive()
    visitor.advance(5)
    visitor.evaluate(CLICK_AND_FOCUS)
    check_opens(visitor)
    visitor.evaluate("halochat.close()")
    visitor.advance(1)
    visitor.check_equal(OPEN, False)
    visitor.finish()


# --- Globals of the page --------------------------------------------------------------

GLOBALS = {
    "dispatchEvent": "function dispatchEvent(name) { throw new Error(name); }",
    "addEventListener": "function addEventListener(name) { throw new Error(name); }",
    "removeEventListener": "function removeEventListener() { throw new Error(); }",
    "names": "var open, name, status, close, state, page, parent, send, load, event, find;"
    "open = name = status = close = state = page = send = load = find = 1;",
    "requestIdleCallback": "window.requestIdleCallback = undefined;",
    "setTimeout": "const later = setTimeout;"
    "window.setTimeout = (act, ...more) => later(() => act(), ...more);",
    "timer objects": "const later = setTimeout; window.setTimeout = (...all) =>"
    "({ id: later(...all), [Symbol.toPrimitive]() { return this.id; } });",
    "console": "window.console = {};",
    "Object.prototype": "Object.prototype.extra = function () {};",
    "Array.prototype": "Array.prototype.toJSON = function () { return 'array'; };"
    "Array.prototype.extra = function () {};",
    "Array.from": "Array.from = (value) => [value];",
}


@pytest.mark.parametrize("place", ["head", "foot"])
@pytest.mark.parametrize("script", GLOBALS)
def test_opens_on_a_page_with_conflicting_globals(
    visit: Meet, script: str, place: str
) -> None:
    visitor = visit(WIDGET)
    own = f"<script>{GLOBALS[script]}</script>"
    visitor.write_embed("click", **{place: own})
    visitor.arrive()
    click_launcher(visitor)
    check_opens(visitor)
    visitor.evaluate("halochat.close()")
    visitor.check_equal(OPEN, False)
    visitor.trigger()
    check_opens(visitor)
    visitor.finish()


def test_follows_the_fallback_on_a_page_without_a_console(visit: Meet) -> None:
    visitor = visit(WIDGET)
    visitor.server.answer("/chat/index.js", "", status=404)
    head = "<script>window.console = {}</script>"
    visitor.write_embed("click", head=head, fallback="two.html")
    visitor.arrive()
    visitor.trigger()
    assert visitor.until("document.title === 'Two'")
    visitor.finish()


# --- Policies -------------------------------------------------------------------------

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
TRUSTED = "require-trusted-types-for 'script'"
POLICIES = {
    "hosts": "default-src 'none'; script-src 'self' {vendor}; base-uri 'none'",
    "nonce": "script-src 'nonce-1' 'strict-dynamic'; object-src 'none'",
    "trusted types": TRUSTED,
    "named trusted types": f"{TRUSTED}; trusted-types halochat",
    "all of them": "default-src 'none'; script-src 'nonce-1' 'strict-dynamic'; "
    f"{TRUSTED}; trusted-types halochat",
}


def keep(visitor: Visit, policy: str) -> str:
    """Serve the pages with a policy; return the script that notes what violates it."""
    policy = policy.format(vendor=visitor.server.url)
    visitor.headers["Content-Security-Policy"] = policy
    visitor.nonce = ' nonce="1"'
    visitor.server.answer("/violations.js", VIOLATIONS)
    return '<script src="/violations.js" nonce="1"></script>'


@pytest.mark.parametrize("load", ["click", "idle"])
@pytest.mark.parametrize("policy", POLICIES)
def test_opens_under_a_policy(visit: Meet, policy: str, load: str) -> None:
    visitor = visit(WIDGET)
    visitor.write_embed(load, head=keep(visitor, POLICIES[policy]))
    visitor.arrive()
    visitor.trigger()
    check_opens(visitor)
    visitor.check_equal("window.violations.join()", "")
    visitor.finish()


@pytest.mark.parametrize(
    "policy", [f"{TRUSTED}; trusted-types other", f"{TRUSTED}; trusted-types 'none'"]
)
def test_opens_the_fallback_if_a_policy_blocks_the_script(
    visit: Meet, policy: str
) -> None:
    visitor = visit(WIDGET)
    keep(visitor, policy)
    visitor.write_embed("click", fallback="two.html")
    visitor.arrive()
    visitor.trigger()
    assert visitor.until("document.title === 'Two'", within=20)
    visitor.warnings()
    visitor.finish()


ISOLATED = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("shares", [True, False])
def test_detects_whether_an_isolated_page_can_load_the_script(
    visit: Meet, shares: bool
) -> None:
    visitor = visit(WIDGET)
    visitor.headers |= ISOLATED
    shared = {"Cross-Origin-Resource-Policy": "cross-origin"} if shares else {}
    script = f"(() => {{{STURDY}}})()"
    visitor.server.answer("/chat/index.js", script, headers=shared)
    visitor.write_embed("click", fallback="two.html")
    visitor.arrive()
    visitor.check_equal("crossOriginIsolated", True)
    visitor.trigger()
    if shares:
        check_opens(visitor)
        visitor.check_equal(STATE, "ready")
    else:
        visitor.check(visitor.until("document.title === 'Two'"), "follows the fallback")
        assert visitor.warnings()
    visitor.finish()


@pytest.mark.parametrize("load", ["click", "idle"])
@pytest.mark.parametrize(
    "sandbox", ["allow-scripts", "allow-scripts allow-same-origin"]
)
def test_opens_in_a_sandbox(visit: Meet, sandbox: str, load: str) -> None:
    visitor = visit(WIDGET)
    visitor.write_embed(load, analytics="data_layer")
    page = f'<iframe sandbox="{sandbox}" src="/one.html" width="600" height="600">'
    visitor.server.answer("/outer.html", page, type="text/html")
    visitor.arrive("outer")
    visitor.advance(5)
    frame = visitor.page.frames[1]
    frame.get_by_role("link", name="Chat").click()
    visitor.check(visitor.until(lambda: frame.evaluate(OPEN)), "opens")
    assert frame.evaluate("[origin === 'null', vendor.runs]") == [
        "same" not in sandbox,
        1,
    ]
    visitor.finish()


# --- Metas in the content -------------------------------------------------------------


@pytest.mark.parametrize("navigation", ["material", "turbo"])
@pytest.mark.parametrize("load", ["click", "idle"])
def test_ignores_a_meta_element_in_the_body(
    visit: Meet, load: str, navigation: str
) -> None:
    visitor = visit(WIDGET)
    visitor.server.answer("/evil.js", "window.evil = true")
    visitor.write_embed(load, navigation, content=EVIL)
    visitor.arrive()
    visitor.trigger()
    check_opens(visitor)
    visitor.follow("Two")
    visitor.check_equal(STATE, "ready")
    visitor.follow("Off")
    visitor.check_equal(STATE, "off")
    visitor.advance(5)
    visitor.follow("One")
    visitor.check_equal(STATE, "ready")
    visitor.check_equal("window.evil", None)
    assert "/evil.js" not in visitor.server.requests
    visitor.finish()


def test_ignores_a_script_address_from_a_meta_element_in_the_body(
    visit: Meet,
) -> None:
    visitor = visit(WIDGET)
    keep(visitor, POLICIES["nonce"])
    visitor.write_embed("click", content=EVIL)
    visitor.arrive()
    visitor.advance(5)
    click_launcher(visitor)
    check_opens(visitor)
    assert "/evil.js" not in visitor.server.requests
    visitor.finish()


def test_meta_element_in_the_body_does_not_enable_chat(visit: Meet) -> None:
    visitor = visit(WIDGET)
    visitor.server.answer("/evil.js", "window.evil = true")
    text = f'<title>One</title><script src="/halochat.js" defer></script><p>{EVIL}</p>'
    visitor.server.answer("/one.html", text, type="text/html")
    visitor.arrive()
    visitor.advance(5)
    visitor.check_equal(STATE, "off")
    assert "/evil.js" not in visitor.server.requests
    visitor.finish()


def test_meta_element_in_the_body_does_not_grant_consent(visit: Meet) -> None:
    visitor = visit(WIDGET)
    content = embeds.meta(visitor.script, load="eager")
    visitor.write_embed("eager", content=content, consent=True)
    visitor.arrive()
    visitor.advance(5)
    visitor.trigger()
    visitor.advance(5)
    assert "/chat/index.js" not in visitor.server.requests
    visitor.finish()


# --- Identity tokens ------------------------------------------------------------------

FORGED = [
    '{"id_token": "forged"}',
    '{"id\\u005ftoken": "forged"}',
    '{"ID_TOKEN": "forged"}',
    '{"idToken": "forged"}',
    '{"id-token": "forged"}',
    '{" id_token ": "forged"}',
    '{"id_token": {"id_token": "forged"}}',
    '{"__proto__": {"id_token": "forged"}}',
    '{"constructor": {"prototype": {"id_token": "forged"}}}',
]
# The tokens that came with the events: what the widget reads, and what looks like one.
TOKENS = """vendor.calls.map(([name, detail]) => [
  detail?.id_token,
  ...Object.keys(detail ?? {}).filter((key) => /^\\W*id\\W?_?token\\W*$/i.test(key)),
])"""
IDENTITY = "<script>window.getToken = async () => 'signed'</script>"


@pytest.mark.parametrize("identity", [None, "getToken"])
@pytest.mark.parametrize("name", ["openChatWindow", "upgradeAnonChat"])
def test_ignores_a_token_in_the_content(
    visit: Meet, name: str, identity: str | None
) -> None:
    visitor = visit(WIDGET)
    buttons = [
        f'<button data-halo-chat-send="{name}" '
        f'data-halo-chat-detail="{html.escape(detail)}">Send {number}</button>'
        for number, detail in enumerate(FORGED)
    ]
    options: dict[str, Any] = {"identity": identity} if identity else {}
    visitor.write_embed("click", head=IDENTITY, content="".join(buttons), **options)
    visitor.arrive()
    expected = ["signed", "id_token"] if identity else [None]
    for number, detail in enumerate(FORGED):
        visitor.page.get_by_role("button", name=f"Send {number}").click()
        assert visitor.until(f"window.vendor?.calls.length === {number + 1}")
        (*_, found) = visitor.evaluate(TOKENS)
        visitor.check(found == expected, f"{expected} of {detail}, not {found}")
    visitor.check_equal("({}).id_token", None)
    visitor.finish()


def test_keeps_the_rest_of_a_detail(visit: Meet) -> None:
    visitor = visit(WIDGET)
    detail = '{"id_token": "forged", "retainPreviousChat": true, "more": [1, {"a": 2}]}'
    button = (
        '<button data-halo-chat-send="openChatWindow" '
        f'data-halo-chat-detail="{html.escape(detail)}">Send</button>'
    )
    visitor.write_embed("click", content=button)
    visitor.arrive()
    visitor.page.get_by_role("button", name="Send").click()
    check_opens(visitor)
    rest = {"retainPreviousChat": True, "more": [1, {"a": 2}]}
    visitor.check_equal("vendor.calls[0][1]", rest)
    visitor.finish()


@pytest.mark.parametrize("detail", ['"forged"', "[1]", "7", "null", "{", "", "true"])
def test_opens_with_any_detail_from_the_content(visit: Meet, detail: str) -> None:
    visitor = visit(WIDGET)
    button = (
        '<button data-halo-chat-send="openChatWindow" '
        f'data-halo-chat-detail="{html.escape(detail)}">Send</button>'
    )
    visitor.write_embed(
        "click", head=IDENTITY, content=button, identity="getToken", timeout=5
    )
    visitor.arrive()
    visitor.page.get_by_role("button", name="Send").click()
    check_opens(visitor)
    visitor.check_equal("vendor.calls[0][1]?.id_token", "signed")
    visitor.warnings()
    visitor.finish()


def test_accepts_a_token_from_the_scripts_of_the_site(visit: Meet) -> None:
    visitor = visit(WIDGET)
    visitor.write_embed("click")
    visitor.arrive()
    visitor.evaluate("halochat.open({ id_token: 'signed' })")
    check_opens(visitor)
    visitor.check_equal("vendor.calls[0][1].id_token", "signed")
    visitor.finish()


# --- Styles ---------------------------------------------------------------------------

NO_STYLES = {
    "length": 1,
    "parentRule": "none",
    "setProperty": "none",
    "getPropertyValue": 5,
    "item": "none",
    "cssText": "display: none",
    "cssFloat": {},
    "constructor": "none",
    "toString": "none",
    "__proto__": {"display": "none"},
    "nonsense": "none",
    "0": "none",
}


OPACITY = """(element) => {
  let product = 1;
  for (let node = element; node; node = node.parentElement) {
    product *= getComputedStyle(node).opacity;
  }
  return product;
}"""


@pytest.mark.parametrize("name", NO_STYLES)
def test_ignores_styles_that_css_does_not_know(visit: Meet, name: str) -> None:
    styles = {name: NO_STYLES[name], "opacity": 0.5}
    options = dict.fromkeys(["bubble_container_styles", "bubble_styles"], styles)
    visitor = visit(Case("styled", STURDY, has_base=False))
    visitor.write_embed("click", launcher=launcher_css(options, None, ""))
    visitor.arrive()
    assert visitor.launcher.is_visible()
    assert visitor.launcher.evaluate(OPACITY) == 0.25
    visitor.launcher.click()
    check_opens(visitor)
    visitor.finish()
