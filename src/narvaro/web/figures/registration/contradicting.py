"""Registrations that cannot all be true, a row for each pupil and kind, as a worklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from narvaro.engine import Rows, sql_beside
from narvaro.ledger.schools import Schools
from narvaro.ledger.standing import joins, key_of
from narvaro.quality import contradictions
from narvaro.timetable import ZONE, Period
from narvaro.web.figures.registration.evidence import Evidence

SINCE = timedelta(days=28)
"""How far back the worklist looks: what is older can no longer be asked of anybody."""


class Kind(StrEnum):
    """What cannot be true."""

    PRESENT_THOUGH_NOTIFIED = "present_though_notified"
    TWO_LESSONS_AT_ONCE = "two_lessons_at_once"
    ABSENT_AFTER_LEAVING = "absent_after_leaving"
    NO_MEMBERSHIP = "no_membership"
    MINUTES_DO_NOT_ADD_UP = "minutes_do_not_add_up"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One kind of contradiction of one pupil at one school: how many lessons, from when to when."""

    kind: Kind
    pupil: str
    school: str
    first_on: date
    last_on: date
    lessons: int


def conflicts_at(evidence: Evidence, school: str) -> tuple[Conflict, ...]:
    """What contradicts itself at a school over the last four weeks, the newest first."""
    kept = evidence.opened.shelf.get(
        f"registration|{evidence.known_at.isoformat()}|conflicts|{evidence.today}",
        lambda: _told(evidence),
        lambda plain: tuple(map(_conflict, plain)),
    )
    mine = [one for one in kept if one.school == school]
    return tuple(sorted(mine, key=lambda one: (one.last_on, one.pupil), reverse=True))


def _told(evidence: Evidence) -> list[list[Any]]:
    days = Period(evidence.today - SINCE, evidence.today - timedelta(days=1))
    found: dict[tuple[str, str, str], list[Any]] = {}
    for kind, pupil, school, day, lessons in [*_of_the_core(evidence, days), *_own(evidence, days)]:
        row = found.setdefault((kind, pupil, school), [kind, pupil, school, day, day, 0])
        row[3:] = [min(row[3], day), max(row[4], day), row[5] + lessons]
    return list(found.values())


def _of_the_core(evidence: Evidence, days: Period) -> list[tuple[str, str, str, str, int]]:
    told = contradictions(evidence.opened.snapshot, window=days, known_at=evidence.known_at)
    return [
        (one.kind, one.pupil, one.school, str(one.date), 1) for one in told if one.kind in set(Kind)
    ]


def _own(evidence: Evidence, days: Period) -> list[tuple[str, str, str, str, int]]:
    snapshot = evidence.opened.snapshot
    pupils, schools = key_of(snapshot), Schools(snapshot, evidence.known_at).keys
    same = Rows({"number": "BIGINT", "pupil": "BIGINT"}, list(joins(snapshot).items()))
    asked = {
        "from_month": days.from_on.year * 100 + days.from_on.month,
        "to_month": days.to_on.year * 100 + days.to_on.month,
        "from_on": days.from_on,
        "to_on": days.to_on,
        "from_at": datetime.combine(days.from_on, time(), ZONE),
        "known_at": evidence.known_at,
    }
    return [
        (kind, pupils[pupil], schools[school], str(day), int(lessons))
        for kind, told in (
            (Kind.PRESENT_THOUGH_NOTIFIED, "announced_absences"),
            (Kind.ABSENT_AFTER_LEAVING, "enrolments"),
        )
        for pupil, school, day, lessons in snapshot.engine.query(
            sql_beside(__file__, f"{kind}.sql"),
            tables=snapshot.tables("rows", told),
            rows={"same_pupils": same},
            parameters=asked,
        )
    ]


def _conflict(plain: list[Any]) -> Conflict:
    kind, pupil, school, first, last, lessons = plain
    return Conflict(
        Kind(kind), pupil, school, date.fromisoformat(first), date.fromisoformat(last), lessons
    )
