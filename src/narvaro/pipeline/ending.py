"""Enrolments and memberships that a live source told before and no longer tells.

A roster is read whole with every load, and who has left may leave no trace in it. What is gone is
ended with the day before it was found out, since deleted records carry no day of their own.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from narvaro.errors import HeldForConfirmation
from narvaro.exchange import Notice
from narvaro.pipeline.comparing import AT, SMALLEST_COMPARED, LoadLimit
from narvaro.pipeline.roster_told import DAY, People, Stay, enrolments_told, memberships_told
from narvaro.pipeline.withdrawing import add_rows

if TYPE_CHECKING:
    from pathlib import Path

    from narvaro.ledger import Batch, Snapshot
    from narvaro.sources.ss12000 import Loaded

TOGETHER = "activity:"
"""How the groups that one activity makes of several are named; they hang on the activities."""

Place = tuple[str, str]
"""A person (number, or key where the ledger has none) and a school or group."""


@dataclass(frozen=True, slots=True)
class Roster:
    """What a load's roster is held against: the ledger, the source, the day, how much may go."""

    snapshot: Snapshot
    batches: Sequence[Batch]
    source: str
    scope: str
    today: date
    limit: LoadLimit = field(default_factory=LoadLimit)
    confirm: bool = False

    def people(self) -> People:
        """The pupils that have a key of this source's."""
        return People.of(self.snapshot, self.scope)


@dataclass(frozen=True, slots=True)
class Ended:
    """What was ended, for whoever imports; and how many pupils were told and are gone."""

    notices: tuple[Notice, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two tables: its place, what it is called, and what spoils it."""

    table: str
    column: str
    words: str
    spoilt_by: frozenset[str]


_ENROLMENTS = Kind("enrolments", "school", "enrolments", frozenset(("pupils", "enrolments")))
_MEMBERSHIPS = Kind(
    "group_memberships", "group", "memberships",
    frozenset(("pupils", "enrolments", "group_memberships")),
)  # fmt: skip


def end_missing(loaded: Loaded, roster: Roster) -> Ended:
    """Add to a load's delivery the end of every enrolment and membership that is gone.

    Only where all of the table was read, and nothing of it was unreadable. Raises
    HeldForConfirmation when more than the limit of those that lasted are gone.
    """
    people = roster.people()
    enrolled = enrolments_told(roster.snapshot, roster.batches, roster.source)
    delivered = delivered_stays(loaded.folder / "enrolments.csv", "school", people)
    sizes = _sizes(enrolled, delivered, people, roster.today) if delivered else {}
    notices = [*_end(loaded, roster, _ENROLMENTS, enrolled)]
    told = memberships_told(roster.snapshot, roster.source)
    if "activities" not in loaded.whole:
        told = [stay for stay in told if not stay.place.startswith(TOGETHER)]
    return Ended((*notices, *_end(loaded, roster, _MEMBERSHIPS, told)), sizes)


def _end(loaded: Loaded, roster: Roster, kind: Kind, told: Sequence[Stay]) -> Iterator[Notice]:
    spoilt = any(one.table in kind.spoilt_by for one in loaded.quarantined)
    if kind.table not in loaded.whole or spoilt:
        return
    people, file = roster.people(), loaded.folder / f"{kind.table}.csv"
    delivered = delivered_stays(file, kind.column, people)
    lasting = [stay for stay in told if stay.is_current(roster.today)]
    missing = [stay for stay in lasting if not _is_told(stay, _of(stay, delivered, people))]
    gone = [stay for stay in missing if not _of(stay, delivered, people)]
    _hold_if_many(len(lasting), len(gone), kind, roster)
    ends = [_ended(stay, _of(stay, delivered, people), roster.today) for stay in missing]
    keys = people.keys()
    rows = [_row(stay, end, kind, keys[stay.pupil]) for stay, end in zip(missing, ends, strict=True)
            if stay.pupil in keys]  # fmt: skip
    if rows:
        add_rows(file, rows)
        message = f"{kind.words} that the source no longer tells of were ended"
        yield Notice(kind.table, "", len(rows), 0, message)


def delivered_stays(file: Path, column: str, people: People) -> Mapping[Place, list[Stay]]:
    """The stays that a delivery tells, by person and place; none where it has no such table."""
    found: defaultdict[Place, list[Stay]] = defaultdict(list)
    if not file.exists():
        return found
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            number = people.numbers.get(row["pupil"])
            who = row["pupil"] if number is None else str(people.person(number))
            last = date.fromisoformat(row["ends_on"]) if row["ends_on"] else None
            first = date.fromisoformat(row["starts_on"])
            found[who, row[column]].append(Stay(number or 0, row[column], first, last, {}))
    return found


def _of(stay: Stay, delivered: Mapping[Place, list[Stay]], people: People) -> Sequence[Stay]:
    return delivered.get((str(people.person(stay.pupil)), stay.place), ())


def _is_told(stay: Stay, now: Sequence[Stay]) -> bool:
    return any(one.starts_on == stay.starts_on for one in now)


def _ended(stay: Stay, now: Sequence[Stay], today: date) -> date | None:
    """The stay's last day: before today and before the next one told; None takes it away.

    One that begins within another that is told now was told better: it is taken away.
    """
    if any(one.holds(stay.starts_on) for one in now):
        return None
    later = [one.starts_on for one in now if one.starts_on > stay.starts_on]
    last = min([today, *later]) - DAY
    return last if last >= stay.starts_on else None


def _hold_if_many(lasting: int, gone: int, kind: Kind, roster: Roster) -> None:
    if lasting < SMALLEST_COMPARED or roster.confirm:
        return
    if roster.limit.is_passed(lasting, lasting - gone):
        raise HeldForConfirmation(
            f"The load is held, since {gone} of the {lasting} {kind.words} that lasted are not "
            "told any more.",
            remedy="Nothing has been taken in. If they have ended, import it again with --confirm.",
        )


def _row(stay: Stay, end: date | None, kind: Kind, pupil: str) -> dict[str, str]:
    row = {"pupil": pupil, kind.column: stay.place, "starts_on": stay.starts_on.isoformat()}
    if end is None:
        return {**row, **stay.more, "withdrawn": "true"}
    return {**row, **stay.more, "ends_on": end.isoformat()}


def _sizes(
    enrolled: Sequence[Stay], delivered: Mapping[Place, list[Stay]], people: People, today: date
) -> dict[str, int]:
    """Pupils told and pupils gone, in all and by school, before anything is ended."""
    told, found = defaultdict(set), {"told_pupils": len({who for who, _ in delivered})}
    for who, school in delivered:
        told[school].add(who)
    found |= {f"told_pupils{AT}{school}": len(pupils) for school, pupils in told.items()}
    found["told_schools"] = len(told)
    return found | gone_by_school(enrolled, told, people, today)


def gone_by_school(
    enrolled: Sequence[Stay], told: Mapping[str, set[str]], people: People, today: date
) -> dict[str, int]:
    """How many pupils that were last told at each school are not told there any more."""
    last: defaultdict[str, set[str]] = defaultdict(set)
    for stay in enrolled:
        if stay.is_current(today):
            last[stay.place].add(str(people.person(stay.pupil)))
    return {
        f"gone_pupils{AT}{school}": len(pupils - told.get(school, set()))
        for school, pupils in last.items()
    }
