"""The shared part of a plan as it is read: on a page, on paper, and by who it is disclosed to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Unit
from narvaro.web.plans.models import Effort, PlanVersion, Who
from narvaro.web.ui import written

NOBODY_ELSE = gettext_lazy(
    "Det är frågat. Varken eleven, hemmet eller någon annan gör något i den här planen."
)


@dataclass(frozen=True, slots=True)
class Task:
    """What is done, and until when; `by` where no unit answers for it."""

    words: str
    due: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Organiser:
    """A unit, and what it answers for."""

    name: str
    is_main: bool
    tasks: Sequence[Task]


@dataclass(frozen=True, slots=True)
class SharedPart:
    """A version as anybody who gets it reads it: nothing of the school's own part."""

    number: int
    important: str
    silence: str
    needs: str
    organisers: Sequence[Organiser]
    others: Sequence[Task]
    nobody_else: str
    main_unit: str
    follow_up: str
    signed_by: str
    signed_at: datetime | None
    signed: str


def shared_part(version: PlanVersion) -> SharedPart:
    """The shared part. Of a pupil with protected identity no school is named."""
    efforts = list(version.efforts.select_related("unit__authority"))
    hides = version.plan.pupil.is_protected
    main = version.main_unit
    return SharedPart(
        version.number,
        version.important,
        version.get_silence_display() if version.silence else "",
        version.needs,
        _organisers(efforts, main, hides=hides),
        [_task(one, by=_who(one)) for one in efforts if one.who != Who.UNIT],
        str(NOBODY_ELSE) if version.is_alone else "",
        "" if main is None else name_of_unit(main, hides=hides),
        day_in_full(version.follow_up_on),
        version.signed_by.name if version.signed_by else "",
        version.signed_at,
        "" if version.signed_at is None else day_in_full(local_day(version.signed_at)),
    )


def _organisers(efforts: Iterable[Effort], main: Unit | None, *, hides: bool) -> list[Organiser]:
    """Units in the order of their first effort."""
    tasks: dict[Unit, list[Task]] = {}
    for one in efforts:
        if one.unit is not None:
            tasks.setdefault(one.unit, []).append(_task(one))
    return [
        Organiser(name_of_unit(unit, hides=hides), unit == main, found)
        for unit, found in tasks.items()
    ]


def _task(one: Effort, by: str = "") -> Task:
    return Task(one.words, day_in_full(one.due_on), by)


def _who(one: Effort) -> str:
    if one.who == Who.OTHER:
        return one.other
    return str(one.get_who_display()).capitalize() if one.who else ""


def name_of_unit(unit: Unit, *, hides: bool = False) -> str:
    """Authority and unit, once when they are called the same; `hides`: a school is only a school."""
    if hides and unit.kind in ("school", "class"):
        return _("Skolan")
    authority = unit.authority.name
    return unit.name if unit.name.startswith(authority) else f"{authority}, {unit.name}"


def day_in_full(when: date | None) -> str:
    """`ons 2 dec 2026`: a plan is read long after it was made. Empty when there is none."""
    return "" if when is None else written.day_of_year(when)
