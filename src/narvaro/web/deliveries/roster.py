"""The ledger's roster for the database: units, pupils, enrolments, who teaches which class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any

from narvaro.ledger import open_ledger
from narvaro.ledger.snapshot import Snapshot
from narvaro.ledger.standing import enrolments, joins, key_of, standing
from narvaro.web.accounts.models import Authority
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.roster import (
    Serving,
    ToldUnit,
    put_serving,
    put_units,
)
from narvaro.web.audit.chain import Actor
from narvaro.web.pupils.actions import Stay, put_roster

OPEN = date(9999, 12, 31)
BEFORE, AFTER = timedelta(days=7), timedelta(days=14)
"""A teacher reaches a class this long before the first lesson and after the last one."""
KINDS = {"school_authority": "authority", "area": "area", "school_unit": "school"}


@dataclass(frozen=True, slots=True)
class Synced:
    """How many of each the database now knows."""

    authorities: int
    units: int
    pupils: int
    serving: int


def class_key(school: str, class_: str | None) -> str:
    """A class's key in the database: its school's key, a slash and its name; empty without one."""
    return f"{school}/{class_}" if class_ else ""


def sync_roster(ledger: Path, *, at: datetime, by: Actor, makes_authorities: bool = True) -> Synced:
    """Make the database say what the ledger now says of places and people without names.

    `at` is the moment of the load, as the roster is known then. Nothing is deleted that has
    been given by hand: only what came from a source is replaced. Without `makes_authorities`
    an authority whose key nobody has here is passed by; `authority_keys` says which are told.
    """
    snapshot = open_ledger(ledger).snapshot()
    read = _Reading(snapshot, at)
    told = read.units()
    if not makes_authorities:
        known = set(Authority.objects.exclude(key="").values_list("key", flat=True))
        told = (one for one in told if one.authority in known)
    units = put_units(told, by=by, at=at)
    pupils = 0
    for authority in Authority.objects.filter(key__in=read.authorities):
        pupils += put_roster(
            authority,
            protection=read.protection(authority.key),
            stays=read.stays(authority.key),
            by=by,
            at=at,
        )
    serving = put_serving(read.serving(), by=by, at=at)
    return Synced(len(read.authorities), units, pupils, serving)


def authority_keys(ledger: Path, *, at: datetime) -> dict[str, str]:
    """The school authorities a ledger tells of by a moment: name by key."""
    rows = standing(open_ledger(ledger).snapshot(), "organisations", at)
    authorities = (one for one in rows if one["kind"] == "school_authority")
    return {one["organisation"]: one["name"] or one["organisation"] for one in authorities}


def units_told(ledger: Path, *, at: datetime) -> list[ToldUnit]:
    """Every unit a ledger tells of."""
    return list(_Reading(open_ledger(ledger).snapshot(), at).units())


class _Reading:
    """What the ledger tells, read once."""

    def __init__(self, snapshot: Snapshot, at: datetime) -> None:
        self.snapshot, self.at = snapshot, at
        self.schools = key_of(snapshot, "school")
        self.pupils = key_of(snapshot)
        self.staff = key_of(snapshot, "staff")
        self.organisations = standing(snapshot, "organisations", at)
        self.enrolments = enrolments(snapshot, at)
        self.above = _authority_above(self.organisations)
        self.authorities = sorted(
            {one["organisation"] for one in self.organisations if one["kind"] == "school_authority"}
        )

    def units(self) -> Iterator[ToldUnit]:
        """Every authority, area and school told of, then each class anybody is enrolled in."""
        for one in self.organisations:
            kind = KINDS.get(one["kind"] or "")
            key = one["organisation"]
            if kind and key in self.above:
                yield ToldUnit(
                    authority=self.above[key],
                    kind=kind,
                    key=key,
                    name=one["name"] or key,
                    parent="" if kind == "authority" else (one["parent"] or self.above[key]),
                    from_on=one["starts_on"],
                    to_on=one["ends_on"],
                )
        yield from self._classes()

    def _classes(self) -> Iterator[ToldUnit]:
        days: dict[tuple[str, str], list[date]] = defaultdict(list)
        for one in self.enrolments:
            if one.class_:
                days[self.schools[one.school], one.class_] += [one.starts_on, one.ends_on]
        for (school, name), seen in sorted(days.items()):
            if school in self.above:
                last = max(seen)
                yield ToldUnit(
                    authority=self.above[school],
                    kind="class",
                    key=class_key(school, name),
                    name=name,
                    parent=school,
                    from_on=min(seen),
                    to_on=None if last >= OPEN else last,
                )

    def protection(self, authority: str) -> dict[str, str | None]:
        """The marking of every pupil of an authority who is enrolled somewhere, by key."""
        marked = {
            one["pupil"]: one["protection"] for one in standing(self.snapshot, "pupils", self.at)
        }
        joined = joins(self.snapshot)
        marking = {joined.get(number, number): word for number, word in marked.items()}
        return {
            self.pupils[one.pupil]: marking.get(one.pupil)
            for one in self.enrolments
            if self.above.get(self.schools[one.school]) == authority and one.pupil in self.pupils
        }

    def stays(self, authority: str) -> Iterator[Stay]:
        """Every enrolment at an authority's schools."""
        for one in self.enrolments:
            school = self.schools[one.school]
            if self.above.get(school) == authority and one.pupil in self.pupils:
                yield Stay(
                    pupil=self.pupils[one.pupil],
                    school_key=school,
                    class_key=class_key(school, one.class_),
                    grade=one.grade or "",
                    from_on=one.starts_on,
                    to_on=None if one.ends_on >= OPEN else one.ends_on,
                )

    def serving(self) -> Iterator[Serving]:
        """Which teacher reaches which class, and when: from the lessons."""
        days: dict[tuple[str, str, int], tuple[date, date]] = {}
        groups = self._classes_of_groups()
        for row in self._taught():
            teachers, number, class_, group, year, first, last = row
            school = self.schools.get(number, "")
            classes = {class_key(school, class_)} if class_ else groups.get(group, set())
            for teacher in str(teachers).split(";"):
                for one in classes:
                    key = (self.staff.get(int(teacher), ""), one, int(year))
                    seen = days.get(key, (first, last))
                    days[key] = min(seen[0], first), max(seen[1], last)
        for (staff, one, _), (first, last) in sorted(days.items()):
            if staff:
                yield Serving(staff, Role.TEACHER, one, first - BEFORE, last + AFTER)

    def _taught(self) -> list[tuple[Any, ...]]:
        sql = resources.files("narvaro.web.deliveries").joinpath("teaching.sql").read_text("utf-8")
        return self.snapshot.engine.query(sql, tables=self.snapshot.tables("lessons"))

    def _classes_of_groups(self) -> Mapping[str, set[str]]:
        """The classes of each group's members on the day they joined it."""
        stays: dict[int, list[Any]] = defaultdict(list)
        for one in self.enrolments:
            stays[one.pupil].append(one)
        found: dict[str, set[str]] = defaultdict(set)
        joined = joins(self.snapshot)
        for row in standing(self.snapshot, "group_memberships", self.at):
            for stay in stays[joined.get(row["pupil"], row["pupil"])]:
                if stay.class_ and stay.ends_on >= row["starts_on"]:
                    found[row["group"]].add(class_key(self.schools[stay.school], stay.class_))
        return found


def _authority_above(rows: list[dict[str, Any]]) -> dict[str, str]:
    """Organisation → the school authority it belongs to."""
    parent = {one["organisation"]: one["parent"] for one in rows}
    kinds = {one["organisation"]: one["kind"] for one in rows}
    found = {}
    for start in parent:
        current, seen = start, set[str]()
        while current and current not in seen and kinds.get(current) != "school_authority":
            seen.add(current)
            current = parent.get(current) or ""
        if kinds.get(current) == "school_authority":
            found[start] = current
    return found
