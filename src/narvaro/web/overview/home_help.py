"""What the work queue is for each role: help beside the list it explains."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from narvaro.web.accounts.roles import LEADERS, Role

TEACHERS = {Role.TEACHER, Role.MENTOR}
SOURCES = {Role.SYSTEM_OWNER, Role.ADMINISTRATOR}

_TEACHER = _(
    "Här står lektioner som inte är kvitterade än. Kvittera i skolans system, eller ange här "
    "varför det inte går. Raden försvinner när nästa leverans har kvittensen."
)
_LEADER = _(
    "Överst står det som har stannat: elever över gränsen där inget är gjort, och lektioner som "
    "bara du kan lösa. Siffrorna till höger säger om de går att lita på."
)
_SOURCE = _(
    "Här står det som behöver dig för att siffrorna ska komma fram: källor som tystnat, rader som "
    "inte gick att läsa, konton och poster som saknar någon."
)
_AGENCY = _(
    "Här står det som väntar på er: kallelser, frågor och åtaganden från skolor ni arbetar med. "
    "Det som en skola inte har delat med er finns inte här."
)
_OTHER = _("Här står det som väntar på dig i den roll du arbetar i just nu.")


def help_for(role: Role) -> str:
    """The help for a role, in the language of the page."""
    if role in TEACHERS:
        return gettext(_TEACHER)
    if role in LEADERS:
        return gettext(_LEADER)
    if role == Role.AGENCY_CONTACT:
        return gettext(_AGENCY)
    return gettext(_SOURCE if role in SOURCES else _OTHER)


def is_inbox(role: Role) -> bool:
    """Whether the first page is an inbox: another agency is asked, and has no tasks of the school's."""
    return role == Role.AGENCY_CONTACT
