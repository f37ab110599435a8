"""Frozen values for the pages that gather."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.overview.home_help import help_for, is_inbox
from narvaro.web.ui.registry import HOME_PANELS, Panel, QueueGroup, QueueRow
from narvaro.web.ui.waiting import rows_waiting


@dataclass(frozen=True, slots=True)
class HomePage:
    """The work queue in its groups, and the panels beside it."""

    today: date
    groups: Sequence[tuple[QueueGroup, Sequence[QueueRow]]]
    panels: Sequence[Panel]
    help: str = ""
    is_inbox: bool = False

    @property
    def first(self) -> QueueRow | None:
        """The first thing to do: the one with the filled button."""
        return next((row for _group, rows in self.groups for row in rows), None)

    @property
    def late_count(self) -> int:
        """How many things are late."""
        return self._count(QueueGroup.LATE)

    @property
    def lead(self) -> str:
        """The state of things in a sentence."""
        late, new = self.late_count, self._count(QueueGroup.NEW)
        if late:
            said = ngettext("En sak är försenad.", "%(count)s saker är försenade.", late)
            return f"{said % {'count': late}} {_('Börja uppifrån.')}"
        if new:
            said = ngettext("En sak är ny.", "%(count)s saker är nya.", new)
            return f"{said % {'count': new}} {_('Börja uppifrån.')}"
        return _("Inget är försenat.")

    def _count(self, wanted: QueueGroup) -> int:
        return sum(len(rows) for group, rows in self.groups if group == wanted)


def home_page(viewer: Viewer) -> HomePage:
    """The home of a viewer: rows by group, the earliest date first, undated last."""
    rows = sorted(rows_waiting(viewer), key=lambda row: (row.due_on or date.max, row.title))
    groups = [(group, [row for row in rows if row.group == group]) for group in QueueGroup]
    panels = [panel for provider in HOME_PANELS for panel in provider(viewer)]
    shown = [one for one in groups if one[1]]
    return HomePage(viewer.today, shown, panels, help_for(viewer.role), is_inbox(viewer.role))
