"""People, authorities, units and who serves where; everything with dates."""

from __future__ import annotations

import secrets
from datetime import date
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.roles import Role


def opaque() -> str:
    """An id that says nothing: 128 random bits in 22 letters."""
    return secrets.token_urlsafe(16)


def on_day(day: date, prefix: str = "") -> Q:
    """The rows in force on a day."""
    open_or_later = Q(**{f"{prefix}to_on__isnull": True}) | Q(**{f"{prefix}to_on__gte": day})
    return Q(**{f"{prefix}from_on__lte": day}) & open_or_later


def is_on(day: date, from_on: date, to_on: date | None) -> bool:
    """What `on_day` asks of the database, of two dates: both days included, None is open."""
    return from_on <= day and (to_on is None or day <= to_on)


def _ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")), name=name
    )


class CollaborationArea(models.Model):
    """Authorities that have agreed to work together; it lets nobody see anything by itself."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    name = models.CharField(max_length=120)


class AuthorityKind(models.TextChoices):
    """What sort of authority; each is its own side of a secrecy boundary."""

    SCHOOL = "school_authority", _("skolhuvudman")
    SOCIAL_SERVICES = "social_services", _("socialtjänst")
    REGION = "region", _("region")
    PRIMARY_CARE = "primary_care", _("primärvård")
    LABOUR_MARKET = "labour_market_administration", _("arbetsmarknadsförvaltning")
    RESEARCH = "research_unit", _("FoU-enhet")


class Authority(models.Model):
    """A school authority or another agency. `key` is the organisation's key in the ledger."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, choices=AuthorityKind.choices)
    key = models.CharField(max_length=64, blank=True)
    collaboration_area = models.ForeignKey(
        CollaborationArea, null=True, blank=True, on_delete=models.SET_NULL
    )

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    """The levels of a school authority's tree; other authorities have offices."""

    AUTHORITY = "authority", _("huvudman")
    AREA = "area", _("område")
    SCHOOL = "school", _("skola")
    CLASS = "class", _("klass")
    OFFICE = "office", _("enhet")


class Unit(models.Model):
    """A place somebody can serve at. `key` is its key in the ledger (school, class), or empty."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="units")
    kind = models.CharField(max_length=10, choices=UnitKind.choices)
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """One unit for each key of an authority."""

        constraints = (
            models.UniqueConstraint(
                fields=["authority", "kind", "key"],
                condition=~Q(key=""),
                name="one_unit_for_each_key",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where a unit hangs in the tree, from a day to a day: districts dissolve (A-R-19)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="placements")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="children")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    comes_from_source = models.BooleanField(default=False)

    class Meta:
        """A placement ends no earlier than it starts."""

        constraints = (_ends_after_it_starts("a_placement_ends_after_it_starts"),)


class Accounts(BaseUserManager["Account"]):
    """Makes accounts; there is no sign-up."""

    def create_user(self, email: str, password: str | None = None, **more: object) -> Account:
        """Make an account; without a password it cannot be signed in to by one."""
        account = self.model(email=self.normalize_email(email).lower(), **more)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Somebody who works here. `staff_keys` are their keys in the ledger, by source."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    staff_keys = models.JSONField(default=list, blank=True)
    language = models.CharField(max_length=2, default="sv")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.name


class Assignments(models.QuerySet["Assignment"]):
    """Who serves where."""

    def in_force(self, day: date) -> Assignments:
        """Those whose time holds the day."""
        return self.filter(on_day(day))


class Assignment(models.Model):
    """A role at a unit for a time. Without an account the post is vacant, and shown as such."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    account = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="assignments"
    )
    role = models.CharField(max_length=40, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    percentage = models.PositiveSmallIntegerField(default=100)
    stands_in_for = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="stand_ins"
    )
    comes_from_source = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    objects = Assignments.as_manager()

    class Meta:
        """An assignment ends no earlier than it starts; nobody works more than whole time."""

        constraints = (
            _ends_after_it_starts("an_assignment_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(percentage__gte=1, percentage__lte=100),
                name="a_percentage_is_between_1_and_100",
            ),
        )


class Decision(models.TextChoices):
    """What became of a proposed role."""

    APPROVED = "approved", _("godkänt")
    DECLINED = "declined", _("avböjt")


class ProposedRole(models.Model):
    """A role that a source tells of, and that nobody has until a second person approves it.

    `senders` are the opaque ids of the accounts that sent it or pointed at the server; none of
    them approves it. `assignment` is what an approval gave. `decided_together` is the same for
    those that were decided at once, with one reason.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="proposed_roles")
    role = models.CharField(max_length=40, choices=Role.choices)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="proposed_roles")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    percentage = models.PositiveSmallIntegerField(default=100)
    senders = models.JSONField(default=list)
    proposed_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True)
    decided_together = models.CharField(max_length=22, blank=True)
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """A proposal ends no earlier than it starts; a decision has its moment."""

        constraints = (
            _ends_after_it_starts("a_proposed_role_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="a_decided_role_has_a_moment",
            ),
        )
