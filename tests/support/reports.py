"""An invented school, its month, and one of its pupil keys. Deterministic."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from narvaro.reporting.content import (
    Bands,
    Certainty,
    Coverage,
    FlaggedPupil,
    HowCounted,
    Limit,
    Minutes,
    MonthStatus,
    Move,
    Moves,
    SchoolMonthReport,
    Share,
    StageBySex,
    Text,
    TrendPoint,
    Verdict,
)
from narvaro.reporting.site_content import (
    CalendarDay,
    Explanation,
    FlagMark,
    LessonRow,
    Overview,
    PupilPage,
    RollingPoint,
    SchoolRow,
)
from narvaro.timetable import ZONE, Month, Period

NOVEMBER = Month.of(2026, 11)
UNTIL = datetime(2026, 12, 1, 16, 30, tzinfo=ZONE)
WINDOW = Period(date(2026, 9, 1), date(2026, 11, 30))
RULE = Text("Minst 15 % på tre månader", "At least 15% over three months")


def how(minutes: Minutes | None = None) -> HowCounted:
    return HowCounted(
        programme="Provarbetsmodell",
        rule=RULE,
        version="3",
        limit=Limit(Fraction(15)),
        window=WINDOW,
        school_days=59,
        minutes=minutes or Minutes(7_000_000, 6_517_000, 420_000, 96_500, 12_400, 8_000, 21_000),
        receipt="2026-11-linnasa-0007-3f9a1c20",
        known_at=UNTIL,
        assumptions=(Text("Gränsen gäller alla årskurser", "The limit holds for all grades"),),
    )


def trend() -> tuple[TrendPoint, ...]:
    listed = [39, 45, 51, 53, 56, 52, 49, 47, 45, None, None, 42, 52, 57]
    covered = [88, 91, 92, 95, 96, 97, 97, 96, 96, None, None, 95, 97, 93]
    points = []
    for place, (n, share) in enumerate(zip(listed, covered, strict=True)):
        month = NOVEMBER.plus(place - 13)
        if n is None or share is None:
            points.append(TrendPoint(month, 0, 0, Share(0, 0)))
        else:
            points.append(TrendPoint(month, n, 406, Share(share * 10 + 1, 1000)))
    return tuple(points)


def stages() -> tuple[StageBySex, ...]:
    return (
        StageBySex("F–3", "female", 68, 6),
        StageBySex("F–3", "male", 73, 7),
        StageBySex("4–6", "female", 67, 8),
        StageBySex("4–6", "male", 73, 9),
        StageBySex("7–9", "female", 59, 14),
        StageBySex("7–9", "male", 63, 12),
        StageBySex("7–9", "unknown", 3, 1),
    )


def _move(
    pupil: str, now: int, before: int, *, certainty: Certainty | None, flags: int, why: Text
) -> Move:
    """`now` and `before` are thousandths."""
    shares = (Share(now, 1000), Share(before, 1000))
    return Move(pupil, pupil[:2], *shares, certainty, flags, why)


def moves() -> Moves:
    over = Text("Nådde gränsen på tre månader", "Reached the limit over three months")
    again = Text("Närvarar igen", "Attends again")
    corrected = Text("Rättade uppgifter", "Corrected data")
    came = (
        _move("7B-19", 158, 127, certainty="certain", flags=1, why=over),
        _move("9A-21", 248, 136, certainty="certain", flags=1, why=over),
        _move("2C-05", 161, 137, certainty="likely", flags=1, why=over),
        _move("8A-17", 152, 143, certainty="likely", flags=3, why=over),
    )
    left = (
        _move("6B-13", 118, 168, certainty="certain", flags=1, why=again),
        _move("9B-06", 89, 163, certainty=None, flags=1, why=corrected),
    )
    return Moves(9, 4, came, left)


def flagged() -> tuple[FlaggedPupil, ...]:
    return tuple(
        FlaggedPupil(
            f"{group}-{n:02}",
            group,
            absent,
            17310,
            "certain" if absent > 2700 else "likely",
            flags,
            Text(
                f"Missade {absent} av 17 310 kvitterade minuter, gränsen är 15 %",
                f"Missed {absent} of 17,310 acknowledged minutes, the limit is 15%",
            ),
        )
        for group, n, absent, flags in (
            ("2C", 5, 2787, 1),
            ("7B", 14, 3030, 2),
            ("7B", 19, 2735, 1),
            ("8A", 17, 2631, 3),
            ("9A", 21, 4293, 1),
            ("9C", 2, 5435, 4),
            ("9C", 11, 2597, 2),
        )
    )


def school_report() -> SchoolMonthReport:
    return SchoolMonthReport(
        authority="Linnåsa kommun",
        school="Almskolan",
        school_key="sk-almskolan",
        month=NOVEMBER,
        data_until=UNTIL,
        pupils=412,
        coverage=Coverage(Share(6_517_000, 7_000_000), Share(119_250, 125_000)),
        verdict=Verdict(
            False,
            Text(
                "93,1 % av tiden är kvitterad, minst 95 % behövs. Schemat är inläst alla veckor.",
                "93.1% of the time is acknowledged, at least 95% is needed.",
            ),
        ),
        statuses=(
            MonthStatus(NOVEMBER.plus(-3), "final"),
            MonthStatus(NOVEMBER.plus(-2), "final"),
            MonthStatus(NOVEMBER.plus(-1), "final"),
            MonthStatus(NOVEMBER, "preliminary", date(2026, 12, 4)),
        ),
        bands=Bands(231, 118, 41, 16, 6),
        bands_before=Bands(227, 127, 39, 13, 6),
        trend=trend(),
        stages=stages(),
        moves=moves(),
        flagged=flagged(),
        how=how(),
    )


def overview() -> Overview:
    rows = []
    numbers = [
        ("Almskolan", 931, 954, Bands(231, 118, 41, 16, 6)),
        ("Björkskolan", 883, 900, Bands(160, 90, 33, 21, 58)),
        ("Hasselskolan", 970, 987, Bands(301, 88, 9, 2, 0)),
        ("Rönnskolan", 979, 994, Bands(180, 60, 7, 0, 1)),
        ("Videskolan", None, None, None),
    ]
    for name, time, lessons, bands in numbers:
        usable = time is not None and time >= 950
        reason = Text("Schemat är inläst, minst 95 % kvitterat", "Timetable loaded, 95% or more")
        if time is None:
            reason = Text("Schemat är inte inläst", "The timetable is not loaded")
        elif not usable:
            reason = Text("För lite av tiden är kvitterad", "Too little of the time acknowledged")
        rows.append(
            SchoolRow(
                f"sk-{name.lower()}",
                name,
                Coverage(
                    Share(time or 0, 1000 if time else 0),
                    Share(lessons or 0, 1000 if lessons else 0),
                ),
                Verdict(usable, reason),
                bands,
                (bands.from_15 or 0) + (bands.from_25 or 0) if bands else None,
            )
        )
    return Overview(
        "Linnåsa kommun",
        NOVEMBER,
        UNTIL,
        Coverage(Share(936, 1000), Share(952, 1000)),
        MonthStatus(NOVEMBER, "preliminary", date(2026, 12, 4)),
        tuple(rows),
        how(),
    )


def _calendar() -> tuple[CalendarDay, ...]:
    days = []
    day = date(2026, 8, 18)
    while day <= date(2027, 6, 11):
        if day.weekday() < 5:
            days.append(_calendar_day(day))
        day += timedelta(days=1)
    return tuple(days)


def _calendar_day(day: date) -> CalendarDay:
    breaks = (
        (date(2026, 10, 26), date(2026, 10, 30), "höstlov"),
        (date(2026, 12, 21), date(2027, 1, 8), "jullov"),
        (date(2027, 2, 15), date(2027, 2, 19), "sportlov"),
        (date(2027, 3, 29), date(2027, 4, 2), "påsklov"),
    )
    for start, end, name in breaks:
        if start <= day <= end:
            return CalendarDay(day, "break", name)
    if day == date(2026, 9, 25):
        return CalendarDay(day, "staff_day", "studiedag")
    if day >= date(2026, 12, 2):
        return CalendarDay(day, "lessons")
    number = day.toordinal()
    missed = (0, 0, 0, 40, 0, 110, 0, 0, 300, 0, 20)[number % 11]
    waiting = 120 if number % 17 == 0 and missed < 180 else 0
    if day == date(2026, 10, 9):
        return CalendarDay(day, "lessons", scheduled=300, acknowledged=300, valid=300, leave=300)
    valid, invalid = (missed, 0) if number % 3 else (0, missed)
    return CalendarDay(
        day, "lessons", "", 300, 300 - waiting, valid=valid, invalid=invalid, unclassified=0
    )


def _rolling() -> tuple[RollingPoint, ...]:
    points = []
    start = date(2026, 8, 18)
    for n in range(106):
        on = start + timedelta(days=n)
        if n < 28:
            points.append(RollingPoint(on, Share(0, 0), Share(0, 0), Share(0, 0)))
            continue
        share = 110 + n // 2 + (n * 7) % 13
        open_minutes = 12 if n > 85 else 0
        points.append(
            RollingPoint(
                on, Share(share, 1000), Share(share - 3, 1000), Share(share + open_minutes, 1000)
            )
        )
    return tuple(points)


def _lessons() -> tuple[LessonRow, ...]:
    rows = []
    for n, (day, hour, subject, valid, invalid) in enumerate(
        (
            (date(2026, 11, 26), 8, "Matematik", 0, 50),
            (date(2026, 11, 26), 9, "Svenska", 50, 0),
            (date(2026, 11, 27), 13, "Idrott och hälsa", 0, 0),
            (date(2026, 11, 30), 8, "", 20, 0),
        )
    ):
        start = datetime(day.year, day.month, day.day, hour, 10, tzinfo=ZONE)
        rows.append(
            LessonRow(start, start + timedelta(minutes=50), subject, 50, n != 2, valid, invalid, 0)
        )
    return tuple(rows)


def explanation() -> Explanation:
    minutes = Minutes(17_700, 17_310, 2_590, 440, 0, 60, leave=300)
    return Explanation("flagged", "certain", 354, 8, Fraction(80), 1, how(minutes))


def pupil() -> PupilPage:
    return PupilPage(
        authority="Linnåsa kommun",
        school="Almskolan",
        school_key="sk-almskolan",
        pupil="7B-14",
        group="7B",
        data_until=UNTIL,
        today=date(2026, 12, 2),
        coverage=Coverage(Share(17_310, 17_700), Share(346, 354)),
        school_year=Period(date(2026, 7, 1), date(2027, 6, 30)),
        days=_calendar(),
        rolling=_rolling(),
        flags=(
            FlagMark(date(2026, 10, 31), Share(156, 1000)),
            FlagMark(date(2026, 11, 30), Share(3030, 17310)),
        ),
        flags_in_year=2,
        lessons=_lessons(),
        explanation=explanation(),
        status=MonthStatus(NOVEMBER, "preliminary", date(2026, 12, 4)),
    )


def cannot_tell_pupil() -> PupilPage:
    whole = pupil()
    minutes = Minutes(10_000, 7_800, 960, 0, 0, 0)
    unclear = replace(whole.explanation, outcome="cannot_tell", certainty=None, how=how(minutes))
    return replace(whole, explanation=unclear, rolling=(), lessons=(), flags=(), flags_in_year=0)
