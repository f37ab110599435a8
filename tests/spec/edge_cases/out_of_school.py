"""Out of the classroom: closed, suspended, taught elsewhere; and a changed rule."""

from __future__ import annotations

from tests.spec.cases import Case, Flags, Measure, case, programme, rule

FROM_15_A_MONTH = programme(rule("15", "month"))

CASES: tuple[Case, ...] = (
    case(
        "school_closed",
        "C.4 closed",
        "School closed by snow or strike",
        "Lessons that are called off are cancelled; no pupil is absent from a closed school.",
        lessons="""
            lesson | school | starts_at        | minutes | cancelled | acknowledged
            1      | School | 2018-01-15 08:00 | 300     | true      |
            2      | School | 2018-01-16 08:00 | 300     | false     | yes
        """,
        marks="""
            lesson | pupil
            1      | X
            2      | X
        """,
    ).asks(Measure("month", "pupil | scheduled | coverage\nX | 300 | 300/300", at="2018-01")),
    case(
        "suspended",
        "C.4 suspension",
        "Suspended from lessons",
        "A pupil from whom no attendance is due has 0 scheduled minutes in the lesson: nothing is "
        "added, nothing is missed.",
        lessons="""
            lesson | school | starts_at        | minutes | acknowledged
            1      | School | 2018-01-15 08:00 | 300     | yes
            2      | School | 2018-01-16 08:00 | 300     | yes
        """,
        marks="""
            lesson | pupil | scheduled_minutes | invalid_minutes
            1      | X     | 0                 |
            1      | Y     |                   |
            2      | X     |                   | 30
        """,
    ).asks(
        Measure("month", "pupil | share\nX | 30/300\nY | 0/300", at="2018-01"),
    ),
    case(
        "taught_at_a_distance_or_at_home",
        "C.4 home teaching",
        "Taught at a distance, at home or in hospital",
        "Teaching elsewhere is another school activity: schooling, not absence.",
        attendance="""
            pupil | on         | days | minutes | other
            X     | 2018-01-15 | 5    | 300     | 300
        """,
    ).asks(Measure("month", "pupil | other | absent | share\nX | 1500 | 0 | 0/1500", at="2018-01")),
    case(
        "work_practice",
        "C.4 work practice",
        "Work practice, and a day away from it",
        "Work practice is another school activity; missing it is absence like any other.",
        attendance="""
            pupil | on         | days | minutes | other | invalid
            X     | 2018-01-15 | 4    | 300     | 300   |
            X     | 2018-01-19 | 1    | 300     |       | 300
        """,
    ).asks(Measure("month", "pupil | other | share\nX | 1200 | 300/1500", at="2018-01")),
    case(
        "a_rule_changed_in_mid_year",
        "C.4 rule edited",
        "The limit is changed in the middle of a year",
        "Each version of a rule gives its own answer to the same registrations; a flag names the "
        "version it was raised under.",
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2017-11-01 | 10   | 100     | 18
            X     | 2018-01-15 | 10   | 100     | 18
        """,
    ).asks(
        Flags(FROM_15_A_MONTH, "2017-11", "pupil | rule | outcome\nX | from-15 | flagged"),
        Flags(
            programme(rule("20", "month")),
            "2018-01",
            "pupil | rule | outcome\nX | from-20 | not_flagged",
        ),
    ),
)
