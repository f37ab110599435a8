"""What somebody has who cannot hold it any more goes to who answers for it now."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Authority, Unit
from narvaro.web.cases.actions import answers_for, give_on, make_task, pass_on
from narvaro.web.cases.models import Case, Task, TaskKind
from narvaro.web.cases.people import WORKS_WITH_CASES, may_know, may_own, person_at, serves
from narvaro.web.inbox.places import Places


@dataclass
class Owners:
    """Who serves at or over a school, and who works there: asked once for each."""

    day: date
    known: dict[tuple[int, int], bool] = field(default_factory=dict)
    near: dict[tuple[int, int], bool] = field(default_factory=dict)

    def may(self, account: Account, school: Unit) -> bool:
        """Whether somebody serves at the school, or over it."""
        key = (account.pk, school.pk)
        if key not in self.known:
            self.known[key] = may_own(account, school, self.day)
        return self.known[key]

    def works(self, account: Account, school: Unit) -> bool:
        """Whether somebody works with cases at the school."""
        key = (account.pk, school.pk)
        if key not in self.near:
            self.near[key] = serves(account, school, self.day, roles=WORKS_WITH_CASES)
        return self.near[key]


def hand_on(cases: QuerySet[Case], owners: Owners, day: date, now: datetime) -> int:
    """What somebody had who can hold it no more is given to who answers now."""
    count = 0
    for case in cases.select_related("pupil", "school", "owner"):
        for holder in _holders(case):
            with suppress(Refused), transaction.atomic():  # nobody answers: asked again tomorrow
                count += _seen_to(case, holder, owners, day=day, now=now)
    return count


def _holders(case: Case) -> set[Account]:
    steps = case.steps.filter(decided_at__isnull=True).select_related("owner")
    tasks = case.tasks.filter(done_at__isnull=True).select_related("to")
    return {case.owner, *(one.owner for one in steps), *(one.to for one in tasks)}


def _seen_to(case: Case, holder: Account, owners: Owners, *, day: date, now: datetime) -> bool:
    """Somebody who left, who may not know of the pupil, or who held it for want of others."""
    answers = person_at("mentor", case.pupil, case.school, day)
    if not owners.may(holder, case.school):
        if answers == holder:
            return False
        give_on(case, holder, on=day, at=now)
        _ask_the_principal(case, holder, day, now)
        return True
    if not may_know(holder, case.pupil, day):
        if not may_know(answers, case.pupil, day):
            return False  # the principal is told, and decides who may see the pupil
        give_on(case, holder, on=day, at=now, why=_("Ägaren får inte längre se eleven."))
        return True
    held_for_others = case.owner == holder and not owners.works(holder, case.school)
    if held_for_others and owners.works(answers, case.school):
        why = _("Någon på skolan svarar för eleven igen.")
        give_on(case, holder, on=day, at=now, why=why, keeps_steps=True)
        return True
    return False


def give_tasks(authority: Authority, owners: Owners, day: date, now: datetime) -> int:
    """Tasks about pupils without a case are given to who answers now when who had them cannot."""
    count = 0
    lone = Task.objects.filter(case=None, done_at=None, school__authority=authority)
    for task in lone.select_related("pupil", "school", "to"):
        if owners.may(task.to, task.school) and may_know(task.to, task.pupil, day):
            continue
        with suppress(Refused):
            to = person_at(answers_for(task), task.pupil, task.school, day)
            if to != task.to:
                pass_on(task, to, at=now)
                count += 1
    return count


def _ask_the_principal(case: Case, leaver: Account, day: date, now: datetime) -> None:
    make_task(
        case.pupil,
        case.school,
        case=case,
        kind=TaskKind.OWNER_LEFT,
        about=leaver.public_id,
        to=person_at("principal", case.pupil, case.school, day),
        at=now,
        on=day,
        due_on=Places(case.authority, now).due_on(case.school),
    )
