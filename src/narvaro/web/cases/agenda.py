"""Cases on the agendas of student health meetings, and what the meetings decide of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from narvaro.programmes import Evidence as Wanted
from narvaro.programmes import Step as Known
from narvaro.web.accounts.changed import ChangedMeanwhile, Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions import Decided, add_evidence, answer_task
from narvaro.web.cases.actions import decide as decide_step
from narvaro.web.cases.actions.answering import locked_case
from narvaro.web.cases.deciding_form import Way, usual_day, ways_of
from narvaro.web.cases.known import known_of
from narvaro.web.cases.models import DATED, Case, EvidenceKind, Step, Task, TaskKind
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.rules import missing
from narvaro.web.cases.tasks import waiting
from narvaro.web.cases.tasks_answered import take_up
from narvaro.web.figures.pupil_panels.strip import strip_of
from narvaro.web.meetings.models import AgendaItem, Decision, Meeting
from narvaro.web.meetings.models import Kind as MeetingKind
from narvaro.web.meetings.registry import Choice, FollowUp, NotTaken, Offered, Outcome
from narvaro.web.pupils.models import Pupil
from narvaro.web.ui import written

STAGE = "student_health"
ANALYSIS = "student-health-analysis"
TAKE_UP, LEAVE = "take_up", "leave"
LONGEST = 2_000
MINUTES, MINUTES_OF_THE_THIRD = 10, 12


def agenda(viewer: Viewer, meeting: Meeting) -> Iterator[Offered]:
    """What the school's student health meets about: the third flag first, then what has waited."""
    for task in _tasks(viewer, meeting):
        yield _of_task(task, viewer)
    for step, known in _steps(viewer, meeting):
        yield _of_step(step, ways_of(step, programme_of(step.case), known, viewer), viewer)


def keys(viewer: Viewer, meeting: Meeting) -> Iterator[str]:
    """The source keys of the same, without what is known of each."""
    for task in _tasks(viewer, meeting):
        yield _key_of(task)
    for step, _known in _steps(viewer, meeting):
        yield _key_of(step)


def _key_of(one: Task | Step) -> str:
    return f"{'task' if isinstance(one, Task) else 'step'}:{one.public_id}"


def _tasks(viewer: Viewer, meeting: Meeting) -> Iterable[Task]:
    if meeting.series.kind != MeetingKind.STUDENT_HEALTH:
        return ()
    named = Pupil.objects.named_to(viewer, "cases.case")
    tasks = Task.objects.filter(
        kind=TaskKind.FORCED_MOVE, school=meeting.series.school, pupil__in=named
    )
    return waiting(tasks, viewer.today).select_related("pupil", "case", "school")


def _steps(viewer: Viewer, meeting: Meeting) -> Iterator[tuple[Step, Known]]:
    """Steps at student health, with what the routine says of them."""
    if meeting.series.kind != MeetingKind.STUDENT_HEALTH:
        return
    steps = Step.objects.filter(
        decided_at__isnull=True,
        began_on__lte=viewer.today,
        case__closed_at__isnull=True,
        case__school=meeting.series.school,
        case__pupil__in=Pupil.objects.named_to(viewer, "cases.case"),
    ).select_related("case__pupil", "case__school", "case__routine", "case__adaptation__routine")
    for step in steps.order_by("began_on", "pk"):
        known = step_of(programme_of(step.case), step.step)
        if known is not None and known.stage == STAGE:
            yield step, known


def decided(viewer: Viewer, decision: Decision) -> None:
    """Carry out what a meeting decided; what the case cannot take stops the decision."""
    kind, _sep, key = decision.item.source_key.partition(":")
    try:
        if kind == "step":
            _decide_step(Step.objects.get(public_id=key), decision, viewer)
        elif kind == "task":
            _answer_task(Task.objects.get(public_id=key), decision, viewer)
    except ChangedMeanwhile as late:
        raise NotTaken(_("Ärendet har ändrats sedan dagordningen gjordes.")) from late
    except Refused as no:
        raise NotTaken(str(no)) from no


def follow_up(viewer: Viewer, decisions: Sequence[Decision]) -> Mapping[str, FollowUp]:
    """How it has gone with what a meeting decided: what the decided step led to."""
    keys_of = {one.public_id: one.item.source_key.partition("step:")[2] for one in decisions}
    steps = Step.objects.filter(public_id__in=[key for key in keys_of.values() if key])
    known = {one.public_id: one for one in steps.prefetch_related("case__steps")}
    return {
        decision: _followed(known[key], viewer) for decision, key in keys_of.items() if key in known
    }


