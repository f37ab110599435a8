"""Minutes told for whole periods at once: the pupil's page counts them as the measure does."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.contracts import small_town
from tests.web.conftest import Town
from tests.web.figures.conftest import NOW, PROGRAMME

from narvaro.exchange import read_delivery, write_delivery
from narvaro.ledger import How, open_or_make
from narvaro.measurement import AbsenceRow, measure
from narvaro.timetable import ZONE, Month, Period, parse_at
from narvaro.web.accounts.models import UnitKind
from narvaro.web.accounts.roles import Role
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.figures.facts.opened import opened
from narvaro.web.figures.pupil_panels.calendar_panel import sum_in_words, year_calendar
from narvaro.web.figures.pupil_panels.counting import counted
from narvaro.web.figures.pupil_panels.fetching import PupilFacts, pupil_facts
from narvaro.web.figures.pupil_panels.rolling_panel import points, years_chart
from narvaro.web.pupils.models import Enrolment, Pupil
from narvaro.web.ui.charts import DayKind

SUMS = (
    ("often", date(2017, 9, 4), date(2017, 9, 8), {"offered": 1200, "acknowledged": 1100}, 120),
    ("often", date(2017, 10, 4), date(2017, 10, 6), {"offered": 900, "acknowledged": 900}, 900),
    ("often", date(2017, 8, 21), date(2017, 9, 1), {"offered": 2000, "acknowledged": 2000}, 300),
)
"""Of the second there are lessons, so that it adds nothing; the third lies in two months."""


@pytest.fixture(scope="session")
def ledger_with_sums(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small town, where a source told some periods of a pupil as sums."""
    folder = tmp_path_factory.mktemp("sums")
    ledger = small_town.settle(folder)
    rows = [
        {
            "pupil": pupil,
            "school": "elementary",
            "from": first,
            "to": last,
            "offered_minutes": minutes["offered"],
            "acknowledged_minutes": minutes["acknowledged"],
            "valid_minutes": absent,
            "precision": "exact",
        }
        for pupil, first, last, minutes, absent in SUMS
    ]
    delivery = write_delivery({"period_summaries": rows}, folder / "told-as-sums")
    arrived = datetime(2018, 1, 16, tzinfo=UTC)
    read = read_delivery(delivery, into=folder / "staged-sums", arrived_at=arrived)
    open_or_make(ledger).ingest(read, How(arrived_at=arrived, keys_as_given=True))
    return ledger


@pytest.fixture
def facts(town: Town, ledger_with_sums: Path, settings: Settings, tmp_path: Path) -> PupilFacts:
    """Of the pupil with sums."""
    programmes = tmp_path / "programmes"
    programmes.mkdir()
    (programmes / "small-town.toml").write_text(PROGRAMME, "utf-8")
    settings.LEDGER, settings.PROGRAMME_FOLDER = ledger_with_sums, programmes
    settings.DATA_FOLDER = tmp_path
    settings.DEMO, settings.TODAY = True, NOW.astimezone(ZONE).date()
    town.unit("elementary", UnitKind.SCHOOL, under="norra")
    pupil = Pupil.objects.create(authority=town.authority, key="often")
    Enrolment.objects.create(pupil=pupil, school_key="elementary", from_on=date(2017, 8, 1))
    somebody = town.somebody(Role.PRINCIPAL, "elementary")
    assert somebody.account is not None
    made = pupil_facts(Viewer(somebody.account, somebody, settings.TODAY, NOW), pupil)
    assert made is not None
    return made


def _measured(window: str, at: str = "2017-12") -> AbsenceRow:
    """What the measure says of the pupil with sums."""
    found = opened()
    assert found is not None
    rows = measure(found.snapshot, window=window, at=parse_at(at), known_at=NOW)
    return next(row for row in rows if row.pupil == "often")


def test_the_school_year_on_the_page_is_what_the_measure_says(facts: PupilFacts) -> None:
    row = _measured("school-year")
    sums = facts.over(facts.school_year.period)

    assert row.from_summaries == 3200
    assert (sums.scheduled, sums.acknowledged, sums.absent, sums.valid, sums.invalid) == (
        row.scheduled_minutes,
        row.acknowledged_minutes,
        row.absent_minutes,
        row.valid_minutes,
        row.invalid_minutes,
    )


def test_the_calendars_table_adds_up_to_the_measure(facts: PupilFacts) -> None:
    row = _measured("school-year")
    *rows, whole = year_calendar(facts).table.rows

    assert [_number(cell) for cell in whole[2:7]] == [
        row.valid_minutes,
        row.leave_minutes,
        row.invalid_minutes,
        row.unclassified_minutes,
        row.scheduled_minutes - row.acknowledged_minutes,
    ]
    for place in (2, 4, 5, 6):
        assert sum(_number(one[place]) for one in rows) == _number(whole[place])


def _number(cell: str) -> int:
    return int(re.sub(r"\D", "", cell) or 0)


def test_a_sum_is_told_by_its_period_and_stands_on_its_days(facts: PupilFacts) -> None:
    days = {day.on: day for day in year_calendar(facts).days}
    told = next(one for one in facts.sums if one.period.from_on == date(2017, 9, 4))

    said = re.sub(r"\s", " ", sum_in_words(told))
    assert said == "Summa 4–8 sep: 120 min frånvaro av 1 100 min kvitterad tid."
    assert {days[told.period.from_on + timedelta(days=n)].kind for n in range(5)} == {DayKind.SUM}
    assert days[date(2017, 10, 4)].kind == DayKind.LESSONS


def test_a_month_that_holds_a_sum_whole_counts_it_and_one_that_cuts_a_sum_tells_nothing(
    facts: PupilFacts,
) -> None:
    row = _measured("rolling-months:1", "2017-10")
    chart = years_chart(facts)
    assert chart is not None
    months = chart.years[-1].months

    assert months[10].share == row.share == (300, 1000)
    assert facts.over(Month.of(2017, 9).period).is_cut
    assert months[9].share is None
    whole = facts.over(facts.school_year.period)
    assert chart.years[-1].whole == (whole.absent, whole.acknowledged)


def test_the_curve_has_the_measures_share_wherever_it_has_one(facts: PupilFacts) -> None:
    window = facts.held[0].rule.window
    found = {one.on: one for one in points(facts, window, Period(date(2017, 8, 1), facts.today))}
    for month in (10, 11, 12):
        row = _measured(window.text, f"2017-{month}")
        point = found[Month.of(2017, month).last_day]
        if row.straddled:
            assert point.share is None
        else:
            assert (point.share, point.low, point.high) == (row.share, row.low, row.high)


def test_the_explanation_says_how_much_of_the_time_came_as_sums(
    facts: PupilFacts,
) -> None:
    told = counted(facts, facts.held[0])

    assert ("summor" in told.lines[0].says) == bool(facts.held[0].standing.absence.from_summaries)
