"""Frozen values for the pages of flow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.programmes import STAGE_NAMES
from narvaro.shares import Share, share_of
from narvaro.small_numbers import TOTAL
from narvaro.timetable import SchoolYear
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.flow import StageCount, funnel
from narvaro.web.cases.flow.days import middle
from narvaro.web.cases.flow.funnel import days_to_first_action
from narvaro.web.cases.models import Case, Step
from narvaro.web.cases.routines import step_of
from narvaro.web.cases.rules import named
from narvaro.web.overview.flow import showing
from narvaro.web.overview.flow.gathering import Flow
from narvaro.web.overview.flow.showing import Counts
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.charts import InTimeChart, InTimeMonth
from narvaro.web.ui.written import number

FEWEST = 5
"""Days are told of so many pupils or more, but to those who lead the school."""


@dataclass(frozen=True, slots=True)
class InTime:
    """Steps done in time of steps due; None where they are not shown."""

    in_time: int | None
    due: int | None
    share: Share | None


@dataclass(frozen=True, slots=True)
class Days:
    """School days: the middle, the fewest and the most, of how many pupils."""

    middle: str
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of the funnel; `went_on` is of those here who reached the next."""

    name: str
    count: int | None
    went_on: int | None
    share: Share | None
    days: Days | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """A school under an area or the authority."""

    name: str
    url: str
    area: str
    in_time: InTime
    flagged: int | None
    unhandled: int | None


@dataclass(frozen=True, slots=True)
class LateRow:
    """A step that is late now, with its case."""

    pupil: Pupil
    name: str
    step: str
    owner: str
    due_on: object
    days_late: int
    url: str
    inspector_url: str


@dataclass(frozen=True, slots=True)
class FlowPage:
    """Everything of one place. `is_inside`: nothing is hidden, the viewer leads the school."""

    unit: Unit
    year: SchoolYear
    is_inside: bool
    in_time: InTime
    chart: InTimeChart | None
    stages: Sequence[StageRow]
    to_first_action: Days | None
    flagged: int | None
    unhandled: int | None
    waiting: int | None
    overdue: int | None
    forced: int | None
    parts: Sequence[PartRow]


def place_of(unit: Unit) -> str:
    """A unit as a place of the counts."""
    if unit.kind == UnitKind.SCHOOL:
        return unit.key
    return showing.area_of(unit.public_id) if unit.kind == UnitKind.AREA else TOTAL


def flow_page(flow: Flow, unit: Unit, viewer: Viewer, *, is_inside: bool = False) -> FlowPage:
    """The page of a school, an area or the authority."""
    counts, place = Counts(flow, is_inside), place_of(unit)
    return FlowPage(
        unit=unit,
        year=flow.year,
        is_inside=is_inside,
        in_time=_in_time(counts, place),
        chart=_chart(flow, counts, unit),
        stages=_stages(flow, counts, place, unit),
        to_first_action=_to_first_action(flow, unit, is_inside=is_inside),
        flagged=counts.of(showing.reached("flagged"), place),
        unhandled=counts.of(showing.UNHANDLED, place),
        waiting=counts.of(showing.WAITING, place),
        overdue=counts.of(showing.OVERDUE, place),
        forced=counts.of(showing.FORCED, place),
        parts=_parts(flow, counts, unit, viewer),
    )


def _in_time(counts: Counts, place: str, month: object = None) -> InTime:
    names = (showing.IN_TIME, showing.DUE)
    measures = names if month is None else [showing.in_month(month, one) for one in names]
    in_time, due = (counts.of(one, place) for one in measures)
    known = in_time is not None and due is not None
    return InTime(in_time, due, share_of(in_time or 0, due or 0) if known else None)


