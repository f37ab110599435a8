"""Absence over windows; one folder per measure."""

from narvaro.measurement.absence import (
    AbsenceRow,
    By,
    Question,
    Share,
    answer,
    measure,
    share_record,
)
from narvaro.measurement.groups import GroupRow, groups
from narvaro.measurement.spells import SpellRow, spells

__all__ = [
    "AbsenceRow",
    "By",
    "GroupRow",
    "Question",
    "Share",
    "SpellRow",
    "answer",
    "groups",
    "measure",
    "share_record",
    "spells",
]
