"""Shared parts of pages; loaded in every template. `/stil/` in the demo shows each in its states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from narvaro.shares import Share
from narvaro.web.ui.bars import NARROW_LEAST, WIDE_LEAST, Band, covered, per_cent, pieces
from narvaro.web.ui.registry import QueueGroup, QueueRow

register = template.Library()

GROUPS = {
    QueueGroup.LATE: gettext_noop("Försenat"),
    QueueGroup.NEW: gettext_noop("Nytt sedan i går"),
    QueueGroup.THIS_WEEK: gettext_noop("Den här veckan"),
    QueueGroup.WAITING: gettext_noop("Väntar på andra"),
}


@register.inclusion_tag("ui/parts/cover.html")
def cover(pair: Share | None, goal: int = 95) -> dict[str, Any]:
    """The bar alone, 0–100: filled = acknowledged, hatched = missing, a mark at the goal. Say the value beside it."""
    filled, missing = covered(pair) if pair else ("0%", "100%")
    return {"filled": filled, "missing": missing, "goal": per_cent(goal, 100)}


@register.inclusion_tag("ui/parts/coverage.html")
def coverage(label: str, pair: Share | None, goal: int = 95) -> dict[str, Any]:
    """A coverage bar with its label and value: `{% coverage "Kvitterad tid" page.minutes %}`."""
    return {"label": label, "pair": pair, "goal": goal}


@register.inclusion_tag("ui/parts/band_bar.html")
def band_bar(bands: Sequence[Band]) -> dict[str, Any]:
    """Four bands and those who cannot be told: five `ui.bars.Band` in that order."""
    return {
        "wide": pieces(bands, WIDE_LEAST),
        "narrow": pieces(bands, NARROW_LEAST),
        "total": sum(one.count for one in bands),
    }


@register.inclusion_tag("ui/parts/queue_row.html")
def queue_row(row: QueueRow, is_first: bool = False) -> dict[str, Any]:
    """One thing to do (`ui.registry.QueueRow`); only the first of the page has a filled button."""
    return {"row": row, "is_first": is_first}


@register.simple_tag
def group_name(group: QueueGroup) -> str:
    """A queue group in words."""
    return _(GROUPS[group])


@register.simple_tag
def tag(words: str, kind: str = "") -> SafeString:
    """A small label. `kind`: sure, done, late, new, likely, unknown, or none (plain)."""
    return format_html('<span class="ds-tag" data-kind="{}">{}</span>', kind, words)


@register.simple_tag
def certainty(outcome: Any) -> SafeString:
    """How sure an outcome is. `outcome`: certain, likely or cannot_tell (a str or an enum of them)."""
    name = str(getattr(outcome, "value", outcome))
    words, kind = {
        "certain": (_("Säker"), "sure"),
        "likely": (_("Trolig"), "likely"),
        "cannot_tell": (_("Kan inte bedömas"), "unknown"),
    }[name]
    return tag(words, kind)


@register.inclusion_tag("ui/parts/flag_dots.html")
def flag_dots(count: int, of: int = 3) -> dict[str, Any]:
    """Flags this school year: filled dots of three, with words for screen readers."""
    words = ngettext("%(count)s flagga i år", "%(count)s flaggor i år", count) % {"count": count}
    return {"dots": [number < count for number in range(max(of, count))], "words": words}


@register.inclusion_tag("ui/parts/meter.html")
def meter(part: int, whole: int) -> dict[str, Any]:
    """A plain bar of how much of a whole; say the numbers beside it."""
    return {"filled": per_cent(part, whole)}
