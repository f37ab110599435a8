"""What is asked about consultations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.forms import Day, Version
from narvaro.web.accounts.models import Account, Unit, UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.table.consultations import MEMBERS
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.actions.booking import staff_to_ask
from narvaro.web.consultations.anonymous import Found, found_in
from narvaro.web.consultations.models import Asked, Booking, PlaceKind, Purpose, Slot

AT_MOST = 30
"""Times that are offered at once: a school year, more than every second week."""


class Schools(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A school, by its public id and its name."""

    def label_from_instance(self, school: Any) -> str:
        """The name."""
        return str(school.name)


class OfferForm(forms.Form):
    """One time, or several with as many weeks between."""

    day = Day(label=gettext_lazy("Första dagen"))
    time = forms.TimeField(
        label=gettext_lazy("Tid"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Längd i minuter"), min_value=5, max_value=480, initial=60
    )
    count = forms.IntegerField(
        label=gettext_lazy("Antal tider"), min_value=1, max_value=AT_MOST, initial=1
    )
    weeks = forms.IntegerField(
        label=gettext_lazy("Veckor mellan tiderna"), min_value=1, max_value=12, initial=2
    )
    place_kind = forms.ChoiceField(label=gettext_lazy("Var"), choices=PlaceKind.choices)
    place = forms.CharField(label=gettext_lazy("Rum eller adress"), max_length=80, required=False)
    purpose = forms.ChoiceField(
        label=gettext_lazy("Syfte"),
        choices=[("", gettext_lazy("Skolan väljer")), *Purpose.choices],
        required=False,
    )
    youngest = forms.IntegerField(
        label=gettext_lazy("Från ålder"), min_value=0, max_value=25, initial=6
    )
    oldest = forms.IntegerField(
        label=gettext_lazy("Till och med ålder"), min_value=0, max_value=25, initial=18
    )
    with_whom = forms.CharField(
        label=gettext_lazy("Vilka fler som är med"),
        help_text=gettext_lazy("En annan profession eller verksamhet, inte ett namn."),
        max_length=80,
        required=False,
    )
    release_days = forms.IntegerField(
        label=gettext_lazy("Dagar före som en sparad tid blir fri för alla skolor"),
        min_value=0,
        max_value=60,
        initial=7,
    )
    closes_days = forms.IntegerField(
        label=gettext_lazy("Dagar före som en obokad tid går tillbaka till dig"),
        min_value=0,
        max_value=60,
        initial=1,
    )

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        self.viewer = viewer
        area = viewer.authority.collaboration_area
        schools = Unit.objects.filter(kind=UnitKind.SCHOOL, authority__collaboration_area=area)
        self.fields["held_for"] = Schools(
            (schools if area is not None else Unit.objects.none()).order_by("name"),
            label=_("Sparas först för en skola"),
            empty_label=_("Alla skolor kan boka"),
            to_field_name="public_id",
            required=False,
        )
        self.order_fields([*list(self.fields)[:-3], "held_for", "release_days", "closes_days"])

    def clean(self) -> dict[str, Any]:
        """The oldest is no younger, and the first time is to come."""
        said = super().clean() or {}
        if said.get("oldest", 0) < said.get("youngest", 0):
            self.add_error("oldest", _("Ange en ålder som inte är lägre än den första."))
        if {"day", "time"} <= said.keys() and self.starts_at()[0] <= self.viewer.now:
            self.add_error("day", _("Ange en tid som inte har varit."))
        return said

    def starts_at(self) -> list[datetime]:
        """Every time, at the same hour of its own day."""
        said = self.cleaned_data
        first, between = said["day"], timedelta(weeks=said.get("weeks") or 1)
        days = (first + between * number for number in range(said.get("count") or 1))
        return [datetime.combine(one, said["time"], STOCKHOLM) for one in days]


class BookForm(forms.Form):
    """A question without a name, and who comes."""

    purpose = forms.ChoiceField(label=gettext_lazy("Syfte"), choices=Purpose.choices)
    question = forms.CharField(
        label=gettext_lazy("Frågan, utan namn"),
        help_text=gettext_lazy(
            "Skriv så att ingen kan förstå vilken elev det gäller: inget namn, ingen klass, inget "
            "födelsedatum. Rådgivaren läser det här före mötet."
        ),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka som ska komma"), widget=forms.CheckboxSelectMultiple
    )
    is_sure = forms.BooleanField(
        label=gettext_lazy("Jag har läst igenom frågan. Den säger inte vem den gäller."),
        required=False,
    )

    def __init__(self, *given: Any, viewer: Viewer, slot: Slot, school: Unit, **named: Any) -> None:
        super().__init__(*given, **named)
        self.viewer = viewer
        self.staff = staff_to_ask(school, viewer, MEMBERS)
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (one.public_id, f"{one.name}, {role.label}") for one, role in self.staff
        ]
        if slot.purpose:
            self.fields["purpose"].choices = [  # type: ignore[attr-defined]
                (slot.purpose, Purpose(slot.purpose).label)
            ]
        if not self.is_bound:
            del self.fields["is_sure"]
            self.initial = {"people": [viewer.account.public_id]}

    def clean(self) -> dict[str, Any]:
        """A personal number is refused; a name is warned of, and asked about once more."""
        said = super().clean() or {}
        found = found_in(self.viewer, said.get("question", ""))
        if Found.NUMBER in found:
            self.add_error(
                "question", _("Här står något som ser ut som ett personnummer. Ta bort det.")
            )
        elif found and not said.get("is_sure"):
            self.add_error("question", warning(found))
        if not found:
            del self.fields["is_sure"]
        return said

    def chosen(self) -> list[tuple[Account, Role]]:
        """Those who are to come, in their roles."""
        wanted = set(self.cleaned_data["people"])
        return [(one, role) for one, role in self.staff if one.public_id in wanted]


