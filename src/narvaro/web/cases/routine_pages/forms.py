"""The forms of the routine's pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from narvaro.forms import forms_in_force
from narvaro.programmes import ROLES, Programme, Step, Text, deadline_in_words, role_in_words
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.people import STANDS_FOR
from narvaro.web.cases.routine_pages.overlays import Overlay
from narvaro.web.cases.routine_pages.words import in_words

LONGEST, MOST_LINES = 2_000, 10
LONGEST_WHY = 500
OUTSIDE_SCHOOL = frozenset({"school_authority"})


class DayField(forms.DateField):
    """A day, chosen."""

    def __init__(self, **named: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(widget=widget, **named)


class LinesField(forms.CharField):
    """Texts, one a line."""

    def __init__(self, **named: Any) -> None:
        super().__init__(
            widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=6_000, **named
        )

    def prepare_value(self, value: Any) -> Any:
        """Texts as lines."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """The lines that say something."""
        lines = [one.strip() for one in super().clean(value).splitlines()]
        found = list(dict.fromkeys(one for one in lines if one))
        if len(found) > MOST_LINES:
            raise forms.ValidationError(said("Skriv högst %(n)s rader.") % {"n": MOST_LINES})
        return found


class OverlayForm(forms.Form):
    """What is otherwise in one step, why and from when."""

    guidance = LinesField(
        label=_("Lägg till i vad som görs"), help_text=_("En sak per rad. Skriv inga namn.")
    )
    owner = forms.ChoiceField(label=_("Annan ägare"), required=False)
    days = forms.IntegerField(label=_("Kortare tid"), required=False, min_value=1, max_value=365)
    papers = forms.MultipleChoiceField(
        label=_("Blanketter att signera också"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    prompts = LinesField(
        label=_("Lägg till att tänka på"), help_text=_("En sak per rad. Skriv inga namn.")
    )
    why = forms.CharField(
        label=_("Varför skolan gör annorlunda"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_WHY,
    )
    from_on = DayField(label=_("Gäller ärenden som öppnas från och med"))

    def __init__(
        self, *given: Any, programme: Programme, step: Step, viewer: Viewer, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.viewer = viewer
        self.names = names_of_forms(programme, viewer)
        owner = in_words(role_in_words(step.owner))
        same = said("som i den gemensamma: %(role)s") % {"role": owner}
        self.fields["owner"].choices = [("", same), *_owners(step)]  # type: ignore[attr-defined]
        self.fields["papers"].choices = [  # type: ignore[attr-defined]
            (one, in_words(name)) for one, name in self.names.items() if one not in step.forms
        ]
        self.fields["days"].help_text = said("Den gemensamma tiden: %(time)s.") % {
            "time": in_words(deadline_in_words(step))
        }
        self.common_days = days_of(step)
        if self.common_days < 2:  # a day less is still a day
            del self.fields["days"]

    def clean_days(self) -> int | None:
        """Fewer than in the common routine, or as there."""
        days: int | None = self.cleaned_data["days"]
        if days is not None and days >= self.common_days:
            raise forms.ValidationError(said("Tiden är inte kortare än den gemensamma."))
        return days

    def clean_why(self) -> str:
        """The reason on one line, as the routine's file keeps it."""
        return " ".join(self.cleaned_data["why"].split())

    def clean_from_on(self) -> Any:
        """Today or later; what was decided for days gone by stands."""
        day, today = self.cleaned_data["from_on"], self.viewer.today
        if not today <= day <= today + timedelta(days=400):
            raise forms.ValidationError(said("Välj i dag eller en dag det närmaste året."))
        return day

    @property
    def overlay(self) -> Overlay:
        """What was filled in."""
        given = self.cleaned_data
        return Overlay(
            guidance=tuple(given["guidance"]),
            owner=given["owner"],
            days=given.get("days"),
            forms=tuple(given["papers"]),
            prompts=tuple(given["prompts"]),
        )


class WhyForm(forms.Form):
    """A reason and a day: to take an adaptation over to a new version."""

    why = forms.CharField(
        label=_("Varför"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_WHY
    )
    from_on = DayField(label=_("Gäller ärenden som öppnas från och med"))


class EndForm(forms.Form):
    """The last day of an adaptation, and why it ends."""

    last_day = DayField(label=_("Sista dag"))
    why = forms.CharField(
        label=_("Varför"), widget=forms.Textarea(attrs={"rows": 2}), max_length=LONGEST_WHY
    )


def names_of_forms(programme: Programme, viewer: Viewer) -> dict[str, Text]:
    """Every form that can be filled in here on the day, by id: what cannot be, no step may ask."""
    shipped = {one.id: Text(one.name.sv, one.name.en) for one in forms_in_force(viewer.today)}
    own = {one.id: one.name for one in programme.forms}
    return {one: own.get(one, name) for one, name in shipped.items()}


def days_of(step: Step) -> int:
    """The days of the common routine, in its own unit; 0 where it has none."""
    has_number = step.deadline is not None and step.deadline.number
    return (step.deadline.number if has_number else step.within) or 0  # type: ignore[union-attr]


def _owners(step: Step) -> list[tuple[str, str]]:
    """The roles that somebody at a school can stand for."""
    inside = [one for one in STANDS_FOR if one not in OUTSIDE_SCHOOL | {step.owner}]
    return sorted(((one, in_words(ROLES[one])) for one in inside), key=lambda one: one[1])
