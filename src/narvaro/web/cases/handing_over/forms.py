"""One new owner for all at a school, another for single rows, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.forms import LONGEST_WHY
from narvaro.web.cases.held import Thing, schools_of, takers
from narvaro.web.cases.people import candidates

Choices = list[tuple[str, str]]


class GiveForm(forms.Form):
    """Who takes over what. `to` has the answer: opaque id of the thing → its new owner."""

    why = forms.CharField(
        label=gettext_lazy("Skäl"),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Står i varje ärendes historik. Skriv inget om hälsa."),
    )

    def __init__(
        self,
        *given: Any,
        things: Sequence[Thing],
        leaving: Account,
        viewer: Viewer,
        **named: Any,
    ) -> None:
        """A choice for each school, and one for each thing."""
        super().__init__(*given, **named)
        self.things, self.leaving, self.viewer = things, leaving, viewer
        self.people: dict[str, Account] = {}
        self.to: dict[str, Account] = {}
        self.able = {one.public_id: self._able(one) for one in things}
        for school in schools_of(things):
            self.fields[for_all(school)] = self._for_all(school)
        for one in things:
            self.fields[for_one(one)] = self._for_one(one)

    def clean(self) -> dict[str, Any]:
        """Every thing has somebody who can answer for it."""
        given = super().clean() or {}
        for one in self.things:
            chosen = given.get(for_one(one)) or given.get(for_all(one.school), "")
            if not chosen:
                continue  # said once, at the choice for all
            if chosen in self.able[one.public_id]:
                self.to[one.public_id] = self.people[chosen]
            else:
                self.add_error(for_one(one), _cannot(one, self.people[chosen]))
        for school in schools_of(self.things):
            lone = [one for one in self.things if one.school == school]
            if any(not self._is_named(one, given) for one in lone):
                self.add_error(
                    for_all(school), _("Välj vem som tar över, eller välj på varje rad.")
                )
        return given

    def _is_named(self, one: Thing, given: dict[str, Any]) -> bool:
        return bool(given.get(for_one(one)) or given.get(for_all(one.school)))

    def _able(self, one: Thing) -> dict[str, Account]:
        able = {who.public_id: who for who in takers(one, self.viewer.today)}
        able.pop(self.leaving.public_id, None)
        self.people |= able
        return able

    def _for_all(self, school: Unit) -> forms.ChoiceField:
        serving = [one for one in candidates(school, self.viewer.today) if one != self.leaving]
        self.people |= {one.public_id: one for one in serving}
        label = _("Ny ägare för allt på %(school)s") % {"school": school.name}
        return forms.ChoiceField(
            label=label, required=False, choices=[("", _("Ingen vald")), *_named(serving)]
        )

    def _for_one(self, one: Thing) -> forms.ChoiceField:
        able = self.able[one.public_id].values()
        return forms.ChoiceField(
            label=_("Ny ägare"),
            required=False,
            choices=[("", _("Samma som för allt")), *_named(list(able))],
        )


def for_all(school: Unit) -> str:
    """The name of the choice for a whole school."""
    return f"alla_{school.public_id}"


def for_one(thing: Thing) -> str:
    """The name of the choice for a single row."""
    return f"rad_{thing.public_id}"


def _named(people: Sequence[Account]) -> Choices:
    return [(one.public_id, one.name) for one in people]


def _cannot(one: Thing, who: Account) -> str:
    if one.is_forced:
        said = _("%(who)s hör inte till elevhälsan, dit rutinen har fört det. Välj någon på raden.")
    else:
        said = _("%(who)s står inte på listan över vilka som får se eleven. Välj någon på raden.")
    return said % {"who": who.name}
