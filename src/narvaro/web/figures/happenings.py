"""What projects have noted that curves should be read with: a new principal, an outbreak."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Q

from narvaro.timetable import Month
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.projects.models import Event, Project
from narvaro.web.ui.charts import DoneMark

SEE = "projects.project"


def happenings_of(
    viewer: Viewer, schools: Collection[str], months: Sequence[Month]
) -> Sequence[DoneMark]:
    """The events of some schools, and of all, that the viewer's projects tell of, numbered.

    None later than the viewer's day. Whoever may not see a project sees none of its events.
    """
    if not months or not viewer.may(SEE):
        return []
    last = min(viewer.today, max(months).last_day)
    found = Event.objects.filter(
        Q(school=None) | Q(school__key__in=schools, school__authority=viewer.authority),
        project__in=Project.objects.visible_to(viewer, SEE),
        on__range=(min(months).first_day, last),
    ).select_related("school")
    return [
        DoneMark(one.on, number, _in_words(one, is_one=len(schools) == 1))
        for number, one in enumerate(found.order_by("on", "pk"), start=1)
    ]


def _in_words(one: Event, *, is_one: bool) -> str:
    said = f"{one.get_kind_display()}, {one.text}"
    return said if is_one or one.school is None else f"{one.school.name}, {said}"
