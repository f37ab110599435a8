"""A consent that no longer holds: the unit takes no part from that moment, and all who do are told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.actions.holding import held_call
from narvaro.web.collaboration.actions.telling import tell
from narvaro.web.collaboration.agreed import has_consent, was_consented
from narvaro.web.collaboration.links import close_links
from narvaro.web.collaboration.mailing import (
    invite_again,
    sending,
    tell_changed,
    tell_stopped,
    tell_time,
)
from narvaro.web.collaboration.models import Answer, Call, Called, CrossMeeting, Stopped
from narvaro.web.consent.models import Consent
from narvaro.web.messages.models import Mail


def stop_without_consent(consent: Consent, at: datetime, by: Viewer) -> None:
    """Take the receiver out of the pupil's open calls, when nothing may be shared with it any more.

    What was refused from the start stops nothing: such a call has said nothing of the pupil.
    """
    if not was_consented(consent) or has_consent(consent.pupil, consent.receiver, at):
        return
    with transaction.atomic():
        for call in lock_calls(consent):
            _stop(call, consent, by=by, at=at)


def lock_calls(consent: Consent) -> list[Call]:
    """The pupil's open calls in which the receiver takes part, locked until the transaction ends."""
    held = CrossMeeting.objects.held().values("call")
    calls = Call.objects.sent().filter(pupil=consent.pupil).exclude(pk__in=held)
    mine = calls.filter(called__unit=consent.receiver, called__stopped_at=None)
    return [held_call(one, "") for one in mine.order_by("pk").distinct()]


def _stop(call: Call, consent: Consent, *, by: Viewer, at: datetime) -> None:
    gone = call.called.select_related("unit").get(unit=consent.receiver)
    gone.call = call
    gone.stopped_at, gone.stopped_because = at, Stopped.CONSENT
    gone.version += 1
    gone.save()
    close_links(gone, at)
    if not _take_back_mail(gone, by, at):
        tell_stopped(gone, by=by, at=at)
    for one in call.called.filter(stopped_at=None).select_related("unit"):
        one.call = call
        tell_changed(one, by=by, at=at)
    unit = f"unit:{gone.unit.public_id}"
    tell(by, "collaboration.stop", call, at, unit, reason=Stopped.CONSENT)


def _take_back_mail(gone: Called, by: Viewer, at: datetime) -> bool:
    """Undo an invitation that has not left; then there is nothing to tell the unit."""
    mine = Mail.objects.filter(key=f"{sending(gone.call)}{gone.public_id}", undone_at=None)
    waiting = mine.filter(handed_at=None, sent_at=None)
    return bool(waiting.update(undone_at=at, undone_by=by.account))


def call_again(*, called: Called, by: Viewer, at: datetime) -> None:
    """Call a unit again that was taken out. Raises Refused while no consent holds."""
    with transaction.atomic():
        call = held_call(called.call, _("Kallelsen gäller inte längre."))
        kept = call.called.select_related("unit").get(pk=called.pk)
        kept.call = call
        if kept.stopped_at is None:
            raise Refused(_("Verksamheten är redan kallad."))
        if not has_consent(call.pupil, kept.unit, at):
            raise Refused(_("Inget samtycke gäller för den verksamheten."))
        kept.stopped_at, kept.stopped_because = None, ""
        kept.answer, kept.answered_at, kept.how, kept.answered_by = Answer.NONE, None, "", None
        kept.person = ""
        kept.version += 1
        kept.save()
        kept.times.clear()
        invite_again(kept, by=by, at=at)
        for meeting in call.meetings.to_come():
            meeting.call = call
            tell_time(kept, meeting, by=by, at=at)
        tell(by, "collaboration.call_again", call, at, f"unit:{kept.unit.public_id}")