def _chart(flow: Flow, counts: Counts, unit: Unit) -> InTimeChart | None:
    """Month by month; of a school only to those who lead it: its months are small."""
    if unit.kind == UnitKind.SCHOOL and not counts.is_inside:
        return None
    place = place_of(unit)
    months = sorted({one.month for one in flow.due})
    if not months:
        return None
    found = []
    for month in [months[0].plus(n) for n in range(months[-1].number - months[0].number + 1)]:
        said = _in_time(counts, place, month)
        known = any(one.month == month for one in flow.due)
        found.append(
            InTimeMonth(month.first_day, said.in_time if known else 0, said.due if known else 0)
        )
    title = _("Steg klara i tid av steg som skulle vara klara, månad för månad")
    return InTimeChart(title, found)


def _stages(flow: Flow, counts: Counts, place: str, unit: Unit) -> list[StageRow]:
    schools = schools_of(flow, unit)
    pupils = [one for one in flow.pupils if one.school in schools]
    return [_stage_row(one, counts, place) for one in funnel(pupils, flow.days)]


def _stage_row(one: StageCount, counts: Counts, place: str) -> StageRow:
    count = counts.of(showing.reached(one.stage), place)
    went_on = counts.of(showing.went_on(one.stage), place) if one.next_stage else None
    known = count is not None and went_on is not None
    return StageRow(
        named(STAGE_NAMES[one.stage]),
        count,
        went_on,
        share_of(went_on or 0, count or 0) if known else None,
        days_of(one.days, is_inside=counts.is_inside) if went_on else None,
    )


def days_of(days: Sequence[int], *, is_inside: bool) -> Days | None:
    """The middle and the ends, where they tell of enough pupils."""
    half = middle(days)
    if half is None or (len(days) < FEWEST and not is_inside):
        return None
    return Days(number(Fraction(half), 0 if half == int(half) else 1), days[0], days[-1])


def schools_of(flow: Flow, unit: Unit) -> frozenset[str]:
    """The keys of a unit's schools that are in the programme."""
    if unit.kind == UnitKind.SCHOOL:
        return frozenset({unit.key})
    if unit.kind == UnitKind.AREA:
        return frozenset(key for key, area in flow.areas.items() if area.pk == unit.pk)
    return frozenset(flow.schools)


def _to_first_action(flow: Flow, unit: Unit, *, is_inside: bool) -> Days | None:
    schools = schools_of(flow, unit)
    mine = [one for one in flow.pupils if one.school in schools]
    return days_of(days_to_first_action(mine, flow.days), is_inside=is_inside)


def _parts(flow: Flow, counts: Counts, unit: Unit, viewer: Viewer) -> list[PartRow]:
    if unit.kind == UnitKind.SCHOOL:
        return []
    wanted, reach = schools_of(flow, unit), viewer.reach("flow.school").school_keys
    return [
        PartRow(
            school.name,
            reverse("flow_school", args=[school.public_id]) if key in reach else "",
            flow.areas[key].name if key in flow.areas else "",
            _in_time(counts, key),
            counts.of(showing.reached("flagged"), key),
            counts.of(showing.UNHANDLED, key),
        )
        for key, school in flow.schools.items()
        if key in wanted
    ]


def late_rows(flow: Flow, unit: Unit, viewer: Viewer) -> list[LateRow]:
    """The school's steps that are late now, the oldest first; nobody protected is listed."""
    late = {one.key: one for one in flow.due if one.done_on is None and one.school == unit.key}
    named_to = Pupil.objects.named_to(viewer, "flow.late")
    cases = Case.objects.visible_to(viewer, "flow.late").still_open().filter(pupil__in=named_to)
    steps = Step.objects.filter(case__in=cases, public_id__in=late)
    found = []
    for step in steps.select_related("owner", "case__pupil", "case__routine"):
        case, due = step.case, late[step.public_id]
        known = step_of(flow.common[case.routine.digest], step.step)
        found.append(
            LateRow(
                case.pupil,
                name_of(case.pupil),
                named(known.name) if known else step.step,
                step.owner.name,
                due.due_on,
                flow.days.between(unit.key, due.due_on, flow.today),
                reverse("case", args=[case.public_id]),
                reverse("inspector_case", args=[case.public_id]),
            )
        )
    return sorted(found, key=lambda one: (-one.days_late, one.name))
