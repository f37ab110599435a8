"""Periods told as sums."""

from __future__ import annotations

from tests.spec.cases import Case, Flags, Measure, case, programme, rule

MONTH_15 = programme(rule("15", "month"))

CASES: tuple[Case, ...] = (
    case(
        "measured_from_a_summary",
        "rule: summaries",
        "A month told as a sum",
        "A summary counts in windows that hold it whole; a window it straddles cannot tell.",
        enrolments="""
            pupil | school | class | grade | starts_on
            X     | School | 1a    | 1     | 2017-08-16
        """,
        period_summaries="""
            pupil | school | from       | to         | offered | acknowledged | invalid | precision
            X     | School | 2017-09-01 | 2017-10-31 | 10000   | 10000        | 2000    | exact
        """,
    ).asks(
        Measure(
            "rolling-months:2", "pupil | scheduled | share\nX | 10000 | 2000/10000", at="2017-10"
        ),
        Flags(
            programme(rule("15", "rolling-months:2"), rule("16", "month")),
            "2017-10",
            "pupil | rule | outcome\nX | from-15 | flagged\nX | from-16 | cannot_tell",
        ),
    ),
    case(
        "lessons_win_over_a_summary",
        "rule: summaries",
        "Both lessons and a sum",
        "Where lessons of the period are there, they are measured and the summary is left out.",
        attendance="""
            pupil | on         | minutes | invalid
            X     | 2017-09-04 | 60      | 10
        """,
        period_summaries="""
            pupil | school | from       | to         | offered | acknowledged | invalid | precision
            X     | School | 2017-09-01 | 2017-09-30 | 5000    | 5000         | 2000    | exact
            X     | School | 2017-10-01 | 2017-10-31 | 5000    | 5000         | 100     | exact
        """,
    ).asks(
        Measure("month", "pupil | share\nX | 10/60", at="2017-09"),
        Measure("rolling-months:2", "pupil | share\nX | 110/5060", at="2017-10"),
    ),
    case(
        "a_rounded_summary",
        "rule: summaries",
        "A rounded sum is never exact",
        "A summary that its source rounded gives an outcome marked approximate.",
        enrolments="""
            pupil | school | class | grade | starts_on
            X     | School | 1a    | 1     | 2017-08-16
        """,
        period_summaries="""
            pupil | school | from       | to         | offered | acknowledged | invalid | precision
            X     | School | 2017-09-01 | 2017-09-30 | 5000    | 5000         | 2000    | rounded
        """,
    ).asks(
        Flags(MONTH_15, "2017-09", "pupil | outcome | certainty\nX | flagged | approximate"),
    ),
    case(
        "a_summary_speaks_of_its_own_months",
        "rule: summaries",
        "September told as a sum, and nothing after",
        "A summary stands for lessons in the months it touches and in no other: a month end after "
        "it has no lessons of its own, and the other months of the window are named as missing.",
        enrolments="""
            pupil | school | class | grade | starts_on
            X     | School | 1a    | 1     | 2017-08-16
        """,
        period_summaries="""
            pupil | school | from       | to         | offered | acknowledged | invalid | precision
            X     | School | 2017-09-01 | 2017-09-30 | 5000    | 5000         | 2000    | exact
        """,
    ).asks(
        Flags(
            programme(rule("15", "rolling-months:3")),
            "2017-09",
            """
            pupil | outcome | incomplete_months | flags_this_school_year
            X     | flagged | 2017-07 2017-08   | 1
            """,
        ),
        Flags(
            programme(rule("15", "rolling-months:3")),
            "2017-10",
            """
            pupil | outcome     | incomplete_months | flags_this_school_year
            X     | cannot_tell | 2017-08 2017-10   | 1
            """,
        ),
    ),
)
