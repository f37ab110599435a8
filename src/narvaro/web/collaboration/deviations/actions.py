"""The write of a deviation: signed by a person, with words of their own."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.changed import Refused, locked
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.collaboration.actions.telling import tell
from narvaro.web.collaboration.models import Deviation


def sign(*, deviation: Deviation, words: str, version: int, by: Viewer, at: datetime) -> None:
    """Sign it: it is never changed any more, and counts. Raises Refused, ChangedMeanwhile."""
    with transaction.atomic():
        kept = locked(
            Deviation.objects.select_related("call__pupil"), deviation.pk, version=version
        )
        if kept.signed_at is not None:
            raise Refused(_("Avvikelsen är redan undertecknad."))
        kept.words, kept.signed_at, kept.signed_by = words, at, by.account
        kept.save()
        tell(by, "deviations.sign", kept.call, at, f"deviation:{kept.public_id}")
