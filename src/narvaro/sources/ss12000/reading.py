"""Reads a source resource by resource onto the bench, and knows what of it is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from narvaro.sources.ss12000 import plan as plans
from narvaro.sources.ss12000.answers import Ask, NotOffered, Parameters, Reader
from narvaro.sources.ss12000.desk import Desk, Window
from narvaro.sources.ss12000.moments import written
from narvaro.sources.ss12000.notices import BadRow
from narvaro.sources.ss12000.plan import Plan
from narvaro.sources.ss12000.state import State
from narvaro.sources.ss12000.take_absences import take_absence, take_deleted, take_sum
from narvaro.sources.ss12000.take_lessons import take_attendance, take_event
from narvaro.sources.ss12000.take_persons import take_person
from narvaro.sources.ss12000.take_roster import (
    take_activity,
    take_duty,
    take_group,
    take_organisation,
)

Progress = Callable[[str, int], None]
"""Called after every page with the resource and how many of its records have been read."""

Take = Callable[[object, Desk], None]

TABLE_OF: Mapping[str, str] = {
    "organisations": "organisations",
    "groups": "group_memberships",
    "duties": "teachers",
    "persons": "pupils",
    "activities": "activities",
    "calendarEvents": "lessons",
    "attendances": "marks",
    "absences": "announced_absences",
    "aggregatedAttendance": "period_summaries",
}
"""Where a record that cannot be read would have gone."""

_TAKE: Mapping[str, Take] = {
    "organisations": take_organisation,
    "groups": take_group,
    "duties": take_duty,
    "persons": take_person,
    "activities": take_activity,
    "calendarEvents": take_event,
    "attendances": take_attendance,
    "absences": take_absence,
    "aggregatedAttendance": take_sum,
}


@dataclass(slots=True)
class Reading:
    """One reading of a source; `first_pages` looks at the first page of every list only."""

    reader: Reader
    desk: Desk
    plan: Plan
    state: State
    today: date
    progress: Progress | None = None
    first_pages: bool = False
    lessons_are_registered: bool = False
    whole: dict[str, Window] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    more: set[str] = field(default_factory=set)
    lessons_until: date | None = None

    @property
    def organisations(self) -> tuple[str | None, ...]:
        """The organisations to ask for one by one; a single None asks for everything."""
        wanted = self.desk.profile.organisations if self.reader.splits_time else ()
        return wanted or (None,)

    def wants(self, resource: str) -> bool:
        """Whether the resource is to be read, and was not found missing lately."""
        is_read = resource in self.desk.profile.read
        return is_read and not self.state.is_missing(resource, today=self.today)

    def is_offered(self, resource: str) -> bool:
        """Whether this reading found the resource."""
        last = self.state.answered.get(resource)
        return last is not None and last.status == "offered" and resource in self.records

    @property
    def tells_attendance(self) -> bool:
        """Whether the source tells attendance by lesson, with the lessons or by itself."""
        return self.desk.attendance_came_along or self.is_offered("attendances")

    @property
    def sums_speak(self) -> bool:
        """Whether sums came and nobody can register on the lessons: the sums are what counts."""
        has_sums = self.records.get("aggregatedAttendance", 0) > 0
        return has_sums and not self.tells_attendance and not self.lessons_are_registered

    def roster(self) -> None:
        """Read organisations, groups, duties, persons and activities, all of them."""
        if self.each_organisation("organisations", (None,), {}):
            self._note_unknown_organisations()
            self.whole["organisations"] = Window()
        has_groups, is_live = self._groups(), self.reader.splits_time
        self.each_organisation("duties", self.organisations, {})
        if self._persons() and is_live:
            self.whole["pupils"] = self.whole["enrolments"] = Window()
            if has_groups:
                self.whole["group_memberships"] = Window()
        if self.each_organisation("activities", self.organisations, {"expand": "syllabus"}):
            self.whole["activities"] = Window()

    def each_organisation(
        self,
        resource: str,
        organisations: Iterable[str | None],
        optional: Parameters,
        *,
        needed: Parameters | None = None,
    ) -> bool:
        """Read a list for every organisation asked for; say whether all of it came."""
        asked = [
            self.read(
                Ask(resource, needed or {}, {**_filter("organisation", one), **optional}), of=one
            )
            for one in organisations
        ]
        return all(asked)

    def read(self, ask: Ask, *, of: str | None = None, wants: bool | None = None) -> bool:
        """Read one list; say whether all of it came. Raises PageUnreadable."""
        if not (self.wants(ask.resource) if wants is None else wants):
            return False
        self.desk.asked_of = of
        try:
            return self._pages(ask)
        except NotOffered as lacking:
            self._answered(ask.resource, lacking.status)
            return False

    def _pages(self, ask: Ask) -> bool:
        for page in self.reader.pages(ask):
            self._answered(ask.resource, "offered")
            self._take(ask.resource, page.rows if ask.resource in _TAKE else page.data)
            if self.first_pages:
                if page.token is not None:
                    self.more.add(ask.resource)
                return page.token is None
        return True

    def _take(self, resource: str, data: object) -> None:
        if resource == "deletedEntities":
            take_deleted(data, self.desk)
            rows: list[object] = []
        else:
            rows = data if isinstance(data, list) else []
        for row in rows:
            try:
                _TAKE[resource](row, self.desk)
            except BadRow as bad:
                self.desk.book.refuse(TABLE_OF[resource], bad.reason)
        self.records[resource] = self.records.get(resource, 0) + len(rows)
        if self.progress is not None:
            self.progress(resource, self.records[resource])

    def _answered(self, resource: str, status: str) -> None:
        self.state = self.state.with_answer(resource, status, today=self.today)

    def _note_unknown_organisations(self) -> None:
        missing = self.desk.scope.unknown()
        self.desk.book.note("organisations", "organisation-not-known", len(missing))

    def _groups(self) -> bool:
        """Read groups; once more, expanded, where none of them named a member."""
        is_whole = self.each_organisation("groups", self.organisations, {})
        nobody = not self.desk.bench.count("SELECT EXISTS (SELECT 1 FROM members)")
        if not self.records.get("groups") or not nobody or not self.reader.splits_time:
            return is_whole
        is_whole = self.each_organisation(
            "groups", self.organisations, {"expand": "groupMemberships"}
        )
        if self.desk.bench.count("SELECT EXISTS (SELECT 1 FROM members)"):
            self.desk.book.note("groups", "memberships-with-expand")
        return is_whole

    def _persons(self) -> bool:
        """Read pupils; everybody if somebody takes the names of staff and guardians."""
        asked = [
            self.read(Ask("persons", {}, one), of=organisation)
            for organisation in self.organisations
            for one in self._relationships(organisation)
        ]
        if self.desk.people is not None:
            self.desk.people.finish()
        return all(asked)

    def _relationships(self, organisation: str | None) -> list[Parameters]:
        takes_names = self.desk.people is not None
        if takes_names and organisation is None:
            return [{}]
        kinds = ("enrolment", "duty", "responsibleFor.enrolment") if takes_names else ("enrolment",)
        where = _filter("relationship.organisation", organisation)
        return [{"relationship.entity.type": kind, **where} for kind in kinds]

    def lessons(self) -> None:
        """Read lessons week by week, and earlier ones that changed."""
        self.desk.lessons_complete = not self._reads_attendance()
        every = True
        weeks = self.plan.weeks if self.reader.splits_time else (self.plan.everything,)
        for week in weeks:
            self.desk.window = week
            every = self.lessons_of(week, {}) and every
            if every:
                self.lessons_until = week.end
        self._changed_lessons()
        self.desk.window = self.plan.everything
        if every and self.reader.splits_time:
            self.whole["lessons"] = self.plan.reread

    def _reads_attendance(self) -> bool:
        return "attendances" in self.desk.profile.read

    def lessons_of(self, window: Window, optional: Parameters) -> bool:
        """Read the lessons of some days; say whether all of them came."""
        needed = plans.time_span(window, self.desk.profile.local_zone)
        return self.each_organisation(
            "calendarEvents", self.organisations, {**self._expand(), **optional}, needed=needed
        )

    def _expand(self) -> Parameters:
        wanted = ["attendance"] if self._reads_attendance() else []
        if not self.is_offered("activities"):
            wanted.append("activity")
        return {"expand": wanted} if wanted else {}

    def _changed_lessons(self) -> None:
        before, since = self.plan.before, self.plan.changes_since
        if before is None or since is None:
            return
        self.desk.window = before
        self.lessons_of(before, {"meta.modified.after": written(since)})


def _filter(name: str, value: str | None) -> Parameters:
    return {} if value is None else {name: value}
