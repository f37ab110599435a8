"""Says what is wrong with the rows of a table: how often each fault, and where the first are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from narvaro.errors import Fault
from narvaro.exchange.conversion import Conversion
from narvaro.exchange.findings import LISTED_PER_TABLE, Findings
from narvaro.exchange.running import Runner


def tell_faulty_rows(conversion: Conversion, runner: Runner, findings: Findings) -> None:
    """Count every fault of a table's rows and list the first of them by line."""
    runner.rows(f"CREATE OR REPLACE TEMP TABLE faulty AS {conversion.faulty_rows}")
    counted = runner.rows(
        "SELECT code, count(*) FROM (SELECT unnest(codes) AS code FROM faulty) GROUP BY code"
    )
    listed = runner.rows(f"SELECT line, codes FROM faulty ORDER BY line LIMIT {LISTED_PER_TABLE}")
    rows = int(runner.rows("SELECT count(*) FROM faulty")[0][0])
    runner.rows("DROP TABLE faulty")
    reasons: Counter[str] = Counter()
    for code, count in counted:
        rule = conversion.checks[code]
        reasons[f"{rule.column}: {rule.problem}"] += count
    findings.leave_out(
        conversion.table.name,
        rows=rows,
        reasons=reasons,
        listed=[fault for line, codes in listed for fault in _faults(conversion, line, codes)],
    )


def _faults(conversion: Conversion, line: int, codes: Sequence[int]) -> list[Fault]:
    rules = [conversion.checks[code] for code in codes]
    name = conversion.table.name
    return [Fault(name, line, rule.column, rule.problem, rule.remedy) for rule in rules]
