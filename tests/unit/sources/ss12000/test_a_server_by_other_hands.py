"""The client against a server that was written from the field list by somebody else.

With every deviation of that server switched on alone, the delivery says what an ideal client
would end with.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.ss12000_server import (
    CLIENT_ID,
    CLIENT_SECRET,
    FIRST_DAY,
    LAST_DAY,
    MUNICIPALITY,
    SCHOOL_B,
    STATIC_TOKEN,
    Deviations,
    Server,
    Truth,
    serve,
    truth,
)
from tests.ss12000_server.deviations import NAMES, one
from tests.unit.sources.ss12000.delivered import Delivered, Row, keys, moment, number

from narvaro.exchange import check_delivery
from narvaro.sources.ss12000 import Access, Loaded, Profile, Wish, load, open_server

ENDS_THE_LOAD = {"html_answer", "dies_in_the_middle", "bad_json"}
LACKS_LESSONS = {"no_calendar_events"}
LACKS_ATTENDANCE = {"no_attendances"}
NOW = datetime(2025, 11, 8, 12, tzinfo=UTC)
WISH = Wish(since=FIRST_DAY, until=LAST_DAY, now=NOW)


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_TOKEN", STATIC_TOKEN)
    monkeypatch.setenv("EXAMPLE_SECRET", CLIENT_SECRET)


def profile(server: Server, organisation: str = MUNICIPALITY) -> Profile:
    return Profile(
        base_url=server.base_url,
        organisations=(server.id_of(organisation),),
        access=Access(token_env="EXAMPLE_TOKEN"),  # noqa: S106 - the name of a variable
        page_size=40,
    )


def taken(server: Server, into: Path, settings: Profile | None = None) -> tuple[Loaded, Delivered]:
    reader = open_server(settings or profile(server), sleep=lambda _: None)
    try:
        return load(reader, into=into, keys=keys, wish=WISH), Delivered(into)
    finally:
        reader.close()


def pupil(of: str) -> str:
    return keys("id", of)


def ideal(server: Server, organisation: str = MUNICIPALITY) -> Truth:
    return truth(server.school, server.deviations, organisation=server.id_of(organisation))


@pytest.mark.parametrize("name", ["", *sorted(set(NAMES) - ENDS_THE_LOAD - {"slow"})])
def test_the_delivery_says_what_an_ideal_client_would(name: str, tmp_path: Path) -> None:
    with serve(one(name) if name else Deviations()) as server:
        loaded, delivered = taken(server, tmp_path / "out")
        wanted = ideal(server)

    assert loaded.ended_early == ""
    assert pupils(delivered) == {
        pupil(of): (str(one.birth_date), one.sex, one.protection)
        for of, one in wanted.pupils.items()
    }
    assert enrolments(delivered) == {
        (pupil(e.pupil), e.school, e.grade, str(e.starts_on), str(e.ends_on or ""))
        for e in wanted.enrolments
    }
    assert absences(delivered) == {
        (pupil(a.pupil), a.starts_at, a.ends_at, a.kind) for a in wanted.absences
    }
    if name not in LACKS_LESSONS | LACKS_ATTENDANCE:
        same_lessons(delivered, wanted)
        same_marks(delivered, wanted)
    assert sum(one.count for one in loaded.quarantined) == len(wanted.unusable)


@pytest.mark.parametrize("name", ["ids_are_not_uuids", "no_calendar_events", "overlapping_lessons"])
def test_the_delivery_passes_the_check_without_a_fault(name: str, tmp_path: Path) -> None:
    with serve(one(name)) as server:
        taken(server, tmp_path / "out")

    assert check_delivery(tmp_path / "out", into=tmp_path / "checked").faults == ()


def pupils(delivered: Delivered) -> dict[str, tuple[str, str, str]]:
    return {
        row["pupil"]: (row["birth_date"], row["sex"], row["protection"])
        for row in delivered.rows("pupils")
    }


def enrolments(delivered: Delivered) -> set[tuple[str, str, str, str, str]]:
    """Enrolments; those that were cut where the class changes put together again."""
    joined: list[Row] = []
    order = sorted(
        delivered.rows("enrolments"), key=lambda r: (r["pupil"], r["school"], r["starts_on"])
    )
    for row in order:
        last = joined[-1] if joined else None
        if last and follows(last, row):
            last["ends_on"] = row["ends_on"]
        else:
            joined.append(row)
    names = ("pupil", "school", "grade", "starts_on", "ends_on")
    return {tuple(row[name] for name in names) for row in joined}  # type: ignore[misc]


def follows(last: Row, row: Row) -> bool:
    same = all(last[name] == row[name] for name in ("pupil", "school"))
    return same and day_after(last["ends_on"]) == row["starts_on"]


def day_after(text: str) -> str:
    return (date.fromisoformat(text) + timedelta(days=1)).isoformat() if text else ""


def absences(delivered: Delivered) -> set[tuple[str, datetime, datetime, str]]:
    return {
        (row["pupil"], moment(row["starts_at"]), moment(row["ends_at"]), row["kind"])
        for row in delivered.rows("announced_absences")
    }


def same_lessons(delivered: Delivered, wanted: Truth) -> None:
    found = {
        row["lesson"]: (
            row["school"],
            moment(row["starts_at"]),
            moment(row["ends_at"]),
            row["cancelled"] == "true",
            frozenset(filter(None, row["teachers"].split(";"))),
        )
        for row in delivered.rows("lessons")
    }
    assert found == {
        of: (
            lesson.school,
            lesson.starts_at,
            lesson.ends_at,
            lesson.cancelled,
            frozenset(keys("staff", teacher) for teacher in lesson.teachers),
        )
        for of, lesson in wanted.lessons.items()
    }
    held = {of for of, lesson in wanted.lessons.items() if not lesson.cancelled}
    there = delivered.participants()
    assert {of: there[of] for of in held} == {
        of: frozenset(map(pupil, wanted.participants[of])) for of in held
    }


def same_marks(delivered: Delivered, wanted: Truth) -> None:
    lengths = {row["lesson"]: length(row) for row in delivered.rows("lessons")}
    buckets = ("valid_minutes", "invalid_minutes", "other_minutes")
    acknowledged = {
        at: (
            number(row["scheduled_minutes"]) or lengths[at[0]],
            *(number(row[name]) for name in buckets),
        )
        for at, row in delivered.marks().items()
        if row["acknowledged"] == "yes"
    }
    assert acknowledged == {
        (lesson, pupil(of)): (mark.scheduled, mark.valid, mark.invalid, mark.other)
        for (lesson, of), mark in wanted.marks.items()
    }
    announced = {at for at, row in delivered.marks().items() if row["acknowledged"] == "no"}
    assert announced == {(lesson, pupil(of)) for lesson, of in wanted.announced_only}


def length(row: Row) -> int:
    seconds = (moment(row["ends_at"]) - moment(row["starts_at"])).total_seconds()
    return number(row["minutes"]) or int(seconds) // 60


@pytest.mark.parametrize("name", sorted(ENDS_THE_LOAD))
def test_a_page_that_cannot_be_read_ends_the_load_and_what_was_whole_stands(
    name: str, tmp_path: Path
) -> None:
    with serve(one(name)) as server:
        loaded, delivered = taken(server, tmp_path / "out")
        wanted = ideal(server)

    assert loaded.ended_early.startswith("a page of calendarEvents ")
    assert set(pupils(delivered)) == set(map(pupil, wanted.pupils))
    assert {row["lesson"] for row in delivered.rows("lessons")} < set(wanted.lessons)
    assert loaded.state.changes_since is None
    assert loaded.whole == {}


def test_a_first_load_that_broke_goes_on_with_the_week_that_is_not_in(tmp_path: Path) -> None:
    with serve(one("dies_in_the_middle")) as server:
        broken, first = taken(server, tmp_path / "first")
        weeks = len(server.of("calendarEvents"))
        assert broken.state.lessons_until == date(2025, 10, 20)
    with serve() as server:
        reader = open_server(profile(server), sleep=lambda _: None)
        wish = Wish(since=FIRST_DAY, until=LAST_DAY, now=NOW, state=broken.state)
        loaded = load(reader, into=tmp_path / "second", keys=keys, wish=wish)
        reader.close()
        asked = [one.params["startTime.onOrAfter"][0][:10] for one in server.of("calendarEvents")]
        wanted = ideal(server)

    assert weeks > 2
    assert asked == ["2025-10-20", "2025-10-27", "2025-11-03"]
    lessons = {
        row["lesson"]
        for part in (first, Delivered(tmp_path / "second"))
        for row in part.rows("lessons")
    }
    assert lessons == set(wanted.lessons)
    assert loaded.state.changes_since is not None


def test_sums_by_month_are_taken_where_there_are_no_lessons(tmp_path: Path) -> None:
    with serve(one("no_calendar_events")) as server:
        loaded, delivered = taken(server, tmp_path / "out")

    rows = delivered.rows("period_summaries")
    assert rows
    assert {(row["from"], row["to"]) for row in rows} == {("2025-10-01", "2025-10-31")}
    assert all(
        number(row["acknowledged_minutes"]) <= number(row["offered_minutes"]) for row in rows
    )
    assert "lessons" not in loaded.counts


def test_one_school_alone_is_read_when_only_it_is_wanted(tmp_path: Path) -> None:
    with serve(one("ignores_filters")) as server:
        _, delivered = taken(server, tmp_path / "out", profile(server, SCHOOL_B))
        wanted = ideal(server, SCHOOL_B)

    assert set(pupils(delivered)) == set(map(pupil, wanted.pupils))
    assert {row["school"] for row in delivered.rows("lessons")} == {SCHOOL_B}


def test_tokens_are_fetched_and_renewed(tmp_path: Path) -> None:
    with serve(one("unauthorized_401")) as server:
        access = Access(
            kind="client_credentials",
            token_url=server.token_url,
            client_id=CLIENT_ID,
            secret_env="EXAMPLE_SECRET",  # noqa: S106 - the name of a variable
        )
        settings = Profile(
            base_url=server.base_url, organisations=(MUNICIPALITY,), access=access, page_size=5
        )
        loaded, _ = taken(server, tmp_path / "out", settings)
        fetched = len(server.tokens)

    assert loaded.ended_early == ""
    assert fetched > 1


def test_display_names_are_never_asked_for(tmp_path: Path) -> None:
    with serve() as server:
        taken(server, tmp_path / "out")
        asked = {name for request in server.requests for name in request.params}

    assert "expandReferenceNames" not in asked
    assert "student" not in asked


class Moving:
    """A server whose world moves between two loads."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.folder = server, folder
        self.first, _ = taken(server, folder / "first")
        server.requests.clear()

    def again(self) -> tuple[Loaded, Delivered]:
        reader = open_server(profile(self.server), sleep=lambda _: None)
        wish = Wish(until=LAST_DAY, now=NOW + timedelta(hours=1), state=self.first.state)
        found = load(reader, into=self.folder / "second", keys=keys, wish=wish)
        reader.close()
        return found, Delivered(self.folder / "second")


