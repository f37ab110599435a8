"""Whether a column's cells are what a field holds, kind by kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from narvaro.sources.files.guessing.dates import FORMS, MOMENT_FORMS, MONTH_FORMS, guess_form
from narvaro.sources.files.guessing.draft import Draft
from narvaro.sources.files.guessing.units import is_amount
from narvaro.sources.files.identifiers import looks_civic
from narvaro.sources.files.keys import FIELDS
from narvaro.sources.files.moments import clock_form, read_times
from narvaro.sources.files.profile import word_key
from narvaro.sources.files.reading_faults import CellUnreadable
from narvaro.sources.files.words import NO, YES

_ID: Final = re.compile(r"(?=.*\d)[A-Za-z0-9_.:{}-]{1,64}")
_KEY: Final = re.compile(r"[0-9a-f]{32}")
_NAME: Final = re.compile(r"[^\W\d_]+(?:[ ,.'-]+[^\W\d_]+)*", re.UNICODE)
_KNOWN: Final = "the header is a known word"


def fit(draft: Draft, name: str, *, today: date) -> bool:
    """Take the column for a field if its cells allow it, or say what stands open."""
    kinds: Mapping[str, Callable[[], bool]] = {
        "identifier": lambda: fit_pupil(draft, today=today),
        "text": lambda: _take(draft, name, _KNOWN),
        "staff": lambda: _take(draft, name, f"{_KNOWN}; teachers are kept as keys"),
        "date": lambda: _fit_date(draft, name, today=today),
        "time": lambda: _fit_time(draft, name, today=today),
        "times": lambda: _fit_times(draft, name),
        "moment": lambda: _fit_moment(draft, name, today=today),
        "amount": lambda: _fit_amount(draft, name),
        "word": lambda: _fit_word(draft, name, today=today),
        "yes_no": lambda: _fit_answer(draft, name),
    }
    return kinds[FIELDS[name].kind]()


def fit_pupil(draft: Draft, *, today: date) -> bool:
    """Personal numbers, an external id, a given key, or a name (which is not read)."""
    cells = draft.column.filled
    forms = Counter(looks_civic(cell, today=today) for cell in cells)
    civic = len(cells) - forms[None]
    if civic >= 0.95 * len(cells) and civic > forms["scientific"]:
        return _take(draft, "pupil", _civic_why(forms, len(cells)), identifier="civic")
    if civic:
        draft.open(f"{civic} of {len(cells)} cells are personal numbers, the others are not")
        return True
    if all(_KEY.fullmatch(cell) for cell in cells):
        return _take(draft, "pupil", "every cell has the form of a key", identifier="key")
    if all(_ID.fullmatch(cell) for cell in cells):
        return _take(draft, "pupil", f"{_KNOWN}, every cell an id", identifier="external")
    if all(_NAME.fullmatch(cell) for cell in cells):
        draft.not_read("the cells are names; a pupil is known by the identifier")
        return True
    draft.open("the cells are neither personal numbers, ids nor names")
    return True


def _civic_why(forms: Counter[str | None], cells: int) -> str:
    words = {
        "short": "without their first zero",
        "scientific": "rounded by a spreadsheet, which will be refused",
        "temporary": "temporary",
        None: "something else, which will be refused",
    }
    parts = ", ".join(f"{rows} {words.get(form, form)}" for form, rows in forms.most_common())
    return f"the cells are personal numbers ({parts}; {cells} in all)"


def _take(draft: Draft, name: str, why: str, **settings: object) -> bool:
    draft.read(name, why, **settings)
    return True


def _fit_date(draft: Draft, name: str, *, today: date) -> bool:
    forms = MONTH_FORMS if name == "month" else FORMS
    found = guess_form(draft.column.filled, today=today, forms=forms)
    if found is None:
        return False
    if found.form is None:
        draft.open(found.why)
        draft.settings = {"rivals": found.rivals, "field": name}
        return True
    return _take(draft, name, f"{_KNOWN}; {found.why}", form=found.form)


def _fit_time(draft: Draft, name: str, *, today: date) -> bool:
    forms = Counter(clock_form(cell) for cell in draft.column.filled)
    if set(forms) <= {"H:mm", "H:mm:ss"}:
        return _take(draft, name, f"{_KNOWN}; every cell is a time of day", form="H:mm")
    if len(forms) == 1 and None not in forms:
        form = next(iter(forms))
        return _take(draft, name, f"{_KNOWN}; every cell is a time as {form}", form=form)
    return _fit_moment(draft, name, today=today)


def _fit_times(draft: Draft, name: str) -> bool:
    for form in ("H:mm", "H.mm", "HHmm"):
        if all(_is_span(cell, form) for cell in draft.column.filled):
            return _take(draft, name, f"{_KNOWN}; every cell is two times", form=form)
    return False


def _is_span(cell: str, form: str) -> bool:
    try:
        read_times(cell, form=form)
    except CellUnreadable:
        return False
    return True


def _fit_moment(draft: Draft, name: str, *, today: date) -> bool:
    found = guess_form(draft.column.filled, today=today, forms=MOMENT_FORMS)
    if found is None:
        return False
    if found.form is None:
        draft.open(found.why)
        return True
    return _take(draft, name, f"{_KNOWN}; every cell is date and time", form=found.form)


def _fit_amount(draft: Draft, name: str) -> bool:
    return is_amount(draft.column.filled) and _take(draft, name, f"{_KNOWN}; cells are numbers")


def _fit_word(draft: Draft, name: str, *, today: date) -> bool:
    cells = draft.column.filled
    if any(looks_civic(cell, today=today) for cell in cells[:200]) or is_amount(cells):
        return False
    return _take(draft, name, f"{_KNOWN}; the cells are words")


def _fit_answer(draft: Draft, name: str) -> bool:
    words = {word_key(cell) for cell in draft.column.filled}
    if not words <= YES | NO:
        if len(words) > 6:
            return False
        draft.open("the cells are not all a yes or a no that is known")
        return True
    yes, no = sorted(words & YES), sorted(words & NO)
    settings = {key: value for key, value in (("yes", yes), ("no", no)) if value}
    return _take(draft, name, f"{_KNOWN}; every cell is a yes or a no", **settings)
