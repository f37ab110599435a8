"""How a share is held against a limit, and how certain that is."""

from __future__ import annotations

from tests.spec.cases import Case, Flags, Measure, case, programme, rule

MONTH_15 = programme(rule("15", "month"))

CASES: tuple[Case, ...] = (
    case(
        "at_least_and_more_than",
        "rule: operator",
        "Exactly 15 %",
        "Whether a limit belongs to the rule is part of the rule: at least 15 % flags, more than "
        "15 % does not.",
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2017-09-04 | 10   | 100     | 15
        """,
    ).asks(
        Flags(
            programme(rule("15", "month"), rule("15", "month", ">")),
            "2017-09",
            """
            pupil | rule    | outcome     | certainty
            X     | from-15 | flagged     | certain
            X     | over-15 | not_flagged | certain
            """,
        ),
    ),
    case(
        "a_decimal_limit",
        "rule: limit",
        "A limit of 12.5 %",
        "A limit may have decimals; it is compared exactly.",
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2017-09-04 | 2    | 100     | 12
            Y     | 2017-09-04 | 1    | 100     | 12
            Y     | 2017-09-05 | 1    | 100     | 13
        """,
    ).asks(
        Flags(
            programme(rule("12.5", "month")),
            "2017-09",
            "pupil | outcome | share\nX | not_flagged | 24/200\nY | flagged | 25/200",
        ),
    ),
    case(
        "certain_whatever_is_missing",
        "rule: certainty",
        "Certain, whatever the missing lessons hold",
        "Absence in the known lessons alone can reach the limit of the whole; and with few lessons "
        "missing even all of them could not.",
        attendance="""
            pupil | on         | days | minutes | absent | acknowledged
            X     | 2017-09-04 | 5    | 100     | 40     | yes
            X     | 2017-09-11 | 5    | 100     |        | no
            Y     | 2017-09-04 | 9    | 100     |        | yes
            Y     | 2017-09-15 | 1    | 100     |        | no
        """,
    ).asks(
        Flags(
            MONTH_15,
            "2017-09",
            """
            pupil | outcome     | certainty | low      | high
            X     | flagged     | certain   | 200/1000 | 700/1000
            Y     | not_flagged | certain   | 0/1000   | 100/1000
            """,
        ),
    ),
    case(
        "likely_at_the_floor",
        "rule: certainty",
        "Exactly at the floor of coverage",
        "With 80 % of the time acknowledged the known share decides, as likely; with less nothing "
        "is claimed.",
        attendance="""
            pupil | on         | days | minutes | absent | acknowledged
            X     | 2017-09-04 | 8    | 100     | 18     | yes
            X     | 2017-09-14 | 2    | 100     |        | no
            Y     | 2017-09-04 | 8    | 100     | 10     | yes
            Y     | 2017-09-14 | 2    | 100     |        | no
            Z     | 2017-09-04 | 7    | 100     | 18     | yes
            Z     | 2017-09-13 | 3    | 100     |        | no
        """,
    ).asks(
        Flags(
            MONTH_15,
            "2017-09",
            """
            pupil | outcome     | coverage
            X     | flagged     | 800/1000
            Y     | not_flagged | 800/1000
            Z     | cannot_tell | 700/1000
            """,
        ),
        Flags(
            programme(rule("15", "month", floor="70")),
            "2017-09",
            """
            pupil | outcome     | certainty
            X     | flagged     | likely
            Y     | not_flagged | likely
            Z     | flagged     | likely
            """,
        ),
    ),
    case(
        "valid_absence_counts",
        "rule: total absence",
        "Sickness and granted leave count",
        "Valid, invalid and unclassified absence are shown apart and counted together.",
        attendance="""
            pupil | on         | days | minutes | valid | invalid | unclassified | other
            X     | 2017-09-04 | 10   | 100     | 8     | 4       | 3            | 20
        """,
    ).asks(
        Flags(
            MONTH_15,
            "2017-09",
            """
            pupil | outcome | valid | invalid | unclassified | other | absent | share
            X     | flagged | 80    | 40      | 30           | 200   | 150    | 150/1000
            """,
        ),
    ),
    case(
        "no_lessons_this_month",
        "rule: own month",
        "A month end whose own month holds no lesson",
        "High absence in earlier months raises no new flag at a month end without lessons; it "
        "cannot tell.",
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2017-11-01 | 10   | 100     | 90
        """,
    ).asks(
        Flags(
            programme(rule("15", "rolling-months:3")),
            "2017-12",
            "pupil | outcome | share | incomplete_months\nX | cannot_tell | 900/1000 | 2017-10 2017-12",
        ),
        Flags(
            programme(rule("15", "rolling-months:3")),
            "2017-11",
            "pupil | outcome | incomplete_months\nX | flagged | 2017-09 2017-10",
        ),
    ),
    case(
        "no_further_than_the_month_end",
        "rule: month end",
        "A term, looked at on 30 November",
        "A flag's window ends with its month, also when the term goes on.",
        attendance="""
            pupil | on         | days | minutes | absent
            X     | 2017-11-01 | 10   | 100     | 10
            X     | 2017-12-01 | 10   | 100     | 90
        """,
    ).asks(
        Flags(
            programme(rule("15", "term")),
            "2017-11",
            "pupil | to | outcome | share\nX | 2017-11-30 | not_flagged | 100/1000",
        ),
        Measure("term", "pupil | share\nX | 1000/2000", at="2017-11"),
    ),
)
