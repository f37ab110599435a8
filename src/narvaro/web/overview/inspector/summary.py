"""How long a school's cases waited, by stretches of school days; no pupil, and no small count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from narvaro.small_numbers import TOTAL, Key, cross_table
from narvaro.timetable import Calendar
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.flow.hiding import hidden_in
from narvaro.web.cases.models import Case, Compartment
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.overview.inspector.answering import Answers, answers_of, school_days
from narvaro.web.pupils.models import Protection

STRETCHES = ("0-5", "6-20", "21-40", "41-", "not")


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """From one question to the next: cases by how many school days it took; None is not shown."""

    what: str
    counts: Sequence[int | None]
    total: int | None


def summary_of(viewer: Viewer, school: Unit, *, is_inside: bool) -> list[SummaryRow]:
    """The cases that the school has or has had this far, hidden where few unless one leads it."""
    cases = Case.objects.filter(
        school=school,
        compartment=Compartment.SCHOOL,
        opened_on__lte=viewer.today,
        pupil__protection=Protection.NONE,
    )
    calendar = calendar_of(school, viewer.now)
    found = answers_of(cases, viewer.today)
    rows = {what: _counted(pairs, calendar) for what, pairs in _stretches(found).items()}
    counts = {(what, name): n for what, row in rows.items() for name, n in row.items()}
    table = cross_table("delay", rows=list(rows), columns=STRETCHES, counts=counts)
    hidden = frozenset() if is_inside else hidden_in(table)

    def shown(what: str, column: str, count: int) -> int | None:
        return None if Key("delay", what, column) in hidden else count

    return [
        SummaryRow(
            what,
            [shown(what, name, row.get(name, 0)) for name in STRETCHES],
            shown(what, TOTAL, sum(row.values())),
        )
        for what, row in rows.items()
    ]


Pairs = Sequence[tuple[date | None, date | None]]


def _stretches(found: Sequence[Answers]) -> dict[str, Pairs]:
    """An investigation that has not begun has nobody to be told of it."""
    return {
        _("Från kännedom till första åtgärd"): [(one.known_on, one.acted_on) for one in found],
        _("Från kännedom till utredning"): [(one.known_on, one.investigated_on) for one in found],
        _("Från utredning till anmälan"): [
            (one.investigated_on, one.notified_on) for one in found if one.investigated_on
        ],
    }


def _counted(pairs: Pairs, calendar: Calendar) -> dict[str, int]:
    row: dict[str, int] = {}
    for first, last in pairs:
        name = (
            "not" if first is None or last is None else _stretch(school_days(first, last, calendar))
        )
        row[name] = row.get(name, 0) + 1
    return row


def _stretch(days: int) -> str:
    if days <= 5:
        return "0-5"
    if days <= 20:
        return "6-20"
    return "21-40" if days <= 40 else "41-"
