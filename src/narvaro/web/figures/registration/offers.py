"""What registration offers to the pages that gather: a teacher's lessons, a principal's gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.registration import scope, words
from narvaro.web.figures.registration.asked_today import asked_in, asked_of_me, waiting
from narvaro.web.figures.registration.asking import Asked, Solver
from narvaro.web.figures.registration.gathering import Gathered, gather
from narvaro.web.figures.registration.own_page import line_of
from narvaro.web.messages.digest import offer_digest
from narvaro.web.messages.registry import Line
from narvaro.web.ui.registry import MenuItem, QueueGroup, QueueRow, offer_menu, offer_queue
from narvaro.web.ui.written import day as short_day

SOLVES = {Role.PRINCIPAL: Solver.PRINCIPAL, Role.SYSTEM_OWNER: Solver.SYSTEM_OWNER}
FEW = 3


def fill() -> None:
    """Called once, at the start."""
    offer_menu(20, menu)
    offer_queue(queue)
    offer_digest(digest)


def menu(viewer: Viewer) -> Iterator[MenuItem]:
    """A teacher's lessons with how many wait; registration for those who answer for it."""
    if viewer.may("registration.own"):
        count = len(waiting(asked_of_me(viewer)))
        yield MenuItem("lessons", _("Lektioner"), reverse("own_lessons"), count)
    if viewer.may("registration.view") and not viewer.may("registration.own"):
        yield MenuItem("registration", _("Registrering"), reverse("registration"))


def queue(viewer: Viewer) -> Iterator[QueueRow]:
    """What waits for the viewer: the own lessons in one row, or rows of similar lessons."""
    if viewer.may("registration.own"):
        yield from _own_row(waiting(asked_of_me(viewer)))
    elif viewer.role in SOLVES:
        schools = {one.key: one for one in scope.schools(viewer, "registration.lessons")}
        rows = gather(asked_in(viewer, schools))
        yield from _rows(rows, schools, SOLVES[viewer.role])


def _own_row(asked: tuple[Asked, ...]) -> Iterator[QueueRow]:
    if not asked:
        return
    count = len(asked)
    title = ngettext("Kvittera %(count)d lektion", "Kvittera %(count)d lektioner", count)
    yield QueueRow(
        "registration:own",
        QueueGroup.LATE,
        title % {"count": count},
        _some(asked),
        _("Kvittera"),
        reverse("own_lessons"),
        asked[-1].lesson.day,
    )


def _some(asked: Iterable[Asked]) -> str:
    """`Ma 7B tis 1 dec · Ma 7C mån 30 nov`, the latest first, and how many more."""
    latest = list(asked)[::-1]
    said = [f"{line_of(one.lesson).what} {short_day(one.lesson.day)}" for one in latest[:FEW]]
    rest = len(latest) - FEW
    if rest > 0:
        said.append(ngettext("%(rest)d till", "%(rest)d till", rest) % {"rest": rest})
    return " · ".join(said)


def _rows(
    groups: Iterable[Gathered], schools: dict[str, Unit], solver: Solver
) -> Iterator[QueueRow]:
    for row in groups:
        if row.solver != solver:
            continue
        place = schools[row.school]
        count = ngettext(
            "%(count)d lektion utan kvittering", "%(count)d lektioner utan kvittering", row.count
        ) % {"count": row.count}
        name = words.title_of(row)
        if solver == Solver.SYSTEM_OWNER:
            name = f"{name}, {place.name}"
        address = reverse("registration_lessons", args=[place.public_id])
        yield QueueRow(
            f"registration:{row.key}",
            QueueGroup.THIS_WEEK,
            f"{name} · {count}",
            f"{words.CAUSES[row.cause]}.",
            _("Se lektionerna"),
            f"{address}?grupp={row.key}",
        )


def digest(viewer: Viewer) -> Iterator[Line]:
    """What the weekly mail tells: how many lessons wait, for whom, and where they are."""
    if viewer.may("registration.own"):
        count = len(waiting(asked_of_me(viewer)))
        said = ngettext(
            "%(count)d lektion är inte kvitterad", "%(count)d lektioner är inte kvitterade", count
        )
        path = reverse("own_lessons")
    elif viewer.may("registration.lessons"):
        schools = [one.key for one in scope.schools(viewer, "registration.lessons")]
        count = len(asked_in(viewer, schools))
        said = ngettext(
            "%(count)d lektion väntar på kvittering",
            "%(count)d lektioner väntar på kvittering",
            count,
        )
        path = reverse("registration")
    else:
        return
    if count:
        yield Line(said % {"count": count}, path)
