"""The words a case is described with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Compartment(models.TextChoices):
    """A preschool child's case lies apart: no rule about compulsory attendance speaks of it."""

    SCHOOL = "school", _("skola")
    PRESCHOOL = "preschool", _("förskola")


class OpenedBecause(models.TextChoices):
    """What made somebody open a case."""

    FLAG = "flag", _("en flagga")
    STAFF = "staff", _("någon på skolan har sett något")
    GUARDIAN = "guardian", _("vårdnadshavare har hört av sig")
    PUPIL = "pupil", _("eleven har bett om det")
    AGENCY = "agency", _("en annan verksamhet har hört av sig")


class Decision(models.TextChoices):
    """How a step ends. A step is never just done: somebody decides, and says why (A-R-37)."""

    CLOSE = "close", _("Avsluta ärendet")
    WATCH = "watch", _("Följ till ett datum")
    CONTINUE = "continue", _("Fortsätt steget till ett datum")
    NEXT = "next", _("Gå vidare till nästa steg")
    ESCALATE = "escalate", _("Lyft till nästa ansvariga")
    RETURN = "return", _("Lämna tillbaka med besked")
