"""A mapping profile as a value: how one system's file is to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Column:
    """Where a field stands in the file, and how its cells are written."""

    name: str
    headers: tuple[str, ...] = ()
    position: int | None = None
    unit: str = "minutes"
    decimals: int | None = None
    form: str = "YYYY-MM-DD"
    identifier: str = "civic"
    check_digit: str = "tell"
    yes: tuple[str, ...] = ("ja", "yes", "true", "1", "x")
    no: tuple[str, ...] = ("nej", "no", "false", "0")
    optional: bool = False


@dataclass(frozen=True, slots=True)
class ReasonRule:
    """What one word of the source means: the bucket of its minutes, and what else it tells."""

    bucket: str
    reason: str | None = None
    counts_as_absence: bool = True
    announced: bool = False
    without_minutes: str = "whole_lesson"
    acknowledged: str | None = None

    @property
    def column(self) -> str | None:
        """The minutes' column in a mark; None when the word says nothing about time."""
        if self.bucket == "unknown":
            return None
        counts = self.counts_as_absence or self.bucket == "present"
        return f"{self.bucket if counts else 'other'}_minutes"


@dataclass(frozen=True, slots=True)
class Layout:
    """The file itself: encoding, delimiter, sheet, header, rows that are no data."""

    encoding: str = "detect"
    delimiter: str = "detect"
    sheet: str = ""
    header_row: int | None = None
    repeated_headers: bool = True
    total_words: tuple[str, ...] = ()
    decimal: str = "either"
    period_in_title: bool = False
    period_form: str = "YYYY-MM-DD"


@dataclass(frozen=True, slots=True)
class Profile:
    """A checked mapping profile; docs/reference/mapping-profiles.md names every key."""

    name: str
    shape: str
    columns: Mapping[str, Column]
    title: str = ""
    source: str = ""
    assumptions: tuple[str, ...] = ()
    zone: str = "Europe/Stockholm"
    lessons: str = "here"
    schools: str = "make"
    layout: Layout = field(default_factory=Layout)
    constants: Mapping[str, str | int | date] = field(default_factory=dict)
    words: Mapping[str, ReasonRule] = field(default_factory=dict)
    empty_word: ReasonRule | None = None
    other_words: str = "refuse"
    late_bucket: str = "unclassified"
    row_means: str = "unknown"
    announced_row_means: str = "unknown"
    announced_becomes: str = "mark"
    summary: str = "unknown"
    without_pupil: str = "refuse"
    several_per_pupil: str = "refuse"
    rounded_minutes: str = "refuse"
    rest_of_absence: str = "unclassified"

    @property
    def joined_source(self) -> str | None:
        """The source whose lessons the rows belong to; None when the rows tell of all lessons."""
        return self.lessons.removeprefix("of:") if self.lessons.startswith("of:") else None


def word_key(text: str) -> str:
    """A word or a header as it is compared: case, spaces and a closing colon do not matter."""
    return " ".join(text.replace("\u00a0", " ").casefold().split()).removesuffix(":").strip()
