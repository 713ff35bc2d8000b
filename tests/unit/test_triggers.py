from __future__ import annotations

import pytest

from halochat import Trigger


def attributes(**options: str) -> dict[str, str]:
    trigger = Trigger.from_text(options)
    assert trigger.problems == ()
    return trigger.attributes("../{}".format)


@pytest.mark.parametrize("options", [{}, {"send": "openChatWindow"}, {"href": ""}])
def test_trigger_that_only_opens_the_chat_is_a_plain_link(
    options: dict[str, str],
) -> None:
    assert attributes(**options) == {"href": "#halo-chat"}
    assert Trigger.from_text(options).is_internal


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"send": "haloChat_inboundEvent_toggleMenu"},
            {"data-halo-chat-send": "toggleMenu"},
        ),
        (
            {"send": "reposition", "detail": ' "bottom-left" '},
            {
                "data-halo-chat-send": "reposition",
                "data-halo-chat-detail": '"bottom-left"',
            },
        ),
        (
            {"href": "contact/#form"},
            {"data-halo-chat-send": "openChatWindow", "href": "../contact/#form"},
        ),
        (
            {"href": "mailto:a@example.com"},
            {"data-halo-chat-send": "openChatWindow", "href": "mailto:a@example.com"},
        ),
    ],
)
def test_trigger_has_the_attributes_that_the_loader_reads(
    options: dict[str, str], expected: dict[str, str]
) -> None:
    assert attributes(**options) == expected


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"send": "openChat"}, "send: expected one of 'initialize', "),
        ({"href": "javascript:alert(1)"}, "href: expected an https address, "),
        ({"detail": "{"}, 'detail: expected JSON, such as "bottom-left" with'),
        ({"detail": "NaN"}, "detail: expected a finite number, got nan"),
        ({"detail": '{"id_token": 1}'}, "detail: an identity token or a secret"),
        ({"hrfe": "contact/"}, "hrfe: unknown option, did you mean 'href'?"),
        ({"clas": "x"}, "clas: unknown option, did you mean 'class'?"),
    ],
)
def test_reports_and_drops_a_wrong_option(
    options: dict[str, str], problem: str
) -> None:
    trigger = Trigger.from_text(options, other_names=["class"])
    assert [str(item)[: len(problem)] for item in trigger.problems] == [problem]
    assert (trigger.send, trigger.detail, trigger.href) == ("openChatWindow", "", "")


def test_reports_every_wrong_option_at_once() -> None:
    wrong = {"send": "x", "href": "//x", "detail": "{", "typo": ""}
    problems = Trigger.from_text(wrong).problems
    assert [problem.path[0] for problem in problems] == [*wrong]


# --- Triggers in HTML ---------------------------------------------------------------


def problems_in(html: str) -> list[tuple[str, str]]:
    return [(str(problem), value) for problem, value in Trigger.problems_in(html)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>data-halo-chat-send</p>",
        "<code>&lt;a data-halo-chat-send=nope&gt;</code>",
        "<!-- <a data-halo-chat-send=nope> -->",
        '<a href="#halo-chat" data-halo-chat-detail=\'{"a": 1}\'>Chat</a>',
        '<p data-halo-chat-send="haloChat_inboundEvent_endChat">End</p>',
        '<p data-halo-effect="glow" data-hallo="x">Of other tools</p>',
        "<button data-halo-chat-send=reposition data-halo-chat-detail='\"top-left\"'>",
    ],
)
def test_accepts_correct_triggers_in_html(html: str) -> None:
    assert problems_in(html) == []


def test_reports_errors_in_triggers_in_html() -> None:
    html = (
        '<p><a data-halo-chat-send="opnChatWindow" href="contact/">Chat</a></p>'
        "<a DATA-HALO-CHAT-SEND>Chat</a>"
        "<a data-halochat-send=endChat>End</a>"
        "<a data-halo-chat-send=resize data-halo-chat-detail='{width: 3}'>Resize</a>"
    )
    (event, value), (empty, _), attribute, (detail, json) = problems_in(html)
    assert event.startswith("data-halo-chat-send: expected one of 'initialize', ")
    assert event.endswith("did you mean 'openChatWindow'?")
    assert value == "opnChatWindow"
    assert empty == (
        "data-halo-chat-send: is empty; set it to an event, such as 'openChatWindow'"
    )
    assert attribute == (
        "data-halochat-send: unknown attribute, did you mean 'data-halo-chat-send'?",
        "data-halochat-send",
    )
    assert detail.startswith("data-halo-chat-detail: expected JSON, such as ")
    assert json == "{width: 3}"


@pytest.mark.parametrize("url", ["#halochat", "#halo_chat", "#Halo-Chat", "#HALOCHAT"])
def test_reports_links_that_nearly_open_the_chat(url: str) -> None:
    message = f"'{url}' opens no chat, did you mean '#halo-chat'?"
    assert Trigger.link_problem(url) == message


@pytest.mark.parametrize(
    "url", ["#halo-chat", "#halo", "#chat", "b#halochat", "halochat"]
)
def test_accepts_links_to_the_chat_and_elsewhere(url: str) -> None:
    assert Trigger.link_problem(url) == ""


def test_suggests_an_event_by_the_start_of_its_name() -> None:
    ((message, _),) = problems_in("<a data-halo-chat-send=openChat>Chat</a>")
    assert message.endswith("did you mean 'openChatWindow'?")


def test_sends_a_detail_without_the_spaces_of_its_author() -> None:
    sent = attributes(send="resize", detail='{"width": 1, "list": [1, 2]}')
    assert sent["data-halo-chat-detail"] == '{"width":1,"list":[1,2]}'


@pytest.mark.parametrize(
    ("html", "path"),
    [
        ('<a data-halo-chat-sent="x">', ("data-halo-chat-sent",)),
        ('<a data-halo-chat-send="">', ("data-halo-chat-send",)),
        ('<a data-halo-chat-send="openChat">', ("data-halo-chat-send",)),
        (
            """<a data-halo-chat-detail='{"a": {"password": "x"}}'>""",
            ("data-halo-chat-detail", "a"),
        ),
    ],
)
def test_warns_of_attributes_in_html_by_their_names(
    html: str, path: tuple[str, ...]
) -> None:
    problems = [problem for problem, _ in Trigger.problems_in(html)]
    assert [(one.path, one.severity) for one in problems] == [(path, "warning")]


def test_attributes_of_others_are_not_misspelled() -> None:
    html = '<a data-halo-chat-send="openChatWindow" data-hallo-chat-send="x">'
    assert list(Trigger.problems_in(html)) == []
