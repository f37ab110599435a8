"""Frozen values for the pages of consent: who answered what, and what may be shared now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.asking import asked_of
from narvaro.web.consent.forms import labels_of, name_of_unit
from narvaro.web.consent.items import GIVING, Item, State, Who
from narvaro.web.consent.models import Answer, Consent, Consents, Reply, SupportOffer, said
from narvaro.web.consent.rules import (
    PUPIL,
    Asked,
    Person,
    Said,
    asks_guardians,
    latest_answers,
    live_items,
    must_be_asked,
    needs_the_pupil,
)
from narvaro.web.pupils.models import Guardian, HeldBack, Pupil
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui import written
from narvaro.web.ui.lists import Event

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


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent in a list, and on the page of a case."""

    public_id: str
    receiver: str
    time: str
    asked: int
    live: Sequence[str]
    people: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class OfferRow:
    """Support that was offered, and what was answered."""

    public_id: str
    unit: str
    what: str
    offered: str
    reply: str
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """A consent as its page shows it."""

    consent: Consent
    name: str
    receiver: str
    time: str
    asked: Sequence[str]
    live: Sequence[str]
    lacking: Sequence[str]
    people: Sequence[PersonRow]
    events: Sequence[Event]


def consent_rows(consents: Consents, viewer: Viewer) -> list[ConsentRow]:
    """Consents in a list, the latest first; four questions however many they are."""
    found = list(consents.select_related("pupil", "receiver__authority").order_by("-made_at"))
    asked = asked_of(found, at=viewer.now)
    guardians = _guardians({one.pupil_id for one in found})
    return [_row(one, asked[one.pk], guardians.get(one.pupil_id, []), viewer) for one in found]


def _row(one: Consent, asked: Asked, guardians: Sequence[Guardian], viewer: Viewer) -> ConsentRow:
    latest = latest_answers(asked.answers, viewer.now)
    people = [
        (name, _state(latest.get(person)))
        for person, name in _names(guardians).items()
        if asks_guardians(asked, viewer.today)
    ]
    if needs_the_pupil(asked, viewer.today) or PUPIL in latest:
        people.append((str(_("Eleven")), _state(latest.get(PUPIL))))
    return ConsentRow(
        one.public_id,
        name_of_unit(one.receiver),
        _time(one, viewer.today),
        len(one.items),
        _labels(live_items(asked, viewer.now)),
        people,
    )


def consent_page(consent: Consent, viewer: Viewer) -> ConsentPage:
    """The page of a consent."""
    asked = asked_of([consent], at=viewer.now)[consent.pk]
    guardians = _guardians({consent.pupil_id}).get(consent.pupil_id, [])
    told = consent.answers.filter(at__lte=viewer.now)
    answers = list(told.select_related("recorded_by"))
    names = {**_names(guardians), PUPIL: str(_("Eleven"))}
    live = live_items(asked, viewer.now)
    return ConsentPage(
        consent,
        name_of(consent.pupil),
        name_of_unit(consent.receiver),
        _time(consent, viewer.today),
        _labels(consent.asked_items),
        _labels(live),
        _lacking(asked, names, viewer),
        _people(asked, guardians, answers, viewer),
        _events(consent, answers, names, viewer.today),
    )


def offer_rows(pupil: Pupil, viewer: Viewer) -> list[OfferRow]:
    """What has been offered, the latest first."""
    mine = SupportOffer.objects.visible_to(viewer, "consent.list").filter(pupil=pupil)
    return [
        OfferRow(
            one.public_id,
            name_of_unit(one.unit),
            one.what,
            written.dated(one.offered_on, viewer.today),
            _reply(one, viewer.today),
            one.reply == Reply.WAITING,
        )
        for one in mine.select_related("unit__authority").order_by("-offered_on", "-pk")
    ]


