"""How the pupils of a place are spread, how many are on the list, and what changed since last month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.measurement.groups.bands import LIMITS, bands_of
from narvaro.programmes import Rule
from narvaro.shares import Share
from narvaro.timetable import Month, month_name
from narvaro.web.figures.facts import Tally
from narvaro.web.figures.joint import ShownAt
from narvaro.web.figures.joint.names import BANDS, CERTAIN, LIKELY, LISTED, UNTOLD
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
    assessed: int | None
    share_before: Share | None
    month: str
    month_before: str
    certain: int | None
    likely: int | None
    came: int | None
    left: int | None

    @property
    def has_bar(self) -> bool:
        """Every count may be told, so that a bar can be drawn."""
        return all(one.count is not None for one in self.bands)


@dataclass(frozen=True, slots=True)
class Compared:
    """A place now, last month as it was told, who came and who left, and what may be shown of it."""

    now: Tally
    before: Tally
    came: int
    left: int
    shown: ShownAt


def summary_of(rule: Rule, month: Month, compared: Compared) -> Summary:
    """The counts of a place, without those that no page shows."""
    now, before, shown = compared.now, compared.before, compared.shown
    is_sure = not any(map(shown.hides, (CERTAIN, LIKELY)))
    return Summary(
        bands=_bands(compared),
        on_list=None if shown.hides(LISTED) else now.flagged,
        limit=limit_in_words(rule),
        share=None if _hides_share(shown.hides) else now.fair_share(rule),
        assessed=None if shown.hides(UNTOLD) else now.assessed,
        share_before=None if _hides_share(shown.hides_told) else before.fair_share(rule),
        month=month_name(month.first_day.month, language()),
        month_before=month_name(month.plus(-1).first_day.month, language()),
        certain=now.certain if is_sure else None,
        likely=now.likely if is_sure else None,
        came=None if shown.hides_moves else compared.came,
        left=None if shown.hides_moves else compared.left,
    )


def _hides_share(hides: Callable[[str], bool]) -> bool:
    """A share of few, or of a number that can be worked out of it, is not shown."""
    return hides(LISTED) or hides(UNTOLD)


def _bands(compared: Compared) -> tuple[BandPart, ...]:
    words = [one.in_words(language()) for one in bands_of(LIMITS)]
    names = [*(word[0].upper() + word[1:] for word in words), _("Kan inte bedömas")]
    return tuple(_band(compared, number, name) for number, name in enumerate(names))


def _band(compared: Compared, number: int, name: str) -> BandPart:
    count, shown = compared.now.bands[number], compared.shown
    if shown.hides(BANDS[number]):
        return BandPart(name, None, "")
    if not compared.before.pupils or shown.hides_told(BANDS[number]):
        return BandPart(name, count, "")
    return BandPart(name, count, change_text(count - compared.before.bands[number]))


def change_text(change: int) -> str:
    """`4 fler`, `9 färre`, `lika många`."""
    if not change:
        return _("lika många")
    words = {"n": abs(change)}
    if change > 0:
        return ngettext("%(n)s fler", "%(n)s fler", change) % words
    return ngettext("%(n)s färre", "%(n)s färre", -change) % words
