"""What can be shared, and the words of an answer; each state is as good as another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Item(models.TextChoices):
    """A piece of information that is shared or not by itself. Nobody consents to all of them."""

    SCHOOL = "school", _("vilken skola och klass")
    ATTENDANCE = "attendance", _("frånvarons siffror, med deras datum")
    STEPS = "steps", _("vad som har gjorts och beslutats, med dagar")
    TALK = "talk", _("lärarens dokumentation av samtalet med hemmet")
    MAPPING = "mapping", _("kartläggningen")
    INVESTIGATION = "investigation", _("utredningen av frånvaron")
    STUDENT_HEALTH = "student_health", _("elevhälsans analys")
    OWN_WORDS = "own_words", _("elevens och vårdnadshavarnas egna ord")
    CONTACT = "contact", _("vårdnadshavarnas kontaktuppgifter")
    SUPPORT = "support", _("stöd som har prövats")
    PLAN = "plan", _("den samordnade planens gemensamma del")
    MINUTES = "minutes", _("anteckningar från gemensamma möten")


MOST_ITEMS = len(Item) - 1
"""A consent to everything would be one to nothing in particular."""


class Who(models.TextChoices):
    """Whose answer."""

    GUARDIAN = "guardian", _("vårdnadshavare")
    PUPIL = "pupil", _("eleven")


class State(models.TextChoices):
    """What somebody answered."""

    GIVEN = "given", _("samtycker")
    PARTLY = "partly", _("samtycker till en del")
    REFUSED = "refused", _("samtycker inte")
    WITHDRAWN = "withdrawn", _("har tagit tillbaka sitt samtycke")
    NOT_ASKED = "not_asked", _("inte tillfrågad")


GIVING = frozenset({State.GIVEN, State.PARTLY})
SAYING_NO = frozenset({State.REFUSED, State.WITHDRAWN})


class How(models.TextChoices):
    """The form of an answer; both hold."""

    ORAL = "oral", _("muntligt")
    WRITTEN = "written", _("skriftligt")


class WhyNotAsked(models.TextChoices):
    """Why somebody has not been asked. Only who has no custody need not answer."""

    THREAT = "threat", _("noterad som ett hot: frågas inte")
    NO_CUSTODY = "no_custody", _("har inte vårdnaden")
    NOT_REACHED = "not_reached", _("går inte att nå")
    TOO_YOUNG = "too_young", _("för ung för att ta ställning")
    OTHER = "other", _("annat skäl")
