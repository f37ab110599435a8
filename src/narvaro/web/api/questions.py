"""What a request asks for in its query: read whole, with every fault at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import QueryDict

from narvaro.web.api.fields import Resource
from narvaro.web.api.problems import Wrong, no_such_page, not_understood

LARGEST_PAGE = 200
USUAL_PAGE = 50


@dataclass(frozen=True, slots=True)
class Question:
    """Which rows of a resource, and how many. `after` is the number of the last row already had."""

    limit: int = USUAL_PAGE
    after: int = 0
    school: str = ""
    state: str = ""
    changed_since: datetime | None = None


def parameters(resource: Resource) -> list[dict[str, Any]]:
    """The query's parameters as OpenAPI says them."""
    return [
        _parameter("limit", f"How many at a time ({USUAL_PAGE} unless told).", _LIMIT),
        _parameter("cursor", "The `next` of the answer before, unchanged.", _TEXT),
        _parameter("school", "Only of the school with this key in the ledger.", _TEXT),
        _parameter("state", "Only in this state.", {"type": "string", "enum": [*resource.states]}),
        _parameter("changed_since", "Only what was changed at this moment or later.", _MOMENT),
    ]


_LIMIT = {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE}
_TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
_MOMENT = {"type": "string", "format": "date-time"}


def _parameter(name: str, about: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": schema}


def read_question(query: QueryDict, resource: Resource) -> Question:
    """The question of a query. Raises Problem with all that is wrong with it."""
    reader = _Reader(query, resource)
    asked = Question(
        limit=reader.limit(),
        school=reader.text("school"),
        state=reader.state(),
        changed_since=reader.moment("changed_since"),
    )
    cursor = reader.text("cursor")
    if reader.faults:
        raise not_understood(reader.faults)
    return asked if not cursor else _after(asked, cursor, resource)


def cursor_of(number: int, resource: Resource) -> str:
    """Where the next page begins: signed, so that it is one of ours."""
    return _signer(resource).sign(str(number))


def _after(asked: Question, cursor: str, resource: Resource) -> Question:
    try:
        number = int(_signer(resource).unsign(cursor))
    except (BadSignature, ValueError):
        raise no_such_page() from None
    return Question(asked.limit, number, asked.school, asked.state, asked.changed_since)


def _signer(resource: Resource) -> Signer:
    return Signer(salt=f"api.cursor.{resource.name}", sep=".")


@dataclass
class _Reader:
    """Reads one parameter after the other, and notes what is wrong."""

    query: QueryDict
    resource: Resource
    faults: list[Wrong] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = [one["name"] for one in parameters(self.resource)]
        for place, name in enumerate(self.query, start=1):
            if name not in known:
                where = f"query: parameter {place}"
                self.faults.append(Wrong(where, "unknown", f"known are {_listed(known)}"))
            elif len(self.query.getlist(name)) > 1:
                self._note(name, "given more than once", "give it once")

    def text(self, name: str) -> str:
        """A text of at most 200 letters."""
        given = self.query.get(name)
        if given is not None and not 1 <= len(given) <= 200:
            self._note(name, "empty or too long", "write 1 to 200 letters, or leave it out")
        return given or ""

    def limit(self) -> int:
        """How many rows."""
        given = self.query.get("limit")
        if given is None:
            return USUAL_PAGE
        is_short = given.isascii() and given.isdigit() and len(given) <= 4
        if not is_short or not 1 <= int(given) <= LARGEST_PAGE:
            self._note("limit", "no such number", f"write a whole number from 1 to {LARGEST_PAGE}")
            return USUAL_PAGE
        return int(given)

    def state(self) -> str:
        """One of the resource's states."""
        given = self.query.get("state")
        if given is not None and given not in self.resource.states:
            self._note("state", "unknown", f"write {_listed(self.resource.states)}")
        return given or ""

    def moment(self, name: str) -> datetime | None:
        """A moment with its offset."""
        given = self.query.get(name)
        if given is None:
            return None
        try:
            return _moment(given)
        except ValueError:
            self._note(name, "no moment", "write such as 2026-12-02T08:00:00Z, with an offset")
            return None

    def _note(self, name: str, why: str, then: str) -> None:
        self.faults.append(Wrong(f"query: {name}", why, then))


def _moment(text: str) -> datetime:
    """Raises ValueError. At the ends of the calendar the offset is cut off."""
    found = datetime.fromisoformat(text.upper())
    if found.tzinfo is None or len(text) < len("2026-12-02T08:00:00Z"):
        raise ValueError("no offset")
    try:
        return found.astimezone(UTC)
    except OverflowError:
        return found.replace(tzinfo=UTC)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
