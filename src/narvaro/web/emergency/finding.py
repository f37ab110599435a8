"""Which pupil an emergency is about: the whole name at a school, or the number. Never a list."""

from __future__ import annotations

from datetime import datetime, timedelta

from narvaro.web.accounts.models import Assignment, Unit, on_day
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.pupils.models import Enrolment, Protection, Pupil, Pupils
from narvaro.web.pupils.numbers import index_of
from narvaro.web.ui.sorting import sort_key

MOST_MISSES = 5
"""In a day. After them nobody is looked for: the school's principal is called instead."""
A_DAY = timedelta(days=1)
OPEN = "emergency.open"
MISSED = "missed"
"""The code that the log keeps of a name or a number that opened nobody."""


def there(viewer: Viewer, school: Unit) -> Pupils:
    """Everybody who goes to a school of the viewer's own authority today."""
    here = Enrolment.objects.filter(on_day(viewer.today), school_key=school.key)
    mine = Pupil.objects.filter(authority=viewer.authority, is_counted_only=False)
    return mine.filter(pk__in=here.values("pupil"))


def openable(pupils: Pupils) -> Pupils:
    """Those an emergency can open: nobody with a protected identity, not even by their list."""
    return pupils.filter(protection=Protection.NONE)


def named(viewer: Viewer, school: Unit, text: str) -> list[Pupil]:
    """Those at the school who have exactly the number, or exactly the words of the name."""
    digits = sum(letter.isdigit() for letter in text)
    if digits >= 6:
        return list(there(viewer, school).filter(number_index=index_of(text))[:2])
    words = sorted(sort_key(text).split())
    if len(words) < 2:
        return []
    found = there(viewer, school).filter(sort_name__contains=words[0])
    return [one for one in found if sorted(one.sort_name.split()) == words]


def misses(viewer: Viewer) -> int:
    """How many times in a day the viewer has asked for somebody who was not there."""
    since: datetime = viewer.now - A_DAY
    mine = Entry.objects.filter(account=viewer.account.public_id, action=OPEN, reason=MISSED)
    return mine.filter(kind=Kind.REFUSED, at__gt=since, at__lte=viewer.now).count()


def told_of(viewer: Viewer, school: Unit) -> list[Assignment]:
    """Who is told, and reviews: the school's principal and the data protection officer.

    Without either of them the head of schools; never the person who opens.
    """
    serving = Assignment.objects.in_force(viewer.today).filter(
        account__is_active=True, unit__authority=viewer.authority
    )
    others = serving.exclude(account=viewer.account).select_related("account")
    near = others.filter(role=Role.PRINCIPAL, unit=school)
    officers = others.filter(role=Role.DATA_PROTECTION_OFFICER)
    found = [*near.order_by("pk"), *officers.order_by("pk")]
    return found or list(others.filter(role=Role.HEAD_OF_SCHOOLS).order_by("pk"))
