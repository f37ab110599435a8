"""A calendar program's answer is read of our own meetings; garbage is refused and breaks nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.web.collaboration.conftest import NOW, Agencies

from narvaro.web.accounts.changed import Refused
from narvaro.web.collaboration import actions
from narvaro.web.collaboration.calendar_replies import LARGEST, matched, read_reply
from narvaro.web.collaboration.models import Answer, Call

REPLY = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Kalender//SV\r
METHOD:{method}\r
BEGIN:VEVENT\r
UID:{uid}@narvaro.invalid\r
DTSTAMP:20261123T080000Z\r
ATTENDEE;PARTSTAT={said}:mailto:{who}\r
END:VEVENT\r
END:VCALENDAR\r
"""


def reply(**more: str) -> bytes:
    fields = {"method": "REPLY", "uid": "x", "said": "ACCEPTED", "who": "a@b.invalid"} | more
    return REPLY.format(**fields).encode()


@pytest.fixture
def call(agencies: Agencies) -> Call:
    """Sent, and its time is settled."""
    made = agencies.call()
    agencies.called(made, mail="")
    proposed = agencies.proposed(made, NOW.date() + timedelta(days=7))
    actions.send(call=made, version=1, by=agencies.viewer(), at=NOW)
    actions.settle(proposed=proposed, chair_unit=agencies.social, by=agencies.viewer(), at=NOW)
    return Call.objects.get()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "answer"),
    [("ACCEPTED", Answer.YES), ("DECLINED", Answer.NO), ("DELEGATED", Answer.SUBSTITUTE)],
)
def test_an_answer_to_our_meeting_is_the_units(
    agencies: Agencies, call: Call, said: str, answer: Answer
) -> None:
    uid = f"cross-meeting-{call.meetings.get().public_id}"
    who = agencies.account(agencies.contact).email.upper()

    called, read = matched(call, read_reply(reply(uid=uid, said=said, who=who)))

    assert (called.unit, read.answer) == (agencies.social, answer)


@pytest.mark.django_db
def test_an_answer_to_another_meeting_or_of_somebody_not_called_is_refused(
    agencies: Agencies, call: Call
) -> None:
    uid = f"cross-meeting-{call.meetings.get().public_id}"
    mine = agencies.account(agencies.contact).email

    with pytest.raises(Refused):
        matched(call, read_reply(reply(uid="cross-meeting-other", who=mine)))
    with pytest.raises(Refused):
        matched(call, read_reply(reply(uid=uid, who="stranger@b.invalid")))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"BEGIN:VCALENDAR",
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        reply(method="REQUEST"),
        reply(said="TENTATIVE"),
        reply(said=""),
        reply().replace(b"ATTENDEE", b"ORGANIZER"),
        reply().replace(b"UID", b"X-UID"),
        reply().replace(b"END:VEVENT", b"ATTENDEE:mailto:b@b.invalid\r\nEND:VEVENT"),
        reply() + reply(),
        reply() + b"X" * LARGEST,
        b"BEGIN:VEVENT\r\n" * 3000,
    ],
)
def test_garbage_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_reply(content)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_and_nothing_else_happens(content: bytes) -> None:
    with pytest.raises(Refused):
        read_reply(content)


@given(st.integers(0, len(reply()) - 1), st.binary(max_size=4))
def test_an_answer_with_anything_changed_is_read_or_refused(where: int, other: bytes) -> None:
    whole = reply()
    try:
        read_reply(whole[:where] + other + whole[where + len(other) :])
    except Refused as refused:
        assert "svar" in str(refused)  # noqa: PT017
