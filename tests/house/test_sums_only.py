"""Counted rows are deltas: they are summed, and nothing else is ever asked of them.

A count of rows, a least or a mean would count a correction as another lesson. Where an SQL file
asks something else, it does so of what it has summed before or of what was told, and stands in
`aggregates.toml` with its reason.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.house.tree import PACKAGE, with_suffix

LISTED = tomllib.loads((Path(__file__).parent / "aggregates.toml").read_text("utf-8"))
OTHER = {
    "any_value", "arg_max", "arg_min", "array_agg", "avg", "bool_and", "bool_or", "collect_list",
    "collect_set", "count", "count_if", "every", "first_value", "group_concat", "last_value",
    "list", "max", "max_by", "mean", "median", "min", "min_by", "mode", "percentile",
    "percentile_approx", "quantile", "quantile_cont", "quantile_disc", "rank", "row_number",
    "some", "string_agg",
}  # fmt: skip
CALL = re.compile(rf"\b({'|'.join(sorted(OTHER))})\s*\(", re.I)
COUNT_IN_DISGUISE = re.compile(r"\bsum\s*\(\s*\d+\s*\)", re.I)
RESOLVES = {"ledger", "sources", "exchange", "demo"}  # they work on what was told, not on counts


def other_aggregates(sql: str) -> set[str]:
    """The aggregates and rankings in a query besides sum, in small letters."""
    without_comments = re.sub(r"--[^\n]*", "", sql)
    counts = {"count"} if COUNT_IN_DISGUISE.search(without_comments) else set()
    return counts | {found.lower() for found in CALL.findall(without_comments)}


def found() -> dict[str, set[str]]:
    files = [path for path in with_suffix(".sql") if PACKAGE in path.parents]
    asked = {
        path.relative_to(PACKAGE).as_posix(): other_aggregates(path.read_text("utf-8"))
        for path in files
        if path.relative_to(PACKAGE).parts[0] not in RESOLVES
    }
    assert asked
    return {name: words for name, words in asked.items() if words}


def test_what_is_counted_is_only_summed() -> None:
    listed = {name: set(entry["uses"]) for name, entry in LISTED.items()}

    assert found() == listed


def test_every_exception_says_why() -> None:
    for name, entry in LISTED.items():
        assert len(entry["because"]) > 30, name
        assert set(entry) == {"uses", "because"}


def test_other_questions_are_seen() -> None:
    assert other_aggregates("SELECT COUNT(*), max (x) FROM rows -- min(y)") == {"count", "max"}
    assert other_aggregates("SELECT sum(1) FROM rows") == {"count"}
    assert other_aggregates("SELECT sum(minutes), greatest(a, 0) FROM rows") == set()
