"""Months with lessons, and the minutes in them."""

from narvaro.measurement.months.minutes import MonthMinutes, minutes_by_month
from narvaro.measurement.months.months import months_with_lessons

__all__ = ["MonthMinutes", "minutes_by_month", "months_with_lessons"]
