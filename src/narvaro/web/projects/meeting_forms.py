"""What is asked about a project's meetings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import Day, Version
from narvaro.web.accounts.models import Authority
from narvaro.web.projects.meeting_actions import Counted
from narvaro.web.projects.meeting_models import (
    PER_WORDS,
    MeetingSeries,
    ProjectMeeting,
    SeriesKind,
    Turnout,
)
from narvaro.web.projects.models import Project
from narvaro.web.projects.templates_of_meetings import USUAL, usual_agenda

MOST = 5_000
"""People of one organisation in one role at a meeting."""


class Optional(Version):
    """The version of what the form shows; a new thing has none."""

    def __init__(self) -> None:
        super().__init__()
        self.required = False


class SeriesForm(forms.Form):
    """A series: its kind, local name, rhythm and agenda."""

    kind = forms.ChoiceField(label=gettext_lazy("Slag"), choices=SeriesKind.choices)
    name = forms.CharField(
        label=gettext_lazy("Namn"),
        help_text=gettext_lazy("Som mötet kallas hos er."),
        max_length=80,
    )
    number = forms.IntegerField(label=gettext_lazy("Antal"), min_value=1, max_value=52)
    per = forms.ChoiceField(label=gettext_lazy("Hur ofta"), choices=PER_WORDS)
    from_on = Day(label=gettext_lazy("Från"))
    to_on = Day(label=gettext_lazy("Till och med"), required=False)
    agenda = forms.CharField(
        label=gettext_lazy("Dagordning, en punkt per rad"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    version = Optional()

    @staticmethod
    def usual(kind: SeriesKind, project: Project) -> dict[str, Any]:
        """What a kind of meeting usually is."""
        usual = USUAL[kind]
        return {
            "kind": kind,
            "name": kind.label,
            "number": usual.number,
            "per": usual.per.value,
            "from_on": project.from_on,
            "to_on": project.to_on,
            "agenda": usual_agenda(kind),
        }

    @staticmethod
    def shown(series: MeetingSeries) -> dict[str, Any]:
        """The series as the form shows it."""
        names = ("kind", "name", "number", "per", "from_on", "to_on", "agenda", "version")
        return {name: getattr(series, name) for name in names}

    def clean(self) -> dict[str, Any]:
        """It ends no earlier than it starts."""
        said = super().clean() or {}
        first, last = said.get("from_on"), said.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", _("Ange en dag som inte är före den första."))
        return said


class PlanForm(forms.Form):
    """When and where, and the points."""

    on = Day(label=gettext_lazy("Dag"))
    starts = forms.TimeField(
        label=gettext_lazy("Tid"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )
    place = forms.CharField(label=gettext_lazy("Plats"), max_length=80, required=False)
    agenda = forms.CharField(
        label=gettext_lazy("Dagordning, en punkt per rad"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ChangeForm(PlanForm):
    """Another day, or called off."""

    cancelled_because = forms.CharField(
        label=gettext_lazy("Ställs in, skäl (tomt: mötet blir av)"), max_length=200, required=False
    )
    version = Version()

    @staticmethod
    def shown(meeting: ProjectMeeting) -> dict[str, Any]:
        """The meeting as the form shows it."""
        names = ("on", "starts", "place", "agenda", "cancelled_because", "version")
        return {name: getattr(meeting, name) for name in names}


class Organisations(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An authority, by its public id and name."""

    def label_from_instance(self, authority: Any) -> str:
        """The name."""
        return str(authority.name)


def organisations_of(project: Project) -> Any:
    """The project's authorities, and those they share an area with."""
    mine = project.authorities.all()
    areas = mine.exclude(collaboration_area=None).values("collaboration_area")
    near = Authority.objects.filter(collaboration_area__in=areas)
    return (Authority.objects.filter(pk__in=mine) | near).distinct().order_by("name")


def _count(label: str, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, **more)


