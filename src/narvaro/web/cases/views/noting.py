"""What is written down while a case goes on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from narvaro.web.accounts.doors import page
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases import actions
from narvaro.web.cases.actions.following import MEDICAL
from narvaro.web.cases.forms import CauseForm, ContactForm, LawForm, NoteForm, VoiceForm
from narvaro.web.cases.models import CauseLevel, CauseWord, ContactOutcome, ContactWay, Whose
from narvaro.web.cases.views.asking import ask
from narvaro.web.cases.views.finding import found_for


@page("cases.note")
def note(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A note of a kind; who can read it is said before it is written."""
    found = found_for(viewer, "cases.note", public_id)
    form = NoteForm(request.POST or None, viewer=viewer)

    def do(given: dict[str, Any]) -> None:
        text = given.get("text", "")
        actions.add_note(
            found, restriction=given["restriction"], text=text, by=viewer, at=viewer.now
        )

    lead = ""
    if viewer.role in MEDICAL:
        lead = _(
            "Det du vet som vårdpersonal hör hemma i journalen. Här noteras bara att du deltar."
        )
    title, verb = _("Skriv en anteckning"), _("Spara anteckningen")
    return ask(request, viewer, found, form, do, title=title, verb=verb, lead=lead)


@page("cases.contact")
def contact(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """An attempt to reach the home, also one that nobody answered."""
    found = found_for(viewer, "cases.contact", public_id)
    form = ContactForm(request.POST or None, case=found, viewer=viewer)

    def do(given: dict[str, Any]) -> None:
        actions.add_contact(
            found,
            on=given["on"],
            way=ContactWay(given["way"]),
            outcome=ContactOutcome(given["outcome"]),
            guardian=given["guardian"],
            note=given["note"],
            by=viewer,
            at=viewer.now,
        )

    lead = _("Anteckna även försök som ingen svarade på. De räknas av rutinen.")
    title, verb = _("Kontakt med hemmet"), _("Spara kontakten")
    return ask(request, viewer, found, form, do, title=title, verb=verb, lead=lead)


@page("cases.voice")
def voice(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """The pupil's or a guardian's own words."""
    found = found_for(viewer, "cases.voice", public_id)
    form = VoiceForm(request.POST or None, case=found, viewer=viewer)

    def do(given: dict[str, Any]) -> None:
        whose = Whose(given["whose"])
        guardian = given["guardian"] if whose == Whose.GUARDIAN else None
        actions.add_voice(
            found,
            whose=whose,
            guardian=guardian,
            text=given["text"],
            on=given["on"],
            by=viewer,
            at=viewer.now,
        )

    title, verb = _("Elevens eller hemmets egna ord"), _("Spara orden")
    return ask(request, viewer, found, form, do, title=title, verb=verb)


@page("cases.cause")
def cause(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """What the absence may come from, or what helps."""
    found = found_for(viewer, "cases.cause", public_id)
    form = CauseForm(request.POST or None)

    def do(given: dict[str, Any]) -> None:
        actions.add_cause(
            found,
            level=CauseLevel(given["level"]),
            word=CauseWord(given["word"]),
            text=given["text"],
            is_protective=given["is_protective"] == "yes",
            right_to_education=given["right_to_education"],
            by=viewer,
            at=viewer.now,
        )

    lead = _("En i taget. Flera orsaker samspelar nästan alltid; skriv också det som hjälper.")
    title, verb = _("Orsak eller styrka"), _("Spara")
    return ask(request, viewer, found, form, do, title=title, verb=verb, lead=lead)


@page("cases.law")
def law(request: HttpRequest, viewer: Viewer, public_id: str) -> HttpResponse:
    """A duty in law noted as done; of a concern report only that it was, by whom and when."""
    found = found_for(viewer, "cases.law", public_id)
    form = LawForm(request.POST or None, case=found, viewer=viewer)

    def do(given: dict[str, Any]) -> None:
        actions.record_legal_event(
            found, duty=given["duty"], on=given["on"], by=viewer, at=viewer.now
        )

    lead = _(
        "Av en orosanmälan noteras bara att den är gjord, av dig och när. Skyldigheten är din egen, "
        "och ingen behöver godkänna den."
    )
    title, verb = _("Notera att något är gjort enligt lag"), _("Notera")
    return ask(request, viewer, found, form, do, title=title, verb=verb, lead=lead)
