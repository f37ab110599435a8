"""What the core says in two languages, in the reader's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from narvaro.errors import Fault
from narvaro.programmes import Text
from narvaro.web.deliveries.fault_words import FaultRow, said


def in_words(text: Text | None) -> str:
    """A text of the routine; empty when there is none."""
    if text is None:
        return ""
    return text.en if (get_language() or "sv").startswith("en") else text.sv


@dataclass(frozen=True, slots=True)
class Named:
    """A word of the routine and what it is called."""

    id: str
    name: str


def fault_rows(faults: Iterable[Fault]) -> list[FaultRow]:
    """Faults of a routine's file for a page, in the reader's language."""
    return [
        FaultRow(one.table, one.line, one.column, said(one.problem), said(one.remedy))
        for one in faults
    ]


def sentences(faults: Iterable[Fault]) -> list[str]:
    """Faults of what was filled in on a page: what is wrong and what to do."""
    rows = fault_rows(faults)
    return list(dict.fromkeys(f"{_capital(r.problem.text)}. {r.remedy.text}." for r in rows))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
