"""What was done and how it went: participations, cases, support, outcomes, schools' months."""

from __future__ import annotations

from narvaro.exchange.schema import Column, Kind, Table
from narvaro.exchange.tables.columns import (
    SCHOOL_MINUTES,
    answer,
    count,
    day,
    key,
    minutes,
    open_word,
    truth,
    word,
)

ARMS = ("project", "control")

PARTICIPATIONS = Table(
    "participations",
    "Which schools take part in a programme, and in which role.",
    (
        key("programme", "the programme"),
        key("school", "the school, an organisation"),
        word("role", ARMS, "takes part, or is compared with", required=True),
        day("starts_on", "first day", required=True),
        day("ends_on", "last day, inclusive"),
    ),
    key=("programme", "school", "starts_on"),
)

CASE_EVENTS = Table(
    "case_events",
    "Steps taken in a case: dates and keys only.",
    (
        key("case", "the case"),
        key("pupil", "the pupil"),
        key("school", "the school, an organisation"),
        key("programme", "the programme whose step it is"),
        open_word("step", (), "the step, as the programme names it"),
        day("opened_on", "when the step was opened", required=True),
        day("due_on", "when it should be done"),
        day("done_on", "when it was done; empty: still open"),
        open_word("decision", (), "what was decided, as a word of the programme", required=False),
    ),
    key=("case", "step", "opened_on"),
)

SUPPORT_EVENTS = Table(
    "support_events",
    "Support given to a pupil.",
    (
        key("pupil", "the pupil"),
        key("school", "the school, an organisation"),
        open_word("kind", (), "what kind of support, as the programme names it"),
        open_word("tier", (), "the tier of support", required=False),
        day("starts_on", "first day", required=True),
        day("ends_on", "last day, inclusive"),
        key("programme", "the programme it belongs to", required=False),
    ),
    key=("pupil", "kind", "starts_on"),
)

OUTCOMES = Table(
    "outcomes",
    "How a school year ended for a pupil.",
    (
        key("pupil", "the pupil"),
        Column("school_year", Kind.SCHOOL_YEAR, "such as `2025/2026`", required=True),
        answer("eligible_vocational", "eligible for a vocational programme"),
        answer("eligible_preparatory", "eligible for a preparatory programme"),
        Column("merit_points", Kind.DECIMAL, "merit points", limit=400),
    ),
    key=("pupil", "school_year"),
)

SCHOOL_MONTHS = Table(
    "school_months",
    "One school's month in sums, for evaluations where no pupil rows may leave the school.",
    (
        key("school", "the school"),
        word("arm", ARMS, "takes part, or is compared with", required=True),
        Column("month", Kind.MONTH, "such as `2026-03`", required=True),
        count("pupils", "pupils enrolled", required=True),
        minutes("scheduled_minutes", "scheduled", required=True, limit=SCHOOL_MINUTES),
        minutes("acknowledged_minutes", "registered", required=True, limit=SCHOOL_MINUTES),
        minutes("absent_minutes", "absent", required=True, limit=SCHOOL_MINUTES),
        count("pupils_measured", "pupils with registered minutes"),
        count("pupils_at_threshold", "of them at or above the plan's limit"),
        truth("participating", "whether the programme ran there that month", required=True),
    ),
    key=("school", "month"),
)

FOLLOWUP = (PARTICIPATIONS, CASE_EVENTS, SUPPORT_EVENTS, OUTCOMES, SCHOOL_MONTHS)
