"""Frozen values for the pages of consent: who answered what, and what may be shared now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consent.asking import asked_of
from narvaro.web.consent.forms import name_of_unit
from narvaro.web.consent.items import State, Who
from narvaro.web.consent.models import Answer, Consent, Consents, Reply, SupportOffer, said
from narvaro.web.consent.people import (
    PersonRow,
    capital,
    guardians_of,
    labels,
    lacking,
    line_of,
    names_among,
    people_of,
    state_in_words,
)
from narvaro.web.consent.rules import (
    PUPIL,
    Asked,
    Person,
    asks_guardians,
    latest_answers,
    live_items,
    needs_the_pupil,
)
from narvaro.web.pupils.models import Guardian, Pupil
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui import written
from narvaro.web.ui.lists import Event


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
    guardians = guardians_of({one.pupil_id for one in found})
    return [_row(one, asked[one.pk], guardians.get(one.pupil_id, []), viewer) for one in found]


def _row(one: Consent, asked: Asked, guardians: Sequence[Guardian], viewer: Viewer) -> ConsentRow:
    latest = latest_answers(asked.answers, viewer.now)
    people = [
        (name, state_in_words(latest.get(person)))
        for person, name in names_among(guardians).items()
        if asks_guardians(asked, viewer.today)
    ]
    if needs_the_pupil(asked, viewer.today) or PUPIL in latest:
        people.append((str(_("Eleven")), state_in_words(latest.get(PUPIL))))
    return ConsentRow(
        one.public_id,
        name_of_unit(one.receiver),
        _time(one, viewer.today),
        len(one.items),
        labels(live_items(asked, viewer.now)),
        people,
    )


def consent_page(consent: Consent, viewer: Viewer) -> ConsentPage:
    """The page of a consent."""
    asked = asked_of([consent], at=viewer.now)[consent.pk]
    guardians = guardians_of({consent.pupil_id}).get(consent.pupil_id, [])
    told = consent.answers.filter(at__lte=viewer.now)
    answers = list(told.select_related("recorded_by"))
    names = {**names_among(guardians), PUPIL: str(_("Eleven"))}
    live = live_items(asked, viewer.now)
    return ConsentPage(
        consent,
        name_of(consent.pupil),
        name_of_unit(consent.receiver),
        _time(consent, viewer.today),
        labels(consent.asked_items),
        labels(live),
        lacking(asked, names, viewer),
        people_of(asked, guardians, answers, viewer),
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
    found = guardians_of({pupil.pk}).get(pupil.pk, [])
    return dict(zip([one.public_id for one in found], names_among(found).values(), strict=True))


def _reply(one: SupportOffer, today: date) -> str:
    if one.replied_on is None:
        return str(one.get_reply_display())
    day = written.dated(one.replied_on, today)
    who = capital(one.get_replied_by_display()) if one.replied_by else ""
    return f"{who} {one.get_reply_display()} {day}".strip()


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
        part = "; ".join(labels(said(one).items)) if one.state == State.PARTLY else ""
        text = " ".join(filter(None, [f"{part}." if part else "", line_of(one, today)]))
        title = f"{who}: {one.get_state_display()}"
        events.append(Event(written.moment(one.at), title, text, "note"))
    return events[::-1]


def _time(consent: Consent, today: date) -> str:
    """`2 dec–10 juni 2027`."""
    first, last = written.dated(consent.from_on, today), written.dated(consent.to_on, today)
    return f"{first}–{last}"
