"""What a square of the calendar says."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.ui.charts.calendar_days import CalendarDay, DayKind
from narvaro.web.ui.charts.words import minutes_text, short_day


def said_of(day: CalendarDay) -> str:
    """What a square says when it is pointed at."""
    if day.kind == DayKind.SUM:
        return f"{short_day(day.on)}: {day.name}"
    parts = [
        (day.valid - day.leave, _("giltig")),
        (day.leave, _("beviljad ledighet")),
        (day.invalid, _("ogiltig")),
        (day.unclassified, _("oklassad")),
        (day.missing, _("inte kvitterat")),
    ]
    told = [f"{name} {minutes_text(minutes)} min" for minutes, name in parts if minutes]
    lessons = ngettext("%(n)d lektion", "%(n)d lektioner", day.lessons) % {"n": day.lessons}
    return f"{short_day(day.on)}, {lessons}: {', '.join(told) or _('närvarande')}" + (
        f". {day.note}" if day.note else ""
    )
