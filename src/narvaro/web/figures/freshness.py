"""The strip over every page of figures: until when, how much is acknowledged, how final."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.shares import Share, reaches
from narvaro.timetable import Month, local_day, month_name
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts import Facts, Tally, settles_on, tally_of
from narvaro.web.figures.people import counted_facts
from narvaro.web.figures.places import Place, place_of
from narvaro.web.ui.registry import Freshness
from narvaro.web.ui.written import day_and_month, language, moment


def freshness_for(viewer: Viewer, scope: Unit | Place | None = None) -> Freshness | None:
    """How fresh the figures of a unit are (None: the viewer's own); None where there are none."""
    place = scope if isinstance(scope, Place) else place_of(scope or viewer.unit, viewer)
    facts = (
        counted_facts(viewer) if place.school_keys and place.unit.kind != UnitKind.OFFICE else None
    )
    if facts is None:
        return None
    until = facts.until(place.school_keys)
    minutes, lessons = acknowledged(facts, place)
    target = facts.programme.registration.target
    return Freshness(
        scope=place.unit.name,
        until="" if until is None else moment(until),
        minutes=minutes,
        lessons=lessons,
        state=month_state(facts),
        short_state=_("slutligt") if is_final(facts, facts.month) else _("preliminärt"),
        missing_url=_missing(viewer, place.unit),
        is_good=reaches(minutes, target) and reaches(lessons, target),
        goal=int(target),
    )


def acknowledged(facts: Facts, place: Place) -> tuple[Share | None, Share | None]:
    """Acknowledged of due time and lessons in the rule's window; of a class, its pupils' own."""
    if place.unit.kind == UnitKind.CLASS:
        tally = class_tally(facts, place)
        return tally.coverage, tally.lesson_coverage
    counts = facts.school_lessons(place.school_keys, facts.period())
    return counts.by_time, counts.by_lessons


def class_tally(facts: Facts, place: Place) -> Tally:
    """The pupils of a class together."""
    school = next(iter(place.school_keys))
    found = (one for one in facts.standings(school) if one.place.class_ == place.class_name)
    return tally_of(found, facts.rule)


def month_state(facts: Facts) -> str:
    """`November är preliminär till 4 dec`, or that the month is final."""
    month, last = facts.month, settles_on(facts.month)
    name = month_name(month.first_day.month, language()).capitalize()
    if is_final(facts, month):
        return _("%(month)s är slutlig") % {"month": name}
    return _("%(month)s är preliminär till %(day)s") % {"month": name, "day": day_and_month(last)}


def is_final(facts: Facts, month: Month) -> bool:
    """Whether the days in which a month settles are over."""
    return local_day(facts.known_at) >= settles_on(month)


def _missing(viewer: Viewer, unit: Unit) -> str:
    """Where one sees what is missing, for those who may."""
    if not viewer.may("registration.view"):
        return ""
    if unit.kind == UnitKind.SCHOOL:
        return reverse("registration_school", args=[unit.public_id])
    return reverse("registration")
