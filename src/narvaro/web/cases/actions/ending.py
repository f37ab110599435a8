"""A case ends because its pupil goes to another authority; nothing follows a pupil by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.tasks import close_tasks
from narvaro.web.cases.actions.telling import tell
from narvaro.web.cases.models import Case, Decision


def close_for_move(case: Case, *, why: str, by: Viewer, at: datetime) -> Case:
    """Close an open case whose pupil leaves the authority, with the steps under way and the tasks.

    Asks for no documents and no duties: they are the new authority's from now on. A closed case
    stays as it is.
    """
    if not why.strip():
        raise Refused("a case is closed with a reason")
    with transaction.atomic():
        kept = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
        if not kept.is_open:
            return kept
        for step in kept.steps.filter(decided_at__isnull=True):
            step.decision, step.reason, step.version = Decision.CLOSE, why.strip(), step.version + 1
            step.decided_at, step.decided_on, step.decided_by = at, by.today, by.account
            step.save()
        kept.closed_at, kept.closed_on = at, by.today
        kept.closed_by, kept.closing_reason = by.account, why.strip()
        kept.version += 1
        kept.save()
        close_tasks(kept, why.strip(), by=by, at=at)
        tell(kept, "cases.close", by=by, at=at)
    return kept
