"""Everything a month's reports are made of, read once from one snapshot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from narvaro.flags import Flag, flag
from narvaro.flags.flag import Judged, judge_all
from narvaro.flags.scope import Roster
from narvaro.ledger import Snapshot
from narvaro.ledger.standing import calendars, joins, standing
from narvaro.programmes import Programme, Rule
from narvaro.quality import LessonCounts, Verdict, registration, verdicts
from narvaro.timetable import At, Calendar, Calendars, Month, Period

TREND_MONTHS = 12


@dataclass(frozen=True)
class MonthFacts:
    """A programme's first rule at one month end, for every school of a snapshot.

    `month` is the month reported; nothing here is rounded, drawn or suppressed.
    """

    snapshot: Snapshot
    programme: Programme
    month: Month
    known_at: datetime
    roster: Roster = field(repr=False)

    @classmethod
    def of(
        cls, snapshot: Snapshot, programme: Programme, month: Month, known_at: datetime
    ) -> MonthFacts:
        """Facts read afresh."""
        return cls(snapshot, programme, month, known_at, Roster(snapshot, known_at))

    def at(self, month: Month) -> MonthFacts:
        """The facts of another month, known at the same time."""
        return MonthFacts(self.snapshot, self.programme, month, self.known_at, self.roster)

    @property
    def rule(self) -> Rule:
        """The rule the reports are about: the programme's first."""
        return self.programme.rules[0]

    @property
    def day(self) -> At:
        """The month's end."""
        return At(self.month.last_day, is_month=True)

    @property
    def data_until(self) -> datetime:
        """When the last thing counted here became known."""
        return min(self.known_at, self.snapshot.batch.newest_recorded_at)

    @cached_property
    def period(self) -> Period:
        """The rule's window at the month end, by the calendar of no school in particular."""
        whole = self.rule.window.period(self.day, Calendar())
        return Period(whole.from_on, min(whole.to_on, self.month.last_day))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Organisation key → its name, or its key where it has none."""
        rows = standing(self.snapshot, "organisations", self.known_at)
        return {row["organisation"]: row["name"] or row["organisation"] for row in rows}

    @cached_property
    def authority(self) -> str:
        """The name of the school authority, or an empty text."""
        rows = standing(self.snapshot, "organisations", self.known_at)
        tops = [row["organisation"] for row in rows if row["kind"] == "school_authority"]
        return self.names[tops[0]] if len(tops) == 1 else ""

    @cached_property
    def schools(self) -> Sequence[str]:
        """The keys of the schools with pupils in scope this month, by name."""
        found = {one.place.school for one in self.flags if one.place.school}
        return sorted(found, key=lambda key: self.names.get(key, key))

    @cached_property
    def flags(self) -> Sequence[Flag]:
        """Every pupil in scope, held against the rule."""
        every = flag(
            self.snapshot,
            self.programme,
            at=self.day,
            known_at=self.known_at,
            outside_dates=True,
            roster=self.roster,
        )
        return [one for one in every if one.rule == self.rule.id]

    @cached_property
    def by_school(self) -> Mapping[str, Sequence[Flag]]:
        """School key → the pupils in scope there."""
        found: defaultdict[str, list[Flag]] = defaultdict(list)
        for one in self.flags:
            found[one.place.school or ""].append(one)
        return found

    @cached_property
    def by_pupil(self) -> Mapping[str, Flag]:
        """Pupil key → the pupil held against the rule."""
        return {one.pupil: one for one in self.flags}

    def judged(self, month: Month) -> Sequence[Judged]:
        """Every pupil in scope at another month end."""
        return judge_all(self.roster, self.programme, self.rule, At(month.last_day, is_month=True))

    @cached_property
    def trend_months(self) -> Sequence[Month]:
        """The month and the eleven before it, as far back as there is data."""
        every = [self.month.plus(step) for step in range(1 - TREND_MONTHS, 1)]
        told = [month for month in every if any(one.absence.lessons for one in self.judged(month))]
        return [month for month in every if told and month >= told[0]] or [self.month]

    @cached_property
    def lesson_counts(self) -> Mapping[str, LessonCounts]:
        """School key → its lessons in the window."""
        rows = registration(self.snapshot, window=self.period, known_at=self.known_at)
        return {row.school: row.counts for row in rows}

    @cached_property
    def verdicts(self) -> Mapping[tuple[str, Month], Verdict]:
        """(School key, month) → whether the month can be used, for the window's months."""
        found = verdicts(
            self.snapshot,
            months=self.period.months(),
            known_at=self.known_at,
            target=self.programme.registration.target,
        )
        return {(one.school, one.month): one for one in found}

    @cached_property
    def calendars(self) -> Calendars | None:
        """The calendars, where any was delivered."""
        return calendars(self.snapshot, self.known_at)

    def calendar(self, school: str) -> Calendar:
        """The calendar of a school."""
        return self.calendars.of(school) if self.calendars else Calendar()

    @cached_property
    def sexes(self) -> Mapping[int, str]:
        """Pupil number → female, male or unknown."""
        joined = joins(self.snapshot)
        rows = standing(self.snapshot, "pupils", self.known_at)
        return {joined.get(row["pupil"], row["pupil"]): row["sex"] or "unknown" for row in rows}

    @property
    def receipt(self) -> str:
        """What these figures can be made again from: the programme, the batch and the time."""
        return (
            f"{self.programme.id} v{self.programme.version} {self.programme.fingerprint[:12]} · "
            f"{self.month} · batch {self.snapshot.batch.batch}"
        )
