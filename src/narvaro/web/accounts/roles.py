"""The roles of GLOSSARY.md, in Swedish and English, and the kind of place each serves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is, for a unit and a time."""

    TEACHER = "teacher", _("lärare")
    MENTOR = "mentor", _("mentor")
    PRINCIPAL = "principal", _("rektor")
    ASSISTANT_PRINCIPAL = "assistant_principal", _("biträdande rektor")
    SCHOOL_COUNSELLOR = "school_counsellor", _("skolkurator")
    SCHOOL_NURSE = "school_nurse", _("skolsköterska")
    SCHOOL_PSYCHOLOGIST = "school_psychologist", _("skolpsykolog")
    SCHOOL_DOCTOR = "school_doctor", _("skolläkare")
    SPECIAL_EDUCATOR = "special_educator", _("specialpedagog")
    COORDINATOR = "coordinator", _("insatskoordinator")
    SCHOOL_SOCIAL_WORKER = "school_social_worker", _("skolsocionom")
    AREA_MANAGER = "area_manager", _("verksamhetschef")
    HEAD_OF_SCHOOLS = "head_of_schools", _("skolchef")
    PROJECT_LEADER = "project_leader", _("projektledare")
    COMMUNICATOR = "communicator", _("kommunikatör")
    SYSTEM_OWNER = "system_owner", _("systemansvarig")
    ANALYST = "analyst", _("analytiker")
    AGENCY_CONTACT = "agency_contact", _("kontaktperson")
    RESEARCHER = "researcher", _("följeforskare")
    REGISTRAR = "registrar", _("registrator")
    ARCHIVIST = "archivist", _("arkivarie")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("dataskyddsombud")
    ADMINISTRATOR = "administrator", _("administratör")


STUDENT_HEALTH = frozenset(
    {
        Role.SCHOOL_COUNSELLOR,
        Role.SCHOOL_NURSE,
        Role.SCHOOL_PSYCHOLOGIST,
        Role.SCHOOL_DOCTOR,
        Role.SPECIAL_EDUCATOR,
    }
)
OF_CLASSES = frozenset({Role.TEACHER, Role.MENTOR})
"""What a source may give by itself; whatever else it tells of, a second person approves."""
LEADERS = frozenset({Role.PRINCIPAL, Role.ASSISTANT_PRINCIPAL})

# Where a role can be held (kinds of unit); the others are held for a whole authority
_SCHOOL, _WIDE = frozenset({"school"}), frozenset({"authority", "office"})
PLACES: dict[Role, frozenset[str]] = {
    Role.TEACHER: frozenset({"class", "school"}),
    Role.MENTOR: frozenset({"class"}),
    Role.PRINCIPAL: _SCHOOL,
    Role.ASSISTANT_PRINCIPAL: _SCHOOL,
    Role.AREA_MANAGER: frozenset({"area"}),
    **dict.fromkeys(STUDENT_HEALTH, frozenset({"school", "area", "authority"})),
    Role.COORDINATOR: frozenset({"school", "area"}) | _WIDE,
    Role.SCHOOL_SOCIAL_WORKER: frozenset({"school", "area"}) | _WIDE,
}


def places_of(role: Role) -> frozenset[str]:
    """The kinds of unit a role can be held at."""
    return PLACES.get(role, _WIDE)
