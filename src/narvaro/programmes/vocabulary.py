"""The words that programmes may use, with what each means."""

from __future__ import annotations

from narvaro.programmes.values import Kind, Wrong, word

INVALID_ONLY = (
    *("invalid-absence", "invalid", "invalid-only", "unexcused", "unauthorised", "ogiltig"),
    "unnotified",
)


def _measure(value: object) -> str:
    if value == "all-absence":
        return "all-absence"
    if value in INVALID_ONLY:
        raise Wrong(
            "a share rule that counts only invalid absence is refused: sickness and granted leave "
            "have the same consequences for the pupil, so all absence drives a flag",
            'Write measure = "all-absence"; valid and invalid minutes are shown beside',
        )
    raise Wrong("this is no measure of a share rule", 'Write measure = "all-absence"')


MEASURE = Kind(
    "measure", _measure, {"all-absence": "valid, invalid and unclassified absent minutes together"}
)
OPERATOR = word(
    {">=": "the limit itself is enough (minst)", ">": "only above the limit (mer än)"},
    called="operator",
)
UPPER_OPERATOR = word(
    {"<=": "the upper limit itself belongs to the band", "<": "it does not"}, called="operator"
)
SCHOOLS = word(
    {
        "participations": "the schools that the `participations` table names for the programme, "
        "on the window's last day; all schools when the table names none",
        "all": "all schools, whatever `participations` says",
    }
)
COUNTS = word(
    {
        "month-ends": "a pupil flagged by any of the rules counts once per month end",
        "episodes": "month ends that follow each other without a break count once",
    }
)
WITHIN = word({"school-year": "1 July to 30 June"})
OPENED_BY = word(
    {
        "lesson": "every lesson",
        "absence": "the first day of an absence",
        "unnotified-absence": "an absence that nobody told the school of",
        "person": "anyone who works with the pupil, at any time",
    }
)
MAY_END = word(
    {
        "closed": "the case is closed, with the reason",
        "watched": "no more now; the next month ends are watched",
        "returned": "the pupil has come back",
        "adapted": "the teaching is adapted, and the owner keeps the case",
        "placed": "the pupil has been given a place",
        "declined": "the family has declined the offer",
    }
)
PER = word(
    {
        "school": "each school",
        "school-year": "each school year",
        "district": "each district",
        "programme": "the whole programme",
    }
)
