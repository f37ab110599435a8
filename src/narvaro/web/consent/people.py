"""Who answered what, in words, and why what was asked for may not be shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.forms import labels_of
from narvaro.web.consent.items import GIVING, Item, State, Who
from narvaro.web.consent.models import Answer, said
from narvaro.web.consent.rules import (
    PUPIL,
    Asked,
    Person,
    Said,
    asks_guardians,
    latest_answers,
    must_be_asked,
    needs_the_pupil,
)
from narvaro.web.pupils.models import Guardian, HeldBack
from narvaro.web.ui import written

THE_PUPIL = "eleven"
"""What stands in an address where a guardian's id would."""
NO_ANSWER = gettext_lazy("har inte svarat")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody's answer; `key` stands in the address of what can be done about it."""

    key: str
    name: str
    state: str
    part: Sequence[str] = ()
    line: str = ""
    remark: str = ""
    may_answer: bool = False
    may_withdraw: bool = False


def guardians_of(pupils: set[int]) -> dict[int, list[Guardian]]:
    """The guardians of pupils, each pupil's in one order."""
    found: dict[int, list[Guardian]] = {}
    ordered = Guardian.objects.filter(pupil__in=pupils).order_by("family_name", "given_name", "pk")
    for one in ordered:
        found.setdefault(one.pupil_id, []).append(one)
    return found


def names_among(guardians: Sequence[Guardian]) -> dict[Person, str]:
    """Each by name; those with a protected identity, or without a name, by a number."""
    return {
        (Who.GUARDIAN, one.pk): _name(one, number) for number, one in enumerate(guardians, start=1)
    }


def _name(one: Guardian, number: int) -> str:
    if one.is_protected:
        return _("Vårdnadshavare %(n)s, med skyddade uppgifter") % {"n": number}
    named = f"{one.given_name} {one.family_name}".strip()
    return named or _("Vårdnadshavare %(n)s") % {"n": number}


def people_of(
    asked: Asked, guardians: Sequence[Guardian], answers: Sequence[Answer], viewer: Viewer
) -> list[PersonRow]:
    """Everybody who answers or has answered, the pupil last."""
    latest = latest_answers(asked.answers, viewer.now)
    by = {said(one): one for one in answers}
    asks = asks_guardians(asked, viewer.today)
    rows = []
    for one, (person, name) in zip(guardians, names_among(guardians).items(), strict=True):
        if asks or person in latest:
            may = asks and one.held_back != HeldBack.THREAT
            blank = PersonRow(one.public_id, name, "", remark=_remark(one, asks), may_answer=may)
            rows.append(_filled(blank, latest.get(person), by, today=viewer.today))
    remark = _remark_of_pupil(asked, viewer.today)
    pupil = PersonRow(THE_PUPIL, _("Eleven"), "", remark=remark, may_answer=True)
    return [*rows, _filled(pupil, latest.get(PUPIL), by, today=viewer.today)]


def _filled(
    row: PersonRow, answer: Said | None, by: Mapping[Said, Answer], *, today: date
) -> PersonRow:
    """The row with what the person answered."""
    if answer is None:
        return replace(row, state=state_in_words(None))
    return replace(
        row,
        state=state_in_words(answer),
        part=labels(answer.items) if answer.state == State.PARTLY else (),
        line=line_of(by[answer], today),
        may_withdraw=row.may_answer and answer.state in GIVING,
    )


def state_in_words(answer: Said | None) -> str:
    """What somebody answered, or that they have not."""
    return str(NO_ANSWER) if answer is None else str(answer.state.label)


def line_of(answer: Answer, today: date) -> str:
    """`Muntligt 2 dec. Skrivet av Robin Provgren.`, or why nobody was asked."""
    how = answer.get_how_display() if answer.how else answer.get_why_not_asked_display()
    day = written.dated(answer.on, today)
    said_by = _("Skrivet av %(who)s.") % {"who": answer.recorded_by.name}
    return f"{capital(how)}, {day}. {said_by}"


def _remark(guardian: Guardian, is_asked: bool) -> str:
    if not is_asked:
        return _("Eleven är myndig och svarar själv. Det här svaret räknas inte längre.")
    if guardian.held_back == HeldBack.THREAT:
        return _("Noterad som ett hot: frågas inte och får inte veta något härifrån.")
    if guardian.held_back == HeldBack.SHIELDED:
        return _("Skyddas från en annan vårdnadshavare: fråga för sig.")
    return ""


def _remark_of_pupil(asked: Asked, day: date) -> str:
    if not asks_guardians(asked, day):
        return _("Myndig: bara elevens eget svar räknas.")
    if needs_the_pupil(asked, day):
        return _(
            "Här är inte känt om eleven har fyllt 18. Därför behövs allas svar, också elevens."
        )
    return _("Fråga också eleven, så långt ålder och mognad räcker. Ett nej från eleven gäller.")


def lacking(asked: Asked, names: Mapping[Person, str], viewer: Viewer) -> list[str]:
    """Why nothing, or not everything, may be shared: each thing in a sentence."""
    day = viewer.today
    if day < asked.from_on:
        return [_("Tiden börjar %(day)s.") % {"day": written.dated(asked.from_on, day)}]
    if day > asked.to_on:
        return [_("Tiden är slut. Fråga igen om det behövs.")]
    latest = latest_answers(asked.answers, viewer.now)
    needed: set[Person] = {(Who.GUARDIAN, one) for one in must_be_asked(asked, latest)}
    needed = needed if asks_guardians(asked, day) else set()
    found = []
    if asks_guardians(asked, day) and not needed:
        found.append(_("Ingen vårdnadshavare som kan svara är känd här, och då delas inget."))
    own = latest.get(PUPIL)
    if needs_the_pupil(asked, day) or (own is not None and own.state != State.NOT_ASKED):
        needed.add(PUPIL)
    for person, name in names.items():
        answer = latest.get(person)
        if person in needed and (answer is None or answer.state != State.GIVEN):
            found.append(f"{name}: {state_in_words(answer)}.")
    return found


def labels(items: Iterable[Item]) -> list[str]:
    """The items in words, in their own order."""
    return [words for _value, words in labels_of(items)]


def capital(words: str) -> str:
    """With a capital letter first."""
    return str(words)[:1].upper() + str(words)[1:]
