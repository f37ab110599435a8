"""Absence over windows; one folder per measure."""

from narvaro.measurement.absence import (
    AbsenceRow,
    By,
    PeriodSum,
    Question,
    Share,
    answer,
    measure,
    share_record,
    sums_of,
)
from narvaro.measurement.groups import GroupRow, groups
from narvaro.measurement.spells import SpellRow, spells

__all__ = [
    "AbsenceRow",
    "By",
    "GroupRow",
    "PeriodSum",
    "Question",
    "Share",
    "SpellRow",
    "answer",
    "groups",
    "measure",
    "share_record",
    "spells",
    "sums_of",
]
