"""A person decides about flags: a case, or none with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.models import opaque
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases.actions import open_case
from narvaro.web.cases.models import Case, OpenedBecause
from narvaro.web.inbox.models import Answer, Flag


def accept(flag: Flag, *, version: int, by: Viewer, at: datetime) -> Case:
    """Answer a flag with a case: the pupil's open one, or one opened now.

    The pupil's other unanswered flags of the same month end go into the case with it. Raises
    ChangedMeanwhile when somebody else answered it, or it was withdrawn, after it was shown.
    """
    with transaction.atomic():
        beside = Flag.objects.unanswered().filter(pupil=flag.pupil, month=flag.month)
        waiting = list(
            beside.select_for_update(no_key=True).order_by("pk")
        )  # all of them, in one order
        kept = _locked([flag], [version])[0]
        open_ones = Case.objects.still_open().filter(pupil=kept.pupil, authority=kept.authority)
        case = open_ones.select_for_update(no_key=True).first()  # nobody closes it meanwhile
        if case is None:
            case = open_case(kept.pupil, because=OpenedBecause.FLAG, by=by, at=at)
        for one in (kept, *(each for each in waiting if each.pk != kept.pk)):
            one.case = case
            _answer(one, Answer.CASE, with_="", by=by, at=at)
    return case


def decline(
    flags: Sequence[Flag], *, reason: str, versions: Sequence[int], by: Viewer, at: datetime
) -> str:
    """Answer flags with no case, for one reason that fits all: each keeps its own copy.

    Returns what the answers can be taken back by. The reason is shown at each pupil's next flag.
    All or none: raises ChangedMeanwhile when one of them was answered or withdrawn meanwhile.
    """
    if not flags:
        raise Refused(_("Välj minst en flagga."))
    if not reason.strip():
        raise Refused(_("Skriv varför det inte blir något ärende. Skälet visas vid nästa flagga."))
    together = opaque()
    with transaction.atomic():
        for one in _locked(flags, versions):
            one.reason = reason.strip()
            _answer(one, Answer.NO_CASE, with_=together, by=by, at=at)
    return together


def take_back(together: str, *, by: Viewer, at: datetime) -> int:
    """Take back answers that one gave the same day; the flags ask again. Returns how many."""
    with transaction.atomic():
        mine = Flag.objects.filter(
            answered_with=together,
            answered_by=by.account,
            answered_on=by.today,
            answer=Answer.NO_CASE,
        )
        found = list(mine.select_for_update(no_key=True).order_by("pk")) if together else []
        for one in found:
            one.answer, one.reason, one.answered_with = "", "", ""
            one.answered_at = one.answered_on = one.answered_by = None
            one.version += 1
            one.save()
            _tell(one, "inbox.take_back", by=by, at=at)
    return len(found)


def _locked(flags: Sequence[Flag], versions: Sequence[int]) -> list[Flag]:
    shown = {one.pk: version for one, version in zip(flags, versions, strict=True)}
    every = (
        Flag.objects.filter(pk__in=shown)
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )
    rows = list(every.select_related("pupil"))
    if any(one.version != shown[one.pk] or not one.is_unanswered for one in rows):
        raise ChangedMeanwhile("a flag was answered or withdrawn meanwhile")
    return rows


def _answer(flag: Flag, answer: Answer, *, with_: str, by: Viewer, at: datetime) -> None:
    flag.answer, flag.answered_with = answer, with_
    flag.answered_at, flag.answered_on, flag.answered_by = at, by.today, by.account
    flag.version += 1
    flag.save()
    _tell(flag, "inbox.accept" if answer == Answer.CASE else "inbox.decline", by=by, at=at)


def _tell(flag: Flag, action: str, *, by: Viewer, at: datetime) -> None:
    subjects = [f"pupil:{flag.pupil.public_id}", f"flag:{flag.public_id}"]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
