"""What is asked about the items of a meeting, and of who was there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import HIGHEST_VERSION
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.meetings.forms import Minutes, PersonChoice, staff_of
from narvaro.web.meetings.models import AgendaItem, Meeting
from narvaro.web.ui.sorting import sort_key

OPENING_REASONS = [
    ("decision", gettext_lazy("Ett beslut som jag ska fatta kräver det")),
    ("investigation", gettext_lazy("Jag utreder elevens frånvaro")),
]
"""Why a leader opens what student health wrote: what the log keeps."""


class GeneralItemForm(forms.Form):
    """An item without a pupil."""

    title = forms.CharField(
        label=gettext_lazy("Punkt"),
        max_length=200,
        help_text=gettext_lazy(
            "Står i den allmänna delen av protokollet. Skriv inga namn på elever."
        ),
    )
    minutes = Minutes(label=gettext_lazy("Minuter"), initial=5)


class PupilItemForm(forms.Form):
    """A pupil put on the agenda by hand."""

    why = forms.CharField(label=gettext_lazy("Varför"), max_length=200)
    to_decide = forms.CharField(label=gettext_lazy("Att besluta"), max_length=300)
    minutes = Minutes(label=gettext_lazy("Minuter"), initial=10)


class AnalysisForm(forms.Form):
    """What the meeting thinks. Health is written in the protected part only."""

    in_school = forms.CharField(
        label=gettext_lazy("I skolan"), max_length=4_000, required=False, widget=forms.Textarea
    )
    at_home = forms.CharField(
        label=gettext_lazy("Hemma och på fritiden"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea,
    )
    works = forms.CharField(
        label=gettext_lazy("Det som fungerar"),
        max_length=4_000,
        required=False,
        widget=forms.Textarea,
    )
    version = forms.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, widget=forms.HiddenInput, initial=0
    )


class DecisionForm(forms.Form):
    """A decision, why, and whose turn it is."""

    reason = forms.CharField(label=gettext_lazy("Skäl"), max_length=2_000, widget=forms.Textarea)

    def __init__(self, *given: Any, viewer: Viewer, item: AgendaItem, **named: Any) -> None:
        super().__init__(*given, **named)
        words = [(one["word"], one["label"]) for one in choices_of(item)]
        self.fields["word"] = forms.ChoiceField(
            label=_("Beslut"), choices=words, widget=forms.RadioSelect
        )
        self.fields["next_owner"] = PersonChoice(
            staff_of(item.meeting.series.school, viewer), label=_("Vem gör nästa sak")
        )
        self.order_fields(["word", "reason", "next_owner"])

    def label(self, item: AgendaItem) -> str:
        """What the chosen word is called."""
        word = self.cleaned_data["word"]
        return next(one["label"] for one in choices_of(item) if one["word"] == word)


def choices_of(item: AgendaItem) -> Sequence[dict[str, str]]:
    """The decisions an item's source offers; for an item added by hand the meeting's own."""
    return item.choices or [
        {
            "word": "act",
            "label": _("Någon gör något"),
            "consequence": _("Vem och vad skrivs i skälet"),
        },
        {
            "word": "follow",
            "label": _("Följ upp på nästa möte"),
            "consequence": _("Lägg till punkten då"),
        },
        {
            "word": "done",
            "label": _("Inget mer från mötet"),
            "consequence": _("Beslutet står i protokollet"),
        },
    ]


class ProtectedForm(forms.Form):
    """The protected part."""

    text = forms.CharField(
        label=gettext_lazy("Skyddad del"), max_length=8_000, widget=forms.Textarea
    )
    version = forms.IntegerField(min_value=0, max_value=HIGHEST_VERSION, widget=forms.HiddenInput)


class OpeningForm(forms.Form):
    """Why a leader opens the protected part."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Varför öppnar du den skyddade delen?"),
        choices=OPENING_REASONS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Skälet skrivs i loggen."),
    )


class GeneralPartForm(forms.Form):
    """The text of the general part."""

    general = forms.CharField(
        label=gettext_lazy("Den allmänna delen"),
        max_length=8_000,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("Ingen elev ska gå att känna igen."),
    )
    version = forms.IntegerField(
        min_value=0, max_value=HIGHEST_VERSION, widget=forms.HiddenInput, initial=0
    )

    def __init__(self, *given: Any, names: Sequence[str] = (), **named: Any) -> None:
        super().__init__(*given, **named)
        self.names = names

    def clean_general(self) -> str:
        """No name of a pupil on the agenda."""
        text = str(self.cleaned_data["general"])
        written = sort_key(text)
        if any(sort_key(name) in written for name in self.names if name):
            raise forms.ValidationError(
                _("Här står namnet på en elev på dagordningen. Det hör till delen med elever.")
            )
        return text


class AddendumForm(forms.Form):
    """What is added to approved minutes."""

    item = forms.ChoiceField(label=gettext_lazy("Gäller"), required=False)
    text = forms.CharField(label=gettext_lazy("Tillägg"), max_length=4_000, widget=forms.Textarea)

    def __init__(self, *given: Any, items: Sequence[tuple[str, str]], **named: Any) -> None:
        super().__init__(*given, **named)
        general = [("", _("Den allmänna delen"))]
        self.fields["item"].choices = [*general, *items]  # type: ignore[attr-defined]


def present_of(data: Any, meeting: Meeting) -> tuple[dict[int, bool], dict[Role, bool]] | None:
    """Who was there, as a form says it: those asked, and professions without anybody. None: not all said."""
    words = {"yes": True, "no": False}
    asked = list(meeting.invited.all())
    with_account = {
        one.pk: words.get(data.get(f"person-{one.pk}", "")) for one in asked if one.account_id
    }
    taken = {one.profession for one in asked if one.account_id}
    alone = {
        role: words.get(data.get(f"role-{role}", ""))
        for role in meeting.roles()
        if role not in taken
    }
    if None in {*with_account.values(), *alone.values()}:
        return None
    return (
        {pk: bool(there) for pk, there in with_account.items()},
        {role: bool(there) for role, there in alone.items()},
    )
