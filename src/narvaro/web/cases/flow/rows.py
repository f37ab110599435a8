"""Flags, cases and steps as frozen rows: keys, days and words, nothing that anybody wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a case, in the order they began. `until` is the day that was agreed on, if any."""

    key: str
    step: str
    began_on: date
    decided_on: date | None = None
    decision: str = ""
    until: date | None = None


class Placed(NamedTuple):
    """From a day a case lies at a school (its key)."""

    from_on: date
    school: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case. `routine` is the digest of the common version it follows; `placed` oldest first.

    `first_contact_on` is the first attempt to reach the home, `first_words_on` the first own words
    noted, `first_document_on` and `first_meeting_on` the first signed and the first held in a
    step, `notified_on` the day the school authority was notified, as recorded.
    """

    key: str
    pupil: str
    opened_on: date
    closed_on: date | None
    routine: str
    placed: tuple[Placed, ...]
    steps: tuple[StepRow, ...] = ()
    first_contact_on: date | None = None
    notified_on: date | None = None
    first_words_on: date | None = None
    first_document_on: date | None = None
    first_meeting_on: date | None = None

    @property
    def school(self) -> str:
        """Where it lies, or lay when it was closed."""
        return self.placed[-1].school


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag that stands, of a school in the programme. `is_waiting`: somebody has to answer it."""

    pupil: str
    school: str
    month_end: date
    answered_on: date | None = None
    is_waiting: bool = False
    is_late: bool = False


def place_on(placed: Sequence[Placed], day: date) -> str:
    """The school a case lay at on a day; the first one before that."""
    before = [one.school for one in placed if one.from_on <= day]
    return before[-1] if before else placed[0].school


def as_known_on(case: CaseRow, today: date) -> CaseRow | None:
    """The case without what is dated after a day; None when it was not opened by then."""
    if case.opened_on > today:
        return None
    return replace(
        case,
        closed_on=_until(case.closed_on, today),
        placed=tuple(one for one in case.placed if one.from_on <= today) or case.placed[:1],
        steps=tuple(_step(one, today) for one in case.steps if one.began_on <= today),
        first_contact_on=_until(case.first_contact_on, today),
        notified_on=_until(case.notified_on, today),
        first_words_on=_until(case.first_words_on, today),
        first_document_on=_until(case.first_document_on, today),
        first_meeting_on=_until(case.first_meeting_on, today),
    )


def _step(step: StepRow, today: date) -> StepRow:
    if step.decided_on is None or step.decided_on <= today:
        return step
    return replace(step, decided_on=None, decision="", until=None)


def _until(day: date | None, today: date) -> date | None:
    return day if day is not None and day <= today else None
