"""Time: corrections, zones, weeks, breaks."""

from __future__ import annotations

from tests.spec.cases import Case, Flags, Measure, case, programme, rule

FROM_15_A_MONTH = programme(rule("15", "month"))

CASES: tuple[Case, ...] = (
    case(
        "corrected_after_the_month_end",
        "C.4 corrected later",
        "Absence corrected after the month end",
        "A correction changes what is known from its own moment on; what was known before can "
        "always be asked for again.",
        attendance="""
            pupil | on         | days | minutes | invalid | recorded
            X     | 2017-09-04 | 10   | 60      | 12      | 2017-09-29 15:00
        """,
    )
    .then(
        "2018-08-02T06:00Z",
        attendance="""
            pupil | on         | days | minutes | invalid | recorded
            X     | 2017-09-04 | 10   | 60      | 3       | 2017-10-12 09:00
        """,
    )
    .asks(
        Flags(
            FROM_15_A_MONTH,
            "2017-09",
            "pupil | outcome | share\nX | flagged | 120/600",
            as_known_at="2017-10-12T06:59:59Z",
        ),
        Flags(
            FROM_15_A_MONTH,
            "2017-09",
            "pupil | outcome | share\nX | not_flagged | 30/600",
            as_known_at="2017-10-12T07:00:00Z",
        ),
    ),
    case(
        "a_late_evening_in_utc",
        "C.4 time zones",
        "22:30 UTC on 30 June is 1 July",
        "A lesson belongs to the school's own date, whatever zone its source writes in.",
        lessons="""
            lesson | school | starts_at            | minutes | acknowledged
            L      | School | 2018-06-30T22:30:00Z | 60      | yes
            M      | School | 2018-01-31T23:30:00Z | 60      | yes
        """,
        marks="""
            lesson | pupil | unclassified_minutes
            L      | X     | 60
            M      | X     | 60
        """,
    ).asks(
        Measure("month", "pupil | absent\nX | 0", at="2018-06"),
        Measure("month", "pupil | absent\nX | 60", at="2018-07"),
        Measure("month", "pupil | absent\nX | 60", at="2018-02"),
        Measure("school-year", "pupil | absent\nX | 60", at="2018-06"),
    ),
    case(
        "iso_weeks",
        "C.4 weeks",
        "Week 1 begins in the old year, or week 53 ends in the new",
        "A week is Monday to Sunday, also over New Year.",
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2020-12-28 | 1    | 60      | 10
            X     | 2021-01-01 | 1    | 60      | 20
            X     | 2021-01-04 | 1    | 60      | 30
        """,
    )
    .arriving("2021-08-01T06:00Z")
    .asks(
        Measure(
            "week",
            "pupil | from | to | share\nX | 2020-12-28 | 2021-01-03 | 30/120",
            at="2021-01-01",
            as_known_at="2022-01-01T00:00Z",
        ),
    ),
    case(
        "breaks_differ_between_schools",
        "C.4 breaks",
        "The last five school days, over a break",
        "School days are counted in the calendar of the school: breaks and staff days are no "
        "school days, so the window reaches back over them.",
        calendar="""
            organisation | from       | to         | kind
            School       | 2017-10-30 | 2017-11-03 | break
            School       | 2017-11-06 | 2017-11-06 | staff_day
        """,
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2017-10-24 | 4    | 100     | 10
            X     | 2017-11-07 | 2    | 100     | 50
        """,
    ).asks(
        Measure(
            "school-days:5",
            "pupil | from | to | share\nX | 2017-10-25 | 2017-11-08 | 130/500",
            at="2017-11-08",
        ),
    ),
)
