"""Lessons of a school that nobody has acknowledged, one row of similar ones or all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.registration import words
from narvaro.web.figures.registration.asked_today import asked_in
from narvaro.web.figures.registration.asking import Asked, staff
from narvaro.web.figures.registration.evidence import Evidence
from narvaro.web.figures.registration.gathering import gather
from narvaro.web.figures.registration.own_page import Day, by_day
from narvaro.web.figures.registration.reminding import receivers

MOST = 200
"""How many lessons are listed at once; a reason is given for those that are seen."""


@dataclass(frozen=True, slots=True)
class LessonsPage:
    """`group` is empty for all lessons; teachers' names are for the own principal alone."""

    group: str
    title: str
    why: str
    solver: str
    asked: Sequence[Asked]
    total: int
    days: Sequence[Day]
    teachers: Sequence[str]
    can_be_asked: bool = False


def lessons_page(
    viewer: Viewer, evidence: Evidence | None, school: Unit, group: str
) -> LessonsPage:
    """The lessons of a row, or all; one that is no longer there is empty."""
    every = gather(asked_in(viewer, [school.key])) if evidence else []
    rows = [row for row in every if not group or row.key == group]
    asked = sorted((one for row in rows for one in row.asked), key=lambda one: one.lesson.starts_at)
    named = rows[0] if group and rows else None
    return LessonsPage(
        group,
        words.title_of(named) if named else "",
        str(words.CAUSES[named.cause]) if named else "",
        str(words.SOLVERS[named.solver]) if named else "",
        asked[-MOST:],
        len(asked),
        by_day(asked[-MOST:]),
        teacher_names(viewer, school, asked),
        named is not None and bool(receivers(named, school, viewer)),
    )


def teacher_names(viewer: Viewer, school: Unit, asked: Sequence[Asked]) -> Sequence[str]:
    """The names of the lessons' teachers, for the principal of the school; else none."""
    if school.pk not in viewer.reach("registration.teachers").unit_ids:
        return ()
    names = staff(viewer.authority, on=viewer.today)
    found = {key for one in asked for key in one.lesson.teachers}
    return sorted({names[key].name for key in found if key in names})
