"""The page of registration over several schools: what is kept, what is missing, who can help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.quality import LessonCounts
from narvaro.quality.counting import together
from narvaro.shares import reaches
from narvaro.timetable import local_day
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.registration import heat, words
from narvaro.web.figures.registration.asked_today import asked_in
from narvaro.web.figures.registration.evidence import Evidence
from narvaro.web.figures.registration.gathering import Gathered, gather
from narvaro.web.figures.registration.onboarding import Stage
from narvaro.web.figures.registration.reminding import times_asked
from narvaro.web.ui.charts import HeatTable

SHOWN = 12
WAYS = {"tid": "by_time", "lektioner": "by_lessons"}


@dataclass(frozen=True, slots=True)
class Choice:
    """How the table is drawn: `per` vecka or manad, `av` tid or lektioner."""

    per: str = "vecka"
    av: str = "tid"

    @staticmethod
    def read(asked: Mapping[str, str]) -> Choice:
        """What an address asks for; anything strange is the usual."""
        per = "manad" if asked.get("per") == "manad" else "vecka"
        return Choice(per, "lektioner" if asked.get("av") == "lektioner" else "tid")

    @property
    def by(self) -> heat.By:
        """The share of a cell."""
        return lambda counts: getattr(counts, WAYS[self.av])


@dataclass(frozen=True, slots=True)
class GroupRow:
    """Similar lessons as they stand in the table."""

    key: str
    title: str
    school: str
    count: int
    since: date
    why: str
    who: str
    url: str
    waits: bool


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """`reaching` of `schools` keep the goal by time; `counts` are of the drawn weeks.

    `groups` are the largest rows of similar lessons; `hidden` more are not shown here.
    """

    choice: Choice
    schools: int
    reaching: int
    since: str
    counts: LessonCounts
    table: HeatTable
    groups: Sequence[GroupRow]
    hidden: int
    open_count: int
    not_under_way: Sequence[tuple[str, str, str]]
    goal: int


def overview_page(
    viewer: Viewer, evidence: Evidence, schools: Sequence[Unit], choice: Choice
) -> OverviewPage:
    """The page over some schools."""
    keys = [one.key for one in schools]
    columns = columns_of(evidence, keys, choice)
    lines = [
        heat.Line(
            one.name, evidence.days(one.key), evidence.calendar(one.key), evidence.goal, _url(one)
        )
        for one in schools
    ]
    stages = {one.name: evidence.onboarding(one.key) for one in schools}
    rows = [
        heat.row_of(line, columns, choice.by, words.stage_mark(stages[line.name].stage))
        for line in heat.most_help_first(lines, columns)
    ]
    asked = asked_in(viewer, keys)
    groups = gather(asked)
    counts = [heat.counts_of(line, columns) for line in lines]
    return OverviewPage(
        choice,
        len(schools),
        sum(reaches(one.by_time, evidence.goal) for one in counts),
        columns[0].name if columns else "",
        together(counts),
        table_of(rows, columns, lines, corner=_("Skola"), last=_("Läge denna termin")),
        rows_of(viewer, groups[:SHOWN], {one.key: one for one in schools}),
        max(0, len(groups) - SHOWN),
        len(asked),
        [
            (name, str(words.STAGES[found.stage]), " ".join(words.evidence_of(found)))
            for name, found in stages.items()
            if found.stage not in (Stage.RELIABLE, Stage.REGISTERING, Stage.NOT_BEGUN)
        ],
        int(evidence.goal),
    )


def columns_of(evidence: Evidence, keys: Sequence[str], choice: Choice) -> tuple[heat.Column, ...]:
    """The weeks or months of a table."""
    return (heat.months if choice.per == "manad" else heat.weeks)(evidence, keys)


def table_of(
    rows: Sequence[object],
    columns: Sequence[heat.Column],
    lines: Sequence[heat.Line],
    *,
    corner: str,
    last: str = "",
) -> HeatTable:
    """The table of some lines; what it shows stands in its title."""
    since = columns[0].name if columns else ""
    after = [_("Tid sedan %(since)s") % {"since": since}, _("Lektioner")]
    title = _("Kvitterad tid, procent. De som behöver mest hjälp står överst.")
    heads = heat.heads(columns, lines)
    headed = [*after, *([last] if last else [])]
    goal = int(lines[0].goal) if lines else 95
    return HeatTable(title, heads, rows, corner, headed, goal)  # type: ignore[arg-type]


def rows_of(
    viewer: Viewer, groups: Sequence[Gathered], schools: Mapping[str, Unit]
) -> list[GroupRow]:
    """Similar lessons as rows of a table, in the order given."""
    times = times_asked(viewer.authority, groups)
    return [
        GroupRow(
            row.key,
            words.title_of(row),
            schools[row.school].name,
            row.count,
            row.since,
            str(words.CAUSES[row.cause]),
            words.who(row.solver, times[row.key]),
            f"{reverse('registration_lessons', args=[schools[row.school].public_id])}?grupp={row.key}",
            row.solver == "nobody_yet",
        )
        for row in groups
    ]


def silent_since(evidence: Evidence, school: str) -> date | None:
    """The day up to which a school is told of, when that was before yesterday; else None."""
    told = evidence.told_until(school)
    if told is None or (evidence.today - local_day(told)).days <= 1:
        return None
    calendar, day = evidence.calendar(school), local_day(told)
    missed = [one for one in _days_between(day, evidence.today) if calendar.is_school_day(one)]
    return day if len(missed) > 1 else None


def _days_between(first: date, last: date) -> list[date]:
    return [date.fromordinal(number) for number in range(first.toordinal() + 1, last.toordinal())]


def _url(unit: Unit) -> str:
    return reverse("registration_school", args=[unit.public_id])
