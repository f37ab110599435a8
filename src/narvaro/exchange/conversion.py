"""The query that types a table, and the one that says what is wrong with its rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from narvaro.engine.duck import identifier
from narvaro.exchange.cells import Given, Reading, read_cell, value_name
from narvaro.exchange.raw import Raw
from narvaro.exchange.rules import Rule, faults_of
from narvaro.exchange.schema import Column, Table

GIVEN_UP = "narvaro: a row may have a fault"


@dataclass(frozen=True)
class Conversion:
    """How one table of one delivery is read; `zone` reads times without offset."""

    table: Table
    raw: Raw
    zone: str | None = None

    @cached_property
    def checks(self) -> tuple[Rule, ...]:
        """Everything a row is held against; a row's fault is told by its place in here."""
        return tuple(rule for group in self._groups for rule in group)

    @cached_property
    def _groups(self) -> tuple[tuple[Rule, ...], ...]:
        """Checks in groups of which a row can break only the first."""
        cells = tuple(self._of_cell(column) for column in self.table.all_columns)
        return cells + tuple((rule,) for rule in faults_of(self.table))

    def _of_cell(self, column: Column) -> tuple[Rule, ...]:
        found = self._reading(column)
        checks = tuple(Rule(column.name, *check) for check in found.checks)
        return (*checks, self._empty(column)) if column.required else checks

    def _empty(self, column: Column) -> Rule:
        missing = f"{value_name(column.name)} IS NULL"
        if column.name not in self.table.key:
            missing += f" AND NOT coalesce({value_name('withdrawn')}, false)"
        return Rule(column.name, missing, "empty", "This column must be filled in on every row.")

    def _reading(self, column: Column) -> Reading:
        given = self.raw.types.get(column.name)
        if given is None:
            return Reading(f"CAST(NULL AS {column.sql_type})")
        return read_cell(column, Given(given, self.zone, self.raw.is_printable))

    @cached_property
    def valued(self) -> str:
        """FROM clause: the raw columns, `line`, and beside each column its typed value."""
        values = ", ".join(
            f"{self._reading(column).value} AS {value_name(column.name)}"
            for column in self.table.all_columns
        )
        return f"(SELECT *, {values} FROM {self.raw.source})"

    @property
    def _any(self) -> str:
        return " OR ".join(f"coalesce({rule.condition}, false)" for rule in self.checks)

    @property
    def _suspicion(self) -> str:
        """A cheap condition that holds for every row with a fault, and for next to no other."""
        suspects = [
            f"coalesce({self._reading(column).suspect}, false)"
            for column in self.table.all_columns
            if column.name in self.raw.types
        ]
        rules = [self._empty(column) for column in self.table.columns if column.required]
        broken = [f"coalesce({rule.condition}, false)" for rule in (*rules, *faults_of(self.table))]
        return " OR ".join((*suspects, *broken))

    @property
    def _columns(self) -> str:
        return ", ".join(
            f"coalesce({value_name(column.name)}, false) AS withdrawn"
            if column.name == "withdrawn"
            else f"{value_name(column.name)} AS {identifier(column.name)}"
            for column in self.table.all_columns
        )

    @property
    def all_or_nothing(self) -> str:
        """SELECT the typed rows; the query fails at the first row that may have a fault."""
        line = f"CASE WHEN {self._suspicion} THEN error('{GIVEN_UP}') ELSE line END"
        return f"SELECT {self._columns}, CAST({line} AS BIGINT) AS line FROM {self.valued}"

    @property
    def good_rows(self) -> str:
        """SELECT the typed rows that have no fault."""
        return (
            f"SELECT {self._columns}, CAST(line AS BIGINT) AS line FROM {self.valued}"
            f" WHERE NOT ({self._any})"
        )

    @property
    def faulty_rows(self) -> str:
        """SELECT line and codes (places in `checks`) of the rows that have a fault."""
        codes, place = [], 0
        for group in self._groups:
            cases = []
            for rule in group:
                cases.append(f"WHEN {rule.condition} THEN {place}")
                place += 1
            codes.append(f"CASE {' '.join(cases)} END" if cases else "NULL")
        listed = f"list_filter([{', '.join(codes)}], lambda code: code IS NOT NULL)"
        return f"SELECT line, {listed} AS codes FROM {self.valued} WHERE {self._any}"
