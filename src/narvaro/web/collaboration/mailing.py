"""Mail about calls: a kind of meeting, an authority, days and a link. Nothing of a pupil, nor of who goes where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from narvaro.timetable import local_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.contacts import contact_of
from narvaro.web.collaboration.links import make_link, path_of
from narvaro.web.collaboration.models import AnswerLink, Call, Called, CallKind, CrossMeeting
from narvaro.web.collaboration.words import place_said
from narvaro.web.messages.calendars import Event
from narvaro.web.messages.letters import Link, Place, Value, queue_letter
from narvaro.web.messages.models import Mail
from narvaro.web.messages.registry import Receiver

RECEIVER = "called"


def receiver(_viewer: Viewer | None, public_id: str) -> Receiver | None:
    """A unit without an account, behind the key `called:…`: its mail box."""
    called = Called.objects.filter(public_id=public_id).select_related("unit").first()
    return None if called is None else Receiver(name=called.unit.name, address=called.mail)


def sending(call: Call) -> str:
    """What the keys of the mails of this sending begin with; sent again, they are others."""
    moment = call.sent_at or call.made_at
    return f"call:{call.public_id}:{moment.timestamp():.6f}:"


def invite(called: Called, *, by: Viewer, at: datetime) -> Mail | None:
    """Ask a unit to answer: by signing in, or by the link."""
    return _mail(
        called,
        "invitation",
        f"{sending(called.call)}{called.public_id}",
        by=by,
        at=at,
        more=_of_times(called.call) | {"answer": Link(path_of(make_link(called, at)))},
    )


def shown(call: Call, called_on: date) -> tuple[str, str]:
    """The invitation as it will be mailed, but for the links: subject and text, in Swedish."""
    times = [one.starts_at for one in call.proposed.all()]
    if not times:
        return "", ""
    with translation.override("sv"):
        values = {
            "kind": CallKind(call.kind).label,
            "authority": call.case.authority,
            "count": len(times),
            "first": min(times),
            "last": call.last_day_from(called_on),
            "answer": "…",
            "page": "…",
        }
        text = render_to_string("collaboration/mail/invitation.txt", values).strip()
    subject, _line, body = text.partition("\n")
    return subject, body.strip()


def remind(called: Called, *, by: Viewer | None, at: datetime) -> Mail | None:
    """Ask a silent unit once more; the same link, while it is good."""
    link = _standing(called) or make_link(called, at)
    key = f"call-reminder:{called.public_id}:{local_day(at).isoformat()}"
    more = _of_times(called.call) | {"answer": Link(path_of(link))}
    return _mail(called, "reminder", key, by=by, at=at, more=more)


def tell_cancelled(
    called: Called, meeting: CrossMeeting | None, *, by: Viewer, at: datetime
) -> Mail | None:
    """Tell that the call was taken back; a calendar that has the meeting takes it away."""
    key = f"call-cancelled:{called.public_id}:{at.timestamp():.6f}"
    event = None if meeting is None else event_of(meeting, called)
    return _mail(called, "cancelled", key, by=by, at=at, more={}, event=event)


def tell_stopped(called: Called, *, by: Viewer, at: datetime) -> Mail | None:
    """Tell a unit that it takes no part any more."""
    key = f"call-stopped:{called.public_id}:{at.timestamp():.6f}"
    return _mail(called, "stopped", key, by=by, at=at, more={})


def invite_again(called: Called, *, by: Viewer, at: datetime) -> Mail | None:
    """Ask a unit that was taken out to take part after all."""
    key = f"call-again:{called.public_id}:{at.timestamp():.6f}"
    more = _of_times(called.call) | {"answer": Link(path_of(make_link(called, at)))}
    return _mail(called, "invitation", key, by=by, at=at, more=more)


def tell_changed(called: Called, *, by: Viewer, at: datetime) -> Mail | None:
    """Tell that who takes part, or what may be read, is no longer the same."""
    key = f"call-changed:{called.public_id}:{at.timestamp():.6f}"
    return _mail(called, "changed", key, by=by, at=at, more={})


def tell_time(called: Called, meeting: CrossMeeting, *, by: Viewer, at: datetime) -> Mail | None:
    """Tell when and where the meeting is, with a calendar file."""
    said = place_said(meeting.call, meeting.place_kind, meeting.place)
    key = f"cross-meeting:{meeting.public_id}:{meeting.sequence}:{called.public_id}"
    more: dict[str, Value] = {"starts_at": meeting.starts_at, "place": Place(said)}
    return _mail(called, "settled", key, by=by, at=at, more=more, event=event_of(meeting, called))


def event_of(meeting: CrossMeeting, called: Called | None = None) -> Event:
    """The meeting as a calendar shows it; for who is called it leads to the page of the called."""
    page = ("call", meeting.call.public_id) if called is None else ("called", called.public_id)
    return Event(
        key=f"cross-meeting-{meeting.public_id}",
        title=str(CallKind(meeting.call.kind).label).capitalize(),
        path=reverse(page[0], args=[page[1]]),
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        place=place_said(meeting.call, meeting.place_kind, meeting.place),
        sequence=meeting.sequence,
        is_cancelled=meeting.cancelled_at is not None,
    )


def _of_times(call: Call) -> dict[str, Value]:
    times = [one.starts_at for one in call.proposed.all()]
    last = call.last_day or call.last_day_from(local_day(call.made_at))
    return {"count": len(times), "first": min(times), "last": last}


def _standing(called: Called) -> AnswerLink | None:
    return called.links.filter(used_at=None, revoked_at=None).first()


def _mail(
    called: Called,
    template: str,
    key: str,
    *,
    by: Viewer | None,
    at: datetime,
    more: Mapping[str, Value],
    event: Event | None = None,
) -> Mail | None:
    """To who is the unit's contact today, else to the unit's mail box."""
    call = called.call
    contact = contact_of(called.unit, local_day(at))
    if contact is None and not called.mail:
        return None
    values: dict[str, Value] = {
        "kind": CallKind(call.kind).label,
        "authority": call.case.authority,
        "page": Link(reverse("called", args=[called.public_id])),
        **more,
    }
    return queue_letter(
        f"collaboration/mail/{template}.txt",
        values,
        key=key,
        to=contact or f"{RECEIVER}:{called.public_id}",
        authority=call.case.authority,
        by=by,
        at=at,
        action="collaboration.mail",
        event=event,
    )
