"""A plan on paper and as a file that can be edited: each part a document of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from narvaro.timetable import local_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.paper import DRAWS, TYPES, Block, Paper, heading, table, text
from narvaro.web.plans.models import OwnPart, PlanVersion
from narvaro.web.plans.shared import (
    Organiser,
    SharedPart,
    Task,
    day_in_full,
    name_of_unit,
    shared_part,
)
from narvaro.web.pupils.pages import name_of
from narvaro.web.ui.written import language, moment_of_year

__all__ = ["OWN", "SHARED", "TYPES", "file_name", "own_paper", "shared_paper"]
SHARED, OWN = "samordnad-plan", "skolans-egen-del"


def shared_paper(version: PlanVersion, viewer: Viewer, *, kind: str) -> bytes:
    """The part that can be shared, as `pdf` or `docx`."""
    title = _("Samordnad individuell plan")
    return _drawn(version, viewer, title, _shared(version, title), kind=kind)


def own_paper(own: OwnPart, viewer: Viewer, *, kind: str) -> bytes:
    """The school's own part, as `pdf` or `docx`."""
    title = _("Samordnad individuell plan, skolans egen del")
    return _drawn(own.of, viewer, title, _own(own, title), kind=kind)


def file_name(part: str, version: PlanVersion, kind: str) -> str:
    """What the file is called: the part, the version and the day, nobody's name."""
    day = local_day(version.signed_at or version.saved_at)
    return f"{part}-{version.number}-{day}.{kind}"


def _drawn(
    version: PlanVersion, viewer: Viewer, title: str, blocks: Iterable[Block], *, kind: str
) -> bytes:
    """Of a pupil with protected identity the paper has no head: it would say school and place."""
    case = version.plan.case
    hides = case.pupil.is_protected
    who = f"{viewer.account.name}, {viewer.role.label}, {moment_of_year(viewer.now)}"
    paper = Paper(
        lang=language(),
        title=title,
        author="" if hides else case.authority.name,
        head="" if hides else f"{name_of_unit(case.school)}. {_('Utskrivet av')} {who}",
        page=_("Sida"),
        blocks=list(blocks),
    )
    return DRAWS[kind](paper, at=version.signed_at or version.saved_at)


def _told(version: PlanVersion) -> str:
    said = [name_of(version.plan.pupil), _("Version %(number)s") % {"number": version.number}]
    if version.signed_at is None or version.signed_by is None:
        said.append(_("Utkast, inte signerat"))
    else:
        day = day_in_full(local_day(version.signed_at))
        said.append(_("Signerad %(day)s av %(who)s") % {"day": day, "who": version.signed_by.name})
    return ". ".join(said)


def _shared(version: PlanVersion, title: str) -> Iterator[Block]:
    part = shared_part(version)
    yield heading(1, title)
    yield text(_told(version), quiet=True)
    yield heading(2, _("Viktigt för eleven"))
    yield _own_words(part)
    yield heading(2, _("Behov"))
    yield _written(part.needs)
    yield heading(2, _("Huvudansvarig"))
    yield _written(part.main_unit)
    yield heading(2, _("Vem gör vad"))
    for one in part.organisers:
        yield from _organiser(one)
    if not part.organisers:
        yield _written("")
    yield heading(2, _("Vad eleven, hemmet och andra gör"))
    yield from _others(part)
    yield heading(2, _("Uppföljning"))
    yield _written(part.follow_up)


def _own_words(part: SharedPart) -> Block:
    if part.important:
        return {"kind": "quote", "text": f"”{part.important}”", "by": _("Elevens ord")}
    return _written(part.silence)


def _written(words: str) -> Block:
    return text(words) if words else text(_("Inget är skrivet."), quiet=True)


def _organiser(one: Organiser) -> Iterator[Block]:
    yield heading(3, one.name)
    yield _tasks([_("Insats"), _("Senast")], [[task.words, task.due or "–"] for task in one.tasks])


def _others(part: SharedPart) -> Iterator[Block]:
    if part.others:
        rows = [[_by(one), one.words, one.due or "–"] for one in part.others]
        yield _tasks([_("Vem"), _("Vad"), _("Senast")], rows)
    else:
        yield _written(part.nobody_else)


def _by(one: Task) -> str:
    return one.by or _("Inte bestämt än")


def _tasks(headings: list[str], rows: list[list[str]]) -> Block:
    widths = [3, 1] if len(headings) == 2 else [2, 4, 1.5]
    return {**table(headings, rows), "widths": widths}


def _own(own: OwnPart, title: str) -> Iterator[Block]:
    yield heading(1, title)
    yield text(_told(own.of), quiet=True)
    yield text(_("Skolans egen del. Den lämnas inte ut med planen."))
    yield heading(2, _("Vad skolan gör, och vem på skolan"))
    yield _written(own.does)
    yield heading(2, _("Sådant som bara skolan behöver veta"))
    yield _written(own.knows)
