"""What the ledger tells beside the pupils' minutes: lessons, verdicts, calendars, what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from narvaro.ledger.standing import joins, key_of, standing
from narvaro.quality import LessonCounts, registration
from narvaro.quality import verdicts as core_verdicts
from narvaro.timetable import CalendarRow, Calendars, Month, Period, local_day
from narvaro.web.figures.facts.opened import Opened


class Told(NamedTuple):
    """Whether a month of a school can be used; `why` is empty or names what speaks against it."""

    why: str
    is_over: bool
    sv: str
    en: str

    @property
    def is_usable(self) -> bool:
        """Nothing speaks against the month."""
        return not self.why


class Event(NamedTuple):
    """A step of a case, or support, begun for a pupil at a school."""

    kind: Literal["case", "support"]
    what: str
    begun_on: date
    due_on: date | None
    done_on: date | None
    school: str


def months_with_lessons(opened: Opened) -> tuple[Month, ...]:
    """Every month with a lesson, oldest first, later ones than any page's moment too."""
    return opened.shelf.get(
        "months",
        lambda: [
            row[0]
            for row in opened.snapshot.engine.query(
                "SELECT month, sum(lessons) FROM lesson_day GROUP BY month "
                "HAVING sum(lessons) > 0 ORDER BY month",
                tables=opened.snapshot.tables("lesson_day"),
            )
        ],
        lambda plain: tuple(Month.of(number // 100, number % 100) for number in plain),
    )


def lesson_counts(
    opened: Opened, period: Period, known_at: datetime
) -> Mapping[tuple[str, str], LessonCounts]:
    """Ended lessons by (school, class or an empty text)."""

    def make() -> list[Any]:
        rows = registration(opened.snapshot, window=period, known_at=known_at, by="class")
        return [[row.school, row.class_ or "", *astuple(row.counts)] for row in rows]

    return opened.shelf.get(
        f"lessons|{known_at.isoformat()}|{period}",
        make,
        lambda plain: {(row[0], row[1]): LessonCounts(*row[2:]) for row in plain},
    )


def verdicts(
    opened: Opened, months: Sequence[Month], known_at: datetime, target: Fraction
) -> Mapping[tuple[str, Month], Told]:
    """Every school's months, judged."""

    def make() -> list[Any]:
        found = core_verdicts(opened.snapshot, months=months, known_at=known_at, target=target)
        return [
            [one.school, one.month.number, one.why, one.is_over, one.reason["sv"], one.reason["en"]]
            for one in found
        ]

    return opened.shelf.get(
        f"verdicts|{known_at.isoformat()}|{'+'.join(map(str, months))}|{target}",
        make,
        lambda plain: {(row[0], Month(row[1])): Told(*row[2:]) for row in plain},
    )


def last_lessons(opened: Opened, known_at: datetime) -> Mapping[str, datetime]:
    """School → when its last known lesson ended."""

    def make() -> dict[str, str]:
        keys = key_of(opened.snapshot, "school")
        rows = opened.snapshot.engine.query(
            "SELECT school, ends_at FROM (SELECT school, ends_at, row_number() OVER "
            "(PARTITION BY school ORDER BY ends_at DESC) AS newest FROM lesson_rows "
            "WHERE ends_at <= $known_at AND recorded_at <= $known_at "
            "AND month BETWEEN $from_month AND $to_month) AS ended WHERE newest = 1",
            tables=opened.snapshot.tables("lesson_rows"),
            parameters={"known_at": known_at, **_last_year(known_at)},
        )
        return {keys[school]: ends_at.isoformat() for school, ends_at in rows}

    return opened.shelf.get(
        f"until|{known_at.isoformat()}",
        make,
        lambda plain: {school: datetime.fromisoformat(text) for school, text in plain.items()},
    )


def _last_year(known_at: datetime) -> dict[str, int]:
    to_month = Month.holding(local_day(known_at))
    return {
        name: one.first_day.year * 100 + one.first_day.month
        for name, one in (("from_month", to_month.plus(-12)), ("to_month", to_month))
    }


def corrections(
    opened: Opened, period: Period, known_at: datetime, since: datetime
) -> Mapping[str, int]:
    """School → how many of its pupils' lessons in some days were told anew after a moment."""

    def make() -> dict[str, int]:
        keys = key_of(opened.snapshot, "school")
        rows = opened.snapshot.engine.query(
            "SELECT school, sum(CASE WHEN lessons < 0 THEN 1 ELSE 0 END) FROM rows "
            "WHERE month BETWEEN $from_month AND $to_month AND date BETWEEN $from_on AND $to_on "
            "AND recorded_at > $since AND recorded_at <= $known_at GROUP BY school",
            tables=opened.snapshot.tables("rows"),
            parameters={
                "from_month": period.from_on.year * 100 + period.from_on.month,
                "to_month": period.to_on.year * 100 + period.to_on.month,
                "from_on": period.from_on,
                "to_on": period.to_on,
                "since": since,
                "known_at": known_at,
            },
        )
        return {keys[school]: int(number) for school, number in rows}

    return opened.shelf.get(
        f"corrections|{known_at.isoformat()}|{since.isoformat()}|{period}", make, dict
    )


def calendars(opened: Opened, known_at: datetime) -> Calendars | None:
    """The calendars, where any was delivered."""

    def make() -> list[Any]:
        rows = standing(opened.snapshot, "calendar", known_at)
        units = standing(opened.snapshot, "organisations", known_at)
        return [
            [[r["organisation"], str(r["from"]), str(r["to"]), r["kind"]] for r in rows],
            {row["organisation"]: row["parent"] for row in units},
        ]

    found = opened.shelf.get(f"calendars|{known_at.isoformat()}", make, _calendars)
    return found[0]


def _calendars(plain: Any) -> tuple[Calendars | None]:
    rows = [
        CalendarRow(place, Period(date.fromisoformat(first), date.fromisoformat(last)), kind)
        for place, first, last, kind in plain[0]
    ]
    return (Calendars(rows, plain[1]) if rows else None,)


def events(opened: Opened, known_at: datetime) -> Mapping[str, Sequence[Event]]:
    """Pupil key → steps and support begun by the day, oldest first."""
    return opened.shelf.get(
        f"events|{opened.done_batch}|{known_at.isoformat()}",
        lambda: _events(opened, known_at),
        lambda plain: _by_pupil(plain, local_day(known_at)),
    )


def _events(opened: Opened, known_at: datetime) -> list[list[Any]]:
    pupils, schools = key_of(opened.snapshot), key_of(opened.snapshot, "school")
    joined = joins(opened.snapshot)
    found: list[list[Any]] = []
    for row in standing(opened.snapshot, "case_events", known_at):
        days = [_text(row[name]) for name in ("opened_on", "due_on", "done_on")]
        who = pupils[joined.get(row["pupil"], row["pupil"])]
        found.append([who, "case", row["step"], *days, schools.get(row["school"], "")])
    for row in standing(opened.snapshot, "support_events", known_at):
        days = [_text(row["starts_on"]), None, _text(row["ends_on"])]
        who = pupils[joined.get(row["pupil"], row["pupil"])]
        found.append([who, "support", row["kind"], *days, schools.get(row["school"], "")])
    return found


def _by_pupil(plain: Sequence[Sequence[Any]], today: date) -> Mapping[str, Sequence[Event]]:
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for pupil, kind, what, begun, due, done, school in plain:
        begun_on, due_on, done_on = _day(begun), _day(due), _day(done)
        if begun_on is not None and begun_on <= today:
            is_done = done_on is not None and done_on <= today
            event = Event(kind, what, begun_on, due_on, done_on if is_done else None, school)
            found[pupil].append(event)
    return {key: sorted(few, key=lambda one: one.begun_on) for key, few in found.items()}


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
