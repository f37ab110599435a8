"""Whether a question can be put without saying who: numbers are refused, names are warned of."""

from __future__ import annotations

import re
from enum import StrEnum

from django.db.models import Q

from narvaro.web.accounts.models import Account
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.consultations.registry import knows_a_name

_DAY = (
    r"(?<!\d)(?:19|20)?\d{2}[-/ .]?(?:0[1-9]|1[0-2])[-/ .]?(?:0[1-9]|[12]\d|3[01]|[67]\d|8\d|9[01])"
)
_NUMBER = re.compile(_DAY + r"\s?[-+–]?\s?(?:\d{4}|[Tt][Ff]\w{2})(?!\w)")
_BIRTH = re.compile(_DAY + r"(?!\d)")
_CONTACT = re.compile(r"\S+@\S+\.\w+|(?<!\d)(?:\+46|0)[\s-]?7\d(?:[\s-]?\d){6,8}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_ENDS = '.!?:;\n"”»•*(-–'
SHORTEST_SMALL = 4
"""Letters of the shortest word without a capital that is looked up: `bo` and `my` are words too."""
ORDINARY = frozenset(
    {"Jag", "Vi", "Skolverket", "Skolinspektionen", "Närvaro", "Teams", "Västbus", "I"}
)
MANY = 400
"""Words of a question that are looked at."""


class Found(StrEnum):
    """What a question should not have in it."""

    NUMBER = "number"
    DATE = "date"
    CONTACT = "contact"
    NAME = "name"


def found_in(viewer: Viewer, text: str) -> set[Found]:
    """What stands in a text that could say who it is about.

    A word with a capital inside a sentence may be a name, whoever's; so may one that is the name
    of a pupil or of staff. What was found is told, never which word: nobody finds out by trying
    who goes to a school.
    """
    found: set[Found] = set()
    if _NUMBER.search(text):
        found.add(Found.NUMBER)
    elif _BIRTH.search(text):
        found.add(Found.DATE)
    if _CONTACT.search(text):
        found.add(Found.CONTACT)
    if capitals_inside(text) or _is_known(viewer, text):
        found.add(Found.NAME)
    return found


def capitals_inside(text: str) -> bool:
    """A word with a capital stands inside a sentence, and is no abbreviation."""
    for word in _WORD.finditer(text):
        written = word.group()
        before = text[: word.start()].rstrip(" \t\r")
        is_first = not before or before[-1] in _ENDS or text[: word.start()].endswith("\n")
        is_name_like = written[0].isupper() and not written.isupper() and written not in ORDINARY
        if is_name_like and not is_first:
            return True
    return False


def _is_known(viewer: Viewer, text: str) -> bool:
    words = _looked_up(text)
    return bool(words) and (_is_staff(viewer, words) or knows_a_name(viewer, words))


def _looked_up(text: str) -> set[str]:
    """The words, with a capital, as they stand and without an s of possession."""
    written = [word.group() for word in _WORD.finditer(text)][:MANY]
    words = {one.capitalize() for one in written if one[0].isupper() or len(one) >= SHORTEST_SMALL}
    return words | {one[:-1] for one in words if one.endswith("s") and len(one) > SHORTEST_SMALL}


def _is_staff(viewer: Viewer, words: set[str]) -> bool:
    """Somebody of the viewer's own authority is called so: both names, to leave `Berg` in peace."""
    if len(words) < 2:
        return False
    called = Q()
    for word in words:
        called |= Q(name__istartswith=f"{word} ")
    serving = Account.objects.filter(assignments__unit__authority=viewer.authority)
    names = serving.filter(called).values_list("name", flat=True).distinct()
    return any(set(name.split()) <= words for name in names)
