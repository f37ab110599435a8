"""What is asked about people, roles and units."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Account, Assignment, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.ui.sorting import sort_key

HIGHEST_VERSION = 2_000_000_000


class Day(forms.DateField):
    """A day of this age, written in a browser's own way."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)

    def clean(self, value: Any) -> date | None:
        """A date from 1990 to 2100."""
        day: date | None = super().clean(value)
        if day is not None and not 1990 <= day.year <= 2100:
            raise forms.ValidationError(_("Ange ett datum mellan 1990 och 2100."))
        return day


class Version(forms.IntegerField):
    """The version of what the form shows."""

    def __init__(self) -> None:
        super().__init__(min_value=1, max_value=HIGHEST_VERSION, widget=forms.HiddenInput)


class Percentage(forms.IntegerField):
    """How much of whole time."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Omfattning i procent av heltid"), min_value=1, max_value=100, initial=100
        )


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit of the viewer's authority, by its public id."""

    def __init__(self, viewer: Viewer, *, kinds: tuple[str, ...] = (), label: Any = "") -> None:
        units = Unit.objects.filter(authority=viewer.authority)
        if kinds:
            units = units.filter(kind__in=kinds)
        super().__init__(
            units.order_by("kind", "name"), label=label or _("Enhet"), to_field_name="public_id"
        )

    def label_from_instance(self, unit: Any) -> str:
        """Name and kind."""
        return f"{unit.name} ({unit.get_kind_display()})"


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody with an account here, by the account's public id."""

    def __init__(self, viewer: Viewer, *, label: Any) -> None:
        people = Account.objects.filter(
            is_active=True, assignments__unit__authority=viewer.authority
        )
        super().__init__(people.distinct().order_by("name"), label=label, to_field_name="public_id")


class DutyForm(forms.Form):
    """A role at a unit for a time."""

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["role"] = forms.ChoiceField(
            label=_("Roll"),
            choices=sorted(Role.choices, key=lambda one: sort_key(str(one[1]))),
        )
        self.fields["unit"] = UnitChoice(viewer)
        self.fields["from_on"] = Day(label=_("Från och med"))
        self.fields["to_on"] = Day(
            label=_("Till och med"), required=False, help_text=_("Tomt: tills vidare")
        )
        self.fields["percentage"] = Percentage()


class PersonForm(DutyForm):
    """A new person and the first role."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    email = forms.EmailField(label=_("E-postadress i tjänsten"), max_length=254)


class ChangePersonForm(forms.Form):
    """Name, and whether the account is open."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    is_active = forms.BooleanField(label=_("Kontot är öppet"), required=False)
    version = Version()


class PercentageForm(forms.Form):
    """How much of whole time an assignment is."""

    percentage = Percentage()
    version = Version()


class EndForm(forms.Form):
    """The last day of an assignment, and what becomes of the post."""

    last_on = Day(label=_("Sista dag"))
    is_vacant_after = forms.BooleanField(
        label=_("Posten är vakant därefter"), required=False, initial=True
    )
    version = Version()


class StandInForm(forms.Form):
    """Who stands in, and for how long."""

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["account"] = PersonChoice(viewer, label=_("Vikarie"))
        self.fields["from_on"] = Day(label=_("Från och med"))
        self.fields["to_on"] = Day(label=_("Till och med"))


class VacantForm(forms.Form):
    """Which post nobody holds, from when."""

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["role"] = forms.ChoiceField(
            label=_("Roll"), choices=sorted(Role.choices, key=lambda one: sort_key(str(one[1])))
        )
        self.fields["unit"] = UnitChoice(viewer)
        self.fields["from_on"] = Day(label=_("Från och med"))


class AddUnitForm(forms.Form):
    """A new unit."""

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["kind"] = forms.ChoiceField(label=_("Slag"), choices=UnitKind.choices)
        self.fields["name"] = forms.CharField(label=_("Namn"), max_length=120)
        self.fields["parent"] = UnitChoice(
            viewer, kinds=("authority", "area", "school", "office"), label=_("Ligger under")
        )
        self.fields["from_on"] = Day(label=_("Från och med"))


class MoveForm(forms.Form):
    """Where a unit hangs, from when."""

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["parent"] = UnitChoice(
            viewer, kinds=("authority", "area", "school", "office"), label=_("Ligger under")
        )
        self.fields["from_on"] = Day(label=_("Från och med"))
        self.fields["version"] = Version()


class CloseForm(forms.Form):
    """The last day of a unit."""

    last_on = Day(label=_("Sista dag"))
    version = Version()


class LanguageForm(forms.Form):
    """The language of the pages and mails."""

    language = forms.ChoiceField(
        label=_("Språk"), choices=(("sv", "Svenska"), ("en", "English")), widget=forms.RadioSelect
    )


def assignment_in_scope(viewer: Viewer, public_id: str) -> Assignment | None:
    """An assignment of the viewer's authority."""
    rows = Assignment.objects.filter(unit__authority=viewer.authority, public_id=public_id)
    return rows.select_related("unit__authority", "account").first()
