"""Names and contacts: handed on as they are read, never written, logged or kept here.

The classes follow the exchange format's tables for people. They do not print what they hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """A pupil's row of `identities`; `protection` as in `pupils`."""

    pupil: str
    given_name: str
    family_name: str
    personal_number: str | None = None
    email: str | None = None
    protection: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Guardian:
    """A row of `guardians`."""

    pupil: str
    guardian: str
    given_name: str
    family_name: str
    contact: str | None = None
    protection: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Staff:
    """A row of `staff`; `role` in the source's own words, `class_` for a mentor."""

    staff: str
    given_name: str
    family_name: str
    role: str
    organisation: str
    email: str | None = None
    class_: str | None = None
    percentage: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


class IdentitySink(Protocol):
    """Where a caller wants names to go; without one they are dropped as they are read."""

    def pupil(self, identity: Identity) -> None:
        """Take a pupil's names."""

    def guardian(self, guardian: Guardian) -> None:
        """Take a guardian of one pupil."""

    def staff(self, staff: Staff) -> None:
        """Take one duty of a member of staff."""


@dataclass(frozen=True, slots=True)
class Post:
    """A duty without a name: what the sink is told once the person is read."""

    role: str
    organisation: str
    percentage: int | None
    starts_on: date | None
    ends_on: date | None
    class_: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Adult:
    """A person who is no pupil, for as long as persons are read."""

    given_name: str
    family_name: str
    contact: str | None
    protection: str | None


@dataclass(slots=True, repr=False)
class People:
    """Joins guardians and duties to their names while persons are read, then forgets them."""

    sink: IdentitySink
    posts: dict[str, list[Post]] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)
    _links: dict[str, set[str]] = field(default_factory=dict)
    _adults: dict[str, Adult] = field(default_factory=dict)

    def pupil(self, identity: Identity) -> None:
        """Hand a pupil on, once: servers that ignore filters name everybody several times."""
        if identity.pupil not in self._told:
            self._told.add(identity.pupil)
            self.sink.pupil(identity)

    def link(self, pupil: str, guardian: str) -> None:
        """Remember who answers for a pupil."""
        self._links.setdefault(guardian, set()).add(pupil)

    def adult(self, guardian: str, staff: str, adult: Adult) -> None:
        """Hand on the person's duties now; keep the names until the guardians are known."""
        if guardian in self._adults:
            return
        self._adults[guardian] = adult
        for post in self.posts.get(staff, ()):
            self.sink.staff(_staff(staff, adult, post))

    def finish(self) -> None:
        """Hand on the guardians and forget everybody."""
        for guardian in self._guardians():
            self.sink.guardian(guardian)
        self._told.clear()
        self._links.clear()
        self._adults.clear()
        self.posts.clear()

    def _guardians(self) -> Iterator[Guardian]:
        for key, pupils in self._links.items():
            adult = self._adults.get(key)
            if adult is None:
                continue
            for pupil in sorted(pupils):
                yield Guardian(
                    pupil,
                    key,
                    adult.given_name,
                    adult.family_name,
                    contact=adult.contact,
                    protection=adult.protection,
                )


def _staff(key: str, adult: Adult, post: Post) -> Staff:
    return Staff(
        key,
        adult.given_name,
        adult.family_name,
        post.role,
        post.organisation,
        email=adult.contact if adult.contact and "@" in adult.contact else None,
        class_=post.class_,
        percentage=post.percentage,
        starts_on=post.starts_on,
        ends_on=post.ends_on,
    )
