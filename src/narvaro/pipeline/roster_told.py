"""Who a source last told to be where: enrolments and memberships as they stand in the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from narvaro.engine import Rows
from narvaro.ledger.standing import joins, key_of

if TYPE_CHECKING:
    from narvaro.ledger import Batch, Snapshot

DAY = timedelta(days=1)
_ENROLMENTS = """
SELECT pupil, school, starts_on, ends_on, class, grade, school_form FROM (
    SELECT *, row_number() OVER (
        PARTITION BY pupil, school, starts_on ORDER BY recorded_at DESC, batch DESC) AS place
    FROM enrolments
) AS told
WHERE place = 1 AND NOT withdrawn AND batch IN (SELECT batch FROM told_by)
ORDER BY pupil, school, starts_on
"""
_MEMBERSHIPS = """
SELECT pupil, "group", starts_on, ends_on FROM (
    SELECT *, row_number() OVER (
        PARTITION BY pupil, "group", starts_on ORDER BY recorded_at DESC, batch DESC) AS place
    FROM group_memberships WHERE source = $source
) AS told
WHERE place = 1 AND NOT withdrawn
ORDER BY pupil, "group", starts_on
"""


@dataclass(frozen=True, slots=True)
class Stay:
    """A pupil's stay at a school or in a group; both days inclusive, None is open."""

    pupil: int
    place: str
    starts_on: date
    ends_on: date | None
    more: Mapping[str, str]

    def is_current(self, today: date) -> bool:
        """Whether it lasts today or beyond."""
        return self.ends_on is None or self.ends_on >= today

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class People:
    """Pupils by number and by the keys that a source has for them; joined ones are one."""

    joined: Mapping[int, int]
    numbers: Mapping[str, int]

    @classmethod
    def of(cls, snapshot: Snapshot, scope: str) -> People:
        """Read the pupils that have a key in a scope."""
        rows = snapshot.engine.query(
            "SELECT value, number FROM aliases WHERE kind = 'pupil' AND scope = $scope",
            tables=snapshot.tables("aliases"),
            parameters={"scope": scope},
        )
        return cls(joins(snapshot), dict(rows))

    def person(self, number: int) -> int:
        """The number of the person whose number this is."""
        return self.joined.get(number, number)

    def keys(self) -> Mapping[int, str]:
        """The key of every number that has one."""
        return {number: key for key, number in self.numbers.items()}


def enrolments_told(snapshot: Snapshot, batches: Sequence[Batch], source: str) -> list[Stay]:
    """Every standing enrolment that the source told last, at schools by their keys."""
    schools = key_of(snapshot, "school")
    own = [(batch.batch,) for batch in batches if batch.source == source]
    rows = snapshot.engine.query(
        _ENROLMENTS,
        tables=snapshot.tables("enrolments"),
        rows={"told_by": Rows({"batch": "INTEGER"}, own)},
    )
    return [
        Stay(pupil, schools[school], first, last, _given(zip(_FACTS, facts, strict=True)))
        for pupil, school, first, last, *facts in rows
    ]


def memberships_told(snapshot: Snapshot, source: str) -> list[Stay]:
    """Every standing membership of the source's groups."""
    rows = snapshot.engine.query(
        _MEMBERSHIPS, tables=snapshot.tables("group_memberships"), parameters={"source": source}
    )
    return [Stay(pupil, group, first, last, {}) for pupil, group, first, last in rows]


_FACTS = ("class", "grade", "school_form")


def _given(facts: object) -> dict[str, str]:
    return {name: str(value) for name, value in facts if value is not None}  # type: ignore[attr-defined]
