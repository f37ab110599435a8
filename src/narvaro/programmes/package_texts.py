"""The texts of a routine package: documents of the routine, each with its name and place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from narvaro.errors import Fault
from narvaro.programmes.package_parts import TEXTS, fault

MOST_TEXTS = 200
LONGEST_NAME, LONGEST_TEXT, LAST_PLACE = 120, 60_000, 32_767
_FORM_ID = re.compile(r"([a-z][a-z0-9-]{0,59})?", re.ASCII)


class RoutineText(NamedTuple):
    """A document of the routine. `form`: the id of the form it explains, empty when none."""

    name: str
    text: str
    place: int = 100
    form: str = ""


def written(texts: Sequence[RoutineText]) -> bytes:
    """The part of the texts, in their order."""
    rows = [one._asdict() for one in sorted(texts, key=lambda one: (one.place, one.name))]
    return json.dumps(rows, indent=2, ensure_ascii=False).encode("utf-8", "surrogatepass")


def read_texts(content: bytes, faults: list[Fault]) -> tuple[RoutineText, ...]:
    """The texts of the part; what is wrong with them is added to the faults."""
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError):
        rows = None
    is_list = isinstance(rows, list) and all(isinstance(row, dict) for row in rows)
    if not is_list or len(rows) > MOST_TEXTS:
        remedy = f"Make it with Närvaro; there are at most {MOST_TEXTS}"
        faults.append(fault(TEXTS, "it is not a list of texts", remedy))
        return ()
    wrong = [one for number, row in enumerate(rows, 1) for one in _faults(number, row)]
    names = [row.get("name") for row in rows]
    wrong += [
        Fault(f"{TEXTS} [{n}]", 0, "name", "the name stands twice", "Name each text once")
        for n, name in enumerate(names, 1)
        if name in names[: n - 1]
    ]
    faults.extend(wrong)
    return () if wrong else tuple(RoutineText(**row) for row in rows)


def _faults(number: int, row: dict[str, Any]) -> Iterator[Fault]:
    place = f"{TEXTS} [{number}]"
    if set(row) != set(RoutineText._fields):
        known = ", ".join(RoutineText._fields)
        yield Fault(place, 0, "", "it does not say what a text says", f"A text has {known}")
        return
    name, text = row["name"], row["text"]
    if not (isinstance(name, str) and name.strip() and _is_line(name)):
        remedy = f"Write one line of at most {LONGEST_NAME} letters"
        yield Fault(place, 0, "name", "this is no name of a text", remedy)
    if not (isinstance(text, str) and text.strip() and _is_text(text)):
        remedy = f"Write at most {LONGEST_TEXT} letters"
        yield Fault(place, 0, "text", "this is no text that can be kept", remedy)
    is_number = type(row["place"]) is int and 0 <= row["place"] <= LAST_PLACE
    if not is_number:
        remedy = f"Write a whole number of at most {LAST_PLACE}"
        yield Fault(place, 0, "place", "this is no place in an order", remedy)
    if not (isinstance(row["form"], str) and _FORM_ID.fullmatch(row["form"])):
        remedy = "Write small letters, digits and hyphens, or nothing"
        yield Fault(place, 0, "form", "this is no form's id", remedy)


def _is_line(name: str) -> bool:
    return name.isprintable() and len(name) <= LONGEST_NAME


def _is_text(text: str) -> bool:
    """Letters that a database can keep."""
    has_half = any("\ud800" <= letter <= "\udfff" for letter in text)
    return len(text) <= LONGEST_TEXT and "\0" not in text and not has_half