def names_of(pupil: Pupil) -> dict[str, str]:
    """The guardians by public id, as they are called on the page."""
    found = _guardians({pupil.pk}).get(pupil.pk, [])
    return dict(zip([one.public_id for one in found], _names(found).values(), strict=True))


def _reply(one: SupportOffer, today: date) -> str:
    if one.replied_on is None:
        return str(one.get_reply_display())
    day = written.dated(one.replied_on, today)
    who = _capital(one.get_replied_by_display()) if one.replied_by else ""
    return f"{who} {one.get_reply_display()} {day}".strip()


def _guardians(pupils: set[int]) -> dict[int, list[Guardian]]:
    found: dict[int, list[Guardian]] = {}
    ordered = Guardian.objects.filter(pupil__in=pupils).order_by("family_name", "given_name", "pk")
    for one in ordered:
        found.setdefault(one.pupil_id, []).append(one)
    return found


def _names(guardians: Sequence[Guardian]) -> dict[Person, str]:
    """Each by name; those with a protected identity, or without a name, by a number."""
    return {
        (Who.GUARDIAN, one.pk): _name(one, number) for number, one in enumerate(guardians, start=1)
    }


def _name(one: Guardian, number: int) -> str:
    if one.is_protected:
        return _("Vårdnadshavare %(n)s, med skyddade uppgifter") % {"n": number}
    named = f"{one.given_name} {one.family_name}".strip()
    return named or _("Vårdnadshavare %(n)s") % {"n": number}


def _people(
    asked: Asked, guardians: Sequence[Guardian], answers: Sequence[Answer], viewer: Viewer
) -> list[PersonRow]:
    latest = latest_answers(asked.answers, viewer.now)
    by = {said(one): one for one in answers}
    asks = asks_guardians(asked, viewer.today)
    rows = []
    for one, (person, name) in zip(guardians, _names(guardians).items(), strict=True):
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
        return replace(row, state=_state(None))
    return replace(
        row,
        state=_state(answer),
        part=_labels(answer.items) if answer.state == State.PARTLY else (),
        line=_line(by[answer], today),
        may_withdraw=row.may_answer and answer.state in GIVING,
    )


def _state(answer: Said | None) -> str:
    return str(NO_ANSWER) if answer is None else str(answer.state.label)


def _line(answer: Answer, today: date) -> str:
    """`Muntligt 2 dec. Skrivet av Robin Provgren.`, or why nobody was asked."""
    how = answer.get_how_display() if answer.how else answer.get_why_not_asked_display()
    day = written.dated(answer.on, today)
    said_by = _("Skrivet av %(who)s.") % {"who": answer.recorded_by.name}
    return f"{_capital(how)}, {day}. {said_by}"


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


def _lacking(asked: Asked, names: Mapping[Person, str], viewer: Viewer) -> list[str]:
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
            found.append(f"{name}: {_state(answer)}.")
    return found


def _events(
    consent: Consent,
    answers: Sequence[Answer],
    names: Mapping[Person, str],
    today: date,
) -> list[Event]:
    asked = _("%(who)s skrev in frågan") % {"who": consent.made_by.name}
    events = [Event(written.moment(consent.made_at), asked)]
    for one in answers:
        who = names.get((Who(one.who), one.guardian_id), str(_("En tidigare vårdnadshavare")))
        part = "; ".join(_labels(said(one).items)) if one.state == State.PARTLY else ""
        text = " ".join(filter(None, [f"{part}." if part else "", _line(one, today)]))
        title = f"{who}: {one.get_state_display()}"
        events.append(Event(written.moment(one.at), title, text, "note"))
    return events[::-1]


def _time(consent: Consent, today: date) -> str:
    """`2 dec–10 juni 2027`."""
    first, last = written.dated(consent.from_on, today), written.dated(consent.to_on, today)
    return f"{first}–{last}"


def _labels(items: Iterable[Item]) -> list[str]:
    return [words for _value, words in labels_of(items)]


def _capital(words: str) -> str:
    return str(words)[:1].upper() + str(words)[1:]
