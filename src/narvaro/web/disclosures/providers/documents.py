"""Signed documents as another authority is told of them: answers, never restricted ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from narvaro.forms import Shown as Answer
from narvaro.forms import Voice, shown
from narvaro.timetable import local_day
from narvaro.web.accounts.restriction import Restriction, may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.cases.models import Case
from narvaro.web.disclosures.content import RECORDED_IN, Part, Provider, Shown, written_with_year
from narvaro.web.documents.models import Document
from narvaro.web.documents.pages import name_of_form
from narvaro.web.pupils.models import Pupil

WITH_WORDS = (
    "teacher-documentation", "extended-mapping", "basic-mapping", "extended-investigation",
    "investigation", "pupil-interview", "guardian-interview",
)  # fmt: skip


def document_provider(forms: Iterable[str]) -> Provider:
    """Shows the newest signed document on one of the forms.

    Of its answers none that is restricted beyond the document, none that is somebody's own words
    (they are an item of their own), and nothing that was filled in from elsewhere.
    """
    wanted = tuple(forms)

    def provider(pupil: Pupil, _case: Case | None, viewer: Viewer) -> Shown | None:
        newest = next(_readable(pupil, viewer, wanted), None)
        if newest is None:
            return None
        parts = [*_parts(newest), *_addenda(newest)]
        heading = Part(_signed(newest))
        return Shown((heading, *parts)) if parts else None

    return provider


def said_in_documents(pupil: Pupil, _case: Case | None, viewer: Viewer) -> Shown | None:
    """The pupil's and the home's own words in signed documents, the newest of each form."""
    parts, seen = [], set()
    for one in _readable(pupil, viewer, WITH_WORDS):
        if one.form_id in seen:
            continue
        seen.add(one.form_id)
        lines = tuple(_own_words(one))
        if lines:
            parts.append(Part(_signed(one), lines))
    return Shown(tuple(parts)) if parts else None


def _readable(pupil: Pupil, viewer: Viewer, forms: tuple[str, ...]) -> Iterator[Document]:
    mine = Document.objects.visible_to(viewer, "documents.document").filter(
        pupil=pupil, form_id__in=forms, signed_at__isnull=False, signed_at__lte=viewer.now
    )
    for one in mine.exclude(restriction=Restriction.STUDENT_HEALTH).order_by("-signed_at"):
        if may_read(viewer.role, one.restriction):
            yield one


def _signed(document: Document) -> str:
    signed_at: datetime = document.signed_at or document.saved_at
    return _("%(form)s, signerad %(day)s") % {
        "form": name_of_form(document),
        "day": written_with_year(local_day(signed_at)),
    }


def _parts(document: Document) -> Iterator[Part]:
    for section in shown(document.labels, document.answers, RECORDED_IN):
        for one in section.answers:
            if one.words_of == Voice.STAFF and _may_cross(one, document):
                yield Part(one.label, one.lines, one.headings, one.rows)


def _own_words(document: Document) -> Iterator[str]:
    for section in shown(document.labels, document.answers, RECORDED_IN):
        for one in section.answers:
            if one.words_of != Voice.STAFF and _may_cross(one, document):
                yield f"{one.label} ”{' '.join(one.lines)}”"


def _may_cross(one: Answer, document: Document) -> bool:
    kind = one.restriction.value
    return not one.is_empty and kind in (Restriction.ORDINARY, document.restriction)


def _addenda(document: Document) -> Iterator[Part]:
    for one in document.addenda.all():
        day = written_with_year(local_day(one.at))
        yield Part(_("Tillägg %(day)s") % {"day": day}, tuple(one.text.split("\n")))
