"""The forms about projects, one for each kind of note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.projects.kinds import Noted
from narvaro.web.projects.models import Goal, Project, Record

if TYPE_CHECKING:
    FormOfProject = forms.ModelForm[Project]
else:
    FormOfProject = forms.ModelForm


class ProjectForm(FormOfProject):
    """A new project."""

    class Meta:
        """What is asked."""

        model = Project
        fields = ("name", "programme", "about", "from_on", "to_on")

    def __init__(self, *given: Any, programmes: list[tuple[str, str]], **named: Any) -> None:
        """Offer the programmes there are."""
        super().__init__(*given, **named)
        self.fields["programme"] = forms.ChoiceField(label=_("Program"), choices=programmes)
        _days_are_chosen(self)


def note_form(kind: Noted, project: Project, *given: Any, **named: Any) -> forms.ModelForm[Any]:
    """The form of a kind of note, with the project's own schools and goals to choose among."""

    made = forms.modelform_factory(kind.model, fields=kind.fields)(*given, **named)
    made.instance.project = project
    _days_are_chosen(made)
    if "school" in made.fields:
        schools = Unit.objects.filter(kind=UnitKind.SCHOOL, authority__in=project.authorities.all())
        made.fields["school"].queryset = schools.order_by("name")  # type: ignore[attr-defined]
    if "goal" in made.fields:
        made.fields["goal"] = forms.ModelChoiceField(
            Goal.objects.filter(project=project), label=_("Mål"), to_field_name="public_id"
        )
    return made


def _days_are_chosen(form: forms.BaseForm) -> None:
    for field in form.fields.values():
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            field.widget.is_required = field.required


def opened_version(data: Any, note: Record) -> int:
    """The version that the form was opened with; the note's own when none was sent."""
    sent = str(data.get("version", ""))
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else note.version
