"""Every school day, the share over time, and the lessons behind the figures."""

from __future__ import annotations

from narvaro.reporting.charts import rolling_line, year_calendar
from narvaro.reporting.charts.calendar import SQUARE
from narvaro.reporting.charts.canvas import WIDTHS
from narvaro.reporting.content import Limit
from narvaro.reporting.markup import Child, Markup, el
from narvaro.reporting.pages.parts import (
    Column,
    as_table,
    in_sizes,
    panel,
    shown_share,
    table,
)
from narvaro.reporting.site_content import CalendarDay, LessonRow, PupilPage, RollingPoint
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import hours, short_day, show_count, show_percent
from narvaro.timetable import ZONE, Month

_SQUARES = ("present", "half", "valid", "invalid", "leave", "hatched", "to_come", "today")


def calendar_panel(pupil: PupilPage, voice: Voice) -> Markup:
    held = [day for day in pupil.days if day.kind == "lessons" and day.scheduled]
    missed = [day for day in held if day.valid + day.invalid + day.unclassified]
    title = voice.say(
        "calendar.chart",
        missed=show_count(len(missed), voice.lang),
        days=show_count(len(held), voice.lang),
    )
    chart = year_calendar(pupil.days, today=pupil.today, voice=voice, title=title)
    name = voice.say("calendar.title")
    region = el("div", chart, class_="scroll", tabindex="0", role="region", aria_label=name)
    return panel(
        name,
        region,
        _legend(voice),
        _days_table(held, voice),
        sentence=voice.say("calendar.sentence"),
    )


def _legend(voice: Voice) -> Markup:
    items = [el("li", _sample(name), voice.say(f"calendar.{name}")) for name in _SQUARES]
    return el("ul", items, class_="legend")


def _sample(name: str) -> Markup:
    return el(
        "svg",
        _sample_marks(name),
        viewBox=f"0 0 {SQUARE + 4} {SQUARE + 4}",
        width=SQUARE,
        height=SQUARE,
        aria_hidden="true",
        focusable="false",
        class_="swatch",
    )


def _sample_marks(name: str) -> list[Markup]:
    if name == "to_come":
        return [el("circle", cx=12, cy=12, r=1.8, class_="dot-ahead")]
    if name == "today":
        return [_square(2, 20, "today")]
    fills = {
        "half": "band4",
        "valid": "band4",
        "invalid": "stripes",
        "leave": "band4",
        "hatched": "hatch",
    }
    marks = [_square(2, 20, "day")]
    if name in fills:
        marks.append(
            _square(12 if name == "half" else 2, 10 if name == "half" else 20, fills[name])
        )
    if name == "leave":
        letter = el("text", "L", x=12, y=17, class_="t strong small on-band4", text_anchor="middle")
        marks.append(letter)
    return marks


def _square(y: int, height: int, class_: str) -> Markup:
    return el("rect", x=2, y=y, width=20, height=height, rx=3, class_=class_)


def _days_table(held: list[CalendarDay], voice: Voice) -> Markup:
    rows = [day for day in held if day.acknowledged < day.scheduled or _absent(day)]
    if not rows:
        return el("p", voice.say("calendar.none"), class_="caption")
    names = ("scheduled", "acknowledged", "valid_column", "invalid_column", "unclassified_column")
    columns = [Column(voice.say("calendar.day"))]
    columns += [Column(voice.say(f"calendar.{name}"), is_number=True) for name in names]
    body = [_day_row(day, voice) for day in reversed(rows)]
    return as_table(voice, table(columns, body, caption=voice.say("calendar.table")))


def _absent(day: CalendarDay) -> int:
    return day.valid + day.invalid + day.unclassified


def _day_row(day: CalendarDay, voice: Voice) -> list[Child]:
    numbers = (day.scheduled, day.acknowledged, day.valid, day.invalid, day.unclassified)
    return [short_day(day.on, voice.lang), *(show_count(n, voice.lang) for n in numbers)]


