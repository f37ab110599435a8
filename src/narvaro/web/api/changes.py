"""When each thing that is told was last changed, whatever changed it: noted as it is saved.

A thing's own moments do not tell it: an answer taken back leaves none, and a new owner has none.
The moments are of the clock, also in the demo, where the day can be chosen.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, OuterRef, Subquery
from django.db.models.signals import post_save
from django.utils import timezone

from narvaro.web.api.models import Change
from narvaro.web.cases.models import Case, Step, Task
from narvaro.web.inbox.models import Flag

FLAG, CASE, STEP, TASK = "flag", "case", "step", "task"
KINDS: dict[type[Model], str] = {Flag: FLAG, Case: CASE, Step: STEP, Task: TASK}
OVERLAP = timedelta(minutes=1)
"""What is being written while one reads is noted before it is seen: asked for again from a minute
earlier nothing is missed. Ours; no request writes for so long."""


def listen() -> None:
    """Note every saving from now on."""
    for model in KINDS:
        post_save.connect(_saved, sender=model, dispatch_uid=f"api.changes.{model.__name__}")


def _saved(sender: type[Model], instance: Any, **_more: Any) -> None:
    """A step's change is a change of its case too."""
    rows = [Change(kind=KINDS[sender], row=instance.pk, at=timezone.now())]
    if sender is Step:
        rows.append(Change(kind=CASE, row=instance.case_id, at=timezone.now()))
    Change.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["kind", "row"], update_fields=["at"]
    )


def changed(kind: str) -> Subquery:
    """When a row was last saved; nothing for one from before this was noted."""
    return Subquery(Change.objects.filter(kind=kind, row=OuterRef("pk")).values("at")[:1])


def asked_from() -> datetime:
    """Send it as `changed_since` the next time."""
    return timezone.now() - OVERLAP
