"""A folder of recorded pages: `persons-1.json`, `persons-2.json` and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from narvaro.errors import NotFound
from narvaro.sources.ss12000.answers import (
    Ask,
    NotOffered,
    Page,
    PageUnreadable,
    Parameters,
    decode,
)
from narvaro.sources.ss12000.notices import NoticeBook
from narvaro.sources.ss12000.profile import RESOURCES, Profile

_MEGABYTE = 1_000_000
_NUMBERED = re.compile(r"(?P<resource>[A-Za-z]+)-(?P<number>\d{1,6})\.json")


@dataclass(slots=True)
class Folder:
    """Recorded pages; they hold whatever was asked for then, so filters are not repeated."""

    path: Path
    profile: Profile
    book: NoticeBook = field(default_factory=NoticeBook)
    quirks: set[str] = field(default_factory=set)
    splits_time: bool = False
    answered_at: datetime | None = None

    def __post_init__(self) -> None:
        if not any(self._files(resource) for resource in RESOURCES):
            raise NotFound(
                f"The folder {self.path.name} holds no recorded pages.",
                remedy="They are named after their resource: persons-1.json, persons-2.json.",
            )

    def pages(self, ask: Ask) -> Iterator[Page]:
        """Give the recorded pages in order; a gap or a page that is no JSON raises."""
        numbered = self._files(ask.resource)
        if not numbered:
            raise NotOffered(ask.resource, "missing")
        for place, number in enumerate(sorted(numbered), start=1):
            if number != place:
                self.book.note(ask.resource, "page-missing")
                raise PageUnreadable(ask.resource, "is missing from the recording")
            page = self._read(numbered[number], ask.resource)
            if place == len(numbered) and page.token is not None:
                self.book.note(ask.resource, "recording-cut")
            yield page

    def one(self, resource: str, identifier: str, optional: Parameters) -> None:  # noqa: ARG002
        """A recording answers no other questions than those it holds."""
        return

    def status_of(self, resource: str, parameters: Parameters) -> None:  # noqa: ARG002
        """Nothing can be asked of a recording."""
        return

    def close(self) -> None:
        """Nothing is held open."""

    def _files(self, resource: str) -> dict[int, Path]:
        found = (_NUMBERED.fullmatch(path.name) for path in self.path.glob(f"{resource}-*.json"))
        numbers = {int(one["number"]): one for one in found if one}
        return {number: self.path / one.string for number, one in numbers.items()}

    def _read(self, path: Path, resource: str) -> Page:
        try:
            if path.stat().st_size > self.profile.largest_page_mb * _MEGABYTE:
                raise PageUnreadable(resource, "is larger than the profile allows")
            body = path.read_bytes()
        except OSError:
            raise PageUnreadable(resource, "cannot be opened") from None
        return decode(body, resource, needs_list=resource != "deletedEntities")
