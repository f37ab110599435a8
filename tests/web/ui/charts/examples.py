"""One of each chart, with its awkward parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from narvaro.timetable import Period
from narvaro.web.ui.charts import (
    CalendarDay,
    DayKind,
    DoneMark,
    FlagMark,
    LimitAxis,
    Pause,
    RollingChart,
    RollingPoint,
    TrendChart,
    TrendPoint,
    YearCalendar,
    YearLine,
    YearPoint,
    YearsChart,
)
from narvaro.web.ui.charts.chart import Chart

TREND = TrendChart(
    "14,0 % i november",
    [
        TrendPoint(date(2026, 5, 1), (112, 1000), (949, 1000)),
        TrendPoint(date(2026, 6, 1), (90, 1000), (95, 100)),
        TrendPoint(date(2026, 7, 1), None, None, "sommarlov"),
        TrendPoint(date(2026, 8, 1), None, None),
        TrendPoint(date(2026, 9, 1), None, (20, 100)),
        TrendPoint(date(2026, 10, 1), (127, 1000), (97, 100)),
        TrendPoint(date(2026, 11, 1), (140, 1000), (93, 100)),
    ],
    "Almskolan",
    other=[(1, 10), (1, 10), None, None, (1, 10), (1, 9), (118, 1000)],
    other_name="Kommunen",
)

AXIS = LimitAxis("17,5 %, över gränsen", (3030, 17310), (3030, 17700), (3420, 17700), Fraction(15))

BREAK = Period(date(2026, 10, 26), date(2026, 10, 30))
TODAY = date(2026, 11, 6)


def _day(on: date) -> CalendarDay:
    if on.weekday() == 2:
        return CalendarDay(
            on, DayKind.LESSONS, lessons=5, scheduled=300, acknowledged=200, valid=200
        )
    return CalendarDay(on, DayKind.LESSONS, lessons=5, scheduled=300, acknowledged=300)


DAYS = (
    CalendarDay(date(2026, 10, 19), DayKind.OUTSIDE),
    CalendarDay(date(2026, 10, 20), DayKind.OFF, "Studiedag"),
    _day(date(2026, 10, 21)),
    _day(date(2026, 10, 22)),
    CalendarDay(
        date(2026, 10, 23),
        DayKind.LESSONS,
        lessons=6,
        scheduled=300,
        acknowledged=300,
        valid=300,
        leave=300,
    ),
    *(CalendarDay(day, DayKind.OFF, "Höstlov") for day in BREAK.days()),
    CalendarDay(
        date(2026, 11, 2),
        DayKind.LESSONS,
        lessons=6,
        scheduled=300,
        acknowledged=300,
        valid=100,
        invalid=2,
        unclassified=30,
    ),
    CalendarDay(date(2026, 11, 3), DayKind.LESSONS, lessons=6, scheduled=300),
    CalendarDay(date(2026, 11, 4), DayKind.NO_LESSONS),
    _day(date(2026, 11, 5)),
    CalendarDay(date(2026, 11, 6), DayKind.AHEAD),
)
CALENDAR = YearCalendar("En hel dag borta och delar av två", DAYS, TODAY)

ROLLING = RollingChart(
    "Över gränsen sedan 20 oktober",
    [
        RollingPoint(date(2026, 10, 19), (2442, 16284), (2442, 16284), (2442, 16284)),
        RollingPoint(date(2026, 10, 20), (16, 100), (16, 100), (16, 100)),
        RollingPoint(date(2026, 11, 2), (17, 100), (165, 1000), (19, 100)),
        RollingPoint(date(2026, 11, 3), (175, 1000), (17, 100), (193, 1000)),
    ],
    Period(date(2026, 8, 18), TODAY),
    [Fraction(15)],
    flags=[FlagMark(date(2026, 10, 31), (16, 100))],
    done=[
        DoneMark(date(2026, 11, 2), 1, "Samtal"),
        DoneMark(date(2026, 11, 3), 2, "Möte"),
    ],
    pauses=[Pause(BREAK, "Höstlov")],
    too_few="färre än 20 skoldagar",
)

YEARS = YearsChart(
    "Högre än i fjol",
    [
        YearLine("2025/26", {8: YearPoint((5, 100), (1, 1)), 10: YearPoint((7, 100))}, (6, 100)),
        YearLine("2026/27", {8: YearPoint((15, 100), (90, 100)), 9: YearPoint(None)}, (15, 100)),
    ],
)

CHARTS: Sequence[Chart] = (TREND, AXIS, CALENDAR, ROLLING, YEARS)
