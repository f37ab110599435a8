"""A case as somebody over the school sees it: its steps, days and decisions, and what they have.

No figures, notes, contacts or documents: whoever decides on those works at the school.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import Version
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.forms import PersonChoice
from narvaro.web.cases.models import Case, Step
from narvaro.web.cases.routines import programme_of
from narvaro.web.cases.rules import lifted_from
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.cases.so_far import Happened, events_of
from narvaro.web.cases.steppers import stepper_of
from narvaro.web.cases.words import name_of_step, time_left
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui import lists, written


class HandBackForm(forms.Form):
    """An answer, and who at the school goes on with the step."""

    answer = forms.CharField(
        label=gettext_lazy("Ditt besked"),
        help_text=gettext_lazy("Det står i ärendet som ditt, med dagens datum."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Skriv ditt besked.")},
    )
    version = Version()

    def __init__(self, *given: Any, step: Step, viewer: Viewer, **named: Any) -> None:
        """Everybody who works at the school; who lifted it is chosen."""
        before = lifted_from(step)
        who = {} if before is None else {"to": before.owner.public_id}
        named["initial"] = {"version": step.version} | who
        named["auto_id"] = f"s{step.pk}_%s"
        super().__init__(*given, **named)
        self.fields["to"] = PersonChoice(step.case, viewer, label=_("Vem går vidare?"))
        self.order_fields(["answer", "to", "version"])


@dataclass(frozen=True, slots=True)
class LiftedStep:
    """A step of the viewer's: its name, time left, why it was lifted, and the form of an answer."""

    step: Step
    name: str
    left: str
    is_late: bool
    why: str
    who: str
    form: HandBackForm
    nobody: bool


@dataclass(frozen=True, slots=True)
class LiftedPage:
    """The case in the narrow view."""

    case: Case
    name: str
    lead: str
    stepper: Sequence[lists.Step]
    mine: Sequence[LiftedStep]
    decided: Sequence[Happened]
    tasks: Sequence[lists.Fact]
    hand_over: str


def lifted_page(case: Case, viewer: Viewer, *, bound: HandBackForm | None = None) -> LiftedPage:
    """The page; `bound` is a form that was just sent and could not be taken."""
    programme = programme_of(case)
    mine = case.steps.filter(decided_at__isnull=True, owner=viewer.account)
    tasks = case.tasks.filter(done_at__isnull=True, to=viewer.account)
    is_owner = case.is_open and case.owner_id == viewer.account.pk
    return LiftedPage(
        case,
        name_of(case.pupil),
        _("%(school)s. Öppnat %(day)s. Ägare %(who)s.")
        % {
            "school": case.school.name,
            "day": written.dated(case.opened_on, viewer.today),
            "who": case.owner.name,
        },
        stepper_of(case, programme, viewer),
        [_lifted(one, viewer, bound) for one in mine.select_related("case__school", "case__pupil")],
        [one for one in events_of(case, viewer, is_frozen=True) if one.kind == "decision"],
        [
            lists.Fact(
                str(one.get_kind_display()).capitalize(),
                "",
                reverse("case_task", args=[one.public_id]),
            )
            for one in tasks
        ],
        reverse("case_hand_over", args=[case.public_id]) if is_owner else "",
    )


def _lifted(step: Step, viewer: Viewer, bound: HandBackForm | None) -> LiftedStep:
    before = lifted_from(step)
    form = bound if bound is not None and bound.auto_id == f"s{step.pk}_%s" else None
    made = form or HandBackForm(step=step, viewer=viewer)
    calendar = calendar_of(step.case.school, viewer.now)
    return LiftedStep(
        step,
        name_of_step(programme_of(step.case), step.step),
        time_left(step.due_on, viewer.today, calendar),
        step.due_on is not None and step.due_on < viewer.today,
        "" if before is None else before.reason,
        "" if before is None or before.decided_by is None else before.decided_by.name,
        made,
        not made.fields["to"].queryset.exists(),  # type: ignore[attr-defined]
    )
