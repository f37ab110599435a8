"""Months with lessons."""

from narvaro.measurement.months.months import months_with_lessons

__all__ = ["months_with_lessons"]
