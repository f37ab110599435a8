"""How far a school has come in a term."""

from __future__ import annotations

from tests.spec.cases import Case, Quality, case

ONE_CLASS = """
    pupil | school | class | grade | starts_on
    X     | School | 1a    | 1     | 2015-07-01
"""

CASES: tuple[Case, ...] = (
    case(
        "no_timetable_until_february",
        "P1, P2, A-R-28",
        "Registration could not begin until February",
        "Until somebody tells of a lesson the school has no system. Afterwards the autumn is a "
        "term without a timetable, and the spring one whose first weeks are missing.",
        calendar="""
            organisation | from       | to         | kind
            School       | 2017-08-21 | 2017-12-20 | term
            School       | 2018-01-29 | 2018-06-12 | term
        """,
        enrolments=ONE_CLASS,
    )
    .arriving("2017-10-01T06:00Z")
    .then(
        "2018-02-20T06:00Z",
        lessons="""
            lesson | school | class | starts_at        | minutes | acknowledged | recorded_at
            1      | School | 1a    | 2018-02-12 08:00 | 60      | yes          | 2018-02-14 08:00
            2      | School | 1a    | 2018-02-13 08:00 | 60      | yes          | 2018-02-14 08:00
        """,
    )
    .asks(
        Quality(
            "2017-12",
            "school | status\nSchool | no_system",
            show="status",
            as_known_at="2017-12-31T12:00Z",
        ),
        Quality(
            "2018-02",
            "school | status\nSchool | not_begun",
            show="status",
            as_known_at="2018-01-15T12:00Z",
        ),
        Quality(
            "2017-12",
            "school | status\nSchool | timetable_not_loaded",
            show="status",
            as_known_at="2018-02-16T12:00Z",
        ),
        Quality(
            "2018-02",
            """
            school | status | weeks_without_timetable
            School | partly | 2018-W05 2018-W06
            """,
            show="status",
            as_known_at="2018-02-16T12:00Z",
        ),
    ),
    case(
        "a_reliable_term",
        "P1",
        "Every week loaded, and nearly all acknowledged",
        "A term is reliable by the same measure as a month is usable; below it, it is so partly, "
        "however little is acknowledged.",
        calendar="""
            organisation | from       | to         | kind
            Whole        | 2017-08-28 | 2017-09-08 | term
            Half         | 2017-08-28 | 2017-09-08 | term
        """,
        attendance="""
            pupil | school | on         | days | minutes | acknowledged
            X     | Whole  | 2017-08-28 | 10   | 60      | yes
            Y     | Half   | 2017-08-28 | 10   | 60      | no
        """,
    ).asks(
        Quality("2017-09", "school | status\nHalf | partly\nWhole | reliable", show="status"),
    ),
)
