"""Page charts: frozen values, drawn by the templates in `templates/ui/charts`.

Every value says its result in `title`; each module's docstring tells how it is made and drawn.
"""

from narvaro.web.ui.charts.axis import LimitAxis
from narvaro.web.ui.charts.calendar import YearCalendar
from narvaro.web.ui.charts.calendar_days import CalendarDay, CalendarSum, DayKind
from narvaro.web.ui.charts.days_axis import Pause
from narvaro.web.ui.charts.heat import BREAK, NO_TIMETABLE, HeatColumn, HeatRow, HeatTable, Mark
from narvaro.web.ui.charts.in_time import InTimeChart, InTimeMonth
from narvaro.web.ui.charts.pattern import PatternGrid, PatternRow
from narvaro.web.ui.charts.rolling import RollingChart
from narvaro.web.ui.charts.rolling_marks import DoneMark, FlagMark, RollingPoint
from narvaro.web.ui.charts.spark import SparkLine
from narvaro.web.ui.charts.trend import TrendChart
from narvaro.web.ui.charts.trend_points import TrendPoint
from narvaro.web.ui.charts.years import YearLine, YearPoint, YearsChart

__all__ = [
    "BREAK",
    "NO_TIMETABLE",
    "CalendarDay",
    "CalendarSum",
    "DayKind",
    "DoneMark",
    "FlagMark",
    "HeatColumn",
    "HeatRow",
    "HeatTable",
    "InTimeChart",
    "InTimeMonth",
    "LimitAxis",
    "Mark",
    "PatternGrid",
    "PatternRow",
    "Pause",
    "RollingChart",
    "RollingPoint",
    "SparkLine",
    "TrendChart",
    "TrendPoint",
    "YearCalendar",
    "YearLine",
    "YearPoint",
    "YearsChart",
]
