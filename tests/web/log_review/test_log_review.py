"""A sample of the log is drawn, looked at, and closed with a conclusion."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.web.conftest import Town

from narvaro.web.accounts.clock import STOCKHOLM
from narvaro.web.accounts.models import Assignment
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.chain import Actor, write_entry
from narvaro.web.audit.models import Entry, Kind, Review, Reviewed

TODAY = date.today()  # noqa: DTZ011
NOON = datetime.combine(TODAY, datetime.min.time(), STOCKHOLM) - timedelta(days=1, hours=-12)
while NOON.weekday() >= 5:
    NOON -= timedelta(days=1)
PUPIL = "p" * 22


def actor_of(one: Assignment) -> Actor:
    assert one.account is not None
    return Actor(one.account.public_id, one.role, one.unit.public_id)


def seen(
    by: Assignment, count: int = 1, *, kind: Kind = Kind.READ, at: datetime = NOON
) -> list[int]:
    return [
        write_entry(
            actor_of(by), "pupils.pupil", kind=kind, at=at, subjects=[f"pupil:{PUPIL}"]
        ).number
        for _ in range(count)
    ]


def begun(browser: Client, **more: str) -> Review:
    given = {
        "sample": "random",
        "from_on": (TODAY - timedelta(days=7)).isoformat(),
        "to_on": TODAY.isoformat(),
        **more,
    }
    answer = browser.post("/logg/", given)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Review.objects.get(public_id=answer["Location"].strip("/").split("/")[-1])


def numbers(review: Review) -> list[int]:
    return list(review.drawn.values_list("number", flat=True))


def test_a_principal_reviews_the_staff_of_the_own_school_only(town: Town) -> None:
    mine = seen(town.somebody(Role.TEACHER, "almskolan/7B"), 2)
    seen(town.somebody(Role.TEACHER, "bjorkskolan/7A"), 2)

    review = begun(town.browser(Role.PRINCIPAL, "almskolan"))

    assert numbers(review) == mine
    assert review.population == 2


def test_nobody_draws_their_own_entries(town: Town) -> None:
    principal = town.somebody(Role.PRINCIPAL, "almskolan")
    seen(principal, 3)

    assert numbers(begun(town.signed_in(principal))) == []


def test_a_random_sample_holds_twenty_and_can_be_drawn_again_by_its_seed(town: Town) -> None:
    from narvaro.web.overview.log_review.draw import drawn

    every = seen(town.somebody(Role.TEACHER, "almskolan/7B"), 60)

    review = begun(town.browser(Role.PRINCIPAL, "almskolan"))

    assert len(numbers(review)) == 20
    assert numbers(review) == drawn(every, seed=review.seed)
    assert numbers(review) != drawn(every, seed="another")


@pytest.mark.parametrize("target", ["refused", "taken_out", "off_hours", "account", "subject"])
def test_a_targeted_sample_holds_what_it_is_directed_at(town: Town, target: str) -> None:
    somebody, other = (town.somebody(Role.TEACHER, "almskolan/7B") for _ in range(2))
    expected = {
        "refused": seen(other, kind=Kind.REFUSED),
        "taken_out": seen(other, kind=Kind.EXPORT) + seen(other, kind=Kind.PRINT),
        "off_hours": seen(other, at=NOON + timedelta(hours=9)),
        "account": seen(somebody, 2),
    }
    expected["subject"] = sorted(number for some in expected.values() for number in some)
    plain = write_entry(actor_of(other), "pupils.list", kind=Kind.READ, at=NOON)
    assert somebody.account is not None
    given = {"target": target, "account": somebody.account.public_id, "subject": PUPIL}

    review = begun(town.browser(Role.PRINCIPAL, "almskolan"), sample="targeted", **given)

    assert numbers(review) == expected[target]
    assert plain.number not in numbers(review)


def test_an_outcome_for_each_and_a_conclusion_end_a_review(town: Town) -> None:
    first, second = seen(town.somebody(Role.TEACHER, "almskolan/7B"), 2)
    principal = town.browser(Role.PRINCIPAL, "almskolan")
    review = begun(principal)
    address = f"/logg/{review.public_id}/"

    principal.post(f"{address}utfall/", {"number": first, "outcome": "in_order"})
    principal.post(f"{address}avsluta/", {"conclusion": "nothing_found"})
    review.refresh_from_db()
    assert review.closed_at is None  # one has no outcome yet

    principal.post(f"{address}utfall/", {"number": second, "outcome": "deviation"})
    principal.post(f"{address}avsluta/", {"conclusion": "reported", "note": "Se ärende."})
    review.refresh_from_db()
    assert (review.conclusion, review.note) == ("reported", "Se ärende.")

    principal.post(f"{address}utfall/", {"number": second, "outcome": "in_order"})
    assert review.drawn.get(number=second).outcome == "deviation"  # closed is closed
    written = Entry.objects.filter(kind=Kind.WRITE).order_by("number")
    assert [(one.action, one.reason) for one in written] == [
        ("audit.reviews", ""),
        ("audit.review_outcome", "in_order"),
        ("audit.review_outcome", "deviation"),
        ("audit.review_close", "reported"),
    ]


def test_a_review_is_read_by_those_over_it_and_changed_by_nobody_else(town: Town) -> None:
    (number,) = seen(town.somebody(Role.TEACHER, "almskolan/7B"))
    review = begun(town.browser(Role.PRINCIPAL, "almskolan"))
    address = f"/logg/{review.public_id}/"
    officer = town.browser(Role.DATA_PROTECTION_OFFICER, "linnasa")
    neighbour = town.browser(Role.PRINCIPAL, "bjorkskolan")

    assert officer.get(address).status_code == 200
    assert neighbour.get(address).status_code == 404
    for browser in (officer, neighbour):
        given = {"number": number, "outcome": "in_order"}
        assert browser.post(f"{address}utfall/", given).status_code == 404


def test_the_page_shows_who_and_the_pupils_opaque_id_only(town: Town) -> None:
    seen(town.somebody(Role.TEACHER, "almskolan/7B", name="Lärare Provsson"))
    principal = town.browser(Role.PRINCIPAL, "almskolan")
    review = begun(principal)

    page = principal.get(f"/logg/{review.public_id}/").content.decode()

    assert "Lärare Provsson" in page
    assert PUPIL in page
    assert Entry.objects.filter(action="audit.review", kind=Kind.READ).count() == 1


def test_an_entry_that_was_cut_away_is_shown_as_such(town: Town) -> None:
    principal = town.browser(Role.PRINCIPAL, "almskolan")
    review = begun(principal)
    Reviewed.objects.create(review=review, number=99)

    assert "borttagen ur loggen" in principal.get(f"/logg/{review.public_id}/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"sample": "targeted"},
        {"sample": "targeted", "target": "account"},
        {"sample": "targeted", "target": "subject", "subject": "Elev Provsson"},
        {"to_on": "2020-01-01"},
        {"from_on": "2020-01-01"},
        {"sample": "all"},
    ],
)
def test_a_sample_that_cannot_be_meant_is_asked_for_again(
    town: Town, wrong: dict[str, str]
) -> None:
    given = {"sample": "random", "from_on": TODAY.isoformat(), "to_on": TODAY.isoformat(), **wrong}

    answer = town.browser(Role.PRINCIPAL, "almskolan").post("/logg/", given)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert Review.objects.count() == 0


def test_a_review_is_closed_with_a_conclusion(town: Town) -> None:
    review = begun(town.browser(Role.PRINCIPAL, "almskolan"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(closed_at=NOON)


def test_an_entry_is_drawn_once_in_a_review(town: Town) -> None:
    review = begun(town.browser(Role.PRINCIPAL, "almskolan"))
    Reviewed.objects.create(review=review, number=7)

    with pytest.raises(IntegrityError), transaction.atomic():
        Reviewed.objects.create(review=review, number=7)
