"""Who answers for a case and its steps: always somebody, also when people leave and pupils move."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.tasks import make_task, pass_on
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.models import Case, HandOver, SchoolMove, Step, Task, TaskKind
from narvaro.web.cases.people import IN_THE_PLAN, cannot_be_given, may_hold, person_for
from narvaro.web.cases.routines import adaptation_of, programme_of, step_of
from narvaro.web.cases.rules import may_take


def hand_over(case: Case, to: Account, *, why: str, version: int, by: Viewer, at: datetime) -> Case:
    """Give a case, with the steps and tasks its owner had, to somebody else at the school.

    What the routine forced stays with who was asked.
    """
    if not why.strip():
        raise Refused(_("Skriv varför ärendet lämnas över."))
    with transaction.atomic():
        kept = locked(Case.objects.all(), case.pk, version=version)
        if wrong := cannot_be_given(to, kept, by.today):
            raise Refused(" ".join(wrong))
        if not kept.is_open:
            raise Refused(_("Ärendet är avslutat och har ingen att lämnas över till."))
        if kept.owner_id == to.pk:
            raise Refused(_("Personen äger redan ärendet."))
        _give(kept, to, why=why.strip(), by=by, at=at)
    return kept


def take_step(step: Step, *, version: int, by: Viewer, at: datetime) -> Step:
    """Take over a step oneself: the one who saw that it was late acts on it."""
    with transaction.atomic():
        Case.objects.select_for_update(no_key=True).get(pk=step.case_id)  # always before its steps
        kept = locked(Step.objects.all(), step.pk, version=version)
        if not kept.is_open:
            raise Refused(_("Steget är redan beslutat."))
        if not may_take(kept, step_of(programme_of(kept.case), kept.step), by):
            raise Refused(_("%(who)s beslutar i steget.") % {"who": kept.owner.name})
        kept.owner = by.account
        kept.save()
        tell(kept.case, "cases.take_step", by=by, at=at, more=(f"step:{kept.public_id}",))
    return kept


def move_school(case: Case, to: Unit, *, on: date, at: datetime) -> Case:
    """A case follows its pupil to another school of the authority; the new school is told.

    The steps under way are given to who answers for them there; the clocks go on. Another
    authority's school is refused: that is a disclosure.
    """
    if to.authority_id != case.authority_id:
        raise Refused(_("Skolan hör till en annan huvudman: det kräver ett utlämnande."))
    with transaction.atomic():
        kept = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if kept.school_id == to.pk or not kept.is_open:
            return kept
        SchoolMove.objects.create(case=kept, from_school=kept.school, to_school=to, on=on, at=at)
        kept.school, kept.version = to, kept.version + 1
        kept.adaptation = adaptation_of(to, kept.routine, on)
        kept.save()
        _receive(kept, on=on, at=at)
        tell(kept, "cases.move_school", by=None, at=at)
    return kept


def _receive(case: Case, *, on: date, at: datetime) -> None:
    programme = programme_of(case)
    for step in case.steps.filter(decided_at__isnull=True):
        known = step_of(programme, step.step)
        step.owner = person_for("principal" if known is None else known.owner, case, on)
        step.version += 1
        step.save()
    new = person_for("mentor", case, on)
    if new.pk != case.owner_id:
        _note(case, new, why=_("Eleven har bytt skola."), by=None, at=at)
    make_task(
        case.pupil,
        case.school,
        case=case,
        kind=TaskKind.MOVED_HERE,
        to=new,
        at=at,
        on=on,
        due_on=on,
    )


def _give(case: Case, to: Account, *, why: str, by: Viewer, at: datetime) -> None:
    before = case.owner
    for step in case.steps.filter(decided_at__isnull=True, owner=before).select_for_update(
        no_key=True
    ):
        step.owner = to
        step.save()
    mine = case.tasks.filter(done_at__isnull=True, to=before).select_for_update(no_key=True)
    for task in mine.exclude(kind=TaskKind.FORCED_MOVE):
        task.to = to
        task.save()
    _note(case, to, why=why, by=by, at=at)


def _note(case: Case, to: Account, *, why: str, by: Viewer | None, at: datetime) -> None:
    HandOver.objects.create(
        case=case,
        from_owner=case.owner,
        to_owner=to,
        at=at,
        by=None if by is None else by.account,
        why=why[:300],
    )
    case.owner = to
    case.save()
    tell(case, "cases.hand_over", by=by, at=at)


def give_on(
    case: Case, leaver: Account, *, on: date, at: datetime, why: str = "", keeps_steps: bool = False
) -> Case:
    """What somebody had in a case, who cannot hold it any more, to who answers there now.

    `keeps_steps`: the steps stay, for they were lifted to them.
    """
    with transaction.atomic():
        kept = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        programme = programme_of(kept)
        mine = kept.steps.filter(decided_at__isnull=True, owner=leaver)
        for step in mine.none() if keeps_steps else mine:
            known = step_of(programme, step.step)
            role = "principal" if known is None else known.owner
            step.owner = person_for("mentor" if role == IN_THE_PLAN else role, kept, on)
            step.version += 1
            step.save()
            tell(kept, "cases.give_on", by=None, at=at, more=(f"step:{step.public_id}",))
        new = person_for("mentor", kept, on)
        for task in kept.tasks.filter(done_at__isnull=True, to=leaver):
            pass_on(task, person_for(answers_for(task), kept, on), at=at)
        if kept.owner_id == leaver.pk and new.pk != leaver.pk:
            kept.version += 1
            _note(kept, new, why=why or _("Den som ägde ärendet har slutat."), by=None, at=at)
    return kept


def answers_for(task: Task) -> str:
    """The role that a task goes to when who had it has left: a forced move is not class staff's."""
    return "student_health_team" if task.kind == TaskKind.FORCED_MOVE else "mentor"


def ownerless(day: date, cases: Iterable[Case]) -> list[Case]:
    """Open cases whose owner can hold them no more: a list for the principal."""
    return [one for one in cases if not may_hold(one.owner, one, day)]
