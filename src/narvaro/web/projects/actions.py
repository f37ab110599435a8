"""Every write about projects."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from narvaro.web.accounts.changed import locked
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.chain import write_entry
from narvaro.web.audit.models import Kind
from narvaro.web.projects.models import Project, Record


def start_project(
    *,
    name: str,
    programme: str,
    about: str,
    from_on: date,
    to_on: date | None,
    by: Viewer,
    at: datetime,
) -> Project:
    """Start a project of the viewer's authority."""
    with transaction.atomic():
        made = Project.objects.create(
            name=name, programme=programme, about=about, from_on=from_on, to_on=to_on
        )
        made.authorities.add(by.authority)
        subjects = [f"project:{made.public_id}"]
        write_entry(by.actor, "projects.start", kind=Kind.WRITE, at=at, subjects=subjects)
    return made


def add_note(note: Record, *, by: Viewer, at: datetime) -> None:
    """Keep a new note about a project."""
    with transaction.atomic():
        note.save(force_insert=True)
        write_entry(by.actor, "projects.add", kind=Kind.WRITE, at=at, subjects=_subjects(note))


def change_note(note: Record, *, opened_version: int, by: Viewer, at: datetime) -> None:
    """Keep a changed note. Raises `ChangedMeanwhile` when it is no longer the one that was opened."""
    with transaction.atomic():
        kept = locked(type(note)._default_manager.all(), note.pk, version=opened_version)
        note.version = kept.version
        note.save()
        write_entry(by.actor, "projects.change", kind=Kind.WRITE, at=at, subjects=_subjects(note))


def remove_note(note: Record, *, by: Viewer, at: datetime) -> None:
    """Take a note away."""
    with transaction.atomic():
        write_entry(by.actor, "projects.remove", kind=Kind.WRITE, at=at, subjects=_subjects(note))
        note.delete()


def _subjects(note: Record) -> list[str]:
    return [f"project:{note.project.public_id}", f"{type(note).__name__.lower()}:{note.public_id}"]
