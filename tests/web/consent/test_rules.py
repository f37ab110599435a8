"""What may be shared by consent: a table of cases, each a few answers and what they let through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narvaro.web.consent.items import Item, State, Who, WhyNotAsked
from narvaro.web.consent.rules import (
    UNKNOWN_AGE,
    Asked,
    ComingOfAge,
    Said,
    asks_guardians,
    coming_of_age,
    live_items,
    needs_the_pupil,
)

DAY = date(2026, 12, 2)
NOON = datetime(2026, 12, 2, 11, tzinfo=UTC)
A, S, T = Item.ATTENDANCE, Item.STEPS, Item.TALK
ALL, NONE = frozenset({A, S, T}), frozenset[Item]()
ADA, BO = 1, 2
CHILD = ComingOfAge(date(2031, 3, 4), date(2031, 3, 4))
OF_AGE = ComingOfAge(DAY, DAY)
IN_A_YEAR = ComingOfAge(date(2026, 1, 1), date(2026, 12, 31))
MINUTE = timedelta(minutes=1)

GIVEN, PARTLY, REFUSED = State.GIVEN, State.PARTLY, State.REFUSED
WITHDRAWN, NOT_ASKED = State.WITHDRAWN, State.NOT_ASKED


def asked(**more: object) -> Asked:
    base = Asked(ALL, DAY, date(2027, 6, 10), frozenset({ADA, BO}), comes_of_age=CHILD)
    return replace(base, **more)  # type: ignore[arg-type]


def says(
    who: int | None, state: State, *items: Item, day: date = DAY, at: datetime = NOON, why: str = ""
) -> Said:
    part = ALL if state == GIVEN else frozenset(items)
    whose = Who.PUPIL if who is None else Who.GUARDIAN
    return Said(whose, state, day, at, part, who, why)


BOTH = (says(ADA, GIVEN), says(BO, GIVEN))
PUPIL = None

CASES: Mapping[str, tuple[Asked, frozenset[Item]]] = {
    "nobody has answered": (asked(), NONE),
    "one of two guardians has answered": (asked(answers=BOTH[:1]), NONE),
    "both guardians agree": (asked(answers=BOTH), ALL),
    "two guardians who disagree": (asked(answers=(BOTH[0], says(BO, REFUSED))), NONE),
    "two who agree in part share what both agree to": (
        asked(answers=(says(ADA, PARTLY, A, S), says(BO, PARTLY, S, T))),
        frozenset({S}),
    ),
    "one wholly and one in part": (
        asked(answers=(BOTH[0], says(BO, PARTLY, A))),
        frozenset({A}),
    ),
    "parts that do not meet": (
        asked(answers=(says(ADA, PARTLY, A), says(BO, PARTLY, S))),
        NONE,
    ),
    "one takes it back": (
        asked(answers=(*BOTH, says(BO, WITHDRAWN, at=NOON + MINUTE))),
        NONE,
    ),
    "one takes it back and gives it again": (
        asked(
            answers=(
                *BOTH,
                says(BO, WITHDRAWN, at=NOON + MINUTE),
                says(BO, GIVEN, at=NOON + 2 * MINUTE),
            )
        ),
        ALL,
    ),
    "an old paper recorded late does not undo a withdrawal": (
        asked(
            from_on=DAY - timedelta(days=9),
            answers=(
                *BOTH,
                says(BO, WITHDRAWN, at=NOON + MINUTE),
                says(BO, GIVEN, day=DAY - timedelta(days=3), at=NOON + 2 * MINUTE),
            ),
        ),
        NONE,
    ),
    "narrowed from all to one": (
        asked(answers=(*BOTH, says(BO, PARTLY, S, at=NOON + MINUTE))),
        frozenset({S}),
    ),
    "one is not asked because they cannot be reached": (
        asked(answers=(BOTH[0], says(BO, NOT_ASKED, why=WhyNotAsked.NOT_REACHED))),
        NONE,
    ),
    "one has no custody": (
        asked(answers=(BOTH[0], says(BO, NOT_ASKED, why=WhyNotAsked.NO_CUSTODY))),
        ALL,
    ),
    "nobody has custody": (
        asked(
            answers=(
                says(ADA, NOT_ASKED, why=WhyNotAsked.NO_CUSTODY),
                says(BO, NOT_ASKED, why=WhyNotAsked.NO_CUSTODY),
            )
        ),
        NONE,
    ),
    "one is a threat and is not asked": (
        asked(
            threats=frozenset({BO}),
            answers=(BOTH[0], says(BO, NOT_ASKED, why=WhyNotAsked.THREAT)),
        ),
        ALL,
    ),
    "said to be a threat by an answer alone": (
        asked(answers=(BOTH[0], says(BO, NOT_ASKED, why=WhyNotAsked.THREAT))),
        NONE,
    ),
    "a threat alone agrees": (asked(threats=frozenset({BO}), answers=BOTH[1:]), NONE),
    "both are threats": (asked(threats=frozenset({ADA, BO}), answers=BOTH), NONE),
    "no guardians are known": (asked(guardians=frozenset()), NONE),
    "no guardians are known and the child agrees": (
        asked(guardians=frozenset(), answers=(says(PUPIL, GIVEN),)),
        NONE,
    ),
    "the answer of somebody who is no guardian any more": (
        asked(guardians=frozenset({3}), answers=BOTH),
        NONE,
    ),
    "a guardian who came later has not answered": (
        asked(guardians=frozenset({ADA, BO, 3}), answers=BOTH),
        NONE,
    ),
    "the child agrees too": (asked(answers=(*BOTH, says(PUPIL, GIVEN))), ALL),
    "the child says no": (asked(answers=(*BOTH, says(PUPIL, REFUSED))), NONE),
    "the child takes it back": (
        asked(answers=(*BOTH, says(PUPIL, GIVEN), says(PUPIL, WITHDRAWN, at=NOON + MINUTE))),
        NONE,
    ),
    "the child says no to a part": (
        asked(answers=(*BOTH, says(PUPIL, PARTLY, A))),
        frozenset({A}),
    ),
    "the child is too young to be asked": (
        asked(answers=(*BOTH, says(PUPIL, NOT_ASKED, why=WhyNotAsked.TOO_YOUNG))),
        ALL,
    ),
    "the child alone agrees": (asked(answers=(says(PUPIL, GIVEN),)), NONE),
    "of age, the guardians alone agree": (asked(comes_of_age=OF_AGE, answers=BOTH), NONE),
    "of age, the pupil alone agrees": (
        asked(comes_of_age=OF_AGE, answers=(says(PUPIL, GIVEN),)),
        ALL,
    ),
    "of age, the pupil agrees to a part": (
        asked(comes_of_age=OF_AGE, answers=(*BOTH, says(PUPIL, PARTLY, A))),
        frozenset({A}),
    ),
    "of age, a guardian says no": (
        asked(comes_of_age=OF_AGE, answers=(says(ADA, REFUSED), says(PUPIL, GIVEN))),
        ALL,
    ),
    "of age, the pupil says no": (
        asked(comes_of_age=OF_AGE, answers=(*BOTH, says(PUPIL, REFUSED))),
        NONE,
    ),
    "perhaps of age, the guardians alone agree": (
        asked(comes_of_age=IN_A_YEAR, answers=BOTH),
        NONE,
    ),
    "perhaps of age, the pupil alone agrees": (
        asked(comes_of_age=IN_A_YEAR, answers=(says(PUPIL, GIVEN),)),
        NONE,
    ),
    "perhaps of age, everybody agrees to something": (
        asked(comes_of_age=IN_A_YEAR, answers=(*BOTH, says(PUPIL, PARTLY, S))),
        frozenset({S}),
    ),
    "age unknown, the guardians alone agree": (
        asked(comes_of_age=UNKNOWN_AGE, answers=BOTH),
        NONE,
    ),
    "age unknown, everybody agrees": (
        asked(comes_of_age=UNKNOWN_AGE, answers=(*BOTH, says(PUPIL, GIVEN))),
        ALL,
    ),
    "before its first day": (asked(from_on=DAY + timedelta(days=1), answers=BOTH), NONE),
    "on its last day": (
        asked(to_on=DAY, answers=BOTH),
        ALL,
    ),
    "after its last day": (
        asked(from_on=DAY - timedelta(days=9), to_on=DAY - timedelta(days=1), answers=BOTH),
        NONE,
    ),
    "an answer that is recorded later is not known yet": (
        asked(answers=(BOTH[0], says(BO, GIVEN, at=NOON + timedelta(hours=2)))),
        NONE,
    ),
    "of age, more than was asked for": (
        asked(items=frozenset({A}), comes_of_age=OF_AGE, answers=(says(PUPIL, GIVEN),)),
        frozenset({A}),
    ),
    "more than was asked for": (
        asked(items=frozenset({A}), answers=BOTH),
        frozenset({A}),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_may_be_shared(name: str) -> None:
    of, expected = CASES[name]

    assert live_items(of, NOON + timedelta(hours=1)) == expected


def test_a_withdrawal_ends_it_at_its_very_moment() -> None:
    of = asked(answers=(*BOTH, says(BO, WITHDRAWN, at=NOON + MINUTE)))

    assert live_items(of, NOON + MINUTE - timedelta(microseconds=1)) == ALL
    assert live_items(of, NOON + MINUTE) == NONE


def test_the_guardians_answers_count_until_midnight_before_the_birthday() -> None:
    of = asked(comes_of_age=ComingOfAge(date(2026, 12, 3), date(2026, 12, 3)), answers=BOTH)

    assert live_items(of, datetime(2026, 12, 2, 22, 59, 59, tzinfo=UTC)) == ALL
    assert live_items(of, datetime(2026, 12, 2, 23, tzinfo=UTC)) == NONE  # midnight in Stockholm


@pytest.mark.parametrize(
    ("number", "first", "last"),
    [
        ("20081203-1234", date(2026, 12, 3), date(2026, 12, 3)),
        ("200812031234", date(2026, 12, 3), date(2026, 12, 3)),
        ("20081263-1234", date(2026, 12, 3), date(2026, 12, 3)),  # a co-ordination number
        ("20081203TF01", date(2026, 12, 3), date(2026, 12, 3)),
        ("081203-1234", date(2026, 12, 3), date(2026, 12, 3)),
        ("081203+1234", date(1926, 12, 3), date(1926, 12, 3)),
        ("991203-1234", date(2017, 12, 3), date(2017, 12, 3)),
        ("20080229-1234", date(2026, 2, 28), date(2026, 3, 1)),
        ("20081300-0001", date(2026, 1, 1), date(2026, 12, 31)),
        ("", date.min, date.max),
        ("elev 7", date.min, date.max),
    ],
)
def test_a_number_tells_when_somebody_comes_of_age(number: str, first: date, last: date) -> None:
    assert coming_of_age(number, today=DAY) == ComingOfAge(first, last)


@given(st.text())
def test_no_text_is_too_odd_for_a_number(number: str) -> None:
    found = coming_of_age(number, today=DAY)

    assert found.first <= found.last


def test_who_has_to_be_asked_follows_from_what_is_known_of_the_age() -> None:
    ages = [CHILD, OF_AGE, IN_A_YEAR, UNKNOWN_AGE]

    assert [asks_guardians(asked(comes_of_age=one), DAY) for one in ages] == [1, 0, 1, 1]
    assert [needs_the_pupil(asked(comes_of_age=one), DAY) for one in ages] == [0, 1, 1, 1]


STATES = st.sampled_from([GIVEN, PARTLY, REFUSED, WITHDRAWN, NOT_ASKED])


@st.composite
def histories(draw: st.DrawFn) -> tuple[Said, ...]:
    found = []
    for minute in range(draw(st.integers(0, 12))):
        who = draw(st.sampled_from([ADA, BO, PUPIL]))
        state = draw(STATES)
        items = [A, S] if state == PARTLY else []
        found.append(says(who, state, *items, at=NOON + minute * MINUTE))
    return tuple(found)


@given(histories(), st.sampled_from([ADA, BO, PUPIL]))
def test_after_anybodys_no_nothing_is_shared_of_a_child(
    before: tuple[Said, ...], who: int | None
) -> None:
    no = says(who, REFUSED, at=NOON + timedelta(minutes=30))

    assert live_items(asked(answers=(*before, no)), NOON + timedelta(hours=1)) == NONE


@given(histories())
def test_what_is_shared_was_agreed_to_by_both_and_refused_by_nobody(
    answers: tuple[Said, ...],
) -> None:
    of = asked(answers=answers)
    live = live_items(of, NOON + timedelta(hours=1))

    # The slow way: backwards through everything that was said
    def last(who: int | None) -> Said | None:
        return next((one for one in reversed(answers) if one.guardian == who), None)

    def says_yes(who: int | None, item: Item) -> bool:
        said = last(who)
        return said is not None and said.state in (GIVEN, PARTLY) and item in said.items

    def says_no(item: Item) -> bool:
        said = last(PUPIL)
        return said is not None and said.state != NOT_ASKED and not says_yes(PUPIL, item)

    assert live == {
        one for one in ALL if says_yes(ADA, one) and says_yes(BO, one) and not says_no(one)
    }
