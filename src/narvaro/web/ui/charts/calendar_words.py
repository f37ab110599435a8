"""What a square of the calendar says."""

from __future__ import annotations

from django.utils.translation import gettext as _

from narvaro.web.ui.charts.calendar_days import CalendarDay
from narvaro.web.ui.charts.words import minutes_text, short_day


def said_of(day: CalendarDay) -> str:
    """What a square says when it is pointed at."""
    parts = [
        (day.valid - day.leave, _("giltig")),
        (day.leave, _("beviljad ledighet")),
        (day.invalid, _("ogiltig")),
        (day.unclassified, _("oklassad")),
        (day.missing, _("inte kvitterat")),
    ]
    told = [f"{name} {minutes_text(minutes)} min" for minutes, name in parts if minutes]
    lessons = _("%(n)s lektioner") % {"n": day.lessons}
    return f"{short_day(day.on)}, {lessons}: {', '.join(told) or _('närvarande')}" + (
        f". {day.note}" if day.note else ""
    )
