"""Writes about when the meeting is: chosen among the proposed times, more times proposed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.actions.holding import held_call
from narvaro.web.collaboration.actions.making import WantedTime
from narvaro.web.collaboration.actions.telling import tell
from narvaro.web.collaboration.contacts import contact_of
from narvaro.web.collaboration.mailing import tell_time
from narvaro.web.collaboration.models import Answer, Call, CrossMeeting, Proposed


def propose(*, call: Call, time: WantedTime, by: Viewer, at: datetime) -> Proposed:
    """Propose one more time. Raises Refused for a time that has been, or is proposed already."""
    with transaction.atomic():
        kept = held_call(call, _("Kallelsen gäller inte längre."))
        if time.starts_at <= at:
            raise Refused(_("Tiden har redan varit."))
        if kept.proposed.filter(starts_at=time.starts_at).exists():
            raise Refused(_("Den tiden är redan föreslagen."))
        made = Proposed.objects.create(
            call=kept,
            starts_at=time.starts_at,
            minutes=time.minutes,
            place_kind=time.place_kind,
            place=time.place,
        )
        tell(by, "collaboration.propose", kept, at)
    return made


def settle(*, proposed: Proposed, chair_unit: Unit, by: Viewer, at: datetime) -> CrossMeeting:
    """Choose a proposed time, and who leads: the meeting of the call, or its new time.

    Everybody who has not said no is told, with a calendar file. Raises Refused.
    """
    with transaction.atomic():
        call = held_call(proposed.call, _("Kallelsen gäller inte längre."))
        if proposed.starts_at <= at:
            raise Refused(_("Tiden har redan varit."))
        meeting = _meeting(call, proposed, chair_unit, by=by, at=at)
        coming = call.called.filter(stopped_at=None).exclude(answer=Answer.NO)
        for one in coming.select_related("unit"):
            one.call = call
            tell_time(one, meeting, by=by, at=at)
        tell(by, "collaboration.settle", call, at, f"cross-meeting:{meeting.public_id}")
    return meeting


def _meeting(
    call: Call, proposed: Proposed, chair_unit: Unit, *, by: Viewer, at: datetime
) -> CrossMeeting:
    now = {
        "starts_at": proposed.starts_at,
        "minutes": proposed.minutes,
        "place_kind": proposed.place_kind,
        "place": proposed.place,
        "chair_unit": chair_unit,
        "chair": _chair(chair_unit, by),
    }
    standing = call.meetings.to_come().select_for_update(no_key=True).first()
    if standing is None:
        return CrossMeeting.objects.create(call=call, planned_at=at, planned_by=by.account, **now)
    for name, value in now.items():
        setattr(standing, name, value)
    standing.call = call
    standing.sequence += 1
    standing.version += 1
    standing.save()
    return standing


def _chair(unit: Unit, by: Viewer) -> Account | None:
    """Another authority's contact; of one's own school, whoever chose it."""
    return by.account if unit.authority == by.authority else contact_of(unit, by.today)
