"""What is asked, answered, offered and replied to: a short form each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import Day
from narvaro.web.accounts.models import Authority, Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.items import MOST_ITEMS, How, Item, State, Who, WhyNotAsked
from narvaro.web.consent.models import Consent, Reply

LONGEST_TEXT = 1_000
HALF_A_YEAR = timedelta(days=183)


def receivers_for(authority: Authority) -> Any:
    """Units of other authorities: those of the own collaboration area, when there is one."""
    kinds = Q(kind=UnitKind.OFFICE) | Q(kind=UnitKind.SCHOOL)
    found = Unit.objects.filter(kinds).exclude(authority=authority).select_related("authority")
    if authority.collaboration_area_id is not None:
        found = found.filter(authority__collaboration_area=authority.collaboration_area_id)
    return found.order_by("authority__name", "name", "pk")


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit of another authority, with the authority's name where it says more."""

    def label_from_instance(self, obj: Any) -> str:
        """`Barn och unga, Linnåsa socialtjänst`."""
        return name_of_unit(obj)


def name_of_unit(unit: Unit) -> str:
    """The unit and its authority; once when they are called the same."""
    theirs = unit.authority.name
    return unit.name if unit.name == theirs else f"{unit.name}, {theirs}"


def _unit(label: Any) -> UnitChoice:
    empty = gettext_lazy("Välj en enhet")
    return UnitChoice(
        Unit.objects.none(), label=label, to_field_name="public_id", empty_label=empty
    )


