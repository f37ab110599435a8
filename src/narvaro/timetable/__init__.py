"""School years, terms, school days, windows and deadlines: pure dates, no input or output."""

from narvaro.timetable.calendars import (
    Calendar,
    CalendarRow,
    Calendars,
    KnownSchoolDays,
    SchoolDays,
)
from narvaro.timetable.deadlines import Occasion, every_days, school_days_after
from narvaro.timetable.moments import (
    ZONE,
    At,
    end_of_day,
    local_day,
    parse_at,
    parse_known_at,
)
from narvaro.timetable.periods import Month, Period, Week
from narvaro.timetable.school_years import (
    GRADES,
    SchoolYear,
    age_on,
    born_when_aged,
    grades_in_year_of_schooling,
    half_year,
    parse_school_year,
    year_of_schooling,
)
from narvaro.timetable.windows import Window, parse_window
from narvaro.timetable.words import (
    Language,
    day_in_words,
    month_name,
    period_in_words,
    window_in_words,
)

__all__ = [
    "GRADES",
    "ZONE",
    "At",
    "Calendar",
    "CalendarRow",
    "Calendars",
    "KnownSchoolDays",
    "Language",
    "Month",
    "Occasion",
    "Period",
    "SchoolDays",
    "SchoolYear",
    "Week",
    "Window",
    "age_on",
    "born_when_aged",
    "day_in_words",
    "end_of_day",
    "every_days",
    "grades_in_year_of_schooling",
    "half_year",
    "local_day",
    "month_name",
    "parse_at",
    "parse_known_at",
    "parse_school_year",
    "parse_window",
    "period_in_words",
    "school_days_after",
    "window_in_words",
    "year_of_schooling",
]
