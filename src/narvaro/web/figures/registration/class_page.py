"""One class: what is acknowledged week by week, and the pupils for whom what is missing decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from narvaro.quality import LessonCounts
from narvaro.shares import Share
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts import Standing
from narvaro.web.figures.people import counted_facts
from narvaro.web.figures.registration import heat, scope
from narvaro.web.figures.registration.asked_today import asked_in
from narvaro.web.figures.registration.evidence import Evidence
from narvaro.web.figures.registration.overview_page import Choice, columns_of, table_of
from narvaro.web.figures.registration.own_page import Day, by_day
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui.charts import HeatTable


@dataclass(frozen=True, slots=True)
class NearLimit:
    """A pupil whose lessons without acknowledgement decide: on which side of the limit is open.

    `low` is the share if the pupil was present in all of them, `high` if absent from all.
    """

    pupil: Pupil
    share: Share | None
    low: Share | None
    high: Share | None
    missing_lessons: int
    missing_minutes: int


@dataclass(frozen=True, slots=True)
class ClassPage:
    """`limit` is that of the rule in force, `window` in words."""

    table: HeatTable
    near: Sequence[NearLimit]
    limit: str
    operator: str
    days: Sequence[Day]
    open_count: int


def class_page(viewer: Viewer, evidence: Evidence, unit: Unit) -> ClassPage:
    """The page of a class."""
    school, name = unit.key.rpartition("/")[0], scope.class_name(unit)
    choice = Choice()
    columns = columns_of(evidence, [school], choice)
    days: dict[date, LessonCounts] = {
        day: counts
        for (class_, day), counts in evidence.class_days(school).items()
        if class_ == name
    }
    line = heat.Line(unit.name, days, evidence.calendar(school), evidence.goal)
    asked = [one for one in asked_in(viewer, [school]) if one.lesson.class_ == name]
    facts = counted_facts(viewer)
    return ClassPage(
        table_of([heat.row_of(line, columns, choice.by)], columns, [line], corner=_("Klass")),
        near_the_limit(viewer, unit),
        str(facts.rule.limit) if facts else "",
        facts.rule.operator if facts else ">=",
        by_day(asked),
        len(asked),
    )


def near_the_limit(viewer: Viewer, unit: Unit) -> list[NearLimit]:
    """The pupils of a class for whom the missing lessons decide, the least certain first.

    Only those the viewer may see: a pupil with a protected identity is not there, nor counted.
    """
    facts = counted_facts(viewer)
    if facts is None:
        return []
    school, name = unit.key.rpartition("/")[0], scope.class_name(unit)
    open_ = {
        one.pupil: one
        for one in facts.standings(school)
        if one.place.class_ == name and decides(one)
    }
    pupils = Pupil.objects.named_to(viewer, "registration.class").filter(key__in=list(open_))
    rows = [near_of(pupil, open_[pupil.key]) for pupil in pupils]
    return sorted(rows, key=lambda row: (-row.missing_minutes, row.pupil.name))


def decides(one: Standing) -> bool:
    """What is missing decides: the rule is not met at best, and met at worst."""
    return one.may_be_flagged and one.judgement.certainty != "certain"


def near_of(pupil: Pupil, one: Standing) -> NearLimit:
    """A pupil near the limit."""
    row = one.absence
    return NearLimit(
        pupil,
        row.share,
        row.low,
        row.high,
        row.lessons - row.acknowledged_lessons,
        row.scheduled_minutes - row.acknowledged_minutes,
    )
