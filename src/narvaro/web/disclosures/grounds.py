"""On what ground something may be told to another authority, and why it stops being told.

Source: the Public Access to Information and Secrecy Act (OSL 2009:400): secrecy is lifted by the
consent of whom it protects (12 kap. 2 §), broken by a duty that a law or an ordinance says
(10 kap. 28 §), or does not hold because nobody is harmed (the paragraphs of chapter 23).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """The ground; each demands what shows that it is there."""

    CONSENT = "consent", _("samtycke som häver sekretessen")
    DUTY = "duty", _("skyldighet enligt lag")
    HARM_TEST = "harm_test", _("menprövning")


class Because(models.TextChoices):
    """Why a disclosure was ended before its last day."""

    DONE = "done", _("behövs inte längre")
    MISTAKE = "mistake", _("skickades av misstag")
    CHANGED = "changed", _("uppgifterna stämmer inte längre")
    WITHDRAWN = "withdrawn", _("samtycket gäller inte längre")


CHOSEN = (Because.DONE, Because.MISTAKE, Because.CHANGED)
"""The reasons that somebody chooses; the rest follow from what happened."""
LONGEST_DAYS = 366
