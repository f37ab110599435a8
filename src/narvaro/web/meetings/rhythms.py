"""How often a series meets: as a programme of the authority says, or in weeks of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from narvaro.errors import NarvaroError
from narvaro.programmes import Cadence, Programme, Rhythm, load
from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.models import Series
from narvaro.web.projects.models import Project

OWN = (1, 2, 4, 0)
WEEKS = {"month": 4, "term": 20, "half-year": 26, "school-year": 52}
"""About how many weeks lie between two meetings: for the date that is proposed."""


def rhythm_choices(viewer: Viewer) -> list[tuple[str, str]]:
    """What can be chosen: the programmes' own first, then weeks."""
    return [*_of_programmes(viewer), *((f"weeks:{weeks}", in_words(weeks)) for weeks in OWN)]


def in_words(weeks: int) -> str:
    """An own rhythm."""
    said = {
        0: _("När mötet kallas"),
        1: _("Varje vecka"),
        2: _("Varannan vecka"),
        4: _("Var fjärde vecka"),
    }
    return said.get(weeks) or _("Med %(weeks)d veckor emellan") % {"weeks": weeks}


def rhythm_of(series: Series) -> str:
    """A series' rhythm as the form knows it."""
    if series.cadence:
        return f"programme:{series.programme}:{series.cadence}"
    return f"weeks:{series.weeks}"


def read_rhythm(chosen: str) -> dict[str, object]:
    """The fields of a series for what was chosen in the form."""
    kind, _colon, rest = chosen.partition(":")
    if kind == "weeks":
        return {"programme": "", "cadence": "", "weeks": int(rest)}
    programme, _colon, cadence = rest.partition(":")
    found = next(one for one in load(programme).cadence if one.id == cadence)
    return {"programme": programme, "cadence": cadence, "weeks": weeks_of(found.every)}


def weeks_of(rhythm: Rhythm) -> int:
    """About how many weeks lie between two, at least one."""
    if rhythm.kind == "days":
        return max(1, rhythm.number // 7)
    return max(1, WEEKS[rhythm.kind] // max(1, rhythm.number))


def proposed(series: Series, now: datetime) -> datetime | None:
    """When the next meeting would be: the last one's weekday and time; none for the first."""
    last = series.meetings.filter(cancelled_at=None).order_by("-starts_at").first()
    if last is None or not series.weeks:
        return None
    when = last.starts_at.astimezone(STOCKHOLM)
    clock, day = when.timetz(), when.date()
    while datetime.combine(day, clock) <= max(now, last.starts_at):
        day += timedelta(weeks=series.weeks)
    return datetime.combine(day, clock)


def _of_programmes(viewer: Viewer) -> Iterator[tuple[str, str]]:
    language = "en" if (get_language() or "").startswith("en") else "sv"
    mine = Project.objects.filter(authorities=viewer.authority, from_on__lte=viewer.today)
    for name in sorted(set(mine.values_list("programme", flat=True))):
        programme = _loaded(name)
        for cadence in () if programme is None else programme.cadence:
            said = {
                "programme": getattr(programme.name, language) if programme else "",
                "cadence": getattr(cadence.name, language),
                "often": _often(cadence),
            }
            words = _("Enligt %(programme)s: %(cadence)s, %(often)s") % said
            yield f"programme:{name}:{cadence.id}", words


def _often(cadence: Cadence) -> str:
    number = cadence.every.number
    said = {
        "month": ngettext("en gång i månaden", "%(n)d gånger i månaden", number),
        "term": ngettext("en gång per termin", "%(n)d gånger per termin", number),
        "half-year": ngettext("en gång i halvåret", "%(n)d gånger i halvåret", number),
        "school-year": ngettext("en gång per läsår", "%(n)d gånger per läsår", number),
        "days": ngettext("varje dag", "var %(n)d:e dag", number),
    }[cadence.every.kind]
    return said % {"n": number} if "%" in said else said


def _loaded(name: str) -> Programme | None:
    """The programme, unless its file is gone or broken: then its rhythm cannot be chosen."""
    try:
        return load(name)
    except NarvaroError:
        return None
