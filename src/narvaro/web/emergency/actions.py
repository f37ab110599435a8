"""Every write of an emergency: a pupil opened, somebody who was not there, a review."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import Account, Unit
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.emergency.finding import MISSED, OPEN, openable, there, told_of
from narvaro.web.emergency.models import Finding, Opening, Review, Told, Why
from narvaro.web.messages.letters import Link, queue_letter
from narvaro.web.pupils.models import Pupil

REVIEW = "emergency.review"


def open_pupil(
    *, pupil: Pupil, school: Unit, why: Why, words: str, by: Viewer, at: datetime
) -> Opening:
    """Open a pupil of the own authority for three hours, and tell those who review it.

    Raises Refused when the pupil cannot be opened so, or when there is nobody to tell.
    """
    with transaction.atomic():
        if not openable(there(by, school)).filter(pk=pupil.pk).exists():
            raise Refused(_("Eleven kan inte öppnas här. Ring skolans rektor."))
        told = {one.account_id: one.account for one in told_of(by, school) if one.account}
        if not told:
            raise Refused(_("Det finns ingen att underrätta. Ring skolan."))
        made = Opening.objects.create(
            pupil=pupil,
            school=school,
            account=by.account,
            assignment=by.assignment,
            why=why,
            words=words,
            opened_at=at,
        )
        Told.objects.bulk_create(Told(opening=made, account=one) for one in told.values())
        for account in told.values():
            _tell(made, account, by=by, at=at)
        subjects = [f"pupil:{pupil.public_id}", f"opening:{made.public_id}"]
        write_entry(by.actor, OPEN, kind=Kind.WRITE, at=at, subjects=subjects, reason=why)
    return made


def _tell(opening: Opening, account: Account, *, by: Viewer, at: datetime) -> None:
    """By mail, which the person who opened cannot undo; the row in the queue is there at once."""
    queue_letter(
        "emergency/mail/opened.txt",
        {"opened_at": at, "link": Link(reverse("emergency_review", args=[opening.public_id]))},
        key=f"emergency:{opening.public_id}:{account.public_id}",
        to=account,
        authority=by.authority,
        by=None,
        at=at,
        action="emergency.tell",
    )


def note_miss(*, protected: list[Pupil], by: Viewer, at: datetime) -> None:
    """Note that somebody was looked for and not opened; the answer is the same for whoever it was."""
    subjects = [f"pupil:{one.public_id}" for one in protected]
    write_entry(by.actor, OPEN, kind=Kind.REFUSED, at=at, subjects=subjects, reason=MISSED)


def review(*, opening: Opening, finding: Finding, words: str, by: Viewer, at: datetime) -> Review:
    """Keep what a second person found. Raises Refused for one's own, and for one that is reviewed."""
    with transaction.atomic():
        mine = Opening.objects.visible_to(by, REVIEW).select_for_update(no_key=True)
        found = mine.filter(pk=opening.pk).first()
        if found is None or Review.objects.filter(opening=found).exists():
            raise Refused(_("Nödåtkomsten är redan granskad."))
        made = Review.objects.create(
            opening=found, by=by.account, at=at, finding=finding, words=words
        )
        subjects = [f"pupil:{found.pupil.public_id}", f"opening:{found.public_id}"]
        write_entry(by.actor, REVIEW, kind=Kind.WRITE, at=at, subjects=subjects, reason=finding)
    return made
