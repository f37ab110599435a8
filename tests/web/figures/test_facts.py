"""The one place that fetches from the core: the same integers, kept until something new is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.fixtures import Settings
from tests.contracts import small_town

from narvaro.exchange import read_delivery
from narvaro.ledger import How, open_ledger
from narvaro.measurement import measure
from narvaro.timetable import At, Month, Window
from narvaro.web.figures.facts import Facts, Tally, facts_at, prewarm
from narvaro.web.figures.facts import opened as opening
from narvaro.web.figures.facts.keeping import Shelf

DECEMBER = Month.of(2017, 12)
NEW_YEAR = datetime(2018, 1, 10, 12, tzinfo=UTC)


@pytest.fixture
def own_ledger(figures_kept: Path, tmp_path: Path, settings: Settings) -> Path:  # noqa: ARG001
    """A copy of the small town's ledger, to be told more."""
    settings.LEDGER = small_town.settle(tmp_path / "own")
    return Path(settings.LEDGER)


def test_the_month_is_the_last_one_with_lessons_that_is_over(small_facts: Facts) -> None:
    assert small_facts.month == DECEMBER
    assert small_facts.programme.id == "small-town"


def test_a_pupils_minutes_are_the_integers_that_the_core_measures(small_facts: Facts) -> None:
    kept = [one for school in ("elementary", "other") for one in small_facts.standings(school)]
    measured = measure(
        open_ledger(settings.LEDGER).snapshot(),
        window="rolling-months:3",
        at=At(DECEMBER.last_day, is_month=True),
        known_at=small_facts.known_at,
    )

    assert sorted((one.absence for one in kept), key=lambda row: row.pupil) == measured


def test_a_school_is_counted_as_one_counts_on_paper(small_facts: Facts) -> None:
    tally = small_facts.tally(["elementary"])

    assert tally.bands == (1, 1, 1, 0, 1)  # seldom; often; at the limit; idle, who has none
    assert (tally.flagged, tally.certain, tally.assessed) == (1, 1, 3)
    assert tally.minutes[:2] == (9000, 9000)
    assert tally.absent == 400 + 450 + 100


def test_a_later_correction_does_not_change_what_was_known(figures_kept: Path) -> None:  # noqa: ARG001
    before = facts_at(NEW_YEAR)
    after = facts_at(datetime(2018, 1, 20, tzinfo=UTC))
    assert before is not None
    assert after is not None

    assert before.tally(["elementary"]).flagged == 2  # `often` missed 500 of 3000
    assert after.tally(["elementary"]).flagged == 1


def test_between_two_deliveries_nothing_changes(figures_kept: Path) -> None:  # noqa: ARG001
    one, other = facts_at(datetime(2018, 1, 20, tzinfo=UTC)), facts_at(datetime.now(UTC))
    assert one is not None
    assert other is not None

    assert one.known_at == other.known_at


