"""Who answers for what: from a role in the routine to a named person at a pupil's school."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

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
    "area_manager": (Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS),
    "school_authority": (Role.HEAD_OF_SCHOOLS, Role.AREA_MANAGER),
    "project_leader": (),  # reads no pupils: the principal answers
}
IN_THE_PLAN = "main_responsible"
AT_LAST = (Role.PRINCIPAL, Role.ASSISTANT_PRINCIPAL, Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS)
"""Who answers when nobody holds the role: nothing falls between chairs (P19)."""
WORKS_WITH_CASES = frozenset(
    {Role.TEACHER, Role.MENTOR, Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
    | LEADERS
    | STUDENT_HEALTH
)
"""Who has the page of a case and can be chosen as its owner."""
OVER_SCHOOLS = frozenset({Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS})
"""Who gets only what was lifted to them, or what nobody at the school answers for."""
OWNERS = WORKS_WITH_CASES | OVER_SCHOOLS


def person_for(role: str, case: Case, day: date) -> Account:
    """Who answers for a role of the routine in a case; the case's owner for who is in the plan."""
    if role == IN_THE_PLAN:
        if may_hold(case.owner, case, day):
            return case.owner
        role = "mentor"
    return person_at(role, case.pupil, case.school, day)


def may_hold(account: Account, case: Case, day: date) -> bool:
    """Somebody who can answer for the case, or for something in it, on a day."""
    return may_own(account, case.school, day) and may_know(account, case.pupil, day)


def person_at(role: str, pupil: Pupil, school: Unit, day: date) -> Account:
    """Who answers for a role of the routine about a pupil at a school on a day.

    Somebody of the class before the school, the school before the area, the area before the
    authority; who stands in before who is away. When nobody holds the role the principal
    answers, then those above. Of a pupil with a protected identity only those on the list
    answer; while nobody on it serves at the school, whoever decides about the list does. Raises
    Refused when nobody is left.
    """
    found = None
    if pupil.is_protected:
        known = _listed(pupil, day)
        found = _found(role, pupil, school, day=day, among=known)
        found = found or next((one for one in known if may_own(one, school, day)), None)
        role = "principal"
    found = found or _found(role, pupil, school, day=day)
    if found is None:
        raise Refused(_("Ingen svarar för skolan: rektor, verksamhetschef och skolchef saknas."))
    return found


def _found(
    role: str, pupil: Pupil, school: Unit, *, day: date, among: list[Account] | None = None
) -> Account | None:
    places = _places(pupil, school, day)
    for wanted in (*STANDS_FOR.get(role, ()), *AT_LAST):
        for place in places:
            found = _holder(wanted, place, day, among=among)
            if found is not None:
                return found
    return None


def may_own(account: Account, school: Unit, day: date) -> bool:
    """Somebody who serves at the school or over it on the day: whoever `person_at` can name."""
    return serves(account, school, day, roles=OWNERS)


def works_at(account: Account, school: Unit, day: date) -> bool:
    """Somebody who works with cases at the school: whoever a person can choose."""
    return serves(account, school, day, roles=WORKS_WITH_CASES)


def serves(account: Account, school: Unit, day: date, *, roles: Collection[Role]) -> bool:
    """Somebody in one of some roles at the school, in a class of it, or over it."""
    if not account.is_active:
        return False
    near = {school.pk, *(one.pk for one in above(school, on=day))}
    mine = account.assignments.in_force(day).select_related("unit")
    return any(
        one.unit_id in near
        or (one.unit.kind == UnitKind.CLASS and school in above(one.unit, on=day))
        for one in mine
        if one.role in roles
    )


def may_know(account: Account, pupil: Pupil, day: date) -> bool:
    """Nobody but those on the list knows of a pupil with a protected identity."""
    listed = sees(pupil, day)
    return listed is None or account.pk in listed


def cannot_be_given(account: Account, case: Case, day: date) -> list[str]:
    """Why somebody chosen cannot have a case or a step in it, in words; empty when they can."""
    if not works_at(account, case.school, day):
        return [_("Den valda personen arbetar inte på elevens skola i dag.")]
    if not may_know(account, case.pupil, day):
        return [_("Den valda personen står inte på listan över vilka som får se eleven.")]
    return []


def _listed(pupil: Pupil, day: date) -> list[Account]:
    listed = Access.objects.filter(on_day(day), pupil=pupil, account__is_active=True)
    return [one.account for one in listed.select_related("account").order_by("pk")]


def candidates(school: Unit, day: date) -> list[Account]:
    """Everybody who can be chosen to own a case at a school, by name."""
    below = Unit.objects.filter(placements__parent=school)
    places: Iterable[Unit] = [school, *below, *above(school, on=day)]
    held = Assignment.objects.in_force(day).filter(
        unit__in=list(places), role__in=WORKS_WITH_CASES, account__is_active=True
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


def _holder(role: Role, place: Unit, day: date, *, among: list[Account] | None) -> Account | None:
    there = Assignment.objects.in_force(day).filter(role=role, unit=place, account__is_active=True)
    if among is not None:
        there = there.filter(account__in=among)
    stands_in = F("stands_in_for_id").desc(nulls_last=True)  # databases differ in where none is
    chosen = there.order_by(stands_in, "-percentage", "pk").select_related("account")
    first = chosen.first()
    return None if first is None else first.account
