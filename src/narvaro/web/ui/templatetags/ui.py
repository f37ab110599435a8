"""Tags of the design system."""

from __future__ import annotations

from typing import Any

from django import template

from narvaro.web.ui.registry import freshness_of, menu_of

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: template.Context) -> list[Any]:
    """The viewer's main menu."""
    viewer = context.get("viewer")
    return [] if viewer is None else menu_of(viewer)


@register.simple_tag(takes_context=True)
def freshness(context: template.Context) -> Any:
    """The freshness strip of the page's `scope`."""
    viewer = context.get("viewer")
    return None if viewer is None else freshness_of(viewer, context.get("scope"))
