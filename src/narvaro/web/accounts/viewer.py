"""Who is looking: an account in one of its assignments on a day, and what that lets it reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from narvaro.web.accounts.models import Account, Assignment, Authority, Unit, UnitKind
from narvaro.web.accounts.permissions import ACTIONS, Relation
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.tree import below, raised
from narvaro.web.audit.chain import Actor


@dataclass(frozen=True, slots=True)
class Reach:
    """What an action lets a viewer see: units by kind, as database ids and as ledger keys."""

    authority: Authority | None = None
    unit_ids: frozenset[int] = frozenset()
    school_keys: frozenset[str] = frozenset()
    class_keys: frozenset[str] = frozenset()
    whole_schools: bool = False
    is_self: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing can be reached."""
        return not (self.unit_ids or self.is_self)


NOTHING = Reach()


@dataclass(frozen=True)
class Viewer:
    """An account, the assignment it acts in, the day, and the moment of the request."""

    account: Account
    assignment: Assignment
    today: date
    now: datetime

    @property
    def role(self) -> Role:
        """The role acted in."""
        return Role(self.assignment.role)

    @property
    def unit(self) -> Unit:
        """The unit the role is held at."""
        return self.assignment.unit

    @property
    def authority(self) -> Authority:
        """The side of the secrecy boundary."""
        return self.unit.authority

    @property
    def staff_keys(self) -> tuple[str, ...]:
        """The viewer's own keys in the ledger."""
        return tuple(self.account.staff_keys)

    def may(self, action: str) -> bool:
        """The table has a row for the role; what of it can be reached is `reach`."""
        return self.role in ACTIONS[action].may

    def reach(self, action: str) -> Reach:
        """What the action lets this viewer see, today. Nothing, if the table has no row."""
        relation = ACTIONS[action].may.get(self.role)
        if relation is None:
            return NOTHING
        if relation in (Relation.SELF, Relation.ASSIGNED):
            return Reach(authority=self.authority, is_self=True)
        return self._reach_of(relation)

    def _reach_of(self, relation: Relation) -> Reach:
        if relation not in self._reaches:
            self._reaches[relation] = self._found(relation)
        return self._reaches[relation]

    def _found(self, relation: Relation) -> Reach:
        found = self._within(relation)
        schools = frozenset(one.key for one in found if one.kind == UnitKind.SCHOOL)
        classes = frozenset(one.key for one in found if one.kind == UnitKind.CLASS)
        return Reach(
            authority=self.authority,
            unit_ids=frozenset(one.pk for one in found),
            school_keys=schools,
            class_keys=classes,
            whole_schools=relation != Relation.OWN_CLASS,
        )

    def _within(self, relation: Relation) -> tuple[Unit, ...]:
        if relation == Relation.OWN_CLASS:
            return tuple(one for one in self._mine if one.kind == UnitKind.CLASS)
        if relation in (Relation.OWN_AUTHORITY, Relation.COLLABORATION_AREA):
            return tuple(Unit.objects.filter(authority=self.authority)) if self._mine else ()
        level = UnitKind.AREA if relation == Relation.OWN_AREA else UnitKind.SCHOOL
        return below((raised(one, level, on=self.today) for one in self._mine), on=self.today)

    @cached_property
    def _mine(self) -> tuple[Unit, ...]:
        """The units of every assignment of this role on this side of the boundary."""
        in_role = self.account.assignments.in_force(self.today).filter(role=self.role)
        return tuple(
            Unit.objects.filter(assignments__in=in_role, authority=self.authority).distinct()
        )

    @cached_property
    def _reaches(self) -> dict[Relation, Reach]:
        return {}

    @property
    def actor(self) -> Actor:
        """The viewer as the log knows them."""
        return Actor(self.account.public_id, str(self.role), self.unit.public_id)