@pytest.fixture
def moving(tmp_path: Path) -> Iterator[Moving]:
    with serve() as server:
        yield Moving(server, tmp_path)


def an_old_mark(server: Server) -> tuple[str, str, str]:
    """An attendance of the first day: its id, its lesson and its pupil."""
    held = server.school.resources
    for row in held["attendances"].values():
        starts = held["calendarEvents"][row["calendarEvent"]["id"]]["startTime"]
        if starts.startswith(str(FIRST_DAY)) and row["isReported"]:
            return row["id"], row["calendarEvent"]["id"], row["student"]["id"]
    raise AssertionError


def test_a_later_load_brings_a_correction_and_the_whole_lesson_with_it(moving: Moving) -> None:
    mark, lesson, student = an_old_mark(moving.server)
    moving.server.school.change(
        "attendances",
        mark,
        at=NOW + timedelta(minutes=5),
        validAbsenceMinutes=20,
        attendanceMinutes=40,
    )

    _, delivered = moving.again()
    row = delivered.marks()[(lesson, pupil(student))]
    assert row["valid_minutes"] == "20"
    assert moment(row["recorded_at"]) == NOW + timedelta(minutes=5)
    assert delivered.participants()[lesson] == frozenset(
        map(pupil, ideal(moving.server).participants[lesson])
    )


def test_a_later_load_withdraws_a_lesson_that_was_deleted(moving: Moving) -> None:
    lesson = an_old_mark(moving.server)[1]
    moving.server.school.delete("calendarEvents", lesson, at=NOW + timedelta(minutes=5))

    _, delivered = moving.again()
    assert [row["lesson"] for row in delivered.withdrawn("lessons")] == [lesson]


def test_changes_are_asked_for_with_an_overlap_of_at_least_ten_minutes(moving: Moving) -> None:
    assert moving.first.state.changes_since == NOW

    moving.again()
    asked = [one.params for one in moving.server.of("attendances")]
    since = moment(asked[0]["meta.modified.after"][0])
    assert since <= NOW - timedelta(minutes=10)


def test_a_resource_found_missing_is_not_asked_for_again_for_a_week(tmp_path: Path) -> None:
    with serve(one("no_absences")) as server:
        moving = Moving(server, tmp_path)
        moving.again()
        assert server.of("absences") == []