class NoteForm(forms.Form):
    """How many came of each, one that was not planned, and what was said."""

    version = Version()

    def __init__(
        self, *given: Any, meeting: ProjectMeeting, turnouts: Sequence[Turnout], **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.turnouts = [one for one in turnouts if self._shows(one)]
        for one in self.turnouts:
            what = {"who": one.organisation, "role": one.role}
            self.fields[f"invited-{one.pk}"] = _count(
                _("%(who)s, %(role)s: inbjudna") % what, initial=one.invited
            )
            self.fields[f"present-{one.pk}"] = _count(
                _("%(who)s, %(role)s: kom") % what, initial=one.present
            )
        self.fields["authority"] = Organisations(
            organisations_of(meeting.series.project),
            label=_("Fler som kom: organisation"),
            to_field_name="public_id",
            required=False,
        )
        self.fields["other"] = forms.CharField(
            label=_("eller en annan organisation"), max_length=120, required=False
        )
        self.fields["role"] = forms.CharField(label=_("Roll"), max_length=60, required=False)
        self.fields["invited"] = _count(_("Inbjudna"), required=False)
        self.fields["present"] = _count(_("Kom"), required=False)
        for name, label in (
            ("notes", _("Vad som sades")),
            ("survey", _("Vad deltagarna svarade efteråt")),
            ("changed", _("Vad vi ändrar till nästa gång")),
        ):
            self.fields[name] = forms.CharField(
                label=label,
                max_length=4_000 if name == "notes" else 2_000,
                required=False,
                initial=getattr(meeting, name),
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def clean(self) -> dict[str, Any]:
        """One way to name who else came, with a role and how many."""
        said = super().clean() or {}
        named = [one for one in (said.get("authority"), said.get("other")) if one]
        if len(named) > 1:
            self.add_error("other", _("Välj en organisation, eller skriv en annan."))
        if named and not said.get("role"):
            self.add_error("role", _("Ange i vilken roll de kom."))
        if named and said.get("present") is None:
            self.add_error("present", _("Ange hur många som kom."))
        if not named and (said.get("role") or said.get("present")):
            self.add_error("other", _("Ange vilken organisation de kom från."))
        return said

    def _shows(self, one: Turnout) -> bool:
        """A row that came after this form was opened is not in it: then its version is told of."""
        return not self.is_bound or f"present-{one.pk}" in self.data

    def counts(self) -> dict[int, tuple[int, int]]:
        """Invited and present, by the turnout's id."""
        said = self.cleaned_data
        return {
            one.pk: (said[f"invited-{one.pk}"], said[f"present-{one.pk}"]) for one in self.turnouts
        }

    def more(self) -> list[Counted]:
        """Who else came."""
        said = self.cleaned_data
        if not (said["authority"] or said["other"]):
            return []
        present = said["present"]
        invited = present if said["invited"] is None else said["invited"]
        return [Counted(said["authority"], said["other"], said["role"], invited, present)]

    def words(self) -> dict[str, str]:
        """What was said, answered, and is to be changed."""
        return {name: self.cleaned_data[name] for name in ("notes", "survey", "changed")}

    @staticmethod
    def shown(meeting: ProjectMeeting) -> dict[str, Any]:
        """What has been noted, as the form shows it."""
        counts: dict[str, Any] = {}
        for one in meeting.turnouts.all():
            counts |= {f"invited-{one.pk}": one.invited, f"present-{one.pk}": one.present}
        words = {name: getattr(meeting, name) for name in ("notes", "survey", "changed")}
        return counts | words | {"version": meeting.version}


class DecisionForm(forms.Form):
    """What was decided, who does it, until when."""

    text = forms.CharField(label=gettext_lazy("Beslut"), max_length=400)
    due_on = Day(label=gettext_lazy("Senast"))

    def __init__(self, *given: Any, project: Project, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["owner"] = Organisations(
            organisations_of(project),
            label=_("Organisation som gör det"),
            to_field_name="public_id",
        )
        self.order_fields(["text", "owner", "due_on"])


class DoneForm(forms.Form):
    """Nothing but what the page showed."""

    version = Version()
