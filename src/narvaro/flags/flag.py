"""Flags: every pupil in scope of a programme, held against each of its rules at a month end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from narvaro.errors import BadRequest
from narvaro.flags.counting import FlagCount, count_flags
from narvaro.flags.outcome import Certainty, Judgement, Outcome, judge
from narvaro.flags.reasons import reason
from narvaro.flags.scope import Place, Roster, pupils_in_scope
from narvaro.ledger import Snapshot
from narvaro.measurement import AbsenceRow, Question, answer
from narvaro.measurement.absence import speaking_summaries
from narvaro.measurement.months import months_with_lessons
from narvaro.programmes import Programme, Rule
from narvaro.timetable import At, Month, Period, SchoolYear


@dataclass(frozen=True, slots=True)
class Flag:
    """One pupil held against one rule at one month end, whatever the outcome.

    Its identity is programme, rule, pupil and month end; `absence` holds the minutes it was
    decided on. `incomplete` are the window's months without any lesson of the pupil: named, they
    change nothing. `count` is how often the pupil has been flagged so far in the school year.
    """

    programme: str
    programme_version: int
    rule: str
    at: Month
    absence: AbsenceRow
    place: Place
    judgement: Judgement
    incomplete: tuple[Month, ...]
    count: FlagCount
    reason_sv: str
    reason_en: str

    @property
    def pupil(self) -> str:
        """The pupil's key."""
        return self.absence.pupil

    @property
    def outcome(self) -> Outcome:
        """flagged, not_flagged or cannot_tell."""
        return self.judgement.outcome

    @property
    def certainty(self) -> Certainty | None:
        """certain, likely or approximate; None when it cannot be told."""
        return self.judgement.certainty

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What makes it the same flag in another run."""
        return self.programme, self.rule, self.pupil, str(self.at)

    def as_record(self) -> dict[str, Any]:
        """The row as the command line's JSON contract has it (docs/reference/command-line.md)."""
        return {
            **self.absence.as_record(),
            "school": self.place.school,
            "class": self.place.class_,
            "grade": self.place.grade,
            "arm": self.place.arm,
            "programme": self.programme,
            "programme_version": self.programme_version,
            "rule": self.rule,
            "at": str(self.at),
            "outcome": self.outcome,
            "certainty": self.certainty,
            "why": self.judgement.why or None,
            "incomplete_months": [str(month) for month in self.incomplete],
            "flags_this_school_year": self.count.flags,
            "counters": dict(self.count.counters),
            "reason": {"sv": self.reason_sv, "en": self.reason_en},
        }


def flag(
    snapshot: Snapshot,
    programme: Programme,
    *,
    at: At,
    known_at: datetime | None = None,
    outside_dates: bool = False,
    roster: Roster | None = None,
) -> list[Flag]:
    """Hold every pupil in scope against every rule of a programme at a month end.

    Returns one row per pupil and rule, ordered by pupil and rule, whatever the outcome. A window
    looks no further than the month end. Raises BadRequest for a day that is no month end or lies
    outside the programme (unless `outside_dates`). A `roster` given again spares reading it again.
    """
    _require_month_end(at)
    programme.require_in_force(at, outside_dates=outside_dates)
    moment = known_at or datetime.now(UTC)
    roster = roster or Roster(snapshot, moment)
    judged = [
        one for rule in _rules_at(programme, at) for one in judge_all(roster, programme, rule, at)
    ]
    counts = count_flags(
        programme,
        [(item.number, at.month, item.rule.id, item.judgement.outcome) for item in judged]
        + _earlier(roster, programme, at, outside_dates=outside_dates),
        school_year=SchoolYear.holding(at.day),
    )
    found = [_flag(programme, at, item, counts.get(item.number, FlagCount())) for item in judged]
    return sorted(found, key=lambda one: (one.pupil, one.rule))


