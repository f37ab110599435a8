"""Worked examples 11 and 12: how many, and when again."""

from __future__ import annotations

from tests.spec.cases import Flags, FollowUps, case, programme, rule

CAPACITY = case(
    "one_pupil_in_seven",
    "C.3.11",
    "How many pupils a limit gives",
    "If one pupil in seven lies at 15 % or more in a term, a school of 400 has about 57 flagged: "
    "try a limit on real figures before it is switched on.",
    attendance="""
        pupil | lesson | on         | days | minutes | absent
        A     | L      | 2017-09-04 | 40   | 300     | 45
        B     | L      | 2017-09-04 | 40   | 300     | 44
        C     | L      | 2017-09-04 | 40   | 300     | 30
        D     | L      | 2017-09-04 | 40   | 300     | 15
        E     | L      | 2017-09-04 | 40   | 300     |
        F     | L      | 2017-09-04 | 40   | 300     | 9
        G     | L      | 2017-09-04 | 40   | 300     | 3
    """,
).asks(
    Flags(
        programme(rule("10", "term"), rule("15", "term")),
        "2017-10",
        """
        pupil | rule    | outcome     | share
        A     | from-10 | flagged     | 1800/12000
        A     | from-15 | flagged     | 1800/12000
        B     | from-10 | flagged     | 1760/12000
        B     | from-15 | not_flagged | 1760/12000
        C     | from-10 | flagged     | 1200/12000
        C     | from-15 | not_flagged | 1200/12000
        D     | from-10 | not_flagged | 600/12000
        D     | from-15 | not_flagged | 600/12000
        E     | from-10 | not_flagged | 0/12000
        E     | from-15 | not_flagged | 0/12000
        F     | from-10 | not_flagged | 360/12000
        F     | from-15 | not_flagged | 360/12000
        G     | from-10 | not_flagged | 120/12000
        G     | from-15 | not_flagged | 120/12000
        """,
    ),
)

EVERY_THIRD_WEEK = case(
    "every_third_week",
    "C.3.12",
    "A meeting every 21 days, over Christmas",
    "A meeting planned in a break moves to the first school day after it, and the next one is "
    "counted from the planned day, not from the moved one.",
    calendar="""
        organisation | from       | to         | kind
        School       | 2026-12-21 | 2027-01-10 | break
    """,
).asks(
    FollowUps(
        "2026-08-31",
        every_days=21,
        count=7,
        expected="""
        planned    | held
        2026-09-21 | 2026-09-21
        2026-10-12 | 2026-10-12
        2026-11-02 | 2026-11-02
        2026-11-23 | 2026-11-23
        2026-12-14 | 2026-12-14
        2027-01-04 | 2027-01-11
        2027-01-25 | 2027-01-25
        """,
    ),
)

CASES = (
    CAPACITY,
    EVERY_THIRD_WEEK,
)