def _text(label: Any, *, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _radio(label: Any, choices: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **more)


def _items(label: Any, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=labels_of(Item), widget=forms.CheckboxSelectMultiple, **more
    )


def labels_of(items: Iterable[Item]) -> list[tuple[str, str]]:
    """The items in their own order, as a form shows them."""
    wanted = set(items)
    return [
        (one.value, str(one.label)[:1].upper() + str(one.label)[1:])
        for one in Item
        if one in wanted
    ]


class PastDay(forms.Form):
    """Something that was on a day, today or before."""

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        """Today, unless another day is chosen."""
        super().__init__(*given, **named)
        self.today = viewer.today
        self.fields["on"].initial = viewer.today

    def clean_on(self) -> date:
        """Not a day to come."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("Dagen ligger framåt i tiden."))
        return day


class AskForm(forms.Form):
    """What somebody is to be asked to let another authority know."""

    receiver = _unit(gettext_lazy("Till vem?"))
    items = _items(
        gettext_lazy("Vilka uppgifter?"),
        help_text=gettext_lazy(
            "Välj bara det mottagaren behöver. Ett samtycke gäller aldrig allt."
        ),
        error_messages={"required": gettext_lazy("Välj vilka uppgifter det gäller.")},
    )
    purpose = _text(
        gettext_lazy("Vad ska uppgifterna användas till?"),
        help_text=gettext_lazy("Skriv så att familjen förstår. Namnge inte eleven."),
    )
    from_on = Day(label=gettext_lazy("Från och med"))
    to_on = Day(label=gettext_lazy("Till och med"), help_text=gettext_lazy("Högst ett år."))

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        """Units of other authorities; from today for half a year, unless chosen otherwise."""
        super().__init__(*given, **named)
        self.fields["receiver"].queryset = receivers_for(viewer.authority)  # type: ignore[attr-defined]
        self.fields["from_on"].initial = viewer.today
        self.fields["to_on"].initial = viewer.today + HALF_A_YEAR

    def clean_items(self) -> list[Item]:
        """Some, never all."""
        chosen = [Item(one) for one in self.cleaned_data["items"]]
        if len(chosen) > MOST_ITEMS:
            said = _("Ett samtycke kan inte gälla alla uppgifter. Välj dem som mottagaren behöver.")
            raise forms.ValidationError(said)
        return chosen


class AnswerForm(PastDay):
    """What one person answered; which fields are needed follows from the answer."""

    state = _radio(gettext_lazy("Svar"), ())
    items = _items(gettext_lazy("Om en del: vilka uppgifter?"), required=False)
    how = _radio(gettext_lazy("Hur?"), How.choices, required=False)
    on = Day(label=gettext_lazy("Dag"))
    why_not_asked = _radio(
        gettext_lazy("Om inte tillfrågad: varför?"), WhyNotAsked.choices, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**8)

    def __init__(self, *given: Any, consent: Consent, is_pupil: bool, **named: Any) -> None:
        """The consent's own items; of the pupil not what is said of guardians, and the reverse."""
        super().__init__(*given, **named)
        states = [one for one in State if one != State.WITHDRAWN]
        self.fields["state"].choices = _capital(states)  # type: ignore[attr-defined]
        self.fields["items"].choices = labels_of(consent.asked_items)  # type: ignore[attr-defined]
        others = WhyNotAsked.TOO_YOUNG
        if is_pupil:
            why = [WhyNotAsked.TOO_YOUNG, WhyNotAsked.NOT_REACHED, WhyNotAsked.OTHER]
        else:
            why = [one for one in WhyNotAsked if one != others]
        self.fields["why_not_asked"].choices = _capital(why)  # type: ignore[attr-defined]
        self.fields["how"].choices = _capital(How)  # type: ignore[attr-defined]
        self.fields["version"].initial = consent.version

    def clean(self) -> dict[str, Any]:
        """What the answer needs beside it."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        state = found.get("state", "")
        if state == State.NOT_ASKED and not found.get("why_not_asked"):
            self.add_error("why_not_asked", _("Välj varför personen inte har tillfrågats."))
        if state not in ("", State.NOT_ASKED) and not found.get("how"):
            self.add_error("how", _("Välj om svaret var muntligt eller skriftligt."))
        count, of = len(found.get("items", ())), len(self.fields["items"].choices)  # type: ignore[attr-defined]
        if state == State.PARTLY and not 0 < count < of:
            said = _("Välj vilka av uppgifterna samtycket gäller: några, inte alla.")
            self.add_error("items", said)
        return found


def _capital(choices: Iterable[Any]) -> list[tuple[str, str]]:
    return [(one.value, str(one.label)[:1].upper() + str(one.label)[1:]) for one in choices]


class WithdrawForm(forms.Form):
    """How somebody took their consent back; that is all that is asked."""

    how = forms.ChoiceField(choices=How.choices)


class OfferForm(PastDay):
    """Voluntary support that was offered."""

    unit = _unit(gettext_lazy("Vem erbjuder stödet?"))
    what = _text(gettext_lazy("Vilket stöd?"))
    on = Day(label=gettext_lazy("Dag för erbjudandet"))

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        """Units of other authorities."""
        super().__init__(*given, viewer=viewer, **named)
        self.fields["unit"].queryset = receivers_for(viewer.authority)  # type: ignore[attr-defined]


class ReplyForm(PastDay):
    """What became of the offer."""

    reply = _radio(gettext_lazy("Svar"), ())
    who = _radio(gettext_lazy("Vem svarade?"), (), required=False)
    on = Day(label=gettext_lazy("Dag"))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**8)

    def __init__(self, *given: Any, version: int, **named: Any) -> None:
        """Accepted, declined or no answer: of equal rank, none of them chosen beforehand."""
        super().__init__(*given, **named)
        replies = [one for one in Reply if one != Reply.WAITING]
        self.fields["reply"].choices = _capital(replies)  # type: ignore[attr-defined]
        self.fields["who"].choices = _capital(Who)  # type: ignore[attr-defined]
        self.fields["version"].initial = version

    def clean(self) -> dict[str, Any]:
        """Who answered, when anybody did."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("reply") in (Reply.ACCEPTED, Reply.DECLINED) and not found.get("who"):
            self.add_error("who", _("Välj vem som svarade."))
        return found
