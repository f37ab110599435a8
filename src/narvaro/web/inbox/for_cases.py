"""The flags of a case's pupil, for the case's history: also those that were withdrawn."""

from __future__ import annotations

from collections.abc import Iterable

from narvaro.timetable import local_day
from narvaro.web.cases.models import Case
from narvaro.web.cases.registry import Flagged
from narvaro.web.inbox.earlier import year_of


def flags_for(case: Case) -> Iterable[Flagged]:
    """Every flag of the pupil that came in at the case's authority, but those of evaluations.

    A control school was told nothing: what is kept to compare with is no part of its history.
    """
    for one in case.pupil.flags.all():
        if one.authority_id == case.authority_id and not one.is_for_evaluation_only:
            gone = None if one.withdrawn_at is None else local_day(one.withdrawn_at)
            yield Flagged(one.taken_on, year_of(one), one.flags_this_year, gone is not None, gone)
