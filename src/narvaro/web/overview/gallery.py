"""Every shared part in its states, with invented figures; in the demo only."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.doors import public_page
from narvaro.web.ui.bars import Band
from narvaro.web.ui.lists import Event, Fact, Line, Step
from narvaro.web.ui.registry import Freshness, QueueGroup, QueueRow
from narvaro.web.ui.written import minutes


class SampleForm(forms.Form):
    """A field of every kind."""

    DECISIONS: ClassVar = [
        ("follow", gettext_lazy("Följ till ett datum")),
        ("health", gettext_lazy("Gå vidare till elevhälsan")),
        ("close", gettext_lazy("Avsluta")),
    ]
    decision = forms.ChoiceField(
        label=gettext_lazy("Beslut"),
        choices=DECISIONS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Ett beslut med skäl avslutar steget."),
    )
    reason = forms.CharField(label=gettext_lazy("Skäl"), widget=forms.Textarea)
    until = forms.DateField(
        label=gettext_lazy("Följ till"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("En dag efter i dag."),
    )
    school = forms.ChoiceField(
        label=gettext_lazy("Skola"), choices=[("a", "Almskolan"), ("b", "Björkskolan")]
    )
    informed = forms.BooleanField(label=gettext_lazy("Hemmet vet om det"))


@public_page("gallery")
def gallery(request: HttpRequest) -> HttpResponse:
    """The gallery. Outside the demo there is no such page."""
    if not settings.DEMO:
        raise Http404
    sent = SampleForm({"reason": "", "until": "2026-13-01", "school": "a"}, auto_id="sent_%s")
    return render(
        request,
        "overview/gallery.html",
        _parts() | {"form": SampleForm(initial={"decision": "follow"}), "sent": sent} | _lists(),
    )


def _parts() -> dict[str, Any]:
    return {
        "crumbs": [("Linnåsa kommun", "/"), (_("Delar"), "")],
        "sample": Freshness(
            scope="Almskolan",
            until="tis\u00a01\u00a0dec kl.\u00a016.30",
            minutes=(931, 1000),
            lessons=(954, 1000),
            state=_("November är preliminär till 4 dec"),
            short_state=_("preliminärt"),
            missing_url="#",
        ),
        "good": (979, 1000),
        "poor": (78, 100),
        "low": (96, 1000),
        "high": (316, 1000),
        "bands": [
            Band(_("Under 5 %"), 231, _("4 fler än i oktober")),
            Band(_("5 till under 15 %"), 118, _("9 färre")),
            Band(_("15 till under 25 %"), 41, _("2 fler")),
            Band(_("25 % eller mer"), 16, _("1 fler")),
            Band(_("Kan inte bedömas"), 6, _("2 fler")),
        ],
        "rows": _rows(),
    }


def _rows() -> list[QueueRow]:
    return [
        QueueRow(
            key="gallery-late",
            group=QueueGroup.LATE,
            title=_("7 elever har hög frånvaro och inget är gjort än"),
            why=_("Flaggade 2 november eller tidigare. Äldst: 22 skoldagar utan steg."),
            verb=_("Fördela"),
            url="#",
            due_on=date(2026, 11, 16),
            when=_("12 skoldagar sen"),
        ),
        QueueRow(
            key="gallery-waiting",
            group=QueueGroup.WAITING,
            title=_("Slöjd 7B–7D · 26 lektioner utan kvittering"),
            why=_("Läraren är frånvarande och vikarien saknar konto."),
            verb=_("Ge behörighet"),
            url="#",
            due_on=date(2026, 12, 4),
            when=_("2 skoldagar kvar"),
        ),
    ]


def _lists() -> dict[str, Any]:
    return {
        "lines": [
            Line(_("Schemalagd undervisning, 59 skoldagar"), minutes(17_700)),
            Line(_("Inte kvitterat ännu, 8 lektioner"), minutes(-390)),
            Line(_("Kvitterad tid"), minutes(17_310), "total"),
            Line(_("Giltig frånvaro"), minutes(2_290), "part-of"),
            Line(_("Ogiltig frånvaro"), minutes(440), "part-of"),
            Line(_("Frånvaro"), minutes(3_030), "total"),
        ],
        "way": [
            Step(_("Uppmärksammad"), "done", [_("Automatiskt")]),
            Step(_("Samtal med hemmet"), "now", ["Klara Provberg", _("9 skoldagar kvar")]),
            Step(_("Elevhälsans analys"), "later", [_("Elevhälsoteamet")]),
            Step(_("Uppföljning"), "later"),
        ],
        "events": [
            Event("tis 1 dec", _("Flagga 2 av 3."), "17,5 %", "flag"),
            Event("ons 18 nov", _("Skyddad anteckning"), mark="note"),
            Event("tors 12 nov", _("Mentor möter"), _("vid entrén"), "measure"),
            Event("ons 11 nov", _("Samtalet dokumenterat.")),
        ],
        "items": [
            Fact(_("Första flaggan"), "2 nov"),
            Fact(_("Första åtgärd"), "9 nov"),
            Fact(_("Ansvarig"), "Bo Exempelsson", "#"),
        ],
    }
