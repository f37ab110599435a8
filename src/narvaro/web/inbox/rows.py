"""A flag as a row of a list: figures and sentences, no score and no judging word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.shares import Share
from narvaro.timetable import Calendar, Month
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.cases.school_days import calendar_of, school_days_late, school_days_left
from narvaro.web.inbox.earlier import NONE, Earlier, earlier_of, month_of, points_more, share_in
from narvaro.web.inbox.models import Flag, Flags
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.lists import Line
from narvaro.web.ui.written import language, minutes, signed
from narvaro.web.ui.written import month as month_text


@dataclass(frozen=True)
class FlagRow:
    """A flag as a list shows it: figures and sentences, no score."""

    flag: Flag
    today: date
    earlier: Earlier = NONE
    case: Case | None = None
    days: int = 0
    is_late: bool = False

    @property
    def name(self) -> str:
        """The pupil, neutrally when protected."""
        return name_of(self.flag.pupil)

    @property
    def url(self) -> str:
        """The pupil's page."""
        return reverse("pupil", args=[self.flag.pupil.public_id])

    @property
    def month(self) -> Month:
        """The month whose end it is of."""
        return month_of(self.flag)

    @property
    def month_name(self) -> str:
        """`november 2026`."""
        return month_text(self.month.first_day)

    @property
    def share(self) -> Share | None:
        """The share of absence."""
        return share_in(self.flag)

    @property
    def reason(self) -> str:
        """The run's own explanation, in the language of the page."""
        return self.flag.reason_en if language() == "en" else self.flag.reason_sv

    @property
    def weeks(self) -> int:
        """Whole weeks above the limit without a break."""
        return max(0, (self.today - self.earlier.since(self.month)).days // 7)

    @property
    def points(self) -> Fraction | None:
        """Percentage points more than a month earlier."""
        return points_more(self.flag, self.earlier.before(self.month))

    @property
    def facts(self) -> list[str]:
        """Weeks above the limit, the change, and flags this year, in words."""
        weeks, flags = self.weeks, self.flag.flags_this_year
        said = [
            ngettext("%(n)s vecka över gränsen", "%(n)s veckor över gränsen", weeks) % {"n": weeks}
            if self.earlier.before(self.month)
            else _("Ny på listan")
        ]
        if self.points is not None:
            said.append(
                _("%(points)s procentenheter på en månad") % {"points": signed(self.points)}
            )
        return [
            *said,
            ngettext("%(n)s flagga i år", "%(n)s flaggor i år", flags) % {"n": flags},
        ]

    @property
    def refused(self) -> Flag | None:
        """The latest flag that was answered with no case."""
        return self.earlier.refused

    @property
    def refused_month(self) -> str:
        """The month of that flag."""
        return "" if self.refused is None else month_text(month_of(self.refused).first_day)

    @property
    def case_url(self) -> str:
        """The case that the flag was answered with."""
        return "" if self.flag.case is None else case_url(self.flag.case)

    @property
    def open_case_url(self) -> str:
        """The pupil's open case."""
        return "" if self.case is None else case_url(self.case)

    @property
    def when(self) -> str:
        """How many school days late, or left."""
        if self.flag.due_on is None:
            return _("Skolans kalender slutar för tidigt för ett sista datum.")
        if self.is_late:
            return late_words(self.days)
        return left_words(self.days)

    @property
    def verb(self) -> str:
        """What accepting does."""
        return _("Lägg till i ärendet") if self.case else _("Öppna ärende")

    @property
    def sums(self) -> list[Line]:
        """The figures that the flag was made by."""
        told = self.flag.figures
        words: tuple[tuple[str, str, Literal["", "part-of", "total"]], ...] = (
            ("scheduled_minutes", _("Schemalagd tid"), ""),
            ("acknowledged_minutes", _("Kvitterad tid"), ""),
            ("valid_minutes", _("Giltig frånvaro"), "part-of"),
            ("invalid_minutes", _("Ogiltig frånvaro"), "part-of"),
            ("leave_minutes", _("Beviljad ledighet"), "part-of"),
            ("absent_minutes", _("Frånvaro"), "total"),
        )
        return [
            Line(said, minutes(told[name]), kind)
            for name, said, kind in words
            if isinstance(told.get(name), int)
        ]

    @property
    def subject(self) -> str:
        """What the log calls the pupil."""
        return f"pupil:{self.flag.pupil.public_id}"


def rows_of(flags: Flags, viewer: Viewer) -> list[FlagRow]:
    """Flags with what came before them, and the pupil's open case."""
    found = list(flags.select_related("pupil", "school", "owner", "answered_by", "case"))
    before = earlier_of(found)
    pupils = [one.pupil_id for one in found]
    cases = {one.pupil_id: one for one in Case.objects.still_open().filter(pupil__in=pupils)}
    schools = {one.school_id: one.school for one in found}
    calendars = {key: calendar_of(one, viewer.now) for key, one in schools.items()}
    return [
        _row(
            one,
            viewer.today,
            calendars[one.school_id],
            earlier=before[one.pk],
            case=cases.get(one.pupil_id),
        )
        for one in found
    ]


def row_of(
    flag: Flag, viewer: Viewer, *, earlier: Earlier = NONE, case: Case | None = None
) -> FlagRow:
    """A flag with its days: late, or left."""
    calendar = calendar_of(flag.school, viewer.now)
    return _row(flag, viewer.today, calendar, earlier=earlier, case=case)


def _row(
    flag: Flag, today: date, calendar: Calendar, *, earlier: Earlier, case: Case | None
) -> FlagRow:
    if flag.due_on is None:
        return FlagRow(flag, today, earlier, case)
    if flag.due_on < today:
        late = school_days_late(flag.due_on, today, calendar)
        return FlagRow(flag, today, earlier, case, late, is_late=True)
    left = school_days_left(flag.due_on, today, calendar)
    return FlagRow(flag, today, earlier, case, left)


def late_words(days: int) -> str:
    """`3 skoldagar sen`."""
    return ngettext("%(n)s skoldag sen", "%(n)s skoldagar sen", days) % {"n": days}


def left_words(days: int) -> str:
    """`4 skoldagar kvar`, `Sista dagen`."""
    if days == 0:
        return _("Sista dagen")
    return ngettext("%(n)s skoldag kvar", "%(n)s skoldagar kvar", days) % {"n": days}


def case_url(case: Case) -> str:
    """The page of a case; the pupil's while there is none."""
    try:
        return reverse("case", args=[case.public_id])
    except NoReverseMatch:
        return reverse("pupil", args=[case.pupil.public_id])
