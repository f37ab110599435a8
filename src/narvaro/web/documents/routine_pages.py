"""Frozen values for the pages of the routine's library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.routine_models import Approval, RoutineDocument, RoutineVersion


@dataclass(frozen=True, slots=True)
class RoutineRow:
    """A document of the list: what holds, and what is in the making for those who make it."""

    document: RoutineDocument
    published: RoutineVersion | None
    draft: RoutineVersion | None
    waits_for: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of two versions held beside each other: same, new or gone."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: a heading, a paragraph, or the items of a list."""

    kind: str
    text: str
    items: Sequence[str] = ()


def may_see_drafts(viewer: Viewer, document: RoutineDocument) -> bool:
    """Those who make the documents, and the principals asked, of the own authority only."""
    if document.authority_id != viewer.authority.pk:
        return False
    asked = Approval.objects.filter(version__document=document, principal=viewer.account)
    return viewer.may("routines.write") or (viewer.may("routines.approve") and asked.exists())


def versions_for(viewer: Viewer, document: RoutineDocument) -> list[RoutineVersion]:
    """The versions the viewer reads, the newest first."""
    versions = document.versions.select_related("drafted_by", "edited_by", "published_by")
    if not may_see_drafts(viewer, document):
        versions = versions.filter(published_at__isnull=False)
    return list(versions.prefetch_related("approvals__principal"))


def rows_for(viewer: Viewer, documents: Sequence[RoutineDocument]) -> Iterator[RoutineRow]:
    """Every document that has something the viewer reads."""
    for document in documents:
        versions = versions_for(viewer, document)
        published = next((one for one in versions if one.published_at), None)
        draft = next((one for one in versions if not one.published_at), None)
        waits = [one for one in draft.approvals.all() if not one.approved_at] if draft else []
        if versions:
            yield RoutineRow(document, published, draft, len(waits))


def compared(before: str, after: str) -> list[Line]:
    """Line by line: what both have, what is gone, what is new."""
    old, new = before.splitlines(), after.splitlines()
    lines: list[Line] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [Line("same", one) for one in old[i1:i2]]
            continue
        lines += [Line("gone", one) for one in old[i1:i2]]
        lines += [Line("new", one) for one in new[j1:j2]]
    return lines


def parts_of(text: str) -> list[Part]:
    """A text in parts: `# ` begins a heading, `- ` an item; an empty line ends a paragraph."""
    parts: list[Part] = []
    for chunk in text.replace("\r\n", "\n").split("\n\n"):
        for line in (one.strip() for one in chunk.split("\n")):
            before = parts[-1] if parts else None
            if line.startswith("# "):
                parts.append(Part("heading", line[2:]))
            elif line.startswith("- ") and before and before.kind == "list":
                parts[-1] = Part("list", "", [*before.items, line[2:]])
            elif line.startswith("- "):
                parts.append(Part("list", "", [line[2:]]))
            elif line:
                parts.append(Part("text", line))
    return parts
