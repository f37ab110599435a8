"""What cases offer to the pages that gather, and what they are told by what lies under them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.agencies.registry import offer_routine
from narvaro.web.cases import agenda, deadlines
from narvaro.web.cases.forms_of_step import case_of, signed
from narvaro.web.cases.handing_over import offers as handing_over
from narvaro.web.cases.known_in_emergency import owners
from narvaro.web.cases.models import Case
from narvaro.web.cases.pupil_panel import panel
from narvaro.web.cases.queue import queue
from narvaro.web.cases.routines import programme_in_force
from narvaro.web.consent.reach import offer_assigned
from narvaro.web.documents.registry import offer_place, offer_signed
from narvaro.web.emergency.registry import offer_near
from narvaro.web.meetings.registry import offer_agenda, offer_decisions, offer_follow_up
from narvaro.web.messages.registry import offer_calendar, offer_quiet, offer_reminders
from narvaro.web.ui.registry import (
    MenuItem,
    Part,
    offer_menu,
    offer_pupil_panels,
    offer_queue,
)


def fill() -> None:
    """Called once, at the start."""
    offer_menu(25, _menu)
    offer_queue(queue)
    handing_over.fill()
    offer_routine(programme_in_force)
    offer_pupil_panels(Part.NEXT, 5, panel)
    offer_calendar(deadlines.events)
    offer_reminders(deadlines.reminders)
    offer_quiet(deadlines.is_quiet)
    offer_near(owners)
    offer_signed(signed)
    offer_place(case_of)
    offer_agenda(agenda.agenda, agenda.keys)
    offer_decisions(agenda.decided)
    offer_follow_up(agenda.follow_up)
    offer_assigned(_given_to)


def _menu(viewer: Viewer) -> Iterable[MenuItem]:
    if viewer.may("cases.list"):
        yield MenuItem("cases", _("Ärenden"), reverse("cases"))


def _given_to(viewer: Viewer) -> Iterable[int]:
    """Pupils with an open case that the viewer has a part in."""
    mine = Case.objects.visible_to(viewer, "cases.case").still_open()
    return mine.values_list("pupil", flat=True)
