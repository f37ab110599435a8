"""What is asked of an agency about itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from narvaro.programmes import Step
from narvaro.web.accounts.forms import HIGHEST_VERSION, Day, Version
from narvaro.web.accounts.models import AuthorityKind
from narvaro.web.agencies.models import LONGEST, LONGEST_SHARE, AgencyPage, Part
from narvaro.web.agencies.names import named
from narvaro.web.agencies.scope import CALLED

TEXTS = ("what_we_do", "when_to_call", "whom_to_call")


class Long(forms.CharField):
    """A text of some lines."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4}),
        )


class AgencyForm(forms.Form):
    """What we do, when and whom to call, and our part in each step of the routine."""

    what_we_do = Long(
        _("Vad vi gör"), _("För vem, och vad ni inte gör. Skriv inga namn på elever.")
    )
    when_to_call = Long(_("När skolan ska höra av sig"))
    whom_to_call = Long(_("Vem skolan ringer"), _("Telefon och tider, gärna en funktion."))
    version = forms.IntegerField(min_value=0, max_value=HIGHEST_VERSION, widget=forms.HiddenInput)

    def __init__(self, *given: Any, steps: Sequence[Step], **named_: Any) -> None:
        super().__init__(*given, **named_)
        self.steps = steps
        for step in steps:
            self.fields[f"part-{step.id}"] = forms.ChoiceField(
                label=_("%(step)s: vår del") % {"step": named(step.name)},
                choices=[("", _("ingen del")), *Part.choices],
                required=False,
            )
            self.fields[f"words-{step.id}"] = forms.CharField(
                label=_("%(step)s: vad vi gör") % {"step": named(step.name)},
                max_length=LONGEST_SHARE,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Words belong to a part."""
        said: dict[str, Any] = super().clean() or {}
        for step in self.steps:
            if said.get(f"words-{step.id}") and not said.get(f"part-{step.id}"):
                self.add_error(f"part-{step.id}", _("Välj vilken del ni har i steget."))
        return said


class NewAgencyForm(forms.Form):
    """An agency that is not here yet."""

    name = forms.CharField(label=_("Verksamhetens namn"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Vad den är"), choices=[(one.value, one.label) for one in CALLED]
    )

    def clean_kind(self) -> AuthorityKind:
        """The kind as such."""
        return AuthorityKind(self.cleaned_data["kind"])


class ContactForm(forms.Form):
    """Who answers for an agency, and from when to when."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    email = forms.EmailField(label=_("E-postadress i tjänsten"), max_length=254)
    from_on = Day(label=_("Från och med"))
    to_on = Day(label=_("Till och med"), required=False, help_text=_("Tomt: tills vidare"))


class EndContactForm(forms.Form):
    """The last day of a contact."""

    last_on = Day(label=_("Sista dag"))
    version = Version()


def shares_of(said: Mapping[str, Any], steps: Sequence[Step]) -> dict[str, tuple[str, str]]:
    """The parts that were chosen, by step."""
    parts = {step.id: str(said.get(f"part-{step.id}") or "") for step in steps}
    return {
        step: (part, str(said.get(f"words-{step}") or "")) for step, part in parts.items() if part
    }


def as_it_stands(page: AgencyPage | None) -> dict[str, Any]:
    """The newest version as the form's values."""
    if page is None:
        return {"version": 0}
    found: dict[str, Any] = {name: getattr(page, name) for name in TEXTS}
    for one in page.responsibilities.all():
        found |= {f"part-{one.step}": one.part, f"words-{one.step}": one.words}
    return found | {"version": page.number}
