"""What was made, and every awkward case in it: where it lies and what one should see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Figure:
    """Whole minutes of one pupil over days, as known at a time (None: as everything is told).

    `scheduled` counts all lessons held, the others only acknowledged ones.
    """

    pupil: str
    starts: str
    ends: str
    known_at: str | None
    scheduled: int
    acknowledged: int
    valid: int
    invalid: int
    unclassified: int
    other: int


@dataclass(frozen=True, slots=True)
class Case:
    """One awkward case: `shows` names the problem or edge case, `see` what one should see."""

    name: str
    shows: str
    see: str
    school: str = ""
    pupils: tuple[str, ...] = ()
    class_name: str = ""
    groups: tuple[str, ...] = ()
    lessons: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    figures: tuple[Figure, ...] = ()
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `generate` made; the same is in `manifest.json` beside the delivery."""

    delivery: Path
    form: str
    seed: int
    municipality: str
    schools: tuple[str, ...]
    first_day: date
    last_day: date
    counts: Mapping[str, int]
    cases: tuple[Case, ...]

    def case(self, name: str) -> Case:
        """The case of that name; KeyError when there is none."""
        return next_or_fail(name, self.cases)

    def write(self, path: Path) -> None:
        """Write as JSON; the delivery's place is left out, so the same demo is the same text."""
        content = asdict(self)
        del content["delivery"]
        content["first_day"], content["last_day"] = str(self.first_day), str(self.last_day)
        text = json.dumps(content, ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


def next_or_fail(name: str, cases: tuple[Case, ...]) -> Case:
    for case in cases:
        if case.name == name:
            return case
    raise KeyError(name)
