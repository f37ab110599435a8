"""The sending side: a referral is prepared, and taken back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.referrals.actions.happening import happen, held, remember, tell
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.receivers import units_to_ask
from narvaro.web.referrals.words import Happening, ReferralKind


def prepare(
    case: Case,
    *,
    receiver: Unit,
    question: str,
    by: Viewer,
    at: datetime,
    kind: ReferralKind = ReferralKind.HELP,
) -> Referral:
    """Write down what is asked, of whom. Nothing is sent, and the receiver sees nothing.

    Raises Refused for a closed case, a receiver that cannot be asked, or when a referral of the
    case to the same unit is open already.
    """
    if not question.strip():
        raise Refused(_("Skriv vad ni vill att mottagaren gör."))
    if not units_to_ask(case, kind=kind).contains(receiver):
        raise Refused(_("Den enheten kan inte ta emot det här."))
    with transaction.atomic():
        kept = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if not kept.is_open:
            raise Refused(_("Ärendet är avslutat."))
        if kept.referrals.still_open().filter(receiver=receiver).exists():
            raise Refused(_("En remiss till samma mottagare är redan öppen i ärendet."))
        made = Referral.objects.create(
            kind=kind,
            case=kept,
            pupil=kept.pupil,
            authority=kept.authority,
            receiver=receiver,
            question=question.strip(),
            made_at=at,
            made_on=by.today,
            made_by=by.account,
        )
        remember(made, Happening.PREPARE, by=by, at=at)
        tell(made, Happening.PREPARE, by=by, at=at)
    return made


def withdraw(referral: Referral, *, why: str, version: int, by: Viewer, at: datetime) -> Referral:
    """Take a referral back: it vanishes for the receiver at once. Never asks for a ground."""
    with transaction.atomic():
        kept = held(referral, version=version)
        happen(kept, Happening.WITHDRAW, by=by, at=at, has_ground=False, why=why)
    return kept
