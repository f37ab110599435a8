"""One school's year: lessons, marks, corrections, announcements and summaries, month by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from narvaro.demo.absence import Absence, Traits, absence_of
from narvaro.demo.announcements import announcements
from narvaro.demo.cases import SchoolCases
from narvaro.demo.days import DayTable, school_days
from narvaro.demo.lessons import NEVER, Lessons, lessons_of
from narvaro.demo.marks import Marks, Seats, corrected, marks_of, seats_of
from narvaro.demo.people import staff_key
from narvaro.demo.registers import MEMBERSHIPS, closed_days, memberships
from narvaro.demo.registration import Staff
from narvaro.demo.roster import Stints
from narvaro.demo.schools import School, Trouble
from narvaro.demo.staging import Staging, columns_of
from narvaro.demo.summaries import SUMMARIES, summaries
from narvaro.demo.units import Unit
from narvaro.demo.weeks import SUBJECTS, Week, week_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.random import Generator
    from numpy.typing import NDArray

_ABSENCE, _ANNOUNCED, _MONTH = range(3)


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """What one school is in one school year."""

    school: School
    year: int
    number: int
    is_last: bool
    stints: Stints
    units: tuple[Unit, ...]
    cases: SchoolCases
    until: int | None
    random: Callable[..., Generator]

    def told_in_time(self, told: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the moments lie before the demo's last day ends."""
        import numpy as np

        return told <= self.until if self.until is not None else np.ones(len(told), dtype=bool)

    def has_timetable(self, day: date) -> bool:
        """Whether the school had loaded its timetable for that day."""
        if self.school.shows(Trouble.TIMETABLE_IN_FEBRUARY) and self.is_last:
            return day.year > self.year and day.month >= 2
        return not self.is_summarised(day)

    def is_summarised(self, day: date) -> bool:
        """Whether the school kept its registrations on paper and told sums only."""
        in_time = self.number == 0 and day.year == self.year
        return in_time and self.school.shows(Trouble.SUMMARIES_FIRST)


def write_school_year(
    staging: Staging, year: SchoolYear, *, staff: Staff, traits: Traits, first_lesson: int
) -> int:
    """Write one school's year; lessons are numbered from `first_lesson`, the next is returned."""
    days = school_days(year.year, year.school.number)
    calm = year.cases.calm(year.stints.pupil)
    absence = absence_of(
        year.random(_ABSENCE), year.school, stints=year.stints, days=days, traits=traits, calm=calm
    )
    staging.append_rows(
        "group_memberships", MEMBERSHIPS, list(memberships(year.units, year.stints))
    )
    told = announcements(year.random(_ANNOUNCED), stints=year.stints, days=days, absence=absence)
    _append_told(staging, "announced_absences", told, year)
    chunks = _Chunks(
        staging, year, days, staff, absence, week_of(year.units, len(staff)),
        seats_of(year.units), calm,
    )  # fmt: skip
    for month in days.months():
        first_lesson = chunks.write(month, first_lesson)
    return first_lesson


