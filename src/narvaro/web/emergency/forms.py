"""What is asked before a pupil is opened in an emergency, and when it is reviewed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.emergency.models import Finding, Why


class OpenForm(forms.Form):
    """Whom, at which school, and why; sent as a form, so that no address and no log holds it."""

    school = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Elevens skola"), to_field_name="public_id"
    )
    who = forms.CharField(
        label=_("Elevens hela namn, eller personnummer"), min_length=5, max_length=120
    )
    why = forms.ChoiceField(
        label=_("Vad är nödläget?"), choices=Why.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Vad har hänt, och vad behöver du?"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Läses av dem som granskar. Skrivs krypterat."),
    )

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        """Offer the schools of the viewer's own authority."""
        super().__init__(*given, **named)
        units = viewer.reach("emergency.open").unit_ids
        schools = Unit.objects.filter(pk__in=units, kind=UnitKind.SCHOOL).order_by("name")
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]


class ReviewForm(forms.Form):
    """What the second person found."""

    finding = forms.ChoiceField(
        label=_("Behövdes åtkomsten?"), choices=Finding.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("Varför?"),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
