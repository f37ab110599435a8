"""Stage by sex: of those who could be assessed, how many are at the limit or beyond."""

from __future__ import annotations

from narvaro.reporting.content import (
    SchoolMonthReport,
    Sex,
    Share,
    StageBySex,
    with_totals,
)
from narvaro.reporting.markup import Child, Markup, el, many
from narvaro.reporting.pages.parts import Column, panel, shown_share, table
from narvaro.reporting.texts import Voice
from narvaro.reporting.words import show_count

SEXES: tuple[Sex, ...] = ("female", "male", "unknown")


def stages_panel(
    report: SchoolMonthReport, voice: Voice, *, span: int = 5, small_limit: int | None = None
) -> Markup:
    title = voice.say("stages.title")
    if not report.stages:
        return panel(title, el("p", voice.say("stages.none")), span=span)
    note = None
    if small_limit is not None:
        note = el("p", voice.say("stages.small", limit=small_limit), class_="note")
    return panel(
        title, stages_table(report, voice), note, sentence=voice.say("stages.sentence"), span=span
    )


def shown_sexes(report: SchoolMonthReport) -> list[Sex]:
    """Girls and boys, and a third column where somebody's sex is not known or not printed."""
    return [
        sex
        for sex in SEXES
        if sex != "unknown" or any(s.sex == sex and s.assessed != 0 for s in report.stages)
    ]


def stages_table(report: SchoolMonthReport, voice: Voice) -> Markup:
    sexes = shown_sexes(report)
    columns = [Column(voice.say("stages.stage"))]
    columns += [Column(voice.say(f"stages.{sex}"), is_number=True) for sex in (*sexes, "all")]
    cells: dict[tuple[str, str], StageBySex] = {}
    cells |= {(cell.stage, cell.sex): cell for cell in with_totals(report.stages)}
    rows = []
    for stage in dict.fromkeys(cell.stage for cell in report.stages):
        shown = [_stage_cell(cells.get((stage, sex)), voice) for sex in (*sexes, "all")]
        rows.append([stage, *shown])
    return table(columns, rows, caption=voice.say("stages.title"))


def _stage_cell(cell: StageBySex | None, voice: Voice) -> Child:
    if cell is None or cell.assessed == 0:
        return voice.say("empty")
    if cell.assessed is None or cell.at_or_above is None:
        return el("span", voice.say("stages.hidden"), class_="quiet")
    share = shown_share(Share(cell.at_or_above, cell.assessed), voice)
    of = voice.say(
        "stages.cell",
        n=show_count(cell.at_or_above, voice.lang),
        of=show_count(cell.assessed, voice.lang),
    )
    return many([share, el("span", of, class_="under")])
