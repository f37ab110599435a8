"""Registrations that cannot all be true."""

from __future__ import annotations

from tests.spec.cases import Case, Quality, case

CASES: tuple[Case, ...] = (
    case(
        "at_two_lessons_at_once",
        "C.4 double lessons",
        "Two lessons at one time",
        "The lesson that began later is named with each one it overlaps. Music begins as sport "
        "ends, which is no contradiction, but art goes on.",
        attendance="""
            pupil | lesson | on         | at    | minutes
            X     | maths  | 2017-09-04 | 08:00 | 60
            X     | sport  | 2017-09-04 | 08:40 | 60
            X     | art    | 2017-09-04 | 09:30 | 60
            X     | music  | 2017-09-04 | 09:40 | 60
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            kind                | pupil | lesson             | other_lesson       | minutes
            two_lessons_at_once | X     | art-0904-0930-60   | sport-0904-0840-60 | 10
            two_lessons_at_once | X     | music-0904-0940-60 | art-0904-0930-60   | 50
            two_lessons_at_once | X     | sport-0904-0840-60 | maths-0904-0800-60 | 20
            """,
            show="contradictions",
        ),
    ),
    case(
        "a_mark_out_of_place",
        "C.4 change of group",
        "Marked in a group one never belonged to",
        "A mark counts for the pupil it names, and is reported when the pupil is of neither the "
        "lesson's group nor, where that has no members, its class; so is one of a pupil who is "
        "enrolled nowhere on that day.",
        enrolments="""
            pupil | school | class | grade | starts_on  | ends_on
            X     | School | 1a    | 1     | 2015-07-01 |
            Y     | School | 1b    | 1     | 2015-07-01 |
            Z     | School | 1a    | 1     | 2015-07-01 | 2017-06-30
        """,
        group_memberships="""
            pupil | group | starts_on
            X     | choir | 2017-08-21
        """,
        lessons="""
            lesson | school | group | class | starts_at        | minutes | acknowledged
            song   | School | choir |       | 2017-09-04 08:00 | 60      | yes
            maths  | School |       | 1a    | 2017-09-05 08:00 | 60      | yes
            all    | School |       |       | 2017-09-06 08:00 | 60      | yes
        """,
        marks="""
            lesson | pupil
            song   | X
            song   | Y
            maths  | X
            maths  | Y
            maths  | Z
            all    | Y
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            kind          | pupil | lesson
            no_enrolment  | Z     | maths
            no_membership | Y     | maths
            no_membership | Y     | song
            """,
            show="contradictions",
        ),
    ),
    case(
        "minutes_that_do_not_add_up",
        "C.4 conflict",
        "Present and absent are not the whole lesson",
        "Only a mark that states present minutes can contradict itself. Another school activity "
        "may stand beside the present minutes or within them.",
        lessons="""
            lesson | school | starts_at        | minutes | acknowledged
            L      | School | 2017-09-04 08:00 | 60      | yes
            M      | School | 2017-09-05 08:00 | 60      | no
        """,
        marks="""
            lesson | pupil | present_minutes | valid_minutes | other_minutes
            L      | X     | 50              | 10            |
            L      | Y     | 50              |               |
            L      | Z     | 60              | 10            |
            L      | V     | 40              |               | 20
            L      | W     | 60              |               | 20
            M      | X     | 0               |               |
        """,
    ).asks(
        Quality(
            "2017-09",
            """
            kind                  | pupil | lesson | minutes
            minutes_do_not_add_up | Y     | L      | -10
            minutes_do_not_add_up | Z     | L      | 10
            """,
            show="contradictions",
        ),
    ),
)
