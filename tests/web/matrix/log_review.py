"""Reviews of the log."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.urls import reverse
from tests.web.matrix_town import SCHOOL, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.audit.models import Review, Reviewed

NOON = datetime(2026, 12, 2, 11, tzinfo=UTC)


def made(town: MatrixTown, whose: Assignment) -> Review:
    assert whose.account is not None
    review = Review.objects.create(
        by=whose.account.public_id,
        unit=town.units[SCHOOL].public_id,
        at=NOON,
        sample="random",
        from_on=date(2026, 11, 1),
        to_on=date(2026, 12, 1),
        population=0,
    )
    Reviewed.objects.create(review=review, number=1)
    return review


def reviews(_town: MatrixTown, _whose: Assignment) -> list[Call]:
    period = {"sample": "random", "from_on": "2026-11-01", "to_on": "2026-12-01"}
    return [Call(reverse("log_reviews")), Call(reverse("log_reviews"), data=period)]


def review(town: MatrixTown, _whose: Assignment) -> Call:
    url = reverse("log_review", args=[made(town, town.colleague).public_id])
    return Call(url, at=SCHOOL)


def outcome(town: MatrixTown, whose: Assignment) -> Call:
    url = reverse("log_review_outcome", args=[made(town, whose).public_id])
    return Call(url, at=SCHOOL, data={"number": "1", "outcome": "in_order"})


def close(town: MatrixTown, whose: Assignment) -> Call:
    url = reverse("log_review_close", args=[made(town, whose).public_id])
    return Call(url, at=SCHOOL, data={"conclusion": "nothing_found"})


ADDRESSES: Addresses = {
    "log_reviews": reviews,
    "log_review": review,
    "log_review_outcome": outcome,
    "log_review_close": close,
}
