"""The identity function of the page, which says who the visitor is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from visit import Visit

Make: TypeAlias = Callable[..., Visit]

TOKEN = "the.visitors.token"  # noqa: S105
FUNCTIONS = {
    "value": "chatToken() { window.asked = (window.asked ?? 0) + 1; return this.token }",
    "promise": "chatToken() { return Promise.resolve(this.token) }",
    "throws": "chatToken() { throw new Error('no session') }",
    "rejects": "chatToken() { return Promise.reject(new Error('no session')) }",
    "nobody": "chatToken() { return null }",
    "missing": "",
    "hangs": "chatToken: () => new Promise(() => {})",
    "slow": "chatToken: () => new Promise((resolve) => { window.answer = resolve })",
}
FORGED = """<button data-halo-chat-send="openChatWindow"
 data-halo-chat-detail='{"id_token": "forged", "retainPreviousChat": true}'>Ask</button>
"""


@pytest.fixture
def sign_in(visit_static: Make) -> Make:
    """Open a page whose own JavaScript knows who the visitor is."""

    def make(function: str, **options: object) -> Visit:
        script = f"window.shop = {{ token: '{TOKEN}', {FUNCTIONS[function]} }}"
        pages = {"index.html": f"{FORGED}<script>{script}</script>"}
        options = {"identity": "shop.chatToken", "load": "manual", **options}
        return visit_static(pages, **options).open()

    return make


@pytest.mark.core
@pytest.mark.engines
@pytest.mark.parametrize("function", ["value", "promise"])
@pytest.mark.parametrize("event", ["openChatWindow", "upgradeAnonChat"])
def test_the_token_is_sent_with_the_event(
    sign_in: Make, function: str, event: str
) -> None:
    visit = sign_in(function)
    visit.page.evaluate(f"halochat.send('{event}')")
    assert visit.expect_call(event) == {"id_token": TOKEN}


def test_content_can_send_more_but_no_other_token(sign_in: Make) -> None:
    visit = sign_in("value")
    visit.page.get_by_role("button", name="Ask").click()
    sent = visit.expect_call("openChatWindow")
    assert sent == {"id_token": TOKEN, "retainPreviousChat": True}


def test_a_token_that_javascript_sends_precedes_the_function(sign_in: Make) -> None:
    visit = sign_in("value")
    visit.page.evaluate("halochat.open({ id_token: 'own' })")
    assert visit.expect_call("openChatWindow") == {"id_token": "own"}


def test_javascript_sends_a_token_without_an_identity_function(
    visit_static: Make,
) -> None:
    visit = visit_static(load="manual").open()
    visit.page.evaluate("halochat.open({ id_token: 'own' })")
    assert visit.expect_call("openChatWindow") == {"id_token": "own"}


def test_the_function_is_called_when_a_chat_opens(sign_in: Make) -> None:
    visit = sign_in("value")
    visit.page.evaluate("halochat.send('resize')")
    assert visit.expect_call("resize") is None
    assert visit.page.evaluate("window.asked") is None
    visit.page.evaluate("halochat.open()")
    visit.expect_call("openChatWindow")
    assert visit.page.evaluate("window.asked") == 1


@pytest.mark.parametrize("function", ["throws", "rejects", "missing"])
def test_the_chat_is_anonymous_if_the_function_fails(
    sign_in: Make, function: str
) -> None:
    visit = sign_in(function)
    visit.page.evaluate("halochat.open()")
    assert visit.expect_call("openChatWindow") is None
    (warning,) = visit.warnings
    assert warning.startswith("halochat: no identity token, the chat is anonymous: ")


def test_the_chat_is_anonymous_if_the_function_is_too_slow(sign_in: Make) -> None:
    visit = sign_in("hangs")
    visit.page.evaluate("halochat.open()")
    visit.expect_state("ready").pass_time(10)
    assert visit.calls == []
    visit.pass_time(10)
    assert visit.expect_call("openChatWindow") is None
    (warning,) = visit.warnings
    assert warning == (
        "halochat: no identity token, the chat is anonymous: it timed out"
    )


def test_events_keep_their_order_while_the_function_is_slow(sign_in: Make) -> None:
    visit = sign_in("slow")
    visit.page.evaluate("""
        halochat.open();
        halochat.send("resize", { width: 300 });
        halochat.send("toggleMenu");
    """)
    visit.page.wait_for_function("!!window.answer")
    visit.page.evaluate("halochat.send('toggleFullScreen', true)")
    assert visit.calls == []
    visit.page.evaluate(f"answer('{TOKEN}')")
    visit.expect_call("toggleFullScreen")
    assert visit.calls == [
        ("openChatWindow", {"id_token": TOKEN}),
        ("resize", {"width": 300}),
        ("toggleMenu", None),
        ("toggleFullScreen", True),
    ]


def test_a_visitor_without_a_token_is_anonymous(sign_in: Make) -> None:
    visit = sign_in("nobody")
    visit.page.evaluate("halochat.open()")
    assert visit.expect_call("openChatWindow") is None
    assert visit.warnings == []


def test_token_is_stored_nowhere(sign_in: Make) -> None:
    visit = sign_in("value")
    visit.page.evaluate("halochat.open()")
    visit.expect_call("openChatWindow")
    kept = visit.page.evaluate("""JSON.stringify([localStorage, sessionStorage,
        document.cookie, window.haloChatConfig, document.body.dataset,
        document.head.outerHTML, document.documentElement.cloneNode().outerHTML])""")
    assert TOKEN not in kept
