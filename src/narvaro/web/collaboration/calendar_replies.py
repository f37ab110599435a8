"""Answers that calendar programs write (RFC 5546, 3.2.3): read with suspicion, and only of our own meetings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.collaboration.actions.answering import Said
from narvaro.web.collaboration.models import Answer, Call, Called

LARGEST = 64 * 1024
"""Bytes: an answer to a meeting is a few hundred."""
ANSWERS = {"ACCEPTED": Answer.YES, "DECLINED": Answer.NO, "DELEGATED": Answer.SUBSTITUTE}


@dataclass(frozen=True, slots=True)
class Reply:
    """Which event, whose answer, and what it is."""

    event: str
    attendee: str
    answer: Answer


def read_reply(content: bytes) -> Reply:
    """The one answer of a file. Raises Refused for everything else, whatever it holds."""
    if len(content) > LARGEST:
        raise _not_an_answer()
    try:
        found = _read(content)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        raise _not_an_answer() from None
    if found is None:
        raise _not_an_answer()
    return found


def _not_an_answer() -> Refused:
    return Refused(_("Filen är inget svar på ett möte härifrån."))


def _read(content: bytes) -> Reply | None:
    from icalendar import Calendar

    calendar: Any = Calendar.from_ical(content.decode("utf-8"))
    events = calendar.walk("VEVENT")
    if str(calendar.get("method", "")).upper() != "REPLY" or len(events) != 1:
        return None
    [event] = events
    attendee = event["attendee"]
    if isinstance(attendee, list):
        return None
    answer = ANSWERS.get(str(attendee.params.get("PARTSTAT", "")).upper())
    who = str(attendee).casefold().removeprefix("mailto:").strip()
    return None if answer is None else Reply(str(event["uid"]).partition("@")[0], who, answer)


def matched(call: Call, reply: Reply) -> tuple[Called, Said]:
    """The unit that answers, and what. Raises Refused for another meeting, or somebody not called."""
    meeting = call.meetings.to_come().first()
    if meeting is None or reply.event != f"cross-meeting-{meeting.public_id}":
        raise _not_an_answer()
    for one in call.called.filter(stopped_at=None).select_related("contact", "unit"):
        address = one.contact.email if one.contact else one.mail
        if address.casefold() == reply.attendee:
            one.call = call
            at = call.proposed.filter(starts_at=meeting.starts_at)
            return one, Said(reply.answer, tuple(at.values_list("pk", flat=True)))
    raise Refused(_("Svaret är från någon som inte är kallad."))
