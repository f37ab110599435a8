"""At which month ends of the school year the pupil was flagged: by a run, or as known now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from narvaro.programmes import Rule
from narvaro.shares import Share
from narvaro.timetable import Month, SchoolYear
from narvaro.web.figures.facts.judging import Judging
from narvaro.web.figures.pupil_panels.fetching import Held, PupilFacts, standing_at
from narvaro.web.ui.written import language


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag at a month's end. `run` is the version of the run that said it, 0 for none."""

    month: Month
    rule: Rule
    share: Share | None
    certainty: str | None
    reason: str
    run: int = 0
    run_known_at: datetime | None = None
    is_withdrawn: bool = False


def flag_rows(pupil: PupilFacts) -> Sequence[FlagRow]:
    """Every flag of the school year, the newest first.

    What a run said stands, and is marked where what is known now says otherwise; a month end
    without a run says what is known now.
    """
    found = [row for held in pupil.held for row in _of_rule(pupil, held)]
    return sorted(found, key=lambda row: (row.month, row.rule.id), reverse=True)


def flagged_months(pupil: PupilFacts, held: Held) -> Iterable[tuple[Month, FlagRow]]:
    """The month ends at which the pupil was flagged by a rule, the oldest first."""
    return [(row.month, row) for row in _of_rule(pupil, held) if not row.is_withdrawn]


def _of_rule(pupil: PupilFacts, held: Held) -> Iterable[FlagRow]:
    runs = {
        one.month: one
        for one in pupil.flags_of_runs
        if one.programme == held.programme.id and one.rule == held.rule.id
    }
    for month in _months(pupil):
        if not held.rule.is_checked_at(month.last_day):
            continue
        now = _as_known(pupil, held, month)
        run = runs.get(month)
        if run is not None and run.outcome == "flagged":
            reason = run.reason_en if language() == "en" else run.reason_sv
            is_withdrawn = now is None
            yield FlagRow(
                month,
                held.rule,
                run.share,
                run.certainty,
                reason,
                run.version,
                run.known_at,
                is_withdrawn,
            )
        elif now is not None:
            yield now


def _months(pupil: PupilFacts) -> Iterable[Month]:
    first = Month.holding(SchoolYear.holding(pupil.facts.month.last_day).period.from_on)
    every = (Month(number) for number in range(first.number, pupil.facts.month.number + 1))
    return [month for month in every if month in pupil.facts.months]


def _as_known(pupil: PupilFacts, held: Held, month: Month) -> FlagRow | None:
    """The flag of a month end by what is known now, or None."""
    facts = pupil.facts.at(month)
    judging = Judging(facts.opened, held.programme, held.rule, facts.known_at)
    if pupil.key not in judging.flagged(month):
        return None
    one = standing_at(judging, facts, pupil.key, pupil.stays)
    if one is None:
        return None
    reason = one.reason(held.rule, month, language())
    return FlagRow(month, held.rule, one.share, one.judgement.certainty, reason)
