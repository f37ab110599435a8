"""What is known, from when, and by whose word."""

from __future__ import annotations

from tests.spec.cases import Case, Measure, Quality, case

CASES: tuple[Case, ...] = (
    case(
        "one_yes_acknowledges_for_all",
        "rule: acknowledged",
        "One yes acknowledges the lesson for everybody",
        "A lesson is acknowledged for a pupil when the lesson or any of its marks says yes, unless "
        "the pupil's own mark says no.",
        lessons="""
            lesson | school | starts_at        | minutes
            L      | School | 2017-09-04 08:00 | 60
        """,
        marks="""
            lesson | pupil | acknowledged | valid_minutes
            L      | X     | yes          | 60
            L      | Y     |              |
            L      | Z     | no           | 60
        """,
    ).asks(
        Measure(
            "month",
            """
            pupil | scheduled | acknowledged | absent | share
            X     | 60        | 60           | 60     | 60/60
            Y     | 60        | 60           | 0      | 0/60
            Z     | 60        | 0            | 0      | none
            """,
            at="2017-09",
        ),
        Quality("2017-09", "school | lessons | acknowledged_lessons\nSchool | 1 | 1"),
    ),
    case(
        "only_lessons_that_have_ended",
        "rule: ended",
        "In the middle of a day",
        "A lesson counts from the moment it has ended.",
        lessons="""
            lesson | school | starts_at        | minutes | acknowledged
            1      | School | 2017-09-04 08:00 | 60      | yes
            2      | School | 2017-09-04 09:00 | 60      | yes
        """,
        marks="""
            lesson | pupil | recorded_at
            1      | X     | 2017-09-04 08:05
            2      | X     | 2017-09-04 08:05
        """,
    ).asks(
        Measure(
            "month", "pupil | scheduled\nX | 60", at="2017-09", as_known_at="2017-09-04T07:59:59Z"
        ),
        Measure(
            "month", "pupil | scheduled\nX | 120", at="2017-09", as_known_at="2017-09-04T08:00:00Z"
        ),
    ),
    case(
        "a_withdrawn_mark",
        "rule: withdrawn",
        "A mark taken back",
        "Without its marks a lesson falls back on its class; the pupil marked by mistake is out.",
        enrolments="""
            pupil | school | class | grade | starts_on
            X     | School | 1a    | 1     | 2017-08-16
            Y     | School | 1b    | 1     | 2017-08-16
        """,
        lessons="""
            lesson | school | class | starts_at        | minutes | acknowledged
            L      | School | 1a    | 2017-09-04 08:00 | 60      | yes
        """,
        marks="""
            lesson | pupil | invalid_minutes | recorded_at      | withdrawn
            L      | Y     | 60              | 2017-09-04 12:00 |
            L      | Y     | 60              | 2017-09-06 12:00 | true
        """,
    ).asks(
        Measure(
            "month",
            "pupil | share\nX | none\nY | 60/60",
            at="2017-09",
            as_known_at="2017-09-05T00:00Z",
        ),
        Measure("month", "pupil | share\nX | 0/60\nY | none", at="2017-09"),
    ),
    case(
        "dated_back",
        "rule: recorded_at",
        "A row dated before what was already told",
        "It counts from its arrival: no figure of the past changes behind anybody's back.",
        attendance="""
            pupil | lesson | on         | minutes | absent | recorded
            X     | L      | 2017-09-04 | 60      | 20     | 2017-09-10 12:00
        """,
    )
    .then(
        "2018-08-05T06:00Z",
        attendance="""
            pupil | lesson | on         | minutes | absent | recorded
            X     | L      | 2017-09-04 | 60      | 40     | 2017-09-05 12:00
        """,
    )
    .asks(
        Measure("month", "pupil | absent\nX | 20", at="2017-09", as_known_at="2018-08-05T05:59Z"),
        Measure("month", "pupil | absent\nX | 40", at="2017-09", as_known_at="2018-08-05T06:00Z"),
    ),
    case(
        "a_late_timetable",
        "rule: recorded_at",
        "A lesson told of only later",
        "A lesson that carries no date of its own counts as known from the beginning, also when it "
        "is told of in a later delivery.",
        enrolments="""
            pupil | school | class | grade | starts_on
            X     | School | 1a    | 1     | 2017-08-16
        """,
    )
    .then(
        "2018-08-05T06:00Z",
        lessons="""
            lesson | school | class | starts_at        | minutes | recorded_at
            1      | School | 1a    | 2017-09-04 08:00 | 60      |
            2      | School | 1a    | 2017-09-04 09:00 | 60      | 2018-02-01 08:00
        """,
    )
    .asks(
        Measure(
            "month", "pupil | scheduled\nX | 60", at="2017-09", as_known_at="2017-12-31T00:00Z"
        ),
        Measure(
            "month", "pupil | scheduled\nX | 120", at="2017-09", as_known_at="2018-03-01T00:00Z"
        ),
    ),
    case(
        "granted_leave",
        "rule: leave",
        "Granted leave is a part of valid absence",
        "Valid absence is leave where its reason says so, or where leave that was granted covers "
        "the lesson.",
        attendance="""
            pupil | lesson | on         | minutes | valid
            X     | L      | 2017-09-04 | 60      | 60
            X     | M      | 2017-09-05 | 60      | 60
        """,
        announced_absences="""
            pupil | starts_at        | ends_at          | kind
            X     | 2017-09-04 00:00 | 2017-09-05 00:00 | leave
        """,
    ).asks(Measure("month", "pupil | valid | leave | absent\nX | 120 | 60 | 120", at="2017-09")),
    case(
        "leave_granted_afterwards",
        "rule: leave",
        "Leave granted after the mark, and then taken back",
        "Leave counts from the moment it is known, and no longer once it is withdrawn.",
        attendance="""
            pupil | lesson | on         | minutes | valid | recorded
            X     | L      | 2017-09-04 | 60      | 60    | 2017-09-04 12:00
        """,
        announced_absences="""
            pupil | starts_at        | ends_at          | kind  | recorded_at
            X     | 2017-09-04 00:00 | 2017-09-05 00:00 | leave | 2017-09-20 12:00
        """,
    )
    .then(
        "2018-08-05T06:00Z",
        announced_absences="""
            pupil | starts_at        | ends_at          | kind  | recorded_at      | withdrawn
            X     | 2017-09-04 00:00 | 2017-09-05 00:00 | leave | 2017-10-01 12:00 | true
        """,
    )
    .asks(
        Measure("month", "pupil | leave\nX | 0", at="2017-09", as_known_at="2017-09-19T00:00Z"),
        Measure("month", "pupil | leave\nX | 60", at="2017-09", as_known_at="2017-09-21T00:00Z"),
        Measure("month", "pupil | leave\nX | 0", at="2017-09", as_known_at="2017-10-02T00:00Z"),
    ),
)
