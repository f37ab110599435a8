"""What was done and decided in a case, and the own words kept there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from narvaro.programmes import Programme
from narvaro.timetable import local_day
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, EvidenceKind, Step, Whose
from narvaro.web.cases.routines import programme_of
from narvaro.web.cases.rules import named
from narvaro.web.cases.words import decided_in_words, name_of_step
from narvaro.web.disclosures.content import Part, Shown, written_with_year
from narvaro.web.disclosures.providers.pupil import may_be_told_of
from narvaro.web.pupils.models import Pupil


def steps(_pupil: Pupil, case: Case | None, viewer: Viewer) -> Shown | None:
    """Days, decisions and what was signed or held: no reasons, no notes, no names, no places."""
    if case is None:
        return None
    found = [one for one in _happened(case) if one[0] <= viewer.today]
    lines = tuple(f"{written_with_year(on)}: {what}" for on, what in sorted(found))
    return Shown((Part("", lines),)) if lines else None


def _happened(case: Case) -> Iterator[tuple[date, str]]:
    programme = programme_of(case)
    yield case.opened_on, _("Ärendet öppnades.")
    for step in case.steps.prefetch_related("evidence"):
        yield from _of_step(step, programme)
    if case.closed_on is not None:
        yield case.closed_on, _("Ärendet avslutades.")


def _of_step(step: Step, programme: Programme) -> Iterator[tuple[date, str]]:
    name, forms = name_of_step(programme, step.step), {one.id: one.name for one in programme.forms}
    for one in step.evidence.all():
        if one.done_at is not None and one.kind != EvidenceKind.EVENT:
            word = _("Möte hållet") if one.kind == EvidenceKind.MEETING else _("Signerat")
            what = named(forms[one.name]) if one.name in forms else name
            yield local_day(one.done_at), f"{word}: {what}."
    if step.decided_on is not None:
        said = {"step": name, "decision": decided_in_words(programme, step).lower()}
        yield step.decided_on, _("%(step)s, beslut: %(decision)s.") % said


def voices(_pupil: Pupil, case: Case | None, viewer: Viewer) -> Shown | None:
    """What the pupil and the guardians said, as theirs; nobody is named."""
    if case is None:
        return None
    parts = [
        Part(heading, lines)
        for whose, heading in ((Whose.PUPIL, _("Eleven")), (Whose.GUARDIAN, _("Vårdnadshavare")))
        if (lines := tuple(_said(case, whose, viewer)))
    ]
    return Shown(tuple(parts)) if parts else None


def _said(case: Case, whose: Whose, viewer: Viewer) -> Iterator[str]:
    for one in case.voices.filter(whose=whose, on__lte=viewer.today).select_related("guardian"):
        if one.guardian is None or may_be_told_of(one.guardian):
            yield f"{written_with_year(one.on)}: ”{one.text}”"
