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

__all__ = ["AbsenceRow", "By", "Question", "Share", "answer", "measure", "share_record"]
