"""Which programmes hold a day: those of the folder, but for what has been taken into use instead."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.conf import settings

from narvaro.errors import NarvaroError
from narvaro.programmes import Programme, load_text, text_of
from narvaro.web.projects.in_use_models import ProgrammeInUse


def with_those_in_use(files: Iterable[Programme], day: date) -> list[Programme]:
    """The programmes that count on a day: what was taken into use stands first, in the place of
    the one that held before it. What cannot be read any more changes nothing."""
    rows = ProgrammeInUse.objects.filter(from_on__lte=day, undone_at__isnull=True)
    taken = list(rows.values_list("digest", "programme", "takes_place_of"))
    first = _taken(taken[0][0]) if taken else None
    if first is None:
        return list(files)
    gone = {name for _, *both in taken for name in both}
    return [first, *(one for one in files if one.id not in gone)]


def in_use_on(day: date) -> ProgrammeInUse | None:
    """What was taken into use and counts on a day."""
    return ProgrammeInUse.objects.filter(from_on__lte=day, undone_at__isnull=True).first()


def text_by_digest(digest: str) -> str | None:
    """The text of a programme's file, in the folder or taken into use."""
    row = ProgrammeInUse.objects.filter(digest=digest).values_list("text", flat=True).first()
    if row is not None:
        return row
    for path in sorted(settings.PROGRAMME_FOLDER.glob("*.toml")):
        try:
            text = text_of(path)
            if load_text(text).fingerprint == digest:
                return text
        except NarvaroError:
            continue  # a file with faults is used by nobody
    return None


@lru_cache(maxsize=32)
def _taken(digest: str) -> Programme | None:
    text = ProgrammeInUse.objects.filter(digest=digest).values_list("text", flat=True).first()
    try:
        return load_text(text or "")
    except NarvaroError:
        return None
