"""Which of the values in an address are ids of something that is there."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from django.db.models import Model

LENGTH = 22


def known_ids(values: Collection[str]) -> set[str]:
    """Those that are the public id of any row; one question to the database, or none."""
    shaped = [one for one in values if len(one) == LENGTH]
    if not shaped:
        return set()
    tables = _tables()
    marks = ", ".join(["%s"] * len(shaped))
    asked = " UNION ".join(
        f"SELECT public_id FROM {connection.ops.quote_name(one)} WHERE public_id IN ({marks})"
        for one in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(asked, shaped * len(tables))
        return {str(one) for (one,) in cursor.fetchall()}


@cache
def _tables() -> tuple[str, ...]:
    return tuple(sorted({one._meta.db_table for one in apps.get_models() if _has_public_id(one)}))


def _has_public_id(model: type[Model]) -> bool:
    try:
        return bool(model._meta.get_field("public_id"))
    except FieldDoesNotExist:
        return False
