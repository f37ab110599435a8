"""Nobody falls between chairs: who left, who moved, which school left, seen to every night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Account, Authority, AuthorityKind, Unit
from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases.actions import make_task, move_school
from narvaro.web.cases.models import Case, TaskKind
from narvaro.web.cases.people import may_own, person_at, school_of
from narvaro.web.inbox.handing_on import Owners, give_tasks, hand_on
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.places import Places
from narvaro.web.inbox.redating import date_all_anew
from narvaro.web.projects.models import Answer, Arm, Project
from narvaro.web.projects.models import Step as Taken
from narvaro.web.pupils.models import Enrolment


@dataclass(frozen=True, slots=True)
class Kept:
    """What was seen to: counts, never who."""

    moved: int = 0
    handed_on: int = 0
    flags: int = 0
    left: int = 0
    dated: int = 0


def keep(now: datetime) -> Kept:
    """See to everything that the day has changed; done again it changes nothing."""
    day, owners = local_day(now), Owners(local_day(now))
    moved = handed = flags = left = dated = 0
    for authority in Authority.objects.filter(kind=AuthorityKind.SCHOOL):
        mine = Case.objects.still_open().filter(authority=authority, opened_on__lte=day)
        moved += _move(mine, day, now)
        flags += _give_flags(authority, now)
        handed += hand_on(mine.all(), owners, day, now) + give_tasks(authority, owners, day, now)
        left += _tell_of_schools(authority, mine.all(), day, now)
        dated += date_all_anew(authority, mine.all(), now)
    return Kept(moved, handed, flags, left, dated)


def _move(cases: QuerySet[Case], day: date, now: datetime) -> int:
    """Cases follow their pupils to another school of the authority."""
    count = 0
    for case in cases.select_related("pupil", "school"):
        here = school_of(case.pupil, day)
        if here is not None and here.pk != case.school_id:
            move_school(case, here, on=day, at=now)
            count += 1
    return count


def _give_flags(authority: Authority, now: datetime) -> int:
    """Flags nobody has answered follow their pupils, and whoever answers for them today."""
    places, count = Places(authority, now), 0
    waiting = Flag.objects.unanswered().filter(authority=authority, taken_on__lte=places.today)
    for flag in waiting.select_related("pupil", "school", "owner"):
        school = school_of(flag.pupil, places.today) or flag.school
        group = _class_of(flag, school, places.today)
        owner = places.owner(flag.pupil, school, group)
        if owner is None or (owner, school, group) == (flag.owner, flag.school, flag.class_key):
            continue
        with transaction.atomic():
            flag.owner, flag.school, flag.class_key = owner, school, group
            flag.version += 1
            flag.save()
            subjects = [f"pupil:{flag.pupil.public_id}", f"flag:{flag.public_id}"]
            write_entry(NOBODY, "inbox.give_on", kind=Kind.WRITE, at=now, subjects=subjects)
        count += 1
    return count


def _class_of(flag: Flag, school: Unit, day: date) -> str:
    here = [
        one
        for one in Enrolment.objects.filter(pupil=flag.pupil, school_key=school.key)
        if one.from_on <= day and (one.to_on is None or day <= one.to_on)
    ]
    return max(here, key=lambda one: (one.from_on, one.pk)).class_key if here else flag.class_key


def schools_that_left(authority: Authority, day: date) -> dict[int, Taken]:
    """School → the step by which it left, of schools that take part in no project any more."""
    steps = Taken.objects.filter(
        project__in=Project.objects.filter(authorities=authority),
        school__authority=authority,
        answer__in=(Answer.JOINED, Answer.LIVE, Answer.LEFT),
        on__lte=day,
    )
    last: dict[tuple[int, int], Taken] = {}
    for step in steps.order_by("on", "pk"):
        if step.school_id is not None:
            last[step.school_id, step.project_id] = step
    still = {school for (school, _), step in last.items() if step.answer != Answer.LEFT}
    return {school: step for (school, _), step in last.items() if school not in still}


def control_schools(authority: Authority, day: date) -> set[int]:
    """Schools whose latest part in a project is to be compared with."""
    joined = Taken.objects.filter(
        project__in=Project.objects.filter(authorities=authority),
        school__authority=authority,
        answer=Answer.JOINED,
        on__lte=day,
    )
    arms = {one.school_id: one.arm for one in joined.order_by("on", "pk")}
    return {school for school, arm in arms.items() if school is not None and arm == Arm.CONTROL}


def in_the_funnel(authority: Authority, day: date) -> QuerySet[Case]:
    """Open cases that the programme counts: none of schools that left it, or are compared with."""
    outside = {*schools_that_left(authority, day), *control_schools(authority, day)}
    mine = Case.objects.still_open().filter(authority=authority, opened_on__lte=day)
    return mine.exclude(school__in=outside)


def _tell_of_schools(authority: Authority, cases: QuerySet[Case], day: date, now: datetime) -> int:
    """Open cases of a school that left: go on under the municipality's routine, or close (P12)."""
    left, count = schools_that_left(authority, day), 0
    for case in cases.filter(school__in=left).select_related("pupil", "school", "owner"):
        about = left[case.school_id].public_id
        if case.tasks.filter(kind=TaskKind.SCHOOL_LEFT, about=about).exists():
            continue
        make_task(
            case.pupil,
            case.school,
            case=case,
            kind=TaskKind.SCHOOL_LEFT,
            about=about,
            to=_who(case, day),
            at=now,
            on=day,
            due_on=Places(authority, now).due_on(case.school),
        )
        count += 1
    return count


def _who(case: Case, day: date) -> Account:
    """The owner, while they serve there; else the principal."""
    if may_own(case.owner, case.school, day):
        return case.owner
    return person_at("principal", case.pupil, case.school, day)
