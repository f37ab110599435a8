"""Edge cases that a figure has to settle, each with the answer it gives."""

from tests.spec.edge_cases import enrolment, minutes, out_of_school, time, timetable

DOCUMENTED_CHOICES = (
    (
        "Quarter hours",
        "A source that rounds late arrivals to quarter hours is taken at its word: 15 minutes told "
        "are 15 minutes counted. Nothing in the row says that it was rounded.",
    ),
    (
        "A right without a duty",
        "Whether attendance is a duty (asylum seekers have the right only) is no column of the "
        "exchange format; such pupils are measured like others and left out by the programme's "
        "schools or by the person who decides.",
    ),
    (
        "Pupils without a personal number",
        "A temporary, coordination or protected number never reaches a figure: rows carry keys, and "
        "two keys found to be one person are joined by a row of the ledger.",
    ),
    (
        "What an announced absence means in its source",
        "Some systems write valid absence from a guardian's report, others wait for the teacher. "
        "The mapping profile of the source says which; in the exchange format an announcement by "
        "itself is never absence.",
    ),
)


CASES = (
    *minutes.CASES,
    *time.CASES,
    *timetable.CASES,
    *enrolment.CASES,
    *out_of_school.CASES,
)
