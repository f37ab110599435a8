"""What a programme says of working with other authorities."""

from __future__ import annotations

from narvaro.programmes.model import Collaboration
from narvaro.programmes.programme import Programme


def collaboration_of(programme: Programme) -> Collaboration:
    """The names and days of a programme; what its file leaves out is assumed, and says so."""
    return programme.collaboration
