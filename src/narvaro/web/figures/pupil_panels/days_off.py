"""Days without school, by name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from narvaro.ledger.standing import standing
from narvaro.timetable import Period
from narvaro.web.figures.facts import Facts

KINDS = ("break", "staff_day", "closed")


class DayOff(NamedTuple):
    """What the calendar calls a day without school, and of which kind it is."""

    kind: str
    name: str


def days_off_of(facts: Facts, school: str) -> Mapping[date, DayOff]:
    """The days off of a school and of all above it."""
    rows, parents = facts.opened.shelf.get(
        f"days-off|{facts.known_at.isoformat()}", lambda: _told(facts), lambda plain: plain
    )
    above = _upwards(school, parents)
    return {
        day: DayOff(kind, name)
        for place, kind, name, first, last in rows
        if place in above
        for day in Period(date.fromisoformat(first), date.fromisoformat(last)).days()
    }


def _told(facts: Facts) -> list[Any]:
    rows = standing(facts.opened.snapshot, "calendar", facts.known_at)
    units = standing(facts.opened.snapshot, "organisations", facts.known_at)
    return [
        [
            [row["organisation"], row["kind"], row["name"] or "", str(row["from"]), str(row["to"])]
            for row in rows
            if row["kind"] in KINDS
        ],
        {row["organisation"]: row["parent"] for row in units},
    ]


def _upwards(school: str, parents: Mapping[str, str | None]) -> set[str]:
    found: set[str] = set()
    place: str | None = school
    while place and place not in found:
        found.add(place)
        place = parents.get(place)
    return found
