"""What is asked of who keeps the minutes of a meeting of authorities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import HIGHEST_VERSION, Day, Version
from narvaro.web.accounts.models import Unit
from narvaro.web.collaboration.meetings.actions import Came, Written
from narvaro.web.collaboration.models import Called, Presence, Present

LONGEST_TEXT = 8_000
CAME = "came"
SUBSTITUTE = "substitute"


class PresentForm(forms.Form):
    """Who came: each unit that was called, who it sent, and whether in somebody's place."""

    def __init__(
        self, *given: Any, called: Sequence[Called], noted: Sequence[Present], **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.called = called
        there = {one.unit_id: one for one in noted}
        for one in called:
            self._ask(one, there.get(one.unit_id))

    def _ask(self, one: Called, noted: Present | None) -> None:
        choices = [
            (CAME, _("Kom")),
            (SUBSTITUTE, _("Kom, i någon annans ställe")),
            (Presence.NO.value, str(Presence.NO.label).capitalize()),
            (Presence.NO_SHOW.value, str(Presence.NO_SHOW.label).capitalize()),
        ]
        self.fields[f"unit-{one.public_id}"] = forms.ChoiceField(
            label=one.unit.name,
            choices=choices,
            widget=forms.RadioSelect,
            initial=_initial(noted),
        )
        self.fields[f"person-{one.public_id}"] = forms.CharField(
            label=_("Vem kom från %(unit)s") % {"unit": one.unit.name},
            max_length=80,
            required=False,
            initial=noted.person if noted else one.person,
        )

    def came(self) -> Iterator[Came]:
        """What was said of each unit."""
        for one in self.called:
            said = self.cleaned_data[f"unit-{one.public_id}"]
            is_here = said in (CAME, SUBSTITUTE)
            yield Came(
                one.unit,
                Presence.YES if is_here else Presence(said),
                self.cleaned_data[f"person-{one.public_id}"] if is_here else "",
                said == SUBSTITUTE,
            )


def _initial(noted: Present | None) -> str | None:
    if noted is None:
        return None
    if noted.presence == Presence.YES:
        return SUBSTITUTE if noted.is_substitute else CAME
    return noted.presence


class MinutesForm(forms.Form):
    """The words of the minutes, each person's own apart."""

    pupil_words = forms.CharField(
        label=gettext_lazy("Elevens egna ord"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Som eleven sade det. Tomt om eleven inte var med eller avstod."),
    )
    home_words = forms.CharField(
        label=gettext_lazy("Vårdnadshavarnas egna ord"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    talked_of = forms.CharField(
        label=gettext_lazy("Vad mötet kom fram till"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    version = forms.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, widget=forms.HiddenInput, initial=0
    )

    def written(self) -> Written:
        """What was written."""
        said = self.cleaned_data
        return Written(said["pupil_words"], said["home_words"], said["talked_of"])


class UnitOf(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the units at the meeting, by name."""

    def label_from_instance(self, unit: Any) -> str:
        """The name."""
        return str(unit.name)


class DecisionForm(forms.Form):
    """What is to be done, by which unit, and by when."""

    words = forms.CharField(
        label=gettext_lazy("Vad som ska göras"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    owner = UnitOf(
        Unit.objects.none(), label=gettext_lazy("Vem gör det"), to_field_name="public_id"
    )
    due_on = Day(label=gettext_lazy("Senast"))

    def __init__(self, *given: Any, units: Sequence[Unit], **named: Any) -> None:
        super().__init__(*given, **named)
        mine = Unit.objects.filter(pk__in=[one.pk for one in units]).order_by("name")
        self.fields["owner"].queryset = mine  # type: ignore[attr-defined]


class HoldForm(forms.Form):
    """When it is followed up: no meeting ends without."""

    follow_up_on = Day(
        label=gettext_lazy("Uppföljning den"),
        help_text=gettext_lazy("Ett utkast till kallelse för den dagen läggs i din lista."),
    )
    version = Version()


class VersionForm(forms.Form):
    """The version of what the page showed; 0 for what nobody has written."""

    version = forms.IntegerField(min_value=0, max_value=HIGHEST_VERSION)
