"""Two people at the same thing: the second is told, and nothing is overwritten."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from narvaro.errors import BadRequest

Row = TypeVar("Row", bound=Model)


class ChangedMeanwhile(BadRequest):
    """Somebody else saved the thing after this form was opened."""


class Refused(BadRequest):
    """What was asked for cannot be; the message says why, to the person who asked."""


def locked(rows: QuerySet[Row], pk: Any, *, version: int) -> Row:
    """The row, locked until the transaction ends, its `version` one higher.

    Raises `ChangedMeanwhile` when its version is no longer the one that the form showed.
    """
    row: Any = rows.select_for_update(no_key=True).get(pk=pk)
    if row.version != version:
        raise ChangedMeanwhile(f"{rows.model.__name__} was changed by somebody else")
    row.version += 1
    found: Row = row
    return found
