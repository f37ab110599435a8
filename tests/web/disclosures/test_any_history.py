"""Whatever happens, in any order: nobody of another authority reads an item without a live ground.

The checker beside goes through everything that happened from the start, for every question anew,
and knows nothing of the code that it checks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.disclosures.conftest import NOON, Meeting

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Assignment
from narvaro.web.consent.items import Item, State
from narvaro.web.consent.models import Consent
from narvaro.web.disclosures.actions import end
from narvaro.web.disclosures.grounds import Because
from narvaro.web.disclosures.models import Disclosed, Disclosure
from narvaro.web.pupils.models import Pupil

ITEMS = (Item.ATTENDANCE, Item.STEPS, Item.SCHOOL)
PEOPLE = ("mother", "father", "pupil")
some = st.sets(st.sampled_from(ITEMS), min_size=1).map(frozenset)
WHAT = st.one_of(
    st.tuples(st.just("answers"), st.sampled_from(PEOPLE), st.sampled_from(State), some),
    st.tuples(st.just("tells by consent"), some),
    st.tuples(st.just("tells by duty"), some, st.integers(0, 6)),
    st.tuples(st.just("ends"), st.integers(0, 5)),
    st.tuples(st.just("is protected"), st.booleans()),
    st.tuples(st.just("serves"), st.booleans()),
    st.tuples(st.just("days pass"), st.integers(1, 4)),
)


@dataclass
class Plain:
    """What happened, as it was told; asked by reading all of it again."""

    log: list[tuple[datetime, tuple[object, ...]]] = field(default_factory=list)
    first: datetime = NOON
    last_day: datetime = NOON + timedelta(days=12)

    def consented(self, now: datetime) -> frozenset[Item]:
        """What everybody has agreed to, by each one's latest answer."""
        if not self.first.date() <= now.date() <= self.last_day.date():
            return frozenset()
        left = frozenset(ITEMS)
        for person in PEOPLE:
            said: frozenset[Item] = frozenset()
            for _at, what in self.log:
                if what[:2] == ("answers", person):
                    says_yes = what[2] in (State.GIVEN, State.PARTLY)
                    said = what[3] if says_yes else frozenset()  # type: ignore[assignment]
            left &= said
        return left

    def is_protected(self) -> bool:
        """The marking that holds."""
        return [False, *(what[1] for _at, what in self.log if what[0] == "is protected")][
            -1
        ] is True

    def serves(self) -> bool:
        """The contact person is one today."""
        return [True, *(what[1] for _at, what in self.log if what[0] == "serves")][-1] is True

    def readable(self, now: datetime) -> frozenset[Item]:
        """Every item that somebody told, and that may be read."""
        if not self.serves():
            return frozenset()
        found: set[Item] = set()
        for position, (at, what) in enumerate(self.log):
            if what[0] == "told":
                found |= self._of(position, at, what, now)
        return frozenset(found)

    def _of(
        self, position: int, at: datetime, what: tuple[object, ...], now: datetime
    ) -> set[Item]:
        _word, number, ground, items, until, was_protected = what
        assert isinstance(items, frozenset)
        assert isinstance(until, datetime)
        after = [one for _at, one in self.log[position + 1 :]]
        if now.date() > until.date() or ("ended", number) in after or at > now:
            return set()
        if self.is_protected() and not was_protected:
            return set()
        live = set(items) - ({Item.SCHOOL} if self.is_protected() else set())
        return live & self.consented(now) if ground == "consent" else live


