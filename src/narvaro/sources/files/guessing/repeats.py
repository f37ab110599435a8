"""Pupils who stand on several rows of one period: parts of a total, or one total said again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from narvaro.sources.files.guessing.sample import Sample
from narvaro.sources.files.keys import FIELDS

if TYPE_CHECKING:
    from narvaro.sources.files.guessing.draft import Guess

Group = list[tuple[str, ...]]


def guess_repeats(
    sample: Sample, columns: tuple[Guess, ...], *, shape: str | None
) -> tuple[dict[str, str], str]:
    """The setting `several_per_pupil`, and why; nothing to say where no pupil stands twice."""
    places = {guess.field: guess.position - 1 for guess in columns if guess.field}
    if shape != "period_summaries" or "pupil" not in places:
        return {}, ""
    key = [places[name] for name in ("pupil", "school", "from", "to", "month") if name in places]
    groups: dict[tuple[str, ...], Group] = defaultdict(list)
    for row in sample.rows:
        groups[tuple(_cell(row, at) for at in key)].append(row)
    several = [rows for rows in groups.values() if len(rows) > 1]
    if not several:
        return {}, ""
    amounts = [places[name] for name in places if name and FIELDS[name].kind == "amount"]
    return _decide(several, places, amounts)


def _decide(
    several: list[Group], places: dict[str, int], amounts: list[int]
) -> tuple[dict[str, str], str]:
    count = len(several)
    same = all(
        len({tuple(_cell(row, at) for at in amounts) for row in rows}) == 1 for rows in several
    )
    if (
        not same
        and "subject" in places
        and all(_differ(rows, places["subject"]) for rows in several)
    ):
        return {"several_per_pupil": "sum"}, f"{count} pupils stand on a row for each subject"
    if same and "class" in places and all(_differ(rows, places["class"]) for rows in several):
        return {"several_per_pupil": "same"}, f"{count} pupils have one total under several classes"
    return {}, f"{count} pupils stand on several rows, and nothing tells whether they add up"


def _differ(rows: Group, at: int) -> bool:
    return len({_cell(row, at) for row in rows}) == len(rows)


def _cell(row: tuple[str, ...], at: int) -> str:
    return row[at] if at < len(row) else ""
