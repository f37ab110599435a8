"""What a thing is described with: each field's name, where it comes from, its shape and meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import DateTimeField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest

from narvaro.web.accounts.viewer import Viewer

LONG_AGO = Value(datetime(1990, 1, 1, tzinfo=UTC), output_field=DateTimeField())
Shape = Mapping[str, Any]

ID: Shape = {"type": "string", "pattern": "^[A-Za-z0-9_-]{22}$"}
KEY: Shape = {"type": "string", "maxLength": 200}
DAY: Shape = {"type": "string", "format": "date"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
COUNT: Shape = {"type": "integer", "minimum": 0}
YES_NO: Shape = {"type": "boolean"}


def words(*known: str) -> Shape:
    """One of some words."""
    return {"type": "string", "enum": list(known)}


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `source` is where the database has it; `may_lack`: null when there is none."""

    name: str
    source: str
    shape: Shape
    about: str
    may_lack: bool = False

    def schema(self) -> dict[str, Any]:
        """As JSON Schema (2020-12)."""
        shape = dict(self.shape)
        if self.may_lack:
            shape["type"] = [shape["type"], "null"]
            if "enum" in shape:
                shape["enum"] = [*shape["enum"], None]
        return {**shape, "description": self.about}

    def said(self, value: Any) -> Any:
        """A value as JSON says it: moments in UTC, days as such, an empty text as null."""
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        if isinstance(value, date):
            return value.isoformat()
        return None if value == "" and self.may_lack else value


Rows = QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Resource:
    """A sort of thing that can be read. `rows` are those a viewer may read by an action.

    `rows` annotates `changed` (when) and `pupil_of` (the opaque id); `school` is the path to a school's key.
    """

    name: str
    about: str
    fields: tuple[Field, ...]
    rows: Callable[[Viewer, str], Rows]
    states: Mapping[str, Q]
    school: str

    def sources(self) -> list[str]:
        """What is asked of the database: the row's number, its pupil, then the fields."""
        return ["pk", "pupil_of", *(one.source for one in self.fields)]

    def said(self, row: tuple[Any, ...]) -> dict[str, Any]:
        """A row of `sources` as JSON."""
        return {one.name: one.said(value) for one, value in zip(self.fields, row[2:], strict=True)}


def latest(*moments: Any) -> Greatest:
    """The latest of some moments, any of which may be missing."""
    known = [Coalesce(one, LONG_AGO, output_field=DateTimeField()) for one in moments]
    return Greatest(*known, LONG_AGO, output_field=DateTimeField())