def test_what_was_worked_out_is_not_worked_out_again_by_another_process(
    small_facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = small_facts.tally(["elementary"])
    opening._opened.clear()  # as a fresh process
    monkeypatch.setattr("narvaro.web.figures.facts.judging.judge_all", _not_again)
    again = facts_at(datetime(2018, 1, 20, tzinfo=UTC))
    assert again is not None

    assert again.tally(["elementary"]) == told
    assert len(again.standings("elementary")) == 4


def test_a_step_that_is_told_is_seen_and_no_figure_is_worked_out_again(
    own_ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = facts_at(NEW_YEAR + timedelta(days=9))
    assert before is not None
    told = before.tally(["elementary"])
    pupil = before.standings("elementary")[0].absence.pupil
    assert before.events.get(pupil, ()) == ()
    arrived_at = NEW_YEAR + timedelta(days=10)
    _tell_of_a_step(own_ledger, tmp_path, pupil, arrived_at)
    opening._opened.clear()
    monkeypatch.setattr("narvaro.web.figures.facts.judging.judge_all", _not_again)

    after = facts_at(arrived_at)

    assert after is not None
    assert (after.known_at, after.done_known_at) == (before.known_at, arrived_at)
    assert after.tally(["elementary"]) == told
    assert [one.what for one in after.events[pupil]] == ["conversation"]
    earlier = facts_at(NEW_YEAR)
    assert earlier is not None
    assert earlier.events.get(pupil, ()) == ()


def test_a_school_that_takes_part_changes_figures(own_ledger: Path, tmp_path: Path) -> None:
    before = facts_at(NEW_YEAR + timedelta(days=9))
    assert before is not None
    arrived_at = NEW_YEAR + timedelta(days=10)
    row = "programme,role,school,starts_on\nsmall-town,project,elementary,2017-08-01\n"
    _tell(own_ledger, tmp_path, "participations", row, arrived_at)
    opening._opened.clear()

    after = facts_at(arrived_at)

    assert after is not None
    assert after.known_at == arrived_at
    assert after.opened.shelf.folder != before.opened.shelf.folder


def _tell_of_a_step(ledger: Path, folder: Path, pupil: str, arrived_at: datetime) -> None:
    columns = "case,pupil,school,programme,step,opened_on,due_on"
    row = f"c1,{pupil},elementary,small-town,conversation,2018-01-15,2018-01-29"
    _tell(ledger, folder, "case_events", f"{columns}\n{row}\n", arrived_at)


def _tell(ledger: Path, folder: Path, table: str, text: str, arrived_at: datetime) -> None:
    path = folder / "told"
    path.mkdir()
    (path / f"{table}.csv").write_text(text, "utf-8")
    delivery = read_delivery(path, into=folder / "staged", arrived_at=arrived_at)
    open_ledger(ledger).ingest(delivery, How(arrived_at=arrived_at, keys_as_given=True))


def _not_again(*_: object) -> None:
    raise AssertionError("asked the core again")


@pytest.mark.parametrize("spoilt", ["", "torn", "0\n[]", "not hex\n{", "\n"])
def test_a_spoilt_file_is_worked_out_again(
    small_facts: Facts, figures_kept: Path, spoilt: str
) -> None:
    told = small_facts.tally(["elementary"])
    files = list(figures_kept.rglob("*.json"))
    for file in files:
        file.write_text(spoilt, "utf-8")
    opening._opened.clear()
    again = facts_at(datetime(2018, 1, 20, tzinfo=UTC))
    assert again is not None

    assert files
    assert again.tally(["elementary"]) == told


def test_what_is_kept_can_be_read_by_nobody_else(small_facts: Facts, figures_kept: Path) -> None:
    small_facts.tally(["elementary"])

    assert all(file.stat().st_mode & 0o077 == 0 for file in figures_kept.rglob("*.json"))


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "in-the-way").write_text("")
    shelf = Shelf(tmp_path / "in-the-way" / "kept")

    assert shelf.get("one", lambda: [1, 2], tuple) == (1, 2)


def test_an_empty_value_is_a_value(tmp_path: Path) -> None:
    Shelf(tmp_path).get("none", list, tuple)

    assert Shelf(tmp_path).get("none", _never, tuple) == ()


def _never() -> list[int]:
    raise AssertionError("made again")


def test_a_job_can_work_everything_out_beforehand(figures_kept: Path) -> None:
    assert prewarm(datetime(2018, 1, 20, tzinfo=UTC)) == 3
    assert len(list(figures_kept.rglob("*.json"))) > 20


def test_how_long_a_pupil_has_stood_on_the_list(small_facts: Facts) -> None:
    assert small_facts.flags_in_year("at-the-limit") == 2
    assert small_facts.flagged_since("at-the-limit") == date(2017, 12, 1)
    assert small_facts.flagged_since("seldom") is None


def test_another_window_keeps_the_same_limit(small_facts: Facts) -> None:
    month = small_facts.judging(window=Window("month")).of_school(DECEMBER, "elementary")

    assert {one.pupil: one.absence.scheduled_minutes for one in month} == {
        "at-the-limit": 1000,
        "often": 1000,
        "seldom": 1000,
        "idle": 0,
    }


def test_no_share_is_told_where_only_the_certain_can_be_assessed(small_facts: Facts) -> None:
    half = Tally((0, 0, 5, 0, 61), assessed=5, certain=5, minutes=(1000, 500, 400, 0, 0, 0, 0))
    most = replace(half, minutes=(1000, 800, 400, 0, 0, 0, 0))

    assert half.share == (5, 5)
    assert half.fair_share(small_facts.rule) is None
    assert most.fair_share(small_facts.rule) == (5, 5)
