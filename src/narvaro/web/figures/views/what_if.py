"""What would another limit mean? Sixty rules, their flags and their work; nothing is changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from narvaro.timetable import month_name
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.joint import tree_of
from narvaro.web.figures.page_of import place_for
from narvaro.web.figures.people import counted_facts
from narvaro.web.figures.scope import page_url
from narvaro.web.figures.tried import MINUTES, OPERATORS, STAGES, settings_of
from narvaro.web.figures.trying import Asked, trial_of
from narvaro.web.ui.written import language

WHAT_IF = "figures.what_if"


@page(WHAT_IF)
def what_if(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Windows, limits and operator against the hours there are."""
    tops = Unit.objects.filter(authority=viewer.authority, kind=UnitKind.AUTHORITY)
    unit = tops.first() or viewer.unit
    place, facts = place_for(unit, viewer), counted_facts(viewer)
    crumbs = [(unit.name, page_url(unit, viewer)), (_("Prova en regel"), "")]
    context = {"scope": place, "unit": unit, "crumbs": crumbs}
    if facts is None:
        return render(request, "figures/nothing.html", context)
    names = {one.key: one.name for one in place.schools}
    settings = settings_of(request.GET, facts, len(names))
    month = month_name(facts.month.first_day.month, language())
    context |= {
        "trial": trial_of(
            facts, settings, Asked(names, tree_of(viewer.authority, viewer.today), month)
        ),
        "minutes": sorted({*MINUTES, settings.minutes}),
        "stages": STAGES,
        "operators": [(name, words) for name, (_sign, words) in OPERATORS.items()],
    }
    return render(request, "figures/what_if.html", context)
