"""From the standard's records to rows: minutes, acknowledgement, who was there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.sources.ss12000.delivered import Delivered, Row, keys, moment
from tests.unit.sources.ss12000.making import (
    absence,
    activity,
    attendance,
    duty,
    enrolment,
    event,
    group,
    loaded,
    person,
    ref,
    school,
)

from narvaro.sources.ss12000 import Profile
from narvaro.sources.ss12000.rows_registrations import within


def key(of: str) -> str:
    return keys("id", of)


def mark(delivered: Delivered, student: str = "p1", lesson: str = "e") -> Row:
    return delivered.marks()[(lesson, key(student))]


def codes(found: Any) -> dict[str, int]:
    return {one.code: one.count for one in found.notices}


def reasons(found: Any) -> dict[str, str]:
    return {one.table: one.reason for one in found.quarantined}


# --- minutes ---------------------------------------------------------------------------------


def test_the_teaching_length_of_a_lesson_is_its_minutes_when_it_is_shorter(tmp_path: Path) -> None:
    _, delivered = loaded(tmp_path, school(calendarEvents=[event(teachingLengthStudent=50)]))

    assert delivered.rows("lessons")[0]["minutes"] == "50"


@pytest.mark.parametrize(
    ("exception", "minutes"),
    [
        ({"teachingLength": 20}, "20"),
        ({"teachingLength": 20, "startTime": "2026-09-01T08:00:00+02:00",
          "endTime": "2026-09-01T08:40:00+02:00"}, "20"),
        ({"startTime": "2026-09-01T08:00:00+02:00", "endTime": "2026-09-01T08:40:00+02:00"}, "40"),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_pupils_own_minutes_come_from_the_exception_first(
    exception: dict[str, Any], minutes: str, tmp_path: Path
) -> None:
    one = {"student": ref("p1"), "participates": True} | exception
    lesson = event(studentExceptions=[one], teachingLengthStudent=50)
    _, delivered = loaded(tmp_path, school(calendarEvents=[lesson], attendances=[attendance()]))

    assert mark(delivered)["scheduled_minutes"] == minutes


def test_a_teaching_length_that_is_no_minutes_falls_back_to_end_minus_start(
    tmp_path: Path,
) -> None:
    found, delivered = loaded(tmp_path, school(calendarEvents=[event(teachingLengthStudent=-5)]))

    assert delivered.rows("lessons")[0]["minutes"] == ""
    assert codes(found)["length-unreadable"] == 1


def test_valid_and_invalid_and_other_minutes_keep_their_buckets(tmp_path: Path) -> None:
    one = attendance(
        attendanceMinutes=20,
        validAbsenceMinutes=15,
        invalidAbsenceMinutes=10,
        otherAttendanceMinutes=15,
    )
    _, delivered = loaded(tmp_path, school(attendances=[one]))
    row = mark(delivered)

    assert [
        row[name]
        for name in ("present_minutes", "valid_minutes", "invalid_minutes", "other_minutes")
    ] == ["20", "15", "10", "15"]
    assert row["unclassified_minutes"] == ""


def test_a_bucket_that_nobody_gave_stays_unknown(tmp_path: Path) -> None:
    _, delivered = loaded(tmp_path, school(attendances=[attendance(invalidAbsenceMinutes=10)]))

    assert (mark(delivered)["invalid_minutes"], mark(delivered)["valid_minutes"]) == ("10", "")


@pytest.mark.parametrize(
    ("given", "length", "kept"),
    [
        ((None, 70, None, None), 60, (None, 60, None, None)),
        ((60, 40, 30, 5), 60, (0, 40, 20, 0)),
        ((62, None, None, None), 60, (62, None, None, None)),
        ((90, None, None, None), 60, (60, None, None, None)),
        ((None, None, None, None), 0, (None, None, None, None)),
    ],
)
def test_minutes_beyond_the_lesson_are_cut_to_it(
    given: tuple[int | None, ...], length: int, kept: tuple[int | None, ...]
) -> None:
    assert within(given, length) == kept


def test_absence_longer_than_the_lesson_is_cut_and_noted(tmp_path: Path) -> None:
    found, delivered = loaded(tmp_path, school(attendances=[attendance(invalidAbsenceMinutes=75)]))

    assert mark(delivered)["invalid_minutes"] == "60"
    assert codes(found)["attendance-cut"] == 1


@pytest.mark.parametrize("minutes", [-10, 1441, "many", True, 10.5])
def test_minutes_that_cannot_be_quarantine_the_mark_and_only_it(
    minutes: object, tmp_path: Path
) -> None:
    rows = [attendance(validAbsenceMinutes=minutes), attendance(student="p2")]
    found, delivered = loaded(tmp_path, school(attendances=rows))

    assert reasons(found)["marks"].startswith("validAbsenceMinutes ")
    assert mark(delivered, "p2")["acknowledged"] == "yes"


# --- acknowledgement ---------------------------------------------------------------------------


def test_a_reported_mark_acknowledges_and_carries_when_it_became_known(tmp_path: Path) -> None:
    one = attendance(reportedTimestamp="2026-09-01T09:02:00+02:00")
    _, delivered = loaded(tmp_path, school(attendances=[one]))

    assert mark(delivered)["acknowledged"] == "yes"
    assert moment(mark(delivered)["recorded_at"]) == moment("2026-09-01T10:05:00+02:00")
    lesson = delivered.rows("lessons")[0]
    assert moment(lesson["acknowledged_at"]) == moment("2026-09-01T09:02:00+02:00")
    assert lesson["recorded_at"] == ""


def test_absence_that_is_not_reported_was_announced_and_acknowledges_nothing(
    tmp_path: Path,
) -> None:
    one = attendance(isReported=False, validAbsenceMinutes=60)
    _, delivered = loaded(tmp_path, school(attendances=[one]))

    assert (mark(delivered)["acknowledged"], mark(delivered)["valid_minutes"]) == ("no", "60")


def test_a_mark_that_does_not_say_is_unknown(tmp_path: Path) -> None:
    found, delivered = loaded(tmp_path, school(attendances=[attendance(isReported=None)]))

    assert mark(delivered)["acknowledged"] == "unknown"
    assert codes(found)["reported-missing"] == 1


def test_a_lesson_reported_for_some_and_not_for_others_is_noted(tmp_path: Path) -> None:
    rows = [attendance(), attendance(student="p2", isReported=False)]
    found, _ = loaded(tmp_path, school(attendances=rows))

    assert codes(found)["attendance-partly-reported"] == 1


def test_the_lesson_itself_is_acknowledged_when_only_strangers_say_so(tmp_path: Path) -> None:
    found, delivered = loaded(tmp_path, school(attendances=[attendance(student="nobody")]))

    assert delivered.rows("lessons")[0]["acknowledged"] == "yes"
    assert reasons(found)["marks"] == "the pupil is not in the roster"


# --- who was there -------------------------------------------------------------------------------


def test_a_pupil_without_a_mark_stays_in_a_lesson_that_has_marks(tmp_path: Path) -> None:
    _, delivered = loaded(tmp_path, school(attendances=[attendance(invalidAbsenceMinutes=5)]))

    assert delivered.participants()["e"] == {key("p1"), key("p2")}
    other = mark(delivered, "p2")
    assert (other["acknowledged"], other["invalid_minutes"]) == ("", "")
    assert other["recorded_at"] == mark(delivered)["recorded_at"]


def test_a_lesson_without_marks_is_left_to_its_group(tmp_path: Path) -> None:
    _, delivered = loaded(tmp_path, school())

    assert delivered.rows("marks") == []
    assert delivered.rows("lessons")[0]["group"] == "g"


def test_a_pupil_taken_out_of_a_lesson_is_not_in_it(tmp_path: Path) -> None:
    lesson = event(studentExceptions=[{"student": ref("p2"), "participates": False}])
    _, delivered = loaded(tmp_path, school(calendarEvents=[lesson]))

    assert delivered.participants()["e"] == {key("p1")}


def test_a_pupil_brought_into_a_lesson_is_in_it(tmp_path: Path) -> None:
    lesson = event(
        studentExceptions=[{"student": ref("p3"), "participates": True, "teachingLength": 30}]
    )
    people = [person("p1"), person("p2"), person("p3")]
    _, delivered = loaded(tmp_path, school(calendarEvents=[lesson], persons=people))

    assert delivered.participants()["e"] == {key("p1"), key("p2"), key("p3")}
    assert mark(delivered, "p3")["scheduled_minutes"] == "30"


def test_one_taken_out_and_yet_reported_counts_and_is_noted(tmp_path: Path) -> None:
    lesson = event(studentExceptions=[{"student": ref("p2"), "participates": False}])
    rows = [attendance(), attendance(student="p2", invalidAbsenceMinutes=60)]
    found, delivered = loaded(tmp_path, school(calendarEvents=[lesson], attendances=rows))

    assert mark(delivered, "p2")["invalid_minutes"] == "60"
    assert codes(found)["excepted-but-reported"] == 1


def test_nobody_is_expected_outside_the_membership_or_the_enrolment(tmp_path: Path) -> None:
    members = [
        {"person": ref("p1"), "startDate": "2026-08-15"},
        {"person": ref("p2"), "startDate": "2026-08-15", "endDate": "2026-08-31"},
        {"person": ref("p3"), "startDate": "2026-08-15"},
    ]
    people = [
        person("p1"),
        person("p2"),
        person("p3", enrolments=[enrolment(endDate="2026-08-31")]),
    ]
    resources = school(
        groups=[group(groupMemberships=members)], persons=people, attendances=[attendance()]
    )
    found, delivered = loaded(tmp_path, resources)

    assert delivered.participants()["e"] == {key("p1")}
    assert codes(found)["membership-cut"] == 1


def test_groups_taught_together_are_one_group_and_a_pupil_in_both_is_there_once(
    tmp_path: Path,
) -> None:
    groups = [group("g"), group("h", members=("p2", "p3"))]
    people = [person("p1"), person("p2"), person("p3")]
    both = activity(groups=[ref("g"), ref("h")])
    _, delivered = loaded(tmp_path, school(groups=groups, persons=people, activities=[both]))

    assert delivered.participants()["e"] == {key("p1"), key("p2"), key("p3")}


def test_a_cancelled_lesson_is_delivered_as_cancelled(tmp_path: Path) -> None:
    _, delivered = loaded(tmp_path, school(calendarEvents=[event(cancelled=True)]))

    assert delivered.rows("lessons")[0]["cancelled"] == "true"


@pytest.mark.parametrize(
    ("kind", "marked", "counts"),
    [
        ("Undervisning", False, True),
        ("Elevaktivitet", False, True),
        ("Läraraktivitet", True, False),
        ("Övrigt", True, False),
        ("Provaktivitet", False, False),
        ("Provaktivitet", True, True),
        (None, False, True),
        ("Skolans eget", False, True),
    ],
)
def test_what_kinds_of_activity_are_lessons(
    kind: str | None, marked: bool, counts: bool, tmp_path: Path
) -> None:
    resources = school(
        activities=[activity(activityType=kind)], attendances=[attendance()] if marked else []
    )
    _, delivered = loaded(tmp_path, resources)

    assert bool(delivered.rows("lessons")) is counts
    assert bool(delivered.rows("marks")) is (counts and marked)


def test_tests_are_lessons_always_or_never_when_the_profile_says_so(tmp_path: Path) -> None:
    resources = school(activities=[activity(activityType="Provaktivitet")])
    _, always = loaded(tmp_path / "a", resources, profile=Profile(tests="always"))
    resources["attendances"] = [attendance()]
    _, never = loaded(tmp_path / "n", resources, profile=Profile(tests="never"))

    assert (len(always.rows("lessons")), len(never.rows("lessons"))) == (1, 0)


# --- teachers ------------------------------------------------------------------------------------


def test_a_teacher_is_a_duty_and_a_duty_is_a_person(tmp_path: Path) -> None:
    _, delivered = loaded(tmp_path, school())

    assert delivered.rows("lessons")[0]["teachers"] == keys("staff", "t1")


def test_a_substitute_replaces_the_teacher(tmp_path: Path) -> None:
    lesson = event(
        teacherExceptions=[
            {"duty": ref("d"), "participates": False},
            {"duty": ref("d2"), "participates": True},
        ]
    )
    duties = [duty(), duty("d2", person="t2")]
    _, delivered = loaded(tmp_path, school(calendarEvents=[lesson], duties=duties))

    assert delivered.rows("lessons")[0]["teachers"] == keys("staff", "t2")


def test_a_teacher_counts_only_within_the_dates_of_the_assignment(tmp_path: Path) -> None:
    teachers = [{"duty": ref("d"), "endDate": "2026-08-31"}]
    _, delivered = loaded(tmp_path, school(activities=[activity(teachers=teachers)]))

    assert delivered.rows("lessons")[0]["teachers"] == ""


def test_a_teacher_whose_duty_is_not_known_is_kept_by_the_duty(tmp_path: Path) -> None:
    found, delivered = loaded(tmp_path, school(duties=[duty("other")]))

    assert delivered.rows("lessons")[0]["teachers"] == keys("duty", "d")
    assert codes(found)["teacher-unresolved"] == 1


# --- announcements and reasons --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "word"),
    [("Beviljad ledighet", "leave"), ("Anmäld frånvaro", "notified"), ("Annat", "notified")],
)
def test_announced_absence_is_leave_or_notified(kind: str, word: str, tmp_path: Path) -> None:
    _, delivered = loaded(tmp_path, school(absences=[absence(type=kind)]))

    assert [row["kind"] for row in delivered.rows("announced_absences")] == [word]


def test_a_reason_is_mapped_and_its_text_goes_nowhere(tmp_path: Path) -> None:
    rows = [
        attendance(absenceReason=" Beviljad LEDIGHET ", validAbsenceMinutes=60),
        attendance(student="p2", absenceReason="Svår migrän", validAbsenceMinutes=60),
    ]
    found, delivered = loaded(tmp_path, school(attendances=rows))

    assert mark(delivered)["reason"] == "leave"
    assert mark(delivered, "p2")["reason"] == ""
    assert codes(found)["reason-unknown"] == 1
    assert "migrän" not in delivered.text() + repr(found)


def test_a_profile_maps_its_own_reasons(tmp_path: Path) -> None:
    profile = Profile(reasons={"tandregleraren": "other_valid"})
    rows = [attendance(absenceReason="Tandregleraren", validAbsenceMinutes=60)]
    _, delivered = loaded(tmp_path, school(attendances=rows), profile=profile)

    assert mark(delivered)["reason"] == "other_valid"


# --- sums by month -----------------------------------------------------------------------------


def one_sum(activity: str = "a", **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = {
        "activity": ref(activity),
        "student": ref("p1"),
        "startDate": "2026-09-01",
    }
    found |= {"endDate": "2026-09-30", "attendanceSum": 500, "validAbsenceSum": 60}
    return found | {"invalidAbsenceSum": 40, "reportedSum": 600, "offeredSum": 700} | more


def test_sums_over_activities_become_one_row_a_pupil_and_month(tmp_path: Path) -> None:
    both = [activity(), activity("b")]
    rows = [one_sum(), one_sum("b", validAbsenceSum=None, attendanceSum=560)]
    _, delivered = loaded(tmp_path, school(activities=both, aggregatedAttendance=rows))
    row = delivered.rows("period_summaries")[0]

    assert (row["from"], row["to"], row["precision"]) == ("2026-09-01", "2026-09-30", "exact")
    assert [row[f"{name}_minutes"] for name in ("offered", "acknowledged", "valid", "invalid")] == [
        "1400",
        "1200",
        "60",
        "80",
    ]


def test_sums_without_offered_minutes_leave_the_coverage_unknown(tmp_path: Path) -> None:
    rows = [one_sum(offeredSum=None, reportedSum=None)]
    _, delivered = loaded(tmp_path, school(aggregatedAttendance=rows))
    row = delivered.rows("period_summaries")[0]

    assert (row["offered_minutes"], row["acknowledged_minutes"]) == ("", "600")


# --- the roster -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "year", "grade"),
    [
        ("GR", 7, "7"),
        ("GR", "7", "7"),
        ("GR", 0, "F"),
        ("FKLASS", 0, "F"),
        ("FS", None, "preschool"),
        ("SP", 10, "10"),
        ("GRS", 3, "3"),
        ("GY", 1, ""),
        ("GR", 14, ""),
        (None, 5, ""),
    ],
)
def test_grades_belong_to_compulsory_school(
    form: str | None, year: object, grade: str, tmp_path: Path
) -> None:
    one = person("p1", enrolments=[enrolment(schoolType=form, schoolYear=year)])
    _, delivered = loaded(tmp_path, school(persons=[one]))

    assert delivered.rows("enrolments")[0]["grade"] == grade


def test_leisure_time_care_and_cancelled_enrolments_are_no_enrolments(tmp_path: Path) -> None:
    inside = [enrolment(), enrolment(schoolType="FTH"), enrolment("other", cancelled=True)]
    found, delivered = loaded(tmp_path, school(persons=[person("p1", enrolments=inside)]))

    assert len(delivered.rows("enrolments")) == 1
    assert codes(found)["leisure-enrolment"] == codes(found)["cancelled-enrolment"] == 1


def test_an_enrolment_is_cut_where_the_class_changes(tmp_path: Path) -> None:
    def in_class(of: str, **days: str) -> dict[str, Any]:
        members = [{"person": ref("p1"), **days}]
        return group(of, groupType="Klass", displayName=of.upper(), groupMemberships=members)

    classes = [
        in_class("7a", startDate="2026-08-15", endDate="2026-10-04"),
        in_class("7b", startDate="2026-10-05"),
    ]
    _, delivered = loaded(tmp_path, school(groups=[*classes, group()]))
    rows = [row for row in delivered.rows("enrolments") if row["pupil"] == key("p1")]

    assert [(row["class"], row["starts_on"], row["ends_on"]) for row in rows] == [
        ("7a", "2026-08-15", "2026-10-04"),
        ("7b", "2026-10-05", ""),
    ]


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("Ingen", "none"),
        ("Sekretessmarkering", "marked"),
        ("Skyddad folkbokföring", "protected_registration"),
        ("Fingerade personuppgifter", "protected_registration"),
        ("", "protected_registration"),
        (7, "protected_registration"),
        (None, ""),
    ],
)
def test_protection_in_unknown_words_is_the_strictest(
    word: object, kept: str, tmp_path: Path
) -> None:
    found, delivered = loaded(tmp_path, school(persons=[person("p1", securityMarking=word)]))

    assert delivered.rows("pupils")[0]["protection"] == kept
    assert "ingerade" not in delivered.text() + repr(found)


def test_a_marking_on_a_reference_holds_when_it_is_stricter(tmp_path: Path) -> None:
    student = ref("p1", securityMarking="Sekretessmarkering")
    rows = [attendance() | {"student": student}]
    found, delivered = loaded(tmp_path, school(attendances=rows))

    assert {row["pupil"]: row["protection"] for row in delivered.rows("pupils")}[
        key("p1")
    ] == "marked"
    assert codes(found)["protection-stricter-elsewhere"] == 1


def test_a_number_that_two_pupils_have_is_an_alias_of_neither(tmp_path: Path) -> None:
    number = {"value": "201399189130"}
    people = [person("p1", civicNo=number), person("p2", civicNo=number)]
    found, _ = loaded(tmp_path, school(persons=people))

    assert {one.kind for one in found.aliases} == {"id"}
    assert codes(found)["alias-shared"] == 1


def test_organisations_in_a_circle_lose_their_parents(tmp_path: Path) -> None:
    from tests.unit.sources.ss12000.making import organisation

    circle = [
        organisation("unit", parentOrganisation=ref("area")),
        organisation("area", parentOrganisation=ref("unit")),
    ]
    _, delivered = loaded(tmp_path, school(organisations=circle))

    assert {row["parent"] for row in delivered.rows("organisations")} == {""}


def test_a_school_that_nobody_described_gets_a_row(tmp_path: Path) -> None:
    resources = school(persons=[person("p1", school="elsewhere")])
    found, delivered = loaded(tmp_path, resources)

    assert "elsewhere" in {row["organisation"] for row in delivered.rows("organisations")}
    assert codes(found)["organisation-undescribed"] == 1


def test_only_the_organisations_wanted_and_what_is_below_them_come_through(tmp_path: Path) -> None:
    from tests.unit.sources.ss12000.making import organisation

    resources = school(
        organisations=[
            organisation("town", organisationType="Huvudman"),
            organisation("unit", parentOrganisation=ref("town")),
            organisation("other"),
        ],
        persons=[person("p1"), person("p2", school="other")],
        activities=[activity(), activity("x", organisation=ref("other"))],
        calendarEvents=[event(), event("f", activity=ref("x"))],
        attendances=[attendance(), attendance(student="p2"), attendance("f", "p2")],
        absences=[absence(), absence("p2"), absence(organisation=ref("other"))],
    )
    found, delivered = loaded(tmp_path, resources, profile=Profile(organisations=("town",)))

    assert {row["pupil"] for row in delivered.rows("pupils")} == {key("p1")}
    assert {row["lesson"] for row in delivered.rows("lessons")} == {"e"}
    assert set(delivered.marks()) == {("e", key("p1"))}
    assert {row["pupil"] for row in delivered.rows("announced_absences")} == {key("p1")}
    assert {row["organisation"] for row in delivered.rows("organisations")} == {"town", "unit"}
    assert codes(found)["other-pupil"] >= 1


# --- times ---------------------------------------------------------------------------------------


def test_times_without_offset_are_refused_until_the_profile_says_how_to_read_them(
    tmp_path: Path,
) -> None:
    naive = event(startTime="2026-09-01T08:00:00", endTime="2026-09-01T09:00:00")
    resources = school(calendarEvents=[naive, event("f")])
    found, _ = loaded(tmp_path / "refused", resources)
    read = Profile(naive_times="Europe/Stockholm")
    _, delivered = loaded(tmp_path / "read", resources, profile=read)

    assert "has no offset" in reasons(found)["lessons"]
    starts = {row["lesson"]: row["starts_at"] for row in delivered.rows("lessons")}
    assert starts["e"] == starts["f"] == "2026-09-01T06:00:00Z"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"startTime": "1914-09-01T08:00:00+02:00"}, "startTime is outside 1990-2100"),
        ({"startTime": None}, "startTime is not a time"),
        ({"endTime": "2026-09-01T07:00:00+02:00"}, "endTime is before startTime"),
        ({"endTime": "2026-09-02T09:00:00+02:00"}, "endTime is more than a day after startTime"),
        ({"endTime": None}, "endTime is missing, and no teaching length stands in for it"),
        ({"id": None}, "id is missing or not a text"),
        ({"activity": ref("nothing")}, "the activity is not known"),
    ],
)
def test_a_lesson_that_cannot_be_is_quarantined_alone(
    change: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    found, delivered = loaded(tmp_path, school(calendarEvents=[event(**change), event("f")]))

    assert reasons(found)["lessons"] == reason
    assert [row["lesson"] for row in delivered.rows("lessons")] == ["f"]


def test_a_change_in_the_future_counts_as_known_at_arrival(tmp_path: Path) -> None:
    meta = {"created": "2026-09-01T10:00:00+02:00", "modified": "2099-01-01T00:00:00Z"}
    found, delivered = loaded(tmp_path, school(attendances=[attendance(meta=meta)]))

    assert mark(delivered)["recorded_at"] == ""
    assert codes(found)["meta-from-future"] == 1


def test_the_later_of_two_versions_of_one_record_holds_in_either_order(tmp_path: Path) -> None:
    later = attendance(
        invalidAbsenceMinutes=30,
        meta={"created": "2026-09-01T10:00:00+02:00", "modified": "2026-09-02T10:00:00+02:00"},
    )
    for name, rows in (("a", [attendance(), later]), ("b", [later, attendance()])):
        found, delivered = loaded(tmp_path / name, school(attendances=rows))
        assert mark(delivered)["invalid_minutes"] == "30"
        assert codes(found)["contents-differ"] == 1
