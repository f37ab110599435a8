"""What is asked about a log review."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.forms import Day, PersonChoice
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Conclusion, Outcome, Sample
from narvaro.web.overview.log_review.draw import LONGEST, TARGETS, Wish


class WishForm(forms.Form):
    """Which part of the log, and how entries are drawn."""

    sample = forms.ChoiceField(label=_("Urval"), choices=Sample.choices)
    target = forms.ChoiceField(
        label=_("Riktat mot"), required=False, choices=[("", "–"), *TARGETS.items()]
    )

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["account"] = PersonChoice(viewer, label=_("Person"))
        self.fields["account"].required = False
        self.fields["subject"] = forms.RegexField(
            r"^[A-Za-z0-9_-]{22}\Z", label=_("Elevens beteckning"), required=False
        )
        self.fields["from_on"] = Day(label=_("Från och med"))
        self.fields["to_on"] = Day(label=_("Till och med"))

    def clean(self) -> dict[str, Any]:
        """A period of at most three months; a target for a targeted sample."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.get("from_on"), said.get("to_on")
        if (
            isinstance(first, date)
            and isinstance(last, date)
            and not first <= last <= first + LONGEST
        ):
            self.add_error("to_on", _("Välj högst tre månader, med början först."))
        if said.get("sample") == Sample.TARGETED and not said.get("target"):
            self.add_error("target", _("Välj vad granskningen riktas mot."))
        for name in ("account", "subject"):
            if said.get("target") == name and not said.get(name):
                self.add_error(name, _("Ange vem."))
        return said

    def wish(self) -> Wish:
        """What was asked for, of a form that is valid."""
        said = self.cleaned_data
        about = {"account": getattr(said["account"], "public_id", ""), "subject": said["subject"]}
        sample = Sample(said["sample"])
        target = said["target"] if sample == Sample.TARGETED else ""
        return Wish(sample, said["from_on"], said["to_on"], target, about.get(target, ""))


class OutcomeForm(forms.Form):
    """What was found of one entry."""

    number = forms.IntegerField(min_value=1, max_value=2**62)
    outcome = forms.ChoiceField(choices=Outcome.choices)


class CloseForm(forms.Form):
    """How the review ended."""

    conclusion = forms.ChoiceField(label=_("Slutsats"), choices=Conclusion.choices)
    note = forms.CharField(
        label=_("Anteckning (utan namn på elever)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
