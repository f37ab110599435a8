"""Worked examples 5 to 7: short months, counted flags, the summer."""

from __future__ import annotations

from tests.spec.cases import Flags, Measure, case, programme, rule

ARRIVED_2027, ASKED_2027 = "2027-06-30T12:00Z", "2027-07-01T00:00Z"

THREE_MONTHS = "rolling-months:3"

FROM_15 = programme(rule("15", THREE_MONTHS))

FROM_25_A_MONTH = programme(rule("25", "month"))

UNEVEN_MONTHS = (
    case(
        "a_short_month_hits_sooner",
        "C.3.5",
        "The same cold weighs more in a short month",
        "A calendar month with few school days reaches 25 % after two or four days; a minimum of "
        "minutes, set in the rule, says that such a month cannot tell.",
        calendar="""
            organisation | from       | to         | kind
            School       | 2026-08-18 | 2026-12-18 | term
            School       | 2027-01-11 | 2027-06-09 | term
        """,
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2026-09-01 | 5    | 276     | 276
            X     | 2026-09-08 | 17   | 276     |
            X     | 2026-12-01 | 4    | 276     | 276
            X     | 2026-12-07 | 10   | 276     |
            X     | 2027-06-01 | 2    | 276     | 276
            X     | 2027-06-03 | 5    | 276     |
        """,
    )
    .arriving(ARRIVED_2027)
    .asks(
        Flags(
            FROM_25_A_MONTH,
            "2026-09",
            """
            pupil | outcome     | certainty | share
            X     | not_flagged | certain   | 1380/6072
            """,
            as_known_at=ASKED_2027,
        ),
        Flags(
            FROM_25_A_MONTH,
            "2026-12",
            """
            pupil | outcome | certainty | share
            X     | flagged | certain   | 1104/3864
            """,
            as_known_at=ASKED_2027,
        ),
        Flags(
            FROM_25_A_MONTH,
            "2027-06",
            """
            pupil | outcome | certainty | share
            X     | flagged | certain   | 552/1932
            """,
            as_known_at=ASKED_2027,
        ),
        Flags(
            programme(rule("25", "month", minimum_minutes=3000)),
            "2027-06",
            """
            pupil | outcome     | share
            X     | cannot_tell | 552/1932
            """,
            as_known_at=ASKED_2027,
        ),
    )
)

THREE_HITS = (
    case(
        "three_flags_in_a_school_year",
        "C.3.6",
        "Three month ends in one school year",
        "A counter numbers the month ends of the school year at which the pupil was flagged; a "
        "flag that a correction withdraws leaves the count, and earlier knowledge still has it.",
        attendance="""
            pupil | on         | days | minutes | absent | recorded
            X     | 2017-10-02 | 10   | 100     | 50     | 2017-10-31 12:00
            X     | 2017-11-01 | 10   | 100     |        | 2017-11-30 12:00
            X     | 2017-12-01 | 10   | 100     | 40     | 2017-12-31 12:00
            X     | 2018-01-08 | 10   | 100     | 20     | 2018-01-31 12:00
            X     | 2018-02-01 | 10   | 100     | 30     | 2018-02-28 12:00
        """,
    )
    .then(
        "2018-08-02T06:00Z",
        attendance="""
            pupil | on         | days | minutes | absent | recorded
            X     | 2017-12-01 | 10   | 100     | 10     | 2018-03-05 12:00
        """,
    )
    .asks(
        Flags(
            FROM_25_A_MONTH,
            "2018-02",
            """
            pupil | outcome | flags_this_school_year
            X     | flagged | 3
            """,
            as_known_at="2018-03-01T00:00Z",
        ),
        Flags(
            FROM_25_A_MONTH,
            "2018-02",
            """
            pupil | outcome | flags_this_school_year
            X     | flagged | 2
            """,
        ),
        Flags(
            FROM_25_A_MONTH,
            "2017-12",
            """
            pupil | outcome     | share
            X     | not_flagged | 100/1000
            """,
        ),
    )
)

OVER_SUMMER = case(
    "a_window_over_the_summer",
    "C.3.7",
    "Rolling three months in August and September",
    "A rolling window carries over the summer, over classes and schools; the months without "
    "lessons are named beside the outcome and do not change it.",
    enrolments="""
        pupil | school | class | grade | starts_on  | ends_on
        X     | Old    | 3b    | 3     | 2015-08-17 | 2017-06-30
        X     | New    | 4a    | 4     | 2017-07-01 |
    """,
    attendance="""
        pupil | school | on         | days | minutes | absent
        X     | Old    | 2017-06-01 | 8    | 300     | 60
        X     | New    | 2017-08-21 | 9    | 300     |
        X     | New    | 2017-09-01 | 21   | 300     | 30
    """,
).asks(
    Measure(
        THREE_MONTHS,
        """
        pupil | from       | to         | absent | share
        X     | 2017-06-01 | 2017-08-31 | 480    | 480/5100
        """,
        at="2017-08",
    ),
    Measure(
        THREE_MONTHS,
        """
        pupil | school | share
        X     | New    | 0/2700
        X     | Old    | 480/2400
        """,
        at="2017-08",
        by="school",
    ),
    Flags(
        FROM_15,
        "2017-09",
        """
        pupil | school | outcome     | share    | incomplete_months
        X     | New    | not_flagged | 630/9000 | 2017-07
        """,
    ),
)

CASES = (
    UNEVEN_MONTHS,
    THREE_HITS,
    OVER_SUMMER,
)
