"""Which months of which schools can be used."""

from __future__ import annotations

from tests.spec.cases import Case, Quality, case

AUTUMN = """
    organisation | from       | to         | kind
    School       | 2017-08-21 | 2017-12-20 | term
    School       | 2017-10-30 | 2017-11-03 | break
"""
TOWN_AND_SCHOOL = """
    organisation | name   | kind             | parent
    Town         | Town   | school_authority |
    School       | School | school_unit      | Town
"""

CASES: tuple[Case, ...] = (
    case(
        "exactly_at_the_target",
        "A-B-9",
        "95 % of the time is enough",
        "A month is usable when every week with school days has a timetable and at least 95 % of "
        "due teaching time is acknowledged: 1,140 of 1,200 minutes are.",
        calendar=AUTUMN,
        attendance="""
            pupil | on         | days | minutes | acknowledged
            X     | 2017-09-01 | 19   | 60      | yes
            X     | 2017-09-28 | 1    | 60      | no
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | usable | why  | acknowledged_by_time | basis
            School | yes    | none | 1140/1200            | calendar
            """,
            show="verdicts",
        ),
    ),
    case(
        "a_minute_below_the_target",
        "A-B-9, A-R-29",
        "94.9 % of the time, though 95 % of the lessons",
        "Time decides, and is compared in whole minutes; the share by lessons stands beside it.",
        calendar=AUTUMN,
        attendance="""
            pupil | on         | days | minutes | acknowledged
            X     | 2017-09-01 | 18   | 60      | yes
            X     | 2017-09-27 | 1    | 59      | yes
            X     | 2017-09-28 | 1    | 61      | no
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | usable | why                     | acknowledged_by_time
            School | no     | too_little_acknowledged | 1139/1200
            """,
            show="verdicts",
        ),
        Quality(
            "2017-09",
            """
            school | acknowledged_by_time | acknowledged_by_lessons
            School | 1139/1200            | 19/20
            """,
        ),
    ),
    case(
        "two_weeks_without_a_timetable",
        "A-R-28",
        "The timetable ends in the middle of the month",
        "A week with school days but without a single lesson was never loaded. What there is may "
        "be acknowledged to the last minute: the month is not usable.",
        calendar=AUTUMN,
        attendance="""
            pupil | on         | days | minutes
            X     | 2017-09-01 | 10   | 60
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | usable | why           | weeks_without_timetable | acknowledged_by_time
            School | no     | weeks_missing | 2017-W38 2017-W39       | 600/600
            """,
            show="verdicts",
        ),
    ),
    case(
        "a_week_off_is_not_missing",
        "A-R-28",
        "The break in week 44",
        "Only weeks with school days in the month need a timetable.",
        calendar=AUTUMN,
        attendance="""
            pupil | on         | days | minutes
            X     | 2017-11-06 | 19   | 60
        """,
    ).asks(
        Quality(
            "2017-11",
            """
            school | usable | weeks
            School | yes    | 2017-W45 2017-W46 2017-W47 2017-W48
            """,
            show="verdicts",
        ),
    ),
    case(
        "no_calendar_but_other_schools",
        "A-R-30",
        "Without a calendar the authority's other schools say which weeks count",
        "A week counts when another school of the authority had lessons on a Monday to Friday of "
        "it. Here A lacks no week, and B the second one.",
        organisations="""
            organisation | name | kind             | parent
            Town         | Town | school_authority |
            A            | A    | school_unit      | Town
            B            | B    | school_unit      | Town
        """,
        attendance="""
            pupil | school | on         | days | minutes
            X     | A      | 2017-09-04 | 10   | 60
            Y     | B      | 2017-09-04 | 5    | 60
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | usable | weeks             | weeks_without_timetable | basis
            A      | yes    | 2017-W36          |                         | other_schools
            B      | no     | 2017-W36 2017-W37 | 2017-W37                | other_schools
            """,
            show="verdicts",
        ),
    ),
    case(
        "no_calendar_and_no_other_school",
        "A-R-30",
        "Without a calendar and other schools every week counts",
        "Nobody can say that a week was free, so a week without lessons is a week without a "
        "timetable; the remedy is to deliver the calendar.",
        organisations=TOWN_AND_SCHOOL,
        attendance="""
            pupil | on         | days | minutes
            X     | 2017-09-01 | 16   | 60
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | usable | why           | weeks_without_timetable | basis
            School | no     | weeks_missing | 2017-W39                | weekdays
            """,
            show="verdicts",
        ),
    ),
    case(
        "a_month_without_lessons",
        "P2",
        "No lessons is a reason, not 0 %",
        "With school days the timetable was not loaded; without them there was nothing to load.",
        calendar=AUTUMN,
        enrolments="""
            pupil | school | class | grade | starts_on
            X     | School | 1a    | 1     | 2015-07-01
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | usable | why        | acknowledged_by_time | share | low  | high
            School | no     | no_lessons | none                 | none  | none | none
            """,
            show="verdicts",
        ),
        Quality(
            "2017-07",
            """
            school | usable | why
            School | no     | no_school_days
            """,
            show="verdicts",
        ),
    ),
    case(
        "a_month_of_sums",
        "P3",
        "Only sums by period",
        "A school that hands over sums has no lessons to judge, and its month says so.",
        calendar=AUTUMN,
        period_summaries="""
            pupil | school | from       | to         | offered | acknowledged | precision
            X     | School | 2017-09-01 | 2017-09-30 | 1000    | 1000         | exact
        """,
    ).asks(
        Quality(
            "2017-09",
            "school | usable | why\nSchool | no | only_summaries",
            show="verdicts",
        ),
        Quality("2017-09", "school | status\nSchool | only_summaries", show="status"),
    ),
    case(
        "best_and_worst_case",
        "C.2",
        "What the lessons nobody acknowledged may hide",
        "At best everybody was there, at worst nobody.",
        calendar=AUTUMN,
        attendance="""
            pupil | on         | days | minutes | absent | acknowledged
            X     | 2017-09-01 | 2    | 60      | 60     | yes
            X     | 2017-09-05 | 16   | 60      |        | yes
            X     | 2017-09-27 | 2    | 60      |        | no
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | usable | share    | low      | high
            School | no     | 120/1080 | 120/1200 | 240/1200
            """,
            show="verdicts",
        ),
    ),
    case(
        "a_month_that_is_not_over",
        "A-R-30",
        "In the middle of a month",
        "The days so far are judged, and the verdict says that the month is not over. A week "
        "whose first day is not over is not missing yet.",
        calendar=AUTUMN,
        attendance="""
            pupil | on         | days | minutes | recorded
            X     | 2017-09-01 | 6    | 60      | 2017-09-08 10:00
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | usable | weeks
            School | yes    | 2017-W35 2017-W36
            """,
            show="verdicts",
            as_known_at="2017-09-11T10:00Z",
        ),
        Quality(
            "2017-09",
            """
            school | usable | weeks_without_timetable
            School | no     | 2017-W37 2017-W38 2017-W39
            """,
            show="verdicts",
        ),
        Quality(
            "2017-09",
            "school | why\nSchool | not_begun",
            show="verdicts",
            as_known_at="2017-08-30T12:00Z",
        ),
    ),
)
