"""What can be asked for about sources."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from narvaro.errors import BadRequest
from narvaro.web.deliveries.models import SourceKind

_NAME = re.compile(r"[A-Za-z0-9ÅÄÖåäö][\w. \-]{0,99}")


class SourceForm(forms.Form):
    """A new source."""

    name = forms.CharField(label=_("Namn"), max_length=100)
    kind = forms.ChoiceField(label=_("Så kommer uppgifterna"), choices=SourceKind.choices)
    keys_of = forms.CharField(
        label=_("Samma elevnycklar som källan (om en annan källa har klasslistorna)"),
        required=False,
        max_length=100,
    )
    has_pseudonyms = forms.BooleanField(
        label=_("Elevnycklarna i filerna är redan pseudonymer"), required=False
    )

    def clean_name(self) -> str:
        """A name that the ledger takes."""
        return _named(str(self.cleaned_data["name"]))

    def clean_keys_of(self) -> str:
        """The same, or nothing."""
        found = str(self.cleaned_data["keys_of"])
        return _named(found) if found else ""


def _named(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise forms.ValidationError(
            _("Skriv bokstäver, siffror, mellanslag, bindestreck, punkt eller understreck.")
        )
    return name


class MonthForm(forms.Form):
    """The month of a month end."""

    month = forms.RegexField(r"\A20\d\d-(?:0[1-9]|1[0-2])\Z", label=_("Månad"), max_length=7)


def month_of(text: str) -> str:
    """A month as 2026-11. Raises BadRequest."""
    form = MonthForm({"month": text})
    if not form.is_valid():
        raise BadRequest(gettext("Skriv månaden som 2026-11."))
    return str(form.cleaned_data["month"])
