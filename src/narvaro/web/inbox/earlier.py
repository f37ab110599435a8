"""What a pupil's earlier flags say beside a new one: how long, how much more, what was answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from narvaro.shares import Share
from narvaro.timetable import Month, SchoolYear
from narvaro.web.inbox.models import Answer, Flag


@dataclass(frozen=True)
class Earlier:
    """A pupil's flags by the same rule, of months before, by month; the latest refusal."""

    by_month: Mapping[Month, Flag]
    refused: Flag | None = None

    def since(self, month: Month) -> date:
        """The day from which the pupil has been above the limit without a break this year.

        That is the day after the first month end of an unbroken row; a school year begins anew.
        """
        first = month
        while first.plus(-1) in self.by_month and _same_year(first.plus(-1), month):
            first = first.plus(-1)
        return first.plus(1).first_day

    def before(self, month: Month) -> Flag | None:
        """The flag of the month end before, if there was one."""
        return self.by_month.get(month.plus(-1))


NONE = Earlier({})


def month_of(flag: Flag) -> Month:
    """The month whose end a flag is of."""
    return Month.of(*map(int, flag.month.split("-")))


def year_of(flag: Flag) -> SchoolYear:
    """The school year a flag counts in: that of its month, though June's comes in July."""
    return SchoolYear.holding(month_of(flag).last_day)


def share_in(flag: Flag) -> Share | None:
    """The share of absence that a flag was made by; None when its run told none."""
    told = flag.figures.get("share")
    return None if not told else (told["numerator"], told["denominator"])


def earlier_of(flags: Sequence[Flag]) -> Mapping[int, Earlier]:
    """Flag → what came before it, in one question for all of them."""
    pupils = {one.pupil_id for one in flags}
    kept = Flag.objects.filter(pupil__in=pupils, withdrawn_at__isnull=True)
    mine: dict[int, list[Flag]] = defaultdict(list)
    for one in kept.select_related("answered_by"):
        mine[one.pupil_id].append(one)
    return {one.pk: _earlier(one, mine[one.pupil_id]) for one in flags}


def points_more(flag: Flag, before: Flag | None) -> Fraction | None:
    """The change since the month end before in percentage points; None without a flag there."""
    now, then = share_in(flag), None if before is None else share_in(before)
    return None if now is None or then is None else (Fraction(*now) - Fraction(*then)) * 100


def _earlier(flag: Flag, of_pupil: Iterable[Flag]) -> Earlier:
    before = [one for one in of_pupil if one.month < flag.month]
    same = {month_of(one): one for one in before if _is_same_rule(one, flag)}
    refused = [one for one in before if one.answer == Answer.NO_CASE]
    return Earlier(same, max(refused, key=lambda one: one.month, default=None))


def _is_same_rule(one: Flag, other: Flag) -> bool:
    return (one.programme, one.rule) == (other.programme, other.rule)


def _same_year(one: Month, other: Month) -> bool:
    return SchoolYear.holding(one.last_day) == SchoolYear.holding(other.last_day)
