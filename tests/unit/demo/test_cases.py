"""Every case of the manifest is in the delivery, counted from its rows by plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from narvaro.demo import Figure, Manifest, generate

ZONE = ZoneInfo("Europe/Stockholm")
ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
Row = Mapping[str, Any]
Rosters = defaultdict[object, list[Row]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return generate(tmp_path_factory.mktemp("cases"), pupils=300)


@dataclass(eq=False)
class Told:
    """The delivery's rows, read once; keys to the versions of a row, oldest first."""

    manifest: Manifest
    tables: dict[str, list[Row]] = field(default_factory=dict)
    of_lesson: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    versions: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    of_day: defaultdict[date, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        with duckdb.connect() as con:
            con.execute("SET TimeZone = 'UTC'")
            for path in sorted(self.manifest.delivery.glob("*.parquet")):
                rows = con.execute(f"FROM read_parquet('{path}')")
                names = [column[0] for column in rows.description or []]
                self.tables[path.stem] = [
                    dict(zip(names, row, strict=True)) for row in rows.fetchall()
                ]
        for row in self.tables["marks"]:
            self.of_lesson[row["lesson"]].append(row)
        for row in sorted(self.tables["lessons"], key=_told_at):
            self.versions[row["lesson"]].append(row)
        for key, rows in self.versions.items():
            self.of_day[_local(rows[0])].append(key)

    def rows(self, table: str, **same: object) -> list[Row]:
        return [
            row
            for row in self.tables[table]
            if all(row[name] == value for name, value in same.items())
        ]

    def lesson(self, key: str, at: datetime) -> Row:
        return [row for row in self.versions[key] if _told_at(row) <= at][-1]

    def marks(self, lesson: str, at: datetime) -> dict[str, Row]:
        """The standing mark of every pupil of a lesson."""
        told = sorted((r for r in self.of_lesson[lesson] if _told_at(r) <= at), key=_told_at)
        return {row["pupil"]: row for row in {r["pupil"]: r for r in told}.values()
                if not row["withdrawn"]}  # fmt: skip

    def expected(self, lesson: Row, at: datetime) -> set[str]:
        """Members of the group, else of the class."""
        groups, classes = self.rosters(at)
        on = _local(lesson)
        members = {r["pupil"] for r in groups[lesson["group"]] if _holds(r, on)}
        return members or {
            r["pupil"] for r in classes[lesson["school"], lesson["class"]] if _holds(r, on)
        }

    @cache  # noqa: B019  one small object a module
    def rosters(self, at: datetime) -> tuple[Rosters, Rosters]:
        """Memberships by group, enrolments by school and class, as known at the time."""
        groups, classes = Rosters(list), Rosters(list)
        for row in self.current("group_memberships", "group", at):
            groups[row["group"]].append(row)
        for row in self.current("enrolments", "school", at):
            if row["class"]:
                classes[row["school"], row["class"]].append(row)
        return groups, classes

    def current(self, table: str, second: str, at: datetime) -> Iterator[Row]:
        last: dict[tuple[object, ...], Row] = {}
        for row in sorted(self.tables[table], key=_told_at):
            if _told_at(row) <= at:
                last[row["pupil"], row[second], row["starts_on"]] = row
        yield from last.values()

    def between(self, first: date, last: date) -> Iterator[str]:
        """Lessons of the days."""
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            yield from self.of_day[date.fromordinal(ordinal)]


def _told_at(row: Row) -> datetime:
    return row.get("recorded_at") or ALWAYS


def _local(lesson: Row) -> date:
    starts: datetime = lesson["starts_at"]
    return starts.astimezone(ZONE).date()


def _holds(row: Row, on: date) -> bool:
    return bool(row["starts_on"] <= on and (row["ends_on"] is None or on <= row["ends_on"]))


def _minutes(lesson: Row) -> int:
    span = lesson["ends_at"] - lesson["starts_at"]
    return int(span.total_seconds()) // 60 if lesson["minutes"] is None else lesson["minutes"]


@pytest.fixture(scope="module")
def told(made: Manifest) -> Told:
    return Told(made)


def count(told: Told, figure: Figure) -> tuple[int, ...]:
    """Scheduled, acknowledged and the four buckets, straight from the written rules."""
    at = (
        datetime.fromisoformat(figure.known_at)
        if figure.known_at
        else datetime.max.replace(tzinfo=UTC)
    )
    first, last = date.fromisoformat(figure.starts), date.fromisoformat(figure.ends)
    sums = [0] * 6
    for key in told.between(first, last):
        lesson = told.lesson(key, at)
        if lesson["cancelled"] or lesson["ends_at"] > at:
            continue
        marks = told.marks(key, at)
        mark = marks.get(figure.pupil)
        if mark is None and (marks or figure.pupil not in told.expected(lesson, at)):
            continue
        for n, minutes in enumerate(_parts(lesson, marks, mark)):
            sums[n] += minutes
    return tuple(sums)


def _parts(lesson: Row, marks: Mapping[str, Row], mark: Row | None) -> list[int]:
    own = mark or {}
    scheduled = own.get("scheduled_minutes")
    scheduled = _minutes(lesson) if scheduled is None else scheduled
    yes = "yes" in [lesson["acknowledged"], *(m["acknowledged"] for m in marks.values())]
    if not yes or own.get("acknowledged") == "no":
        return [scheduled, 0, 0, 0, 0, 0]
    buckets = ("valid", "invalid", "unclassified", "other")
    return [scheduled, scheduled, *(own.get(f"{name}_minutes") or 0 for name in buckets)]


def _figures(made: Manifest) -> Iterator[tuple[str, Figure]]:
    yield from ((case.name, figure) for case in made.cases for figure in case.figures)


def test_every_figure_of_the_manifest_is_what_the_rows_add_up_to(
    made: Manifest, told: Told
) -> None:
    wrong = [
        (name, figure, found)
        for name, figure in _figures(made)
        if (found := count(told, figure))
        != (figure.scheduled, figure.acknowledged, figure.valid, figure.invalid,
            figure.unclassified, figure.other)
    ]  # fmt: skip
    assert not wrong
    assert sum(1 for _ in _figures(made)) > 40
