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
def test_reports_a_wrong_option_and_leaves_it_out(
    options: dict[str, str], problem: str
) -> None:
    trigger = Trigger.from_text(options, other_names=["class"])
    assert [str(item)[: len(problem)] for item in trigger.problems] == [problem]
    assert (trigger.send, trigger.detail, trigger.href) == ("openChatWindow", "", "")


def test_reports_every_wrong_option_at_once() -> None:
    wrong = {"send": "x", "href": "//x", "detail": "{", "typo": ""}
    problems = Trigger.from_text(wrong).problems
    assert [problem.path[0] for problem in problems] == [*wrong]
