"""Every write to log reviews."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Conclusion, Entry, Kind, Outcome, Review, Reviewed
from narvaro.web.overview.log_review.draw import Wish, drawn, pool


@transaction.atomic
def begin(*, wish: Wish, by: Viewer, at: datetime) -> Review:
    """Draw a sample and keep which entries it holds."""
    numbers = pool(by, wish)
    review = Review.objects.create(
        by=by.account.public_id,
        unit=by.unit.public_id,
        at=at,
        sample=wish.sample,
        target=f"{wish.target}:{wish.about}".strip(":"),
        from_on=wish.from_on,
        to_on=wish.to_on,
        population=len(numbers),
    )
    Reviewed.objects.bulk_create(
        Reviewed(review=review, number=number) for number in drawn(numbers, seed=review.seed)
    )
    _tell(by, "audit.reviews", at, review)
    return review


@transaction.atomic
def note(*, review: Review, number: int, outcome: Outcome, by: Viewer, at: datetime) -> None:
    """Say what was found of an entry. Raises `Refused`."""
    _hold_open(review)
    row = review.drawn.select_for_update(no_key=True).filter(number=number).first()
    if row is None:
        raise Refused(_("Händelsen hör inte till granskningen."))
    if Entry.objects.filter(number=number, account=by.account.public_id).exists():
        raise Refused(_("Ingen granskar sina egna händelser."))
    row.outcome = outcome
    row.save(update_fields=["outcome"])
    _tell(by, "audit.review_outcome", at, review, f"entry:{number}", reason=str(outcome))


@transaction.atomic
def close(*, review: Review, conclusion: Conclusion, note: str, by: Viewer, at: datetime) -> None:
    """End a review; nothing of it changes afterwards. Raises `Refused` while an entry is open."""
    _hold_open(review)
    if review.drawn.filter(outcome="").exists():
        raise Refused(_("Ange ett utfall för varje händelse först."))
    review.closed_at, review.conclusion, review.note = at, conclusion, note
    review.save(update_fields=["closed_at", "conclusion", "note"])
    _tell(by, "audit.review_close", at, review, reason=str(conclusion))


def _hold_open(review: Review) -> None:
    if Review.objects.select_for_update(no_key=True).get(pk=review.pk).closed_at is not None:
        raise Refused(_("Granskningen är avslutad."))


def _tell(
    by: Viewer, action: str, at: datetime, review: Review, *more: str, reason: str = ""
) -> None:
    subjects = [f"review:{review.public_id}", *more]
    write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects, reason=reason)
