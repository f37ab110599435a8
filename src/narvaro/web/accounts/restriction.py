"""Who may read a text about a pupil: in the house everyone in scope, or some professions only.

Source: the Public Access to Information and Secrecy Act (OSL 2009:400) chapter 23, 2 §: what a
psychologist, a counsellor or special pupil support holds is secret with other marks than what a
school otherwise keeps; a nurse's and a doctor's notes belong to medical records and stay there.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.roles import LEADERS, STUDENT_HEALTH, Role


class Restriction(models.TextChoices):
    """How far a text may be read by those who have the pupil in their scope."""

    ORDINARY = "ordinary", _("vanlig")
    PUPIL_SUPPORT = "pupil_support", _("elevstödjande")
    STUDENT_HEALTH = "student_health", _("elevhälsa")


READERS: dict[Restriction, frozenset[Role]] = {
    Restriction.ORDINARY: frozenset(Role),
    Restriction.PUPIL_SUPPORT: LEADERS | STUDENT_HEALTH | {Role.MENTOR, Role.COORDINATOR},
    Restriction.STUDENT_HEALTH: STUDENT_HEALTH - {Role.SPECIAL_EDUCATOR},
}
"""The professions that read each kind without asking. A principal whose decision demands what
student health wrote opens it with a reason, which is logged: see `may_open`."""


def may_read(role: Role, restriction: Restriction | str) -> bool:
    """The role reads texts of this kind about pupils in its scope."""
    return role in READERS[Restriction(restriction)]


def may_open(role: Role, restriction: Restriction | str) -> bool:
    """The role reads texts of this kind, or opens one by giving a reason that is logged."""
    return may_read(role, restriction) or role in LEADERS


def readers_of(restriction: Restriction | str) -> list[str]:
    """The professions that can read it, as said before somebody writes it."""
    return [str(role.label) for role in Role if role in READERS[Restriction(restriction)]]
