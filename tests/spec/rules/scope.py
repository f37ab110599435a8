"""Whom a programme speaks of."""

from __future__ import annotations

from tests.spec.cases import Case, Flags, case, programme, rule

MONTH_15 = programme(rule("15", "month"))

CASES: tuple[Case, ...] = (
    case(
        "only_the_grades_of_the_programme",
        "rule: scope",
        "Pupils outside the programme are no rows",
        "Grade and school are those of the window's last day.",
        enrolments="""
            pupil | school | class | grade | starts_on
            X     | School | 3a    | 3     | 2017-08-16
            Y     | School | 4a    | 4     | 2017-08-16
        """,
        attendance="""
            pupil | on         | minutes | absent
            X     | 2017-09-04 | 60      | 60
            Y     | 2017-09-04 | 60      | 60
        """,
    ).asks(
        Flags(
            programme(rule("15", "month"), grades=["1", "2", "3"]),
            "2017-09",
            "pupil | outcome\nX | flagged",
        ),
    ),
    case(
        "ages_on_the_last_day",
        "rule: scope",
        "Thirteen on the last day of the month",
        "An age is reached on the birthday and held until the day before the next.",
        pupils="""
            pupil | birth_date
            X     | 2004-09-30
            Y     | 2004-10-01
            Z     | 2000-09-30
            W     | 2000-10-01
        """,
        attendance="""
            pupil | on         | minutes | absent
            X     | 2017-09-04 | 60      | 60
            Y     | 2017-09-04 | 60      | 60
            Z     | 2017-09-04 | 60      | 60
            W     | 2017-09-04 | 60      | 60
        """,
    ).asks(
        Flags(
            programme(rule("15", "month", ">"), ages=[13, 16]),
            "2017-09",
            "pupil | outcome\nW | flagged\nX | flagged",
        ),
    ),
    case(
        "project_and_control_schools",
        "rule: scope",
        "Schools that take part, and controls",
        "Where schools are named as taking part, pupils elsewhere are no rows; at control schools "
        "the answer is worked out and marked as such.",
        participations="""
            programme | school  | role    | starts_on  | ends_on
            spec      | Project | project | 2017-08-01 |
            spec      | Control | control | 2017-08-01 |
            spec      | Left    | project | 2017-08-01 | 2017-09-15
        """,
        attendance="""
            pupil | school  | on         | minutes | absent
            X     | Project | 2017-09-04 | 60      | 60
            Y     | Control | 2017-09-04 | 60      | 60
            Z     | Left    | 2017-09-04 | 60      | 60
            W     | Never   | 2017-09-04 | 60      | 60
        """,
    ).asks(
        Flags(
            MONTH_15,
            "2017-09",
            "pupil | school | outcome | arm\nX | Project | flagged | project\nY | Control | flagged | control",
        ),
    ),
)
