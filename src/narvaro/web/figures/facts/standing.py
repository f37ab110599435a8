"""One pupil held against one rule at one month end, as it is kept and as it is handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from narvaro.flags.flag import Judged
from narvaro.flags.outcome import Judgement
from narvaro.flags.reasons import reason
from narvaro.flags.scope import Place
from narvaro.measurement import AbsenceRow
from narvaro.measurement.absence.row import SUMMED
from narvaro.measurement.groups.bands import LIMITS, band_of
from narvaro.programmes import Rule
from narvaro.shares import Share
from narvaro.timetable import Language, Month

CANNOT_TELL = 4
"""The fifth part of a band bar; the four before it are the bands, lowest first."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The minutes are the core's own integers; nothing here is rounded."""

    absence: AbsenceRow
    place: Place
    judgement: Judgement
    incomplete: tuple[int, ...]
    sex: str

    @property
    def pupil(self) -> str:
        """The pupil's key."""
        return self.absence.pupil

    @property
    def is_flagged(self) -> bool:
        """The rule is met, certainly or likely."""
        return self.judgement.outcome == "flagged"

    @property
    def is_assessed(self) -> bool:
        """Something can be told."""
        return self.judgement.outcome != "cannot_tell"

    @property
    def may_be_flagged(self) -> bool:
        """The rule is met, or would be if lessons not acknowledged held absence."""
        judged = self.judgement
        if self.is_flagged:
            return True
        if not self.absence.lessons or judged.why in ("no_lessons_this_month", "too_few_minutes"):
            return False
        return judged.certainty != "certain"

    @property
    def share(self) -> Share | None:
        """Absent of acknowledged minutes."""
        return self.absence.share

    def band(self, rule: Rule) -> int:
        """Which part of the band bar the pupil stands in, `CANNOT_TELL` among them."""
        if not self.is_assessed:
            return CANNOT_TELL
        found = band_of(self.absence, LIMITS, rule.coverage_floor)
        return CANNOT_TELL if found is None else found

    @property
    def exact(self) -> Fraction:
        """The share as a number to sort by; nothing acknowledged sorts last."""
        share = self.share
        return Fraction(-1) if share is None else Fraction(*share)

    def reason(self, rule: Rule, month: Month, language: Language) -> str:
        """Why the outcome is what it is, in the core's own words."""
        return reason(
            language,
            rule=rule,
            row=self.absence,
            judgement=self.judgement,
            incomplete=tuple(Month(number) for number in self.incomplete),
            month=month,
        )


def plain_of(one: Judged, sex: str) -> list[Any]:
    """A standing as JSON holds it; the order is that of `standing_of`."""
    row, place, judged = one.absence, one.place, one.judgement
    return [
        row.pupil,
        row.number,
        row.from_on.isoformat(),
        row.to_on.isoformat(),
        *(getattr(row, name) for name in SUMMED),
        row.from_summaries,
        row.is_rounded,
        row.straddled,
        place.school,
        place.class_,
        place.grade,
        place.arm,
        judged.outcome,
        judged.certainty,
        judged.why,
        [month.number for month in one.incomplete],
        sex,
    ]


def standing_of(plain: Sequence[Any]) -> Standing:
    """A standing from what `plain_of` kept."""
    pupil, number, from_on, to_on = plain[:4]
    last = 4 + len(SUMMED)
    from_summaries, is_rounded, straddled = plain[last : last + 3]
    school, class_, grade, arm, outcome, certainty, why, incomplete, sex = plain[last + 3 :]
    row = AbsenceRow(
        pupil,
        None,
        date.fromisoformat(from_on),
        date.fromisoformat(to_on),
        **dict(zip(SUMMED, plain[4:last], strict=True)),
        from_summaries=from_summaries,
        is_rounded=is_rounded,
        straddled=straddled,
        number=number,
    )
    place = Place(school, class_, grade, arm)
    return Standing(row, place, Judgement(outcome, certainty, why), tuple(incomplete), sex)
