"""Frozen values for the page of a document that is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from narvaro.forms import Shown, shown
from narvaro.web.accounts.restriction import may_open, may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.facts import language
from narvaro.web.documents.models import Document
from narvaro.web.documents.pages import readers_in_words


@dataclass(frozen=True, slots=True)
class Read:
    """An answer as it is read; `is_closed` ones show only that they are there."""

    answer: Shown
    is_closed: bool = False
    readers: str = ""


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A heading and the answers under it."""

    name: str
    answers: Sequence[Read] = field(default_factory=tuple)


def sections_to_read(
    document: Document, viewer: Viewer, *, is_opened: bool = False
) -> list[ReadSection]:
    """The answers as the viewer reads them: restricted ones closed until they are opened."""
    return [
        ReadSection(
            section.name,
            [_to_read(one, document, viewer, is_opened=is_opened) for one in section.answers],
        )
        for section in shown(document.labels, document.answers, language())
        if section.answers
    ]


def _to_read(one: Shown, document: Document, viewer: Viewer, *, is_opened: bool) -> Read:
    kind = one.restriction.value
    is_own = kind == document.restriction and may_read(viewer.role, kind)
    is_closed = kind != "ordinary" and not is_own
    if is_opened and may_open(viewer.role, kind):
        is_closed = False
    return Read(one, is_closed, readers_in_words(kind))


def has_closed(sections: Iterable[ReadSection]) -> bool:
    """Something is there that is not shown."""
    return any(one.is_closed for section in sections for one in section.answers)


@dataclass(frozen=True, slots=True)
class ReadAddendum:
    """What was added later. It is as restricted as the document: closed, it has no text."""

    by: str
    at: datetime
    text: str
    is_closed: bool = False


def addenda_to_read(
    document: Document, viewer: Viewer, *, is_opened: bool = False
) -> list[ReadAddendum]:
    """The addenda as the viewer reads them, the oldest first."""
    is_closed = not (is_opened or may_read(viewer.role, document.restriction))
    return [
        ReadAddendum(one.by.name, one.at, "" if is_closed else one.text, is_closed)
        for one in document.addenda.select_related("by")
    ]
