"""Who leaves with something left, in the work queue; how much, on a person's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.handing_over.leavers import Holder, counted, holders, own_leaving
from narvaro.web.cases.handing_over.pages import held_in, in_words
from narvaro.web.cases.held import ACTION, held_by, schools_of
from narvaro.web.ui import written
from narvaro.web.ui.registry import (
    Panel,
    QueueGroup,
    QueueRow,
    offer_person_panels,
    offer_queue,
)

COUNTS = "cases.counts_of_person"


def fill() -> None:
    """Called once, at the start."""
    offer_queue(queue)
    offer_person_panels(panel)


def queue(viewer: Viewer) -> Iterable[QueueRow]:
    """A row for each who leaves a leader's school with something left, and for oneself."""
    if viewer.may("cases.leaving"):
        return [_row(one, viewer) for one in holders(viewer) if one.leaves]
    return _mine(viewer) if viewer.may(ACTION) else ()


def panel(viewer: Viewer, account: Account) -> Iterable[Panel]:
    """How much somebody answers for at each school: counts, and nothing of a pupil."""
    if not viewer.may(COUNTS):
        return
    rows = [(school, in_words(held)) for school, held in counted(account, viewer, COUNTS)]
    yield Panel(
        "cases.person", _("Svarar för"), "cases/handing_over/person_panel.html", {"rows": rows}, 12
    )


def _row(one: Holder, viewer: Viewer) -> QueueRow:
    said = {
        "who": one.account.name,
        "school": one.school.name,
        "day": "" if one.last_on is None else written.day(one.last_on),
    }
    if one.has_left:
        title = _("%(who)s har slutat på %(school)s") % said
    else:
        title = _("%(who)s slutar på %(school)s %(day)s") % said
    return QueueRow(
        f"cases.leaving.{one.account.public_id}.{one.school.public_id}",
        _group(one, viewer),
        title,
        _("Lämnar efter sig %(what)s.") % {"what": in_words(one.held)},
        _("Lämna över"),
        reverse("hand_over_all", args=[one.account.public_id]),
        one.last_on,
    )


def _group(one: Holder, viewer: Viewer) -> QueueGroup:
    if one.has_left or one.last_on is None:
        return QueueGroup.LATE
    week_ends = viewer.today + timedelta(days=6 - viewer.today.weekday())
    return QueueGroup.THIS_WEEK if one.last_on <= week_ends else QueueGroup.LATER


def _mine(viewer: Viewer) -> Iterator[QueueRow]:
    ending = viewer.account.assignments.in_force(viewer.today).filter(to_on__isnull=False)
    if not ending.exists():  # nobody leaves, mostly: the rest is not asked
        return
    things = held_by(viewer.account, viewer)
    for school, day in own_leaving(viewer, schools_of(things)):
        here = [one for one in things if one.school == school]
        one = Holder(viewer.account, school, held_in(here), day, has_left=False)
        title = _("Ditt uppdrag på %(school)s slutar %(day)s")
        yield QueueRow(
            f"cases.leaving.{viewer.account.public_id}.{school.public_id}",
            _group(one, viewer),
            title % {"school": school.name, "day": written.day(day)},
            _("Du lämnar efter dig %(what)s.") % {"what": in_words(one.held)},
            _("Lämna över"),
            reverse("hand_over_all", args=[viewer.account.public_id]),
            day,
        )
