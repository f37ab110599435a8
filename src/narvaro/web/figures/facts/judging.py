"""From the core's judged pupils to what is kept: a list for each school, and their tallies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from narvaro.flags.flag import Judged, judge_all
from narvaro.flags.scope import Roster
from narvaro.ledger.standing import joins, standing
from narvaro.programmes import Programme, Rule
from narvaro.timetable import At, Month
from narvaro.web.figures.facts.opened import Opened
from narvaro.web.figures.facts.standing import Standing, plain_of, standing_of
from narvaro.web.figures.facts.tally import Tally, tally_from, tally_of, together

NOWHERE = ""
"""The school of pupils who are enrolled at none on the month's last day."""


class Cell(NamedTuple):
    """Where pupils were counted; empty where nobody told."""

    school: str
    class_: str
    grade: str
    sex: str


def name_of(programme: Programme, rule: Rule) -> str:
    """What tells one rule of one programme's scope from any other."""
    return "|".join(
        (
            programme.fingerprint[:16],
            rule.id,
            rule.window.text,
            f"{rule.operator}{rule.limit}",
            f"{rule.upper_operator}{rule.upper_limit}",
            f"{rule.coverage_floor}/{rule.minimum_minutes}",
        )
    )


class Judging:
    """Every pupil in a programme's scope under one rule at one month end, as known at a time."""

    def __init__(
        self,
        opened: Opened,
        programme: Programme,
        rule: Rule,
        known_at: datetime,
        left_out: frozenset[str] = frozenset(),
    ):
        self.opened, self.programme, self.rule, self.known_at = opened, programme, rule, known_at
        self.left_out = left_out
        self._everybody = f"{known_at.isoformat()}|{name_of(programme, rule)}"
        self.name = self._everybody + (f"|without {_digest(left_out)}" if left_out else "")

    def of_school(self, month: Month, school: str) -> tuple[Standing, ...]:
        """The pupils placed at a school on the month's last day."""
        every: tuple[Standing, ...] = self.opened.shelf.get(
            self._list_name(month, school),
            lambda: self._judge(month).get(school, []),
            lambda plain: tuple(map(standing_of, plain)),
        )
        if not self.left_out:
            return every
        return tuple(one for one in every if one.pupil not in self.left_out)

    def tallies(self, month: Month) -> Mapping[Cell, Tally]:
        """The pupils counted by school, class, grade and sex."""
        make = self._tally_of_some if self.left_out else self._tally
        return self.opened.shelf.get(self._tally_name(month), lambda: make(month), _tallies)

    def _tally_of_some(self, month: Month) -> list[Any]:
        """Everybody's, with the schools of those left out counted anew."""
        every = Judging(self.opened, self.programme, self.rule, self.known_at)
        where = self.where(month)
        anew = {where[pupil] for pupil in self.left_out if pupil in where}
        found: dict[Cell, Tally] = {
            cell: tally for cell, tally in every.tallies(month).items() if cell.school not in anew
        }
        for school in sorted(anew):
            found |= _counted(self.of_school(month, school), self.rule)
        return [[*cell, *tally.as_plain()] for cell, tally in found.items()]

    def by_school(self, month: Month) -> Mapping[str, Tally]:
        """The pupils counted by school."""
        return self.opened.shelf.get(
            f"{self._tally_name(month)}|by school",
            lambda: _summed((cell.school, tally) for cell, tally in self.tallies(month).items()),
            lambda plain: {school: tally_from(rest) for school, *rest in plain},
        )

    def by_grade(self, month: Month, schools: frozenset[str]) -> Mapping[Cell, Tally]:
        """The pupils of some schools counted by grade and sex; the cells name neither school nor class."""
        named = sha256("+".join(sorted(schools)).encode()).hexdigest()

        def make() -> list[Any]:
            every = self.tallies(month).items()
            mine = ((cell, tally) for cell, tally in every if cell.school in schools)
            return [
                ["", "", *name.split("|"), *rest]
                for name, *rest in _summed((f"{cell.grade}|{cell.sex}", one) for cell, one in mine)
            ]

        return self.opened.shelf.get(f"{self._tally_name(month)}|by grade|{named}", make, _tallies)

    def flagged(self, month: Month) -> frozenset[str]:
        """The keys of everybody on the list."""
        every: frozenset[str] = self.opened.shelf.get(
            self._flagged_name(month), lambda: _keys_of_flagged(self._judge(month)), frozenset
        )
        return every - self.left_out

    def minutes(self, month: Month) -> Mapping[str, tuple[int, int]]:
        """Pupil → absent and acknowledged minutes, of those of whom something can be told."""
        return self.opened.shelf.get(
            self._minutes_name(month),
            lambda: _minutes(self._judge(month)),
            lambda plain: {pupil: (absent, known) for pupil, absent, known in plain},
        )

    def where(self, month: Month) -> Mapping[str, str]:
        """Pupil → the school on the month's last day, those left out too."""
        return self.opened.shelf.get(
            f"where|{self._everybody}|{month}", lambda: _where(self._judge(month)), dict
        )

    def schools(self, month: Month) -> tuple[str, ...]:
        """The keys of the schools with pupils in scope."""
        return tuple(sorted({cell.school for cell in self.tallies(month)} - {NOWHERE}))

    def _list_name(self, month: Month, school: str) -> str:
        return f"list|{self._everybody}|{month}|{school}"

    def _tally_name(self, month: Month) -> str:
        return f"counted|{self.name}|{month}"

    def _flagged_name(self, month: Month) -> str:
        return f"flagged|{self._everybody}|{month}"

    def _minutes_name(self, month: Month) -> str:
        return f"minutes|{self._everybody}|{month}"

    def _tally(self, month: Month) -> list[Any]:
        every = (standing_of(plain) for listed in self._judge(month).values() for plain in listed)
        found = _counted(every, self.rule)
        return [[*cell, *tally.as_plain()] for cell, tally in found.items()]

    def judged(self, month: Month) -> Sequence[Judged]:
        """Everybody as the core judges them, asked afresh: only while the shelf is making."""
        roster = _roster(self.opened, self.known_at)
        every = judge_all(roster, self.programme, self.rule, At(month.last_day, is_month=True))
        if not self.left_out:
            return every
        return [one for one in every if one.absence.pupil not in self.left_out]

    def _judge(self, month: Month) -> dict[str, list[list[Any]]]:
        """Ask the core, and keep every school's list."""
        every = Judging(self.opened, self.programme, self.rule, self.known_at)
        judged, sexes = every.judged(month), _sexes(_roster(self.opened, self.known_at))
        found: dict[str, list[list[Any]]] = {}
        for one in judged:
            school = one.place.school or NOWHERE
            found.setdefault(school, []).append(plain_of(one, sexes.get(one.number, "unknown")))
        for school, listed in found.items():
            self.opened.shelf.put(self._list_name(month, school), listed)
        self.opened.shelf.put(self._flagged_name(month), _keys_of_flagged(found))
        self.opened.shelf.put(f"where|{self._everybody}|{month}", _where(found))
        self.opened.shelf.put(self._minutes_name(month), _minutes(found))
        return found


