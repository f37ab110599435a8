"""A server that speaks SS 12000: asked in its own way, believed in nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import quote

from narvaro.sources.ss12000.answers import (
    Ask,
    NotOffered,
    Overloaded,
    Page,
    PageUnreadable,
    Parameters,
    decode,
    listed,
)
from narvaro.sources.ss12000.asking import Answer, Asker
from narvaro.sources.ss12000.notices import NoticeBook
from narvaro.sources.ss12000.profile import Profile

OK: Final = 200
ABSENT: Final = frozenset((404, 405, 410, 501))
UNASKABLE: Final = frozenset((400, 422))
REPEATS: Final = "repeat_parameters"
SMALLER_PAGES: Final = (100, 20)
"""Page sizes that are tried, one after the other, where larger ones are too much for a server."""
_SIZE_QUIRK: Final = "page_size:"


@dataclass(slots=True)
class Server:
    """One server; `quirks` are remembered between loads."""

    profile: Profile
    asker: Asker
    book: NoticeBook = field(default_factory=NoticeBook)
    quirks: set[str] = field(default_factory=set)
    splits_time: bool = True
    _variants: dict[str, int] = field(default_factory=dict)

    @property
    def answered_at(self) -> datetime | None:
        """The earliest time the server put on an answer, by its own clock."""
        return self.asker.answered_at

    def close(self) -> None:
        """Close the connections."""
        self.asker.close()

    def pages(self, ask: Ask) -> Iterator[Page]:
        """Give the pages of a list; raises NotOffered, PageUnreadable or SourceUnreachable."""
        parameters, first = self._first_page(ask)

        def fetch(token: str | None) -> Page:
            return first if token is None else self._next_page(ask, parameters, token)

        most = self.profile.max_pages
        yield from listed(fetch, ask.resource, most=most, book=self.book)

    def one(self, resource: str, identifier: str, optional: Parameters) -> object:
        """Give one record; None when it is not there, or not given."""
        url = f"{self.profile.url_of(resource)}/{quote(identifier, safe='')}"
        for parameters in (optional, {}):
            answer = self.asker.ask(url, parameters, resource)
            if answer.status == OK:
                return next(iter(decode(b"[" + answer.body + b"]", resource).rows), None)
            if answer.status not in UNASKABLE:
                return None
        return None

    def status_of(self, resource: str, parameters: Parameters) -> int:
        """Ask and say only how it was answered; for checking what a server keeps to."""
        return self.asker.ask(self.profile.url_of(resource), parameters, resource).status

    def _first_page(self, ask: Ask) -> tuple[Parameters, Page]:
        """Ask in full, then with less and less of what may be left out; raises NotOffered."""
        status = 0
        for rank, parameters in self._variants_of(ask):
            answer = self._asked(ask.resource, parameters)
            status = answer.status
            if status == OK:
                self._variants[ask.resource] = rank
                return parameters, self._page(answer.body, ask.resource)
            if status not in UNASKABLE:
                break
            self.book.note(ask.resource, "parameters-refused")
        raise NotOffered(ask.resource, "missing" if status in ABSENT else "refused")

    def _variants_of(self, ask: Ask) -> list[tuple[int, Parameters]]:
        """The question in full, without expand, without filters, bare; from the last accepted."""
        limit = {"limit": str(self.page_size)}
        plain = {name: value for name, value in ask.optional.items() if name != "expand"}
        ranked: tuple[Parameters, ...] = (
            {**ask.needed, **ask.optional, **limit},
            {**ask.needed, **plain, **limit},
            {**ask.needed, **limit},
            dict(ask.needed),
        )
        first = self._variants.get(ask.resource, 0)
        return [
            (rank, one)
            for rank, one in enumerate(ranked)
            if rank >= first and one not in ranked[first:rank]
        ]

    def _next_page(self, ask: Ask, parameters: Parameters, token: str) -> Page:
        """Send the token alone, as the standard says; with the question where that is refused."""
        resource = ask.resource
        repeats = self.profile.repeat_parameters
        if repeats == "never" or (repeats == "auto" and REPEATS not in self.quirks):
            alone = {"pageToken": token, "limit": str(self.page_size)}
            answer = self._asked(resource, alone)
            if answer.status == OK:
                return self._page(answer.body, resource)
            if repeats == "never" or answer.status not in UNASKABLE:
                raise PageUnreadable(resource, f"was answered with {answer.status}")
            self.book.note(resource, "parameters-repeated")
        answer = self._asked(resource, {**parameters, "pageToken": token})
        if answer.status != OK:
            raise PageUnreadable(resource, f"was answered with {answer.status}")
        self.quirks.add(REPEATS)
        return self._page(answer.body, resource)

    def _asked(self, resource: str, parameters: Parameters) -> Answer:
        """Ask; with smaller pages, remembered, where the server says that it is too much."""
        url = self.profile.url_of(resource)
        while True:
            try:
                return self.asker.ask(url, parameters, resource)
            except Overloaded:
                size = next((one for one in SMALLER_PAGES if one < self.page_size), None)
                if size is None or "limit" not in parameters:
                    raise
                self.quirks = {one for one in self.quirks if not one.startswith(_SIZE_QUIRK)}
                self.quirks.add(f"{_SIZE_QUIRK}{size}")
                self.book.note(resource, "page-made-smaller")
                parameters = {**parameters, "limit": str(size)}

    @property
    def page_size(self) -> int:
        """How many records to ask for at a time: the profile's, or what the server could bear."""
        found = (one.removeprefix(_SIZE_QUIRK) for one in self.quirks if _SIZE_QUIRK in one)
        sizes = [int(one) for one in found if one.isdecimal()]
        return min([self.profile.page_size, *sizes])

    def _page(self, body: bytes, resource: str) -> Page:
        page = decode(body, resource, needs_list=resource != "deletedEntities")
        if page.is_bare:
            self.book.note(resource, "data-not-in-list")
        return page
