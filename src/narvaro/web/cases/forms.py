"""What is asked while a case goes on: short forms, each on a page of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import Day
from narvaro.web.accounts.models import Account
from narvaro.web.accounts.restriction import Restriction, may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.actions.following import MEDICAL
from narvaro.web.cases.duties import duties_to_note
from narvaro.web.cases.models import (
    Case,
    CauseLevel,
    CauseWord,
    ContactOutcome,
    ContactWay,
    OpenedBecause,
    Whose,
)
from narvaro.web.cases.people import able_for
from narvaro.web.cases.rules import named
from narvaro.web.documents.pages import readers_in_words
from narvaro.web.pupils.models import Guardian

LONGEST = 4_000
LONGEST_WHY = 300
Chosen = list[tuple[str, str]]


def _text(label: Any, *, help_text: Any = "", is_required: bool = True, **more: Any) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=is_required,
        max_length=more.pop("max_length", LONGEST),
        widget=forms.Textarea(attrs={"rows": more.pop("rows", 5)}),
        **more,
    )


def _radio(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


class NoteForm(forms.Form):
    """A note; each kind says who can read it before a word is written."""

    restriction = _radio(gettext_lazy("Vem får läsa?"), ())
    text = _text(gettext_lazy("Anteckning"))

    def __init__(self, *given: Any, viewer: Viewer, **named_: Any) -> None:
        """The kinds the writer may read; a nurse or a doctor notes only that they take part."""
        super().__init__(*given, **named_)
        kinds = [one for one in Restriction if may_read(viewer.role, one)]
        self.fields["restriction"].choices = [  # type: ignore[attr-defined]
            (one.value, _kind(one)) for one in kinds
        ]
        self.fields["restriction"].initial = Restriction.ORDINARY
        if viewer.role in MEDICAL:
            del self.fields["text"]


def _kind(one: Restriction) -> str:
    words = str(one.label).capitalize()
    if one == Restriction.ORDINARY:
        return _("%(kind)s: alla som arbetar med eleven kan läsa") % {"kind": words}
    readers = readers_in_words(one)
    return _("%(kind)s: kan läsas av %(readers)s. Skrivs aldrig ut.") % {
        "kind": words,
        "readers": readers,
    }


class WithDay(forms.Form):
    """Something that happened on a day, today or before."""

    on = Day(label=gettext_lazy("Dag"))

    def __init__(self, *given: Any, viewer: Viewer, **named_: Any) -> None:
        """Today, unless another day is chosen."""
        super().__init__(*given, **named_)
        self.viewer = viewer
        self.fields["on"].initial = viewer.today

    def clean_on(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["on"]
        if day > self.viewer.today:
            raise forms.ValidationError(_("Dagen ligger framåt i tiden."))
        return day


class GuardianChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A guardian of the pupil; one with a protected identity without a name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name, or that it is protected."""
        if obj.is_protected:
            return _("Vårdnadshavare med skyddade uppgifter")
        return f"{obj.given_name} {obj.family_name}".strip() or _("Vårdnadshavare")


def _guardian(case: Case, *, empty: str) -> GuardianChoice:
    guardians = Guardian.objects.filter(pupil=case.pupil).order_by("family_name", "pk")
    return GuardianChoice(
        guardians,
        label=_("Vårdnadshavare"),
        to_field_name="public_id",
        required=False,
        empty_label=empty,
    )


class ContactForm(WithDay):
    """An attempt to reach the home, also one in vain."""

    way = _radio(gettext_lazy("Hur"), ContactWay.choices)
    outcome = _radio(gettext_lazy("Hur gick det?"), ContactOutcome.choices)
    note = _text(gettext_lazy("Kort anteckning"), is_required=False, rows=3, max_length=500)

    def __init__(self, *given: Any, case: Case, **named_: Any) -> None:
        """The pupil's own guardians."""
        super().__init__(*given, **named_)
        self.fields["guardian"] = _guardian(case, empty=_("Hemmet"))
        self.order_fields(["on", "guardian", "way", "outcome", "note"])


