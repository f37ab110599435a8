"""How a step is decided on its page: each way the routine allows, and what it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.errors import BadRequest
from narvaro.programmes import Programme, watched_until
from narvaro.programmes import Step as Known
from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.forms import Day, Version
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions import Decided, lifted_to
from narvaro.web.cases.clocks import due_on
from narvaro.web.cases.models import DATED, Decision, Step
from narvaro.web.cases.people import person_for
from narvaro.web.cases.routines import step_of
from narvaro.web.cases.rules import Choice, allowed
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.cases.words import name_of_end, name_of_step
from narvaro.web.ui import written

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True)
class Way:
    """One way a step may end, as an option: what it is called and what it leads to."""

    value: str
    label: str
    consequence: str
    choice: Choice


class DecideForm(forms.Form):
    """The decision, its reason, and until when where that is asked for."""

    way = forms.ChoiceField(
        label=gettext_lazy("Beslut"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Välj hur steget slutar.")},
    )
    watch_until = Day(label=gettext_lazy("Följ till"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Skäl"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv ett skäl till beslutet.")},
    )
    version = Version()

    def __init__(self, *given: Any, step: Step, ways: list[Way], **named: Any) -> None:
        """The ways that this version of the routine allows."""
        self.ways = {one.value: one for one in ways}
        self.step_id = step.pk
        named["initial"] = {"version": step.version} | named.get("initial", {})
        named["auto_id"] = f"s{step.pk}_%s"
        super().__init__(*given, **named)
        field = self.fields["way"]
        field.choices = [(one.value, one.label) for one in ways]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A way to watch until a day says which day."""
        given = super().clean() or {}
        way = self.ways.get(given.get("way", ""))
        if way and way.choice.decision in DATED and not given.get("watch_until"):
            self.add_error("watch_until", _("Skriv vilken dag det tas upp igen."))
        return given

    def decided(self) -> Decided:
        """What was decided."""
        given, way = self.cleaned_data, self.ways[self.cleaned_data["way"]]
        is_dated = way.choice.decision in DATED
        return Decided(
            way.choice.decision,
            given["reason"],
            leads_to=way.choice.leads_to,
            outcome=way.choice.outcome,
            watch_until=given["watch_until"] if is_dated else None,
        )


def ways_of(step: Step, programme: Programme, known: Known, viewer: Viewer) -> list[Way]:
    """The ways to end a step: those that keep the case first, upwards and the end last."""
    found = [
        Way(
            f"{one.decision}.{one.leads_to}.{one.outcome}",
            _label(one, programme),
            _consequence(one, step, programme, viewer),
            one,
        )
        for one in allowed(programme, known)
    ]
    return sorted(found, key=lambda one: ORDER.index(one.choice.decision))


ORDER = [
    Decision.WATCH,
    Decision.CONTINUE,
    Decision.NEXT,
    Decision.CLOSE,
    Decision.ESCALATE,
]


def usual_day(programme: Programme, step: Step, viewer: Viewer) -> date | None:
    """The day a case is looked at again unless somebody says another; None past the calendar."""
    try:
        return watched_until(programme, viewer.today, calendar_of(step.case.school, viewer.now))[0]
    except BadRequest:
        return None


def _label(one: Choice, programme: Programme) -> str:
    if one.decision == Decision.NEXT:
        return _("Gå vidare: %(step)s") % {"step": name_of_step(programme, one.leads_to).lower()}
    if one.decision == Decision.WATCH and one.outcome != "watched":
        return _("Följ till ett datum: %(end)s") % {"end": name_of_end(one.outcome).lower()}
    if one.decision == Decision.CLOSE and one.outcome not in ("", "closed"):
        return _("Avsluta: %(end)s") % {"end": name_of_end(one.outcome).lower()}
    return str(one.decision.label)


def _consequence(one: Choice, step: Step, programme: Programme, viewer: Viewer) -> str:
    case = step.case
    if one.decision == Decision.CLOSE:
        return _("Ärendet stängs. Skälet visas vid nästa flagga, och det går att öppna igen.")
    if one.decision == Decision.WATCH:
        return _("Ärendet ligger kvar hos %(who)s och tas upp igen den dagen.") % {
            "who": case.owner.name
        }
    if one.decision == Decision.CONTINUE:
        return _("Steget ligger kvar hos %(who)s till den dagen.") % {"who": step.owner.name}
    if one.decision == Decision.ESCALATE:
        return _above(one, step, programme, viewer)
    known = step_of(programme, one.leads_to)
    if known is None:
        return ""
    due = due_on(known, viewer.today, calendar_of(case.school, viewer.now))
    who = _person(known.owner, step, viewer)
    if due is None:
        return _("%(who)s har steget.") % {"who": who}
    return _("%(who)s har steget, senast %(day)s.") % {"who": who, "day": written.day(due)}


def _above(one: Choice, step: Step, programme: Programme, viewer: Viewer) -> str:
    try:
        above = lifted_to(step, programme, one.role, viewer.today)
    except Refused:
        above = None
    if above is None:
        return _("Det finns ingen ovanför att lyfta steget till.")
    return _("Samma steg går till %(who)s.") % {"who": above.name}


def _person(role: str, step: Step, viewer: Viewer) -> str:
    try:
        return person_for(role, step.case, viewer.today).name
    except Refused:
        return _("Ingen än")
