"""A referral is locked, something happens to it, its history grows and the log is told."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases.models import Case
from narvaro.web.referrals.models import Moment, Referral
from narvaro.web.referrals.rules import MOVES, NotNow, after
from narvaro.web.referrals.words import Happening, Side, State, WhyDeclined

CHANGES = ("state", "version", "disclosure", "sent_on", "due_on", "noted_on")
"""What of a referral can change; the database refuses the rest."""


def held(referral: Referral, *, version: int) -> Referral:
    """The referral, locked after its case, its version one higher; see `locked`."""
    Case.objects.select_for_update(no_key=True).get(pk=referral.case_id)
    return locked(Referral.objects.all(), referral.pk, version=version)


def happen(
    kept: Referral,
    what: Happening,
    *,
    by: Viewer,
    at: datetime,
    has_ground: bool,
    why: str = "",
    why_code: WhyDeclined | str = "",
) -> None:
    """Move a locked referral on, keep the moment, tell the log. Raises Refused when it cannot."""
    move = MOVES[what]
    if move.needs_reason and not (why.strip() or why_code):
        raise Refused(_("Skriv ett skäl."))
    try:
        kept.state = after(State(kept.state), what, by=move.by, has_ground=has_ground)
    except NotNow:
        raise Refused(_not_now(kept, has_ground=has_ground or not move.needs_ground)) from None
    kept.save(update_fields=CHANGES)
    remember(kept, what, by=by, at=at, why=why.strip(), why_code=why_code)
    tell(kept, what, by=by, at=at)


def _not_now(kept: Referral, *, has_ground: bool) -> str:
    if not has_ground:
        return _("Det går inte: det finns ingen grund som gäller nu.")
    return _("Det går inte nu: remissen är %(state)s.") % {"state": kept.get_state_display()}


def remember(
    kept: Referral,
    what: Happening,
    *,
    by: Viewer,
    at: datetime,
    why: str = "",
    why_code: WhyDeclined | str = "",
) -> None:
    """Add a moment to the history."""
    Moment.objects.create(
        referral=kept,
        number=kept.moments.count() + 1,
        what=what,
        side=MOVES[what].by if what in MOVES else Side.SENDER,
        at=at,
        on=by.today,
        by=by.account,
        why=why,
        why_code=why_code,
    )


def tell(kept: Referral, what: Happening, *, by: Viewer, at: datetime) -> None:
    """The log knows the referral and its pupil by opaque ids, and nothing of what was asked."""
    subjects = [
        f"case:{kept.case.public_id}",
        f"pupil:{kept.pupil.public_id}",
        f"referral:{kept.public_id}",
    ]
    write_entry(by.actor, f"referrals.{what}", kind=Kind.WRITE, at=at, subjects=subjects)
