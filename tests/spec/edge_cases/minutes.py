"""Minutes: recesses, late arrivals, announcements."""

from __future__ import annotations

from tests.spec.cases import Case, Flags, Measure, case, programme, rule

FROM_15_A_MONTH = programme(rule("15", "month"))

CLASS_OF_X = """
    pupil | school | class | grade | starts_on
    X     | School | 1a    | 1     | 2015-07-01
"""

CASES: tuple[Case, ...] = (
    case(
        "a_recess_inside_the_slot",
        "C.4 recess",
        "A recess inside the slot",
        "Teaching minutes count, not the clock between start and end.",
        lessons="""
            lesson | school | starts_at        | ends_at          | minutes | acknowledged
            L      | School | 2017-09-04 08:00 | 2017-09-04 09:20 | 60      | yes
        """,
        marks="""
            lesson | pupil | unclassified_minutes
            L      | X     | 30
        """,
    ).asks(
        Measure("month", "pupil | scheduled | share\nX | 60 | 30/60", at="2017-09"),
    ),
    case(
        "without_minutes_the_clock_counts",
        "C.4 recess",
        "A lesson that only says when it begins and ends",
        "Without teaching minutes the time between start and end counts, also when the clock is "
        "changed in between.",
        lessons="""
            lesson | school | starts_at                 | ends_at                   | acknowledged
            L      | School | 2018-03-25T01:30:00+01:00 | 2018-03-25T03:30:00+02:00 | yes
        """,
        marks="""
            lesson | pupil
            L      | X
        """,
    ).asks(
        Measure("month", "pupil | scheduled | share\nX | 60 | 0/60", at="2018-03"),
    ),
    case(
        "ten_minutes_late",
        "C.4 late",
        "Ten minutes late",
        "A late arrival is absence of as many minutes as it lasted.",
        attendance="""
            pupil | on         | minutes | invalid
            X     | 2017-09-04 | 60      | 10
        """,
    ).asks(
        Measure("month", "pupil | invalid | absent | share\nX | 10 | 10 | 10/60", at="2017-09"),
    ),
    case(
        "one_long_lesson_a_day",
        "C.4 lower grades",
        "One registration for the whole day",
        "In the lower grades a day may be one long lesson; its minutes count like any others.",
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2017-09-04 | 4    | 300     |
            X     | 2017-09-08 | 1    | 300     | 75
        """,
    ).asks(
        Measure("week", "pupil | scheduled | share\nX | 1500 | 75/1500", at="2017-09-08"),
    ),
    case(
        "the_mark_decides_over_the_announcement",
        "C.4 conflict",
        "Late, and reported sick the same day",
        "What the teacher marked counts; what the home announced stands beside it and changes no "
        "minutes.",
        attendance="""
            pupil | on         | at    | minutes | valid | invalid
            X     | 2017-09-04 | 08:00 | 60      |       | 10
            X     | 2017-09-04 | 13:00 | 60      | 60    |
        """,
        announced_absences="""
            pupil | starts_at        | ends_at          | kind
            X     | 2017-09-04 08:00 | 2017-09-04 16:00 | notified
        """,
    ).asks(
        Measure("month", "pupil | valid | invalid | share\nX | 60 | 10 | 70/120", at="2017-09"),
    ),
    case(
        "an_announcement_acknowledges_nothing",
        "C.4 announced",
        "Reported sick, but nobody acknowledged the lesson",
        "An announced absence does not acknowledge a lesson: nothing is known of it yet.",
        enrolments=CLASS_OF_X,
        lessons="""
            lesson | school | class | starts_at        | minutes
            L      | School | 1a    | 2017-09-04 08:00 | 60
        """,
        announced_absences="""
            pupil | starts_at        | ends_at          | kind
            X     | 2017-09-04 07:00 | 2017-09-04 16:00 | notified
        """,
    ).asks(
        Measure(
            "month",
            """
            pupil | scheduled | acknowledged | absent | share | low  | high  | coverage
            X     | 60        | 0            | 0      | none  | 0/60 | 60/60 | 0/60
            """,
            at="2017-09",
        ),
        Flags(FROM_15_A_MONTH, "2017-09", "pupil | outcome\nX | cannot_tell"),
    ),
)
