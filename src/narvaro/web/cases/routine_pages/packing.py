"""The common routine as one package for others: what goes along, and nothing that names anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from narvaro.forms import form_ids, forms_in_force
from narvaro.forms import text_of as form_text
from narvaro.programmes import Origin, Programme, RoutineText, pack
from narvaro.web.accounts.models import Account, Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Adaptation
from narvaro.web.cases.routines import programme_in_force, text_kept
from narvaro.web.documents.models import RoutineDocument
from narvaro.web.documents.routine_pages import rows_for
from narvaro.web.projects.in_use import in_use_on

SHORTEST = 4
"""Letters of a name that is looked for; a shorter one is found in ordinary words."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a package would hold."""

    programme: Programme
    programme_file: str
    forms: Mapping[str, str]
    texts: tuple[RoutineText, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands in what would be packed: whose it is, and where."""

    name: str
    where: str
    is_person: bool


def content_of(viewer: Viewer) -> Content:
    """The common routine of the day: its programme, forms with letters, published documents."""
    programme = programme_in_force(viewer.today)
    named = {one.id for one in programme.forms}
    forms = {
        one.id: form_text(one.id, one.version)
        for one in forms_in_force(viewer.today)
        if one.id in named or one.letters
    }
    own = RoutineDocument.objects.filter(authority=viewer.authority)
    rows = [row for row in rows_for(viewer, list(own)) if row.published is not None]
    known = set(form_ids())
    texts = tuple(
        RoutineText(
            name=row.document.name,
            text=row.published.text if row.published else "",
            place=row.document.place,
            form=row.document.form_id if row.document.form_id in known else "",
        )
        for row in rows
    )
    return Content(programme, text_kept(programme), forms, texts)


def origin_of(viewer: Viewer) -> Origin:
    """Whose routine it is: that of who made it, when it was taken into use as it came."""
    used = in_use_on(viewer.today)
    if used is not None and used.made_by:
        return Origin(used.made_by, used.licence)
    return Origin(viewer.authority.name, "")


def names_in(content: Content, viewer: Viewer, adaptation: Adaptation | None) -> Iterator[Named]:
    """Every school's name in what would be packed, and every colleague's in texts written here."""
    texts = {one.name: f"{one.name}\n{one.text}" for one in content.texts}
    if adaptation is not None:
        texts[adaptation.school.name] = adaptation.text
    schools = Unit.objects.filter(authority=viewer.authority, kind=UnitKind.SCHOOL)
    people = Account.objects.filter(assignments__unit__authority=viewer.authority)
    programme = {f"{content.programme.id}.toml": content.programme_file}
    yield from _found(schools.values_list("name", flat=True), programme | texts)
    whole = [name for name in people.values_list("name", flat=True).distinct() if " " in name]
    yield from _found(whole, texts, is_person=True)


def packed(content: Content, *, origin: Origin, adaptation: Adaptation | None) -> bytes:
    """The package. Raises InputRefused with every fault when nobody could take it in."""
    return pack(
        content.programme_file.encode(),
        None if adaptation is None else adaptation.text.encode(),
        {name: text.encode() for name, text in content.forms.items()},
        texts=content.texts,
        origin=origin,
    )


def _found(names: object, texts: Mapping[str, str], *, is_person: bool = False) -> Iterator[Named]:
    wanted = sorted({str(one) for one in names if len(str(one)) >= SHORTEST})  # type: ignore[attr-defined]
    for where, text in texts.items():
        lower = text.casefold()
        for name in wanted:
            if name.casefold() in lower and re.search(rf"\b{re.escape(name)}\b", text, re.I):
                yield Named(name, where, is_person)
