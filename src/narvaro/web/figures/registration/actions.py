"""Every write about registration: why a lesson is not acknowledged, and help given to a school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from narvaro.web.accounts.models import Unit, opaque
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.figures.models import Explanation, Explanations, HelpNote, HelpTopic, Reason
from narvaro.web.figures.registration.open_lessons import OpenLesson


class ChangedSinceOpened(Exception):
    """Somebody else changed the note; nothing was overwritten. `stands` is what stands."""

    def __init__(self, stands: HelpNote) -> None:
        super().__init__(_("Anteckningen har ändrats sedan du öppnade den."))
        self.stands = stands


def explain(
    *, lessons: Sequence[OpenLesson], reason: Reason, action: str, by: Viewer, at: datetime
) -> list[Explanation]:
    """Note the same reason for some lessons, one fact each; what was noted before is taken back.

    A fact explains a gap. It is never delivered to the ledger and changes no figure.
    """
    together = opaque()
    with transaction.atomic():
        for lesson in lessons:
            _standing(by, lesson).update(taken_back_by=by.account, taken_back_at=at)
        made = [
            Explanation.objects.create(
                authority=by.authority,
                school_key=lesson.school,
                source=lesson.source,
                lesson_key=lesson.key,
                lesson_on=lesson.day,
                reason=reason,
                noted_by=by.account,
                noted_at=at,
                together=together,
            )
            for lesson in lessons
        ]
        subjects = [f"explanation:{one.public_id}" for one in made]
        write_entry(by.actor, action, kind=Kind.WRITE, at=at, subjects=subjects, reason=str(reason))
    return made


def take_back(*, explanations: Sequence[Explanation], by: Viewer, at: datetime) -> None:
    """Take back what was noted; it stays to be read, with who took it back."""
    with transaction.atomic():
        mine = Explanation.objects.filter(pk__in=[one.pk for one in explanations]).standing()
        mine.update(taken_back_by=by.account, taken_back_at=at)
        subjects = [f"explanation:{one.public_id}" for one in explanations]
        write_entry(by.actor, "registration.take_back", kind=Kind.WRITE, at=at, subjects=subjects)


def give_help(
    *, unit: Unit, topic: HelpTopic, text: str, given_on: date, by: Viewer, at: datetime
) -> HelpNote:
    """Note help given to a school."""
    with transaction.atomic():
        note: HelpNote = HelpNote.objects.create(
            unit=unit, topic=topic, text=text, given_by=by.account, given_on=given_on, noted_at=at
        )
        subjects = [f"help:{note.public_id}", f"unit:{unit.public_id}"]
        write_entry(by.actor, "registration.help", kind=Kind.WRITE, at=at, subjects=subjects)
    return note


def resolve_help(*, note: HelpNote, outcome: str, version: int, by: Viewer, at: datetime) -> None:
    """Note that help led to its end. Raises ChangedSinceOpened where another version stands."""
    with transaction.atomic():
        changed = HelpNote.objects.filter(pk=note.pk, version=version, resolved_at=None).update(
            resolved_by=by.account,
            resolved_at=max(at, note.noted_at),
            outcome=outcome,
            version=version + 1,
        )
        if not changed:
            raise ChangedSinceOpened(HelpNote.objects.get(pk=note.pk))
        write_entry(
            by.actor,
            "registration.resolve_help",
            kind=Kind.WRITE,
            at=at,
            subjects=[f"help:{note.public_id}"],
        )


def _standing(by: Viewer, lesson: OpenLesson) -> Explanations:
    return Explanation.objects.filter(
        authority=by.authority, source=lesson.source, lesson_key=lesson.key
    ).standing()
