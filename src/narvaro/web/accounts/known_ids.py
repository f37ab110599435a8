"""Which of the values in an address are ids of something that is there."""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet

LENGTH = 22


def known_ids(values: Collection[str]) -> set[str]:
    """Those that are the public id of any row; one question to the database, or none."""
    shaped = [one for one in values if len(one) == LENGTH]
    if not shaped:
        return set()
    first, *rest = (_named(model, shaped) for model in apps.get_models() if _has_public_id(model))
    return {str(one) for one in islice(first.union(*rest), len(shaped))}


def _named(model: type[Model], ids: Collection[str]) -> QuerySet[Any, str]:
    rows: QuerySet[Any] = model._default_manager.filter(public_id__in=ids).order_by()
    return rows.values_list("public_id", flat=True)


def _has_public_id(model: type[Model]) -> bool:
    try:
        return bool(model._meta.get_field("public_id"))
    except FieldDoesNotExist:
        return False
