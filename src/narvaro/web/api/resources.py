"""What can be read: flags, cases, their steps, tasks. No name, no text, no reason of anybody's."""

from __future__ import annotations

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.api import changes
from narvaro.web.api.fields import (
    COUNT,
    DAY,
    ID,
    KEY,
    MOMENT,
    YES_NO,
    Field,
    Resource,
    Rows,
    latest,
    words,
)
from narvaro.web.cases.models import (
    Case,
    Compartment,
    Decision,
    HandOver,
    OpenedBecause,
    SchoolMove,
    Step,
    Task,
    TaskKind,
)
from narvaro.web.inbox.models import Answer, Flag
from narvaro.web.pupils.models import Protection, Pupil

CHANGED = Field("changed_at", "changed", MOMENT, "When anything of this was last changed.")
PUPIL = Field(
    "pupil",
    "pupil_of",
    ID,
    "Opaque id of the pupil. Pupils with a protected identity are not listed.",
)
SCHOOL = (
    Field("school", "school__public_id", ID, "Opaque id of the school."),
    Field("school_key", "school__key", KEY, "The school's key in the ledger."),
)


def flags(viewer: Viewer, action: str) -> Rows:
    """Flags of pupils whom a list may name to the viewer; none that is kept for an evaluation."""
    seen = Flag.objects.named_to(viewer, action).filter(is_for_evaluation_only=False)
    changed = latest("taken_at", "answered_at", "withdrawn_at", changes.changed(changes.FLAG))
    return seen.annotate(changed=changed, pupil_of=F("pupil__public_id"))


def cases(viewer: Viewer, action: str) -> Rows:
    """Cases of pupils whom a list may name to the viewer, or given to who comes from outside."""
    changed = latest(
        "opened_at",
        "closed_at",
        _newest(HandOver.objects.all(), "at"),
        _newest(SchoolMove.objects.all(), "at"),
        _newest(Step.objects.all(), "began_at"),
        _newest(Step.objects.all(), "decided_at"),
        changes.changed(changes.CASE),
    )
    return _cases(viewer, action).annotate(changed=changed, pupil_of=F("pupil__public_id"))


def steps(viewer: Viewer, action: str) -> Rows:
    """Steps of those cases."""
    seen = Step.objects.filter(case__in=_cases(viewer, action), began_on__lte=viewer.today)
    changed = latest("began_at", "decided_at", changes.changed(changes.STEP))
    return seen.annotate(changed=changed, pupil_of=F("case__pupil__public_id"))


def tasks(viewer: Viewer, action: str) -> Rows:
    """At the viewer's places; of who has none, what is asked of them or was in a case of theirs."""
    reach = viewer.reach(action)
    seen = Task.objects.filter(pupil__in=_pupils(viewer, action), made_on__lte=viewer.today)
    if reach.is_self:
        still = Q(done_at__isnull=True) | Q(case__in=_cases(viewer, action))
        seen = seen.filter(still, to=viewer.account, school__authority=viewer.authority)
    if reach.whole_schools:
        seen = seen.filter(school__in=reach.unit_ids)
    changed = latest("made_at", "done_at", changes.changed(changes.TASK))
    return seen.annotate(changed=changed, pupil_of=F("pupil__public_id"))


def _cases(viewer: Viewer, action: str) -> QuerySet[Case]:
    seen = Case.objects.visible_to(viewer, action).filter(pupil__in=_pupils(viewer, action))
    return seen.filter(opened_on__lte=viewer.today)


def _pupils(viewer: Viewer, action: str) -> QuerySet[Pupil]:
    """Whom a list may name; what was given to somebody decides itself, but for who is protected."""
    if viewer.reach(action).is_self:
        return Pupil.objects.filter(protection=Protection.NONE, is_counted_only=False)
    return Pupil.objects.named_to(viewer, action)


def _newest(rows: Rows, moment: str) -> Subquery:
    of_case = rows.filter(case=OuterRef("pk")).order_by().values("case")
    return Subquery(of_case.annotate(newest=Max(moment)).values("newest"))


