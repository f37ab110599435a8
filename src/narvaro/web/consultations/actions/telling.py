"""What the log is told of consultations: opaque ids, never the question."""

from __future__ import annotations

from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.consultations.models import Slot


def tell(by: Viewer, action: str, slot: Slot, at: datetime, *more: str, reason: str = "") -> None:
    """Write what was done to a time."""
    subjects = [f"consultation:{slot.public_id}", *more]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects, reason=reason)
