"""What is asked before something is told to another authority."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import Day
from narvaro.web.accounts.models import Unit, UnitKind, opaque
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.consent.items import Item
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.grounds import CHOSEN, Because, Ground
from narvaro.web.disclosures.wishes import Wish
from narvaro.web.pupils.models import Pupil

LONGEST = 4_000
USUAL = timedelta(days=90)
ITEM_CHOICES = [(str(one), str(one.label)) for one in Item]


class ReceiverChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit of another authority."""

    def __init__(self, viewer: Viewer, **more: Any) -> None:
        kinds = (UnitKind.OFFICE, UnitKind.SCHOOL, UnitKind.AUTHORITY)
        others = Unit.objects.exclude(authority=viewer.authority).filter(kind__in=kinds)
        super().__init__(
            others.select_related("authority").order_by("authority__name", "name", "pk"),
            label=gettext_lazy("Till vem?"),
            to_field_name="public_id",
            **more,
        )

    def label_from_instance(self, unit: Any) -> str:
        """The authority, then the unit."""
        return receiver_in_words(unit)


def receiver_in_words(unit: Unit) -> str:
    """`Linnåsa socialtjänst, Mottagningen`; the authority alone when both are called the same."""
    authority = unit.authority.name
    return authority if authority == unit.name else f"{authority}, {unit.name}"


def _text(label: Any, help_text: Any = "", *, rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, max_length=LONGEST, widget=area)


class _Items(forms.MultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Vad ska delas?"),
            help_text=gettext_lazy("Du ser precis vad mottagaren får se innan du skickar."),
            choices=ITEM_CHOICES,
            widget=forms.CheckboxSelectMultiple,
        )


class _Wanted(forms.Form):
    """What every disclosure is asked. `key` makes the same form sent twice one disclosure."""

    items = _Items()
    until_on = Day(label=gettext_lazy("Mottagaren kan läsa till och med"))
    key = forms.CharField(max_length=22, widget=forms.HiddenInput, initial=opaque)
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)

    def offer(self, items: Iterable[Item]) -> None:
        """Let only these be chosen, on the page; what is sent is judged where it is done."""
        shown = set(items)
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (str(one), one.label) for one in Item if one in shown
        ]

    def chosen(self) -> frozenset[Item]:
        """The items."""
        return frozenset(map(Item, self.cleaned_data["items"]))


class ByConsentForm(_Wanted):
    """Items that a consent lets through. Receiver and purpose are those of the consent."""

    def __init__(self, *given: Any, consent: Consent, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        usual = min(consent.to_on, viewer.today + USUAL)
        self.fields["until_on"].initial = usual
        self.fields["until_on"].help_text = _("Tidigare om samtycket tas tillbaka.")
        self.offer(consent.asked_items)
        self.consent = consent

    def wish(self, pupil: Pupil, case: Case | None) -> Wish:
        """What was asked for."""
        return Wish(
            pupil=pupil,
            case=case,
            receiver=self.consent.receiver,
            ground=Ground.CONSENT,
            consent=self.consent,
            items=self.chosen(),
            purpose=self.consent.purpose,
            until_on=self.cleaned_data["until_on"],
        )


class OtherGroundForm(_Wanted):
    """Items that are told without consent, and what shows that they may be."""

    ground = forms.ChoiceField(
        label=gettext_lazy("På vilken grund?"),
        choices=[(str(one), one.label) for one in (Ground.DUTY, Ground.HARM_TEST)],
        widget=forms.RadioSelect,
    )
    paragraph = forms.CharField(
        label=gettext_lazy("Lagrum"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Vid skyldighet enligt lag: lag, kapitel och paragraf."),
    )
    reasoning = _text(
        gettext_lazy("Bedömning"),
        gettext_lazy("Vid menprövning: varför ingen lider men av att just detta lämnas ut."),
    )
    purpose = _text(gettext_lazy("Vad ska uppgifterna användas till?"), rows=2)
    field_order = (
        "ground", "paragraph", "reasoning", "receiver", "purpose", "items", "until_on",
    )  # fmt: skip

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["receiver"] = ReceiverChoice(viewer)
        self.fields["reasoning"].required = False
        self.fields["until_on"].initial = viewer.today + USUAL
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """The ground is shown by what belongs to it; what belongs to another is not kept."""
        given = super().clean() or {}
        if given.get("ground") == Ground.DUTY and not given.get("paragraph"):
            self.add_error(
                "paragraph", _("Ange lagrummet som säger att uppgifterna ska lämnas ut.")
            )
        if given.get("ground") == Ground.HARM_TEST and not given.get("reasoning"):
            self.add_error("reasoning", _("Skriv varför ingen lider men av att det lämnas ut."))
        return given

    def wish(self, pupil: Pupil, case: Case | None) -> Wish:
        """What was asked for."""
        given = self.cleaned_data
        ground = Ground(given["ground"])
        return Wish(
            pupil=pupil,
            case=case,
            receiver=given["receiver"],
            ground=ground,
            items=self.chosen(),
            purpose=given["purpose"],
            until_on=given["until_on"],
            paragraph=given["paragraph"],
            reasoning=given["reasoning"] if ground == Ground.HARM_TEST else "",
        )


class EndForm(forms.Form):
    """Why a disclosure ends before its last day."""

    because = forms.ChoiceField(
        label=gettext_lazy("Varför upphör det?"),
        choices=[(str(one), one.label) for one in CHOSEN],
        widget=forms.RadioSelect,
    )

    def reason(self) -> Because:
        """The reason."""
        return Because(self.cleaned_data["because"])
