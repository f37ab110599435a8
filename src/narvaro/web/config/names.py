"""Which words are names of pupils, for texts that should have none; the answer is yes or no."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.pupils.models import Pupil


def is_name_of_a_pupil(viewer: Viewer, words: Collection[str]) -> bool:
    """Some word is a name of a pupil whom the viewer's lists name: nobody with a protected identity.

    Who tries names here learns nothing that the list of the own school does not say.
    """
    named = Pupil.objects.named_to(viewer, "consultations.book")
    return named.filter(Q(given_name__in=words) | Q(family_name__in=words)).exists()
