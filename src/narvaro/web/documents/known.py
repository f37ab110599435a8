"""What the figures say of a pupil when a document is begun: as of now, with their date."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.actions import Prefilled
from narvaro.web.figures.pupil_panels.fetching import PupilFacts, pupil_facts
from narvaro.web.figures.pupil_panels.pattern_panel import week_result
from narvaro.web.figures.pupil_panels.strip import strip_of
from narvaro.web.figures.pupil_panels.sums import together
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui.charts.words import short_weekday

WEEKDAYS = 5


def figures_known(viewer: Viewer, pupil: Pupil, school: Unit) -> Prefilled:
    """Share, pattern and weekdays over the window of the rule in force; nothing when none holds."""
    facts, strip = pupil_facts(viewer, pupil), strip_of(viewer, pupil)
    if facts is None or strip is None:
        return Prefilled()
    share = _("%(share)s frånvaro %(over)s") % {"share": strip.share, "over": strip.over}
    values = {
        "figures.share": [share, strip.verdict, strip.parts],
        "figures.pattern": week_result(facts),
        "figures.weekdays": _weekdays(facts),
    }
    known = {name: value for name, value in values.items() if value}
    return Prefilled(known, facts.facts.until([school.key]))


def _weekdays(facts: PupilFacts) -> list[list[Any]]:
    """Whole per cent missed, by weekday; cut, never rounded up over a limit."""
    found = []
    for day in range(WEEKDAYS):
        share = together(m for at, m in facts.lessons.hours.items() if at[1] == day).share
        if share is not None:
            found.append([short_weekday(day), 100 * share[0] // share[1]])
    return found
