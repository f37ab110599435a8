"""Worked examples 1 to 4: whole minutes, and what nobody acknowledged."""

from __future__ import annotations

from tests.spec.cases import Flags, Measure, Quality, case, programme, rule

ARRIVED_2027, ASKED_2027 = "2027-06-30T12:00Z", "2027-07-01T00:00Z"

THREE_MONTHS = "rolling-months:3"

FROM_15 = programme(rule("15", THREE_MONTHS))

ROUNDING = (
    case(
        "rounding_at_the_limit",
        "C.3.1",
        "14.996 % is not 15 %",
        "A share is compared in whole minutes; what a display rounds to decides nothing.",
        calendar="""
            organisation | from       | to         | kind
            School       | 2026-10-26 | 2026-10-30 | break
            School       | 2026-11-11 | 2026-11-11 | staff_day
        """,
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2026-09-01 | 8    | 276     | 276
            X     | 2026-09-11 | 1    | 276     | 234
            X     | 2026-09-14 | 50   | 276     |
            Y     | 2026-09-01 | 8    | 276     | 276
            Y     | 2026-09-11 | 1    | 276     | 235
            Y     | 2026-09-14 | 50   | 276     |
        """,
    )
    .arriving(ARRIVED_2027)
    .asks(
        Flags(
            FROM_15,
            "2026-11",
            """
            pupil | outcome     | certainty | share      | from       | to
            X     | not_flagged | certain   | 2442/16284 | 2026-09-01 | 2026-11-30
            Y     | flagged     | certain   | 2443/16284 | 2026-09-01 | 2026-11-30
            """,
            as_known_at=ASKED_2027,
        )
    )
)

MINUTES_NOT_DAYS = case(
    "minutes_not_days",
    "C.3.2",
    "The last lesson of every day, missed",
    "Minutes are counted, not whole days: a pupil who is never away a whole day can still be "
    "away a sixth of the time.",
    attendance="""
        pupil | on         | days | at    | minutes | absent
        X     | 2017-09-04 | 20   | 08:00 | 250     |
        X     | 2017-09-04 | 20   | 13:00 | 50      | 50
    """,
).asks(
    Measure(
        "month",
        """
        pupil | scheduled | acknowledged | absent | share
        X     | 6000      | 6000         | 1000   | 1000/6000
        """,
        at="2017-09",
    ),
    Flags(
        programme(rule("15", "month")),
        "2017-09",
        """
        pupil | outcome | certainty | share
        X     | flagged | certain   | 1000/6000
        """,
    ),
)

MISSING_ACKNOWLEDGEMENT = case(
    "missing_acknowledgement",
    "C.3.3",
    "Three lessons in ten nobody acknowledged",
    "A lesson nobody acknowledged says nothing of the pupil: it widens the bounds and lowers the "
    "coverage, and below the rule's floor nothing is claimed.",
    attendance="""
        pupil | on         | days | lessons | minutes | absent | acknowledged
        X     | 2017-09-04 | 6    | 20      | 40      | 40     | yes
        X     | 2017-09-12 | 29   | 20      | 40      |        | yes
        X     | 2017-10-23 | 15   | 20      | 40      |        | no
    """,
).asks(
    Measure(
        THREE_MONTHS,
        """
        pupil | share      | low        | high        | coverage
        X     | 4800/28000 | 4800/40000 | 16800/40000 | 28000/40000
        """,
        at="2017-11",
    ),
    Flags(
        programme(rule("15", THREE_MONTHS, floor="60")),
        "2017-11",
        """
        pupil | outcome | certainty | coverage
        X     | flagged | likely    | 28000/40000
        """,
    ),
    Flags(
        FROM_15,
        "2017-11",
        """
        pupil | outcome     | coverage
        X     | cannot_tell | 28000/40000
        """,
    ),
)

BY_LESSONS_AND_BY_TIME = case(
    "by_lessons_and_by_time",
    "C.3.4",
    "92 % of the lessons, 85 % of the time",
    "How much is acknowledged is said both by lessons and by time; two long lessons weigh more "
    "in time.",
    attendance="""
        pupil | on         | days | at    | minutes | acknowledged
        X     | 2017-09-04 | 20   | 08:00 | 40      | yes
        X     | 2017-09-04 | 3    | 10:00 | 100     | yes
        X     | 2017-09-07 | 2    | 10:00 | 100     | no
    """,
).asks(
    Quality(
        "2017-09",
        """
        school | lessons | acknowledged_lessons | acknowledged_by_lessons | acknowledged_by_time
        School | 25      | 23                   | 23/25                   | 1100/1300
        """,
    ),
    Measure(
        "month",
        """
        pupil | coverage
        X     | 1100/1300
        """,
        at="2017-09",
    ),
)

CASES = (
    ROUNDING,
    MINUTES_NOT_DAYS,
    MISSING_ACKNOWLEDGEMENT,
    BY_LESSONS_AND_BY_TIME,
)
