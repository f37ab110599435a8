"""What is asked of who sends a referral, who answers it, and when a pupil leaves the authority."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.forms import Day
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.receivers import has_somebody, units_to_ask
from narvaro.web.referrals.rules import possible
from narvaro.web.referrals.words import Happening, ReferralKind, Side, State, WhereTo

LONGEST = 1_000
NO_DETAILS = gettext_lazy(
    "Skriv vad mottagaren ska göra, inte uppgifter om eleven. Uppgifterna väljer du sedan en och "
    "en, på en grund."
)


def long_text(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """A text of a few lines."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def version_field() -> forms.IntegerField:
    """The version of what the form was opened with."""
    return forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A unit of another authority; says when nobody serves there who could open a referral."""

    def __init__(self, case: Case, viewer: Viewer, kind: ReferralKind, **more: Any) -> None:
        self.kind, self.today = kind, viewer.today
        units = units_to_ask(case, kind=kind)
        super().__init__(units, to_field_name="public_id", **more)

    def label_from_instance(self, obj: Any) -> str:
        """`Linnåsa socialtjänst, Mottagningen`."""
        said = in_words(obj)
        if has_somebody(obj, self.today, kind=self.kind):
            return said
        return _("%(unit)s (ingen kontaktperson just nu)") % {"unit": said}


def in_words(unit: Unit) -> str:
    """The authority, then the unit; once when both are called the same."""
    authority = unit.authority.name
    return authority if authority == unit.name else f"{authority}, {unit.name}"


class PrepareForm(forms.Form):
    """Whom to ask, and what."""

    question = long_text(gettext_lazy("Vad vill ni att mottagaren gör?"), NO_DETAILS)

    def __init__(self, *given: Any, case: Case, viewer: Viewer, **named: Any) -> None:
        """Offices of agencies, by name."""
        super().__init__(*given, **named)
        self.fields["receiver"] = UnitChoice(
            case,
            viewer,
            ReferralKind.HELP,
            label=_("Till vem?"),
            widget=forms.RadioSelect,
            empty_label=None,
        )
        self.order_fields(["receiver", "question"])


class MoveForm(forms.Form):
    """Where the pupil goes, and, to a school that is here, what it is asked."""

    where = forms.ChoiceField(
        label=gettext_lazy("Vart flyttar eleven?"),
        choices=WhereTo.choices,
        widget=forms.RadioSelect,
    )
    question = long_text(
        gettext_lazy("Vad vill ni att den nya skolan gör?"), NO_DETAILS, required=False
    )

    def __init__(self, *given: Any, case: Case, viewer: Viewer, **named: Any) -> None:
        """Schools of other authorities, by name."""
        super().__init__(*given, **named)
        self.fields["school"] = UnitChoice(
            case,
            viewer,
            ReferralKind.HAND_OVER,
            label=_("Ny skola"),
            required=False,
            empty_label="–",
        )
        self.fields["school"].help_text = _("Bara när den nya skolan finns här.")
        self.fields["question"].initial = _("Ta över arbetet med elevens närvaro.")
        self.order_fields(["where", "school", "question"])

    def clean(self) -> dict[str, Any]:
        """To a school that is here: which, and what it is asked."""
        given = super().clean() or {}
        if given.get("where") == WhereTo.SCHOOL:
            if not given.get("school"):
                self.add_error("school", _("Välj den nya skolan."))
            if not given.get("question"):
                self.add_error("question", _("Skriv vad den nya skolan ska göra."))
        return given


class SendForm(forms.Form):
    """The disclosure that a referral is sent on."""

    version = version_field()

    def __init__(
        self, *given: Any, referral: Referral, choices: Mapping[Disclosure, str], **named: Any
    ) -> None:
        """What was told to the receiver and holds now: disclosure → in words."""
        super().__init__(*given, **({"initial": {"version": referral.version}} | named))
        self.found = {one.public_id: one for one in choices}
        self.fields["disclosure"] = forms.ChoiceField(
            label=_("Det som mottagaren får läsa"),
            choices=[(one.public_id, said) for one, said in choices.items()],
            widget=forms.RadioSelect,
            initial=next(iter(self.found), None),
            error_messages={"invalid_choice": _("Det som valdes gäller inte längre.")},
        )

    @property
    def chosen(self) -> Disclosure:
        """The disclosure, of a form that is valid."""
        return self.found[self.cleaned_data["disclosure"]]


class DecideForm(forms.Form):
    """Take a referral back, ask again, or note that the answer was read."""

    what = forms.ChoiceField(label=gettext_lazy("Vad bestämmer du?"), widget=forms.RadioSelect)
    why = long_text(
        gettext_lazy("Skäl"),
        gettext_lazy(
            "Behövs när remissen tas tillbaka eller öppnas igen. Mottagaren ser det inte."
        ),
        required=False,
    )
    version = version_field()

    def __init__(
        self, *given: Any, referral: Referral, has_ground: bool = False, **named: Any
    ) -> None:
        """What the sender can do where it stands."""
        super().__init__(*given, **({"initial": {"version": referral.version}} | named))
        can = possible(State(referral.state), by=Side.SENDER, has_ground=has_ground)
        is_answer = referral.noted_on is None
        words = {
            Happening.NOTE: _("Svaret är läst, inget mer behövs"),
            Happening.REOPEN: _("Öppna igen: fråga mottagaren på nytt"),
            Happening.WITHDRAW: _("Ta tillbaka: mottagaren ser inget mer"),
        }
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            (str(one), said)
            for one, said in words.items()
            if one in can and (one != Happening.NOTE or is_answer)
        ]
        if len(self.fields["what"].choices) == 1:  # type: ignore[attr-defined]
            self.fields["what"].initial = self.fields["what"].choices[0][0]  # type: ignore[attr-defined]

    @property
    def is_empty(self) -> bool:
        """There is nothing to decide."""
        return not self.fields["what"].choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A reason for what needs one."""
        given = super().clean() or {}
        if given.get("what") in (Happening.REOPEN, Happening.WITHDRAW) and not given.get("why"):
            self.add_error("why", _("Skriv ett skäl."))
        return given


class ConcernForm(forms.Form):
    """The day oneself reported a concern; nothing of what was reported."""

    on = Day(label=gettext_lazy("När anmälde du?"))

    def __init__(self, *given: Any, viewer: Viewer, **named: Any) -> None:
        """Today, as a rule."""
        super().__init__(*given, **({"initial": {"on": viewer.today}} | named))
        self.today = viewer.today

    def clean_on(self) -> Any:
        """A day that has come."""
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("Dagen har inte kommit än."))
        return day
