"""What a pupil column holds: personal numbers in their forms, or an identifier as it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from narvaro.sources.files.reading_faults import CellUnreadable

LONGEST: Final = 200
_EXCEL_TEXT = re.compile(r'=\s*"([^"]*)"')
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_DIGITS = re.compile(r"(?P<century>\d{2})?(?P<day>\d{6})(?P<mark>[-+ ]?)(?P<last>\d{4})")
_TEMPORARY = re.compile(
    r"(?P<century>\d{2})?(?P<day>\d{6})(?P<mark>[-+ ]?)(?P<last>[A-Z]{2}\d{2}|[A-Z]\d{3})"
)
_SHORT = re.compile(r"\d{5}[-]?\d{4}")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier in one form: `kind` civic, temporary, external or key; `value` to be keyed.

    Civic numbers are twelve digits (coordination numbers too, with their day plus 60), temporary
    ones eight digits and their letters.
    """

    kind: str
    value: str
    leading_zero_restored: bool = False
    check_digit_fails: bool = False


def unwrapped(text: str) -> str:
    """The cell without what spreadsheets put around text: `="…"`, an apostrophe, hard spaces."""
    plain = text.replace("\u00a0", " ").strip()
    excel = _EXCEL_TEXT.fullmatch(plain)
    return (excel[1] if excel else plain.lstrip("'")).strip()


def read_identifier(text: str, *, kind: str, today: date) -> Identifier:
    """A pupil's identifier; `kind` is the column's: civic, external or key. Raises CellUnreadable.

    Two-digit years are the latest ones not after `today`; with `+` a hundred years earlier.
    """
    plain = unwrapped(text)
    if not plain:
        raise CellUnreadable("the pupil's identifier is missing", "Give one on every row.")
    if len(plain) > LONGEST:
        raise CellUnreadable("the identifier is too long", "Map the column that holds it.")
    if kind == "civic":
        return _civic(plain.replace(" ", "").upper(), today=today)
    return Identifier(kind, _not_mangled(plain))


def looks_civic(text: str, *, today: date) -> str | None:
    """Which form of personal number a cell has, for the guess; None when it has none."""
    plain = unwrapped(text).replace(" ", "").upper()
    if _is_scientific(plain):
        return "scientific"
    try:
        found = _civic(plain, today=today)
    except CellUnreadable:
        return None
    if found.kind == "temporary":
        return "temporary"
    return "short" if found.leading_zero_restored else _form_of(plain)


def _form_of(plain: str) -> str:
    digits = "YYYYMMDD" if len(plain.replace("-", "").replace("+", "")) == 12 else "YYMMDD"
    return digits + ("-NNNN" if "-" in plain or "+" in plain else "NNNN")


def _civic(plain: str, *, today: date) -> Identifier:
    number = _whole_number(plain)
    restored = bool(_SHORT.fullmatch(number))
    temporary = _TEMPORARY.fullmatch(number)
    found = temporary or _DIGITS.fullmatch("0" + number if restored else number)
    if not found:
        raise CellUnreadable(
            "the cell is not a personal number in a form that is known",
            "Correct it, or set the column's identifier to external.",
        )
    born = _birth_day(found, today=today)
    value = f"{born}{found['last']}"
    fails = not temporary and not _check_digit_holds(value)
    return Identifier("temporary" if temporary else "civic", value, restored, fails)


def _whole_number(plain: str) -> str:
    if _is_scientific(plain):
        return _from_scientific(plain)
    return plain.removesuffix(".0").removesuffix(",0") if plain[:1].isdigit() else plain


def _is_scientific(plain: str) -> bool:
    return bool(_SCIENTIFIC.fullmatch(plain))


def _from_scientific(plain: str) -> str:
    try:
        number = Decimal(plain.replace(",", "."))
    except InvalidOperation:  # pragma: no cover - the pattern admits numbers only
        number = Decimal(0)
    digits = format(number, "f")
    if len(number.as_tuple().digits) < 9 or "." in digits:
        raise _mangled()
    return digits


def _not_mangled(plain: str) -> str:
    if _is_scientific(plain.replace(" ", "")):
        raise _mangled()
    return plain


def _mangled() -> CellUnreadable:
    return CellUnreadable(
        "a spreadsheet has rounded the number and digits are lost",
        "Export again with the column as text.",
    )


def _birth_day(found: re.Match[str], *, today: date) -> str:
    """Eight digits of the birth day; the day of a coordination number keeps its plus 60."""
    day, century = found["day"], found["century"]
    candidates = (century,) if century else _centuries(today)
    for hundred in candidates:
        born = _calendar_day(hundred + day)
        if born and born <= today:
            if found["mark"] == "+" and not century:
                return f"{int(hundred) - 1:02d}{day}"
            return hundred + day
    raise CellUnreadable(
        "the personal number holds no possible birth day", "Correct it in the source."
    )


def _centuries(today: date) -> tuple[str, ...]:
    this = today.year // 100
    return (str(this), str(this - 1))


def _calendar_day(eight: str) -> date | None:
    year, month, day = int(eight[:4]), int(eight[4:6]), int(eight[6:])
    try:
        return date(year, month, day - 60 if day > 60 else day)
    except ValueError:
        return None


def _check_digit_holds(twelve: str) -> bool:
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(twelve[2:])]
    return sum(n // 10 + n % 10 for n in doubled) % 10 == 0
