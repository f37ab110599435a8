"""What the log is told of a case: opaque ids, never a name and never a word of what was written."""

from __future__ import annotations

from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.cases.models import Case


def tell(
    case: Case, action: str, *, by: Viewer | None, at: datetime, more: tuple[str, ...] = ()
) -> None:
    """An entry about a case and its pupil; `by` None when a run of the programme did it."""
    subjects = [f"case:{case.public_id}", f"pupil:{case.pupil.public_id}", *more]
    actor = NOBODY if by is None else by.actor
    write_entry(actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
