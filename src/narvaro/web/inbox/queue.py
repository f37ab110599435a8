"""The flags one answers for, as rows of the work queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.people import may_know
from narvaro.web.cases.unseen import DECIDES, asked_row
from narvaro.web.inbox.models import Flag
from narvaro.web.inbox.pages import class_name
from narvaro.web.inbox.rows import FlagRow, rows_of
from narvaro.web.pupils.models import Protection
from narvaro.web.ui.registry import QueueGroup, QueueRow

ONE_BY_ONE = 5
"""So many flags of a class stand as a row each; more of them stand as one."""


def own_flags(viewer: Viewer) -> Iterator[QueueRow]:
    """The flags that wait for the viewer: one by one, or a class at a time."""
    if not viewer.may("inbox.flags"):
        return
    yield from _unlisted(viewer)
    mine = Flag.objects.visible_to(viewer, "inbox.flags").unanswered()
    rows = rows_of(mine.filter(owner=viewer.account), viewer)
    classes: dict[str, list[FlagRow]] = defaultdict(list)
    for row in rows:
        if row.flag.pupil.is_protected:
            yield _one(row, viewer)
        else:
            classes[row.flag.class_key].append(row)
    for key, few in classes.items():
        if len(few) <= ONE_BY_ONE:
            yield from (_one(row, viewer) for row in few)
        else:
            yield _many(key, few, viewer)


def _unlisted(viewer: Viewer) -> Iterator[QueueRow]:
    """Flags of protected pupils whose owner may not see them: who decides about the list is asked."""
    if not viewer.may(DECIDES):
        return
    here = Flag.objects.counted_by(viewer, DECIDES).unanswered()
    hidden = here.exclude(pupil__protection=Protection.NONE).select_related("owner", "pupil")
    found = [one for one in hidden if not may_know(one.owner, one.pupil, viewer.today)]
    if found:
        due = min((one.due_on for one in found if one.due_on is not None), default=None)
        count = len({one.pupil_id for one in found})
        yield asked_row("inbox:unseen", count, due=due, today=viewer.today)


def group_of(row: FlagRow, viewer: Viewer) -> QueueGroup:
    """Late, new since yesterday, or to be answered this week."""
    if row.is_late:
        return QueueGroup.LATE
    is_new = row.flag.taken_on >= viewer.today - timedelta(days=1)
    return QueueGroup.NEW if is_new else QueueGroup.THIS_WEEK


def _one(row: FlagRow, viewer: Viewer) -> QueueRow:
    return QueueRow(
        f"inbox:flag:{row.flag.public_id}",
        group_of(row, viewer),
        _("%(name)s · ny flagga") % {"name": row.name},
        "" if row.flag.pupil.is_protected else f"{row.reason} {'. '.join(row.facts)}.",
        _("Ta ställning"),
        reverse("flag", args=[row.flag.public_id]),
        row.flag.due_on,
        row.when,
    )


def _many(key: str, rows: Sequence[FlagRow], viewer: Viewer) -> QueueRow:
    """A class whose flags are gone through together: the first that falls due says when."""
    first = min(rows, key=lambda one: (one.flag.due_on is None, one.flag.due_on, one.flag.pk))
    units = Unit.objects.filter(kind=UnitKind.CLASS, key=key).values_list("key", "name")
    words = {"n": len(rows), "name": class_name(key, dict(units))}
    return QueueRow(
        f"inbox:class:{key}",
        group_of(first, viewer),
        ngettext("Klass %(name)s · %(n)s flagga", "Klass %(name)s · %(n)s flaggor", len(rows))
        % words,
        _("De kan gås igenom på en sida. Med en gemensam orsak räcker ett skäl."),
        _("Gå igenom"),
        reverse("flags"),
        first.flag.due_on,
        first.when,
    )
