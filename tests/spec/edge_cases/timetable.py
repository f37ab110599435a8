"""The timetable: cancelled, moved, doubled, missing."""

from __future__ import annotations

from tests.spec.cases import Case, Flags, Measure, Quality, case, programme, rule

FROM_15_A_MONTH = programme(rule("15", "month"))

CLASS_OF_X = """
    pupil | school | class | grade | starts_on
    X     | School | 1a    | 1     | 2015-07-01
"""

CASES: tuple[Case, ...] = (
    case(
        "a_cancelled_lesson",
        "C.4 cancelled",
        "A cancelled lesson leaves the denominator",
        "A lesson that was not held is neither scheduled nor missed, even if somebody was marked.",
        lessons="""
            lesson | school | starts_at        | minutes | cancelled | acknowledged
            held   | School | 2017-09-04 08:00 | 60      | false     | yes
            not    | School | 2017-09-04 10:00 | 60      | true      | yes
        """,
        marks="""
            lesson | pupil | unclassified_minutes
            held   | X     | 0
            not    | X     | 60
        """,
    ).asks(
        Measure("month", "pupil | scheduled | absent | share\nX | 60 | 0 | 0/60", at="2017-09"),
        Quality("2017-09", "school | lessons | acknowledged_lessons\nSchool | 1 | 1"),
    ),
    case(
        "cancelled_afterwards",
        "C.4 cancelled",
        "A lesson found out later to have been cancelled",
        "The minutes leave from the moment the cancellation is known.",
        attendance="""
            pupil | lesson | on         | minutes | absent | recorded
            X     | L      | 2017-09-04 | 60      | 60     | 2017-09-04 12:00
            X     | M      | 2017-09-05 | 60      |        | 2017-09-05 12:00
        """,
    )
    .then(
        "2018-08-02T06:00Z",
        lessons="""
            lesson         | school | starts_at        | minutes | cancelled | recorded_at
            L-0904-0800-60 | School | 2017-09-04 08:00 | 60      | true      | 2017-09-20 12:00
        """,
    )
    .asks(
        Measure(
            "month", "pupil | share\nX | 60/120", at="2017-09", as_known_at="2017-09-20T09:59Z"
        ),
        Measure("month", "pupil | share\nX | 0/60", at="2017-09", as_known_at="2017-09-20T10:00Z"),
    ),
    case(
        "a_substitute_teacher",
        "C.4 substitute",
        "A substitute held the lesson",
        "Another teacher changes nobody's minutes.",
        lessons="""
            lesson | school | starts_at        | minutes | teachers | acknowledged
            L      | School | 2017-09-04 08:00 | 60      | t1       | yes
        """,
        marks="""
            lesson | pupil | valid_minutes
            L      | X     | 60
        """,
    )
    .then(
        "2018-08-02T06:00Z",
        lessons="""
            lesson | school | starts_at        | minutes | teachers | acknowledged
            L      | School | 2017-09-04 08:00 | 60      | t2       | yes
        """,
    )
    .asks(Measure("month", "pupil | valid | share\nX | 60 | 60/60", at="2017-09")),
    case(
        "the_absence_follows_a_change_of_group",
        "C.4 change of group",
        "A pupil changes group in the middle of a month",
        "Absence in the old group stays the pupil's; lessons follow the group of their own day.",
        group_memberships="""
            pupil | group | starts_on  | ends_on
            X     | old   | 2017-08-16 | 2017-09-10
            X     | new   | 2017-09-11 |
            Y     | new   | 2017-08-16 |
        """,
        lessons="""
            lesson | school | group | starts_at        | minutes | acknowledged
            1      | School | old   | 2017-09-04 08:00 | 60      | yes
            2      | School | new   | 2017-09-04 08:00 | 60      | yes
            3      | School | new   | 2017-09-12 08:00 | 60      | yes
        """,
        marks="""
            lesson | pupil | valid_minutes
            1      | X     | 60
        """,
    ).asks(
        Measure(
            "month", "pupil | scheduled | share\nX | 120 | 60/120\nY | 120 | 0/120", at="2017-09"
        ),
    ),
    case(
        "one_lesson_for_two_groups",
        "C.4 double lessons",
        "The same lesson given to two groups",
        "A pupil in both groups is counted once in one lesson.",
        group_memberships="""
            pupil | group | starts_on
            X     | g     | 2017-08-16
            X     | h     | 2017-08-16
        """,
        lessons="""
            lesson | school | group | starts_at        | minutes | acknowledged
            L      | School | g     | 2017-09-04 08:00 | 60      | yes
        """,
        marks="""
            lesson | pupil | valid_minutes
            L      | X     | 20
        """,
    ).asks(Measure("month", "pupil | share\nX | 20/60", at="2017-09")),
    case(
        "two_lessons_at_one_time",
        "C.4 double lessons",
        "Two different lessons at the same time",
        "Both count, and quality reports the contradiction; the pupil cannot have been at both.",
        attendance="""
            pupil | lesson | on         | at    | minutes | invalid
            X     | maths  | 2017-09-04 | 08:00 | 60      |
            X     | sport  | 2017-09-04 | 08:00 | 60      | 60
        """,
    ).asks(Measure("month", "pupil | share\nX | 60/120", at="2017-09")),
    case(
        "no_timetable",
        "C.4 zero denominator",
        "A pupil without a timetable",
        "No lessons is no data, never 0 % absence.",
        enrolments=CLASS_OF_X,
    ).asks(
        Measure(
            "month",
            """
            pupil | scheduled | acknowledged | absent | share | low  | high | coverage
            X     | 0         | 0            | 0      | none  | none | none | none
            """,
            at="2017-09",
        ),
        Flags(FROM_15_A_MONTH, "2017-09", "pupil | outcome | share\nX | cannot_tell | none"),
    ),
)
