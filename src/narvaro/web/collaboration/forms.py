"""What is asked of who calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.forms import Day, Version
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.actions import Wanted, WantedTime, WantedUnit
from narvaro.web.collaboration.contacts import callable_units, contact_of
from narvaro.web.collaboration.models import Call, CallKind, PlaceKind
from narvaro.web.collaboration.models.calls import LONGEST
from narvaro.web.collaboration.words import names_somebody
from narvaro.web.pupils.models import Pupil

TIMES = (1, 2, 3)
"""How many times can be proposed at once; more can be added to a call that is sent."""
LONGEST_TEXT = 2000


class TimeOfDay(forms.TimeField):
    """A time of day, written in a browser's own way."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **more)


class PlaceFields(forms.Form):
    """Where, and for how long."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Längd i minuter"), min_value=5, max_value=LONGEST, initial=60
    )
    place_kind = forms.ChoiceField(label=gettext_lazy("Var"), choices=PlaceKind.choices)
    place = forms.CharField(
        label=gettext_lazy("Rum eller plats"),
        max_length=80,
        required=False,
        help_text=gettext_lazy(
            "Skriv aldrig ett namn eller en familjs adress: platsen står i kallelsen."
        ),
    )

    pupil: Pupil

    def clean_place(self) -> str:
        """A place without anybody's name."""
        place = str(self.cleaned_data["place"])
        if names_somebody(place, self.pupil):
            raise forms.ValidationError(
                _("Platsen ser ut att innehålla ett namn eller ett nummer på någon.")
            )
        return place

    def time_of(self, day: Any, time: Any) -> WantedTime:
        """A time at the place."""
        said = self.cleaned_data
        starts_at = datetime.combine(day, time, STOCKHOLM)
        return WantedTime(starts_at, said["minutes"], said["place_kind"], said["place"])


class CallForm(PlaceFields):
    """A call: why, what is asked, whom, when."""

    field_order = ("kind", "reason", "question", "units")
    kind = forms.ChoiceField(label=gettext_lazy("Möte"))
    reason = forms.CharField(
        label=gettext_lazy("Varför ni kallar"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("För er egen dokumentation. Ingen annan läser det."),
    )
    question = forms.CharField(
        label=gettext_lazy("Frågan till verksamheterna"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Visas inte för dem som kallas. Det de får läsa om eleven lämnas ut för sig."
        ),
    )
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Vilka kallas"), widget=forms.CheckboxSelectMultiple
    )
    version = Version()

    def __init__(
        self, *given: Any, viewer: Viewer, pupil: Pupil, names: Mapping[CallKind, str], **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.viewer, self.pupil, self.names = viewer, pupil, names
        self.callable = {one.public_id: one for one in callable_units(viewer)}
        kinds = [(str(kind), names[kind]) for kind in CallKind]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["version"].required = False
        self._units()
        self._times()
        self.order_fields([*self.field_order, *self._mails(), *self._slots()])

    def _units(self) -> None:
        choices = []
        for key, unit in self.callable.items():
            contact = contact_of(unit, self.viewer.today)
            who = _("ingen kontaktperson") if contact is None else contact.name
            choices.append((key, f"{unit.name} ({who})"))
            if contact is None:
                self.fields[f"mail_{key}"] = forms.EmailField(
                    label=_("Mejl till %(unit)s") % {"unit": unit.name}, required=False
                )
        self.fields["units"].choices = choices  # type: ignore[attr-defined]

    def _times(self) -> None:
        for n in TIMES:
            first = n == TIMES[0]
            self.fields[f"day_{n}"] = Day(label=_("Förslag %(n)d: dag") % {"n": n}, required=first)
            self.fields[f"time_{n}"] = TimeOfDay(
                label=_("Förslag %(n)d: tid") % {"n": n}, required=first
            )

    def _mails(self) -> list[str]:
        return [name for name in self.fields if name.startswith("mail_")]

    def _slots(self) -> list[str]:
        return [f"{what}_{n}" for n in TIMES for what in ("day", "time")]

    def clean(self) -> dict[str, Any]:
        """Every chosen unit can be reached; a time has its day and is to come, and stands once."""
        said = super().clean() or self.cleaned_data
        for key in said.get("units", []):
            name = f"mail_{key}"
            if name in self.fields and not said.get(name) and name not in self.errors:
                self.add_error(name, _("Ingen är kontaktperson här: skriv en mejladress."))
        starts: set[datetime] = set()
        for n in TIMES:
            self._check_time(n, starts)
        return said

    def _check_time(self, n: int, starts: set[datetime]) -> None:
        day, time = self.cleaned_data.get(f"day_{n}"), self.cleaned_data.get(f"time_{n}")
        if bool(day) != bool(time is not None) and f"day_{n}" not in self.errors:
            self.add_error(f"day_{n}", _("Ange både dag och tid."))
        if not day or time is None:
            return
        when = datetime.combine(day, time, STOCKHOLM)
        if when <= self.viewer.now:
            self.add_error(f"day_{n}", _("Tiden har redan varit."))
        elif when in starts:
            self.add_error(f"day_{n}", _("Den tiden är redan föreslagen."))
        starts.add(when)

    def wanted(self, days: int) -> Wanted:
        """What was said."""
        said = self.cleaned_data
        kind = CallKind(said["kind"])
        chosen = [self.callable[key] for key in said["units"]]
        return Wanted(
            kind=kind,
            local_name=self.names[kind][:60],
            reason=said["reason"],
            question=said["question"],
            units=tuple(WantedUnit(one, said.get(f"mail_{one.public_id}", "")) for one in chosen),
            times=tuple(self._said_times()),
            days=days,
        )

    def _said_times(self) -> Iterator[WantedTime]:
        for n in TIMES:
            day, time = self.cleaned_data[f"day_{n}"], self.cleaned_data[f"time_{n}"]
            if day and time is not None:
                yield self.time_of(day, time)

    @staticmethod
    def shown(call: Call) -> dict[str, Any]:
        """A draft as the form shows it."""
        proposed = list(call.proposed.all())[: len(TIMES)]
        called = list(call.called.select_related("unit"))
        known: dict[str, Any] = {
            "kind": call.kind,
            "reason": call.reason,
            "question": call.question,
            "units": [one.unit.public_id for one in called],
            "version": call.version,
        }
        known |= {f"mail_{one.unit.public_id}": one.mail for one in called}
        for n, one in enumerate(proposed, start=1):
            local = one.starts_at.astimezone(STOCKHOLM)
            known |= {f"day_{n}": local.date(), f"time_{n}": local.time()}
            known |= {"minutes": one.minutes, "place_kind": one.place_kind, "place": one.place}
        return known