@dataclass
class World:
    """The application and the plain telling of the same things."""

    meeting: Meeting
    consent: Consent
    contact: Assignment
    now: datetime = NOON
    plain: Plain = field(default_factory=Plain)

    def note(self, *what: object) -> None:
        self.plain.log.append((self.now, what))

    def do(self, what: tuple[object, ...]) -> None:
        """One thing happens, a minute after the one before."""
        self.now += timedelta(minutes=1)
        for word, act in self._acts():
            if what[0] == word:
                act(*what[1:])

    def _acts(self) -> Iterator[tuple[str, Callable[..., None]]]:
        yield "answers", self.answers
        yield "tells by consent", lambda items: self.tells(items, None)
        yield "tells by duty", self.tells
        yield "ends", self.ends
        yield "is protected", self.protect
        yield "serves", self.serve
        yield "days pass", self.wait

    def answers(self, person: str, state: State, items: frozenset[Item]) -> None:
        if state == State.NOT_ASKED:
            return
        given_items = items - {Item.STEPS} or frozenset({Item.ATTENDANCE})
        if state == State.GIVEN:
            given_items = frozenset(ITEMS)
        who = None if person == "pupil" else getattr(self.meeting, person)
        with transaction.atomic():
            self.meeting.answer(self.consent, who, state, items=given_items, at=self.now)
        self.note("answers", person, state, given_items)
        if state != State.GIVEN:  # nobody takes anything back by saying yes
            self._ended_by_answer()

    def _ended_by_answer(self) -> None:
        """What stood on a consent that lets nothing of it through is ended for good."""
        for _at, what in list(self.plain.log):
            if what[0] == "told" and what[2] == "consent":
                left = set(what[3]) & self.plain.consented(self.now)  # type: ignore[call-overload]
                hidden = self.plain.is_protected() and (not what[5] or left <= {Item.SCHOOL})
                if not left or hidden or self.now.date() > what[4].date():  # type: ignore[attr-defined]
                    self.note("ended", what[1])

    def tells(self, items: frozenset[Item], days: int | None) -> None:
        until = self.now + timedelta(days=5 if days is None else days)
        until = min(until, self.plain.last_day) if days is None else until
        more = {"items": items, "until_on": until.date(), "pupil": Pupil.objects.get()}
        consent = None if days is not None else self.consent
        with suppress(Refused):
            made = self.meeting.told(self.meeting.wish(consent, **more), at=self.now)
            ground = "consent" if consent else "duty"
            self.note("told", made.pk, ground, items, until, self.plain.is_protected())

    def ends(self, number: int) -> None:
        made = list(Disclosure.objects.order_by("pk"))[number : number + 1]
        with suppress(Refused):
            for one in made:
                by = self.meeting.seen_by(self.meeting.principal, self.now)
                end(one, Because.DONE, by=by, at=self.now)
                self.note("ended", one.pk)

    def protect(self, is_marked: bool) -> None:
        Pupil.objects.update(protection="marked" if is_marked else "none")
        self.note("is protected", is_marked)

    def serve(self, does: bool) -> None:
        self.contact.to_on = None if does else (NOON - timedelta(days=1)).date()
        self.contact.save()
        self.note("serves", does)

    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    def reads(self) -> frozenset[Item]:
        """What the application shows."""
        viewer = self.meeting.seen_by(self.contact, self.now)
        return frozenset(Item(one.item) for one in Disclosed.objects.live_for(viewer, self.now))


EVERYBODY = [("answers", one, State.GIVEN, frozenset(ITEMS)) for one in PEOPLE]


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(is_agreed=st.booleans(), history=st.lists(WHAT, min_size=2, max_size=10))
def test_nobody_ever_reads_an_item_without_a_live_ground(
    meeting: Meeting,
    is_agreed: bool,
    history: list[tuple[object, ...]],
) -> None:
    with transaction.atomic():
        asked = meeting.asked(ITEMS, from_on=NOON.date(), to_on=(NOON + timedelta(days=12)).date())
        world = World(meeting, asked, meeting.social_worker)
        for what in [*(EVERYBODY if is_agreed else []), *history]:
            world.do(what)
            assert world.reads() == world.plain.readable(world.now), world.plain.log
        transaction.set_rollback(True)
    meeting.social_worker.refresh_from_db()
