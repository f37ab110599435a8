"""Minutes, hours, clock durations and percentages, read exactly.

A bare number means what the column's unit says. A cell that carries its own unit (`45 min`,
`0:45`, `1 tim 15 min`, `0,75 h`, `12,5 %`) is read as it says itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Final

from narvaro.sources.files.reading_faults import CellUnreadable

LONGEST: Final = 40  # characters; the longest honest duration is about half of this
EMPTY_MARKS: Final = frozenset({"", "-", "–", "—"})
UNITS: Final = ("minutes", "hours", "clock", "percent", "share")

_MINUTE_WORDS = ("min", "min.", "minut", "minuter", "m", "minutes")
_HOUR_WORDS = ("h", "t", "tim", "tim.", "timme", "timmar", "hours", "hour")
_PERCENT_WORDS = ("%", "procent")
_NUMBER = re.compile(r"([+-]?)((?:\d{1,3}(?: \d{3})+|\d+))(?:(\.)(\d+))?")
_WITH_UNIT = re.compile(rf"({_NUMBER.pattern})\s*([^\d\s].*)?")
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}(?!\d)")
_CLOCK = re.compile(r"([+-]?)(\d{1,6}):([0-5]\d)(?::([0-5]\d))?")
_SPELLED = re.compile(r"(\d{1,5})\s*([a-z]+\.?)\s*(?:och\s*)?(\d{1,3})\s*((?:[a-z]+\.?)?)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A duration in minutes, or a share of one; `half` is half of the last digit printed."""

    value: Fraction
    half: Fraction = Fraction(0)
    is_share: bool = False

    @property
    def whole_minutes(self) -> int | None:
        """The one whole number of minutes it can have been; None when it can be several or none."""
        lowest, highest = ceil(self.value - self.half), floor(self.value + self.half)
        return lowest if lowest == highest else None

    @property
    def nearest_minute(self) -> int:
        return round(self.value)


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: empty, or only a dash."""
    return text.strip() in EMPTY_MARKS


def read_amount(
    text: str, *, unit: str, decimals: int | None = None, mark: str = "either"
) -> Amount:
    """A cell as minutes (or as a share of one for `percent` and `share`).

    `decimals` is how many the system prints where it drops trailing zeros ("1,5" for 1,50);
    `mark` the decimal mark: `,` `.` or `either`. Raises CellUnreadable.
    """
    plain = _with_point(_plain(text), mark=mark)
    clock = _CLOCK.fullmatch(plain)
    if clock:
        return _from_clock(clock)
    spelled = _SPELLED.fullmatch(plain)
    if spelled:
        return _from_spelled(spelled)
    return _from_number(plain, unit=unit, decimals=decimals)


def own_unit(text: str) -> str | None:
    """The unit a cell states itself: minutes, hours, clock or percent; None for a bare number."""
    try:
        plain = _plain(text)
    except CellUnreadable:
        return None
    if _CLOCK.fullmatch(plain) or _SPELLED.fullmatch(plain):
        return "clock"
    found = _WITH_UNIT.fullmatch(plain.replace(",", "."))
    return _unit_of_word(found[6]) if found and found[6] else None


def bare_number(text: str) -> tuple[Fraction, int] | None:
    """A number without a unit, and how many decimals it shows; None for anything else."""
    try:
        found = _NUMBER.fullmatch(_plain(text).replace(",", "."))
    except CellUnreadable:
        return None
    return (_fraction(found), len(found[4] or "")) if found else None


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise CellUnreadable("the cell is too long for an amount", "Give a number.")
    spaced = re.sub(r"[\u00a0\u202f\s]+", " ", text).strip().casefold()
    return spaced.replace("\u2212", "-")


def _with_point(plain: str, *, mark: str) -> str:
    """The number with a decimal point; a thousands mark is only believed where it is sure."""
    if mark == "either":
        if _GROUPED.match(plain):
            raise CellUnreadable(
                "cannot tell whether the mark in the number parts thousands or decimals",
                "Set file.decimal in the profile.",
            )
        return plain.replace(",", ".")
    thousands = "." if mark == "," else ","
    return re.sub(rf"(?<=\d){re.escape(thousands)}(?=\d{{3}}(?!\d))", "", plain).replace(mark, ".")


def _from_clock(found: re.Match[str]) -> Amount:
    sign = -1 if found[1] == "-" else 1
    minutes = int(found[2]) * 60 + int(found[3]) + Fraction(int(found[4] or 0), 60)
    return Amount(sign * Fraction(minutes))


def _from_spelled(found: re.Match[str]) -> Amount:
    hours, minutes = _unit_of_word(found[2]), _unit_of_word(found[4] or "min")
    if (hours, minutes) != ("hours", "minutes"):
        raise _not_an_amount()
    return Amount(Fraction(int(found[1]) * 60 + int(found[3])))


def _from_number(plain: str, *, unit: str, decimals: int | None) -> Amount:
    found = _WITH_UNIT.fullmatch(plain)
    stated = _unit_of_word(found[6]) if found and found[6] else None
    if not found or (found[6] and not stated):
        raise _not_an_amount()
    shares = {"percent", "share"}
    if (stated == "percent") != (unit in shares) and (stated or unit == "clock"):
        raise CellUnreadable(
            f"the cell is in {stated}, the column's unit is {unit}", "Set the column's unit."
        )
    if stated is None and unit == "clock":
        raise CellUnreadable("a bare number where h:mm is expected", "Set the column's unit.")
    return _scaled(found, unit=stated or unit, decimals=decimals)


def _scaled(found: re.Match[str], *, unit: str, decimals: int | None) -> Amount:
    scale = {"minutes": Fraction(1), "hours": Fraction(60), "percent": Fraction(1, 100)}
    factor = scale.get(unit, Fraction(1))
    number = _NUMBER.match(found[1])
    if not number:  # pragma: no cover - the outer pattern holds the inner one
        raise _not_an_amount()
    printed = max(len(number[4] or ""), decimals or 0)
    half = Fraction(0) if unit == "minutes" and not printed else factor / (2 * 10**printed)
    return Amount(_fraction(number) * factor, half, is_share=unit in ("percent", "share"))


def _fraction(found: re.Match[str]) -> Fraction:
    digits = found[2].replace(" ", "") + (f".{found[4]}" if found[4] else "")
    return Fraction(f"{found[1]}{digits}")


def _unit_of_word(word: str) -> str | None:
    known = {"minutes": _MINUTE_WORDS, "hours": _HOUR_WORDS, "percent": _PERCENT_WORDS}
    return next((unit for unit, words in known.items() if word.strip() in words), None)


def _not_an_amount() -> CellUnreadable:
    return CellUnreadable(
        "the cell is not a number, a clock duration or a percentage",
        "Correct the cell, or map another column.",
    )
