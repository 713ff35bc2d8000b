from __future__ import annotations

import re

import pytest
from facts import CONTRACT

from halochat import events


@pytest.mark.parametrize(
    ("prefix", "known", "section", "count"),
    [
        (events.INBOUND_PREFIX, events.INBOUND, "inbound", 11),
        (events.OUTBOUND_PREFIX, events.OUTBOUND, "outbound", 16),
        (events.FUNCTION_PREFIX, events.FUNCTIONS, "functions", 1),
    ],
)
def test_event_names_match_the_contract(prefix, known, section, count):
    names = [prefix + event.name for event in known]
    assert names == [entry["name"] for entry in CONTRACT[section]]
    assert len(names) == count


@pytest.mark.parametrize(
    ("known", "section"),
    [(events.INBOUND, "inbound"), (events.OUTBOUND, "outbound")],
)
def test_event_has_a_detail_if_the_contract_has_one(known, section):
    assert [bool(event.detail) for event in known] == [
        # The guide's row of `initialized` has no cell for what it carries.
        entry["detail"] != "null"
        for entry in CONTRACT[section]
    ]


def test_six_events_carry_a_chat_header_and_two_a_message():
    details = [event.detail for event in events.OUTBOUND]
    assert details.count("chat header") == 6
    assert details.count("message") == 2


@pytest.mark.parametrize(
    "event", [*events.INBOUND, *events.OUTBOUND, *events.FUNCTIONS]
)
def test_summary_is_one_sentence(event):
    assert re.fullmatch(r"[A-Z][^.]*[.?]", event.summary)
