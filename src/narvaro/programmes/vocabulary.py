"""The words that programmes may use, with what each means."""

from __future__ import annotations

import re
from collections.abc import Mapping

from narvaro.programmes.roles import ROLES
from narvaro.programmes.steps import OWNER, Evidence, Offset
from narvaro.programmes.values import Kind, Wrong, nearest, whole, word

INVALID_ONLY = (
    *("invalid-absence", "invalid", "invalid-only", "unexcused", "unauthorised", "ogiltig"),
    "unnotified",
)


def _measure(value: object) -> str:
    if value == "all-absence":
        return "all-absence"
    if value in INVALID_ONLY:
        raise Wrong(
            "a share rule that counts only invalid absence is refused: sickness and granted leave "
            "have the same consequences for the pupil, so all absence drives a flag",
            'Write measure = "all-absence"; valid and invalid minutes are shown beside',
        )
    raise Wrong("this is no measure of a share rule", 'Write measure = "all-absence"')


MEASURE = Kind(
    "measure", _measure, {"all-absence": "valid, invalid and unclassified absent minutes together"}
)
OPERATOR = word(
    {">=": "the limit itself is enough (minst)", ">": "only above the limit (mer än)"},
    called="operator",
)
UPPER_OPERATOR = word(
    {"<=": "the upper limit itself belongs to the band", "<": "it does not"}, called="operator"
)
SCHOOLS = word(
    {
        "participations": "the schools that the `participations` table names for the programme, "
        "on the window's last day; all schools when the table names none",
        "all": "all schools, whatever `participations` says",
    }
)
COUNTS = word(
    {
        "month-ends": "a pupil flagged by any of the rules counts once per month end",
        "episodes": "month ends that follow each other without a break count once",
    }
)
WITHIN = word({"school-year": "1 July to 30 June"})
OPENED_BY = word(
    {
        "lesson": "every lesson",
        "absence": "the first day of an absence",
        "unnotified-absence": "an absence that nobody told the school of",
        "person": "anyone who works with the pupil, at any time",
    }
)
MAY_END = word(
    {
        "closed": "the case is closed, with the reason",
        "watched": "no more now; the next month ends are watched",
        "returned": "the pupil has come back",
        "adapted": "the teaching is adapted, and the owner keeps the case",
        "placed": "the pupil has been given a place",
        "declined": "the family has declined the offer",
    }
)
PER = word(
    {
        "school": "each school",
        "school-year": "each school year",
        "district": "each district",
        "programme": "the whole programme",
    }
)
STAGE = word(
    {
        "flagged": "a flag or a worry waits for its owner",
        "conversation": "the home has been or is to be spoken with",
        "documentation": "the teacher's documentation is signed",
        "student_health": "the student health team has the case",
        "investigation": "an investigation has begun",
        "notified": "the school authority has been notified",
        "collaboration": "other agencies take part",
        "follow_up": "what was decided is followed up",
    },
    called="stage",
)
STAGES = tuple(STAGE.choices)
"""The stages of the funnel, from the first to the last."""

EVENTS = {
    "lesson-acknowledged": "the teacher has said that the lesson's attendance is complete",
    "contact-held": "a contact with the pupil or a guardian is noted, and was not a no-show",
    "guardian-told": "the guardian was told of the absence, with the day and the time",
    "offer-answered": "the family's answer to an offer is noted",
    "investigation-begun": "the investigation was begun",
    "special-support-considered": "whether special support is to be investigated was decided",
    "authority-notified": "the school authority was notified",
    "home-municipality-notified": "the home municipality was notified",
    "concern-reported": "a concern report was made: by whom and when, never what it says",
    "leave-decided": "leave was granted or refused",
    "order-issued": "the guardian was ordered to see to the child's schooling",
    "fine-imposed": "an order was joined with a conditional fine",
}
"""What can be recorded in a case, with a day and a person."""

SCHOOL_DAYS = whole(0, 400)
DAYS = whole(1, 400)
RECEIVERS: Mapping[str, str] = {
    "social_services": "social services",
    "region": "the region, as child and adolescent psychiatry",
    "primary_care": "primary care",
    "school_authority": "another school authority, when a pupil moves",
}
"""The kinds of authority that a referral can go to."""


def _days_of_receivers(value: object) -> Mapping[str, object]:
    if not isinstance(value, dict) or set(value) != set(RECEIVERS):
        wanted = ", ".join(f"{name} = 14" for name in RECEIVERS)
        raise Wrong(
            "the days of a referral are not given for each receiver", f"Write {{ {wanted} }}"
        )
    return {name: DAYS.reads(value[name]) for name in RECEIVERS}


RECEIVER_DAYS = Kind("whole numbers of days, by receiver", _days_of_receivers, RECEIVERS)


def _evidence(value: object) -> Evidence:
    kind, _, name = value.partition(":") if isinstance(value, str) else ("", "", "")
    if kind == "event" and name in EVENTS:
        return Evidence("event", name)
    if kind == "form" and name:
        return Evidence("form", name)
    if kind == "meeting" and (name or value == kind):
        return Evidence("meeting", name)
    if value == "decision":
        return Evidence("decision")
    if kind == "event":
        raise Wrong("this is no event that cases record", nearest(name, EVENTS))
    raise Wrong(
        "this is no evidence; a step is done when something shows it, never by a tick",
        'Write "form:ID", "meeting", "meeting:ID" of a cadence, "event:NAME" or "decision"',
    )


def _offset(pattern: str, example: str) -> Kind:
    """School days from a deadline, as text; `before` makes them negative."""

    def reads(value: object) -> Offset:
        text = value if isinstance(value, str) else ""
        found = re.fullmatch(pattern, text, re.ASCII)
        if not found:
            raise Wrong("these are not school days from a deadline", f"Write {example}")
        return Offset(int(found[1]) * (-1 if text.endswith("before") else 1))

    return Kind(example, reads)


EVIDENCE = Kind(
    "evidence",
    _evidence,
    {
        "form:ID": "the form is signed",
        "meeting": "a meeting was held, with who was there",
        "meeting:ID": "a meeting of that `cadence` was held",
        "decision": "the decision that leaves the step, with its reason",
        **{f"event:{name}": meaning for name, meaning in EVENTS.items()},
    },
)
OVERDUE = _offset(r"(\d{1,3}) school-days", '`"5 school-days"`')
REMINDER = _offset(r"(\d{1,3}) school-days (?:before|after)", '`"2 school-days before"` or `after`')
WHOSE = word(
    {OWNER: "whoever owns the step"} | {role: text.en for role, text in ROLES.items()},
    called="role",
)
