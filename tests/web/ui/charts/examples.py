"""One of each chart, with its awkward parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from narvaro.web.ui.charts import LimitAxis, TrendChart, TrendPoint
from narvaro.web.ui.charts.chart import Chart

TREND = TrendChart(
    "14,0 % i november",
    [
        TrendPoint(date(2026, 5, 1), (112, 1000), (949, 1000)),
        TrendPoint(date(2026, 6, 1), (90, 1000), (95, 100)),
        TrendPoint(date(2026, 7, 1), None, None, "sommarlov"),
        TrendPoint(date(2026, 8, 1), None, None),
        TrendPoint(date(2026, 9, 1), None, (20, 100)),
        TrendPoint(date(2026, 10, 1), (127, 1000), (97, 100)),
        TrendPoint(date(2026, 11, 1), (140, 1000), (93, 100)),
    ],
    "Almskolan",
    other=[(1, 10), (1, 10), None, None, (1, 10), (1, 9), (118, 1000)],
    other_name="Kommunen",
)

AXIS = LimitAxis("17,5 %, över gränsen", (3030, 17310), (3030, 17700), (3420, 17700), Fraction(15))

CHARTS: Sequence[Chart] = (TREND, AXIS)
