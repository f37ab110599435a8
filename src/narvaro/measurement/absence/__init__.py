"""Minutes and shares of absence over a window."""

from narvaro.measurement.absence.measure import By, Question, answer, measure
from narvaro.measurement.absence.row import AbsenceRow, Share, share_record
from narvaro.measurement.absence.summaries import speaking_summaries
from narvaro.measurement.absence.sums_of_pupil import PeriodSum, sums_of

__all__ = [
    "AbsenceRow",
    "By",
    "PeriodSum",
    "Question",
    "Share",
    "answer",
    "measure",
    "share_record",
    "speaking_summaries",
    "sums_of",
]
