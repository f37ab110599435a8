"""A server or a recording: bad rows go to quarantine, many hold the load, a bad page ends it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.ss12000_server import FIRST_DAY, MUNICIPALITY, STATIC_TOKEN, Deviations, serve
from tests.unit.sources.ss12000 import making

from narvaro.errors import HeldForConfirmation
from narvaro.ledger import open_ledger
from narvaro.measurement import measure
from narvaro.pipeline import Door, TakenIn, take_in_ss12000
from narvaro.sources.ss12000 import Access, Profile, open_folder, open_server
from narvaro.timetable import parse_at

NOW = datetime(2026, 9, 10, tzinfo=UTC)


def import_pages(pages: Path, folder: Path, *, confirm: bool = False) -> TakenIn:
    door = Door(source="roster", arrived_at=NOW, confirm=confirm)
    return take_in_ss12000(open_folder(pages), folder / "ledger", door)


def test_a_load_with_more_than_one_per_cent_bad_rows_is_held(tmp_path: Path) -> None:
    lessons = [making.event("e"), making.event("x", startTime="soon")]
    pages = making.recorded(tmp_path / "pages", making.school(calendarEvents=lessons))

    with pytest.raises(HeldForConfirmation, match="more than 1 %"):
        import_pages(pages, tmp_path)
    assert len(open_ledger(tmp_path / "ledger").batches()) == 1
    taken = import_pages(pages, tmp_path, confirm=True)

    assert taken.rows["lessons"] == 1
    assert [(one.table, one.count) for one in taken.left_out] == [("lessons", 1)]


def test_a_bad_row_in_two_hundred_is_left_out_and_told(tmp_path: Path) -> None:
    lessons = [making.event(f"e{n}", day=f"2026-09-{n % 28 + 1:02}") for n in range(200)]
    lessons.append(making.event("x", startTime="soon"))
    pages = making.recorded(tmp_path / "pages", making.school(calendarEvents=lessons))

    taken = import_pages(pages, tmp_path)

    assert taken.rows["lessons"] == 200
    assert [one.count for one in taken.left_out] == [1]
    kept = json.loads((tmp_path / "ledger" / "sources" / "roster.json").read_text("utf-8"))
    assert kept["left_out"] == [one.as_record() for one in taken.left_out]


def test_what_was_whole_before_a_page_that_cannot_be_read_stands(tmp_path: Path) -> None:
    pages = making.recorded(tmp_path / "pages", making.school())
    (pages / "calendarEvents-2.json").write_text("<html>", encoding="utf-8")

    taken = import_pages(pages, tmp_path)

    assert taken.ended_early
    assert taken.rows["lessons"] == 1


def test_a_lesson_that_is_gone_from_the_server_is_taken_away(tmp_path: Path) -> None:
    lessons = [making.event(f"e{n}", day=f"2026-09-0{n}") for n in (1, 2, 3)]
    world = making.Spoken(making.school(calendarEvents=lessons))
    before = import_from(world, tmp_path, 10)
    world.resources["calendarEvents"] = lessons[:2]

    after = import_from(world, tmp_path, 11)

    assert before.rows["lessons"] == 3
    assert scheduled(tmp_path, 10) == {180}
    assert scheduled(tmp_path, 11) == {120}
    assert any("no longer tells of" in str(notice) for notice in after.notices)


def import_from(world: making.Spoken, folder: Path, day: int) -> TakenIn:
    at = datetime(2026, 9, day, 12, tzinfo=UTC)
    world.now = at
    door = Door(source="roster", arrived_at=at)
    return take_in_ss12000(world.open(), folder / "ledger", door, since=date(2026, 8, 17))


def scheduled(folder: Path, day: int) -> set[int]:
    """The minutes of September for each pupil, as known at the end of a day."""
    snapshot = open_ledger(folder / "ledger").snapshot()
    known_at = datetime(2026, 9, day, 23, tzinfo=UTC)
    rows = measure(snapshot, window="month", at=parse_at("2026-09"), known_at=known_at)
    return {row.scheduled_minutes for row in rows}


def test_a_server_is_loaded_from_where_the_last_load_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAMPLE_TOKEN", STATIC_TOKEN)
    with serve(Deviations()) as server:
        profile = Profile(
            base_url=server.base_url,
            organisations=(server.id_of(MUNICIPALITY),),
            access=Access(token_env="EXAMPLE_TOKEN"),  # noqa: S106 - the name of a variable
        )
        states = []
        for day in (8, 9):
            reader = open_server(profile, sleep=lambda _: None)
            door = Door(source="roster", arrived_at=datetime(2025, 11, day, 12, tzinfo=UTC))
            take_in_ss12000(reader, tmp_path / "ledger", door, since=FIRST_DAY)
            reader.close()
            text = (tmp_path / "ledger" / "sources" / "roster.json").read_text("utf-8")
            states.append(json.loads(text)["state"])

    assert states[0]["changes_since"] < states[1]["changes_since"]
    assert date.fromisoformat(states[0]["lessons_from"]) <= FIRST_DAY
