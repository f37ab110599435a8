"""Page charts: frozen values, drawn by the templates in `templates/ui/charts`.

Every value says its result in `title`; each module's docstring tells how it is made and drawn.
"""

from narvaro.web.ui.charts.axis import LimitAxis
from narvaro.web.ui.charts.heat import BREAK, NO_TIMETABLE, HeatColumn, HeatRow, HeatTable, Mark
from narvaro.web.ui.charts.trend import TrendChart, TrendPoint

__all__ = [
    "BREAK",
    "NO_TIMETABLE",
    "HeatColumn",
    "HeatRow",
    "HeatTable",
    "LimitAxis",
    "Mark",
    "TrendChart",
    "TrendPoint",
]
