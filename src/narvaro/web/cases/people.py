"""Who answers for what: from a role in the routine to a named person at a pupil's school."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Assignment, Unit, UnitKind, on_day
from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH, Role
from narvaro.web.accounts.tree import above
from narvaro.web.cases.models import Case
from narvaro.web.pupils.models import Access, Enrolment, Pupil

TEAM = (
    Role.SCHOOL_COUNSELLOR,
    Role.SPECIAL_EDUCATOR,
    Role.SCHOOL_NURSE,
    Role.SCHOOL_PSYCHOLOGIST,
)
"""Who takes what the student health team is to do, the first that the school has."""

STANDS_FOR: dict[str, tuple[Role, ...]] = {
    "mentor": (Role.MENTOR,),
    "teacher": (Role.MENTOR, Role.TEACHER),
    "principal": (Role.PRINCIPAL, Role.ASSISTANT_PRINCIPAL),
    "assistant_principal": (Role.ASSISTANT_PRINCIPAL, Role.PRINCIPAL),
    "student_health_team": TEAM,
    "attendance_team": TEAM,
    "safety_team": TEAM,
    "investigator": TEAM,
    "school_counsellor": (Role.SCHOOL_COUNSELLOR,),
    "school_nurse": (Role.SCHOOL_NURSE,),
    "school_doctor": (Role.SCHOOL_DOCTOR,),
    "school_psychologist": (Role.SCHOOL_PSYCHOLOGIST,),
    "special_educator": (Role.SPECIAL_EDUCATOR,),
    "special_needs_teacher": (Role.SPECIAL_EDUCATOR,),
    "school_social_worker": (Role.SCHOOL_SOCIAL_WORKER,),
    "school_social_team": (Role.SCHOOL_SOCIAL_WORKER, *TEAM),
    "pupil_coordinator": (Role.COORDINATOR,),
    "intervention_coordinator": (Role.COORDINATOR,),
    "area_manager": (Role.AREA_MANAGER,),
    "school_authority": (Role.HEAD_OF_SCHOOLS, Role.AREA_MANAGER),
    "project_leader": (Role.PROJECT_LEADER,),
}
AT_LAST = (Role.PRINCIPAL, Role.ASSISTANT_PRINCIPAL, Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS)
"""Who answers when nobody holds the role: nothing falls between chairs (P19)."""


def person_for(role: str, case: Case, day: date) -> Account:
    """Who answers for a role of the routine in a case; the case's owner for who is in the plan."""
    if role == "main_responsible":
        return case.owner
    return person_at(role, case.pupil, case.school, day)


def person_at(role: str, pupil: Pupil, school: Unit, day: date) -> Account:
    """Who answers for a role of the routine about a pupil at a school on a day.

    Somebody of the class before the school, the school before the area, the area before the
    authority; who stands in before who is away. When nobody holds the role the principal
    answers, then those above. Raises Refused when nobody does.
    """
    places = _places(pupil, school, day)
    for wanted in (*STANDS_FOR.get(role, ()), *AT_LAST):
        for place in places:
            found = _holder(wanted, place, day)
            if found is not None:
                return found
    raise Refused("Nobody answers for the school: no principal, no area manager, no head.")


def may_own(account: Account, school: Unit, day: date) -> bool:
    """Somebody who serves at the school on the day can own a case there."""
    if not account.is_active:
        return False
    near = {school.pk, *(one.pk for one in above(school, on=day))}
    mine = account.assignments.in_force(day).select_related("unit")
    return any(
        one.unit_id in near
        or (one.unit.kind == UnitKind.CLASS and school in above(one.unit, on=day))
        for one in mine
        if one.role in OWNERS
    )


OWNERS = frozenset(
    {Role.TEACHER, Role.MENTOR, Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
    | LEADERS
    | STUDENT_HEALTH
)


def candidates(school: Unit, day: date) -> list[Account]:
    """Everybody who can own a case at a school, by name."""
    below = Unit.objects.filter(placements__parent=school)
    places: Iterable[Unit] = [school, *below, *above(school, on=day)]
    held = Assignment.objects.in_force(day).filter(
        unit__in=list(places), role__in=OWNERS, account__is_active=True
    )
    return list(Account.objects.filter(assignments__in=held).distinct().order_by("name", "pk"))


def able_for(pupil: Pupil, school: Unit, day: date) -> list[Account]:
    """Who can own a pupil's case there: of a protected pupil only those who may see it."""
    listed = sees(pupil, day)
    return [one for one in candidates(school, day) if listed is None or one.pk in listed]


def takers_of_forced(school: Unit, day: date) -> list[Account]:
    """Who can take what the routine forces: student health at the school; without any, its leaders."""
    able = candidates(school, day)
    roles = Assignment.objects.in_force(day).filter(account__in=able)
    for wanted in (TEAM, tuple(LEADERS)):
        held = set(roles.filter(role__in=wanted).values_list("account", flat=True))
        if held:
            return [one for one in able if one.pk in held]
    return able


def sees(pupil: Pupil, day: date) -> frozenset[int] | None:
    """Who may see a pupil with a protected identity on a day; None: everybody in scope."""
    if not pupil.is_protected:
        return None
    listed = Access.objects.filter(on_day(day), pupil=pupil)
    return frozenset(listed.values_list("account", flat=True))


def school_of(pupil: Pupil, day: date) -> Unit | None:
    """The school a pupil is enrolled at on a day; the latest enrolment when there are several."""
    enrolment = _enrolments(pupil, day).last()
    if enrolment is None:
        return None
    return Unit.objects.filter(
        authority=pupil.authority, kind=UnitKind.SCHOOL, key=enrolment.school_key
    ).first()


def _places(pupil: Pupil, school: Unit, day: date) -> list[Unit]:
    enrolment = _enrolments(pupil, day).filter(school_key=school.key).last()
    found = [school, *reversed(above(school, on=day))]
    if enrolment is None or not enrolment.class_key:
        return found
    group = Unit.objects.filter(
        authority=school.authority, kind=UnitKind.CLASS, key=enrolment.class_key
    ).first()
    return found if group is None else [group, *found]


def _enrolments(pupil: Pupil, day: date) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(on_day(day), pupil=pupil).order_by("from_on", "pk")


def _holder(role: Role, place: Unit, day: date) -> Account | None:
    there = Assignment.objects.in_force(day).filter(role=role, unit=place, account__is_active=True)
    chosen = there.order_by("-stands_in_for", "-percentage", "pk").select_related("account")
    first = chosen.first()
    return None if first is None else first.account
