"""What is asked of a plan: its shared part with who does what, the own part, the follow-up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import HIGHEST_VERSION, Day, Version
from narvaro.web.accounts.models import Unit
from narvaro.web.plans.actions import MOST_EFFORTS, Doing, Shared
from narvaro.web.plans.models import Effort, Outcome, PlanVersion, Silence, Who
from narvaro.web.plans.shared import NOBODY_ELSE

LONGEST = 4_000
LONGEST_EFFORT = 1_000
LONGEST_NAME = 120
SPARE = 3
Choices = list[tuple[str, Any]]


def _text(label: Any, *, help_text: Any = "", rows: int = 4) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class SharedForm(forms.Form):
    """The shared part but for who does what. Gaps are kept: only signing asks for all of it."""

    important = _text(
        gettext_lazy("Vad är viktigt för eleven?"),
        help_text=gettext_lazy("Elevens egna ord, som eleven sade dem."),
    )
    silence = forms.ChoiceField(
        label=gettext_lazy("Om elevens ord saknas"),
        required=False,
        choices=[("", gettext_lazy("Elevens ord står ovan")), *Silence.choices],
        widget=forms.RadioSelect,
    )
    needs = _text(
        gettext_lazy("Vilka behov har eleven?"),
        help_text=gettext_lazy("Det som alla i planen behöver veta, och inget mer."),
    )
    is_alone = forms.BooleanField(label=NOBODY_ELSE, required=False)
    main_unit = forms.ChoiceField(label=gettext_lazy("Huvudansvarig enhet"), required=False)
    follow_up_on = Day(label=gettext_lazy("Planen följs upp"), required=False)
    version = Version()
    then = forms.ChoiceField(
        choices=[("sign", ""), ("later", "")], required=False, widget=forms.HiddenInput
    )

    def __init__(self, *given: Any, units: Sequence[Unit], **named: Any) -> None:
        super().__init__(*given, **named)
        self.units = {one.public_id: one for one in units}
        chosen = [("", _("Inte bestämt än")), *_by_authority(units)]
        self.fields["main_unit"].choices = chosen  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Words or why there are none: not both."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("important") and told.get("silence"):
            self.add_error("silence", _("Elevens ord står redan ovan."))
        return told

    def shared(self, doing: Sequence[Doing]) -> Shared:
        """The shared part as it was written."""
        told = self.cleaned_data
        return Shared(
            told["needs"],
            told["important"],
            told["silence"],
            told["is_alone"],
            self.units.get(told["main_unit"]),
            told["follow_up_on"],
            doing,
        )

    @staticmethod
    def shown(version: PlanVersion) -> dict[str, Any]:
        """A version as the form shows it."""
        return {
            "important": version.important,
            "silence": version.silence,
            "needs": version.needs,
            "is_alone": version.is_alone,
            "main_unit": version.main_unit.public_id if version.main_unit else "",
            "follow_up_on": version.follow_up_on,
            "version": version.version,
        }


class EffortForm(forms.Form):
    """What somebody does; an empty row is left out."""

    words = forms.CharField(
        label=gettext_lazy("Vad görs?"),
        required=False,
        max_length=LONGEST_EFFORT,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    who = forms.ChoiceField(label=gettext_lazy("Vem gör det?"), required=False)
    other = forms.CharField(
        label=gettext_lazy("Vem, om det är någon annan"), required=False, max_length=LONGEST_NAME
    )
    due_on = Day(label=gettext_lazy("Senast"), required=False)

    def __init__(self, *given: Any, units: Sequence[Unit], **named: Any) -> None:
        super().__init__(*given, **named)
        self.units = {one.public_id: one for one in units}
        people = [
            (Who.PUPIL.value, _("Eleven")),
            (Who.HOME.value, _("Hemmet")),
            (Who.OTHER.value, _("Någon annan, skriv vem")),
        ]
        chosen = [("", _("Välj")), *_by_authority(units), (_("Utan myndighet"), people)]
        self.fields["who"].choices = chosen  # type: ignore[attr-defined]

    def doing(self) -> Doing | None:
        """What was written; None for an empty row."""
        told = self.cleaned_data
        if not any(told.values()):
            return None
        unit = self.units.get(told["who"])
        who = Who.UNIT.value if unit else told["who"]
        other = told["other"] if who == Who.OTHER else ""
        return Doing(told["words"], who, unit, other, told["due_on"])

    @staticmethod
    def shown(one: Effort) -> dict[str, Any]:
        """An effort as the form shows it."""
        return {
            "words": one.words,
            "who": one.unit.public_id if one.unit else one.who,
            "other": one.other,
            "due_on": one.due_on,
        }


EffortForms = forms.formset_factory(
    EffortForm, extra=SPARE, max_num=MOST_EFFORTS, absolute_max=MOST_EFFORTS, validate_max=True
)


def _by_authority(units: Sequence[Unit]) -> Choices:
    groups: dict[str, Choices] = {}
    for one in units:
        groups.setdefault(one.authority.name, []).append((one.public_id, one.name))
    return list(groups.items())


class OwnForm(forms.Form):
    """The school's own part."""

    does = _text(
        gettext_lazy("Vad skolan gör, och vem på skolan"),
        help_text=gettext_lazy("Anpassningar, ansvariga, dagar. Det som övriga inte behöver."),
        rows=6,
    )
    knows = _text(
        gettext_lazy("Sådant som bara skolan behöver veta"),
        help_text=gettext_lazy("Lämnas aldrig ut med planen."),
        rows=6,
    )
    version = forms.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, widget=forms.HiddenInput, required=False
    )

    def clean_version(self) -> int:
        """0: there was no own part when the form was opened."""
        found: int | None = self.cleaned_data["version"]
        return found or 0


class SignForm(forms.Form):
    """The versions of both parts, as they were read before signing."""

    version = Version()
    own = forms.IntegerField(min_value=0, max_value=HIGHEST_VERSION, widget=forms.HiddenInput)


class FollowUpForm(forms.Form):
    """How the plan was followed up."""

    on = Day(label=gettext_lazy("Dag för uppföljningen"))
    words = forms.CharField(
        label=gettext_lazy("Vad blev det av planen?"),
        help_text=gettext_lazy("Vad som gjordes, vad som hjälpte, och vad eleven säger."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Vad händer nu?"), choices=Outcome.choices, widget=forms.RadioSelect
    )

    def __init__(self, *given: Any, today: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = today

    def clean_on(self) -> Any:
        """Today or before."""
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError(_("Dagen har inte varit än."))
        return self.cleaned_data["on"]
