"""How the pupils of a place are spread, how many are on the list, and what changed since last month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.measurement.groups.bands import LIMITS, bands_of
from narvaro.programmes import Rule
from narvaro.shares import Share
from narvaro.timetable import Month, month_name
from narvaro.web.figures.facts import Tally
from narvaro.web.figures.protecting import SMALL, shown_counts
from narvaro.web.figures.words import limit_in_words
from narvaro.web.ui.written import language


@dataclass(frozen=True, slots=True)
class BandPart:
    """A part of the band bar; `count` is None where so few pupils are not told of here."""

    words: str
    count: int | None
    change: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The middle of a page. `came` and `left` are None where they are too few to be told."""

    bands: tuple[BandPart, ...]
    on_list: int | None
    limit: str
    share: Share | None
    assessed: int
    share_before: Share | None
    month: str
    month_before: str
    certain: int
    likely: int
    came: int | None
    left: int | None

    @property
    def has_bar(self) -> bool:
        """Every count may be told, so that a bar can be drawn."""
        return all(one.count is not None for one in self.bands)


@dataclass(frozen=True, slots=True)
class Compared:
    """A place now, last month as it was told, who came and who left; `is_open`: nothing is small."""

    now: Tally
    before: Tally
    came: int
    left: int
    is_open: bool


def summary_of(rule: Rule, month: Month, compared: Compared) -> Summary:
    """The counts of a place, protected where its viewer may not see its pupils."""
    now, before, is_open = compared.now, compared.before, compared.is_open
    counts: Sequence[int | None] = now.bands if is_open else shown_counts(now.bands)
    small_move = not is_open and any(0 < one < SMALL for one in (compared.came, compared.left))
    return Summary(
        bands=_bands(counts, now, before if before.pupils else None),
        on_list=now.flagged if is_open or not 0 < now.flagged < SMALL else None,
        limit=limit_in_words(rule),
        share=_told(rule, now, is_open=is_open),
        assessed=now.assessed,
        share_before=_told(rule, before, is_open=is_open),
        month=month_name(month.first_day.month, language()),
        month_before=month_name(month.plus(-1).first_day.month, language()),
        certain=now.certain,
        likely=now.likely,
        came=None if small_move else compared.came,
        left=None if small_move else compared.left,
    )


def _told(rule: Rule, tally: Tally, *, is_open: bool) -> Share | None:
    return None if 0 < tally.flagged < SMALL and not is_open else tally.fair_share(rule)


def _bands(counts: Sequence[int | None], now: Tally, before: Tally | None) -> tuple[BandPart, ...]:
    words = [one.in_words(language()) for one in bands_of(LIMITS)]
    names = [*(word[0].upper() + word[1:] for word in words), _("Kan inte bedömas")]
    return tuple(
        BandPart(
            name,
            count,
            "" if before is None or count is None else change_text(now.bands[n] - before.bands[n]),
        )
        for n, (name, count) in enumerate(zip(names, counts, strict=True))
    )


def change_text(change: int) -> str:
    """`4 fler`, `9 färre`, `lika många`."""
    if not change:
        return _("lika många")
    words = {"n": abs(change)}
    if change > 0:
        return ngettext("%(n)s fler", "%(n)s fler", change) % words
    return ngettext("%(n)s färre", "%(n)s färre", -change) % words
