"""Tags and filters of the frame; loaded in every template."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from narvaro.shares import Share
from narvaro.web.ui import written
from narvaro.web.ui.icons import svg
from narvaro.web.ui.registry import Freshness, MenuItem, Panel, freshness_of, menu_of

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[MenuItem]:
    """The viewer's main menu."""
    viewer = context.get("viewer")
    return [] if viewer is None else menu_of(viewer)


@register.simple_tag(takes_context=True)
def freshness(context: template.Context) -> Freshness | None:
    """The freshness strip of the page's `scope`."""
    viewer = context.get("viewer")
    return None if viewer is None else freshness_of(viewer, context.get("scope"))


@register.simple_tag(takes_context=True)
def own_roles(context: template.Context) -> Iterable[Any]:
    """The viewer's own assignments of the day, to choose which to act in."""
    viewer = context.get("viewer")
    if viewer is None:
        return []
    mine = viewer.account.assignments.in_force(viewer.today)
    return list(mine.select_related("unit").order_by("pk"))


@register.simple_tag(takes_context=True)
def show_panel(context: template.RequestContext, panel: Panel) -> SafeString:
    """The inside of a panel that an app offers, with what it shows."""
    body = context.template.engine.get_template(panel.template)  # type: ignore[union-attr]
    with context.push(**panel.context):
        return body.render(context)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small line drawing beside words; hidden from screen readers. Names: `ui/icons.py`."""
    return svg(name)


@register.simple_tag(takes_context=True)
def dated(context: template.Context, when: date | None) -> SafeString:
    """`18 dec`, in a table; with the year when it is another school year than the viewer's day."""
    if when is None:
        return mark_safe("")
    viewer = context.get("viewer")
    said = written.dated(when, when if viewer is None else viewer.today)
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), said)


@register.filter
def day(when: date | None) -> str:
    """`tis 15 dec`."""
    return written.day(when) if when else ""


@register.filter
def long_day(when: date | None) -> str:
    """`tisdag 15 december`."""
    return written.long_day(when) if when else ""


@register.filter
def month(when: date | None) -> str:
    """`november 2026`."""
    return written.month(when) if when else ""


@register.filter
def day_of_year(when: date | None) -> str:
    """`tis 15 dec 2026`."""
    return written.day_of_year(when) if when else ""


@register.filter
def moment_of_year(when: datetime | None) -> str:
    """`tis 15 dec 2026 kl. 14.10`."""
    return written.moment_of_year(when) if when else ""


@register.filter
def moment(when: datetime | None) -> str:
    """`tis 15 dec kl. 14.10`."""
    return written.moment(when) if when else ""


@register.filter
def share(pair: Share | None, limit: Any = None) -> str:
    """A share pair as per cent: `93,1 %`; with a limit never on the wrong side of it; `–` if none."""
    return written.share(pair, limit)


@register.filter
def whole(number: int | None) -> str:
    """`17 700`; `–` when there is no number."""
    return "–" if number is None else written.whole(number)


@register.filter
def minutes(number: int | None) -> str:
    """`17 700 min`; `–` when there is no number."""
    return "–" if number is None else written.minutes(number)


@register.filter
def exact(value: Decimal | None) -> str:
    """`93,9`: as many decimals as there are; `–` when there is no value."""
    return "–" if value is None else written.exact(value)


@register.filter
def signed(number: Any, digits: int = 1) -> str:
    """`+3,1`, `−2,6`; `–` when there is no number."""
    return "–" if number is None else written.signed(number, digits)


@register.filter
def same_as(one: Any, other: Any) -> bool:
    """Whether two values are one and the same thing."""
    return one is other
