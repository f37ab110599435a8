"""What is asked about series and when they meet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.forms import Day, Version
from narvaro.web.accounts.models import Account, Assignment, Unit, UnitKind
from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH, Role
from narvaro.web.accounts.tree import above, below
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.models import Kind, Meeting, Series
from narvaro.web.meetings.models.series import LONGEST
from narvaro.web.meetings.professions import EXPECTABLE
from narvaro.web.meetings.rhythms import read_rhythm, rhythm_choices, rhythm_of

USUAL = STUDENT_HEALTH | {Role.PRINCIPAL}
"""The professions of a meeting of student health."""


class Minutes(forms.IntegerField):
    """A length in minutes."""

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=1, max_value=LONGEST, **more)


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who serves at a school, in a class of it or over it."""

    def __init__(self, people: QuerySet[Account], *, label: Any, **more: Any) -> None:
        super().__init__(people, label=label, to_field_name="public_id", **more)

    def label_from_instance(self, person: Any) -> str:
        """The name."""
        return str(person.name)


def staff_of(school: Unit, viewer: Viewer, roles: Iterable[Role] = Role) -> QuerySet[Account]:
    """Those who serve at a school on the viewer's day, in its classes and over it, by name."""
    places = [*below([school], on=viewer.today), *above(school, on=viewer.today)]
    serving = Assignment.objects.in_force(viewer.today).filter(
        unit__in=places, role__in=list(roles)
    )
    return Account.objects.filter(is_active=True, pk__in=serving.values("account")).order_by("name")


class SeriesForm(forms.Form):
    """A series: what, how often, where, how long, who leads, who is expected."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=Kind.choices)
    rhythm = forms.ChoiceField(label=gettext_lazy("Hur ofta"))
    place = forms.CharField(label=gettext_lazy("Plats"), max_length=80, required=False)
    minutes = Minutes(label=gettext_lazy("Längd i minuter"), initial=120)
    professions = forms.MultipleChoiceField(
        label=gettext_lazy("Professioner som väntas"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, viewer: Viewer, school: Unit, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["rhythm"].choices = rhythm_choices(viewer)  # type: ignore[attr-defined]
        self.fields["professions"].choices = [  # type: ignore[attr-defined]
            (str(role), role.label) for role in Role if role in EXPECTABLE
        ]
        self.fields["chair"] = PersonChoice(
            staff_of(school, viewer, EXPECTABLE), label=_("Ordförande")
        )
        self.fields["version"] = Version()
        self.fields["version"].required = False
        self.initial = self.usual(viewer) | dict(self.initial)

    @staticmethod
    def usual(viewer: Viewer) -> dict[str, Any]:
        """What most series are: the student health meeting, with the whole team."""
        return {
            "name": _("Elevhälsomöte"),
            "professions": [str(one) for one in Role if one in USUAL],
            "chair": viewer.account.public_id if viewer.role in LEADERS else "",
        }

    @staticmethod
    def shown(series: Series) -> dict[str, Any]:
        """The series as the form shows it."""
        return {
            "name": series.name,
            "kind": series.kind,
            "rhythm": rhythm_of(series),
            "place": series.place,
            "minutes": series.minutes,
            "professions": series.professions,
            "chair": series.chair.public_id,
            "version": series.version,
        }

    def said(self) -> dict[str, Any]:
        """The fields of a series."""
        told = dict(self.cleaned_data)
        told.pop("version")
        return told | read_rhythm(told.pop("rhythm"))


class SchoolForm(forms.Form):
    """Which school a series is for."""

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        mine = Unit.objects.filter(
            kind=UnitKind.SCHOOL, pk__in=viewer.reach("meetings.start_series").unit_ids
        )
        self.fields["skola"] = forms.ModelChoiceField(
            mine.order_by("name"), label=_("Skola"), to_field_name="public_id"
        )


class PlanForm(forms.Form):
    """When and where, and who leads."""

    day = Day(label=gettext_lazy("Dag"))
    time = forms.TimeField(
        label=gettext_lazy("Tid"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = Minutes(label=gettext_lazy("Längd i minuter"))
    place = forms.CharField(label=gettext_lazy("Plats"), max_length=80, required=False)

    def __init__(self, *given: Any, viewer: Viewer, school: Unit, **named: Any) -> None:
        super().__init__(*given, **named)
        self.today = viewer.today
        self.fields["chair"] = PersonChoice(
            staff_of(school, viewer, EXPECTABLE), label=_("Ordförande")
        )
        self.fields["version"] = Version()
        self.fields["version"].required = False

    @staticmethod
    def shown(meeting: Meeting) -> dict[str, Any]:
        """The meeting as the form shows it."""
        starts = meeting.starts_at.astimezone(STOCKHOLM)
        return {
            "day": starts.date(),
            "time": starts.time(),
            "minutes": meeting.minutes,
            "place": meeting.place,
            "chair": meeting.chair.public_id,
            "version": meeting.version,
        }

    def clean_day(self) -> Any:
        """Today or later."""
        if self.cleaned_data["day"] < self.today:
            raise forms.ValidationError(_("Ange en dag från och med i dag."))
        return self.cleaned_data["day"]

    def starts_at(self) -> datetime:
        """The moment."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], STOCKHOLM)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Skäl"), max_length=200)
    version = Version()
