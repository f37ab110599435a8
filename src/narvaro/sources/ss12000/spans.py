"""Periods of days as texts: merged, cut to each other, and classes laid over enrolments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

OPEN: Final = "9999-12-31"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From a first to a last day, both inclusive; `last` is OPEN where there is no end."""

    first: str
    last: str = OPEN
    of: str | None = None

    @property
    def end(self) -> str | None:
        """The last day as it is delivered: None where there is no end."""
        return None if self.last == OPEN else self.last


def merged(spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap or follow each other without a day between."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.first <= _after(found[-1].last):
            found[-1] = Span(found[-1].first, max(found[-1].last, span.last), found[-1].of)
        else:
            found.append(span)
    return found


def cut(span: Span, to: Sequence[Span]) -> list[Span]:
    """The parts of a span that lie in one of the merged spans."""
    return [
        Span(max(span.first, one.first), min(span.last, one.last), span.of)
        for one in to
        if span.first <= one.last and one.first <= span.last
    ]


def by_class(enrolment: Span, classes: Sequence[Span]) -> list[Span]:
    """Cut an enrolment where the class changes; where two hold, the one that began last does."""
    inside = cut_all(classes, enrolment)
    starts = {enrolment.first, *(one.first for one in inside)}
    starts |= {_after(one.last) for one in inside if one.last < enrolment.last}
    days = sorted(starts)
    parts: list[Span] = []
    for first, following in zip(days, [*days[1:], None], strict=True):
        last = enrolment.last if following is None else _before(following)
        held = [one for one in inside if one.first <= first and one.last >= first]
        of = max(held, key=lambda one: (one.first, one.of or "")).of if held else None
        if parts and parts[-1].of == of:
            parts[-1] = Span(parts[-1].first, last, of)
        else:
            parts.append(Span(first, last, of))
    return parts


def cut_all(spans: Sequence[Span], to: Span) -> list[Span]:
    """The parts of several spans that lie in one."""
    return [part for span in spans for part in cut(span, (to,))]


def _after(day: str) -> str:
    return day if day == OPEN else (date.fromisoformat(day) + _DAY).isoformat()


def _before(day: str) -> str:
    return (date.fromisoformat(day) - _DAY).isoformat()
