"""Posts that somebody has to hold: which are vacant, and who should fill them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Q, QuerySet

from narvaro.web.accounts.models import Assignment, Authority, Unit, is_on
from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH, Role
from narvaro.web.accounts.tree import above

# When the last holder has gone, the post is open; a class's teachers come and go by the timetable
KEPT = (
    LEADERS
    | STUDENT_HEALTH
    | {
        Role.AREA_MANAGER,
        Role.HEAD_OF_SCHOOLS,
        Role.COORDINATOR,
        Role.SCHOOL_SOCIAL_WORKER,
        Role.PROJECT_LEADER,
        Role.COMMUNICATOR,
        Role.SYSTEM_OWNER,
        Role.AGENCY_CONTACT,
        Role.DATA_PROTECTION_OFFICER,
    }
)
# Who fills a post: the first of these that somebody holds at the unit or above it
FILLERS = (Role.PRINCIPAL, Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS, Role.ADMINISTRATOR)
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post without its holder from a day on (which may still be to come)."""

    unit: Unit
    role: Role
    from_on: date
    last: Assignment | None
    stand_in: Assignment | None
    fillers: tuple[Assignment, ...]

    @property
    def role_name(self) -> str:
        """The role in the page's language."""
        return str(self.role.label)

    @property
    def last_name(self) -> str:
        """Who held it last; empty when nobody is known."""
        return self.last.account.name if self.last is not None and self.last.account else ""


def vacancies(authority: Authority, *, on: date) -> tuple[Vacancy, ...]:
    """Every post that is vacant on the day or will be within 30 days, the longest vacant first."""
    # the teachers of classes are by far the most, and no post of theirs is kept unless marked vacant
    marked = Assignment.objects.filter(unit__authority=authority, account__isnull=True)
    rows = (
        Assignment.objects.filter(unit__authority=authority, from_on__lte=on + SOON)
        .filter(Q(role__in=KEPT) | Q(unit__in=marked.values("unit")))
        .exclude(Exists(_held_on(on + SOON)))
        .select_related("unit__authority", "account")
        .order_by("unit_id", "role", "from_on", "pk")
    )
    found = [
        _vacancy(list(post), on=on)
        for _, post in groupby(rows, lambda one: (one.unit_id, one.role))
    ]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.from_on))


def _held_on(day: date) -> QuerySet[Assignment]:
    """The regular holders of the same post that stay past a day: nearly every post has one."""
    staying = Q(to_on=None) | Q(to_on__gt=day)
    same = {"unit": OuterRef("unit"), "role": OuterRef("role")}
    return Assignment.objects.filter(
        staying, **same, from_on__lte=day, account__isnull=False, stands_in_for=None
    )


def _vacancy(post: Sequence[Assignment], *, on: date) -> Vacancy | None:
    regular = [one for one in post if one.stands_in_for_id is None]
    if not regular or (Role(post[0].role) not in KEPT and regular[-1].account_id is not None):
        return None
    held = [one for one in regular if one.account_id is not None]
    if any(one.to_on is None or one.to_on > on + SOON for one in held):
        return None
    from_on = _open_from(regular, held)
    if from_on is None:
        return None
    unit, role = post[0].unit, Role(post[0].role)
    standing = [
        one
        for one in post
        if one.stands_in_for_id and one.account and is_on(on, one.from_on, one.to_on)
    ]
    return Vacancy(
        unit=unit,
        role=role,
        from_on=from_on,
        last=held[-1] if held else None,
        stand_in=standing[-1] if standing else None,
        fillers=fillers(unit, role, on=on),
    )


def _open_from(regular: Sequence[Assignment], held: Sequence[Assignment]) -> date | None:
    if held:
        return max(one.to_on for one in held if one.to_on is not None) + timedelta(days=1)
    vacant = [one for one in regular if one.to_on is None]
    return vacant[0].from_on if vacant else None


def fillers(unit: Unit, role: Role, *, on: date) -> tuple[Assignment, ...]:
    """Those who should fill a post at a unit; nobody, when nobody is there to."""
    path = [one.pk for one in (*above(unit, on=on), unit)]
    ranks = FILLERS[FILLERS.index(role) + 1 :] if role in FILLERS[:-1] else FILLERS
    there = Assignment.objects.in_force(on).filter(
        role__in=ranks, account__isnull=False, account__is_active=True
    )
    at_or_above = list(there.filter(unit__in=path).select_related("account", "unit"))
    anywhere = there.filter(role=Role.ADMINISTRATOR, unit__authority=unit.authority)
    for rank in ranks:
        found = _holders(at_or_above, rank) or (
            tuple(anywhere.select_related("account", "unit")) if rank == Role.ADMINISTRATOR else ()
        )
        if found:
            return found
    return ()


def _holders(rows: Iterable[Assignment], rank: Role) -> tuple[Assignment, ...]:
    return tuple(one for one in rows if one.role == rank)
