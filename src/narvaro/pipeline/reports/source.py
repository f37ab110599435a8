"""The reports of one month of a ledger: what the site and the report command ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from narvaro.errors import BadRequest, NotFound
from narvaro.ledger import open_ledger
from narvaro.pipeline.reports.facts import MonthFacts
from narvaro.pipeline.reports.pupil import pupil_page_of
from narvaro.pipeline.reports.school import (
    bands_of,
    coverage_of,
    how_counted,
    month_status,
    school_month,
    verdict_of,
)
from narvaro.programmes import Programme
from narvaro.quality import LessonCounts
from narvaro.reporting import Leaving, leaving_school
from narvaro.reporting.content import MonthStatus, SchoolMonthReport
from narvaro.reporting.site_content import Overview, PupilPage, SchoolRow
from narvaro.timetable import Month

SMALL_LIMIT = 5
"""Cells built on fewer pupils than this are not printed outside the school."""


@dataclass
class MonthReports:
    """A `ReportSource` over one snapshot, programme and month; what was made is kept."""

    facts: MonthFacts
    small_limit: int = SMALL_LIMIT
    _made: dict[tuple[str, Month], SchoolMonthReport] = field(default_factory=dict, repr=False)

    def overview(self) -> Overview:
        """All schools at the month's end."""
        facts = self.facts
        every = LessonCounts()
        for school in facts.schools:
            every = every + facts.lesson_counts.get(school, LessonCounts())
        return Overview(
            authority=facts.authority,
            month=facts.month,
            data_until=facts.data_until,
            coverage=coverage_of(facts, every),
            status=self._status,
            schools=tuple(self._row(school) for school in facts.schools),
            how=how_counted(facts, "", (one.absence for one in facts.flags)),
        )

    def school(self, key: str) -> SchoolMonthReport | None:
        """One school's report, or None."""
        return self._report(key, self.facts) if key in self.facts.schools else None

    def leaving(self, key: str) -> SchoolMonthReport | None:
        """The same report as it may leave the school, or None."""
        return self._leaving(key).report if key in self.facts.schools else None

    def pupil(self, key: str) -> PupilPage | None:
        """One pupil's page, or None."""
        return pupil_page_of(self.facts, key)

    def _report(self, key: str, facts: MonthFacts) -> SchoolMonthReport:
        if (key, facts.month) not in self._made:
            self._made[(key, facts.month)] = school_month(facts, key)
        return self._made[(key, facts.month)]

    def _leaving(self, key: str) -> Leaving:
        """Protected against last month's report too: a difference must not give a cell away."""
        before = self.facts.at(self.facts.month.plus(-1))
        earlier = []
        if before.by_school.get(key):
            last = leaving_school(self._report(key, before), limit=self.small_limit)
            earlier = [last.protected]
        report = self._report(key, self.facts)
        return leaving_school(report, limit=self.small_limit, earlier=earlier)

    def _row(self, school: str) -> SchoolRow:
        facts = self.facts
        flags = facts.by_school.get(school, ())
        measured = any(one.absence.scheduled_minutes for one in flags)
        return SchoolRow(
            key=school,
            name=facts.names.get(school, school),
            coverage=coverage_of(facts, facts.lesson_counts.get(school, LessonCounts())),
            verdict=verdict_of(facts, school),
            bands=bands_of(flags, facts) if measured else None,
            flagged=sum(one.outcome == "flagged" for one in flags) if measured else None,
        )

    @cached_property
    def _status(self) -> MonthStatus:
        found = [month_status(self.facts, key, self.facts.month) for key in self.facts.schools]
        statuses = {one.status for one in found}
        if "preliminary" in statuses:
            return MonthStatus(self.facts.month, "preliminary")
        usable = statuses - {"no_lessons"}
        return MonthStatus(self.facts.month, "final" if "final" in usable else "not_usable")


def month_reports(
    ledger: Path,
    programme: Programme,
    *,
    month: Month | None = None,
    known_at: datetime | None = None,
    small_limit: int = SMALL_LIMIT,
) -> MonthReports:
    """Open the reports of one month: by default the last month that had lessons and is over.

    Raises BadRequest for a programme without rules, NotFound for a ledger without lessons.
    """
    if not programme.rules:
        raise BadRequest(
            f"{programme.id} has no rule, so there is no list to report.",
            remedy="Choose a programme with a rule; `narvaro programme list` shows them.",
        )
    moment = known_at or datetime.now(UTC)
    snapshot = open_ledger(ledger).snapshot()
    if month is None:
        found = snapshot.engine.query(
            "SELECT max(month) FROM (SELECT month, sum(lessons) AS lessons FROM lesson_day "
            "GROUP BY month HAVING sum(lessons) > 0) AS months WHERE month < $month",
            tables=snapshot.tables("lesson_day"),
            parameters={"month": moment.year * 100 + moment.month},
        )[0][0]
        if found is None:
            raise NotFound("The ledger holds no lessons yet.", remedy="Import a delivery first.")
        month = Month.of(found // 100, found % 100)
    return MonthReports(MonthFacts.of(snapshot, programme, month, moment), small_limit)
