"""Draws a chart as a page does."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from django.template import engines
from django.utils.translation import override

from narvaro.web.ui.charts.chart import Chart

SVG = "{http://www.w3.org/2000/svg}"


def drawn(chart: Chart, language: str = "sv") -> list[ET.Element]:
    """The chart's drawings, widest first, as a browser would read them."""
    found = re.findall(r'<svg class="chart-svg".*?</svg>', html(chart, language), re.S)
    return [ET.fromstring(one) for one in found]  # noqa: S314 - we wrote it


def html(chart: Chart, language: str = "sv") -> str:
    """The chart's markup with its table."""
    with override(language):
        found = engines["django"].from_string("{% load charts %}{% chart chart %}")
        return str(found.render({"chart": chart}))


def words(svg: ET.Element) -> list[str]:
    """Every text that is written in a drawing."""
    return ["".join(one.itertext()) for one in svg.iter(f"{SVG}text")]


def title(svg: ET.Element) -> str:
    """The drawing's name for a screen reader."""
    return svg.findtext(f"{SVG}title") or ""
