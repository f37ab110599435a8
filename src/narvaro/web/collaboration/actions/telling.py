"""What the log is told of calls: opaque ids, never what was asked or said."""

from __future__ import annotations

from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import NOBODY, write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.collaboration.models import Call


def tell(
    by: Viewer | None, action: str, call: Call, at: datetime, *more: str, reason: str = ""
) -> None:
    """Write what was done to a call, by somebody or by a link."""
    actor = NOBODY if by is None else by.actor
    subjects = [f"call:{call.public_id}", f"pupil:{call.pupil.public_id}", *more]
    write_entry(actor, action, kind=Kind.WRITE, at=at, subjects=subjects, reason=reason)
