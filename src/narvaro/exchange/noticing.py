"""What is worth telling of rows that are kept."""

from __future__ import annotations

from datetime import datetime

from narvaro.engine.duck import identifier, literal
from narvaro.exchange.cells import value_name
from narvaro.exchange.conversion import Conversion
from narvaro.exchange.delivery import Notice
from narvaro.exchange.findings import Findings
from narvaro.exchange.rules import Rule, notices_of
from narvaro.exchange.running import Runner
from narvaro.exchange.schema import Kind, Table

_DROPPED = "reasons in other words than the format's were dropped, not stored"
_LATER = "recorded_at lies after the arrival; taken as given"


def notice_raw(conversion: Conversion, runner: Runner, findings: Findings) -> None:
    """Count the reasons whose text was dropped."""
    given = conversion.raw.types
    for column in conversion.table.columns:
        if column.kind is Kind.REASON and column.name in given:
            raw, value = identifier(column.name), value_name(column.name)
            dropped = f"trim({raw}) <> '' AND {value} IS NULL"
            rule = Rule(column.name, dropped, _DROPPED)
            _tell(conversion.table, [rule], conversion.valued, runner, findings)


def notice_typed(
    table: Table, source: str, runner: Runner, findings: Findings, arrived_at: datetime
) -> None:
    """Tell of contradictions inside rows, and of rows from the future."""
    values = ", ".join(
        f"{identifier(column.name)} AS {value_name(column.name)}" for column in table.all_columns
    )
    later = f"{value_name('recorded_at')} > CAST({literal(arrived_at.isoformat())} AS TIMESTAMPTZ)"
    rules = [*notices_of(table), Rule("recorded_at", later, _LATER)]
    _tell(table, rules, f"(SELECT {values}, line FROM {source})", runner, findings)


def _tell(table: Table, rules: list[Rule], source: str, runner: Runner, findings: Findings) -> None:
    counted = ", ".join(
        f"count(*) FILTER (WHERE {rule.condition}), min(line) FILTER (WHERE {rule.condition})"
        for rule in rules
    )
    found = runner.rows(f"SELECT {counted} FROM {source}")[0]
    for place, rule in enumerate(rules):
        count, line = found[2 * place : 2 * place + 2]
        if count:
            rows = f"{count:,} row{'' if count == 1 else 's'}"
            findings.notices.append(
                Notice(table.name, rule.column, count, line, f"{rows}: {rule.problem}")
            )
