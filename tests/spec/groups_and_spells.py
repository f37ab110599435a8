"""Pupils counted in bands, and absence counted in occasions."""

from __future__ import annotations

from tests.spec.cases import Case, Measure, case

CASES: tuple[Case, ...] = (
    case(
        "bands_open_with_their_limit",
        "C.1",
        "Under 5, 5 to under 15, 15 to under 25, 25 per cent or more",
        "A limit belongs to the band it opens: exactly 5 % is not under 5 %. `bands` counts the "
        "pupils of each, from the lowest.",
        enrolments="""
            pupil | school | class | grade | starts_on
            A     | School | 1a    | 1     | 2015-07-01
            B     | School | 1a    | 1     | 2015-07-01
            C     | School | 1a    | 1     | 2015-07-01
            D     | School | 1b    | 1     | 2015-07-01
            E     | School | 1b    | 1     | 2015-07-01
            F     | School | 1b    | 1     | 2015-07-01
        """,
        attendance="""
            pupil | on         | minutes | absent
            A     | 2017-09-04 | 1000    | 49
            B     | 2017-09-04 | 1000    | 50
            C     | 2017-09-04 | 1000    | 149
            D     | 2017-09-04 | 1000    | 150
            E     | 2017-09-04 | 1000    | 249
            F     | 2017-09-04 | 1000    | 250
        """,
    ).asks(
        Measure(
            "month",
            """
            school | class | pupils | pupils_measured | bands   | share
            School | 1a    | 3      | 3               | 1 2 0 0 | 248/3000
            School | 1b    | 3      | 3               | 0 0 2 1 | 649/3000
            """,
            at="2017-09",
            group="class",
        ),
    ),
    case(
        "pupils_whose_band_nobody_can_tell",
        "C.2",
        "Too little acknowledged, or nothing at all",
        "A band is certain where the lowest and the highest possible share lie in it (C, D). "
        "Otherwise the share decides from a coverage of 80 % (B), and below it nobody can tell (A). "
        "A pupil without lessons (E) is a pupil whose band nobody can tell, never one with 0 %.",
        enrolments="""
            pupil | school | class | grade | starts_on
            A     | School | 1a    | 1     | 2015-07-01
            B     | School | 1a    | 1     | 2015-07-01
            C     | School | 1a    | 1     | 2015-07-01
            D     | School | 1a    | 1     | 2015-07-01
            E     | School | 1a    | 1     | 2015-07-01
        """,
        attendance="""
            pupil | on         | minutes | absent | acknowledged
            A     | 2017-09-04 | 790     | 100    | yes
            A     | 2017-09-05 | 210     |        | no
            B     | 2017-09-04 | 800     | 100    | yes
            B     | 2017-09-05 | 200     |        | no
            C     | 2017-09-04 | 300     | 300    | yes
            C     | 2017-09-05 | 700     |        | no
            D     | 2017-09-04 | 960     |        | yes
            D     | 2017-09-05 | 40      |        | no
        """,
    ).asks(
        Measure(
            "month",
            """
            school | pupils | pupils_measured | cannot_tell | bands
            School | 5      | 3               | 2           | 1 1 0 1
            """,
            at="2017-09",
            group="class",
        ),
    ),
    case(
        "the_group_of_a_pupil_who_moved",
        "C.3.9",
        "A pupil is counted once, where the newest enrolment is",
        "Minutes are added over all schools; the group is that of the enrolment newest on the "
        "window's last day, or on the day of asking if that comes first.",
        enrolments="""
            pupil | school | class | grade | starts_on  | ends_on
            X     | Old    | 3b    | 3     | 2015-08-17 | 2017-10-15
            X     | New    | 3a    | 3     | 2017-10-16 |
        """,
        attendance="""
            pupil | school | on         | minutes | absent | recorded
            X     | Old    | 2017-10-02 | 100     | 20     | 2017-10-02 12:00
            X     | New    | 2017-10-20 | 100     | 10     | 2017-10-20 12:00
        """,
    ).asks(
        Measure(
            "month",
            """
            school | class | pupils | bands   | share
            New    | 3a    | 1      | 0 0 1 0 | 30/200
            """,
            at="2017-10",
            group="class",
        ),
        Measure(
            "month",
            """
            school | class | pupils | bands   | share
            Old    | 3b    | 1      | 0 0 1 0 | 20/100
            """,
            at="2017-10",
            group="class",
            as_known_at="2017-10-10T12:00Z",
        ),
    ),
    case(
        "occasions_and_the_longest_spell",
        "C.1 Bollnäs",
        "An occasion is an unbroken series of lessons with absence",
        "X is away two days on end over a weekend (four lessons), and late once: two occasions. A "
        "lesson nobody acknowledged neither makes a series nor ends it.",
        attendance="""
            pupil | on         | at    | minutes | absent | acknowledged
            X     | 2017-09-08 | 08:00 | 60      | 60     | yes
            X     | 2017-09-08 | 10:00 | 60      | 60     | yes
            X     | 2017-09-08 | 13:00 | 60      |        | no
            X     | 2017-09-11 | 08:00 | 60      | 60     | yes
            X     | 2017-09-11 | 10:00 | 60      | 60     | yes
            X     | 2017-09-12 | 08:00 | 60      |        | yes
            X     | 2017-09-13 | 08:00 | 60      | 5      | yes
            Y     | 2017-09-08 | 08:00 | 60      |        | yes
            Z     | 2017-09-08 | 08:00 | 60      |        | no
        """,
    ).asks(
        Measure(
            "month",
            """
            pupil | absent_lessons | occasions | longest_spell_lessons | longest_spell_days
            X     | 5              | 2         | 4                     | 2
            Y     | 0              | 0         | 0                     | 0
            Z     | none           | none      | none                  | none
            """,
            at="2017-09",
            spells=True,
        ),
    ),
    case(
        "the_longest_in_lessons_and_in_days",
        "C.1",
        "The longest spell in lessons may not be the longest in days",
        "Four lessons of one day are more lessons than three of three days, and fewer days.",
        attendance="""
            pupil | on         | days | lessons | minutes | absent
            X     | 2017-09-04 | 1    | 4       | 60      | 60
            X     | 2017-09-05 | 1    | 1       | 60      |
            X     | 2017-09-06 | 3    | 1       | 60      | 60
        """,
    ).asks(
        Measure(
            "month",
            """
            pupil | occasions | longest_spell_lessons | longest_spell_days
            X     | 2         | 4                     | 3
            """,
            at="2017-09",
            spells=True,
        ),
    ),
    case(
        "attended_of_the_full_timetable",
        "C.3.8",
        "An adjusted timetable does not hide the full one",
        "5 % absent of the adjusted timetable, 38 % of the full one attended. What nobody "
        "acknowledged makes the attended part a range.",
        attendance="""
            pupil | on         | days | minutes | scheduled | full | absent | acknowledged
            X     | 2017-09-04 | 1    | 300     | 120       | 300  | 30     | yes
            X     | 2017-09-05 | 4    | 300     | 120       | 300  |        | yes
            Y     | 2017-09-04 | 4    | 300     | 120       | 300  |        | yes
            Y     | 2017-09-08 | 1    | 300     | 120       | 300  |        | no
        """,
    ).asks(
        Measure(
            "week",
            """
            pupil | share  | attended_of_full_low | attended_of_full_high
            X     | 30/600 | 570/1500             | 570/1500
            Y     | 0/480  | 480/1500             | 600/1500
            """,
            at="2017-09-08",
        ),
    ),
)
