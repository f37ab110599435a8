"""Inspects a file: what it is, what each column is, and why; or that it cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from narvaro.errors import InputRefused
from narvaro.sources.files.grid import Grid, open_grid
from narvaro.sources.files.guessing.columns import guess_columns
from narvaro.sources.files.guessing.draft import Guess
from narvaro.sources.files.guessing.outcome import Fact, Inspection
from narvaro.sources.files.guessing.period import TitlePeriod, guess_period, period_days
from narvaro.sources.files.guessing.repeats import guess_repeats
from narvaro.sources.files.guessing.sample import Sample, take_sample
from narvaro.sources.files.guessing.shape import guess_shape
from narvaro.sources.files.guessing.suggestion import suggested_profile
from narvaro.sources.files.guessing.word_table import guess_words, rows_without_word
from narvaro.sources.files.profile import Layout


def inspect_file(path: Path, *, sheet: str = "", today: date | None = None) -> Inspection:
    """Guess how a file is to be read, from its first 20,000 rows.

    `today` tells which two-digit years and which dates are likely. Raises InputRefused for a
    file that nobody can read, NotFound when it is not there.
    """
    now = today or datetime.now(UTC).date()
    try:
        grid = open_grid(path, Layout(sheet=sheet))
    except InputRefused as error:
        undecided = [fault for fault in error.faults if "cannot tell" in fault.problem]
        if not undecided:
            raise
        return Inspection(path, None, tuple(_open_fact(fault.problem) for fault in undecided))
    sample = take_sample(grid, today=now)
    if sample is None:
        why = "no row near the top holds two headers that are known, and none holds a pupil"
        return Inspection(path, None, (*_grid_facts(grid), Fact("header", None, why)))
    return _inspected(path, grid, sample, now)


def _inspected(path: Path, grid: Grid, sample: Sample, today: date) -> Inspection:
    period = guess_period(sample, today=today)
    shape, why = guess_shape(sample, has_title_period=period is not None)
    columns = guess_columns(
        sample, shape=shape, today=today, days=period_days(sample, period, today=today)
    )
    words = guess_words(sample, columns)
    settings, repeats_why = guess_repeats(sample, columns, shape=shape)
    silent = rows_without_word(sample, columns)
    facts = [
        *_grid_facts(grid),
        *_sample_facts(sample),
        Fact("shape", shape, why),
        Fact("zone", "Europe/Stockholm", "assumed: times carry no offset, or their own"),
        *_missing_facts(columns, shape, period),
        *_row_facts(sample, silent=silent),
    ]
    if repeats_why:
        how = settings.get("several_per_pupil")
        facts.append(Fact("several rows of a pupil", how, repeats_why))
    found = Inspection(
        path, shape, tuple(facts), columns, words, settings=settings, rows_without_word=silent
    )
    return replace(found, profile_text=suggested_profile(found, sample, period))


def _missing_facts(
    columns: tuple[Guess, ...], shape: str | None, period: TitlePeriod | None
) -> Iterator[Fact]:
    """The period and the school, which need not have a column."""
    if period and shape == "period_summaries":
        yield Fact("period", f"{period.first} to {period.last}", period.why)
    elif shape == "period_summaries" and not _has_period(columns):
        yield Fact("period", None, "no column and no title names the days; give constants")
    if shape and not any(guess.field == "school" for guess in columns):
        yield Fact("school", None, "no column holds it; give constants.school")


def _row_facts(sample: Sample, *, silent: int) -> Iterator[Fact]:
    if sample.without_pupil:
        why = (
            f"{sample.without_pupil} rows have none; if they are totals, name their first word in "
            "file.total_words, else set rows.without_pupil"
        )
        yield Fact("rows without a pupil", None, why)
    if silent:
        why = f"{silent} rows have no word; say with reasons.empty what that means"
        yield Fact("rows without a word", None, why)


def _has_period(columns: tuple[Guess, ...]) -> bool:
    fields = {guess.field for guess in columns}
    return {"from", "to"} <= fields or "month" in fields


def _open_fact(problem: str) -> Fact:
    name, _, why = problem.removeprefix("cannot tell the ").partition(": ")
    return Fact(name, None, why)


def _grid_facts(grid: Grid) -> list[Fact]:
    if grid.kind == "workbook":
        others = len(grid.sheets) - 1
        why = "the workbook's only sheet" if not others else f"the first of {others + 1} sheets"
        return [Fact("sheet", grid.sheet, why)]
    return [
        Fact("encoding", grid.encoding, grid.encoding_why),
        Fact("delimiter", grid.delimiter, grid.delimiter_why),
    ]


def _sample_facts(sample: Sample) -> list[Fact]:
    if sample.header_line:
        why = "the first row with most headers that are known"
        facts = [Fact("header row", str(sample.header_line), why)]
    else:
        facts = [Fact("header row", "0", "the first row holds a pupil, so there is no header")]
    if sample.titles:
        facts.append(Fact("title rows", str(len(sample.titles)), "cells stand above the header"))
    if sample.repeated:
        facts.append(Fact("repeated headers", str(sample.repeated), "rows equal to the header"))
    for word, rows in sample.totals.items():
        facts.append(Fact("total rows", str(rows), f"they begin with {word}"))
    if not sample.whole_file:
        facts.append(Fact("rows looked at", str(len(sample.rows)), "the file is longer"))
    return facts
