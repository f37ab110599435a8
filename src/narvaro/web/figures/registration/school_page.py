"""The page of one school's registration: status with evidence, classes, gaps, help given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from narvaro.quality import LessonCounts
from narvaro.shares import Share
from narvaro.web.accounts.models import Unit, UnitKind
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.models import HelpNote
from narvaro.web.figures.registration import heat, scope, words
from narvaro.web.figures.registration.asked_today import asked_in, waiting
from narvaro.web.figures.registration.asking import staff
from narvaro.web.figures.registration.evidence import Evidence
from narvaro.web.figures.registration.gathering import gather
from narvaro.web.figures.registration.onboarding import Onboarding
from narvaro.web.figures.registration.overview_page import (
    Choice,
    GroupRow,
    columns_of,
    rows_of,
    silent_since,
    table_of,
)
from narvaro.web.ui.charts import HeatTable, Mark


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """One school; `told_only_until` is set when its deliveries have gone silent."""

    school: Unit
    choice: Choice
    onboarding: Onboarding
    mark: Mark
    evidence: Sequence[str]
    counts: LessonCounts
    table: HeatTable
    groups: Sequence[GroupRow]
    open_count: int
    help_notes: Sequence[HelpNote]
    told_only_until: date | None


@dataclass(frozen=True, slots=True)
class TeacherRow:
    """One teacher, for the principal: how many lessons wait, and what is acknowledged."""

    name: str
    waiting: int
    counts: LessonCounts

    @property
    def share(self) -> Share | None:
        """Acknowledged of due time."""
        return self.counts.by_time


def school_page(viewer: Viewer, evidence: Evidence, school: Unit, choice: Choice) -> SchoolPage:
    """The page of a school."""
    columns = columns_of(evidence, [school.key], choice)
    lines = class_lines(viewer, evidence, school)
    rows = [heat.row_of(line, columns, choice.by) for line in heat.most_help_first(lines, columns)]
    asked = asked_in(viewer, [school.key])
    found = evidence.onboarding(school.key)
    whole = heat.Line(
        school.name, evidence.days(school.key), evidence.calendar(school.key), evidence.goal
    )
    return SchoolPage(
        school,
        choice,
        found,
        words.stage_mark(found.stage),
        words.evidence_of(found),
        heat.counts_of(whole, columns),
        table_of(rows, columns, lines, corner=_("Klass")),
        rows_of(viewer, gather(asked), {school.key: school}),
        len(asked),
        help_of(viewer, school),
        silent_since(evidence, school.key),
    )


def class_lines(viewer: Viewer, evidence: Evidence, school: Unit) -> list[heat.Line]:
    """The classes of a school with lessons this term; those that may be opened have an address."""
    found: dict[str, dict[date, LessonCounts]] = {}
    for (class_, day), counts in evidence.class_days(school.key).items():
        found.setdefault(class_, {})[day] = counts
    calendar = evidence.calendar(school.key)
    urls = class_urls(viewer, school)
    return [
        heat.Line(
            class_ or _("Grupper utan klass"), days, calendar, evidence.goal, urls.get(class_, "")
        )
        for class_, days in found.items()
    ]


def class_urls(viewer: Viewer, school: Unit) -> dict[str, str]:
    """Class → its page, where the viewer may open it."""
    reach = viewer.reach("registration.class")
    mine = Unit.objects.filter(
        pk__in=reach.unit_ids, kind=UnitKind.CLASS, key__startswith=f"{school.key}/"
    )
    return {
        scope.class_name(one): reverse("registration_class", args=[school.public_id, one.public_id])
        for one in mine
    }


def help_of(viewer: Viewer, school: Unit) -> Sequence[HelpNote]:
    """Help given to a school, the newest first; nothing dated later than the viewer's day."""
    notes = HelpNote.objects.filter(unit=school, noted_at__lte=viewer.now)
    return list(notes.select_related("given_by", "resolved_by")[:20])


def teacher_rows(viewer: Viewer, evidence: Evidence, school: Unit) -> list[TeacherRow]:
    """The school's teachers, those with most lessons waiting first, then by name.

    Only for the principal of the school, who can help; nobody is numbered.
    """
    names = staff(viewer.authority, on=viewer.today)
    open_now = waiting(asked_in(viewer, [school.key]))
    rows = [
        TeacherRow(
            names[key].name if key in names else _("Tjänstgör inte här nu"),
            sum(key in one.lesson.teachers for one in open_now),
            counts,
        )
        for key, counts in evidence.teachers(school.key).items()
    ]
    return sorted(rows, key=lambda row: (-row.waiting, row.name))
