"""Who is behind the keys that letters go to: guardians, as `pupils` knows them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from narvaro.web.accounts.viewer import Viewer
from narvaro.web.messages.registry import Receiver
from narvaro.web.pupils.models import Guardian, Pupil


def guardian(viewer: Viewer | None, public_id: str) -> Receiver | None:
    """A guardian of one of the viewer's pupils; of anybody for mail that leaves.

    Of a pupil with a protected identity every guardian counts as protected: mail can give away
    where the child is. On paper a letter about such a pupil can go to a guardian who is not
    protected, and only from who may open the pupil. Who is held back gets nothing at all.
    """
    found = Guardian.objects.select_related("pupil").filter(public_id=public_id).first()
    if found is None or not (viewer is None or _is_in_scope(viewer, found.pupil)):
        return None
    is_protected = found.is_protected or found.pupil.is_protected
    name = f"{found.given_name} {found.family_name}".strip()
    return Receiver(
        name="" if is_protected else name,
        address="" if is_protected else _address(found.contact),
        language=found.language or "sv",
        is_protected=is_protected,
        paper_name="" if found.is_protected else name,
        held_back=found.held_back,
    )


def _is_in_scope(viewer: Viewer, pupil: Pupil) -> bool:
    return Pupil.objects.visible_to(viewer, "pupils.contacts").filter(pk=pupil.pk).exists()


def _address(contact: str) -> str:
    """The contact when it is a mail address: it may be a telephone number, or nothing."""
    try:
        validate_email(contact)
    except ValidationError:
        return ""
    return contact
