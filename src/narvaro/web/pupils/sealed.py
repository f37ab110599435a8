"""Texts about pupils that lie encrypted in the database."""

from __future__ import annotations

from narvaro.web.accounts.sealed import SealedText


class SealedTextField(SealedText):
    """A text about a pupil, kept encrypted with the second secret; it cannot be searched."""
