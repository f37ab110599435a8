"""What is asked about pupils."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Assignment
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.pupils.opening import Reason


class SearchForm(forms.Form):
    """A name or a personal number; sent as a form, so that it is in no address and no log."""

    text = forms.CharField(label=_("Namn eller personnummer"), min_length=2, max_length=80)


class OpenForm(forms.Form):
    """Why a protected pupil's page is opened."""

    reason = forms.ChoiceField(
        label=_("Varför öppnar du sidan?"), choices=Reason.choices, widget=forms.RadioSelect
    )


class AccessForm(forms.Form):
    """Who may see the pupil, and until when."""

    account = forms.ModelChoiceField(
        Account.objects.none(), label=_("Vem"), to_field_name="public_id"
    )
    to_on = forms.DateField(
        label=_("Till och med"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Tomt: tills vidare"),
    )

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        """Offer those who serve at the viewer's own schools today."""
        super().__init__(*given, **named)
        reach = viewer.reach("pupils.access")
        serving = Assignment.objects.in_force(viewer.today).filter(unit__in=reach.unit_ids)
        mine = Account.objects.filter(is_active=True, pk__in=serving.values("account"))
        self.today = viewer.today
        self.fields["account"].queryset = mine.order_by("name")  # type: ignore[attr-defined]

    def clean_to_on(self) -> date | None:
        """A day that has not gone by."""
        day: date | None = self.cleaned_data["to_on"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("Välj i dag eller en senare dag."))
        return day
