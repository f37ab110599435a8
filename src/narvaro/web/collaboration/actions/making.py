"""Writes about a call itself: made, changed, sent with ten minutes' undo, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.collaboration.actions.holding import held_call, held_draft
from narvaro.web.collaboration.actions.telling import tell
from narvaro.web.collaboration.contacts import contact_of
from narvaro.web.collaboration.links import close_links
from narvaro.web.collaboration.mailing import invite, sending, tell_cancelled
from narvaro.web.collaboration.models import (
    Call,
    Called,
    CallKind,
    Cancelled,
    CrossMeeting,
    Proposed,
)
from narvaro.web.messages.actions import UNDO_MINUTES
from narvaro.web.messages.models import Mail

UNDO = timedelta(minutes=UNDO_MINUTES)


@dataclass(frozen=True, slots=True)
class WantedTime:
    """A time to propose, and where."""

    starts_at: datetime
    minutes: int
    place_kind: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class WantedUnit:
    """A unit to call; `mail` is its box when it has no contact here."""

    unit: Unit
    mail: str = ""
    must_come: bool = True


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to call to."""

    kind: CallKind
    local_name: str
    reason: str
    question: str
    units: tuple[WantedUnit, ...]
    times: tuple[WantedTime, ...]
    days: int


def make(
    *, case: Case, wanted: Wanted, by: Viewer, at: datetime, follows: CrossMeeting | None = None
) -> Call:
    """Make a draft; nobody is told. Raises Refused when the case is closed."""
    with transaction.atomic():
        kept = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if not kept.is_open:
            raise Refused(_("Ärendet är avslutat. Öppna det igen för att kalla."))
        made = Call.objects.create(
            case=case,
            pupil=case.pupil,
            follows=follows,
            made_at=at,
            made_by=by.account,
            **_fields(wanted),
        )
        _keep_rows(made, wanted, by)
        tell(by, "collaboration.make", made, at)
    return made


def change(*, call: Call, wanted: Wanted, version: int, by: Viewer, at: datetime) -> None:
    """Change a draft. Raises Refused once it is sent, ChangedMeanwhile for the second of two."""
    with transaction.atomic():
        kept = held_draft(call, version, _("Kallelsen är redan skickad."))
        for name, value in _fields(wanted).items():
            setattr(kept, name, value)
        kept.save()
        kept.called.all().delete()
        kept.proposed.all().delete()
        _keep_rows(kept, wanted, by)
        tell(by, "collaboration.change", kept, at)


def _fields(wanted: Wanted) -> dict[str, object]:
    return {
        "kind": wanted.kind,
        "local_name": wanted.local_name,
        "reason": wanted.reason,
        "question": wanted.question,
        "days": wanted.days,
    }


def _keep_rows(call: Call, wanted: Wanted, by: Viewer) -> None:
    for one in wanted.units:
        contact = contact_of(one.unit, by.today)
        if contact is None and not one.mail:
            raise Refused(_("%(unit)s kan inte nås: skriv en mejladress.") % {"unit": one.unit})
        Called.objects.create(
            call=call, unit=one.unit, contact=contact, mail=one.mail, must_come=one.must_come
        )
    Proposed.objects.bulk_create(
        Proposed(
            call=call,
            starts_at=one.starts_at,
            minutes=one.minutes,
            place_kind=one.place_kind,
            place=one.place,
        )
        for one in wanted.times
    )


def send(*, call: Call, version: int, by: Viewer, at: datetime) -> None:
    """Call the units: the clock counts from today. Mail leaves in ten minutes.

    Raises Refused when it is sent already, nobody is called, or no proposed time is to come.
    """
    with transaction.atomic():
        kept = held_draft(call, version, _("Kallelsen är redan skickad."))
        called = list(kept.called.select_related("unit__authority", "contact"))
        if not called:
            raise Refused(_("Välj minst en verksamhet att kalla."))
        if not all(one.starts_at > at for one in kept.proposed.all()) or not kept.proposed.all():
            raise Refused(_("Föreslå minst en tid, och bara tider som inte har varit."))
        kept.called_on, kept.sent_at, kept.sent_by = by.today, at, by.account
        kept.save()
        for one in called:
            one.call = kept
            _find_contact(one, by)
            invite(one, by=by, at=at)
        units = [f"unit:{one.unit.public_id}" for one in called]
        tell(by, "collaboration.send", kept, at, *units)


def _find_contact(called: Called, by: Viewer) -> None:
    """Who is the unit's contact today: it may have changed since the draft was made."""
    contact = contact_of(called.unit, by.today)
    if contact is None and not called.mail:
        unit = {"unit": called.unit}
        raise Refused(_("%(unit)s har ingen kontaktperson längre. Ändra kallelsen.") % unit)
    called.contact = contact
    called.save(update_fields=["contact"])


def may_undo(call: Call, at: datetime) -> bool:
    """Nothing of the call has left yet."""
    if call.sent_at is None or not call.is_open or at - call.sent_at >= UNDO:
        return False
    return not _gone(call).exists() and not call.meetings.exists()


def _gone(call: Call) -> QuerySet[Mail]:
    mails = Mail.objects.filter(key__startswith=sending(call))
    return mails.exclude(handed_at=None) | mails.exclude(sent_at=None)


def undo(*, call: Call, by: Viewer, at: datetime) -> None:
    """Take back a sending before it leaves: a draft again. Raises Refused when something has left."""
    with transaction.atomic():
        kept = held_call(call, _("Kallelsen är inte skickad."))
        if not may_undo(kept, at):
            raise Refused(_("Kallelsen har redan gått iväg. Du kan ta tillbaka den i stället."))
        waiting = Mail.objects.filter(key__startswith=sending(kept), sent_at=None, undone_at=None)
        waiting.filter(handed_at=None).update(undone_at=at, undone_by=by.account)
        for one in kept.called.all():
            close_links(one, at)
        kept.called_on = kept.sent_at = kept.sent_by = None
        kept.version += 1
        kept.save()
        tell(by, "collaboration.undo", kept, at)


def cancel(*, call: Call, because: Cancelled, by: Viewer, at: datetime) -> None:
    """Take a call back, with its meeting; those called are told. A draft is only put away.

    Raises Refused when the meeting was held, or the call taken back before.
    """
    with transaction.atomic():
        calls = Call.objects.select_related("pupil", "case__authority")
        kept = calls.select_for_update(no_key=True, of=("self",)).get(pk=call.pk)
        if not kept.is_open or kept.meetings.held().exists():
            raise Refused(_("Mötet är redan hållet, eller kallelsen tillbakatagen."))
        kept.cancelled_at, kept.cancelled_by, kept.cancelled_because = at, by.account, because
        kept.version += 1
        kept.save()
        meeting = _cancel_meeting(kept, because, by=by, at=at)
        for one in kept.called.select_related("unit").filter(stopped_at=None):
            one.call = kept
            close_links(one, at)
            if kept.is_sent:
                tell_cancelled(one, meeting, by=by, at=at)
        tell(by, "collaboration.cancel", kept, at, reason=because)


def _cancel_meeting(
    call: Call, because: Cancelled, *, by: Viewer, at: datetime
) -> CrossMeeting | None:
    standing = call.meetings.to_come().select_for_update(no_key=True).first()
    if standing is not None:
        standing.call = call
        standing.cancelled_at, standing.cancelled_by = at, by.account
        standing.cancelled_because = because
        standing.sequence += 1
        standing.version += 1
        standing.save()
    return standing
