"""Enrolment: coming, going, never having been there."""

from __future__ import annotations

from tests.spec.cases import Case, Flags, Measure, case, programme, rule

FROM_15_A_MONTH = programme(rule("15", "month"))

CASES: tuple[Case, ...] = (
    case(
        "leaves_and_comes_back",
        "C.4 enrolment",
        "Enrolled in mid-month, gone, and back",
        "A class's lesson is a pupil's own on the days it is enrolled there, first and last day "
        "included.",
        enrolments="""
            pupil | school | class | grade | starts_on  | ends_on
            X     | School | 1a    | 1     | 2017-09-05 | 2017-09-06
            X     | School | 1a    | 1     | 2017-09-08 |
            Y     | School | 1a    | 1     | 2017-08-16 |
        """,
        lessons="""
            lesson | school | class | starts_at        | minutes | acknowledged
            Mon    | School | 1a    | 2017-09-04 08:00 | 60      | yes
            Tue    | School | 1a    | 2017-09-05 08:00 | 60      | yes
            Wed    | School | 1a    | 2017-09-06 08:00 | 60      | yes
            Thu    | School | 1a    | 2017-09-07 08:00 | 60      | yes
            Fri    | School | 1a    | 2017-09-08 08:00 | 60      | yes
        """,
    ).asks(
        Measure("week", "pupil | scheduled\nX | 180\nY | 300", at="2017-09-04"),
    ),
    case(
        "an_end_registered_late",
        "C.4 enrolment",
        "A pupil who had left, but nobody had said so",
        "Until the end is known the lessons are the pupil's; from then on they are not, and the "
        "ghost is gone from the figures.",
        enrolments="""
            pupil | school | class | grade | starts_on  | ends_on
            X     | School | 1a    | 1     | 2017-08-16 |
        """,
        lessons="""
            lesson | school | class | starts_at        | minutes | acknowledged
            1      | School | 1a    | 2017-09-04 08:00 | 60      | yes
            2      | School | 1a    | 2017-09-14 08:00 | 60      | no
        """,
    )
    .then(
        "2018-08-02T06:00Z",
        enrolments="""
            pupil | school | class | grade | starts_on  | ends_on    | recorded_at
            X     | School | 1a    | 1     | 2017-08-16 | 2017-09-08 | 2017-10-20 12:00
        """,
    )
    .asks(
        Measure(
            "month",
            "pupil | scheduled | coverage\nX | 120 | 60/120",
            at="2017-09",
            as_known_at="2017-10-19T00:00Z",
        ),
        Measure("month", "pupil | scheduled | coverage\nX | 60 | 60/60", at="2017-09"),
    ),
    case(
        "abroad",
        "C.4 abroad",
        "The duty to attend has ended, or has not",
        "Abroad without leave the pupil stays enrolled and is absent; once the enrolment is ended, "
        "neither lessons nor flags are the pupil's.",
        enrolments="""
            pupil | school | class | grade | starts_on  | ends_on
            moved | School | 1a    | 1     | 2017-08-16 | 2017-08-31
            away  | School | 1a    | 1     | 2017-08-16 |
        """,
        lessons="""
            lesson | school | class | starts_at        | minutes | acknowledged
            L      | School | 1a    | 2017-09-04 08:00 | 60      | yes
        """,
        marks="""
            lesson | pupil | invalid_minutes
            L      | away  | 60
        """,
    ).asks(
        Measure("month", "pupil | invalid | share\naway | 60 | 60/60", at="2017-09"),
        Flags(FROM_15_A_MONTH, "2017-09", "pupil | outcome\naway | flagged"),
    ),
    case(
        "a_mark_without_membership",
        "C.4 double lessons",
        "Marked in a group one never belonged to",
        "A mark counts for its pupil, and quality reports it; those marked are then the lesson's "
        "pupils.",
        enrolments="""
            pupil | school | class | grade | starts_on
            X     | School | 1a    | 1     | 2017-08-16
            Y     | School | 1b    | 1     | 2017-08-16
        """,
        lessons="""
            lesson | school | class | starts_at        | minutes | acknowledged
            L      | School | 1a    | 2017-09-04 08:00 | 60      | yes
        """,
        marks="""
            lesson | pupil | invalid_minutes
            L      | Y     | 60
        """,
    ).asks(
        Measure("month", "pupil | scheduled | share\nX | 0 | none\nY | 60 | 60/60", at="2017-09"),
    ),
    case(
        "preschool_class_and_preschool",
        "C.4 preschool",
        "Preschool class is compulsory, preschool is not",
        "The preschool class (F) is held against the rules like any grade; a child in preschool is "
        "never in a programme's scope.",
        enrolments="""
            pupil | school | class | grade     | starts_on
            X     | School | F     | F         | 2017-08-16
            Y     | School | small | preschool | 2017-08-16
        """,
        attendance="""
            pupil | on         | minutes | absent
            X     | 2017-09-04 | 300     | 300
            Y     | 2017-09-04 | 300     | 300
        """,
    ).asks(Flags(FROM_15_A_MONTH, "2017-09", "pupil | outcome\nX | flagged")),
)
