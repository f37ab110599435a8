"""Shared parts of pages; loaded in every template. `/stil/` in the demo shows each in its states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from narvaro.shares import Share
from narvaro.web.ui.bars import NARROW_LEAST, WIDE_LEAST, Band, covered, per_cent, pieces
from narvaro.web.ui.lists import Event, Fact, Line, Step
from narvaro.web.ui.registry import QueueGroup, QueueRow

register = template.Library()

GROUPS = {
    QueueGroup.LATE: gettext_noop("Försenat"),
    QueueGroup.NEW: gettext_noop("Nytt sedan i går"),
    QueueGroup.THIS_WEEK: gettext_noop("Den här veckan"),
    QueueGroup.LATER: gettext_noop("Senare"),
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


@register.inclusion_tag("ui/parts/progress.html")
def progress(done: int, total: int, words: str) -> dict[str, Any]:
    """How far something has come, with the count in words: "8 av 12 skolor"."""
    return {"filled": per_cent(done, total), "done": done, "total": total, "words": words}


@register.inclusion_tag("ui/parts/skeleton.html")
def skeleton(words: str) -> dict[str, Any]:
    """A part of a page that is being fetched; the words say what."""
    return {"words": words}


@register.inclusion_tag("ui/parts/cannot_tell.html")
def cannot_tell(low: Share, high: Share, pair: Share, **more: Any) -> dict[str, Any]:
    """A figure that cannot stand: between what and what, what is acknowledged. `more`: floor (80), url."""
    return {"low": low, "high": high, "pair": pair, "floor": 80, "url": ""} | more


@register.inclusion_tag("ui/parts/sums.html")
def sums(lines: Sequence[Line]) -> dict[str, Any]:
    """A sum with its lines (`ui.lists.Line`): scheduled, not acknowledged, … absent."""
    return {"lines": lines}


@register.inclusion_tag("ui/parts/steps.html")
def steps(items: Sequence[Step], short: bool = False) -> dict[str, Any]:
    """A stepper (`ui.lists.Step`): done, now, to come; `short`: titles in one line."""
    return {"items": items, "short": short}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(events: Sequence[Event]) -> dict[str, Any]:
    """What happened, the latest first (`ui.lists.Event`)."""
    return {"events": events}


@register.inclusion_tag("ui/parts/facts.html")
def facts(items: Sequence[Fact]) -> dict[str, Any]:
    """Words and what they are (`ui.lists.Fact`), with hairlines."""
    return {"items": items}


@register.inclusion_tag("ui/parts/protected_note.html")
def protected_note(when: str, author: str, readers: str) -> dict[str, Any]:
    """A note one may not read: when, by which role, who can; bars of a fixed pattern, not its length."""
    return {"when": when, "author": author, "readers": readers}


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: BaseForm, title: str = "") -> dict[str, Any]:
    """What remains before a form can be taken: links to the fields. Stands first in the form."""
    wrong = [field for field in form if field.errors]
    said = ngettext("En sak återstår", "%(count)s saker återstår", form_error_count(form))
    return {
        "form": form,
        "wrong": wrong,
        "title": title or said % {"count": form_error_count(form)},
    }


def form_error_count(form: BaseForm) -> int:
    """How many things are to be mended."""
    return sum(len(one) for one in form.errors.values())
