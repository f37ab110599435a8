"""Frozen values for the pages that gather."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.ui.registry import HOME_PANELS, Panel, QueueGroup, QueueRow, queue_of


@dataclass(frozen=True, slots=True)
class HomePage:
    """The work queue in its groups, and the panels beside it."""

    today: date
    groups: Sequence[tuple[QueueGroup, Sequence[QueueRow]]]
    panels: Sequence[Panel]

    @property
    def late_count(self) -> int:
        """How many things are late."""
        return sum(len(rows) for group, rows in self.groups if group == QueueGroup.LATE)


def home_page(viewer: Viewer) -> HomePage:
    """The home of a viewer: rows by group, the earliest date first, undated last."""
    rows = sorted(queue_of(viewer), key=lambda row: (row.due_on or date.max, row.title))
    groups = [(group, [row for row in rows if row.group == group]) for group in QueueGroup]
    panels = [panel for provider in HOME_PANELS for panel in provider(viewer)]
    return HomePage(viewer.today, [one for one in groups if one[1]], panels)
