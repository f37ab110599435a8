"""Why cases are moved, and what follows a step that the new version has not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.cases.forms import LONGEST_WHY
from narvaro.web.cases.models import Case
from narvaro.web.cases.newer import Newer
from narvaro.web.cases.routines import programme_of
from narvaro.web.cases.rules import named
from narvaro.web.cases.words import name_of_step


class MoveForm(forms.Form):
    """The reason, and a step of the new version for each that is gone."""

    why = forms.CharField(
        label=gettext_lazy("Skäl"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Står i ärendets historik, med båda versionerna."),
    )

    def __init__(self, *given: Any, cases: Iterable[Case], newer: Newer, **named_: Any) -> None:
        """A choice for each step under way that is gone, asked once for all the cases."""
        super().__init__(*given, **named_)
        steps = [(one.id, named(one.name)) for one in newer.programme.steps]
        self.gone: dict[str, str] = {}
        for case in cases:
            for one in newer.gone(case.steps.all()):
                if one.is_open:
                    self.gone[one.step] = name_of_step(programme_of(case), one.step)
        for step, name in self.gone.items():
            self.fields[f"efter_{step}"] = forms.ChoiceField(
                label=_("Steget ”%(step)s” finns inte kvar. Vad tar vid?") % {"step": name},
                choices=[("", _("Välj ett steg")), *steps],
            )

    @property
    def instead(self) -> dict[str, str]:
        """Step that is gone → step that follows it."""
        return {step: self.cleaned_data[f"efter_{step}"] for step in self.gone}


class MoveManyForm(MoveForm):
    """Which of a school's cases, the reason, and what follows a step that is gone."""

    which = forms.MultipleChoiceField(
        label=gettext_lazy("Ärenden att flytta"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Välj minst ett ärende.")},
    )

    def __init__(self, *given: Any, cases: Sequence[Case], newer: Newer, **named_: Any) -> None:
        """All are chosen from the start."""
        super().__init__(*given, cases=cases, newer=newer, **named_)
        every = [(one.public_id, one.public_id) for one in cases]
        self.fields["which"].choices = every  # type: ignore[attr-defined]
        self.fields["which"].initial = [one for one, _name in every]