@dataclass(frozen=True, slots=True)
class _Chunks:
    """Writes one month at a time."""

    staging: Staging
    year: SchoolYear
    days: DayTable
    staff: Staff
    absence: Absence
    week: Week
    seats: Seats
    calm: NDArray[np.bool_]

    def write(self, month: slice, first: int) -> int:
        year, first_day = self.year, self.days.dates[month.start]
        rng = year.random(_MONTH, month.start)
        lessons = lessons_of(
            rng, year.school, week=self.week, days=self.days, month=month, units=year.units,
            staff=self.staff, year_number=year.number, last_year=year.is_last,
        )  # fmt: skip
        self._close(lessons)
        year.cases.edit(lessons, year.units)
        marks = marks_of(
            rng, lessons=lessons, seats=self.seats, stints=year.stints, ordinal=self.days.ordinal,
            absence=self.absence, unclassified=year.school.shows(Trouble.LEAVES_UNCLASSIFIED),
        )  # fmt: skip
        year.cases.apply(marks, lessons, year.stints.pupil)
        if year.is_summarised(first_day):
            rows = summaries(
                year.school, year.stints, lessons=lessons, marks=marks, days=self.days, month=month
            )
            self.staging.append_rows("period_summaries", SUMMARIES, rows)
        elif year.has_timetable(first_day):
            self._append_lessons(lessons, first)
            self._append_marks(marks, first)
            again = corrected(marks, lessons=lessons, absence=self.absence, calm=self.calm)
            self._append_marks(again, first)
            self._append_later(lessons, first)
        return first + len(lessons)

    def _close(self, lessons: Lessons) -> None:
        """Cancel every lesson of a day on which the school was closed."""
        import numpy as np

        for day in closed_days(self.year.school, self.year.year):
            shut = np.array([date_ == day for date_ in self.days.dates])[lessons.day]
            lessons.cancelled[shut] = lessons.starts[shut] - 30
            lessons.told[shut] = NEVER

    def _append_marks(self, marks: Marks, first: int) -> None:
        import numpy as np

        kept = marks.at(self.year.told_in_time(marks.told))
        small = {
            name: getattr(kept, name).astype(np.int16)
            for name in (
                "scheduled", "full", "valid", "invalid", "unclassified", "other", "reason",
            )
        }  # fmt: skip
        self.staging.append(
            "marks",
            {
                "lesson": kept.lesson + first,
                "pupil": self.year.stints.pupil[kept.stint],
                **small,
                "told": kept.told,
                "refused": np.zeros(len(kept), dtype=bool),
                "withdrawn": np.zeros(len(kept), dtype=bool),
            },
        )

    def _append_later(self, lessons: Lessons, first: int) -> None:
        rows = self.year.cases.later_marks(lessons, self.year.units, first)
        until = self.year.until
        self.staging.append(
            "marks", columns_of([row for row in rows if until is None or row["told"] <= until])
        )

    def _append_lessons(self, lessons: Lessons, first: int) -> None:
        """A lesson is known from the beginning; what happens to it later is another version."""
        import numpy as np

        rows = self._lesson_columns(lessons, first)
        count = len(lessons)
        self._append_versions(rows, np.ones(count, dtype=bool), np.full(count, NEVER))
        cancelled, substituted = lessons.cancelled != NEVER, lessons.substitute != NEVER
        rows["cancelled"] = cancelled
        self._append_versions(rows, cancelled, lessons.cancelled)
        changed = np.where(substituted, lessons.substitute, lessons.teacher)
        rows["teacher"] = self._teachers(changed)
        self._append_versions(rows, substituted & ~cancelled, lessons.starts - 40)
        if self.year.school.shows(Trouble.ACKNOWLEDGES_LESSONS):
            rows["acknowledged"] = np.where(lessons.told != NEVER, "yes", "no").astype(object)
            rows["told"] = lessons.told
            said = np.where(lessons.told != NEVER, lessons.told, lessons.ends + 20_160)
            self._append_versions(rows, ~cancelled, said)

    def _lesson_columns(self, lessons: Lessons, first: int) -> dict[str, Any]:
        import numpy as np

        units, count = self.year.units, len(lessons)
        given = (lessons.recess > 0) | (self.year.school.number % 2 == 0)
        return {
            "lesson": np.arange(first, first + count),
            "school": np.full(count, self.year.school.key, dtype=object),
            "starts": lessons.starts,
            "ends": lessons.ends,
            "minutes": np.where(given, lessons.minutes, NEVER),
            "group": np.array([u.group or None for u in units], dtype=object)[lessons.unit],
            "class": np.array([u.class_name or None for u in units], dtype=object)[lessons.unit],
            "subject": np.array(SUBJECTS, dtype=object)[lessons.subject],
            "teacher": self._teachers(lessons.teacher),
            "cancelled": np.zeros(count, dtype=bool),
            "acknowledged": np.full(count, "unknown", dtype=object),
            "told": np.full(count, NEVER),
        }

    def _teachers(self, teacher: NDArray[np.int64]) -> NDArray[np.object_]:
        import numpy as np

        keys = [staff_key(self.staff.first + number) for number in range(len(self.staff))]
        return np.array(keys, dtype=object)[teacher]

    def _append_versions(
        self, rows: dict[str, Any], chosen: NDArray[np.bool_], recorded: NDArray[np.int64]
    ) -> None:
        kept = chosen & self.year.told_in_time(recorded)
        columns = {name: column[kept] for name, column in rows.items()}
        self.staging.append("lessons", {**columns, "recorded": recorded[kept]})


def _append_told(staging: Staging, table: str, columns: dict[str, Any], year: SchoolYear) -> None:
    kept = year.told_in_time(columns["told"])
    staging.append(table, {name: column[kept] for name, column in columns.items()})
