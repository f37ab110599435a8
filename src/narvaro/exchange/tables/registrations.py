"""What was taught and who was there: lessons, marks, announcements, summaries."""

from __future__ import annotations

from narvaro.exchange.schema import Column, Kind, Table
from narvaro.exchange.tables.columns import (
    TEXT_LENGTH,
    YEAR_MINUTES,
    answer,
    day,
    key,
    minutes,
    moment,
    text,
    truth,
    word,
)

REASONS = ("notified", "leave", "other_valid", "none", "other_activity")

LESSONS = Table(
    "lessons",
    "The timetable as it was held; a lesson ends at `ends_at`, else `minutes` after its start.",
    (
        key("lesson", "the lesson"),
        key("school", "the school, an organisation"),
        moment("starts_at", "when it starts", required=True),
        moment("ends_at", "when it ends; this or `minutes` must be given"),
        minutes("minutes", "teaching minutes, where they differ from end minus start"),
        key("group", "the group taught", required=False),
        key("class", "the class taught", required=False),
        text("subject", "the subject"),
        Column("teachers", Kind.KEYS, "staff keys, `;` between them", limit=TEXT_LENGTH),
        truth("cancelled", "the lesson was not held"),
        answer("acknowledged", "whether the teacher registered the lesson"),
        moment("acknowledged_at", "when the teacher did"),
    ),
    key=("lesson",),
)

MARKS = Table(
    "marks",
    "How many minutes of one lesson one pupil was present or absent.",
    (
        key("lesson", "the lesson"),
        key("pupil", "the pupil"),
        minutes("scheduled_minutes", "the pupil's own minutes; empty: the lesson's"),
        minutes("full_minutes", "minutes of the full timetable, where the pupil's is adjusted"),
        minutes("present_minutes", "present"),
        minutes("valid_minutes", "absent with a valid reason"),
        minutes("invalid_minutes", "absent without one"),
        minutes("unclassified_minutes", "absent, validity not stated"),
        minutes("other_minutes", "in another school activity; not absence"),
        answer("acknowledged", "whether the mark was made by the teacher"),
        Column("reason", Kind.REASON, "why absent; any other text is dropped", words=REASONS),
    ),
    key=("lesson", "pupil"),
)

ANNOUNCED_ABSENCES = Table(
    "announced_absences",
    "Absence told in advance: leave granted, or a guardian's notice.",
    (
        key("pupil", "the pupil"),
        moment("starts_at", "from when", required=True),
        moment("ends_at", "until when", required=True),
        word("kind", ("leave", "notified"), "which of the two", required=True),
    ),
    key=("pupil", "starts_at", "kind"),
)

PERIOD_SUMMARIES = Table(
    "period_summaries",
    "Minutes already summed by a source over a period; used where lessons are missing.",
    (
        key("pupil", "the pupil"),
        key("school", "the school, an organisation"),
        day("from", "first day", required=True),
        day("to", "last day, inclusive", required=True),
        minutes("offered_minutes", "scheduled", limit=YEAR_MINUTES),
        minutes("acknowledged_minutes", "of them registered", limit=YEAR_MINUTES),
        minutes("valid_minutes", "absent with a valid reason", limit=YEAR_MINUTES),
        minutes("invalid_minutes", "absent without one", limit=YEAR_MINUTES),
        minutes("unclassified_minutes", "absent, validity not stated", limit=YEAR_MINUTES),
        minutes("other_minutes", "in another school activity", limit=YEAR_MINUTES),
        word(
            "precision",
            ("exact", "rounded"),
            "whether the source rounded; a rounded figure never decides a limit exactly",
            required=True,
        ),
    ),
    key=("pupil", "school", "from", "to"),
)

REGISTRATIONS = (LESSONS, MARKS, ANNOUNCED_ABSENCES, PERIOD_SUMMARIES)