class VoiceForm(WithDay):
    """What the pupil or a guardian said, kept as theirs."""

    whose = _radio(gettext_lazy("Vems ord?"), Whose.choices)
    text = _text(
        gettext_lazy("Vad sade personen?"),
        help_text=gettext_lazy(
            "Skriv med personens egna ord. Texten visas som deras, inte som din."
        ),
    )

    def __init__(self, *given: Any, case: Case, **named_: Any) -> None:
        """The pupil's own guardians."""
        super().__init__(*given, **named_)
        self.fields["guardian"] = _guardian(case, empty=_("Inte vald"))
        self.order_fields(["whose", "guardian", "text", "on"])


class CauseForm(forms.Form):
    """What the absence may come from, or what helps, at one of five levels."""

    is_protective = forms.ChoiceField(
        label=gettext_lazy("Vad är det?"),
        choices=(
            ("no", gettext_lazy("något som hindrar")),
            ("yes", gettext_lazy("något som hjälper")),
        ),
        widget=forms.RadioSelect,
        initial="no",
    )
    level = _radio(gettext_lazy("Var ligger det?"), CauseLevel.choices)
    word = forms.ChoiceField(label=gettext_lazy("Orsak"), choices=CauseWord.choices)
    text = _text(gettext_lazy("För den här eleven"), is_required=False, rows=3)
    right_to_education = _text(
        gettext_lazy("Hur får eleven sin utbildning så länge det består?"),
        help_text=gettext_lazy(
            "Krävs vid lång eller långvarig sjukdom och vid utredning hos vård. Sjukdom avslutar inte "
            "skolans ansvar. Orsaken och svaret läses bara av elevhälsan, och av rektor med skäl."
        ),
        is_required=False,
        rows=3,
    )


class LawForm(WithDay):
    """A duty in law that was done: which, and when."""

    duty = _radio(gettext_lazy("Vad är gjort?"), ())

    def __init__(self, *given: Any, case: Case, **named_: Any) -> None:
        """The duties that the viewer's role notes."""
        super().__init__(*given, **named_)
        duties = duties_to_note(case, self.viewer)
        self.fields["duty"].choices = [  # type: ignore[attr-defined]
            (one.id, f"{named(one.name)} ({one.paragraph})") for one in duties
        ]
        self.order_fields(["duty", "on"])


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody who can own a case at the school."""

    def __init__(
        self, case: Case, viewer: Viewer, *, but: Account | None = None, **more: Any
    ) -> None:
        able = [one.pk for one in able_for(case.pupil, case.school, viewer.today)]
        people = Account.objects.filter(pk__in=able).order_by("name", "pk")
        if but is not None:
            people = people.exclude(pk=but.pk)
        super().__init__(people, to_field_name="public_id", **more)

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.name)


class HandOverForm(forms.Form):
    """Who takes over, and why."""

    why = _text(gettext_lazy("Skäl"), rows=2, max_length=LONGEST_WHY)
    version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init__(self, *given: Any, case: Case, viewer: Viewer, **named_: Any) -> None:
        """Everybody at the school but the owner."""
        super().__init__(*given, **({"initial": {"version": case.version}} | named_))
        label = _("Ny ägare")
        self.fields["owner"] = PersonChoice(case, viewer, but=case.owner, label=label)
        self.order_fields(["owner", "why", "version"])


class WhyForm(forms.Form):
    """A reason, and the version of what it is about."""

    why = _text(gettext_lazy("Skäl"), rows=3, max_length=LONGEST_WHY)
    version = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)

    def __init__(self, *given: Any, version: int, **named_: Any) -> None:
        """The version as it was opened."""
        super().__init__(*given, **({"initial": {"version": version}} | named_))


class OpenCaseForm(forms.Form):
    """A case without a flag: what made somebody open it."""

    because = _radio(gettext_lazy("Varför öppnas ärendet?"), ())
    words = _text(
        gettext_lazy("Vad har hänt?"),
        help_text=gettext_lazy("Kort. Inga uppgifter om hälsa: de skrivs som skyddad anteckning."),
    )

    def __init__(self, *given: Any, **named_: Any) -> None:
        """Every reason but a flag."""
        super().__init__(*given, **named_)
        self.fields["because"].choices = [  # type: ignore[attr-defined]
            one for one in OpenedBecause.choices if one[0] != OpenedBecause.FLAG
        ]