def _summed(pairs: Iterable[tuple[str, Tally]]) -> list[list[Any]]:
    found: defaultdict[str, list[Tally]] = defaultdict(list)
    for name, tally in pairs:
        found[name].append(tally)
    return [[name, *together(few).as_plain()] for name, few in sorted(found.items())]


def _minutes(found: Mapping[str, Sequence[Sequence[Any]]]) -> list[tuple[str, int, int]]:
    every = (standing_of(plain) for listed in found.values() for plain in listed)
    shares = ((one.pupil, one.share) for one in every if one.is_assessed)
    return [(pupil, *share) for pupil, share in shares if share is not None]


def _where(found: Mapping[str, Sequence[Sequence[Any]]]) -> dict[str, str]:
    """Pupil → school."""
    return {plain[0]: school for school, listed in found.items() for plain in listed}


def _counted(standings: Iterable[Standing], rule: Rule) -> dict[Cell, Tally]:
    cells: defaultdict[Cell, list[Standing]] = defaultdict(list)
    for one in standings:
        place = one.place
        cell = Cell(place.school or NOWHERE, place.class_ or "", place.grade or "", one.sex)
        cells[cell].append(one)
    return {cell: tally_of(found, rule) for cell, found in cells.items()}


def _digest(pupils: frozenset[str]) -> str:
    return sha256("+".join(sorted(pupils)).encode()).hexdigest()[:24]


def _keys_of_flagged(found: Mapping[str, Sequence[Sequence[Any]]]) -> list[str]:
    every = (standing_of(plain) for listed in found.values() for plain in listed)
    return [one.pupil for one in every if one.is_flagged]


def _tallies(plain: Sequence[Sequence[Any]]) -> Mapping[Cell, Tally]:
    return {Cell(*row[:4]): tally_from(row[4:]) for row in plain}


_ROSTERS: dict[Opened, Roster] = {}


def _roster(opened: Opened, known_at: datetime) -> Roster:
    """Enrolments as known at a time, the last ones asked for; used while the shelf is making.

    It remembers the last things judged, so that a month's list, tally and flags ask once.
    """
    roster = _ROSTERS.get(opened)
    if roster is None or roster.known_at != known_at:
        _ROSTERS.clear()
        roster = _ROSTERS[opened] = Roster(opened.snapshot, known_at)
    while len(roster.judged) > _REMEMBERED:
        del roster.judged[next(iter(roster.judged))]
    return roster


_REMEMBERED = 1


def _sexes(roster: Roster) -> Mapping[int, str]:
    if "sexes" not in roster.__dict__:
        joined = joins(roster.snapshot)
        rows = standing(roster.snapshot, "pupils", roster.known_at)
        found = {joined.get(row["pupil"], row["pupil"]): row["sex"] or "unknown" for row in rows}
        roster.__dict__["sexes"] = found
    sexes: Mapping[int, str] = roster.__dict__["sexes"]
    return sexes
