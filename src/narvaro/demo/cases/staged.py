"""The cases of one school's year, applied to its lessons and marks month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from narvaro.demo.cases.book import Book, LaterMark, LessonEdit
from narvaro.demo.cases.script import VALUES, Script
from narvaro.demo.schools import School
from narvaro.demo.units import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from narvaro.demo.lessons import Lessons
    from narvaro.demo.marks import Marks


@dataclass(frozen=True, slots=True)
class SchoolCases:
    """What the cases change at one school in one school year; by default nothing."""

    scripts: tuple[Script, ...] = ()
    edits: tuple[LessonEdit, ...] = ()
    later: tuple[LaterMark, ...] = ()

    @classmethod
    def of(cls, book: Book, school: School, year: int) -> SchoolCases:
        """The cases lie in the last school year only."""
        if year != book.places.year:
            return cls()
        number = school.number
        scripts = [s for each in book.scripts.values() for s in each]
        return cls(
            tuple(s for s in scripts if s.place.school.number == number),
            tuple(edit for edit in book.edits if edit.school == number),
            tuple(mark for mark in book.later if mark.school == number),
        )

    def calm(self, pupils: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of the pupils are away only when their case says so."""
        import numpy as np

        return np.isin(pupils, [script.pupil for script in self.scripts])

    def edit(self, lessons: Lessons, units: Sequence[Unit]) -> None:
        """Acknowledge late or never, cancel, and let another teach."""
        for edit in self.edits:
            here = _find(lessons, units, edit.taught, edit.day, edit.slot)
            if edit.told is not None:
                lessons.told[here] = edit.told
            if edit.cancelled is not None:
                lessons.cancelled[here] = edit.cancelled
            if edit.substituted:
                lessons.substitute[here] = lessons.teacher[here] + 1

    def apply(self, marks: Marks, lessons: Lessons, pupils: NDArray[np.int64]) -> None:
        """Write what the scripts say into the marks; `pupils` holds each stint's pupil."""
        import numpy as np

        row_of = np.full(len(pupils), -1)
        for number, script in enumerate(self.scripts):
            row_of[pupils == script.pupil] = number
        chosen = np.flatnonzero(row_of[marks.stint] >= 0)
        if not len(chosen):
            return
        row, lesson = row_of[marks.stint[chosen]], marks.lesson[chosen]
        for name in VALUES:
            cells = np.stack([script.cells[name] for script in self.scripts])
            getattr(marks, name)[chosen] = cells[row, lessons.day[lesson], lessons.slot[lesson]]

    def later_marks(
        self, lessons: Lessons, units: Sequence[Unit], first: int
    ) -> list[dict[str, Any]]:
        """Rows of marks told beside the ordinary ones, for lessons of this month."""
        return [
            {
                "lesson": int(lesson) + first, "pupil": mark.pupil, **mark.values,
                "told": mark.told, "refused": mark.refused, "withdrawn": mark.withdrawn,
            }
            for mark in self.later
            for lesson in _find(lessons, units, mark.taught, mark.day, mark.slot)
        ]  # fmt: skip


def _find(
    lessons: Lessons, units: Sequence[Unit], taught: str, day: int, slot: int
) -> NDArray[np.int64]:
    import numpy as np

    number = next(n for n, unit in enumerate(units) if taught in (unit.group, unit.class_name))
    found: NDArray[np.int64] = np.flatnonzero(
        (lessons.unit == number) & (lessons.day == day) & (lessons.slot == slot)
    )
    return found
