"""What is said of decisions, steps and deadlines, in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.programmes import Programme
from narvaro.programmes.wording_of_steps import END_NAMES
from narvaro.timetable import Calendar
from narvaro.web.cases.models import Adaptation, Decision, Routine, Step
from narvaro.web.cases.newer import Newer
from narvaro.web.cases.routines import step_of
from narvaro.web.cases.rules import named
from narvaro.web.cases.school_days import school_days_late, school_days_left
from narvaro.web.ui import written


def name_of_step(programme: Programme, step: str) -> str:
    """The step's name in this version of the routine; its id when the version has none such."""
    known = step_of(programme, step)
    return step.replace("-", " ").capitalize() if known is None else named(known.name)


def name_of_version(routine: Routine, adaptation: Adaptation | None) -> str:
    """`rutinen version 2`, `rutinen version 3 med skolans anpassning 1`."""
    if adaptation is None:
        return _("rutinen version %(n)s") % {"n": routine.version}
    return _("rutinen version %(n)s med skolans anpassning %(m)s") % {
        "n": routine.version,
        "m": adaptation.version,
    }


def name_of_newer(newer: Newer) -> str:
    """`rutinen version 3`, in words, also before anything has followed it."""
    if newer.adaptation is not None:
        return name_of_version(newer.adaptation.routine, newer.adaptation)
    return _("rutinen version %(n)s") % {"n": newer.common.version}


def name_of_end(outcome: str) -> str:
    """How a case may end in a step, in the routine's word: `Eleven är tillbaka`."""
    found = END_NAMES.get(outcome)
    return named(found).capitalize() if found else outcome.capitalize()


def decided_in_words(programme: Programme, step: Step) -> str:
    """`Följ till 15 jan`, `Gå vidare: Analys i elevhälsoteamet`, `Avslutat: eleven är tillbaka`."""
    if step.decision == Decision.NEXT:
        return _("Gå vidare: %(step)s") % {"step": name_of_step(programme, step.leads_to)}
    if step.decision == Decision.ESCALATE:
        return _("Lyft till nästa ansvariga")
    if step.decision == Decision.RETURN:
        return _("Lämnat tillbaka med besked")
    until = written.day_and_month(step.watch_until) if step.watch_until else ""
    if step.decision == Decision.CONTINUE:
        return _("Fortsätt till %(day)s") % {"day": until}
    if step.decision == Decision.WATCH:
        return _("Följ till %(day)s") % {"day": until}
    return _("Avslutat: %(end)s") % {"end": name_of_end(step.outcome or "closed").lower()}


def time_left(due_on: date | None, today: date, calendar: Calendar) -> str:
    """`9 skoldagar kvar`, `sista dagen i dag`, `1 skoldag sen`."""
    if due_on is None:
        return _("Ingen sista dag är satt")
    if due_on == today:
        return _("sista dagen är i dag")
    if due_on > today:
        left = school_days_left(due_on, today, calendar)
        return ngettext("%(n)s skoldag kvar", "%(n)s skoldagar kvar", left) % {"n": left}
    late = school_days_late(due_on, today, calendar)
    if not late:  # nobody has been at school since
        return _("sista dagen har gått")
    return ngettext("%(n)s skoldag sen", "%(n)s skoldagar sen", late) % {"n": late}
