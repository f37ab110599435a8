"""Frozen values for the page of a case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.programmes import Programme
from narvaro.programmes import Step as Known
from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.deciding_form import DecideForm, usual_day, ways_of
from narvaro.web.cases.duties import asked_by_law
from narvaro.web.cases.forms_of_step import FormRow, form_rows
from narvaro.web.cases.known import known_of
from narvaro.web.cases.links import inspector_link, links_of, owning_link
from narvaro.web.cases.models import Case, Step
from narvaro.web.cases.newer import newer_of
from narvaro.web.cases.restricted import CauseMap, Hidden, cause_map, hidden_notes
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.rules import may_end, may_take, missing_evidence, named
from narvaro.web.cases.school_days import calendar_of
from narvaro.web.cases.so_far import Happened, events_of
from narvaro.web.cases.steppers import stepper_of
from narvaro.web.cases.words import name_of_newer, name_of_step, name_of_version, time_left
from narvaro.web.documents.actions import Prefilled
from narvaro.web.documents.facts import FactBox, drawn
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui import lists, written
from narvaro.web.ui.registry import Panel, case_panels_of


@dataclass(frozen=True, slots=True)
class StepBox:
    """A step under way: whose, by when, what it rests on, and its decision if the viewer takes it."""

    step: Step
    name: str
    about: Sequence[str]
    left: str
    is_late: bool
    forms: Sequence[FormRow]
    missing: Sequence[str]
    is_gone: bool
    form: DecideForm | None
    may_take: bool

    @property
    def is_ready(self) -> bool:
        """Everything that the step rests on is there: what is left is to decide."""
        return bool(self.forms) and not self.missing and not self.is_gone


@dataclass(frozen=True, slots=True)
class NewerHere:
    """The case follows another version than the school does now; `url` for who may move it."""

    before: str
    after: str
    url: str


@dataclass(frozen=True, slots=True)
class CasePage:
    """A case as its page shows it."""

    case: Case
    name: str
    lead: str
    stepper: Sequence[lists.Step]
    boxes: Sequence[StepBox]
    prompts: Sequence[tuple[str, str]]
    known: Sequence[FactBox]
    known_at: datetime | None
    duties: Sequence[lists.Fact]
    events: Sequence[Happened]
    crumbs: Sequence[tuple[str, str]]
    links: Sequence[lists.Fact]
    owning: lists.Fact | None
    inspector: lists.Fact | None
    causes: CauseMap
    notes: Sequence[Hidden]
    newer: NewerHere | None
    panels: Sequence[Panel]


def case_page(case: Case, viewer: Viewer, *, bound: DecideForm | None = None) -> CasePage:
    """The page; `bound` is the decision form that was just sent and could not be taken."""
    programme, known = programme_of(case), known_of(viewer, case)
    steps = list(case.steps.filter(decided_at__isnull=True).select_related("owner", "case__owner"))
    steps.sort(key=lambda one: (one.owner_id != viewer.account.pk, one.due_on or date.max))
    name = name_of(case.pupil)
    pupil = reverse("pupil", args=[case.pupil.public_id]) if viewer.may("pupils.pupil") else ""
    return CasePage(
        case,
        name,
        _lead(case, viewer),
        stepper_of(case, programme, viewer),
        [_box(one, programme, viewer, bound) for one in steps] if case.is_open else [],
        _prompts(programme, steps),
        _boxes(known),
        known.data_at,
        asked_by_law(case, viewer),
        events_of(case, viewer),
        [(name, pupil), (_("Ärende"), "")],
        links_of(case, viewer),
        owning_link(case, viewer),
        inspector_link(case, viewer),
        cause_map(case, viewer),
        hidden_notes(case, viewer),
        _newer(case, viewer),
        case_panels_of(viewer, case),
    )


def _newer(case: Case, viewer: Viewer) -> NewerHere | None:
    newer = newer_of(case, viewer.today) if case.is_open else None
    if newer is None:
        return None
    may = viewer.may("cases.move_routine")
    return NewerHere(
        name_of_version(case.routine, case.adaptation),
        name_of_newer(newer),
        reverse("case_move_routine", args=[case.public_id]) if may else "",
    )


def _boxes(known: Prefilled) -> list[FactBox]:
    """The figures, frozen as they would stand in a document begun now, and what was learnt."""
    words = {
        "figures.share": _("Frånvaro"),
        "figures.pattern": _("Mönster"),
        "case.learnt": _("Det vi redan vet"),
        "figures.weekdays": _("Missad tid per dag, %"),
    }
    return [FactBox(words[one], *drawn(known.values[one])) for one in words if one in known.values]


def may_decide(step: Step, viewer: Viewer) -> bool:
    """The viewer's role decides in cases, and the step is theirs to end."""
    return viewer.may("cases.decide") and may_end(step, viewer)


