"""Who may do what: one table, role × action × how near. A view without a row fails the build.

Each action names, for each role, the *relation* that lets the role do it: to its own class,
its own school, its own area, its own authority, a case it is assigned to, itself, or a
public page. What is not in the table nobody may. `tests/web/test_the_whole_matrix.py` walks
every cell through the real addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH, Role


class Relation(StrEnum):
    """How near a viewer has to be to what the page is about."""

    ANYONE = "anyone"  # the page holds nobody's data: no sign-in needed
    SELF = "self"  # one's own account, queue or figures
    OWN_CLASS = "own_class"  # a class the viewer is assigned to by name
    OWN_SCHOOL = "own_school"  # the school of the viewer's unit, or those under the unit
    OWN_AREA = "own_area"  # the area of the viewer's unit, or those under the unit
    OWN_AUTHORITY = "own_authority"  # everything of the viewer's authority
    COLLABORATION_AREA = "collaboration_area"  # and what those it works with have published
    ASSIGNED = "assigned"  # a case or task given to this very person


@dataclass(frozen=True, slots=True)
class Action:
    """Something a page or a form does. `reads_pupils`: an answer without a log entry is refused."""

    name: str
    may: Mapping[Role, Relation]
    reads_pupils: bool = False
    is_public: bool = False


ACTIONS: dict[str, Action] = {}

EVERYONE = frozenset(Role)
CLASS_STAFF = frozenset({Role.TEACHER, Role.MENTOR})
SCHOOL_STAFF = STUDENT_HEALTH | LEADERS
WHOLE_AUTHORITY = frozenset(
    {Role.HEAD_OF_SCHOOLS, Role.ANALYST, Role.PROJECT_LEADER, Role.SYSTEM_OWNER}
)


def allow(
    name: str,
    *near: tuple[Iterable[Role], Relation],
    reads_pupils: bool = False,
) -> str:
    """Enter an action in the table. Each `near` gives roles the same relation. Returns the name."""
    if name in ACTIONS:
        raise ValueError(f"{name} is in the table already")
    may = {role: relation for roles, relation in near for role in roles}
    ACTIONS[name] = Action(name, may, reads_pupils=reads_pupils)
    return name


def public(name: str) -> str:
    """Enter a page that holds nobody's data and needs no sign-in."""
    if name in ACTIONS:
        raise ValueError(f"{name} is in the table already")
    ACTIONS[name] = Action(name, {}, is_public=True)
    return name
