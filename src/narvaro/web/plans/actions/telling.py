"""What the log is told of a plan: opaque ids, never a name and never a word of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.plans.models import Plan


def tell(plan: Plan, action: str, *, by: Viewer, at: datetime, more: Sequence[str] = ()) -> None:
    """An entry about a plan and its pupil."""
    subjects = [f"plan:{plan.public_id}", f"pupil:{plan.pupil.public_id}", *more]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects)
