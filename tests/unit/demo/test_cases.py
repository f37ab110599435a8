"""Every case of the manifest is in the delivery, counted from its rows by plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pytest

from narvaro.demo import Case, Figure, Manifest, generate

ZONE = ZoneInfo("Europe/Stockholm")
ALWAYS = datetime(1900, 1, 1, tzinfo=UTC)
Row = Mapping[str, Any]
Rosters = defaultdict[object, list[Row]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return generate(tmp_path_factory.mktemp("cases"), pupils=300)


@dataclass(eq=False)
class Told:
    """The delivery's rows, read once; keys to the versions of a row, oldest first."""

    manifest: Manifest
    tables: dict[str, list[Row]] = field(default_factory=dict)
    of_lesson: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    versions: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    of_day: defaultdict[date, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        with duckdb.connect() as con:
            con.execute("SET TimeZone = 'UTC'")
            for path in sorted(self.manifest.delivery.glob("*.parquet")):
                self.tables[path.stem] = list(_read(con, f"read_parquet('{path}')"))
        for row in self.tables["marks"]:
            self.of_lesson[row["lesson"]].append(row)
        for row in sorted(self.tables["lessons"], key=_told_at):
            self.versions[row["lesson"]].append(row)
        for key, rows in self.versions.items():
            self.of_day[_local(rows[0])].append(key)

    def rows(self, table: str, **same: object) -> list[Row]:
        return [
            row
            for row in self.tables[table]
            if all(row[name] == value for name, value in same.items())
        ]

    def lesson(self, key: str, at: datetime) -> Row:
        return [row for row in self.versions[key] if _told_at(row) <= at][-1]

    @cache  # noqa: B019  one small object a module
    def marks(self, lesson: str, at: datetime) -> dict[str, Row]:
        """The standing mark of every pupil of a lesson."""
        told = sorted((r for r in self.of_lesson[lesson] if _told_at(r) <= at), key=_told_at)
        return {row["pupil"]: row for row in {r["pupil"]: r for r in told}.values()
                if not row["withdrawn"]}  # fmt: skip

    def expected(self, lesson: Row, at: datetime) -> set[str]:
        """Members of the group, else of the class."""
        groups, classes = self.rosters(at)
        on = _local(lesson)
        members = {r["pupil"] for r in groups[lesson["group"]] if _holds(r, on)}
        return members or {
            r["pupil"] for r in classes[lesson["school"], lesson["class"]] if _holds(r, on)
        }

    @cache  # noqa: B019  one small object a module
    def rosters(self, at: datetime) -> tuple[Rosters, Rosters]:
        """Memberships by group, enrolments by school and class, as known at the time."""
        groups, classes = Rosters(list), Rosters(list)
        for row in self.current("group_memberships", "group", at):
            groups[row["group"]].append(row)
        for row in self.current("enrolments", "school", at):
            if row["class"]:
                classes[row["school"], row["class"]].append(row)
        return groups, classes

    def current(self, table: str, second: str, at: datetime) -> Iterator[Row]:
        last: dict[tuple[object, ...], Row] = {}
        for row in sorted(self.tables[table], key=_told_at):
            if _told_at(row) <= at:
                last[row["pupil"], row[second], row["starts_on"]] = row
        yield from last.values()

    def between(self, first: date, last: date) -> Iterator[str]:
        """Lessons of the days."""
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            yield from self.of_day[date.fromordinal(ordinal)]


def _read(con: duckdb.DuckDBPyConnection, table: str) -> Iterator[Row]:
    """The rows; moments are fetched without a zone, which is many times faster."""
    kinds = {name: kind for name, kind, *_ in con.execute(f"DESCRIBE FROM {table}").fetchall()}
    zoned = [name for name, kind in kinds.items() if kind == "TIMESTAMP WITH TIME ZONE"]
    columns = [f"{name}::TIMESTAMP" if name in zoned else f'"{name}"' for name in kinds]
    for values in con.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall():
        row = dict(zip(kinds, values, strict=True))
        for name in zoned:
            row[name] = row[name] and row[name].replace(tzinfo=UTC)
        yield row


def _told_at(row: Row) -> datetime:
    return row.get("recorded_at") or ALWAYS


def _local(lesson: Row) -> date:
    starts: datetime = lesson["starts_at"]
    return starts.astimezone(ZONE).date()


def _holds(row: Row, on: date) -> bool:
    return bool(row["starts_on"] <= on and (row["ends_on"] is None or on <= row["ends_on"]))


def _minutes(lesson: Row) -> int:
    span = lesson["ends_at"] - lesson["starts_at"]
    return int(span.total_seconds()) // 60 if lesson["minutes"] is None else lesson["minutes"]


@pytest.fixture(scope="module")
def told(made: Manifest) -> Told:
    return Told(made)


def count(told: Told, figure: Figure) -> tuple[int, ...]:
    """Scheduled, acknowledged and the four buckets, straight from the written rules."""
    at = (
        datetime.fromisoformat(figure.known_at)
        if figure.known_at
        else datetime.max.replace(tzinfo=UTC)
    )
    first, last = date.fromisoformat(figure.starts), date.fromisoformat(figure.ends)
    sums = [0] * 6
    for key in told.between(first, last):
        lesson = told.lesson(key, at)
        if lesson["cancelled"] or lesson["ends_at"] > at:
            continue
        marks = told.marks(key, at)
        mark = marks.get(figure.pupil)
        if mark is None and (marks or figure.pupil not in told.expected(lesson, at)):
            continue
        for n, minutes in enumerate(_parts(lesson, marks, mark)):
            sums[n] += minutes
    return tuple(sums)


def _parts(lesson: Row, marks: Mapping[str, Row], mark: Row | None) -> list[int]:
    own = mark or {}
    scheduled = own.get("scheduled_minutes")
    scheduled = _minutes(lesson) if scheduled is None else scheduled
    yes = "yes" in [lesson["acknowledged"], *(m["acknowledged"] for m in marks.values())]
    if not yes or own.get("acknowledged") == "no":
        return [scheduled, 0, 0, 0, 0, 0]
    buckets = ("valid", "invalid", "unclassified", "other")
    return [scheduled, scheduled, *(own.get(f"{name}_minutes") or 0 for name in buckets)]


def _figures(made: Manifest) -> Iterator[tuple[str, Figure]]:
    yield from ((case.name, figure) for case in made.cases for figure in case.figures)


def test_every_figure_of_the_manifest_is_what_the_rows_add_up_to(
    made: Manifest, told: Told
) -> None:
    wrong = [
        (name, figure, found)
        for name, figure in _figures(made)
        if (found := count(told, figure))
        != (figure.scheduled, figure.acknowledged, figure.valid, figure.invalid,
            figure.unclassified, figure.other)
    ]  # fmt: skip
    assert not wrong
    assert sum(1 for _ in _figures(made)) > 40


def _case(made: Manifest, name: str) -> Case:
    return made.case(name)


EDGE_CASES = {
    "P1": "no_registration_at_first",
    "P2": "timetable_in_february",
    "P3": "unusable_months",
    "P5 illness": "ill_often",
    "P5 leave": "granted_leave",
    "P6": "at_examinations",
    "P7": "same_number_two_schools",
    "P8": "never_taken_up",
    "P9": "without_analysis",
    "P12": "leaves_programme",
    "P16": "area_dissolved",
    "rounding below": "just_below_15",
    "rounding above": "just_above_15",
    "a slot with a recess": "recess_within_lesson",
    "late": "late_10_of_60",
    "late and ill": "late_then_ill",
    "mark against report": "present_despite_report",
    "report without acknowledgement": "reported_not_acknowledged",
    "corrected after the run, down": "corrected_below",
    "corrected after the run, up": "corrected_above",
    "substitute": "substitute",
    "cancelled": "cancelled_lesson",
    "cancelled but marked": "cancelled_after_marks",
    "changes group": "changes_group",
    "one lesson by two groups": "one_lesson_two_groups",
    "two lessons at one time": "two_lessons_at_once",
    "twice in a group": "twice_in_a_group",
    "enrolled in mid-month": "exactly_15",
    "leaves and comes back": "left_and_back",
    "ghost, cleaned up": "ghost_cleaned",
    "ghost, left": "ghost_left",
    "abroad": "abroad",
    "suspended": "suspended",
    "school closed": "closed_for_snow",
    "taught at home": "taught_at_home",
    "prao": "work_practice",
    "preschool": "preschool_child",
    "whole-day lessons": "whole_day_lesson",
    "summer time ends": "clocks_back",
    "summer time begins": "clocks_forward",
    "a lesson over the change": "camp_over_the_clock_change",
    "dates shifted by UTC": "after_midnight",
    "zero denominator": "zero_timetable",
    "temporary number": "temporary_number",
    "protected": "protected_registration",
    "marked": "protection_marked",
    "mark without membership": "guest",
    "rounded summaries": "rounded_summaries",
    "summary beside lessons": "summary_beside_lessons",
    "changes school": "changes_school",
    "adjusted timetable": "adjusted_timetable",
    "minutes, not days": "last_lesson_every_day",
    "three hits": "three_hits",
    "the operator is data": "month_exactly_15",
    "late acknowledgement": "acknowledged_after_month_end",
    "lessons without pupils": "lesson_without_pupils",
    "lessons without a teacher": "lesson_without_teacher",
    "groups without a timetable": "group_without_timetable",
    "unclassified": "unclassified_absence",
    "acknowledgement on the lesson": "acknowledged_lessons",
    "own mark says no": "own_mark_says_no",
    "mark without minutes": "mark_without_minutes",
    "several parts of a lesson": "valid_and_invalid",
    "growing": "growing",
}


@pytest.mark.parametrize("name", EDGE_CASES.values(), ids=EDGE_CASES.keys())
def test_every_edge_case_is_listed_once(name: str, made: Manifest) -> None:
    assert [case.name for case in made.cases].count(name) == 1


def test_every_case_names_keys_that_the_delivery_holds(made: Manifest, told: Told) -> None:
    pupils = {row["pupil"] for row in told.tables["pupils"]}
    schools = {row["organisation"] for row in told.tables["organisations"]}
    classes = {(row["school"], row["class"]) for row in told.tables["enrolments"]}
    for case in made.cases:
        assert set(case.pupils) <= pupils, case.name
        assert not case.school or case.school in schools, case.name
        assert not case.class_name or (case.school, case.class_name) in classes, case.name
        assert set(case.lessons) <= set(told.versions), case.name


@pytest.mark.parametrize(
    ("name", "absent", "scheduled"),
    [
        ("just_below_15", 2442, 16284),
        ("just_above_15", 2443, 16284),
        ("exactly_15", 1656, 11040),
        ("changes_school", 2001, 15180),
        ("late_10_of_60", 10, 300),
        ("last_lesson_every_day", 59 * 50, 59 * 300),
        ("adjusted_timetable", 272, 5428),
    ],
)
def test_the_worked_examples_have_their_exact_minutes(
    name: str, absent: int, scheduled: int, made: Manifest
) -> None:
    figure = _case(made, name).figures[0]
    assert figure.valid + figure.invalid + figure.unclassified == absent
    assert figure.scheduled == figure.acknowledged == scheduled


def test_three_hits_are_exactly_a_quarter_of_three_months(made: Manifest) -> None:
    *hits, november = _case(made, "three_hits").figures
    assert [figure.invalid * 4 == figure.acknowledged for figure in hits] == [True] * 3
    assert november.invalid == 0


def test_a_correction_moves_a_pupil_over_the_limit_each_way(made: Manifest) -> None:
    for name, was in (("corrected_below", True), ("corrected_above", False)):
        before, after = _case(made, name).figures
        assert (before.invalid * 100 >= 15 * before.acknowledged) is was
        assert (after.invalid * 100 >= 15 * after.acknowledged) is not was


def _acknowledged(told: Told, school: str, first: str, last: str) -> tuple[int, int]:
    """Lessons that were acknowledged, and all that were held."""
    keys = [
        key
        for key in told.between(date.fromisoformat(first), date.fromisoformat(last))
        if told.lesson(key, datetime.max.replace(tzinfo=UTC))["school"] == school
        and not told.lesson(key, datetime.max.replace(tzinfo=UTC))["cancelled"]
    ]
    return sum(bool(told.of_lesson[key]) for key in keys), len(keys)


def test_p1_hardly_any_lesson_is_acknowledged_at_first(made: Manifest, told: Told) -> None:
    case = _case(made, "no_registration_at_first")
    acknowledged, held = _acknowledged(told, case.school, case.starts, case.ends)
    assert held > 500
    assert acknowledged * 20 < held


def test_p2_pupils_are_enrolled_long_before_the_first_lesson(made: Manifest, told: Told) -> None:
    case = _case(made, "timetable_in_february")
    assert _acknowledged(told, case.school, case.starts, case.ends) == (0, 0)
    assert told.rows("enrolments", school=case.school, starts_on=date(2025, 7, 1))
    assert _acknowledged(told, case.school, "2026-02-01", "2026-02-28")[1] > 0
    [roles] = ({r["role"] for r in told.rows("participations", school=case.school)},)
    assert roles == {"project"}


def test_p3_four_months_cannot_be_used_and_others_can(made: Manifest, told: Told) -> None:
    school = _case(made, "unusable_months").school
    for first, last, is_usable in (
        ("2025-09-01", "2025-09-30", False),
        ("2025-10-01", "2025-10-31", True),
        ("2025-11-01", "2025-11-30", False),
        ("2026-03-01", "2026-03-31", True),
    ):
        acknowledged, held = _acknowledged(told, school, first, last)
        assert (acknowledged * 100 >= 90 * held) is is_usable, first


def test_p5_and_p6_are_flagged_by_valid_absence_alone(made: Manifest) -> None:
    for name in ("ill_often", "granted_leave", "at_examinations"):
        [figure] = _case(made, name).figures
        assert figure.invalid == figure.unclassified == 0
        assert figure.valid * 100 >= 15 * figure.acknowledged


def test_p7_the_same_number_at_two_schools(made: Manifest) -> None:
    here, there = _case(made, "same_number_two_schools").figures
    assert (here.valid, here.acknowledged) == (there.invalid, there.acknowledged)


def test_p8_and_p9_one_has_no_case_and_one_no_decision(made: Manifest, told: Told) -> None:
    [untouched] = _case(made, "never_taken_up").pupils
    assert not told.rows("case_events", pupil=untouched)
    [pupil] = _case(made, "without_analysis").pupils
    decisions = {row["step"]: row["decision"] for row in told.rows("case_events", pupil=pupil)}
    assert decisions == {"conversation": "go_on", "student-health": None}


def test_p12_a_project_school_leaves_before_30_january(made: Manifest, told: Told) -> None:
    school = _case(made, "leaves_programme").school
    rows = told.rows("participations", school=school)
    assert {row["ends_on"] for row in rows} == {date(2026, 1, 29)}
    assert {row["programme"] for row in rows} == {"boras-2016", "boras-2018"}
    assert {row["role"] for row in told.tables["participations"]} == {"project", "control"}


def test_p16_schools_of_a_dissolved_area_have_another_from_the_next_day(
    made: Manifest, told: Told
) -> None:
    case = _case(made, "area_dissolved")
    ended = told.rows("organisations", parent=case.facts["area"])
    assert ended
    for row in ended:
        [later] = told.rows(
            "organisations", organisation=row["organisation"], parent=case.facts["next_area"]
        )
        assert (later["starts_on"] - row["ends_on"]).days == 1


def _starting(told: Told, case: Case, starts_at: str) -> list[Row]:
    """All versions of the lesson of a class that begins then."""
    at = datetime.fromisoformat(starts_at)
    [key] = [
        key
        for key in told.between(*[date.fromisoformat(case.starts)] * 2)
        if told.versions[key][0]["starts_at"] == at
        and told.versions[key][0]["class"] == case.class_name
        and told.versions[key][0]["school"] == case.school
    ]
    return told.versions[key]


def test_a_cancelled_lesson_is_told_before_it_begins(made: Manifest, told: Told) -> None:
    case = _case(made, "cancelled_lesson")
    planned, cancelled = _starting(told, case, str(case.facts["starts_at"]))
    assert (planned["cancelled"], cancelled["cancelled"]) == (False, True)
    assert cancelled["recorded_at"] < cancelled["starts_at"]
    assert not told.of_lesson[planned["lesson"]]


def test_a_lesson_is_cancelled_after_it_was_marked(made: Manifest, told: Told) -> None:
    case = _case(made, "cancelled_after_marks")
    held, cancelled = _starting(told, case, str(case.facts["starts_at"]))
    marks = told.of_lesson[held["lesson"]]
    assert cancelled["cancelled"]
    assert {row["pupil"] for row in marks if row["valid_minutes"]} == set(case.pupils)
    assert max(row["recorded_at"] for row in marks) < cancelled["recorded_at"]


def test_a_substitute_teaches(made: Manifest, told: Told) -> None:
    case = _case(made, "substitute")
    planned, held = _starting(told, case, str(case.facts["starts_at"]))
    assert planned["teachers"] != held["teachers"]


def test_a_week_is_acknowledged_only_after_the_months_end(made: Manifest, told: Told) -> None:
    case = _case(made, "acknowledged_after_month_end")
    days = (date.fromisoformat(case.starts), date.fromisoformat(case.ends))
    moments = [
        row["recorded_at"]
        for key in told.between(*days)
        if told.versions[key][0]["class"] == case.class_name
        and told.versions[key][0]["school"] == case.school
        for row in told.of_lesson[key]
    ]
    assert len(moments) > 200
    assert min(moments).date() >= date(days[0].year, 4, 1)


def test_a_slot_holds_a_recess(made: Manifest, told: Told) -> None:
    for name, slot, minutes in (
        ("recess_within_lesson", None, -10),
        ("whole_day_lesson", 300, 240),
    ):
        case = _case(made, name)
        rows = [
            row
            for rows in told.versions.values()
            for row in rows
            if (row["group"] in case.groups or row["class"] == case.class_name)
            and row["school"] == case.school
        ]
        assert rows
        for row in rows:
            length = int((row["ends_at"] - row["starts_at"]).total_seconds()) // 60
            assert row["minutes"] == (length + minutes if slot is None else minutes)


def test_lessons_begin_at_the_same_clock_time_when_the_clocks_change(
    made: Manifest, told: Told
) -> None:
    for name, shift in (("clocks_back", 1), ("clocks_forward", -1)):
        case = _case(made, name)
        before, after = (datetime.fromisoformat(str(case.facts[k])) for k in ("before", "after"))
        assert after.hour - before.hour == shift
        for at in (before, after):
            assert at.astimezone(ZONE).strftime("%H:%M") == "08:10"
            starts = {told.versions[k][0]["starts_at"] for k in told.between(*[at.date()] * 2)}
            assert at in starts


def test_a_night_over_the_clock_change_is_eleven_hours(made: Manifest, told: Told) -> None:
    case = _case(made, "camp_over_the_clock_change")
    [key] = case.lessons
    [lesson] = told.versions[key]
    assert _minutes(lesson) == 660
    begins, ends = (lesson[name].astimezone(ZONE) for name in ("starts_at", "ends_at"))
    assert (begins.hour, ends.hour, ends.weekday()) == (20, 8, 6)
    assert {row["pupil"] for row in told.of_lesson[key]} == set(case.pupils)


def test_a_lesson_after_midnight_has_another_date_in_utc(made: Manifest, told: Told) -> None:
    [key] = _case(made, "after_midnight").lessons
    starts = told.versions[key][0]["starts_at"]
    assert (starts.date(), _local(told.versions[key][0])) == (
        date(2025, 11, 30), date(2025, 12, 1),
    )  # fmt: skip


def test_one_lesson_of_a_class_and_a_group_has_each_pupil_once(made: Manifest, told: Told) -> None:
    case = _case(made, "one_lesson_two_groups")
    [lesson] = told.versions[case.lessons[0]]
    assert (lesson["class"], lesson["group"]) == (case.class_name, *case.groups)
    assert lesson["acknowledged"] == "yes"
    assert not told.of_lesson[lesson["lesson"]]
    [(pupil, twice)] = [
        (p, c)
        for p in _case(made, "twice_in_a_group").pupils
        if (c := sum(r["group"] in case.groups for r in told.rows("group_memberships", pupil=p)))
    ]
    assert twice == 2
    assert pupil in told.expected(lesson, datetime.max.replace(tzinfo=UTC))


def test_two_lessons_at_one_time_overlap(made: Manifest, told: Told) -> None:
    case = _case(made, "two_lessons_at_once")
    [pupil] = case.pupils
    days = (date.fromisoformat(case.starts), date.fromisoformat(case.ends))
    starts = [
        told.versions[key][0]["starts_at"]
        for key in told.between(*days)
        if any(row["pupil"] == pupil for row in told.of_lesson[key])
    ]
    assert (len(starts) - len(set(starts))) * 60 == case.facts["minutes_at_once"]


def test_lessons_without_pupils_teachers_and_groups_without_lessons(
    made: Manifest, told: Told
) -> None:
    end = datetime.max.replace(tzinfo=UTC)
    for key in _case(made, "lesson_without_pupils").lessons:
        assert not told.of_lesson[key]
        assert not told.expected(told.versions[key][0], end)
    [key] = _case(made, "lesson_without_teacher").lessons
    assert told.versions[key][0]["teachers"] is None
    case = _case(made, "group_without_timetable")
    groups = {row["group"] for rows in told.versions.values() for row in rows}
    assert not groups & set(case.groups)
    assert len(told.rows("group_memberships", group=case.groups[0])) == len(case.pupils) == 3


def test_the_pupil_without_timetable_has_no_lesson(made: Manifest, told: Told) -> None:
    case = _case(made, "zero_timetable")
    assert told.rows("enrolments", pupil=case.pupils[0])
    assert not [r for r in told.tables["marks"] if r["pupil"] == case.pupils[0]]
    assert not [r for r in told.tables["lessons"] if r["class"] == case.class_name]


def test_a_ghosts_end_is_told_late_and_one_schools_marks_are_withdrawn(
    made: Manifest, told: Told
) -> None:
    for name, withdrawn in (("ghost_cleaned", True), ("ghost_left", False)):
        case = _case(made, name)
        first, last = told.rows("enrolments", pupil=case.pupils[0], starts_on=date(2025, 7, 1))
        assert (first["ends_on"], str(last["ends_on"])) == (None, case.facts["left_on"])
        assert (last["recorded_at"].date() - last["ends_on"]).days > 35
        after = [r for r in told.rows("marks", pupil=case.pupils[0]) if r["withdrawn"]]
        assert len(after) == (case.facts["marks"] if withdrawn else 0)


def test_a_guest_has_a_mark_where_there_is_no_enrolment(made: Manifest, told: Told) -> None:
    case = _case(made, "guest")
    [pupil] = case.pupils
    assert not told.rows("enrolments", pupil=pupil, school=case.facts["host_school"])
    hosts = [
        told.versions[row["lesson"]][0]["school"]
        for row in told.rows("marks", pupil=pupil)
        if row["invalid_minutes"] == 20
    ]
    assert hosts == [case.facts["host_school"]]


def test_reports_stand_where_marks_say_otherwise_or_nothing(made: Manifest, told: Told) -> None:
    for name in ("present_despite_report", "reported_not_acknowledged", "late_then_ill"):
        case = _case(made, name)
        rows = told.rows("announced_absences", pupil=case.pupils[0], kind="notified")
        assert rows, name
        assert {str(row["starts_at"].date()) for row in rows} >= {case.starts}


def test_leave_is_announced_before_it_begins(made: Manifest, told: Told) -> None:
    [pupil] = _case(made, "granted_leave").pupils
    rows = told.rows("announced_absences", pupil=pupil, kind="leave")
    assert len(rows) == 12
    assert all(row["recorded_at"] < row["starts_at"] for row in rows)


def test_a_closed_day_has_only_cancelled_lessons(made: Manifest, told: Told) -> None:
    case = _case(made, "closed_for_snow")
    keys = [
        key
        for key in told.between(*[date.fromisoformat(case.starts)] * 2)
        if told.versions[key][0]["school"] == case.school
    ]
    assert keys
    assert all(told.versions[key][-1]["cancelled"] for key in keys)
    assert told.rows("calendar", organisation=case.school, kind="closed")


def test_sums_of_the_school_on_paper_are_whole_hours_without_lessons(
    made: Manifest, told: Told
) -> None:
    case = _case(made, "rounded_summaries")
    rows = told.rows("period_summaries", school=case.school, precision="rounded")
    assert rows
    assert all(row["offered_minutes"] % 60 == row["valid_minutes"] % 60 == 0 for row in rows)
    assert _acknowledged(told, case.school, case.starts, case.ends) == (0, 0)


def test_a_month_told_twice_is_told_alike(made: Manifest, told: Told) -> None:
    case = _case(made, "summary_beside_lessons")
    [row] = told.rows("period_summaries", pupil=case.pupils[0])
    [figure] = case.figures
    assert (row["offered_minutes"], row["valid_minutes"], row["precision"]) == (
        figure.scheduled, figure.valid, "exact",
    )  # fmt: skip


def test_grade_8_at_workplaces_is_in_another_activity(made: Manifest, told: Told) -> None:
    case = _case(made, "work_practice")
    days = (date.fromisoformat(case.starts), date.fromisoformat(case.ends))
    marks = [
        row
        for key in told.between(*days)
        if told.versions[key][0]["class"] == case.class_name
        for row in told.of_lesson[key]
    ]
    assert marks
    assert {row["reason"] for row in marks} == {"other_activity"}
    assert not sum(row["valid_minutes"] + row["invalid_minutes"] for row in marks)


def test_preschool_children_are_away_without_being_in_any_grade(made: Manifest, told: Told) -> None:
    case = _case(made, "preschool_child")
    [row] = told.rows("enrolments", pupil=case.pupils[0])
    assert row["grade"] == "preschool"
    marks = told.rows("marks", pupil=case.pupils[0])
    assert sum(row["valid_minutes"] for row in marks) > 15 * 240


def test_protected_and_temporary_identities_are_there(made: Manifest, told: Told) -> None:
    for name, protection in (
        ("protected_registration", "protected_registration"), ("protection_marked", "marked"),
    ):  # fmt: skip
        [pupil] = _case(made, name).pupils
        assert told.rows("pupils", pupil=pupil, protection=protection)
        assert all(g["protection"] == protection for g in told.rows("guardians", pupil=pupil))
    [identity] = told.rows("identities", pupil=_case(made, "temporary_number").pupils[0])
    assert "TF" in identity["personal_number"]


def test_half_of_the_invalid_absence_is_not_classified_at_one_school(
    made: Manifest, told: Told
) -> None:
    school = _case(made, "unclassified_absence").school
    here = [
        row for row in told.tables["marks"] if told.versions[row["lesson"]][0]["school"] == school
    ]
    assert sum(row["unclassified_minutes"] for row in here) > 1000
    assert sum(row["invalid_minutes"] for row in here) > 1000


def test_one_school_acknowledges_the_lesson_itself_afterwards(made: Manifest, told: Told) -> None:
    school = _case(made, "acknowledged_lessons").school
    said = {
        row["acknowledged"] for rows in told.versions.values() for row in rows[1:]
        if row["school"] == school and not row["cancelled"] and row["acknowledged_at"]
    }  # fmt: skip
    assert said == {"yes"}


def test_a_mark_without_minutes_and_one_that_says_no(made: Manifest, told: Told) -> None:
    bare = told.rows("marks", pupil=_case(made, "mark_without_minutes").pupils[0])
    assert [row for row in bare if row["valid_minutes"] is None and row["other_minutes"] is None]
    refused = told.rows("marks", pupil=_case(made, "own_mark_says_no").pupils[0])
    assert [row for row in refused if row["acknowledged"] == "no"]


def test_a_cut_delivery_lists_only_the_cases_told_by_then(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    whole = generate(
        tmp_path_factory.mktemp("cut"), pupils=300, school_years=1, until=date(2024, 11, 30)
    )
    names = {case.name for case in whole.cases}
    assert {"just_below_15", "just_above_15"} <= names
    assert not {"corrected_below", "abroad", "growing"} & names
    told = Told(whole)
    for case in whole.cases:
        for figure in case.figures[:1]:
            assert count(told, figure)[:3] == (
                figure.scheduled, figure.acknowledged, figure.valid,
            ), case.name  # fmt: skip
