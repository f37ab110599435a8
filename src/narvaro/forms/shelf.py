"""The forms that are shipped. A version that is published stays for ever as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources

from narvaro.errors import NotFound
from narvaro.forms.model import Form
from narvaro.forms.reading import read_form

_LIBRARY = resources.files("narvaro.forms") / "library"
_FILE = re.compile(r"([a-z][a-z0-9-]*)\.v([1-9]\d*)\.toml")


def form_ids() -> tuple[str, ...]:
    """The ids of the shipped forms, in order."""
    return tuple(sorted({form_id for form_id, _ in _versions()}))


def versions_of(form_id: str) -> tuple[int, ...]:
    """The versions of a form, the oldest first; none when it is not known."""
    return tuple(sorted(version for one, version in _versions() if one == form_id))


@cache
def load(form_id: str, version: int) -> Form:
    """A form in one version. Raises NotFound when it is not there any more, or never was."""
    return read_form(text_of(form_id, version))


def text_of(form_id: str, version: int) -> str:
    """The file of a form's version. Raises NotFound when it is not there."""
    if (form_id, version) not in _versions():
        raise NotFound(
            f"Version {version} of the form {form_id[:60]!r} is not here.",
            remedy="What was filled in can still be read; put the version's file back to go on.",
        )
    return (_LIBRARY / f"{form_id}.v{version}.toml").read_text("utf-8")


def newest(form_id: str, *, on: date) -> Form:
    """The newest version in force on a day. Raises NotFound when there is none."""
    forms: Sequence[Form] = [load(form_id, one) for one in versions_of(form_id)]
    valid = [one for one in forms if one.valid_from <= on]
    if not valid:
        remedy = f"There are {', '.join(form_ids())}."
        raise NotFound(f"No form {form_id[:60]!r} is in force on {on}.", remedy=remedy)
    return valid[-1]


def forms_in_force(on: date) -> tuple[Form, ...]:
    """Every shipped form in its newest version of a day, by name."""
    found = []
    for form_id in form_ids():
        forms = [load(form_id, one) for one in versions_of(form_id)]
        found += [one for one in forms if one.valid_from <= on][-1:]
    return tuple(sorted(found, key=lambda one: one.name.sv))


@cache
def _versions() -> frozenset[tuple[str, int]]:
    names = (_FILE.fullmatch(entry.name) for entry in _LIBRARY.iterdir())
    return frozenset((name[1], int(name[2])) for name in names if name)
