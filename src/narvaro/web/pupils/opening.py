"""A pupil with a protected identity is opened with a reason, each day anew."""

from __future__ import annotations

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.pupils.models import Pupil

OPENED = "opened_protected"


class Reason(models.TextChoices):
    """Why somebody on the list opens the pupil's page; what the log keeps."""

    OWN_PUPIL = "own_pupil", _("Eleven går i min klass eller grupp")
    CASE = "case", _("Jag arbetar med elevens stöd")
    ABSENCE = "absence", _("Jag följer upp elevens frånvaro")
    REGISTRATION = "registration", _("Jag rättar en registrering")


def reason_given(request: HttpRequest, viewer: Viewer, pupil: Pupil) -> str | None:
    """The reason given today for opening a protected pupil; empty for one who is not protected.

    None: it has to be asked for first, at `pupils.open_protected`.
    """
    if not pupil.is_protected:
        return ""
    day, reason = request.session.get(OPENED, {}).get(pupil.public_id, ("", ""))
    return reason if day == viewer.today.isoformat() else None


def remember(request: HttpRequest, viewer: Viewer, pupil: Pupil, reason: str) -> None:
    """Keep the reason for the day, in this browser's session."""
    opened = dict(request.session.get(OPENED, {}))
    opened[pupil.public_id] = (viewer.today.isoformat(), reason)
    request.session[OPENED] = opened
