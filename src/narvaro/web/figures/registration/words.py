"""What is said of causes, of who can help, and of how far a school has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from narvaro.web.figures.registration.asking import Cause, Solver
from narvaro.web.figures.registration.gathering import Gathered
from narvaro.web.figures.registration.onboarding import Onboarding, Stage
from narvaro.web.ui.charts import Mark
from narvaro.web.ui.written import day as short_day

CAUSES = {
    Cause.UNKNOWN: gettext_lazy("Inget skäl angivet"),
    Cause.NO_TEACHER: gettext_lazy("Lektionerna saknar lärare i schemat"),
    Cause.NO_ACCOUNT: gettext_lazy("Läraren i schemat tjänstgör inte här nu"),
    Cause.DONE_AT_SOURCE: gettext_lazy("Kvitterade i källsystemet, väntar på nästa leverans"),
    Cause.CANCELLED: gettext_lazy("Inställda, men inte i källsystemet"),
    Cause.OUTING: gettext_lazy("Klassen var på annat"),
    Cause.SUBSTITUTE: gettext_lazy("Läraren är frånvarande, vikarien kan inte kvittera"),
    Cause.NO_TIMETABLE: gettext_lazy("Schemat stämmer inte: lektionerna finns inte"),
    Cause.SYSTEM_DOWN: gettext_lazy("Källsystemet låg nere"),
}
SOLVERS = {
    Solver.TEACHER: gettext_lazy("Läraren"),
    Solver.PRINCIPAL: gettext_lazy("Rektor"),
    Solver.SYSTEM_OWNER: gettext_lazy("Systemansvarig"),
    Solver.NOBODY_YET: gettext_lazy("Ingen åtgärd behövs än"),
}
STAGES = {
    Stage.NO_SYSTEM: gettext_lazy("Inget system"),
    Stage.TIMETABLE_NOT_LOADED: gettext_lazy("Schemat inte inläst"),
    Stage.LOADING: gettext_lazy("Läser in schema"),
    Stage.NOBODY_YET: gettext_lazy("Ingen kvitterar än"),
    Stage.REGISTERING: gettext_lazy("Registrerar"),
    Stage.RELIABLE: gettext_lazy("Tillförlitlig"),
    Stage.ONLY_SUMMARIES: gettext_lazy("Bara periodsummor"),
    Stage.NOT_BEGUN: gettext_lazy("Terminen har inte börjat"),
}
_MARKS = {Stage.RELIABLE: "good", Stage.REGISTERING: "plain"}


def stage_mark(stage: Stage) -> Mark:
    """A stage as a word in a frame; dashed where registration is not under way."""
    return Mark(str(STAGES[stage]), _MARKS.get(stage, "dashed"))


def title_of(row: Gathered) -> str:
    """What a row of similar lessons is about: `Slöjd 7B, 7C, 7D`."""
    places = list(row.places)
    if row.groups:
        places.append(ngettext("%(n)d grupp", "%(n)d grupper", row.groups) % {"n": row.groups})
    subject = row.subject or _("Lektioner")
    return f"{subject} {listed(places)}".strip()


def who(solver: Solver, times: int = 0) -> str:
    """Who can solve it, and how many weeks they have been asked: `Läraren, påmind 1 gång`."""
    if not times:
        return str(SOLVERS[solver])
    asked = ngettext("påmind %(times)d gång", "påmind %(times)d gånger", times) % {"times": times}
    return f"{SOLVERS[solver]}, {asked}"


def listed(names: Sequence[str], most: int = 3) -> str:
    """Some names, and how many more there are."""
    rest = len(names) - most
    if rest <= 0:
        return ", ".join(names)
    some = {"names": ", ".join(names[:most]), "rest": rest}
    return ngettext("%(names)s och %(rest)d till", "%(names)s och %(rest)d till", rest) % some


def evidence_of(found: Onboarding) -> list[str]:
    """What says that a school stands where it does, a sentence each."""
    said = []
    if found.stage == Stage.NO_SYSTEM:
        said.append(_("Ingen lektion vid skolan har någonsin lämnats."))
    if found.stage == Stage.TIMETABLE_NOT_LOADED:
        said.append(_("Inga lektioner är kända under terminen."))
    if found.weeks_without:
        said.append(
            _("Schemat saknas %(without)d av %(weeks)d veckor.")
            % {"without": found.weeks_without, "weeks": found.weeks}
        )
    if found.first_lesson_on:
        said.append(_("Första lektionen: %(day)s.") % {"day": _day(found.first_lesson_on)})
        said.append(_acknowledged(found))
    return said


def _acknowledged(found: Onboarding) -> str:
    if found.first_acknowledged_on is None:
        return _("Ingen lektion är kvitterad.")
    return _("Första kvitterade lektionen: %(day)s.") % {"day": _day(found.first_acknowledged_on)}


def _day(day: date) -> str:
    return short_day(day)
