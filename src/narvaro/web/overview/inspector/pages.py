"""Frozen values for the inspector's page of a case, on the screen and on paper alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.overview.inspector.answering import Span, answers, spans
from narvaro.web.overview.inspector.timeline import Happening, happenings, laws_of, restricted
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.lists import Fact


@dataclass(frozen=True, slots=True)
class InspectorPage:
    """One case: the four answers, every dated thing, and that restricted notes exist.

    `name` is neutral for a protected pupil; `why` is the reason it was taken out, in words.
    """

    case: Case
    name: str
    why: str
    spans: Sequence[Span]
    happenings: Sequence[Happening]
    laws: Sequence[Fact]
    restricted: Sequence[tuple[date, str]]


def inspector_page(case: Case, viewer: Viewer, why: str) -> InspectorPage:
    """The page as the case is known on the viewer's day."""
    calendar = calendar_of(case.school, viewer.now)
    happened = happenings(case, viewer.today, calendar)
    return InspectorPage(
        case,
        name_of(case.pupil),
        why,
        spans(answers(case, viewer.today), calendar),
        happened,
        laws_of(happened),
        restricted(case, viewer.today),
    )
