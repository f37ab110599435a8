"""What a server or a recording answers: pages of records, read without trust."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from narvaro.sources.ss12000.notices import NoticeBook
from narvaro.sources.ss12000.profile import Profile

LONGEST_TOKEN: Final = 8_192
Parameters = Mapping[str, str | list[str]]


class NotOffered(Exception):
    """The source does not have the resource (`missing`) or does not give it (`refused`)."""

    def __init__(self, resource: str, status: str) -> None:
        super().__init__(f"{resource}: {status}")
        self.resource = resource
        self.status = status


class PageUnreadable(Exception):
    """A page that cannot be read; it ends the load. Says which resource and why, no contents."""

    def __init__(self, resource: str, problem: str) -> None:
        super().__init__(f"a page of {resource} {problem}")
        self.resource = resource


class Overloaded(PageUnreadable):
    """The server says again and again that it cannot answer so much."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question: what the standard requires, and what may be left out if it is refused."""

    resource: str
    needed: Parameters = field(default_factory=dict)
    optional: Parameters = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """One page: its data as they came, the token of the next, whether it was a bare list."""

    data: object
    token: str | None = None
    is_bare: bool = False

    @property
    def rows(self) -> list[object]:
        """The records, if the data are a list."""
        return self.data if isinstance(self.data, list) else []

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is on the page."""
        return not self.data or (isinstance(self.data, Mapping) and not any(self.data.values()))

    def digest(self) -> bytes:
        """Return what tells this page from others: its ids, else its contents."""
        ids = [row.get("id") if isinstance(row, Mapping) else None for row in self.rows]
        told = ids if ids and all(isinstance(one, str) for one in ids) else self.data
        return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).digest()


class Reader(Protocol):
    """Where pages come from: a server or a folder of recorded ones."""

    profile: Profile
    book: NoticeBook
    quirks: set[str]
    splits_time: bool

    @property
    def answered_at(self) -> datetime | None:
        """The earliest time the source put on an answer, by its own clock."""

    def pages(self, ask: Ask) -> Iterator[Page]:
        """Give the pages of a list; raises NotOffered or PageUnreadable."""

    def one(self, resource: str, identifier: str, optional: Parameters) -> object:
        """Give one record, None if it is not to be had."""

    def status_of(self, resource: str, parameters: Parameters) -> int | None:
        """Ask and say only how it was answered; None where nothing can be asked."""

    def close(self) -> None:
        """Let go of connections."""


def decode(body: bytes, resource: str, *, needs_list: bool = True) -> Page:
    """Read a page; raises PageUnreadable."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise PageUnreadable(resource, "is not JSON") from None
    if isinstance(found, list):
        return Page(found, is_bare=True)
    if not isinstance(found, dict) or not isinstance(found.get("data"), list | dict):
        raise PageUnreadable(resource, "holds no data")
    if needs_list and not isinstance(found["data"], list):
        raise PageUnreadable(resource, "holds no list of data")
    return Page(found["data"], _token(found.get("pageToken"), resource))


def _token(value: object, resource: str) -> str | None:
    if value is None or value == "" or isinstance(value, bool):
        return None
    text = str(value) if isinstance(value, str | int) else ""
    if not text or len(text) > LONGEST_TOKEN or not text.isprintable():
        raise PageUnreadable(resource, "names the next page in no way that can be asked for")
    return text


def listed(
    fetch: Callable[[str | None], Page], resource: str, *, most: int, book: NoticeBook
) -> Iterator[Page]:
    """Follow page tokens until the list ends, or turns out to go round in circles.

    Stops at an empty page that names a next one, at a token or a page that came before, and
    raises PageUnreadable after `most` pages.
    """
    tokens: set[str] = set()
    digests: set[bytes] = set()
    token: str | None = None
    for _ in range(most):
        page = fetch(token)
        digest = page.digest()
        if digest in digests and not page.is_empty:
            book.note(resource, "listing-repeats")
            return
        digests.add(digest)
        yield page
        if page.token is None:
            return
        if page.is_empty or page.token in tokens:
            book.note(resource, "listing-empty-page" if page.is_empty else "listing-token-repeats")
            return
        tokens.add(page.token)
        token = page.token
    book.note(resource, "listing-cut")
    raise PageUnreadable(resource, f"comes after {most} others: the profile allows no more")
