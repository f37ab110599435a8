"""The sample school, authority and pupil in the other states they can be in."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.support.reports import (
    NOVEMBER,
    cannot_tell_pupil,
    how,
    overview,
    pupil,
    school_report,
)

from narvaro.reporting.content import (
    Bands,
    Certainty,
    Coverage,
    Limit,
    Minutes,
    MonthStatus,
    Moves,
    SchoolMonthReport,
    Share,
    StageBySex,
    Text,
    TrendPoint,
    Verdict,
)
from narvaro.reporting.site_content import Outcome, Overview, PupilPage


def school_reports() -> list[SchoolMonthReport]:
    """The whole one, a first month, a month without data, a strict rule, one without changes."""
    whole = school_report()
    nothing = Share(0, 0)
    first = replace(whole, bands_before=None, trend=whole.trend[-1:], flagged=(), moves=Moves(0, 0))
    empty = replace(
        whole,
        pupils=0,
        coverage=Coverage(nothing, nothing),
        verdict=Verdict(False, Text("Schemat är inte inläst.", "No timetable is loaded.")),
        statuses=(
            MonthStatus(NOVEMBER.plus(-1), "not_usable"),
            MonthStatus(NOVEMBER, "no_lessons"),
        ),
        bands=Bands(0, 0, 0, 0, 0),
        bands_before=None,
        trend=(TrendPoint(NOVEMBER, 0, 0, nothing),),
        stages=(),
        moves=Moves(0, 0),
        flagged=(),
        how=how(Minutes(0, 0, 0, 0, 0, 0)),
    )
    strict = replace(
        whole,
        verdict=Verdict(True, Text("Schemat är inläst.", "The timetable is loaded.")),
        how=replace(whole.how, limit=Limit(Fraction("12.5"), strict=True)),
        moves=replace(whole.moves, in_count=9, out_count=9),
    )
    still = replace(whole, moves=Moves(0, 0), bands_before=whole.bands)
    few = replace(
        whole,
        bands=Bands(20, 12, 3, 2, 0),
        bands_before=Bands(19, 13, 2, 3, 0),
        pupils=37,
        trend=(TrendPoint(NOVEMBER, 5, 37, Share(97, 100)),),
        stages=(StageBySex("F–3", "female", 37, 5),),
        how=replace(whole.how, school_days=1),
    )
    one = replace(first, pupils=1, bands=Bands(1, 0, 0, 0, 0))
    return [whole, first, empty, strict, still, few, one]


def overviews() -> list[Overview]:
    """Some schools usable, all, none, and no schools at all."""
    whole = overview()
    usable = tuple(school for school in whole.schools if school.verdict.is_usable)
    others = tuple(school for school in whole.schools if not school.verdict.is_usable)
    return [
        whole,
        replace(whole, schools=usable[:1]),
        replace(whole, schools=others),
        replace(whole, schools=(), status=MonthStatus(NOVEMBER, "final")),
    ]


def pupils() -> list[PupilPage]:
    """One for every outcome and certainty, with and without unacknowledged lessons."""
    whole = pupil()
    cases: list[tuple[Outcome, Certainty | None, Minutes, int]] = [
        ("flagged", "certain", Minutes(17_700, 17_700, 2_590, 440, 30, 0), 0),
        ("flagged", "likely", Minutes(17_700, 15_310, 2_400, 100, 0, 0), 2),
        ("not_flagged", "certain", Minutes(17_700, 17_700, 590, 0, 0, 0), 0),
        ("not_flagged", "certain", Minutes(17_700, 17_310, 590, 0, 0, 0), 0),
        ("not_flagged", "likely", Minutes(17_700, 15_310, 1_590, 0, 0, 0), 0),
        ("cannot_tell", None, Minutes(17_700, 0, 0, 0, 0, 0), 0),
        ("cannot_tell", None, Minutes(0, 0, 0, 0, 0, 0), 0),
    ]
    others = [
        replace(
            whole,
            explanation=replace(
                whole.explanation,
                outcome=outcome,
                certainty=certainty,
                corrections_since=since,
                unacknowledged_lessons=1,
                how=how(minutes),
            ),
        )
        for outcome, certainty, minutes, since in cases
    ]
    present = replace(
        whole,
        days=tuple(
            replace(d, valid=0, invalid=0, leave=0, acknowledged=d.scheduled) for d in whole.days
        ),
        flags_in_year=5,
    )
    return [whole, cannot_tell_pupil(), present, *others]
