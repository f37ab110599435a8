"""Worked examples 8 to 10: adjusted timetables, changed schools, school years."""

from __future__ import annotations

from tests.spec.cases import Flags, Measure, case, programme, rule

THREE_MONTHS = "rolling-months:3"

FROM_15 = programme(rule("15", THREE_MONTHS))

ADJUSTED_TIMETABLE = case(
    "an_adjusted_timetable",
    "C.3.8",
    "600 of 1,500 minutes a week",
    "Absence is held against the pupil's own adjusted timetable, and the full timetable stands "
    "beside it: 5 % absent of the adjusted one, 38 % of the full one attended.",
    attendance="""
        pupil | on         | days | minutes | scheduled | full | absent
        X     | 2017-09-04 | 1    | 300     | 120       | 300  | 30
        X     | 2017-09-05 | 4    | 300     | 120       | 300  |
    """,
).asks(
    Measure(
        "week",
        """
        pupil | scheduled | full_timetable | absent | share
        X     | 600       | 1500           | 30     | 30/600
        """,
        at="2017-09-08",
    ),
)

CHANGE_OF_SCHOOL = case(
    "a_change_of_school",
    "C.3.9",
    "30 days at 20 % there, 25 days at 5 % here",
    "Minutes are added over the pupil's enrolments, so that the flag is one; each school's part "
    "can be seen on its own.",
    enrolments="""
        pupil | school | class | grade | starts_on  | ends_on
        X     | Old    | 3b    | 3     | 2015-08-17 | 2017-10-15
        X     | New    | 3a    | 3     | 2017-10-16 |
    """,
    attendance="""
        pupil | school | on         | days | minutes | absent
        X     | Old    | 2017-09-01 | 30   | 300     | 60
        X     | New    | 2017-10-16 | 25   | 300     | 15
    """,
).asks(
    Flags(
        FROM_15,
        "2017-11",
        """
        pupil | school | outcome     | certainty | share
        X     | New    | not_flagged | certain   | 2175/16500
        """,
    ),
    Measure(
        THREE_MONTHS,
        """
        pupil | school | share
        X     | New    | 375/7500
        X     | Old    | 1800/9000
        """,
        at="2017-11",
        by="school",
    ),
)

SCHOOL_YEAR_SCALE = case(
    "the_scale_of_a_school_year",
    "C.3.10",
    "What the limits mean in 178 days",
    "Of 178 school days 5 % is 8.9 days, 10 % 17.8, 15 % 26.7, 20 % 35.6, 25 % 44.5 and 50 % "
    "exactly 89: each limit is reached by the first whole day that is not below it.",
    attendance="""
        pupil   | on         | days | minutes | absent
        8 days  | 2017-08-21 | 8    | 300     | 300
        8 days  | 2017-08-31 | 170  | 300     |
        27 days | 2017-08-21 | 27   | 300     | 300
        27 days | 2017-09-27 | 151  | 300     |
        44 days | 2017-08-21 | 44   | 300     | 300
        44 days | 2017-10-20 | 134  | 300     |
        89 days | 2017-08-21 | 89   | 300     | 300
        89 days | 2017-12-22 | 89   | 300     |
    """,
).asks(
    Flags(
        programme(*[rule(limit, "school-year") for limit in ("5", "10", "15", "20", "25", "50")]),
        "2018-04",
        """
        pupil   | rule    | outcome
        8 days  | from-5  | not_flagged
        8 days  | from-10 | not_flagged
        8 days  | from-15 | not_flagged
        8 days  | from-20 | not_flagged
        8 days  | from-25 | not_flagged
        8 days  | from-50 | not_flagged
        27 days | from-5  | flagged
        27 days | from-10 | flagged
        27 days | from-15 | flagged
        27 days | from-20 | not_flagged
        27 days | from-25 | not_flagged
        27 days | from-50 | not_flagged
        44 days | from-5  | flagged
        44 days | from-10 | flagged
        44 days | from-15 | flagged
        44 days | from-20 | flagged
        44 days | from-25 | not_flagged
        44 days | from-50 | not_flagged
        89 days | from-5  | flagged
        89 days | from-10 | flagged
        89 days | from-15 | flagged
        89 days | from-20 | flagged
        89 days | from-25 | flagged
        89 days | from-50 | flagged
        """,
    ),
    Measure(
        "school-year",
        """
        pupil   | share
        27 days | 8100/53400
        44 days | 13200/53400
        8 days  | 2400/53400
        89 days | 26700/53400
        """,
        at="2018-06",
    ),
)

CASES = (
    ADJUSTED_TIMETABLE,
    CHANGE_OF_SCHOOL,
    SCHOOL_YEAR_SCALE,
)