def _box(step: Step, programme: Programme, viewer: Viewer, bound: DecideForm | None) -> StepBox:
    known = step_of(programme, step.step)
    calendar = calendar_of(step.case.school, viewer.now)
    return StepBox(
        step,
        name_of_step(programme, step.step),
        [] if known is None else _about(known),
        time_left(step.due_on, viewer.today, calendar),
        step.due_on is not None and step.due_on < viewer.today,
        [] if known is None else form_rows(step, programme, known, viewer),
        [] if known is None else missing_evidence(step.case, step, programme, known),
        known is None,
        _form(step, programme, known, viewer, bound),
        viewer.may("cases.take_step") and may_take(step, known, viewer),
    )


def _form(
    step: Step,
    programme: Programme,
    known: Known | None,
    viewer: Viewer,
    bound: DecideForm | None,
) -> DecideForm | None:
    if known is None or not may_decide(step, viewer):
        return None
    if bound is not None and bound.step_id == step.pk:
        return bound
    usual = usual_day(programme, step, viewer)
    ways = ways_of(step, programme, known, viewer)
    return DecideForm(step=step, ways=ways, initial={"watch_until": usual})


def _about(known: Known) -> list[str]:
    texts = [*([known.when] if known.when else []), *known.guidance]
    return [named(one) for one in texts]


def _prompts(programme: Programme, steps: Sequence[Step]) -> list[tuple[str, str]]:
    """What to think of: the question it begins with, if it does, and the rest."""
    here = {one.step for one in steps}
    return [
        _question(named(one.text))
        for one in programme.prompts
        if here and (not one.steps or here & set(one.steps))
    ]


def _question(text: str) -> tuple[str, str]:
    asked, mark, rest = text.partition("?")
    return (f"{asked}{mark}", rest.strip()) if mark else ("", text)


def _lead(case: Case, viewer: Viewer) -> str:
    said = [
        _("Öppnat %(day)s.") % {"day": written.dated(case.opened_on, viewer.today)},
        _("Ägare %(who)s%(instead)s.")
        % {
            "who": case.owner.name,
            "instead": _stand_in(case.owner, viewer),
        },
        _("Följer %(version)s.") % {"version": name_of_version(case.routine, case.adaptation)},
    ]
    if case.closed_on is not None and case.closed_by is not None:
        said.append(
            _("Avslutat %(day)s av %(who)s.")
            % {
                "day": written.dated(case.closed_on, viewer.today),
                "who": case.closed_by.name,
            }
        )
    return " ".join(said)


def _stand_in(owner: Account, viewer: Viewer) -> str:
    """`, ersättare Tuva Provgren`, while somebody stands in for one of the owner's posts."""
    posts = owner.assignments.in_force(viewer.today)
    there = Assignment.objects.in_force(viewer.today).filter(stands_in_for__in=posts)
    first = there.select_related("account").first()
    if first is None or first.account is None:
        return ""
    return _(", ersättare %(who)s") % {"who": first.account.name}