@dataclass(frozen=True, slots=True)
class Judged:
    """One pupil's window under one rule, judged."""

    rule: Rule
    absence: AbsenceRow
    place: Place
    judgement: Judgement
    incomplete: tuple[Month, ...]

    @property
    def number(self) -> int:
        """The pupil's number in the ledger."""
        return self.absence.number

    @property
    def outcome(self) -> Outcome:
        """flagged, not_flagged or cannot_tell."""
        return self.judgement.outcome


def judge_all(roster: Roster, programme: Programme, rule: Rule, at: At) -> Sequence[Judged]:
    """Judge every pupil in a programme's scope under one rule at one month end."""
    asked = (programme.fingerprint, rule, at.day)
    if asked not in roster.judged:
        roster.judged[asked] = tuple(_judge_each(roster, programme, rule, at))
    found: Sequence[Judged] = roster.judged[asked]
    return found


def _judge_each(roster: Roster, programme: Programme, rule: Rule, at: At) -> Iterable[Judged]:
    question = Question(roster.snapshot, rule.window, at, roster.known_at, whole_period=False)
    rows = {row.number: row for row in answer(question)}
    places = pupils_in_scope(roster, programme, at.day, rows)
    period = question.periods.widest()
    months = months_with_lessons(roster.snapshot, period, roster.known_at)
    summed = _summed_months(roster, period)
    for number, place in places.items():
        row = rows[number]
        held = months.get(number, frozenset()) | summed.get(number, frozenset())
        judgement = judge(row, rule, lessons_this_month=at.month in held)
        yield Judged(rule, row, place, judgement, _missing(row, held))


def _summed_months(roster: Roster, period: Period) -> Mapping[int, frozenset[Month]]:
    """Pupil number → the months that summaries held whole by the period's months touch."""
    found: dict[int, frozenset[Month]] = {}
    every = period.months()
    period = Period(every[0].first_day, every[-1].last_day)
    for row in speaking_summaries(roster.snapshot, period, roster.known_at):
        whole = row["from"] >= period.from_on and row["to"] <= period.to_on
        if whole:
            months = frozenset(Period(row["from"], row["to"]).months())
            found[row["pupil"]] = found.get(row["pupil"], frozenset()) | months
    return found


def _missing(row: AbsenceRow, held: frozenset[Month]) -> tuple[Month, ...]:
    first, last = Month.holding(row.from_on), Month.holding(row.to_on)
    every = (first.plus(step) for step in range(last.number - first.number + 1))
    return tuple(month for month in every if month not in held)


def _earlier(
    roster: Roster, programme: Programme, at: At, *, outside_dates: bool
) -> list[tuple[int, Month, str, Outcome]]:
    """The outcomes of the school year's earlier month ends, as known at the same time."""
    found: list[tuple[int, Month, str, Outcome]] = []
    first = Month.holding(SchoolYear.holding(at.day).period.from_on)
    for number in range(first.number, at.month.number):
        month = Month(number)
        earlier = At(month.last_day, is_month=True)
        if not (outside_dates or programme.in_force.holds(earlier.day)):
            continue
        for rule in _rules_at(programme, earlier):
            found += [
                (item.number, month, rule.id, item.judgement.outcome)
                for item in judge_all(roster, programme, rule, earlier)
            ]
    return found


def _rules_at(programme: Programme, at: At) -> list[Rule]:
    return [rule for rule in programme.rules if rule.is_checked_at(at.day)]


def _flag(programme: Programme, at: At, item: Judged, count: FlagCount) -> Flag:
    facts: Mapping[str, Any] = {
        "rule": item.rule,
        "row": item.absence,
        "judgement": item.judgement,
        "incomplete": item.incomplete,
        "month": at.month,
    }
    return Flag(
        programme=programme.id,
        programme_version=programme.version,
        rule=item.rule.id,
        at=at.month,
        absence=item.absence,
        place=item.place,
        judgement=item.judgement,
        incomplete=item.incomplete,
        count=count,
        reason_sv=reason("sv", **facts),
        reason_en=reason("en", **facts),
    )


def _require_month_end(at: At) -> None:
    if at.day != at.month.last_day:
        raise BadRequest(
            "Flags are raised at a month's end only.",
            remedy=f"Ask with the month: --at {at.month}.",
        )
