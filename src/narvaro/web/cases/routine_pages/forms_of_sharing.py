"""What is asked when a routine is packed, sent in, put aside or taken into use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from narvaro.programmes import LICENCES
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Adaptation
from narvaro.web.cases.routine_pages.forms import LONGEST_WHY, DayField
from narvaro.web.cases.routine_pages.schools import routine_of, schools_of

WORDS = {
    "CC0-1.0": _("Fri att använda utan villkor (CC0)"),
    "CC-BY-4.0": _("Fri att använda och ändra, med angiven källa (CC BY)"),
    "CC-BY-SA-4.0": _("Som CC BY, och det ändrade delas på samma villkor (CC BY-SA)"),
    "EUPL-1.2": _("Europeiska unionens öppna licens (EUPL)"),
}


class PackForm(forms.Form):
    """What others may do with the routine, and whether a school's own way goes along."""

    licence = forms.ChoiceField(
        label=_("Vad andra får göra med den"),
        choices=[(one, WORDS[one]) for one in LICENCES],
        widget=forms.RadioSelect,
    )
    school = forms.ChoiceField(
        label=_("Ta med en skolas anpassning"),
        required=False,
        help_text=_("Då följer skolans namn med."),
    )
    with_schools = forms.BooleanField(label=_("Skolornas namn får följa med"), required=False)

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        found = {
            one.public_id: (one.name, routine_of(one, viewer.today).now)
            for one in schools_of(viewer, "routine.schools")
        }
        self.adaptations = {key: row for key, (_name, row) in found.items() if row is not None}
        choices = [(key, found[key][0]) for key in self.adaptations]
        if choices:
            self.fields["school"].choices = [("", said("Ingen")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["school"]

    @property
    def adaptation(self) -> Adaptation | None:
        """What the chosen school does otherwise."""
        return self.adaptations.get(self.cleaned_data.get("school", ""))


class PackageForm(forms.Form):
    """A package from elsewhere."""

    package = forms.FileField(
        label=_("Paket"), widget=forms.FileInput(attrs={"accept": ".zip,application/zip"})
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        self.fields["package"].help_text = said("En zip-fil, högst %(n)s MB.") % {
            "n": largest // 1024 // 1024
        }

    def clean_package(self) -> bytes:
        """What the file holds, when it is no larger than a body may be."""
        file = self.cleaned_data["package"]
        if file.size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise forms.ValidationError(said("Filen är för stor för att vara ett paket."))
        content: bytes = file.read()
        return content


class UseForm(forms.Form):
    """From which day, and why."""

    from_on = DayField(label=_("Gäller ärenden som öppnas från och med"))
    why = forms.CharField(
        label=_("Varför"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_WHY
    )

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["from_on"].initial = viewer.today + timedelta(days=1)


class AsideForm(forms.Form):
    """Why a proposal is put aside."""

    why = forms.CharField(
        label=_("Varför"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_WHY
    )
