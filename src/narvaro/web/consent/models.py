"""A question of consent, what each person answered, and support that was offered.

An answer is never changed or removed (`triggers.py`): who changes their mind answers again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from narvaro.timetable import local_day
from narvaro.web.accounts.models import Account, Authority, Unit, opaque
from narvaro.web.consent.items import How, Item, State, Who, WhyNotAsked
from narvaro.web.consent.reach import pupils_of
from narvaro.web.consent.rules import Asked, Said, coming_of_age, live_items
from narvaro.web.consent.support_models import Reply, SupportOffer, SupportOffers
from narvaro.web.pupils.models import Guardian, HeldBack, Pupil
from narvaro.web.pupils.numbers import decrypt
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

__all__ = [
    "Answer",
    "Consent",
    "Consents",
    "Reply",
    "SupportOffer",
    "SupportOffers",
    "asked_of",
    "live_items_of",
    "said",
]


class Consents(models.QuerySet["Consent"]):
    """Questions of consent, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Consents:
        """Those about pupils that the viewer may do the action to: on the school's side only."""
        return self.filter(pupil__in=pupils_of(viewer, action))

    def in_time(self, day: date) -> Consents:
        """Those whose time holds the day; whether anybody agreed is `live`."""
        return self.filter(from_on__lte=day, to_on__gte=day)

    def live(self, at: datetime) -> Consents:
        """Those by which something may be shared at the moment."""
        found = live_items_of(self.in_time(local_day(at)), at=at)
        return self.filter(pk__in=[pk for pk, items in found.items() if items])


class Consent(models.Model):
    """What somebody is asked to let another authority know, why, and from when to when.

    `items` are some of `Item`, never all. What was asked never changes; another question is
    another consent. `version` counts the answers, so that of two at once one is told.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    pupil = models.ForeignKey(Pupil, on_delete=models.PROTECT, related_name="consents")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    receiver_authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    purpose = SealedTextField()
    items = models.JSONField()
    from_on = models.DateField()
    to_on = models.DateField()
    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = Consents.as_manager()

    class Meta:
        """For a purpose, in order of time. The rest is refused by `triggers.py`."""

        constraints = (
            models.CheckConstraint(condition=~Q(purpose=""), name="a_consent_has_a_purpose"),
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")), name="a_consent_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(receiver_authority=F("authority")),
                name="a_consent_is_to_another_authority",
            ),
        )

    def save(self, *given: Any, **named: Any) -> None:
        """Kept with the authority on each side of the secrecy."""
        self.authority = self.pupil.authority
        self.receiver_authority = self.receiver.authority
        super().save(*given, **named)

    @property
    def asked_items(self) -> frozenset[Item]:
        """What was asked for."""
        return frozenset(map(Item, self.items))


_GUARDIANS = Q(who=Who.GUARDIAN, guardian__isnull=False)
_PUPILS = Q(who=Who.PUPIL, guardian__isnull=True)
_ASKED = Q(why_not_asked="") & Q(how__in=How.values) & ~Q(state=State.NOT_ASKED)
_NOT_ASKED = Q(state=State.NOT_ASKED, how="", why_not_asked__in=WhyNotAsked.values)


class Answer(models.Model):
    """What one person answered, on a day, recorded by somebody; the person's latest counts.

    `guardian` outlives a guardian that is removed with the pupil's names: only the number stays.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="answers")
    who = models.CharField(max_length=10, choices=Who.choices)
    guardian = models.ForeignKey(
        Guardian,
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    state = models.CharField(max_length=10, choices=State.choices)
    items = models.JSONField(default=list, blank=True)
    how = models.CharField(max_length=10, choices=How.choices, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    why_not_asked = models.CharField(max_length=12, choices=WhyNotAsked.choices, blank=True)

    class Meta:
        """In the order they were recorded; of somebody; asked in some way, or not for a reason."""

        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=_GUARDIANS | _PUPILS, name="an_answer_is_the_pupils_or_a_guardians"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="an_answer_is_one_of_the_states"
            ),
            models.CheckConstraint(
                condition=_ASKED | _NOT_ASKED, name="an_answer_says_how_or_why_not_asked"
            ),
        )

    def save(self, *given: Any, **named: Any) -> None:
        """Raises ValueError for somebody else's guardian."""
        if self.guardian is not None and self.guardian.pupil_id != self.consent.pupil_id:
            raise ValueError("The guardian is not one of the pupil's.")
        super().save(*given, **named)


def live_items_of(
    consents: Consents | Iterable[Consent], *, at: datetime
) -> dict[int, frozenset[Item]]:
    """What each consent (by database id) lets through at the moment; an empty set: nothing.

    Two or three questions to the database however many the consents are.
    """
    return {pk: live_items(one, at) for pk, one in asked_of(consents, at=at).items()}


def asked_of(consents: Consents | Iterable[Consent], *, at: datetime) -> dict[int, Asked]:
    """The consents as the rules see them, by database id."""
    asked = consents.select_related("pupil") if isinstance(consents, Consents) else consents
    found = list(asked)
    answers = _answers(found)
    guardians: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for pupil, pk, held_back in Guardian.objects.filter(
        pupil__in={one.pupil_id for one in found}
    ).values_list("pupil", "pk", "held_back"):
        guardians[pupil].append((pk, held_back))
    return {
        one.pk: Asked(
            one.asked_items,
            one.from_on,
            one.to_on,
            frozenset(pk for pk, _ in guardians[one.pupil_id]),
            frozenset(pk for pk, why in guardians[one.pupil_id] if why == HeldBack.THREAT),
            coming_of_age(decrypt(one.pupil.number_encrypted), today=local_day(at)),
            tuple(answers[one.pk]),
        )
        for one in found
    }


def _answers(consents: Iterable[Consent]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = defaultdict(list)
    for one in Answer.objects.filter(consent__in=[consent.pk for consent in consents]):
        found[one.consent_id].append(said(one))
    return found


def said(answer: Answer) -> Said:
    """An answer as the rules see it."""
    return Said(
        Who(answer.who),
        State(answer.state),
        answer.on,
        answer.at,
        frozenset(map(Item, answer.items)),
        answer.guardian_id,
        answer.why_not_asked,
    )
