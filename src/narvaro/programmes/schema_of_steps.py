"""The tables of a programme file that make its routine: steps, forced moves and who is told."""

from __future__ import annotations

from narvaro.programmes import model, steps
from narvaro.programmes.keys import ID, NAME, Key, table
from narvaro.programmes.steps import OWNER, Offset
from narvaro.programmes.values import DEADLINE, ROLE, SLUG, TEXT, TEXTS, YES_NO, listed, whole
from narvaro.programmes.vocabulary import (
    COUNTS,
    EVIDENCE,
    MAY_END,
    OPENED_BY,
    OVERDUE,
    REMINDER,
    SCHOOL_DAYS,
    STAGE,
    WHOSE,
    WITHIN,
)

_SOME_DAYS = whole(1, 400)
_COUNTERS = table(
    "counters",
    "So many flags lead to a step, whatever anyone thinks of them one by one. The month-end run "
    "makes the step a task; no role can take it away, it can only be decided.",
    ID,
    NAME,
    Key("counts", COUNTS, "What is counted.", default="month-ends"),
    Key("rules", listed(SLUG), "Rules that count; all when left out.", default=()),
    Key("limit", whole(1), "How many lead to the step.", required=True),
    Key("within", WITHIN, "Where the count begins again.", default="school-year"),
    Key("overrides", listed(ROLE), "Roles whose judgement cannot stop it.", default=()),
    Key("leads_to", SLUG, "The step.", required=True),
    Key("task_for", ROLE, "The role whose task it becomes; the step's owner when left out."),
    builds=model.Counter,
    repeated=True,
)
_STEPS = table(
    "steps",
    "The routine. Every step is led to by a rule, a counter, another step or `opened_by`, and from "
    "every step there is a way to an end. A step without `leads_to` and `may_end` may be closed.",
    ID,
    NAME,
    Key("when", TEXTS, "When it is taken, where no rule can say it."),
    Key("guidance", listed(TEXTS), "What is done in it, in plain words.", default=()),
    Key("opened_by", listed(OPENED_BY), "What begins it besides rules and steps.", default=()),
    Key("owner", ROLE, "Who answers for it.", required=True),
    Key("takes_part", listed(ROLE), "Who else takes part.", default=()),
    Key("forms", listed(SLUG), "Ids of `forms` that it fills in.", default=()),
    Key(
        "evidence",
        listed(EVIDENCE),
        "What shows that it is done, all of it; its forms when left out, and without forms the "
        "decision that leaves it.",
        default=(),
    ),
    Key("stage", STAGE, "Where in the funnel a case in it is; in none when left out."),
    Key("stage_when_done", STAGE, "Where a case is once it is done, if further on."),
    Key("deadline", DEADLINE, "Within what time."),
    Key(
        "within",
        SCHOOL_DAYS,
        "School days, the municipality's own, for a deadline that is a word and for none: for "
        "`promptly` `promptly_within` of `routine`, for `next-meeting` and `in-plan` without a "
        "date, and without a deadline, `otherwise_within`.",
    ),
    Key(
        "lasts",
        YES_NO,
        "`true` when it goes on until somebody decides; its deadline is then the day it is looked "
        "at again, and going on to another day is a decision.",
        default=False,
    ),
    Key(
        "also_begins",
        listed(SLUG),
        "Steps that begin as tasks beside it, the day it begins: the authority is notified of an "
        "investigation while it goes on.",
        default=(),
    ),
    Key("leads_to", listed(SLUG), "Steps it can lead to.", default=()),
    Key("may_end", listed(MAY_END), "How the case may end here.", default=()),
    Key("law", listed(TEXT), "The law it follows.", default=()),
    Key("duties", listed(SLUG), "Ids of the [duties in law](law.md) it meets.", default=()),
    builds=steps.Step,
    repeated=True,
)
_ROUTINE = table(
    "routine",
    "How steps are run where they do not say it themselves. Its assumption also speaks for what "
    "steps state without a source of their own: `evidence`, `stage`, `within`, `lasts`. When it "
    "is not written and there are steps, what is left out here is shown as an assumption.",
    Key("promptly_within", _SOME_DAYS, "School days that `promptly` is shown as.", default=15),
    Key("otherwise_within", _SOME_DAYS, "School days when there is no date at all.", default=20),
    Key("watch_for", _SOME_DAYS, "School days a case is watched, unless said.", default=20),
    Key("watch_at_most", _SOME_DAYS, "School days it may be watched at a time.", default=60),
    Key(
        "no_show_after",
        whole(1, 20),
        "Attempts at contact in vain, meetings nobody came to included; then `no_show_role` "
        "decides.",
        default=3,
    ),
    Key("no_show_role", ROLE, "Who decides how to go on then.", default="principal"),
    builds=steps.Routine,
)
_SILENCE = table(
    "silence",
    "Who sees a step that nobody has done: the ladder, from the day after its deadline. When it is "
    "left out: its owner at once, the principal after 5 and the area manager after 10 school days.",
    Key("after", OVERDUE, "How long overdue; each rung later than the one before.", required=True),
    Key("role", WHOSE, "Who sees it from then on, besides those before.", default=OWNER),
    builds=steps.Silence,
    repeated=True,
)
_REMINDERS = table(
    "reminders",
    "What is said to whom around a deadline. When left out: the owner, 2 school days before and 1 "
    "after.",
    Key("at", REMINDER, "How long before or after.", required=True),
    Key("role", WHOSE, "To whom.", default=OWNER),
    Key("steps", listed(SLUG), "Which steps; all when left out.", default=()),
    builds=steps.Reminder,
    repeated=True,
)
_PROMPTS = table(
    "prompts",
    "What to think of in a step.",
    ID,
    Key("steps", listed(SLUG), "Which steps; all when left out.", default=()),
    Key("text", TEXTS, "What to think of, as a question or a sentence.", required=True),
    builds=steps.Prompt,
    repeated=True,
)
ROUTINE_TABLES = (_COUNTERS, _STEPS, _ROUTINE, _SILENCE, _REMINDERS, _PROMPTS)

LADDER = ((Offset(0), OWNER), (Offset(5), "principal"), (Offset(10), "area_manager"))
"""The silence ladder where a programme writes none; school days overdue, and who sees it then."""

REMINDED_AT = (Offset(-2), Offset(1))
"""When the owner is reminded where a programme says nothing of reminders."""
