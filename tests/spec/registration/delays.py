"""How soon lessons are acknowledged, and by whom."""

from __future__ import annotations

from tests.spec.cases import Case, Quality, case

CASES: tuple[Case, ...] = (
    case(
        "how_soon_lessons_are_acknowledged",
        "C.6",
        "The same day, the next day, nobody knows when",
        "The delay runs from the end of the lesson. The mean is exact, the median the middle "
        "lesson's (or half of the two in the middle), both over lessons whose time is known. Of "
        "those the same-day share is told; of all lessons only its bounds.",
        lessons="""
            lesson | school | starts_at        | minutes | teachers | acknowledged | acknowledged_at
            1      | School | 2017-09-04 08:00 | 60      | t1       | yes          | 2017-09-04 08:50
            2      | School | 2017-09-05 08:00 | 60      | t1       | yes          | 2017-09-05 09:30
            3      | School | 2017-09-06 08:00 | 60      | t1       | yes          | 2017-09-07 09:00
            4      | School | 2017-09-07 08:00 | 60      | t1       | yes          |
            5      | School | 2017-09-08 08:00 | 60      | t1;t2    | no           |
        """,
        marks="""
            lesson | pupil
            1      | X
            2      | X
            3      | X
            4      | X
            5      | X
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | teacher | lessons | same_day | same_day_low | same_day_high
            School | t1      | 5       | 2/3      | 2/5          | 3/5
            School | t2      | 1       | none     | 0/1          | 0/1
            """,
            by="teacher",
        ),
        Quality(
            "2017-09",
            """
            school | teacher | mean_delay_minutes | median_delay_minutes
            School | t1      | 1470/3             | 30/1
            School | t2      | none               | none
            """,
            by="teacher",
        ),
    ),
    case(
        "lessons_that_lack_something",
        "C.6",
        "A lesson without pupils, a lesson without a teacher",
        "They count as lessons all the same, and are named.",
        enrolments="""
            pupil | school | class | grade | starts_on
            X     | School | 1a    | 1     | 2015-07-01
        """,
        lessons="""
            lesson | school | class | starts_at        | minutes | teachers | acknowledged
            1      | School | 1a    | 2017-09-04 08:00 | 60      | t1       | yes
            2      | School | 1a    | 2017-09-05 08:00 | 60      |          | yes
            3      | School | 1b    | 2017-09-05 08:00 | 60      | t1       | yes
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            school | class | lessons | lessons_without_pupils | lessons_without_teacher
            School | 1a    | 2       | 0                      | 1
            School | 1b    | 1       | 1                      | 0
            """,
            by="class",
        ),
    ),
)
