"""From the short tables of a case to the deliveries that the product takes in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tests.oracle.attendance import STOCKHOLM
from tests.oracle.history import Delivery, Row, read_moment
from tests.oracle.windows import is_school_day
from tests.spec.cases import Case, Told
from tests.spec.tables import table

ALWAYS = "2015-07-01"
SCHOOL, CLASS, GRADE = "School", "1a", "1"
BUCKETS = ("valid", "invalid", "unclassified", "other")
IN_SUMMARIES = ("offered", "acknowledged", *BUCKETS)
SHORT = ("scheduled", "full", *BUCKETS)


def deliveries(case: Case, prefix: str = "") -> list[Delivery]:
    """What is given in a case, as deliveries; `prefix` keeps stacked cases apart."""
    tables = [_tables(told) for told in case.told]
    if tables:
        _fill_roster(tables)
    return [
        Delivery(read_moment(told.arrived_at), _prefixed(rows, prefix))
        for told, rows in zip(case.told, tables, strict=True)
    ]


def _tables(told: Told) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {
        name: [_cells(name, row) for row in table(text)]
        for name, text in told.tables.items()
        if name != "attendance"
    }
    calendar = [
        {**row, "from": date.fromisoformat(row["from"]), "to": date.fromisoformat(row["to"])}
        for row in rows.get("calendar", [])
    ]
    for row in table(told.tables["attendance"]) if "attendance" in told.tables else []:
        for lesson, mark in _registrations(row, calendar):
            rows.setdefault("lessons", [])
            if lesson not in rows["lessons"]:
                rows["lessons"].append(lesson)
            rows.setdefault("marks", []).append(mark)
    return rows


def _cells(name: str, row: dict[str, str]) -> Row:
    """Local times like `2017-09-04 08:00` get the offset that Stockholm has then; the minutes of
    a summary may go by their short names."""
    return {
        _full_name(name, column): _with_offset(value)
        if column.endswith("_at") and " " in value
        else value
        for column, value in row.items()
    }


def _full_name(name: str, column: str) -> str:
    is_short = name == "period_summaries" and column in IN_SUMMARIES
    return f"{column}_minutes" if is_short else column


def _with_offset(text: str) -> str:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).isoformat()


def _registrations(row: dict[str, str], calendar: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """`days`: on so many school days in a row; `lessons`: so many lessons one after the other."""
    for day in _school_days(row["on"], int(row.get("days") or 1), calendar):
        for number in range(int(row.get("lessons") or 1)):
            minutes = int(row["minutes"])
            start = _with_offset(f"{day} {row.get('at') or '08:00'}")
            starts_at = datetime.fromisoformat(start) + timedelta(minutes=minutes) * number
            yield _lesson(row, day, starts_at), _mark(row, _lesson_key(row, day, starts_at))


def _school_days(first: str, count: int, calendar: Sequence[Row]) -> Iterator[date]:
    """A single day as it is written, be it a Sunday; of several, the school days from there."""
    day, as_written = date.fromisoformat(first), count == 1
    while count:
        if as_written or is_school_day(day, calendar):
            yield day
            count -= 1
        day += timedelta(days=1)


def _lesson_key(row: dict[str, str], day: date, starts_at: datetime) -> str:
    own = row.get("lesson") or f"{row['pupil']}-{row.get('school') or SCHOOL}"
    return f"{own}-{day:%m%d}-{starts_at:%H%M}-{row['minutes']}"


def _lesson(row: dict[str, str], day: date, starts_at: datetime) -> Row:
    return {
        "lesson": _lesson_key(row, day, starts_at),
        "school": row.get("school") or SCHOOL,
        "starts_at": starts_at.isoformat(),
        "minutes": row["minutes"],
    }


def _mark(row: dict[str, str], lesson: str) -> Row:
    """Acknowledged unless the row says no; `absent` is absence of which nobody said more."""
    named = {"unclassified": row["absent"]} if row.get("absent") else {}
    cells = {**{name: row.get(name, "") for name in SHORT}, **named}
    return {
        "lesson": lesson,
        "pupil": row["pupil"],
        **{f"{name}_minutes": value for name, value in cells.items()},
        "acknowledged": row.get("acknowledged") or "yes",
        "recorded_at": _with_offset(row["recorded"]) if row.get("recorded") else "",
    }


def _fill_roster(tables: list[dict[str, list[Row]]]) -> None:
    """Pupils, schools and enrolments that a case does not care to name, in its first delivery."""
    everything = [row for delivery in tables for rows in delivery.values() for row in rows]
    first = tables[0]
    pupils = _named(everything, "pupil")
    first.setdefault("pupils", [{"pupil": pupil} for pupil in pupils])
    if not any("enrolments" in delivery for delivery in tables):
        first["enrolments"] = [_enrolment(pupil, _school_of(pupil, tables)) for pupil in pupils]
    everything += first["pupils"] + first.get("enrolments", [])
    named = {row["organisation"] for row in first.get("organisations", [])}
    first["organisations"] = first.get("organisations", []) + [
        {"organisation": school, "name": school, "kind": "school_unit"}
        for school in _named(everything, "school")
        if school not in named
    ]


def _named(rows: Sequence[Row], column: str) -> list[str]:
    return list(dict.fromkeys(row[column] for row in rows if row.get(column)))


def _school_of(pupil: str, tables: Sequence[dict[str, list[Row]]]) -> str:
    schools = {row["lesson"]: row["school"] for one in tables for row in one.get("lessons", [])}
    marks = [row for one in tables for row in one.get("marks", []) if row["pupil"] == pupil]
    return str(schools[marks[0]["lesson"]]) if marks else SCHOOL


def _enrolment(pupil: str, school: str) -> Row:
    start = {"starts_on": ALWAYS, "class": CLASS, "grade": GRADE}
    return {"pupil": pupil, "school": school, **start}


KEYS = ("pupil", "lesson", "school", "group", "organisation", "parent", "class")


def prefix_of(case: Case) -> str:
    return f"{case.slug}."


def stacked(cases: Sequence[Case]) -> list[Delivery]:
    """Many cases as one history: keys are kept apart, what arrives at one time arrives together."""
    arriving: dict[datetime, dict[str, list[Any]]] = {}
    for case in cases:
        for delivery in deliveries(case, prefix_of(case)):
            together = arriving.setdefault(delivery.arrived_at, {})
            for name, rows in delivery.tables.items():
                together.setdefault(name, []).extend(rows)
    return [Delivery(moment, tables) for moment, tables in sorted(arriving.items())]


def unstacked(rows: Sequence[Row], prefix: str) -> list[Row]:
    """Of the answers for all cases those of one, with its own keys."""
    return [
        {
            column: value.removeprefix(prefix) if isinstance(value, str) else value
            for column, value in row.items()
        }
        for row in rows
        if str(row.get("pupil") or row.get("school")).startswith(prefix)
    ]


def _prefixed(tables: dict[str, list[Row]], prefix: str) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {column: _own(column, value, prefix) for column, value in row.items()} for row in rows
        ]
        for name, rows in tables.items()
    }


def _own(column: str, value: Any, prefix: str) -> Any:
    if column == "programme":
        return programme_word(prefix, value)
    return f"{prefix}{value}" if column in KEYS and value else value


def programme_word(prefix: str, programme: str) -> str:
    """What `participations` calls a case's programme: small letters, digits and hyphens."""
    return f"{prefix}{programme}".replace("_", "-").replace(".", "-")
