"""Documents as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.models import Document
from narvaro.web.documents.pages import name_of_form
from narvaro.web.pupils.pages import name_of


@dataclass(frozen=True, slots=True)
class Row:
    """One document in a list."""

    public_id: str
    name: str
    about: str
    by: str
    at: datetime
    is_signed: bool
    is_mine: bool


def listed(documents: Iterable[Document], viewer: Viewer) -> list[Row]:
    """The documents as rows, in the order given."""
    return [
        Row(
            one.public_id,
            name_of_form(one),
            name_of(one.pupil) if one.pupil else one.unit.name,
            (one.signed_by or one.owner).name,
            one.signed_at or one.saved_at,
            one.is_signed,
            one.owner_id == viewer.account.pk,
        )
        for one in documents
    ]
