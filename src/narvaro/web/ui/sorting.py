"""Swedish order: å, ä and ö after z; case and other accents do not matter.

In Python by a key, in the database by the collation `sv`: taught to each SQLite connection, made
by a migration on PostgreSQL. In both numbers inside names go by their size: 9A before 10A.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.db.models import F
from django.db.models.functions import Collate

COLLATION = "sv"

_LAST = {"å": "z\u007fa", "ä": "z\u007fb", "æ": "z\u007fb", "ö": "z\u007fc", "ø": "z\u007fc"}


def sort_key(text: str) -> str:
    """A text that sorts by its bytes as the text sorts in Swedish."""
    return "".join(_LAST.get(letter) or _plain(letter) for letter in text.casefold())


@lru_cache(maxsize=4_096)
def _plain(letter: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c))


def name_key(text: str) -> str:
    """As `sort_key`, with numbers by their size; for names of classes and schools."""
    return re.sub(r"\d+", lambda found: found[0].zfill(12), sort_key(text))


def swedish(field: str) -> Collate:
    """An expression to order a queryset by: `.order_by(swedish("name"))`."""
    return Collate(F(field), COLLATION)


def teach_swedish(*, connection: Any, **_more: Any) -> None:
    """Give a new SQLite connection the collation; PostgreSQL has it from a migration."""
    if connection.vendor == "sqlite":
        connection.connection.create_collation(COLLATION, _compare)


def _compare(one: str, other: str) -> int:
    first, second = name_key(one), name_key(other)
    return (first > second) - (first < second)
