"""What somebody holds about a pupil they may no longer know of: told, and nobody is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.links import case_url
from narvaro.web.cases.models import Case, Cases, Step, Task
from narvaro.web.cases.people import may_know
from narvaro.web.pupils.models import Protection
from narvaro.web.ui.registry import QueueGroup, QueueRow

DECIDES = "pupils.protected"
"""Who decides about the list of a protected pupil is asked to."""


def unseen_rows(viewer: Viewer) -> Iterator[QueueRow]:
    """For who decides about the list: how many wait. For who holds something: that it waits."""
    if viewer.may(DECIDES):
        yield from _asked(viewer)
    else:
        yield from _waits(viewer)


def _asked(viewer: Viewer) -> Iterator[QueueRow]:
    schools = viewer.reach(DECIDES).unit_ids
    cases = _protected().filter(school__in=schools)
    found = [one for one in cases if _unlisted(one, viewer.today)]
    lone = Task.objects.filter(
        case=None, done_at=None, school__in=schools, made_on__lte=viewer.today
    )
    tasks = [
        one
        for one in lone.exclude(pupil__protection=Protection.NONE).select_related("to", "pupil")
        if not may_know(one.to, one.pupil, viewer.today)
    ]
    count = len({one.pupil_id for one in found} | {one.pupil_id for one in tasks})
    if not count:
        return
    steps = Step.objects.filter(case__in=found, decided_at=None).values_list("due_on", flat=True)
    dues = [one for one in (*steps, *(task.due_on for task in tasks)) if one is not None]
    yield asked_row("cases.unseen", count, due=min(dues, default=None), today=viewer.today)


def asked_row(key: str, count: int, *, due: date | None, today: date) -> QueueRow:
    """The row of who decides about the list."""
    title = ngettext(
        "%(n)s elev med skyddade uppgifter: den som har ärendet får inte se eleven",
        "%(n)s elever med skyddade uppgifter: de som har ärendena får inte se eleverna",
        count,
    )
    return QueueRow(
        key,
        QueueGroup.LATE if due is not None and due < today else QueueGroup.THIS_WEEK,
        title % {"n": count},
        _("Bestäm vem som får se eleven. Ärendet går då till den personen nästa natt."),
        _("Bestäm"),
        reverse("pupils_protected"),
        due,
    )


def _waits(viewer: Viewer) -> Iterator[QueueRow]:
    for case in _protected().filter(authority=viewer.authority):
        if viewer.account in _holders(case) and not may_know(
            viewer.account, case.pupil, viewer.today
        ):
            yield QueueRow(
                f"cases.hidden.{case.public_id}",
                QueueGroup.WAITING,
                _("Ett ärende som du hade går inte att se längre"),
                _("Inget är borta. Rektor bestämmer vem som går vidare med det."),
                _("Se läget"),
                case_url(case, viewer) or reverse("home"),
            )


def _protected() -> Cases:
    hidden = Case.objects.still_open().exclude(pupil__protection=Protection.NONE)
    return hidden.select_related("pupil", "owner").order_by("pk")


def _holders(case: Case) -> set[Account]:
    steps = case.steps.filter(decided_at=None).select_related("owner")
    tasks = case.tasks.filter(done_at=None).select_related("to")
    return {case.owner, *(one.owner for one in steps), *(one.to for one in tasks)}


def _unlisted(case: Case, day: date) -> bool:
    return any(not may_know(one, case.pupil, day) for one in _holders(case))
