"""The invented schools of a history, before anybody has told of them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from tests.oracle.attendance import STOCKHOLM
from tests.oracle.history import Row

FIRST_DAY = date(2017, 8, 16)
# month ends, the turns of the clock, a New Year and a summer border
AWKWARD_DAYS = [
    date(2017, 8, 31),
    date(2017, 9, 1),
    date(2017, 10, 29),
    date(2017, 11, 30),
    date(2017, 12, 31),
    date(2018, 1, 1),
    date(2018, 3, 25),
    date(2018, 6, 30),
    date(2018, 7, 1),
]
CLASSES = {"1a": "1", "3b": "3", "8c": "8"}


@dataclass
class World:
    """The invented schools before anybody has told of them."""

    rng: random.Random
    schools: list[str] = field(default_factory=list)
    pupils: list[str] = field(default_factory=list)

    def tables(self) -> dict[str, list[Row]]:
        rng = self.rng
        self.season = FIRST_DAY + timedelta(days=rng.randint(0, 250))
        self.diligence = rng.choice([0.3, 0.7, 0.9, 1.0])
        self.schools = [f"s{number}" for number in range(1, rng.randint(2, 3) + 1)]
        self.pupils = [f"p{number}" for number in range(1, rng.randint(3, 8) + 1)]
        self.groups = [f"g{number}" for number in range(1, 3)]
        enrolments = [row for pupil in self.pupils for row in self._enrolments(pupil)]
        lessons = [self._lesson(f"L{number}") for number in range(1, rng.randint(6, 30) + 1)]
        return {
            "organisations": [self._organisation(school) for school in self.schools],
            "pupils": [self._pupil(pupil) for pupil in self.pupils],
            "enrolments": enrolments,
            "group_memberships": self._memberships(),
            "lessons": lessons,
            "marks": [mark for lesson in lessons for mark in self._marks(lesson, enrolments)],
            "announced_absences": self._announced(),
            "period_summaries": self._summaries(),
            "participations": self._participations(),
        }

    def _organisation(self, school: str) -> Row:
        return {"organisation": school, "name": school.upper(), "kind": "school_unit"}

    def _pupil(self, pupil: str) -> Row:
        born = date(2001, 1, 1) + timedelta(days=self.rng.randint(0, 3600))
        return {"pupil": pupil, "birth_date": born, "sex": self.rng.choice(["female", "male"])}

    def _enrolments(self, pupil: str) -> list[Row]:
        """Mostly one for ever; else a move, a return after a gap, or none at all."""
        story = self.rng.choices(["stays", "moves", "returns", "nowhere"], [6, 2, 1, 1])[0]
        if story == "nowhere":
            return []
        first = self._enrolment(pupil, self.rng.choice(self.schools), FIRST_DAY)
        if story == "stays":
            return [first]
        leaves = self._day()
        others = [school for school in self.schools if school != first["school"]]
        school = first["school"] if story == "returns" else self.rng.choice(others)
        again = leaves + timedelta(days=self.rng.randint(1, 40))
        first["ends_on"] = max(leaves, FIRST_DAY)
        return [first, self._enrolment(pupil, school, max(again, FIRST_DAY + timedelta(days=1)))]

    def _enrolment(self, pupil: str, school: str, starts_on: date) -> Row:
        name = self.rng.choice(list(CLASSES))
        return {
            "pupil": pupil,
            "school": school,
            "starts_on": starts_on,
            "class": name,
            "grade": CLASSES[name],
            "ends_on": None,
        }

    def _memberships(self) -> list[Row]:
        found = []
        for group in self.groups:
            for pupil in self.rng.sample(self.pupils, self.rng.randint(0, len(self.pupils) // 2)):
                starts = self.rng.choice([FIRST_DAY, self._day()])
                ends = self.rng.choice([None, starts + timedelta(days=self.rng.randint(0, 150))])
                row = {"pupil": pupil, "group": group, "starts_on": starts, "ends_on": ends}
                found.append(row)
        return found

    def _lesson(self, lesson: str) -> Row:
        rng = self.rng
        starts_at = self._start()
        length = rng.choice([40, 60, 100])
        ends_at = rng.choice([None, starts_at + timedelta(minutes=length + rng.choice([0, 10]))])
        return {
            "lesson": lesson,
            "school": rng.choice(self.schools),
            "starts_at": starts_at,
            "ends_at": ends_at,
            "minutes": rng.choice([length, None]) if ends_at else length,
            "group": rng.choice([None, None, *self.groups]),
            "class": rng.choice([None, *CLASSES, *CLASSES]),
            "teachers": rng.choice([None, "t1", "t1;t2"]),
            "cancelled": rng.random() < 0.1,
            "acknowledged": self._acknowledged(["no", "unknown", None]),
        }

    def _acknowledged(self, otherwise: list[str | None]) -> str | None:
        return "yes" if self.rng.random() < self.diligence else self.rng.choice(otherwise)

    def _marks(self, lesson: Row, enrolments: list[Row]) -> list[Row]:
        rng = self.rng
        if rng.random() < 0.4:
            return []
        likely = [
            row["pupil"]
            for row in enrolments
            if (row["school"], row["class"]) == (lesson["school"], lesson["class"])
        ]
        chosen = {pupil for pupil in likely if rng.random() < 0.8}
        if rng.random() < 0.3 or not chosen:
            chosen.add(rng.choice(self.pupils))
        return [self._mark(lesson["lesson"], pupil) for pupil in sorted(chosen)]

    def _mark(self, lesson: str, pupil: str) -> Row:
        rng = self.rng
        scheduled = rng.choice([None, None, 30, 40])
        mark = {
            "lesson": lesson,
            "pupil": pupil,
            "scheduled_minutes": scheduled,
            "full_minutes": rng.choice([None, None, 100]),
            "acknowledged": rng.choice(["yes", None, None, self._acknowledged(["no", None])]),
            "reason": rng.choice([None, "notified", "leave", "none"]),
        }
        return {**mark, **absence(rng)}

    def _announced(self) -> list[Row]:
        found = []
        for pupil in self.rng.sample(self.pupils, self.rng.randint(0, 3)):
            starts_at = self._start() + timedelta(minutes=self.rng.choice([0, 25]))
            ends_at = starts_at + timedelta(hours=self.rng.choice([1, 5, 40, 500]))
            kind = self.rng.choice(["leave", "leave", "notified"])
            row = {"pupil": pupil, "starts_at": starts_at, "kind": kind, "ends_at": ends_at}
            found.append(row)
        return found

    def _summaries(self) -> list[Row]:
        """Whole months of a pupil, seldom two or a half at once."""
        found = []
        for pupil in self.rng.sample(self.pupils, self.rng.randint(0, 2)):
            first = self.rng.choice([date(2017, 9, 1), date(2017, 10, 1), date(2017, 12, 1)])
            days = self.rng.choice([27, 27, 15, 60])
            found.append(self._summary(pupil, first, first + timedelta(days=days)))
        return found

    def _summary(self, pupil: str, first: date, last: date) -> Row:
        acknowledged = self.rng.choice([0, 500, 900])
        return {
            "pupil": pupil,
            "school": self.rng.choice(self.schools),
            "from": first,
            "to": last,
            "offered_minutes": 1000,
            "acknowledged_minutes": acknowledged,
            "valid_minutes": self.rng.choice([0, 40, 150]) if acknowledged else 0,
            "invalid_minutes": self.rng.choice([None, 10]) if acknowledged else None,
            "precision": self.rng.choice(["exact", "rounded"]),
        }

    def _participations(self) -> list[Row]:
        if self.rng.random() < 0.6:
            return []
        return [
            {
                "programme": "trial",
                "school": school,
                "starts_on": date(2017, 8, 1),
                "role": self.rng.choice(["project", "control"]),
                "ends_on": self.rng.choice([None, date(2018, 1, 30)]),
            }
            for school in self.schools
            if self.rng.random() < 0.7
        ]

    def _day(self) -> date:
        """Mostly within three months of the history's season, so that windows hold something."""
        near = [day for day in AWKWARD_DAYS if abs((day - self.season).days) < 90]
        if self.rng.random() < 0.3:
            return self.rng.choice(near or AWKWARD_DAYS)
        return self.season + timedelta(days=self.rng.randint(0, 90))

    def _start(self) -> datetime:
        """A local time that the day really has, at times so late that the UTC date differs."""
        hour, minute = self.rng.choice([(8, 0), (9, 40), (13, 15), (0, 30), (23, 30), (4, 0)])
        day = self._day()
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=STOCKHOLM)
        return local.astimezone(UTC)


def absence(rng: random.Random) -> Row:
    """At most 30 minutes in all, so that no later shortening of a lesson makes it too long."""
    buckets = ["valid_minutes", "invalid_minutes", "unclassified_minutes", "other_minutes"]
    row: Row = dict.fromkeys(["present_minutes", *buckets])
    chosen = rng.sample(buckets, rng.choice([0, 1, 1, 2]))
    for bucket in chosen:
        row[bucket] = rng.choice([0, 5, 15]) if len(chosen) > 1 else rng.choice([5, 30])
    return row
