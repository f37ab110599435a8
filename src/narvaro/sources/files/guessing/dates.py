"""Which form the dates of a column have; only one that is sure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from narvaro.sources.files.moments import reads_as_date

FORMS: Final = (
    "YYYY-MM-DD",
    "YYYYMMDD",
    "YYMMDD",
    "DDMMYY",
    "YY-MM-DD",
    "D-M-YY",
    "YYYY/MM/DD",
    "YYYY.MM.DD",
    "D/M YYYY",
    "D/M -YY",
    "D/M YY",
    "D/M/YYYY",
    "M/D/YYYY",
    "D/M/YY",
    "M/D/YY",
    "YY/M/D",
    "D.M.YYYY",
    "D.M.YY",
    "D-M-YYYY",
    "M-D-YYYY",
    "M-D-YY",
    "D MMM YYYY",
    "MMM D YYYY",
    "ddd D/M YYYY",
    "ddd D MMM YYYY",
    "ddd YYYY-MM-DD",
)
MONTH_FORMS: Final = ("YYYY-MM", "YYYYMM", "MMM YYYY", "MMM YY")
_CLOCKS: Final = (" H:mm", " H:mm:ss", "THH:mm", "THH:mm:ss", "THH:mm:ssZ", " HH:mm:ssZ", " H.mm")
MOMENT_FORMS: Final = tuple(f"{day}{clock}" for day in FORMS for clock in _CLOCKS)
_YEARS_BACK: Final = 12
_YEARS_ON: Final = 2


@dataclass(frozen=True, slots=True)
class FormGuess:
    """A form and why; `form` is None where it cannot be told, `rivals` are those that fit."""

    form: str | None
    why: str
    rivals: tuple[str, ...] = ()


def guess_form(
    cells: Sequence[str], *, today: date, forms: Iterable[str] = FORMS, agreed: str | None = None
) -> FormGuess | None:
    """The one form under which every cell is a date; None when the cells are no dates.

    `agreed` is the form of another date column of the file, believed where this one is open.
    """
    distinct = sorted(set(cells))
    fitting = {form: days for form in forms if (days := _days(distinct, form))}
    if not fitting:
        return None
    return _sole(fitting) or _agreed(fitting, agreed) or _recent(fitting, today) or _open(fitting)


def _days(cells: Sequence[str], form: str) -> tuple[date, ...] | None:
    days = []
    for cell in cells:
        day = reads_as_date(cell, form)
        if day is None:
            return None
        days.append(day)
    return tuple(days)


def _sole(fitting: dict[str, tuple[date, ...]]) -> FormGuess | None:
    if len(set(fitting.values())) > 1:
        return None
    form = next(iter(fitting))
    return FormGuess(form, f"every cell is a date as {form}, and no other form fits")


def _agreed(fitting: dict[str, tuple[date, ...]], agreed: str | None) -> FormGuess | None:
    if agreed not in fitting:
        return None
    return FormGuess(agreed, f"every cell is a date as {agreed}, as in the other date column")


def _recent(fitting: dict[str, tuple[date, ...]], today: date) -> FormGuess | None:
    """The one reading that puts all days near today, if the others put most of them far off."""
    first = today - timedelta(days=366 * _YEARS_BACK)
    last = today + timedelta(days=366 * _YEARS_ON)
    near = {
        form: days for form, days in fitting.items() if all(first <= day <= last for day in days)
    }
    if len(set(near.values())) != 1:
        return None
    form = next(iter(near))
    return FormGuess(
        form,
        f"every cell is a date as {form}; other forms fit too, but give days "
        f"before {first.year} or after {last.year}",
    )


def _open(fitting: dict[str, tuple[date, ...]]) -> FormGuess:
    rivals = tuple(fitting)
    return FormGuess(None, f"the dates can be read as {' or as '.join(rivals)}", rivals)
