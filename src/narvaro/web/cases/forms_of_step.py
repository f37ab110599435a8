"""The documents of a step: which are asked for, begun, signed; and what signing shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from narvaro.errors import NotFound
from narvaro.forms import newest
from narvaro.programmes import Evidence as Wanted
from narvaro.programmes import Programme
from narvaro.programmes import Step as Known
from narvaro.timetable import local_day
from narvaro.web.accounts.restriction import may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case, Evidence, EvidenceKind, Step
from narvaro.web.cases.routines import programme_of, step_of
from narvaro.web.cases.rules import named
from narvaro.web.documents.models import Document


@dataclass(frozen=True, slots=True)
class FormRow:
    """A form of a step. `state`: missing, draft or signed; `url` where the viewer may go with it.

    `may_start`: nobody has begun it and the viewer can. `is_gone`: no such form is known here.
    """

    form_id: str
    name: str
    state: str
    by: str = ""
    on: date | None = None
    url: str = ""
    is_mine: bool = False
    may_start: bool = False
    is_demanded: bool = False
    is_gone: bool = False


def form_rows(step: Step, programme: Programme, known: Known, viewer: Viewer) -> list[FormRow]:
    """The step's forms in the routine's order, each with every document begun on it.

    A form that the step only builds on is shown as it was signed earlier in the case.
    """
    names = {one.id: named(one.name) for one in programme.forms}
    demanded = [one.name for one in known.evidence if one.kind == "form"]
    here = set(step.evidence.filter(kind=EvidenceKind.FORM).values_list("item", flat=True))
    earlier = Evidence.objects.filter(
        step__case=step.case, kind=EvidenceKind.FORM, done_at__isnull=False
    ).exclude(name__in=demanded)
    tied = here | set(earlier.values_list("item", flat=True))
    documents = list(
        Document.objects.filter(public_id__in=tied).select_related("owner", "signed_by")
    )
    readable = set(
        Document.objects.visible_to(viewer, "documents.document")
        .filter(public_id__in=tied)
        .values_list("pk", flat=True)
        if viewer.may("documents.document")
        else ()
    )
    found: list[FormRow] = []
    for form in dict.fromkeys([*known.forms, *demanded]):
        mine = [one for one in documents if one.form_id == form]
        name, is_demanded = names.get(form, form), form in demanded
        found += [
            _row(one, name, viewer, is_readable=one.pk in readable, is_demanded=is_demanded)
            for one in mine
        ]
        if not mine:
            found.append(_missing(form, name, viewer, is_demanded=is_demanded))
    return found


def _row(
    one: Document, name: str, viewer: Viewer, *, is_readable: bool, is_demanded: bool
) -> FormRow:
    is_mine = one.owner_id == viewer.account.pk
    page = "document" if one.is_signed or not is_mine else "document_fill_in"
    who, at = (one.signed_by or one.owner), (one.signed_at or one.saved_at)
    return FormRow(
        one.form_id,
        name,
        "signed" if one.is_signed else "draft",
        by=who.name,
        on=local_day(at),
        url=reverse(page, args=[one.public_id]) if is_readable else "",
        is_mine=is_mine,
        is_demanded=is_demanded,
    )


def _missing(form: str, name: str, viewer: Viewer, *, is_demanded: bool) -> FormRow:
    try:
        known = newest(form, on=viewer.today)
    except NotFound:
        return FormRow(form, name, "missing", is_demanded=is_demanded, is_gone=True)
    may_start = viewer.may("cases.write") and may_read(viewer.role, known.restriction.value)
    return FormRow(form, name, "missing", is_demanded=is_demanded, may_start=may_start)


def case_of(document: Document, viewer: Viewer) -> str:
    """The address of the case that a document stands in, for those who see the case."""
    if not viewer.may("cases.case"):
        return ""
    rests_on_it = {
        "steps__evidence__kind": EvidenceKind.FORM,
        "steps__evidence__item": document.public_id,
    }
    found = Case.objects.visible_to(viewer, "cases.case").filter(**rests_on_it).first()
    return "" if found is None else reverse("case", args=[found.public_id])


def signed(document: Document, at: datetime) -> None:
    """A signed document is evidence of the step it was begun in, or that asks for its form.

    Told by `documents` in the same transaction as the signing.
    """
    Evidence.objects.filter(
        kind=EvidenceKind.FORM, item=document.public_id, done_at__isnull=True
    ).update(done_at=at)
    if document.pupil is None:
        return
    for case in Case.objects.still_open().filter(pupil=document.pupil):
        for step in _asking(case, document.form_id):
            Evidence.objects.get_or_create(
                step=step,
                kind=EvidenceKind.FORM,
                item=document.public_id,
                defaults={"name": document.form_id, "done_at": at},
            )


def _asking(case: Case, form: str) -> Iterable[Step]:
    """The open steps of a case that rest on a form."""
    programme = programme_of(case)
    for step in case.steps.filter(decided_at__isnull=True):
        known = step_of(programme, step.step)
        if known is not None and Wanted("form", form) in known.evidence:
            yield step
