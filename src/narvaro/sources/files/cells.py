"""Reads the cells of one row into values; each different cell of a column is read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final

from narvaro.sources.files import moments
from narvaro.sources.files.amounts import Amount, is_empty, read_amount
from narvaro.sources.files.findings import Findings
from narvaro.sources.files.identifiers import Identifier, read_identifier
from narvaro.sources.files.profile import Column, word_key
from narvaro.sources.files.reading_faults import CellUnreadable
from narvaro.sources.files.table import Table

Keys = Callable[[str, str], str]
_REMEMBERED: Final = 200_000  # different cells a column; beyond that the memory starts anew


@dataclass(slots=True)
class CellReader:
    """One row at a time: `at` moves to it, the other methods read its fields.

    A field that is not mapped, or whose cell is empty, is None. A cell that cannot be read is a
    fault, noted once a row and column, and is None too.
    """

    table: Table
    keys: Keys
    today: date
    findings: Findings
    line: int = 0
    cells: tuple[str, ...] = ()
    sound: bool = True
    _told: set[tuple[str, str]] = field(default_factory=set)
    _known: dict[str, dict[str, object]] = field(default_factory=dict)

    def at(self, line: int, cells: tuple[str, ...]) -> None:
        """Move to a row."""
        self.line, self.cells, self.sound = line, cells, True
        self._told.clear()

    def has(self, name: str) -> bool:
        """Whether a column of the file holds the field."""
        return name in self.table.places

    def text(self, name: str) -> str | None:
        """A cell as it stands, or the profile's constant."""
        place = self.table.places.get(name)
        if place is None:
            constant = self.table.profile.constants.get(name)
            return None if constant is None else str(constant)
        cell = self.cells[place] if place < len(self.cells) else ""
        return None if is_empty(cell) else cell

    def name(self, name: str) -> str | None:
        """A text with single spaces."""
        text = self.text(name)
        return " ".join(text.split()) if text else None

    def word(self, name: str) -> str | None:
        """A word as the table of reasons has it."""
        text = self.text(name)
        return word_key(text) if text else None

    def amount(self, name: str) -> Amount | None:
        """A duration or a share."""
        found = self._read(name, self._amount)
        return found if isinstance(found, Amount) else None

    def date(self, name: str) -> date | None:
        """A date."""
        found = self._read(name, lambda text, column: moments.read_date(text, form=column.form))
        return found if isinstance(found, date) else None

    def moment(self, name: str) -> datetime | None:
        """A moment, in UTC."""
        found = self._read(name, self._moment)
        return found if isinstance(found, datetime) else None

    def clock(self, name: str) -> time | None:
        """A time of day."""
        found = self._read(name, lambda text, column: moments.read_time(text, form=column.form))
        return found if isinstance(found, time) else None

    def span(self, name: str) -> tuple[time, time] | None:
        """Two times of day."""
        found = self._read(name, lambda text, column: moments.read_times(text, form=column.form))
        return found if isinstance(found, tuple) else None

    def answer(self, name: str) -> bool | None:
        """Yes or no."""
        found = self._read(name, _yes_or_no)
        return found if isinstance(found, bool) else None

    def pupil(self) -> str | None:
        """The pupil's key; the identifier goes no further than `keys`."""
        found = self._read("pupil", self._pupil)
        if not isinstance(found, tuple):
            return None
        key, identifier = found
        self._tell_of(identifier)
        return str(key)

    def staff(self, name: str) -> str | None:
        """Staff keys, `;` between."""
        text = self.text(name)
        if not text:
            return None
        people = [part.strip() for part in text.replace(",", ";").split(";")]
        return ";".join(sorted({self.keys("staff", word_key(one)) for one in people if one}))

    def fault(self, name: str, problem: str, remedy: str = "") -> None:
        """Refuse the row for a field; the same is said once a row."""
        self.sound = False
        if (name, problem) in self._told:
            return
        self._told.add((name, problem))
        self.findings.fault(self.line, self.table.header_of(name), problem, remedy)

    def _read(self, name: str, reader: Callable[[str, Column], object]) -> object:
        text = self.text(name)
        if text is None:
            return None
        known = self._known.setdefault(name, {})
        if text not in known:
            if len(known) > _REMEMBERED:
                known.clear()
            known[text] = self._tried(text, self._column(name), reader)
        found = known[text]
        if isinstance(found, CellUnreadable):
            self.fault(name, found.problem, found.remedy)
            return None
        return found

    def _column(self, name: str) -> Column:
        return self.table.profile.columns.get(name) or Column(name, form=moments.ISO_DATE)

    def _tried(self, text: str, column: Column, reader: Callable[[str, Column], object]) -> object:
        if text.startswith("="):
            return CellUnreadable("the cell is a formula, not a value", "Export the values.")
        try:
            return reader(text, column)
        except CellUnreadable as error:
            return error

    def _amount(self, text: str, column: Column) -> Amount:
        mark = self.table.profile.layout.decimal
        found = read_amount(text, unit=column.unit, decimals=column.decimals, mark=mark)
        if found.value < 0:
            raise CellUnreadable("the amount is below zero", "Correct the cell.")
        if found.is_share and found.value > 1:
            raise CellUnreadable("the share is above 100 %", "Correct it, or set the unit.")
        return found

    def _moment(self, text: str, column: Column) -> datetime:
        return moments.read_moment(text, form=column.form, zone=self.table.profile.zone)

    def _pupil(self, text: str, column: Column) -> tuple[str, Identifier]:
        found = read_identifier(text, kind=column.identifier, today=self.today)
        if found.check_digit_fails and column.check_digit == "refuse":
            raise CellUnreadable("the personal number's check digit is wrong", "Correct it.")
        return self.keys(found.kind, found.value), found

    def _tell_of(self, identifier: Identifier) -> None:
        header = self.table.header_of("pupil")
        if identifier.leading_zero_restored:
            self.findings.notice(
                "a personal number had lost its first zero, which was put back",
                column=header,
                line=self.line,
            )
        if identifier.check_digit_fails and self._column("pupil").check_digit == "tell":
            self.findings.notice(
                "the check digit of a personal number is wrong", column=header, line=self.line
            )


def _yes_or_no(text: str, column: Column) -> bool:
    word = word_key(text)
    if word in column.yes:
        return True
    if word in column.no:
        return False
    raise CellUnreadable("the cell is neither a yes nor a no of the profile", "Add the word.")
