"""What stands of consent and disclosure for the units of a call, asked anew each time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.models import Call, Called
from narvaro.web.consent.asking import live_items_of
from narvaro.web.consent.items import GIVING, State, WhyNotAsked
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.live import live_items
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.disclosures.pages import words_of
from narvaro.web.pupils.models import Guardian, Pupil
from narvaro.web.pupils.pages import name_of


@dataclass(frozen=True, slots=True)
class Agreed:
    """Of one unit: what it reads of the pupil now, what consent lets through, who has not answered."""

    unit: str
    reads: Sequence[str]
    consented: Sequence[str]
    unanswered: Sequence[str]
    is_asked: bool

    @property
    def is_anonymous(self) -> bool:
        """The unit is not told whom the meeting is about."""
        return not self.reads


def agreed_of(call: Call, at: datetime) -> list[Agreed]:
    """For each unit that takes part, in the order they were called."""
    return [
        _agreed(call.pupil, one.unit, at)
        for one in call.called.filter(stopped_at=None).select_related("unit")
    ]


def _agreed(pupil: Pupil, unit: Unit, at: datetime) -> Agreed:
    asked = list(_in_time(pupil, unit, at))
    live = _union(live_items_of(asked, at=at).values())
    told = Disclosure.objects.filter(pupil=pupil, receiver=unit)
    read = _union(live_items(told, at).values())
    return Agreed(
        unit.name,
        words_of(read),
        words_of(live),
        sorted({who for one in asked for who in _unanswered(one)}),
        bool(asked),
    )


def _in_time(pupil: Pupil, unit: Unit, at: datetime) -> Sequence[Consent]:
    mine = Consent.objects.filter(pupil=pupil, receiver=unit).in_time(local_day(at))
    return list(mine.select_related("pupil").order_by("pk"))


def _union(found: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(str(item) for items in found for item in items)


def _unanswered(consent: Consent) -> list[str]:
    """The guardians who have to be asked and have not answered. A protected one by no name."""
    latest: dict[int, tuple[str, str]] = {}
    rows = consent.answers.exclude(guardian=None).order_by("at", "pk")
    for guardian, state, why in rows.values_list("guardian", "state", "why_not_asked"):
        latest[guardian] = (state, why)
    waiting = []
    for one in consent.pupil.guardians.order_by("pk"):
        state, why = latest.get(one.pk, (State.NOT_ASKED, ""))
        if state == State.NOT_ASKED and why not in (WhyNotAsked.THREAT, WhyNotAsked.NO_CUSTODY):
            waiting.append(_name(one))
    return waiting


def _name(guardian: Guardian) -> str:
    name = f"{guardian.given_name} {guardian.family_name}".strip()
    return _("en vårdnadshavare") if guardian.is_protected or not name else name


def has_consent(pupil: Pupil, unit: Unit, at: datetime) -> bool:
    """Something may be shared with the unit by consent at the moment."""
    return bool(_union(live_items_of(_in_time(pupil, unit, at), at=at).values()))


def was_consented(consent: Consent) -> bool:
    """Somebody has said yes to it once: what was refused from the start stopped nothing."""
    return consent.answers.filter(state__in=list(GIVING)).exists()


@dataclass(frozen=True, slots=True)
class Given:
    """A live disclosure to one's own unit: its page, and what it holds."""

    public_id: str
    name: str
    items: Sequence[str]


def given_to(called: Called, viewer: Viewer) -> list[Given]:
    """What the viewer's unit was told of the call's pupil, as far as it lives at this moment."""
    about = Disclosure.objects.filter(pupil=called.call.pupil, receiver=called.unit)
    mine = about.live_for(viewer, viewer.now)
    held = live_items(mine, viewer.now)
    return [
        Given(one.public_id, name_of(one.pupil), words_of(held[one.pk]))
        for one in mine.select_related("pupil")
    ]
