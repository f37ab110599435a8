"""Puts a case to the product as a user would: files, `narvaro import`, then a command with --json."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from tests.oracle.history import Delivery
from tests.oracle.versions import BEGINNING, standing_rows
from tests.properties.histories import write
from tests.spec.cases import Ask, Case, Flags, FollowUps, Measure, Quality
from tests.spec.rows import deliveries, prefix_of, programme_word, unstacked

from narvaro.cli import main
from narvaro.timetable import CalendarRow, Calendars, Period, every_days

Rows = list[dict[str, Any]]


class CommandFailed(Exception):
    """A command of a test ended with another code than 0."""


def run(*words: object) -> dict[str, Any]:
    """One command in this process; its JSON object."""
    out, err = io.StringIO(), io.StringIO()
    texts = [str(word) for word in words]
    with redirect_stdout(out), redirect_stderr(err):
        code = main([*texts, "--json"])
    if code:
        raise CommandFailed(f"{' '.join(texts)} ended with {code}: {err.getvalue()}")
    answer: dict[str, Any] = json.loads(out.getvalue())
    return answer


def ledger_of(history: Sequence[Delivery], folder: Path) -> Path:
    """A ledger that has imported every delivery at its own time."""
    ledger = folder / "ledger"
    for delivery, path in zip(history, write(history, folder / "told"), strict=True):
        take_in(path, ledger, arrived_at=delivery.arrived_at.isoformat())
    return ledger


def take_in(path: Path, ledger: Path, *, arrived_at: str) -> dict[str, Any]:
    how = ["--pupil-keys", "as-given", "--arrived-at", arrived_at, "--confirm"]
    return run("import", path, "--ledger", ledger, *how)


def answer(ask: Ask, ledger: Path, case: Case) -> Rows:
    """The answers about one case of a ledger that holds many."""
    prefix = prefix_of(case)
    match ask:
        case Measure():
            return unstacked(measure(ledger, ask), prefix)
        case Flags():
            return unstacked(flags(ledger, ask, prefix), prefix)
        case Quality():
            return unstacked(quality(ledger, ask), prefix)
        case FollowUps():
            return follow_ups(ask, deliveries(case))


def measure(ledger: Path, ask: Measure) -> Rows:
    at = ["--at", ask.at] if ask.at else []
    by = ["--by", ask.by] if ask.by != "pupil" else []
    group = ["--group", ask.group] if ask.group else []
    spells = ["--spells"] if ask.spells else []
    words = ["measure", "--window", ask.window, *at, *by, *group, *spells]
    rows = _rows(*words, ledger=ledger, ask=ask)
    return [_banded(row) for row in rows] if ask.group else rows


def _banded(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "bands": [band["pupils"] for band in row["bands"]]}


def flags(ledger: Path, ask: Flags, prefix: str) -> Rows:
    path = ledger.parent / "programme.toml"
    path.write_text(programme_toml(ask.programme, prefix), encoding="utf-8")
    return _rows("flag", "--programme", path, "--at", ask.at, ledger=ledger, ask=ask)


def quality(ledger: Path, ask: Quality) -> Rows:
    words = ["quality", "--show", ask.show, "--at", ask.at, "--by", ask.by]
    return _rows(*words, ledger=ledger, ask=ask)


def follow_ups(ask: FollowUps, history: Sequence[Delivery]) -> Rows:
    rows = [
        CalendarRow(row["organisation"], Period(row["from"], row["to"]), row["kind"])
        for row in standing_rows(history, "calendar", BEGINNING)
    ]
    calendar = Calendars(rows).of(rows[0].organisation)
    found = every_days(ask.every_days, first=date.fromisoformat(ask.start), calendar=calendar)
    return [
        {"planned": one.planned_on.isoformat(), "held": one.held_on.isoformat()}
        for one in islice(found, 1, ask.count + 1)
    ]


def _rows(*words: object, ledger: Path, ask: Measure | Flags | Quality) -> Rows:
    rows: Rows = run(*words, "--ledger", ledger, "--as-known-at", ask.as_known_at)["rows"]
    return rows


def programme_toml(programme: Mapping[str, Any], prefix: str = "") -> str:
    """The programme of a case as the file that the product reads."""
    parts = [_head(programme), _scope(programme, prefix), *map(_rule, programme["rules"])]
    return "\n".join(parts)


def _head(programme: Mapping[str, Any]) -> str:
    return f"""
schema = 1
id = "{programme["id"]}"
version = 1
name = {{ sv = "Prov", en = "Trial" }}
[[sources]]
id = "case"
title = "A case"
publisher = "Nobody"
"""


def _scope(programme: Mapping[str, Any], prefix: str) -> str:
    word = programme_word(prefix, programme["id"])
    lines = ["[scope]", 'source = "case"', f'participations = ["{word}"]']
    if "grades" in programme:
        lines.append(f"grades = {json.dumps(programme['grades'])}")
    if "ages" in programme:
        first, last = programme["ages"]
        lines.append(f"ages = {{ from = {first}, to = {last} }}")
    return "\n".join(lines)


def _rule(rule: Mapping[str, Any]) -> str:
    names = {"upper": "upper_limit", "floor": "coverage_floor"}
    lines = [f"{names.get(name, name)} = {_value(value)}" for name, value in rule.items()]
    if "minimum_minutes" in rule:
        lines.append('minimum_reason = { sv = "Prov", en = "Trial" }')
    return "\n".join(
        ["[[rules]]", 'name = { sv = "Prov", en = "Trial" }', 'source = "case"', *lines]
    )


def _value(value: object) -> str:
    """Whole per cent are numbers, decimal ones text."""
    text = str(value)
    return text if text.isdigit() else json.dumps(text)
