"""What the page of a case says of restricted texts: that they are there, who can read, how to open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.restriction import Restriction, may_open, may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, Cause, CauseLevel, Note
from narvaro.web.documents.pages import readers_in_words

OPEN_NOTE, OPEN_CAUSE = "cases.open_note", "cases.open_cause"
OF_CAUSES = Restriction.STUDENT_HEALTH
Way = Literal["", "read", "reason"]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A restricted text as everybody sees it: never its words, length or kind of illness."""

    on: date
    author: str
    readers: str
    way: Way
    url: str


@dataclass(frozen=True, slots=True)
class CauseLine:
    """A cause, or something that helps, in words."""

    word: str
    text: str
    is_protective: bool


@dataclass(frozen=True, slots=True)
class LevelPart:
    """What was found at one level: what hinders, then what helps."""

    name: str
    lines: Sequence[CauseLine]


@dataclass(frozen=True, slots=True)
class CauseMap:
    """The causes by level, and the restricted ones apart: which level they lie at is not said."""

    levels: Sequence[LevelPart]
    hidden: Sequence[Hidden]

    @property
    def is_empty(self) -> bool:
        """Nothing is noted yet."""
        return not (self.levels or self.hidden)


def hidden_notes(case: Case, viewer: Viewer) -> list[Hidden]:
    """The restricted notes of a case, in the order they were written."""
    notes = case.notes.exclude(restriction=Restriction.ORDINARY).filter(is_involvement_only=False)
    return [_note(one, case, viewer) for one in notes if one.on <= viewer.today]


def cause_map(case: Case, viewer: Viewer) -> CauseMap:
    """What the absence may come from and what helps, as the viewer may see it."""
    causes = [one for one in case.causes.select_related("by") if one.on <= viewer.today]
    levels = [
        LevelPart(str(level.label).capitalize(), lines)
        for level in CauseLevel
        if (lines := _lines(causes, level))
    ]
    hidden = [_cause(one, case, viewer) for one in causes if one.is_restricted]
    return CauseMap(levels, hidden)


def way_to(viewer: Viewer, action: str, restriction: str) -> Way:
    """How the viewer comes to a text of a kind: reads it, gives a reason first, or not at all."""
    if not viewer.may(action):
        return ""
    if may_read(viewer.role, restriction):
        return "read"
    return "reason" if may_open(viewer.role, restriction) else ""


def _note(one: Note, case: Case, viewer: Viewer) -> Hidden:
    way = way_to(viewer, OPEN_NOTE, one.restriction)
    url = reverse("case_note_open", args=[case.public_id, one.public_id]) if way else ""
    author = str(one.get_role_display())
    return Hidden(one.on, author, readers_in_words(one.restriction), way, url)


def _cause(one: Cause, case: Case, viewer: Viewer) -> Hidden:
    way = way_to(viewer, OPEN_CAUSE, OF_CAUSES)
    url = reverse("case_cause_open", args=[case.public_id, one.public_id]) if way else ""
    return Hidden(one.on, one.by.name, readers_in_words(OF_CAUSES), way, url)


def _lines(causes: Sequence[Cause], level: CauseLevel) -> list[CauseLine]:
    here = [one for one in causes if one.level == level and not one.is_restricted]
    here.sort(key=lambda one: one.is_protective)
    return [
        CauseLine(str(one.get_word_display()).capitalize(), one.text, one.is_protective)
        for one in here
    ]


def said_of_readers(restriction: str) -> str:
    """`Kan läsas av skolkurator och skolsköterska, och av rektor när ett beslut kräver det.`"""
    return _("Kan läsas av %(readers)s, och av rektor när ett beslut kräver det.") % {
        "readers": readers_in_words(restriction)
    }
