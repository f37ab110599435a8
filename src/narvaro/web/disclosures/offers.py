"""What disclosures offer to the pages that gather, and what they are told of consents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.consent.registry import offer_withdrawn
from narvaro.web.disclosures.actions import end_without_consent, lock_of_consent
from narvaro.web.disclosures.live import live_items, receiving_units
from narvaro.web.disclosures.models import Disclosure, Looked, pupils_of
from narvaro.web.disclosures.providers import filling
from narvaro.web.disclosures.received import received_by
from narvaro.web.pupils.models import Protection, Pupil
from narvaro.web.ui import written
from narvaro.web.ui.registry import (
    MenuItem,
    Panel,
    Part,
    QueueGroup,
    QueueRow,
    offer_case_panels,
    offer_menu,
    offer_pupil_panels,
    offer_queue,
)

LIST, RECEIVED, DECIDES = "disclosures.list", "disclosures.received", "pupils.protected"
A_WEEK = timedelta(days=7)


def fill() -> None:
    """Called once, at the start."""
    filling.fill()
    offer_withdrawn(end_without_consent, locks=lock_of_consent)
    offer_menu(36, _menu)
    offer_queue(_to_read)
    offer_queue(_has_ended)
    offer_queue(_read_of_protected)
    offer_pupil_panels(Part.NEXT, 85, _of_pupil)
    offer_case_panels(40, _of_case)


def _menu(viewer: Viewer) -> Iterable[MenuItem]:
    """A place for other authorities' people; a school's principal comes from the queue."""
    if viewer.role == Role.AGENCY_CONTACT and viewer.may(RECEIVED):
        yield MenuItem("disclosures", _("Delat med er"), reverse("disclosures_received"))


def _to_read(viewer: Viewer) -> Iterable[QueueRow]:
    """What was told and not yet read by the viewer: who tells, never of whom."""
    if not viewer.may(RECEIVED):
        return
    for one in received_by(viewer):
        if one.is_new:
            yield QueueRow(
                f"disclosure:{one.public_id}",
                QueueGroup.NEW,
                _("Uppgifter har delats med er"),
                _("Från %(who)s.") % {"who": one.sender},
                _("Läs"),
                reverse("read_disclosure", args=[one.public_id]),
                one.until_on,
            )


def _has_ended(viewer: Viewer) -> Iterable[QueueRow]:
    """Told for a week to who has read it: it holds no more. Of whom it was is not said."""
    if not viewer.may(RECEIVED):
        return
    mine = Disclosure.objects.filter(receiver__in=receiving_units(viewer, viewer.now))
    since = viewer.now - A_WEEK
    ended = mine.filter(
        ended_at__range=(since, viewer.now), looks__account=viewer.account
    ).distinct()
    for one in ended.select_related("pupil__authority"):
        said = {"who": one.pupil.authority.name, "day": written.day_and_month(one.made_at)}
        yield QueueRow(
            f"disclosure.ended:{one.public_id}",
            QueueGroup.NEW,
            _("Något som delats med er gäller inte längre"),
            _("Från %(who)s, delat %(day)s. Det går inte att läsa mer.") % said
            + f" {one.get_ended_because_display().capitalize()}.",
            _("Se vad som gäller"),
            reverse("disclosures_received"),
        )


def _read_of_protected(viewer: Viewer) -> Iterable[QueueRow]:
    """An alarm to who decides about a protected pupil's list: somebody outside has read."""
    if not viewer.may(DECIDES):
        return
    hidden = Pupil.objects.at_own_places(viewer, DECIDES).exclude(protection=Protection.NONE)
    since = viewer.now - A_WEEK
    looks = Looked.objects.filter(disclosure__pupil__in=hidden, at__range=(since, viewer.now))
    count = looks.count()
    if count:
        title = ngettext(
            "Någon utanför skolan har läst om en elev med skyddade uppgifter %(n)s gång i veckan",
            "Någon utanför skolan har läst om elever med skyddade uppgifter %(n)s gånger i veckan",
            count,
        )
        yield QueueRow(
            "disclosures.protected",
            QueueGroup.NEW,
            title % {"n": count},
            _("Läsningen hade en grund. Är den oväntad: avsluta utlämnandet."),
            _("Se vilka som får se eleven"),
            reverse("pupils_protected"),
        )


def _of_pupil(viewer: Viewer, pupil: Pupil) -> Iterable[Panel]:
    if not viewer.may(LIST) or not pupils_of(viewer, LIST).filter(pk=pupil.pk).exists():
        return
    told = Disclosure.objects.filter(pupil=pupil, made_at__lte=viewer.now)
    held = live_items(told, viewer.now)
    context = {
        "count": sum(bool(items) for items in held.values()),
        "url": reverse("disclosures", args=[pupil.public_id]),
    }
    yield Panel("disclosures", _("Delat med andra"), "disclosures/panel.html", context, 4)


def _of_case(viewer: Viewer, case: Case) -> Iterable[Panel]:
    return _of_pupil(viewer, case.pupil)
