"""From the test server to figures: what is measured after a load is what the server's truth says.

Small pages, so that paging is met everywhere. Every deviation alone goes as far as the delivery's
notices; a few, and all that do no harm at once, go through the door, into the ledger and out as
measured minutes (all of them with NARVARO_LONG=1).
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from tests.ss12000_server import (
    CLIENT_ID,
    CLIENT_SECRET,
    FIRST_DAY,
    LAST_DAY,
    MUNICIPALITY,
    STATIC_TOKEN,
    Deviations,
    Server,
    key,
    serve,
    truth,
)
from tests.ss12000_server.deviations import NAMES, one
from tests.ss12000_server.lessons import scheduled_minutes
from tests.unit.sources.ss12000.delivered import keys

from narvaro.errors import NarvaroError, SourceUnreachable
from narvaro.ledger import open_ledger
from narvaro.measurement import AbsenceRow, measure
from narvaro.pipeline import Door, take_in
from narvaro.sources.ss12000 import Access, Loaded, Profile, Wish, load, open_server

NOW = datetime(2025, 11, 8, 12, tzinfo=UTC)
HIDES = {
    "no_attendances",
    "no_absences",
    "no_aggregated_attendance",
    "no_calendar_events",
    "no_deleted_entities",
}
ENDS = {"html_answer", "dies_in_the_middle", "bad_json"}
HARMLESS = tuple(sorted(set(NAMES) - HIDES - ENDS - {"slow", "limit_refused"}))
FIGURES = ("", "other_schools_pupils", "negative_minutes", "token_is_offset_with_params")
EXAM = 90
LONG = os.environ.get("NARVARO_LONG") == "1"
MEASURED = ("", *HARMLESS) if LONG else FIGURES
Minutes = dict[str, tuple[int, int, int, int, int]]

NOTED: dict[str, set[tuple[str, str]]] = {
    "naive_meta_times": {("groups", "meta-naive"), ("calendarEvents", "meta-naive")},
    "missing_required": {("activities", "teacher-as-person"), ("groups", "meta-missing")},
    "unknown_enums": {("persons", "protection-unknown"), ("calendarEvents", "lesson-type-unknown")},
    "memberships_only_with_expand": {("groups", "memberships-with-expand")},
    "token_is_offset_with_params": {("calendarEvents", "parameters-repeated")},
    "endless_pages": {("persons", "listing-empty-page")},
    "repeated_token": {("persons", "listing-token-repeats")},
    "ignores_filters": {("persons", "other-organisation"), ("calendarEvents", "outside-window")},
    "other_schools_pupils": {("persons", "other-organisation")},
    "no_attendances": {("calendarEvents", "expand-ignored")},
}
REFUSED: dict[str, set[str]] = {
    "negative_minutes": {"marks"},
    "dates_1914": {"enrolments"},
    "end_before_start": {"enrolments", "lessons"},
    "student_null": {"marks", "announced_absences"},
    "orphan_attendance": {"marks"},
}


@dataclass
class Way:
    """One source, read again and again into one ledger."""

    server: Server
    folder: Path
    numbers: Iterator[int]
    slept: list[float]

    def profile(self) -> Profile:
        return Profile(
            base_url=self.server.base_url,
            organisations=(self.server.id_of(MUNICIPALITY),),
            access=Access(token_env="EXAMPLE_TOKEN"),  # noqa: S106 the name of a variable
            page_size=7,
        )

    def load(self, wish: Wish, profile: Profile | None = None) -> Loaded:
        reader = open_server(profile or self.profile(), sleep=self.slept.append)
        try:
            return load(
                reader, into=self.folder / f"load-{next(self.numbers)}", keys=keys, wish=wish
            )
        finally:
            reader.close()

    def take_in(self, loaded: Loaded, arrived_at: datetime) -> None:
        door = Door(source="ss12000", pupil_keys="as-given", arrived_at=arrived_at, confirm=True)
        take_in(loaded.folder, self.folder / "ledger", door)

    def measured(self, known_at: datetime) -> Minutes:
        snapshot = open_ledger(self.folder / "ledger").snapshot()
        window = f"{FIRST_DAY}..{LAST_DAY}"
        return {
            row.pupil: minutes(row) for row in measure(snapshot, window=window, known_at=known_at)
        }


def minutes(row: AbsenceRow) -> tuple[int, int, int, int, int]:
    return (
        row.scheduled_minutes,
        row.acknowledged_minutes,
        row.valid_minutes,
        row.invalid_minutes,
        row.other_minutes,
    )


FIRST = Wish(since=FIRST_DAY, until=LAST_DAY, now=NOW)


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_TOKEN", STATIC_TOKEN)
    monkeypatch.setenv("EXAMPLE_SECRET", CLIENT_SECRET)


def way(server: Server, folder: Path) -> Way:
    return Way(server, folder, count(), [])


def true_minutes(server: Server) -> Minutes:
    """Minutes of every pupil, by plain loops: a lesson any mark acknowledges counts for everyone
    in it but those whose own mark acknowledges nothing."""
    known = truth(server.school, server.deviations, organisation=server.id_of(MUNICIPALITY))
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 5)
    for pupil in known.pupils:
        sums[pupil] = [0] * 5
    reported = {lesson for lesson, _ in known.marks}
    for of, lesson in known.lessons.items():
        if lesson.cancelled:
            continue
        event = server.school.resources["calendarEvents"][of]
        for pupil in known.participants[of]:
            length, mark = scheduled_minutes(event, pupil), known.marks.get((of, pupil))
            counted = of in reported and (of, pupil) not in known.announced_only
            buckets = (mark.valid, mark.invalid, mark.other) if mark else (0, 0, 0)
            added = (length, length if counted else 0, *buckets)
            sums[pupil] = [a + b for a, b in zip(sums[pupil], added, strict=True)]
    return {keys("id", pupil): (s[0], s[1], s[2], s[3], s[4]) for pupil, s in sums.items()}


def all_harmless() -> Deviations:
    """Every deviation that loses nothing, at once; of two ways to never end, one."""
    return Deviations(**dict.fromkeys(set(HARMLESS) - {"repeated_token"}, True))


@pytest.mark.parametrize("name", [*MEASURED, "everything at once"])
def test_what_is_measured_after_a_load_is_what_was_so(name: str, tmp_path: Path) -> None:
    deviations = all_harmless() if " " in name else one(name) if name else Deviations()
    with serve(deviations) as server:
        source = way(server, tmp_path)
        loaded = source.load(FIRST)
        source.take_in(loaded, NOW)
        wanted = true_minutes(server)

    assert loaded.ended_early == ""
    assert source.measured(NOW) == wanted
    assert sum(wanted[keys("id", server.id_of(key("7A-1")))]) > 0


@pytest.mark.parametrize("name", sorted(set(NAMES) - ENDS - {"slow"}))
def test_a_deviation_is_noted_and_what_cannot_be_taken_is_in_quarantine(
    name: str, tmp_path: Path
) -> None:
    with serve(one(name)) as server:
        loaded = way(server, tmp_path / "bent").load(FIRST)
        known = truth(server.school, server.deviations, organisation=server.id_of(MUNICIPALITY))

    assert NOTED.get(name, set()) <= noted(loaded)
    assert {one.table for one in loaded.quarantined} == REFUSED.get(name, set())
    assert sum(one.count for one in loaded.quarantined) == len(known.unusable)


def noted(loaded: Loaded) -> set[tuple[str, str]]:
    return {(notice.resource, notice.code) for notice in loaded.notices}


def test_nothing_out_of_order_is_noted_of_a_server_that_keeps_to_the_standard(
    tmp_path: Path,
) -> None:
    with serve() as server:
        found = noted(way(server, tmp_path).load(FIRST))

    assert found == {
        ("attendances", "attendance-without-minutes"),
        ("calendarEvents", "lesson-not-reportable"),
        ("persons", "cancelled-enrolment"),
    }
    assert not found & {one for noted in NOTED.values() for one in noted}


def test_the_source_of_sums_alone_is_measured_from_its_sums(tmp_path: Path) -> None:
    with serve(one("no_calendar_events")) as server:
        source = way(server, tmp_path)
        source.take_in(source.load(FIRST), NOW)
        strict = replace(server, deviations=Deviations())
        wanted = true_minutes_of_october(strict)

    snapshot = open_ledger(tmp_path / "ledger").snapshot()
    rows = measure(snapshot, window="2025-10-01..2025-10-31", known_at=NOW)
    assert {row.pupil: minutes(row) for row in rows if row.scheduled_minutes} == wanted


def true_minutes_of_october(server: Server) -> Minutes:
    """As `true_minutes` in October; the sums hold exams that nobody registered, too."""
    held = server.school.resources
    later = [
        of for of, event in held["calendarEvents"].items() if event["startTime"] >= "2025-11-01"
    ]
    for of in later:
        del held["calendarEvents"][of]
    whole = true_minutes(server)
    exams = sum(
        event["activity"]["id"] == key("activity prov 8A") and of != key("prov 8A 2025-10-10")
        for of, event in held["calendarEvents"].items()
    )
    for number in range(1, 10):
        pupil = keys("id", key(f"8A-{number}"))
        whole[pupil] = (whole[pupil][0] + exams * EXAM, *whole[pupil][1:])
    return {pupil: found for pupil, found in whole.items() if found[0]}


def test_a_later_load_brings_a_correction_that_counts_from_its_moment(tmp_path: Path) -> None:
    with serve() as server:
        source = way(server, tmp_path)
        first = source.load(FIRST)
        source.take_in(first, NOW)
        before = true_minutes(server)
        at = NOW + timedelta(hours=1)
        mark = key(f"attendance {key('svenska 7A 2025-10-06')} {key('7A-1')}")
        server.school.change(
            "attendances", mark, at=at, attendanceMinutes=10, invalidAbsenceMinutes=50,
            validAbsenceMinutes=None, otherAttendanceMinutes=None, absenceReason=None,
        )  # fmt: skip
        gone = key("svenska 8A 2025-11-03")
        for row in [
            r
            for r in server.school.resources["attendances"].values()
            if r["calendarEvent"]["id"] == gone
        ]:
            server.school.delete("attendances", row["id"], at=at)
        server.school.delete("calendarEvents", gone, at=at)
        later = NOW + timedelta(hours=2)
        again = source.load(Wish(until=LAST_DAY, now=later, state=first.state))
        source.take_in(again, later)
        after = true_minutes(server)

    assert before != after
    assert source.measured(NOW) == before
    assert source.measured(later) == after


@pytest.mark.parametrize("name", sorted(ENDS))
def test_a_load_that_ends_early_delivers_nothing_that_is_not_so(name: str, tmp_path: Path) -> None:
    with serve(one(name)) as server:
        source = way(server, tmp_path)
        loaded = source.load(FIRST)
        source.take_in(loaded, NOW)
        wanted = true_minutes(server)

    assert loaded.ended_early
    found = source.measured(NOW)
    assert set(found) == set(wanted)
    assert all(
        part <= whole
        for pupil, sums in found.items()
        for part, whole in zip(sums, wanted[pupil], strict=True)
    )
    assert "Logga in" not in loaded.ended_early


def test_a_server_that_asks_to_wait_is_waited_for(tmp_path: Path) -> None:
    with serve(one("too_many_requests"), retry_after=9) as server:
        source = way(server, tmp_path)
        source.load(FIRST)

    assert source.slept
    assert all(seconds >= 9 for seconds in source.slept)


def test_tokens_that_die_on_the_way_are_renewed(tmp_path: Path) -> None:
    with serve(one("unauthorized_401")) as server:
        source = way(server, tmp_path)
        access = Access(
            kind="client_credentials",
            token_url=server.token_url,
            client_id=CLIENT_ID,
            secret_env="EXAMPLE_SECRET",  # noqa: S106 the name of a variable
        )
        loaded = source.load(FIRST, replace(source.profile(), access=access, page_size=3))
        source.take_in(loaded, NOW)
        wanted, fetched = true_minutes(server), len(server.tokens)

    assert fetched > 1
    assert source.measured(NOW) == wanted


def test_a_wrong_token_is_told_without_repeating_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMPLE_TOKEN", "a-secret-mistake")
    with serve() as server, pytest.raises(NarvaroError) as raised:
        way(server, tmp_path).load(FIRST)

    assert isinstance(raised.value, SourceUnreachable)
    assert "mistake" not in str(raised.value)


def test_names_are_never_asked_for_and_nobodys_number_is_written(tmp_path: Path) -> None:
    with serve() as server:
        loaded = way(server, tmp_path).load(FIRST)
        persons = server.school.resources["persons"].values()
        asked = {name for request in server.requests for name in request.params}

    text = "".join(path.read_text(encoding="utf-8") for path in loaded.folder.glob("*.csv"))
    assert "expandReferenceNames" not in asked
    for person in persons:
        assert person["familyName"] not in text
        assert person.get("civicNo", {}).get("value", "-none-") not in text
        assert person["id"] not in text


def test_the_clock_changes_between_two_weeks_and_no_lesson_moves(tmp_path: Path) -> None:
    with serve() as server:
        loaded = way(server, tmp_path).load(FIRST)

    lines = (loaded.folder / "lessons.csv").read_text(encoding="utf-8").splitlines()
    starts = {line.split(",")[0]: line for line in lines}
    before, after = (
        starts[key(f"svenska 7A {day}")] for day in (date(2025, 10, 20), date(2025, 11, 3))
    )
    assert "2025-10-20T06:00:00Z" in before
    assert "2025-11-03T07:00:00Z" in after
