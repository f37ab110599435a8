"""What a form is: sections and fields, in a version that never changes once it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Text(NamedTuple):
    """The same in plain Swedish and English."""

    sv: str
    en: str

    def to(self, language: str) -> str:
        """The text in a language; Swedish where there is no other."""
        return self.en if language == "en" else self.sv


NO_TEXT = Text("", "")


class Kind(StrEnum):
    """What sort of answer a field takes. A fact takes none: it shows what was known already."""

    FACT = "fact"
    TEXT = "text"
    LONG_TEXT = "long_text"
    ONE_OF = "one_of"
    MANY_OF = "many_of"
    DATE = "date"
    NUMBER = "number"
    SCALE = "scale"
    PERSON_LIST = "person_list"
    TABLE = "table"


class Restriction(StrEnum):
    """Who reads: everyone in scope, those of special pupil support, or student health alone."""

    ORDINARY = "ordinary"
    PUPIL_SUPPORT = "pupil_support"
    STUDENT_HEALTH = "student_health"

    @property
    def level(self) -> int:
        """The higher, the fewer read."""
        return list(Restriction).index(self)


class Voice(StrEnum):
    """Whose words an answer holds; those of pupil and guardian stay theirs."""

    STAFF = "staff"
    PUPIL = "pupil"
    GUARDIAN = "guardian"


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from, or a row of a table that is always there."""

    id: str
    label: Text
    help: Text = NO_TEXT


@dataclass(frozen=True)
class Column:
    """A column of a table of rows."""

    id: str
    label: Text
    required: bool = False


@dataclass(frozen=True)
class Condition:
    """An answer is demanded when another field's answer is, or holds, an option."""

    field: str
    option: str


@dataclass(frozen=True)
class Field:
    """One question. `restriction` is its own, never weaker than the form's."""

    id: str
    section: str
    kind: Kind
    label: Text
    help: Text = NO_TEXT
    required: bool = False
    restriction: Restriction = Restriction.ORDINARY
    prefilled_from: str = ""
    words_of: Voice = Voice.STAFF
    max_length: int = 4_000
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Option, ...] = ()
    lowest: int = 1
    highest: int = 5
    low: Text = NO_TEXT
    high: Text = NO_TEXT
    needed_when: Condition | None = None

    @property
    def is_left_to_fill(self) -> bool:
        """Nobody has filled it in beforehand."""
        return self.kind != Kind.FACT and not self.prefilled_from


@dataclass(frozen=True)
class Section:
    """A part of a form under one heading."""

    id: str
    name: Text
    help: Text = NO_TEXT


@dataclass(frozen=True)
class Letter:
    """What a form's answers are put into, in one language: `{field}` holds a field's answer."""

    language: str
    name: str
    subject: str
    body: str


@dataclass(frozen=True)
class Form:
    """A form in one version. `fingerprint`: SHA-256 of the file it was read from."""

    id: str
    version: int
    valid_from: date
    name: Text
    about: Text
    restriction: Restriction
    is_about_pupil: bool
    most_to_fill: int | None
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    letters: Mapping[str, Letter]
    fingerprint: str = ""

    def field(self, field_id: str) -> Field:
        """The field by its id. Raises KeyError."""
        return {one.id: one for one in self.fields}[field_id]

    def of(self, section: Section) -> tuple[Field, ...]:
        """The section's fields, in order."""
        return tuple(one for one in self.fields if one.section == section.id)

    @property
    def left_to_fill(self) -> tuple[Field, ...]:
        """What nobody has filled in beforehand."""
        return tuple(one for one in self.fields if one.is_left_to_fill)
