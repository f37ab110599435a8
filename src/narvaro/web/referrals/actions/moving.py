"""A pupil leaves the authority: the case is handed over by a disclosure, or only closed here."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.roles import LEADERS
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions as cases
from narvaro.web.cases.models import Case
from narvaro.web.referrals.actions.happening import happen
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.words import Happening, WhereTo


def lock_course(case: Case) -> None:
    """What ends with a case that is left, in order and before the first entry in the log."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    open_ones = (
        case.steps.filter(decided_at__isnull=True),
        case.tasks.filter(done_at__isnull=True),
        case.referrals.still_open(),
    )
    for rows in open_ones:
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def hand_over_case(sent: Referral, *, by: Viewer, at: datetime) -> None:
    """Close the case here, with the notice, and take back what else waits in it."""
    if by.role not in LEADERS:
        raise Refused(_("Rektor lämnar över ärendet."))
    school = f"{sent.receiver.authority.name}, {sent.receiver.name}"
    why = _("Eleven har bytt skola. Ärendet är överlämnat till %(school)s.") % {"school": school}
    _leave(sent.case, why, but=sent, by=by, at=at)


def move_away(case: Case, where: WhereTo, *, by: Viewer, at: datetime) -> Case:
    """Close a case whose pupil goes to where nothing can be handed over from here.

    Nothing crosses. What waits with others is taken back, and vanishes for them.
    """
    said = {
        WhereTo.ABROAD: _("Eleven har flyttat utomlands. Inget är överlämnat härifrån."),
        WhereTo.ELSEWHERE: _("Eleven har bytt huvudman. Inget är överlämnat härifrån."),
    }
    with transaction.atomic():
        kept = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if not kept.is_open:
            raise Refused(_("Ärendet är avslutat."))
        lock_course(kept)
        _leave(kept, said[where], but=None, by=by, at=at)
    return kept


def _leave(case: Case, why: str, *, but: Referral | None, by: Viewer, at: datetime) -> None:
    others = case.referrals.still_open()
    if but is not None:
        others = others.exclude(pk=but.pk)
    for one in others.order_by("pk"):
        one.version += 1
        happen(one, Happening.WITHDRAW, by=by, at=at, has_ground=False, why=why)
    cases.close_for_move(case, why=why, by=by, at=at)
