"""When, and in what, time is missed over the window of the rule in force."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from narvaro.web.figures.pupil_panels.fetching import PupilFacts
from narvaro.web.figures.pupil_panels.sums import Minutes, together
from narvaro.web.ui import written
from narvaro.web.ui.charts import PatternGrid, PatternRow
from narvaro.web.ui.charts.words import short_weekday

LEAST_ACKNOWLEDGED = 120
"""Minutes in a cell before a sentence names it: two lessons say nothing of a habit."""

_WEEKDAYS = (
    gettext_noop("måndagar"),
    gettext_noop("tisdagar"),
    gettext_noop("onsdagar"),
    gettext_noop("torsdagar"),
    gettext_noop("fredagar"),
)


def week_pattern(pupil: PupilFacts) -> PatternGrid:
    """Lesson of the day by weekday, the whole day at the bottom."""
    hours = pupil.lessons.hours
    numbers = sorted({place[0] for place in hours})
    rows = [
        PatternRow(
            _("Lektion %(n)d") % {"n": number},
            [_share(hours.get((number, day))) for day in range(5)],
        )
        for number in numbers
    ]
    whole = [together(m for at, m in hours.items() if at[1] == day) for day in range(5)]
    return PatternGrid(
        week_result(pupil),
        [short_weekday(day) for day in range(5)],
        rows,
        whole=PatternRow(_("Hela dagen"), [one.share for one in whole]),
    )


def week_result(pupil: PupilFacts) -> str:
    """The cells with most missed time, in words."""
    cells = [
        (Fraction(*one.share), number, day, one)
        for (number, day), one in pupil.lessons.hours.items()
        if one.share and one.acknowledged >= LEAST_ACKNOWLEDGED and one.absent
    ]
    most = sorted(cells, key=lambda cell: (-cell[0], cell[1], cell[2]))[:2]
    if not most:
        return _("Ingen missad tid att se ett mönster i.")
    said = [
        _("%(share)s av lektion %(n)d på %(day)s")
        % {"share": written.share(one.share), "n": number, "day": _(_WEEKDAYS[day])}
        for number, day, one in (cell[1:] for cell in most)
    ]
    return _("Mest missat: %(cells)s. Mönstret säger när, inte varför.") % {
        "cells": _(" och ").join(said)
    }


def subject_pattern(pupil: PupilFacts) -> PatternGrid | None:
    """Subjects with most missed time first; None where the source names none."""
    named = {name: one for name, one in pupil.lessons.subjects.items() if name}
    if not named:
        return None
    order = sorted(named, key=lambda name: (-_exact(named[name]), name))
    rows = [PatternRow(name, [_share(named[name])], _after(named[name])) for name in order]
    head = [_("Missade minuter"), _("Kvitterade")]
    return PatternGrid(_subject_result(order, named), [_("Missat, %")], rows, _("Ämne"), after=head)


def _subject_result(order: Sequence[str], named: dict[str, Minutes]) -> str:
    first = named[order[0]]
    if not first.absent:
        return _("Ingen missad tid i något ämne.")
    return _("Mest missat i %(subject)s: %(share)s av tiden.") % {
        "subject": order[0].lower(),
        "share": written.share(first.share),
    }


def _after(one: Minutes) -> Sequence[str]:
    return [written.whole(one.absent), written.whole(one.acknowledged)]


def _exact(one: Minutes) -> Fraction:
    return Fraction(*one.share) if one.share else Fraction(-1)


def _share(one: Minutes | None) -> tuple[int, int] | None:
    return None if one is None else one.share
