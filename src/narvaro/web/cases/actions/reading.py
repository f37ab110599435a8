"""A restricted text is opened by who does not read it otherwise, and says which decision demands it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.restriction import Restriction, may_open
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.models import Cause, CauseOpened, Note, NoteOpened


def open_note(note: Note, *, why: str, by: Viewer, at: datetime) -> NoteOpened:
    """Open a note that one does not read without asking; the reason is kept beside it."""
    if not may_open(by.role, note.restriction):
        raise Refused(_("Din roll får inte läsa anteckningen."))
    if not why.strip():
        raise Refused(_("Skriv vilket beslut som kräver att du läser."))
    with transaction.atomic():
        made = NoteOpened.objects.create(note=note, by=by.account, at=at, why=why.strip()[:300])
        tell(note.case, "cases.open_note", by=by, at=at, more=(f"note:{note.public_id}",))
    return made


def open_cause(cause: Cause, *, why: str, by: Viewer, at: datetime) -> CauseOpened:
    """Open a restricted cause, with how the right to education is met; the reason is kept."""
    if not may_open(by.role, Restriction.STUDENT_HEALTH):
        raise Refused(_("Din roll får inte läsa orsaken."))
    if not why.strip():
        raise Refused(_("Skriv vilket beslut som kräver att du läser."))
    with transaction.atomic():
        made = CauseOpened.objects.create(cause=cause, by=by.account, at=at, why=why.strip()[:300])
        tell(cause.case, "cases.open_cause", by=by, at=at, more=(f"cause:{cause.public_id}",))
    return made
