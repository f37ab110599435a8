"""Who one can be in the demo, grouped by where they work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import STUDENT_HEALTH, Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to be, and what one sees as them."""

    assignment: Assignment
    sees: str


@dataclass(frozen=True, slots=True)
class Group:
    """People who work at the same kind of place."""

    name: str
    people: Sequence[Person]


SEES: dict[Role, str] = {
    Role.TEACHER: _("Lektionerna som inte är kvitterade än, och varför."),
    Role.MENTOR: _("Klassen: vems frånvaro som växer, och hur säkert det är."),
    Role.PRINCIPAL: _("Vilka siffror som håller, vilka elever som är nya, var inget är gjort."),
    Role.ASSISTANT_PRINCIPAL: _("Samma som rektor, på samma skola."),
    Role.COORDINATOR: _("Skolans siffror, för den som samordnar stöd."),
    Role.SCHOOL_SOCIAL_WORKER: _("Skolans siffror, för den som möter familjer."),
    Role.AREA_MANAGER: _("Områdets skolor bredvid varandra, utan elever."),
    Role.HEAD_OF_SCHOOLS: _("Kommunen, områdena och skolorna, utan elever."),
    Role.PROJECT_LEADER: _("Projektet: mål, utfall, vilka skolor som är med."),
    Role.ANALYST: _("Vad en annan gräns skulle innebära i flaggor och timmar."),
    Role.SYSTEM_OWNER: _("Källorna: vad som kom i natt, vad som inte gick att läsa."),
    Role.ADMINISTRATOR: _("Konton, roller och ersättare. Inga elever."),
    Role.DATA_PROTECTION_OFFICER: _("Loggen: vem som läst vad, och granskningen av den."),
    Role.AGENCY_CONTACT: _("Verksamhetens egen plats: det som skolan delat, och inget annat."),
}
HEALTH = _("Skolans elever, för den som arbetar med elevhälsa.")
ELSEWHERE = _("I andra verksamheter")
OTHERS = _("Startsidan. Rollens egna sidor finns inte än.")
IN_CLASS = {Role.TEACHER, Role.MENTOR}
AT_SCHOOL = {Role.PRINCIPAL, Role.ASSISTANT_PRINCIPAL, Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}
IN_CHARGE = {Role.AREA_MANAGER, Role.HEAD_OF_SCHOOLS, Role.PROJECT_LEADER, Role.ANALYST}


def demo_groups(day: date) -> list[Group]:
    """The demo's invented people in force on the day, by kind of place; outside the demo nobody."""
    people = [Person(one, _sees(Role(one.role))) for one in demo_people(day)]
    here = [one for one in people if one.assignment.unit.authority.key]
    elsewhere = [one for one in people if not one.assignment.unit.authority.key]
    named = IN_CLASS | AT_SCHOOL | STUDENT_HEALTH | IN_CHARGE
    places = (
        (_("I klassrummet"), IN_CLASS),
        (_("På skolan"), AT_SCHOOL | STUDENT_HEALTH),
        (_("I kommunen"), IN_CHARGE),
        (_("Bakom systemet"), set(Role) - named),
    )
    groups = [
        Group(gettext(name), [one for one in here if Role(one.assignment.role) in roles])
        for name, roles in places
    ]
    return [one for one in (*groups, Group(gettext(ELSEWHERE), elsewhere)) if one.people]


def demo_people(day: date) -> list[Assignment]:
    """One assignment for each role of an authority, in the order of `Role`, in force on the day; else nobody.

    Of several people in a role, somebody who is in it alone: a mentor who also teaches is the
    mentor.
    """
    if not settings.DEMO:
        return []
    found: dict[tuple[str, int], Assignment] = {}
    rows = Assignment.objects.in_force(day).filter(account__is_demo=True)
    every = list(rows.select_related("account", "unit__authority").order_by("account__pk", "pk"))
    roles = Counter(account for account, _role in {(one.account_id, one.role) for one in every})
    for one in sorted(every, key=lambda one: roles[one.account_id]):
        found.setdefault((one.role, one.unit.authority_id), one)
    return [one for role in Role for (held, _), one in found.items() if held == role]


def _sees(role: Role) -> str:
    return gettext(HEALTH if role in STUDENT_HEALTH else SEES.get(role, OTHERS))
