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
    scope = pupils_in_scope(history, programme, month_end(at), known_at)
    rows = []
    for rule in programme["rules"]:
        days = rule_window(history, rule, at, known_at)
        sums = sums_of(history, days, known_at)
        for pupil, place in sorted(scope.items()):
            own = sums.get((pupil, ""), Sums())
            identity = {"pupil": pupil, **place, "programme": programme["id"], "rule": rule["id"]}
            period = {"from": days[0].isoformat(), "to": days[1].isoformat()}
            verdict = judge(own, rule, month=at)
            missing = sorted(set(months_of(*days)) - own.months_with_lessons)
            rows.append(
                {**identity, **period, **own.as_row(), **verdict, "incomplete_months": missing}
            )
    return rows


def rule_window(history: History, rule: Rule, at: str, known_at: datetime) -> Window:
    """The rule's window; a flag's window looks no further than its month end."""
    last = month_end(at)
    first, to = asked_window(history, rule["window"], known_at, at=last.isoformat())
    return first, min(to, last)


def pupils_in_scope(
    history: History, programme: Programme, day: date, known_at: datetime
) -> dict[str, dict[str, Any]]:
    """By pupil: the school and its role in the programme, on the window's last day."""
    born = {row["pupil"]: row["birth_date"] for row in standing_rows(history, "pupils", known_at)}
    roles = _roles(history, programme, day, known_at)
    found: dict[str, Row] = {}
    for row in standing_rows(history, "enrolments", known_at):
        if not holds(row, day) or (roles is not None and row["school"] not in roles):
            continue
        if not _is_of_grade(row, programme) or not _is_of_age(
            born.get(row["pupil"]), day, programme
        ):
            continue
        before = found.get(row["pupil"])
        if before is None or _recency(before) < _recency(row):
            found[row["pupil"]] = row
    return {
        pupil: {"school": row["school"], "arm": (roles or {}).get(row["school"])}
        for pupil, row in found.items()
    }


def judge(sums: Sums, rule: Rule, *, month: str) -> dict[str, Any]:
    """Outcome and certainty of one pupil under one rule."""
    approximate = sums.rounded
    if sums.straddled or month not in sums.months_with_lessons or not sums.scheduled:
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
