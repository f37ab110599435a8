"""`{% load charts %}`: charts, their tables and the patterns they are filled with.

A page with charts has `{% chart_patterns %}` once, before the first of them.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from narvaro.web.ui.charts.chart import Chart
from narvaro.web.ui.charts.heat import HeatTable
from narvaro.web.ui.charts.pattern import PatternGrid
from narvaro.web.ui.charts.spark import SparkLine

register = template.Library()


@register.simple_tag
def chart(
    value: Chart, says: str = "", *, table: bool = True, on_paper: bool = False
) -> SafeString:
    """A chart in its widths, `says` above it, and "Visa som tabell" under it unless `table=False`.

    With `on_paper` the chart is the page's point: its table is open in print.
    """
    context = {"chart": value, "says": says, "with_table": table, "on_paper": on_paper}
    return render_to_string("ui/charts/chart.html", context)


@register.inclusion_tag("ui/charts/table.html")
def chart_table(value: Chart, *, is_open: bool = False) -> dict[str, Any]:
    """The table of a chart alone."""
    return {"table": value.table, "is_open": is_open}


@register.inclusion_tag("ui/charts/heat.html")
def heat_table(value: HeatTable) -> dict[str, Any]:
    """The table of registration, place by week."""
    return {"heat": value}


@register.inclusion_tag("ui/charts/pattern.html")
def pattern_grid(value: PatternGrid) -> dict[str, Any]:
    """The table of when, or in what, time is missed."""
    return {"grid": value}


@register.inclusion_tag("ui/charts/spark.html")
def spark(value: SparkLine) -> dict[str, Any]:
    """A line as small as a word."""
    return {"line": value}


@register.inclusion_tag("ui/charts/patterns.html")
def chart_patterns() -> dict[str, Any]:
    """The hatch and the stripes, once on a page, never hidden: a hidden pattern paints nothing."""
    return {}
