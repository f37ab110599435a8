"""Charts as SVG of our own, drawn in classes: a style sheet decides light, dark or print."""

from narvaro.reporting.charts.axis import limit_axis
from narvaro.reporting.charts.bands import band_bar
from narvaro.reporting.charts.calendar import year_calendar
from narvaro.reporting.charts.canvas import patterns
from narvaro.reporting.charts.coverage import coverage_bar
from narvaro.reporting.charts.rolling import rolling_line
from narvaro.reporting.charts.trend import trend_line

__all__ = [
    "band_bar",
    "coverage_bar",
    "limit_axis",
    "patterns",
    "rolling_line",
    "trend_line",
    "year_calendar",
]
