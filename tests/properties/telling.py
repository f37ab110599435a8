"""Who is told what in which delivery: first, late, again, withdrawn or dated back."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tests.oracle.history import Row, key_columns
from tests.properties.world import CLASSES, absence


class Told:
    """Who was told what in which delivery."""

    def __init__(self, rng: random.Random, arrivals: Sequence[datetime]) -> None:
        self._rng = rng
        self._arrivals = arrivals
        self._tables: list[dict[str, list[Row]]] = [{} for _ in arrivals]
        self._last: dict[tuple[str, tuple[object, ...]], tuple[int, Row]] = {}

    def deliveries(self) -> list[tuple[datetime, Mapping[str, list[Row]]]]:
        return list(zip(self._arrivals, self._tables, strict=True))

    def first(self, table: str, row: Row) -> None:
        """A new row, mostly in the first delivery; a mark never before its lesson, a summary
        never before its period is over."""
        earliest = 0
        if table == "marks":
            earliest = self._last["lessons", (row["lesson"],)][0]
        if table == "period_summaries":
            after = [number for number, at in enumerate(self._arrivals) if at.date() > row["to"]]
            if not after:
                return
            earliest = after[0]
        late = table not in {"organisations", "pupils"} and self._rng.random() < 0.25
        number = self._rng.randint(earliest, len(self._arrivals) - 1) if late else earliest
        first = {**row, "recorded_at": self._first_recorded(table, number)}
        self._say(number, table, first)
        if first["recorded_at"] and self._rng.random() < 0.2:
            after = first["recorded_at"] + timedelta(hours=self._rng.randint(1, 60))
            self._say(number, table, {**first, "recorded_at": after, **self._change(table, row)})

    def correct(self) -> None:
        """Later deliveries say some of it again: changed, withdrawn, repeated, dated back."""
        for number in range(1, len(self._arrivals)):
            known = [key for key, (told_in, _) in self._last.items() if told_in < number]
            chosen = self._rng.sample(known, min(len(known), self._rng.randint(0, 8)))
            for table, key in chosen:
                self._say(number, table, self._again(number, table, self._last[table, key][1]))

    def _say(self, number: int, table: str, row: Row) -> None:
        row = {"recorded_at": None, "withdrawn": None, **row}
        self._tables[number].setdefault(table, []).append(row)
        key = tuple(row.get(column) for column in key_columns(table))
        self._last[table, key] = (number, row)

    def _first_recorded(self, table: str, number: int) -> datetime | None:
        arrival = self._arrivals[number]
        if table == "marks" and self._rng.random() < 0.6:
            return arrival - timedelta(hours=self._rng.randint(0, 24 * 60))
        if table in {"enrolments", "group_memberships", "lessons"} and self._rng.random() < 0.2:
            return arrival - timedelta(hours=self._rng.randint(0, 24 * 60))
        return None

    def _again(self, number: int, table: str, row: Row) -> Row:
        story = self._rng.choices(["repeat", "withdraw", "change"], [2, 1, 5])[0]
        if story == "repeat" and self._rng.random() < 0.5:
            return dict(row)
        changed = {**row, "recorded_at": self._recorded_again(number, row)}
        if story == "withdraw" and table not in {"organisations", "pupils"}:
            return {**changed, "withdrawn": True}
        if story == "change":
            return {**changed, "withdrawn": None, **self._change(table, row)}
        return changed

    def _recorded_again(self, number: int, row: Row) -> datetime | None:
        """After the row before, at the arrival, or back in time."""
        rng, arrival = self._rng, self._arrivals[number]
        before = row["recorded_at"]
        back = (before or arrival) - timedelta(hours=rng.randint(0, 500))
        lately = arrival - timedelta(hours=rng.randint(0, 300))
        choices: list[datetime | None] = [None, arrival, lately, back, before]
        return rng.choice(choices)

    def _change(self, table: str, row: Row) -> Row:
        rng = self._rng
        if table == "marks":
            return {**absence(rng), "acknowledged": rng.choice(["yes", "no", None])}
        if table == "lessons":
            return self._moved_lesson(row)
        if table in {"enrolments", "group_memberships"}:
            later = row["starts_on"] + timedelta(days=rng.randint(0, 200))
            return {"ends_on": rng.choice([None, later])}
        if table == "period_summaries" and row["acknowledged_minutes"]:
            return {"valid_minutes": rng.choice([0, 60, 200])}
        return {}

    def _moved_lesson(self, row: Row) -> Row:
        rng = self._rng
        days = timedelta(days=rng.choice([0, 0, 1, 30]))
        return rng.choice(
            [
                {"cancelled": not row["cancelled"]},
                {"acknowledged": rng.choice(["yes", "no"])},
                {"class": rng.choice([None, *CLASSES])},
                {"group": rng.choice([None, "g1", "g2"])},
                {
                    "starts_at": row["starts_at"] + days,
                    "ends_at": row["ends_at"] and row["ends_at"] + days,
                },
            ]
        )
