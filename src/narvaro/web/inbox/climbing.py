"""What has climbed to the viewer, as rows of the work queue: by pupil, or counted by school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.models import Assignment, Unit, UnitKind
from narvaro.web.accounts.roles import LEADERS
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.inbox.late import Late, late_at
from narvaro.web.inbox.rows import late_words
from narvaro.web.inbox.silence import sees
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.registry import QueueGroup, QueueRow

MOST_ROWS = 10
"""So many pupils stand in the queue; the others are counted in a row that leads to the list."""
SCHOOL, COUNTS = "inbox.handling", "inbox.handling_counts"
DECIDES_OF_LISTS = "pupils.protected"
"""Who decides who may see a protected pupil is told that one waits; nobody else, by no count."""


def climbed(viewer: Viewer) -> Iterator[QueueRow]:
    """Rows for leaders of a school, counts for those over schools; for others, what came to them."""
    if viewer.may(COUNTS):
        yield from _by_school(viewer)
    elif viewer.may("inbox.flags"):
        yield from _by_pupil(viewer)


def seen_at_schools(viewer: Viewer, action: str) -> list[Late]:
    """What is late at the schools in reach and has climbed to the viewer's role."""
    found = late_at(viewer.reach(action).unit_ids, viewer)
    return [
        one
        for one in found
        if sees(viewer.role, one.rungs, is_owner=one.kind == "flag" and one.owner == viewer.account)
    ]


def _by_pupil(viewer: Viewer) -> Iterator[QueueRow]:
    """What others have left lying, by pupil: what is one's own stands as one's own."""
    if not viewer.reach("inbox.flags").whole_schools:
        return
    found = [one for one in seen_at_schools(viewer, "inbox.flags") if one.owner != viewer.account]
    by_pupil: dict[int, list[Late]] = defaultdict(list)
    for one in found:
        by_pupil[one.pupil.pk].append(one)
    may_be_named = set(
        Pupil.objects.named_to(viewer, "inbox.flags")
        .filter(pk__in=by_pupil)
        .values_list("pk", flat=True)
    )
    named = [few for pupil, few in by_pupil.items() if pupil in may_be_named]
    yield from (_pupil_row(few) for few in named[:MOST_ROWS])
    rest, unnamed = named[MOST_ROWS:], len(by_pupil) - len(named)
    if rest:
        yield _rest_row(rest)
    if unnamed and viewer.may(DECIDES_OF_LISTS):
        yield _unnamed_row(unnamed)


def _pupil_row(few: Sequence[Late]) -> QueueRow:
    first = few[0]
    said = ", ".join(dict.fromkeys(one.what for one in few))
    is_taken_up = any(one.kind == "step" for one in few)
    title = _("%(name)s · försenat") if is_taken_up else _("%(name)s · inget gjort än")
    return QueueRow(
        f"inbox:late:{first.pupil.public_id}",
        QueueGroup.LATE,
        title % {"name": name_of(first.pupil)},
        _("%(what)s. Ansvarig: %(who)s.")
        % {"what": said[:1].upper() + said[1:], "who": first.owner.name},
        _("Ta ställning") if first.kind == "flag" else _("Se läget"),
        first.url,
        first.due_on,
        late_words(first.days),
    )


def _rest_row(rest: Sequence[Sequence[Late]]) -> QueueRow:
    words = {"n": len(rest)}
    title = ngettext(
        "%(n)s elev till väntar på något som är försenat",
        "%(n)s elever till väntar på något som är försenat",
        len(rest),
    )
    first = rest[0][0]
    return QueueRow(
        "inbox:late:rest",
        QueueGroup.LATE,
        title % words,
        _("Alla står på en sida, den som väntat längst först."),
        _("Visa alla"),
        reverse("handling"),
        first.due_on,
        late_words(first.days),
    )


def _unnamed_row(count: int) -> QueueRow:
    title = ngettext(
        "%(n)s elev med skyddade uppgifter väntar på något som är försenat",
        "%(n)s elever med skyddade uppgifter väntar på något som är försenat",
        count,
    )
    return QueueRow(
        "inbox:late:protected",
        QueueGroup.LATE,
        title % {"n": count},
        _("Den som står på listan över vem som får se eleven har fått raden."),
        _("Visa"),
        reverse("handling"),
    )


def _by_school(viewer: Viewer) -> Iterator[QueueRow]:
    schools: dict[Unit, list[Late]] = defaultdict(list)
    for one in seen_at_schools(viewer, COUNTS):
        if one.school.kind == UnitKind.SCHOOL:
            schools[one.school].append(one)
    for school, few in schools.items():
        flags = sum(one.kind == "flag" for one in few)
        yield QueueRow(
            f"inbox:school:{school.public_id}",
            QueueGroup.LATE,
            _("%(school)s · utan svar: flaggor %(flags)s, steg %(steps)s")
            % {"school": school.name, "flags": flags, "steps": len(few) - flags},
            _said(school, viewer) % {"late": late_words(few[0].days)},
            _("Se skolorna"),
            reverse("handling_counts"),
            few[0].due_on,
            late_words(few[0].days),
        )


def _said(school: Unit, viewer: Viewer) -> str:
    led = Assignment.objects.in_force(viewer.today).filter(
        unit=school, role__in=LEADERS, account__is_active=True
    )
    if led.exists():
        return _("Rektor har sett dem. Den äldsta är %(late)s.")
    return _("Ingen rektor är tillsatt. Den äldsta är %(late)s.")