def warning(found: set[Found]) -> str:
    """What may stand in the question, and never where."""
    words = {
        Found.NAME: _("ett namn"),
        Found.DATE: _("ett datum"),
        Found.CONTACT: _("ett telefonnummer eller en mejladress"),
    }
    said = [words[one] for one in words if one in found]
    return _(
        "Här kan stå %(what)s. Skriv om, eller intyga nedan att frågan inte säger vem den gäller."
    ) % {"what": _(" och ").join(said)}


class CancelForm(forms.Form):
    """Why a time is called off."""

    reason = forms.CharField(label=gettext_lazy("Skäl"), max_length=200)
    version = Version()


class AgainForm(forms.Form):
    """Nothing but what the page showed."""

    version = Version()


class ColleagueForm(forms.Form):
    """Who comes instead."""

    def __init__(self, *given: Any, viewer: Viewer, booking: Booking, **named: Any) -> None:
        super().__init__(*given, **named)
        asked = set(booking.asked.values_list("account", flat=True))
        staff = staff_to_ask(booking.unit, viewer, MEMBERS)
        self.others = {one.public_id: (one, role) for one, role in staff if one.pk not in asked}
        self.fields["person"] = forms.ChoiceField(
            label=_("Kollega som kommer i stället"),
            choices=[
                (key, f"{one.name}, {role.label}") for key, (one, role) in self.others.items()
            ],
        )

    def chosen(self) -> tuple[Account, Role]:
        """The colleague and the role."""
        return self.others[self.cleaned_data["person"]]


class PresentForm(forms.Form):
    """Who came: one answer for each who was asked."""

    version = Version()

    def __init__(self, *given: Any, asked: Sequence[Asked], **named: Any) -> None:
        super().__init__(*given, **named)
        self.asked = asked
        for one in asked:
            self.fields[f"asked-{one.pk}"] = forms.ChoiceField(
                label=f"{one.account.name}, {Role(one.profession).label}",
                choices=[("yes", _("Kom")), ("no", _("Kom inte"))],
                widget=forms.RadioSelect,
                initial={True: "yes", False: "no"}.get(one.was_present),  # type: ignore[arg-type]
            )

    def people(self) -> dict[int, bool]:
        """By the ids of those asked."""
        return {one.pk: self.cleaned_data[f"asked-{one.pk}"] == "yes" for one in self.asked}
