"""What is asked once a call is sent: answers, more times, which time, why it is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import Day
from narvaro.web.accounts.models import Unit
from narvaro.web.collaboration.actions import Said, WantedTime
from narvaro.web.collaboration.forms import PlaceFields, TimeOfDay
from narvaro.web.collaboration.models import Answer, Cancelled, Proposed
from narvaro.web.pupils.models import Pupil


class TimeForm(PlaceFields):
    """One more time."""

    field_order = ("day", "time")
    day = Day(label=gettext_lazy("Dag"))
    time = TimeOfDay(label=gettext_lazy("Tid"))

    def __init__(self, *given: Any, pupil: Pupil, **named: Any) -> None:
        super().__init__(*given, **named)
        self.pupil = pupil
        self.order_fields(self.field_order)

    def wanted(self) -> WantedTime:
        """What was said."""
        return self.time_of(self.cleaned_data["day"], self.cleaned_data["time"])


class SettleForm(forms.Form):
    """Which of the times, and who leads."""

    proposed = forms.ChoiceField(label=gettext_lazy("Tid"), widget=forms.RadioSelect)
    chair = forms.ChoiceField(label=gettext_lazy("Vem leder mötet"))

    def __init__(
        self,
        *given: Any,
        times: Sequence[tuple[Proposed, str]],
        chairs: Sequence[Unit],
        **named: Any,
    ) -> None:
        super().__init__(*given, **named)
        self.times = {one.public_id: one for one, _words in times}
        self.chairs = {one.public_id: one for one in chairs}
        offered = [(one.public_id, words) for one, words in times]
        self.fields["proposed"].choices = offered  # type: ignore[attr-defined]
        leads = [(key, one.name) for key, one in self.chairs.items()]
        self.fields["chair"].choices = leads  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Proposed, Unit]:
        """What was said."""
        said = self.cleaned_data
        return self.times[said["proposed"]], self.chairs[said["chair"]]


class CancelForm(forms.Form):
    """Why."""

    because = forms.ChoiceField(label=gettext_lazy("Skäl"), choices=Cancelled.choices)


class AnswerForm(forms.Form):
    """What a unit answers: the same signed in, by a link and noted by who calls."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Ert svar"),
        choices=[(one.value, one.label) for one in Answer if one != Answer.NONE],
        widget=forms.RadioSelect,
    )
    times = forms.MultipleChoiceField(
        label=gettext_lazy("Tider som passar"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    person = forms.CharField(
        label=gettext_lazy("Vem som kommer, med namn och uppgift"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Skriv inget om någon elev."),
    )

    def __init__(self, *given: Any, times: Sequence[tuple[Proposed, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        self.offered = {one.public_id: one.pk for one, _words in times}
        offered = [(one.public_id, words) for one, words in times]
        self.fields["times"].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Who comes says when it suits."""
        said = super().clean() or self.cleaned_data
        comes = said.get("answer") in (Answer.YES, Answer.SUBSTITUTE)
        if comes and self.offered and not said.get("times") and "times" not in self.errors:
            self.add_error(
                "times", _("Välj minst en tid som passar, eller svara att ni inte kommer.")
            )
        return said

    def said(self) -> Said:
        """What was said."""
        told = self.cleaned_data
        times = tuple(self.offered[key] for key in told["times"])
        return Said(Answer(told["answer"]), times, told["person"])


class ReplyForm(forms.Form):
    """An answer that came as a calendar file."""

    file = forms.FileField(label=gettext_lazy("Kalenderfilen (.ics)"), max_length=200)
