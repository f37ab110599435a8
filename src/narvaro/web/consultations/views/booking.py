"""What a school does: books, gives back, answers, sends a colleague."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.doors import page
from narvaro.web.accounts.form_page import form_page
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations import actions
from narvaro.web.consultations.forms import AgainForm, BookForm, ColleagueForm
from narvaro.web.consultations.models import Answer, Booking, Slot
from narvaro.web.consultations.views.found import booking_found
from narvaro.web.ui.written import moment


@page("consultations.book")
def book(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Book a time for a school; which one, when there are several, is chosen first."""
    free = Slot.objects.bookable_by(viewer).select_related("unit__authority", "adviser")
    slot = get_object_or_404(free, public_id=public_id)
    school = _school(request, viewer, slot)
    if school is None:
        context = {"slot": slot, "schools": _schools(viewer, slot)}
        return render(request, "consultations/choose_school.html", context)
    form = BookForm(request.POST or None, viewer=viewer, slot=slot, school=school)

    def do(said: dict[str, Any]) -> None:
        actions.book(
            slot=slot,
            unit=school,
            purpose=said["purpose"],
            question=said["question"],
            people=form.chosen(),
            is_sure=bool(said.get("is_sure")),
            by=viewer,
            at=viewer.now,
        )

    return form_page(
        request,
        form,
        do,
        title=_("Boka en konsultation"),
        verb=_("Boka tiden"),
        back=reverse("consultation", args=[slot.public_id]),
        lead=_("%(school)s, %(when)s. Konsultationen är utan elevens namn; behöver eleven nämnas "
               "kallar ni i stället till ett möte, med samtycke.")
        % {"school": school.name, "when": moment(slot.starts_at)},
    )  # fmt: skip


def _schools(viewer: Viewer, slot: Slot) -> list[Unit]:
    """The viewer's schools that can book the time."""
    reach = viewer.reach("consultations.book").unit_ids
    mine = Unit.objects.filter(kind=UnitKind.SCHOOL, pk__in=reach).order_by("name")
    if slot.held_for_id is not None and viewer.today < slot.released_on:
        mine = mine.filter(pk=slot.held_for_id)
    return list(mine)


def _school(request: HttpRequest, viewer: Viewer, slot: Slot) -> Unit | None:
    schools, chosen = _schools(viewer, slot), request.GET.get("skola", "")
    if not schools:
        raise Http404
    if len(schools) == 1:
        return schools[0]
    return next((one for one in schools if one.public_id == chosen), None)


@page("consultations.take_back")
def take_back(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Give a time back, for others to book."""
    reach = viewer.reach("consultations.take_back").unit_ids
    booking = get_object_or_404(Booking.objects.filter(unit__in=reach), public_id=public_id)
    form = AgainForm(request.POST or None, initial={"version": booking.version})

    def do(said: dict[str, Any]) -> None:
        actions.take_back(booking=booking, by=viewer, at=viewer.now, **said)

    return form_page(
        request,
        form,
        do,
        title=_("Avboka konsultationen"),
        verb=_("Avboka"),
        back=reverse("consultations"),
        now=lambda: {"version": Booking.objects.get(pk=booking.pk).version},
        lead=_("Tiden blir ledig för andra skolor på en gång, och alla som var kallade får veta."),
    )


@page("consultations.answer")
@require_POST
def answer(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Say whether one comes: one click."""
    booking = booking_found(viewer, public_id, "consultations.answer")
    says = request.POST.get("says", "")
    if says not in (Answer.COMES, Answer.DOES_NOT):
        raise Http404
    try:
        actions.answer(booking=booking, says=Answer(says), by=viewer, at=viewer.now)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Ditt svar är sparat."))
    return redirect("consultation", booking.slot.public_id)


@page("consultations.send_another")
def send_another(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """Say that a colleague comes instead."""
    booking = booking_found(viewer, public_id, "consultations.send_another")
    form = ColleagueForm(request.POST or None, viewer=viewer, booking=booking)

    def do(_said: dict[str, Any]) -> None:
        person, role = form.chosen()
        actions.send_another(booking=booking, person=person, role=role, by=viewer, at=viewer.now)

    return form_page(
        request,
        form,
        do,
        title=_("En kollega kommer i stället"),
        verb=_("Skicka kallelse"),
        back=reverse("consultation", args=[booking.slot.public_id]),
        lead=_("Kollegan får en kallelse, och du står som den som sagt till."),
    )
