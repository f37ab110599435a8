"""Pupils onto and off the list, and the whole list: keys only, and only inside the school."""

from __future__ import annotations

from narvaro.reporting.content import FlaggedPupil, Move, SchoolMonthReport
from narvaro.reporting.markup import Child, Markup, el
from narvaro.reporting.pages.links import Links
from narvaro.reporting.pages.parts import (
    Column,
    certainty_tag,
    flag_dots,
    panel,
    pupils,
    shown_share,
    table,
)
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import show_count, show_points
from narvaro.timetable import month_name


def moves_panel(report: SchoolMonthReport, voice: Voice, links: Links) -> Markup:
    month = month_name(report.month.first_day.month, voice.lang)
    title = voice.say("moves.title", month=month)
    if report.bands_before is None:
        return panel(title, el("p", voice.say("key.moves_first")))
    return panel(
        title,
        _moves(report, report.moves.came, "came", report.moves.in_count, voice, links),
        _moves(report, report.moves.left, "left", report.moves.out_count, voice, links),
        sentence=voice.say("moves.sentence") if report.moves.came or report.moves.left else None,
    )


def _moves(
    report: SchoolMonthReport,
    rows: tuple[Move, ...],
    which: str,
    count: int | None,
    voice: Voice,
    links: Links,
) -> Markup:
    heading = voice.say(f"moves.{which}", pupils=pupils(count, voice))
    if count == 0:
        heading = voice.say(f"moves.{which}_none")
    if not rows:
        return el("p", el("strong", heading))
    body = [_move_row(move, report, voice, links) for move in rows]
    return table(_move_columns(voice), body, caption=heading, shows_caption=True)


def _move_columns(voice: Voice) -> list[Column]:
    names = ("pupil", "group", "share", "change", "certainty", "flags", "why")
    return [
        Column(voice.say(f"moves.{name}"), name in ("share", "change"), name == "why")
        for name in names
    ]


def _move_row(move: Move, report: SchoolMonthReport, voice: Voice, links: Links) -> list[Child]:
    return [
        links.linked(move.pupil, links.pupil(move.pupil)),
        el("span", move.group, class_="nowrap"),
        el("strong", shown_share(move.share, voice, report.how.limit)),
        show_points(move.share.exact, move.share_before.exact, voice.lang),
        certainty_tag(move.certainty, voice),
        flag_dots(move.flags_in_year, voice),
        move.reason[voice.lang],
    ]


def flagged_panel(report: SchoolMonthReport, voice: Voice, links: Links) -> Markup:
    if not report.flagged:
        return panel(voice.say("flagged.title_none"), el("p", voice.say("flagged.none")))
    title = voice.say("flagged.title", pupils=pupils(len(report.flagged), voice))
    names = ("pupil", "group", "share", "minutes", "of_minutes", "certainty", "flags", "why")
    numbers = ("share", "minutes", "of_minutes")
    columns = [Column(voice.say(_heading(name)), name in numbers, name == "why") for name in names]
    rows = [_flagged_row(row, report, voice, links) for row in report.flagged]
    return panel(title, table(columns, rows, caption=title), sentence=voice.say("flagged.sentence"))


def _heading(name: str) -> str:
    return f"flagged.{name}" if name in ("minutes", "of_minutes") else f"moves.{name}"


def _flagged_row(
    row: FlaggedPupil, report: SchoolMonthReport, voice: Voice, links: Links
) -> list[Child]:
    return [
        links.linked(row.pupil, links.pupil(row.pupil)),
        el("span", row.group, class_="nowrap"),
        el("strong", shown_share(row.share, voice, report.how.limit)),
        show_count(row.absent_minutes, voice.lang),
        show_count(row.acknowledged_minutes, voice.lang),
        certainty_tag(row.certainty, voice),
        flag_dots(row.flags_in_year, voice),
        row.reason[voice.lang],
    ]