FLAGS = Resource(
    "flags",
    "Flags that came in from month-end runs, and how each was answered.",
    (
        Field("id", "public_id", ID, "Opaque id of the flag."),
        PUPIL,
        *SCHOOL,
        Field("class_key", "class_key", KEY, "The class's key in the ledger.", may_lack=True),
        Field("programme", "programme", KEY, "Id of the programme."),
        Field("rule", "rule", KEY, "Id of the programme's rule."),
        Field("month", "month", KEY, "The month end it speaks of, such as 2026-11."),
        Field("certainty", "certainty", KEY, "How certain the outcome is."),
        Field("flags_this_year", "flags_this_year", COUNT, "Which in order this school year."),
        Field(
            "before_the_start",
            "was_before_the_start",
            YES_NO,
            "From before flags were answered here: asked of nobody.",
        ),
        Field("owner", "owner__public_id", ID, "Opaque id of who answers for it."),
        Field("taken_on", "taken_on", DAY, "The day it came in."),
        Field("due_on", "due_on", DAY, "The last day to answer.", may_lack=True),
        Field(
            "withdrawn_at", "withdrawn_at", MOMENT, "When a newer run withdrew it.", may_lack=True
        ),
        Field("answer", "answer", words(*Answer.values), "What was decided.", may_lack=True),
        Field("answered_on", "answered_on", DAY, "The day it was decided.", may_lack=True),
        Field(
            "answered_by", "answered_by__public_id", ID, "Opaque id of who decided.", may_lack=True
        ),
        Field("case", "case__public_id", ID, "Opaque id of the case it led to.", may_lack=True),
        CHANGED,
    ),
    flags,
    {
        "unanswered": Q(
            answered_at__isnull=True,
            withdrawn_at__isnull=True,
            is_for_evaluation_only=False,
            was_before_the_start=False,
        ),
        "answered": Q(answered_at__isnull=False),
        "withdrawn": Q(withdrawn_at__isnull=False),
    },
    "school__key",
)

CASES = Resource(
    "cases",
    "What is known of a case apart from what is written in it.",
    (
        Field("id", "public_id", ID, "Opaque id of the case."),
        PUPIL,
        *SCHOOL,
        Field("compartment", "compartment", words(*Compartment.values), "School or preschool."),
        Field("owner", "owner__public_id", ID, "Opaque id of the owner."),
        Field("programme", "routine__programme", KEY, "Id of the routine's programme."),
        Field(
            "programme_version",
            "routine__version",
            COUNT,
            "Its version: a running case stays on it.",
        ),
        Field("opened_on", "opened_on", DAY, "The day it was opened."),
        Field(
            "opened_because",
            "opened_because",
            words(*OpenedBecause.values),
            "What made somebody open it.",
        ),
        Field(
            "reopens",
            "reopens__public_id",
            ID,
            "Opaque id of the closed case it takes up again.",
            may_lack=True,
        ),
        Field(
            "closed_on",
            "closed_on",
            DAY,
            "The day it was closed; null while it is open.",
            may_lack=True,
        ),
        CHANGED,
    ),
    cases,
    {"open": Q(closed_at__isnull=True), "closed": Q(closed_at__isnull=False)},
    "school__key",
)

STEPS = Resource(
    "steps",
    "The steps of one case, under way or decided.",
    (
        Field("id", "public_id", ID, "Opaque id of the step."),
        Field("case", "case__public_id", ID, "Opaque id of its case."),
        Field("step", "step", KEY, "The step's id in the routine."),
        Field("owner", "owner__public_id", ID, "Opaque id of who has it."),
        Field("began_on", "began_on", DAY, "The day it began."),
        Field("due_on", "due_on", DAY, "The last day; null when no clock runs yet.", may_lack=True),
        Field(
            "forced_by", "forced", KEY, "The rule that began it, when nobody did.", may_lack=True
        ),
        Field("decided_on", "decided_on", DAY, "The day it was decided.", may_lack=True),
        Field(
            "decided_by", "decided_by__public_id", ID, "Opaque id of who decided.", may_lack=True
        ),
        Field("decision", "decision", words(*Decision.values), "What was decided.", may_lack=True),
        Field("leads_to", "leads_to", KEY, "The next step's id in the routine.", may_lack=True),
        Field("watch_until", "watch_until", DAY, "Followed until.", may_lack=True),
        CHANGED,
    ),
    steps,
    {"open": Q(decided_at__isnull=True), "decided": Q(decided_at__isnull=False)},
    "case__school__key",
)

TASKS = Resource(
    "tasks",
    "What named people have been asked to decide.",
    (
        Field("id", "public_id", ID, "Opaque id of the task."),
        PUPIL,
        *SCHOOL,
        Field(
            "case", "case__public_id", ID, "Opaque id of its case, if there is one.", may_lack=True
        ),
        Field("kind", "kind", words(*TaskKind.values), "Why it was made."),
        Field("to", "to__public_id", ID, "Opaque id of who is asked."),
        Field("made_on", "made_on", DAY, "The day it was made."),
        Field("due_on", "due_on", DAY, "The last day.", may_lack=True),
        Field("done_on", "done_on", DAY, "The day it was answered.", may_lack=True),
        Field("done_by", "done_by__public_id", ID, "Opaque id of who answered.", may_lack=True),
        CHANGED,
    ),
    tasks,
    {"open": Q(done_at__isnull=True), "done": Q(done_at__isnull=False)},
    "school__key",
)

EVERY = (FLAGS, CASES, STEPS, TASKS)
