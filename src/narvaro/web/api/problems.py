"""Errors as `application/problem+json` (RFC 9457): what, where, why, and what to do next."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

PROBLEM_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong with a request: which parameter, why, and how to write it."""

    where: str
    why: str
    next: str


@dataclass
class Problem(Exception):
    """What went wrong. Holds nothing of a pupil's."""

    status: int
    title: str
    why: str
    next: str
    faults: Sequence[Wrong] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self, where: str) -> dict[str, Any]:
        """As it is sent; `where` is the address that was asked."""
        faults = [{"where": one.where, "why": one.why, "next": one.next} for one in self.faults]
        return {
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.why,
            "instance": where,
            "next": self.next,
            **({"faults": faults} if faults else {}),
        }

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The answer to a request."""
        made = HttpResponse(
            json.dumps(self.body(request.path)), status=self.status, content_type=PROBLEM_TYPE
        )
        for name, value in self.headers.items():
            made[name] = value
        return made


SIGN_IN = {"WWW-Authenticate": "Bearer"}


def not_signed_in(why: str) -> Problem:
    """Without a key that opens."""
    how = "Make a key at /konto/nycklar/ and send it as `Authorization: Bearer KEY`."
    return Problem(401, "No valid key", why, how, headers=SIGN_IN)


def not_found() -> Problem:
    """Not there, or not for this key: the two look alike."""
    return Problem(
        404,
        "Not found",
        "Nothing here can be read by the assignment that the key acts in.",
        "Look for it in a list; /api/v1/openapi.json describes every address.",
    )


def no_such_page() -> Problem:
    """A cursor that none of our answers gave."""
    return Problem(
        404,
        "No such page",
        "The cursor is not one that an earlier answer gave as `next`.",
        "Begin again without `cursor`, or send the last `next` unchanged.",
        faults=[Wrong("query: cursor", "unknown", "leave it out")],
    )


def not_understood(faults: Sequence[Wrong]) -> Problem:
    """Questions that cannot be read: all of them at once."""
    return Problem(
        400,
        "Not understood",
        f"{len(faults)} of what was asked cannot be read.",
        "Correct what `faults` names; nothing was read.",
        faults=faults,
    )


def too_many(most: int, seconds: int) -> Problem:
    """More in a minute than a key may ask."""
    return Problem(
        429,
        "Too many requests",
        f"More than {most} requests in a minute.",
        f"Wait {seconds} seconds; ask for larger pages, or with `changed_since`.",
        headers={"Retry-After": str(seconds)},
    )


def only_read() -> Problem:
    """Anything but GET and HEAD."""
    return Problem(
        405,
        "Only reading",
        "Nothing can be written here.",
        "Use GET; changes are made on the pages, by people.",
        headers={"Allow": "GET, HEAD"},
    )
