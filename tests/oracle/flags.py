"""A pupil's window held against a programme's rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from tests.oracle.attendance import holds
from tests.oracle.history import History, Row
from tests.oracle.measures import Sums, asked_window, sums_of
from tests.oracle.versions import standing_rows
from tests.oracle.windows import Window, month_end, months_of

Programme = Mapping[str, Any]
Rule = Mapping[str, Any]
DEFAULT_FLOOR = "80"


def flag_rows(
    history: History, programme: Programme, at: str, known_at: datetime
) -> list[dict[str, Any]]:
    """One row per pupil in scope and rule at a month end, in order of rule and pupil.

    The programme: `id`, `rules` (each `id`, `window`, `operator`, `limit` in per cent, and where
    given `upper`, `floor`, `minimum_minutes`), and where given `grades` or `ages` (first, last).
    """
    scope = Scope(history, programme, month_end(at), known_at)
    rows = []
    for rule in programme["rules"]:
        days = rule_window(history, rule, at, known_at)
        months = months_with_lessons(history, days, known_at)
        for (pupil, _), own in sorted(sums_of(history, days, known_at).items()):
            place = scope.place_of(pupil)
            if place is None:
                continue
            identity = {"pupil": pupil, **place, "programme": programme["id"], "rule": rule["id"]}
            period = {"from": days[0].isoformat(), "to": days[1].isoformat()}
            seen = months.get(pupil, set())
            verdict = judge(own, rule, has_lessons_this_month=at in seen)
            missing = sorted(set(months_of(*days)) - seen)
            rows.append(
                {**identity, **period, **own.as_row(), **verdict, "incomplete_months": missing}
            )
    return rows


def months_with_lessons(history: History, days: Window, known_at: datetime) -> dict[str, set[str]]:
    """By pupil: the months that the window touches in which it has a counted lesson at all."""
    whole = days[0].replace(day=1), month_end(f"{days[1]:%Y-%m}")
    sums = sums_of(history, whole, known_at)
    return {pupil: own.months_with_lessons for (pupil, _), own in sums.items()}


def rule_window(history: History, rule: Rule, at: str, known_at: datetime) -> Window:
    """The rule's window; a flag's window looks no further than its month end."""
    last = month_end(at)
    first, to = asked_window(history, rule["window"], known_at, at=last.isoformat())
    return first, min(to, last)


class Scope:
    """Whom a programme speaks of on the last day of a window, as known at a moment."""

    def __init__(
        self, history: History, programme: Programme, day: date, known_at: datetime
    ) -> None:
        self._programme = programme
        self._day = day
        self._roles = _roles(history, programme, day, known_at)
        pupils = standing_rows(history, "pupils", known_at)
        self._born = {row["pupil"]: row["birth_date"] for row in pupils}
        enrolments = standing_rows(history, "enrolments", known_at)
        self._enrolments = [row for row in enrolments if holds(row, day)]

    def place_of(self, pupil: str) -> dict[str, Any] | None:
        """The pupil's school and its role; None for a pupil outside.

        A pupil who is enrolled nowhere that day is outside wherever grades or schools are asked.
        """
        if not _is_of_age(self._born.get(pupil), self._day, self._programme):
            return None
        here = [row for row in self._enrolments if row["pupil"] == pupil]
        if not here:
            is_open = self._roles is None and "grades" not in self._programme
            return {"school": None, "arm": None} if is_open else None
        fitting = [row for row in here if self._fits(row)]
        if not fitting:
            return None
        school = max(fitting, key=_recency)["school"]
        return {"school": school, "arm": (self._roles or {}).get(school)}

    def _fits(self, enrolment: Row) -> bool:
        takes_part = self._roles is None or enrolment["school"] in self._roles
        return takes_part and _is_of_grade(enrolment, self._programme)


def judge(sums: Sums, rule: Rule, *, has_lessons_this_month: bool) -> dict[str, Any]:
    """Outcome and certainty of one pupil under one rule."""
    approximate = sums.rounded
    if sums.straddled or not has_lessons_this_month or not sums.scheduled:
        return _verdict("cannot_tell", None, approximate)
    if sums.scheduled < rule.get("minimum_minutes", 0):
        return _verdict("cannot_tell", None, approximate)
    low = Fraction(sums.absent, sums.scheduled)
    high = Fraction(sums.absent + sums.scheduled - sums.acknowledged, sums.scheduled)
    if _is_above(low, rule) and not _is_over(high, rule):
        return _verdict("flagged", "certain", approximate)
    if not _is_above(high, rule) or _is_over(low, rule):
        return _verdict("not_flagged", "certain", approximate)
    floor = Fraction(rule.get("floor", DEFAULT_FLOOR)) / 100
    if not sums.acknowledged or Fraction(sums.acknowledged, sums.scheduled) < floor:
        return _verdict("cannot_tell", None, approximate)
    share = Fraction(sums.absent, sums.acknowledged)
    hit = _is_above(share, rule) and not _is_over(share, rule)
    return _verdict("flagged" if hit else "not_flagged", "likely", approximate)


def flags_in_school_year(
    history: History, programme: Programme, at: str, known_at: datetime
) -> dict[str, int]:
    """By pupil: at how many month ends of the school year so far any rule flagged it."""
    last = month_end(at)
    first = date(last.year if last.month >= 7 else last.year - 1, 7, 1)
    found: dict[str, int] = {}
    for month in months_of(first, last):
        rows = flag_rows(history, programme, month, known_at)
        for pupil in {row["pupil"] for row in rows if row["outcome"] == "flagged"}:
            found[pupil] = found.get(pupil, 0) + 1
    return found


def _verdict(outcome: str, certainty: str | None, approximate: bool) -> dict[str, Any]:
    """What rests on a rounded summary is neither certain nor likely, but approximate."""
    return {
        "outcome": outcome,
        "certainty": "approximate" if approximate and certainty else certainty,
    }


def _is_above(share: Fraction, rule: Rule) -> bool:
    limit = Fraction(rule["limit"]) / 100
    return share > limit if rule["operator"] == ">" else share >= limit


def _is_over(share: Fraction, rule: Rule) -> bool:
    return "upper" in rule and share > Fraction(rule["upper"]) / 100


def _roles(
    history: History, programme: Programme, day: date, known_at: datetime
) -> dict[str, str] | None:
    """By school its role on a day; None where no school was ever said to take part."""
    rows = [
        row
        for row in standing_rows(history, "participations", known_at)
        if row["programme"] == programme["id"]
    ]
    if not rows:
        return None
    return {row["school"]: row["role"] for row in rows if holds(row, day)}


def _is_of_grade(enrolment: Row, programme: Programme) -> bool:
    if enrolment["grade"] == "preschool":
        return False
    return "grades" not in programme or enrolment["grade"] in programme["grades"]


def _is_of_age(born: date | None, day: date, programme: Programme) -> bool:
    if "ages" not in programme:
        return True
    if born is None:
        return False
    first, last = programme["ages"]
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return bool(first <= age <= last)


def _recency(enrolment: Row) -> tuple[date, date, str]:
    return enrolment["starts_on"], enrolment["ends_on"] or date.max, enrolment["school"]