def rolling_panel(pupil: PupilPage, voice: Voice) -> Markup:
    title, limit = voice.say("rolling.title"), pupil.explanation.how.limit
    known = [point for point in pupil.rolling if point.share.denominator]
    if not known:
        return panel(title, el("p", voice.say("rolling.none")))
    name = voice.say(
        "rolling.chart",
        last=shown_share(known[-1].share, voice, limit),
        day=short_day(known[-1].on, voice.lang),
        limit=show_percent(limit.percent, voice.lang),
    )
    chart = in_sizes(
        lambda width: rolling_line(
            pupil.rolling, pupil.flags, limit=limit, voice=voice, title=name, width=width
        ),
        widest=WIDTHS[0],
    )
    return panel(
        title,
        chart,
        _flag_legend(pupil, voice),
        el("p", voice.say("rolling.caution"), class_="caption"),
        as_table(voice, _rolling_table(known, limit, voice)),
        sentence=voice.say("rolling.sentence"),
    )


def _flag_legend(pupil: PupilPage, voice: Voice) -> Markup | None:
    if not pupil.flags:
        return None
    mark = el("rect", x=2, y=2, width=12, height=12, rx=1, class_="flag")
    square = el(
        "svg",
        mark,
        viewBox="0 0 16 16",
        width=16,
        height=16,
        aria_hidden="true",
        focusable="false",
        class_="swatch",
    )
    return el("ul", el("li", square, voice.say("rolling.flag")), class_="legend")


def _rolling_table(points: list[RollingPoint], limit: Limit, voice: Voice) -> Markup:
    """The last known day of each month: the curve's own numbers, few enough to read."""
    last = {Month.holding(point.on): point for point in points}
    columns = [Column(voice.say("rolling.day"))]
    columns += [Column(voice.say(f"rolling.{n}"), is_number=True) for n in ("share", "low", "high")]
    rows = [
        [
            short_day(p.on, voice.lang),
            *(shown_share(share, voice, limit) for share in (p.share, p.low, p.high)),
        ]
        for p in reversed(last.values())
    ]
    return table(columns, rows, caption=voice.say("rolling.sum"))


def lessons_panel(pupil: PupilPage, voice: Voice) -> Markup:
    title = voice.say("lessons.title")
    if not pupil.lessons:
        return panel(title, el("p", voice.say("lessons.none")))
    words = ("day", "time", "subject")
    numbers = ("minutes", "valid", "invalid", "unclassified")
    columns = [Column(voice.say(f"lessons.{name}")) for name in words]
    columns += [Column(voice.say(f"lessons.{name}"), is_number=True) for name in numbers]
    columns.append(Column(voice.say("lessons.acknowledged")))
    rows = [_lesson_row(lesson, voice) for lesson in pupil.lessons]
    return panel(
        title,
        table(columns, rows, caption=title, foot=_sums(pupil.lessons, voice)),
        sentence=voice.say("lessons.sentence"),
    )


def _lesson_row(lesson: LessonRow, voice: Voice) -> list[Child]:
    numbers = (lesson.minutes, lesson.valid, lesson.invalid, lesson.unclassified)
    return [
        short_day(lesson.starts_at.astimezone(ZONE).date(), voice.lang),
        el("span", hours(lesson.starts_at, lesson.ends_at, voice.lang), class_="nowrap"),
        lesson.subject or voice.say("empty"),
        *(show_count(n, voice.lang) for n in numbers),
        voice.say("yes")
        if lesson.is_acknowledged
        else el("span", voice.say("no"), class_="tag cannot-tell"),
    ]


def _sums(lessons: tuple[LessonRow, ...], voice: Voice) -> list[Child]:
    sums = [
        sum(getattr(lesson, name) for lesson in lessons)
        for name in ("minutes", "valid", "invalid", "unclassified")
    ]
    shown = [show_count(n, voice.lang) for n in sums]
    return [voice.say("lessons.sum"), "", "", *shown, ""]
