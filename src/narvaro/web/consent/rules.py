"""What may be shared by consent at a moment: pure, of frozen values, and asked anew each time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from narvaro.timetable import local_day
from narvaro.web.consent.items import GIVING, SAYING_NO, Item, State, Who, WhyNotAsked

NOTHING: frozenset[Item] = frozenset()
OF_AGE = 18
LONGEST = 366
"""Days of a consent, both ends counted."""
_NUMBER = re.compile(
    r"(?P<century>\d{2})?(?P<year>\d{2})(?P<month>\d{2})(?P<day>\d{2})(?P<mark>[-+ ]?)\w{4}",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class ComingOfAge:
    """The first and the last day that the pupil can turn 18, as far as it is known."""

    first: date
    last: date


UNKNOWN_AGE = ComingOfAge(date.min, date.max)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. `on` is the day it was given, `at` when it was recorded."""

    who: Who
    state: State
    on: date
    at: datetime
    items: frozenset[Item] = NOTHING
    guardian: int | None = None
    why_not_asked: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, of whom, and what they have answered.

    `guardians` are all that the pupil has, `threats` those of them who are noted as a threat.
    """

    items: frozenset[Item]
    from_on: date
    to_on: date
    guardians: frozenset[int]
    threats: frozenset[int] = frozenset()
    comes_of_age: ComingOfAge = UNKNOWN_AGE
    answers: tuple[Said, ...] = ()


Person = tuple[Who, int | None]
PUPIL: Person = (Who.PUPIL, None)


def live_items(asked: Asked, at: datetime) -> frozenset[Item]:
    """What may be shared at the moment; nothing, wherever it cannot be told.

    Of a child: what every guardian who has to be asked agrees to and the child has not said no
    to. From 18: what the pupil agrees to, whatever guardians have said. On days when it is not
    known which of the two the pupil is: what both rules let through.
    """
    day = local_day(at)
    if not asked.from_on <= day <= asked.to_on:
        return NOTHING
    latest = latest_answers(asked.answers, at)
    if day >= asked.comes_of_age.last:
        return _agreed(asked, latest, PUPIL)
    by_guardians = _of_a_child(asked, latest)
    if day < asked.comes_of_age.first:
        return by_guardians
    return by_guardians & _agreed(asked, latest, PUPIL)


def latest_answers(answers: Iterable[Said], at: datetime) -> dict[Person, Said]:
    """Each person's answer that counts: the latest given of those recorded by the moment.

    A paper that is recorded late does not undo what was said after it was signed.
    """
    known = [one for one in answers if one.at <= at and one.on <= local_day(at)]
    ordered = sorted(known, key=lambda one: (one.on, one.at))
    return {(one.who, one.guardian): one for one in ordered}


def must_be_asked(asked: Asked, latest: Mapping[Person, Said]) -> frozenset[int]:
    """The guardians of a child without whose answer nothing is shared."""
    return frozenset(
        one
        for one in asked.guardians - asked.threats
        if not _has_no_custody(latest.get((Who.GUARDIAN, one)))
    )


def asks_guardians(asked: Asked, day: date) -> bool:
    """The pupil is, or may be, a child on the day."""
    return day < asked.comes_of_age.last


def needs_the_pupil(asked: Asked, day: date) -> bool:
    """The pupil is, or may be, of age on the day: without the pupil's own yes nothing is shared."""
    return day >= asked.comes_of_age.first


def coming_of_age(number: str, *, today: date) -> ComingOfAge:
    """When the person of a personal number turns 18, as far as the number tells.

    A co-ordination number's day is 60 higher. Of a month or a day that does not exist only the
    year counts. Ten figures: the latest century that is not after today, one earlier with `+`.
    Who is born on 29 February may turn 18 on the day before or the day after.
    """
    found = _NUMBER.fullmatch(number.strip())
    if found is None:
        return UNKNOWN_AGE
    year = _year(found, today) + OF_AGE
    month, day = int(found["month"]), int(found["day"]) % 60
    if (month, day) == (2, 29):
        return ComingOfAge(date(year, 2, 28), date(year, 3, 1))
    try:
        return ComingOfAge(date(year, month, day), date(year, month, day))
    except ValueError:
        return ComingOfAge(date(year, 1, 1), date(year, 12, 31))


def _year(found: re.Match[str], today: date) -> int:
    if found["century"]:
        return int(found["century"] + found["year"])
    this = today.year // 100
    century = this if int(found["year"]) <= today.year % 100 else this - 1
    return (century - (found["mark"] == "+")) * 100 + int(found["year"])


def _of_a_child(asked: Asked, latest: Mapping[Person, Said]) -> frozenset[Item]:
    asked_of = must_be_asked(asked, latest)
    if not asked_of:
        return NOTHING
    agreed = asked.items
    for one in asked_of:
        agreed &= _agreed(asked, latest, (Who.GUARDIAN, one))
    return agreed & _not_refused_by_the_child(asked, latest)


def _agreed(asked: Asked, latest: Mapping[Person, Said], person: Person) -> frozenset[Item]:
    said = latest.get(person)
    return asked.items & said.items if said is not None and said.state in GIVING else NOTHING


def _not_refused_by_the_child(asked: Asked, latest: Mapping[Person, Said]) -> frozenset[Item]:
    said = latest.get(PUPIL)
    if said is None or said.state == State.NOT_ASKED:
        return asked.items
    return NOTHING if said.state in SAYING_NO else said.items


def _has_no_custody(said: Said | None) -> bool:
    return said is not None and said.why_not_asked == WhyNotAsked.NO_CUSTODY
