"""What the log is told of meetings: opaque ids, never what was said."""

from __future__ import annotations

from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.meetings.models import AgendaItem, Meeting


def tell(by: Viewer, action: str, meeting: Meeting, at: datetime, *more: str) -> None:
    """Write what was done to a meeting."""
    subjects = [f"meeting:{meeting.public_id}", *more]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)


def tell_of_item(by: Viewer, action: str, item: AgendaItem, at: datetime) -> None:
    """Write what was done to an item, and which pupil it is about."""
    about = [f"item:{item.public_id}"]
    if item.pupil is not None:
        about.append(f"pupil:{item.pupil.public_id}")
    tell(by, action, item.meeting, at, *about)