def _of_task(task: Task, viewer: Viewer) -> Offered:
    case = task.case if task.case is not None and task.case.is_open else None
    return Offered(
        source_key=_key_of(task),
        pupil=task.pupil,
        why=_("Tredje flaggan i år. Går hit automatiskt."),
        to_decide=_("Ska elevhälsan ta upp ärendet nu?"),
        choices=[
            Choice(TAKE_UP, _("Ta upp i elevhälsan"), _("Steget börjar, i det öppna ärendet.")),
            Choice(LEAVE, _("Ta inte upp nu"), _("Skälet sparas. Det går inte att ångra.")),
        ],
        minutes=MINUTES_OF_THE_THIRD,
        **_known(viewer, task.pupil, case),
    )


def _known(viewer: Viewer, pupil: Pupil, case: Case | None) -> dict[str, Any]:
    """The figure, and what was tried and learnt in the case if there is one."""
    strip = strip_of(viewer, pupil)
    noted = {} if case is None else known_of(viewer, case).values
    return {
        "figure": "" if strip is None else str(strip.share)[:40],
        "figure_on": None if strip is None else viewer.today,
        "tried": "\n".join(noted.get("case.tried", []))[:LONGEST],
        "learnt": "\n".join(noted.get("case.learnt", []))[:LONGEST],
    }


def _of_step(step: Step, ways: Sequence[Way], viewer: Viewer) -> Offered:
    return Offered(
        source_key=_key_of(step),
        pupil=step.case.pupil,
        why=_("I elevhälsan sedan %(day)s.") % {"day": written.day(step.began_on)},
        to_decide=_("Hur går ärendet vidare?"),
        choices=[Choice(one.value, one.label, one.consequence) for one in ways],
        minutes=MINUTES,
        **_known(viewer, step.case.pupil, step.case),
    )


def _decide_step(step: Step, decision: Decision, viewer: Viewer) -> None:
    locked_case(step.case)  # before the log is written to: who decides on the page takes it first
    step.refresh_from_db()
    programme = programme_of(step.case)
    known = step_of(programme, step.step)
    if known is None or not step.is_open:
        raise NotTaken(_("Steget är redan beslutat."))
    way = {one.value: one for one in ways_of(step, programme, known, viewer)}.get(decision.word)
    if way is None:
        raise NotTaken(_("Steget kan inte sluta så enligt rutinen."))
    for wanted in missing(step, known):
        _show(step, wanted, decision, viewer)
    dated = way.choice.decision in DATED
    decide_step(
        step,
        Decided(
            way.choice.decision,
            decision.reason,
            leads_to=way.choice.leads_to,
            outcome=way.choice.outcome,
            watch_until=usual_day(programme, step, viewer) if dated else None,
            next_owner=decision.next_owner if way.choice.leads_to else None,
        ),
        version=step.version,
        by=viewer,
        at=decision.decided_at,
    )


def _show(step: Step, wanted: Wanted, decision: Decision, viewer: Viewer) -> None:
    """The meeting itself, and its analysis where one was written, are what the step rests on."""
    item = decision.item
    if wanted.kind == "meeting":
        shown = item.meeting.public_id
    elif wanted == Wanted("form", ANALYSIS) and _is_analysed(item):
        shown = item.public_id
    else:
        return
    add_evidence(
        step,
        kind=EvidenceKind(wanted.kind),
        name=wanted.name,
        item=shown,
        is_done=True,
        by=viewer,
        at=decision.decided_at,
    )


def _is_analysed(item: AgendaItem) -> bool:
    there = getattr(item, "analysis", None)
    return there is not None and any((there.in_school, there.at_home, there.works))


def _answer_task(task: Task, decision: Decision, viewer: Viewer) -> None:
    if task.done_at is not None:
        raise NotTaken(_("Uppgiften är redan besvarad."))
    act = take_up if decision.word == TAKE_UP else answer_task
    act(task, decision.reason, version=task.version, by=viewer, at=decision.decided_at)


def _followed(step: Step, viewer: Viewer) -> FollowUp:
    case: Case = step.case
    if not case.is_open:
        return FollowUp(Outcome.DONE)
    since = step.decided_at or step.began_at
    after = [one for one in case.steps.all() if one.began_at >= since and one.pk != step.pk]
    waits = [one for one in after if one.decided_at is None]
    late = min((one.due_on for one in waits if one.due_on), default=viewer.today)
    if late < viewer.today:
        return FollowUp(
            Outcome.LATE, _("Skulle ha varit klart %(day)s.") % {"day": written.day(late)}
        )
    return FollowUp(Outcome.ONGOING if waits or not after else Outcome.DONE)
