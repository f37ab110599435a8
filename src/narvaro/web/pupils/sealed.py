"""Texts about pupils that lie encrypted in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from narvaro.web.pupils.numbers import decrypt, encrypt

if TYPE_CHECKING:
    Text = models.TextField[str, str]
else:
    Text = models.TextField


class SealedTextField(Text):
    """A text that the database keeps encrypted with the second secret; it cannot be searched.

    An empty text stays empty. Raises WrongKeyFile when read with another secret.
    """

    def get_prep_value(self, value: Any) -> str:
        """The text as it lies in the database."""
        return encrypt(str(value or "")).decode()

    def from_db_value(self, value: str | None, *_: Any) -> str:
        """The text again."""
        return decrypt((value or "").encode())

    def value_to_string(self, obj: models.Model) -> str:
        """Never written out in clear by a dump of the database."""
        return str(self.get_prep_value(self.value_from_object(obj)))
