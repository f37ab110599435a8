"""Forms filled in. A signed one never changes: the database itself refuses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from narvaro.web.accounts.models import Account, Unit, opaque
from narvaro.web.accounts.restriction import Restriction, may_open
from narvaro.web.documents.routine_models import Approval, RoutineDocument, RoutineVersion
from narvaro.web.pupils.models import Pupil
from narvaro.web.pupils.sealed import SealedTextField

if TYPE_CHECKING:
    from narvaro.web.accounts.viewer import Viewer

__all__ = ["Addendum", "Approval", "Document", "Documents", "RoutineDocument", "RoutineVersion"]
READING = "documents.document"
_UNSIGNED = Q(signed_at__isnull=True, signed_by__isnull=True, number__isnull=True)
_SIGNED = Q(signed_at__isnull=False, signed_by__isnull=False, number__isnull=False)


class Documents(models.QuerySet["Document"]):
    """Filled forms, always in somebody's scope."""

    def visible_to(self, viewer: Viewer, action: str) -> Documents:
        """Those the viewer may do the action to: the pupil's place today, and the professions' rule.

        About no pupil: the school's, or one's own. Who reaches single classes only sees what is
        signed, and own drafts; an action that is allowed for oneself reaches own documents.
        """
        reach = viewer.reach(action)
        if reach.authority is None:
            return self.none()
        if reach.is_self:
            return self.visible_to(viewer, READING).filter(owner=viewer.account)
        mine = Q(owner=viewer.account)
        about = Q(pupil__in=Pupil.objects.visible_to(viewer, action))
        places = Q(pupil__isnull=True) & (Q(unit__in=reach.unit_ids) | mine)
        kinds = [one for one in Restriction if may_open(viewer.role, one)]
        found = self.filter(about | places, restriction__in=kinds, unit__authority=reach.authority)
        return found if reach.whole_schools else found.filter(Q(signed_at__isnull=False) | mine)

    def named_to(self, viewer: Viewer, action: str) -> Documents:
        """Those that a list may show: none about somebody with a protected identity."""
        named = Pupil.objects.named_to(viewer, READING)
        return self.visible_to(viewer, action).filter(Q(pupil__isnull=True) | Q(pupil__in=named))


class Document(models.Model):
    """A form filled in by somebody, at a school, about a pupil or about nobody.

    `labels` is all that is needed to read the answers when the form's version is gone. Signed
    documents of a school follow each other by `number` and by hash. `saved_from` names the opened
    page that saved last: it is not in its own way.
    """

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    form_id = models.CharField(max_length=60)
    form_version = models.PositiveIntegerField()
    labels = models.JSONField()
    pupil = models.ForeignKey(
        Pupil, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="documents")
    restriction = models.CharField(max_length=20, choices=Restriction.choices)
    answers_sealed = SealedTextField(blank=True)
    prefilled_sealed = SealedTextField(blank=True)
    data_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    saved_from = models.CharField(max_length=22, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Account, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)

    objects = Documents.as_manager()

    class Meta:
        """Signed wholly or not at all; in the order of time; one chain for each school."""

        constraints = (
            models.CheckConstraint(
                condition=(_UNSIGNED & Q(content_hash="", previous_hash=""))
                | (_SIGNED & ~Q(content_hash="") & ~Q(previous_hash="")),
                name="a_document_is_signed_completely_or_not_at_all",
            ),
            models.CheckConstraint(
                condition=Q(saved_at__gte=F("started_at")),
                name="a_document_is_saved_after_it_is_started",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(signed_at__gte=F("started_at")),
                name="a_document_is_signed_after_it_is_started",
            ),
            models.UniqueConstraint(
                fields=["unit", "number"], name="one_signed_document_has_a_number_of_a_school"
            ),
            models.CheckConstraint(
                condition=Q(restriction__in=Restriction.values),
                name="a_document_is_of_a_known_restriction",
            ),
        )

    @property
    def is_signed(self) -> bool:
        """It can no longer be changed."""
        return self.signed_at is not None

    @property
    def answers(self) -> dict[str, Any]:
        """The answers, by field."""
        return _read(self.answers_sealed)

    @property
    def prefilled(self) -> dict[str, Any]:
        """What was known when it was started, by the name that fields are prefilled from."""
        return _read(self.prefilled_sealed)

    def keep(self, answers: Mapping[str, Any]) -> None:
        """Put the answers where they are encrypted when they are saved."""
        self.answers_sealed = json.dumps(answers, ensure_ascii=False, sort_keys=True)


def _read(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


class Addendum(models.Model):
    """Something added to a signed document; as little changed afterwards as the document."""

    public_id = models.CharField(max_length=22, unique=True, default=opaque)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="addenda")
    text = SealedTextField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """In the order they were added; each says something."""

        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="an_addendum_says_something"),
        )
