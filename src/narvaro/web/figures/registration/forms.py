"""What is asked in a form about registration."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from narvaro.web.figures.models import HelpTopic, Reason


class WhyNot(forms.Form):
    """One reason for the lessons that are marked."""

    lessons = forms.TypedMultipleChoiceField(
        label=_("Lektioner"),
        coerce=int,
        error_messages={"required": _("Markera minst en lektion.")},
    )
    reason = forms.ChoiceField(
        label=_("Skäl"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett skäl.")},
    )

    def __init__(self, *given: Any, numbers: list[int], **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["lessons"]
        assert isinstance(field, forms.TypedMultipleChoiceField)  # noqa: S101
        field.choices = [(number, str(number)) for number in numbers]


class Help(forms.Form):
    """Help given to a school."""

    topic = forms.ChoiceField(label=_("Vad hjälpen gällde"), choices=HelpTopic.choices)
    text = forms.CharField(
        label=_("Vad som gjordes"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv inga namn på elever."),
        error_messages={"required": _("Skriv vad som gjordes. En mening räcker.")},
    )
    given_on = forms.DateField(
        label=_("När"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Ange dagen."), "invalid": _("Ange dagen som 2026-12-02.")},
    )

    def __init__(self, *given: Any, today: date, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today

    def clean_given_on(self) -> date:
        """Help is noted when it has been given."""
        day: date = self.cleaned_data["given_on"]
        if day > self.today:
            raise forms.ValidationError(_("Dagen har inte kommit än. Välj i dag eller tidigare."))
        if (self.today - day).days > 400:
            raise forms.ValidationError(_("Dagen är mer än ett år sedan."))
        return day


class Resolved(forms.Form):
    """How help ended, and which version of the note was seen."""

    outcome = forms.CharField(
        label=_("Hur det blev"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
