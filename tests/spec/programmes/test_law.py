"""The duties in law on a day, and every fault of a file of them at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

import narvaro.programmes.law
from narvaro.errors import BadRequest, InputRefused
from narvaro.programmes.law import check_law, duties_on, duty, duty_ids, read_law
from narvaro.timetable import grades_in_year_of_schooling, parse_school_year

TODAY = date(2026, 11, 22)
SHIPPED = (Path(narvaro.programmes.law.__file__).parent / "sweden.toml").read_text("utf-8")

DUTIES = """
duty                     | who               | within   | recorded                   | paragraph
same-day-notice          | principal         | same-day | guardian-told              | 7 kap. 17 §
leave                    | principal         |          | leave-decided              | 7 kap. 18 §
investigate-promptly     | principal         | promptly | investigation-begun        | 7 kap. 19 a §
special-support          | principal         |          | special-support-considered | 7 kap. 19 a § och 3 kap.
notify-authority         | principal         | promptly | authority-notified         | 7 kap. 19 a §
notify-home-municipality | school_authority  | promptly | home-municipality-notified | 7 kap. 22 §
guardian-duty            | guardian          |          |                            | 7 kap. 20 §
monitor                  | home_municipality |          |                            | 7 kap. 21 §
order                    | home_municipality |          | order-issued               | 7 kap. 23 §
fine                     | home_municipality |          | fine-imposed               | 7 kap. 23 §
concern-report           | everyone          | at-once  | concern-reported           | SoL (2025:400) 19 kap.
"""


def test_the_duties_of_today_are_those_of_the_table() -> None:
    wanted = [[cell.strip() for cell in line.split("|")] for line in DUTIES.splitlines()[2:]]
    found = [
        [
            each.id,
            each.who,
            each.deadline.kind if each.deadline else "",
            each.event or "",
            each.paragraph.replace("skollagen ", "").replace("socialtjänstlagen ", "SoL "),
        ]
        for each in duties_on(TODAY)
    ]
    assert found == wanted


@pytest.mark.parametrize(
    ("day", "holds"), [("2018-06-30", False), ("2018-07-01", True), ("2026-11-22", True)]
)
def test_the_prompt_investigation_holds_from_its_day(day: str, holds: bool) -> None:
    on = date.fromisoformat(day)
    assert ("investigate-promptly" in [each.id for each in duties_on(on)]) is holds
    if not holds:
        with pytest.raises(BadRequest, match="does not hold"):
            duty("investigate-promptly", on)


def test_the_concern_report_is_personal_at_once_and_never_waits_for_approval() -> None:
    for day in (date(2018, 1, 1), TODAY):
        found = duty("concern-report", day)
        assert found.personal
        assert found.who == "everyone"
        assert found.deadline
        assert found.deadline.kind == "at-once"


def test_a_duty_that_moved_reads_differently_by_day_and_never_twice() -> None:
    changed = date(2025, 7, 1)
    before = duty("concern-report", changed - timedelta(days=1))
    assert "2001:453" in before.paragraph
    assert "2025:400" in duty("concern-report", changed).paragraph
    for day in (changed - timedelta(days=1), changed):
        names = [each.id for each in duties_on(day)]
        assert len(names) == len(set(names))


def test_what_was_not_read_at_its_source_is_marked() -> None:
    marked = {each.id for each in duties_on(TODAY) if not each.verified}
    assert marked == {"monitor", "concern-report"}


def test_the_ten_year_school_begins_on_the_day_the_grades_are_renumbered() -> None:
    (day,) = read_law().dates
    assert (day.decided_on, day.from_on) == (date(2025, 6, 18), date(2028, 7, 1))
    before, after = parse_school_year("2027/28"), parse_school_year("2028/29")
    assert grades_in_year_of_schooling(10, before) == ("9",)
    assert grades_in_year_of_schooling(10, after) == ("10",)


def test_an_unknown_duty_is_refused_with_the_known_ones() -> None:
    with pytest.raises(BadRequest) as refused:
        duty("report", TODAY)
    assert "concern-report" in refused.value.remedy
    assert "report" not in duty_ids()


FAULTS = [
    ('who = "everyone"', 'who = "boss"', "who", "no role"),
    ('deadline = "promptly"', 'deadline = "soon"', "deadline", "not a deadline"),
    ('event = "order-issued"', 'event = "ordered"', "event", "no event"),
    ("to = 2025-06-30", "to = 2025-07-30", "id", "holds twice on the same day"),
    ("from = 2018-07-01", "from = 2018-07-01\nto = 2018-06-30", "to", "ends before it begins"),
    ("verified = true", "", "verified", "this key is missing"),
    ('source = "riksdag"', 'source = "riksdagen"', "source", "sources has nothing called"),
    ("personal = true", "personal = 1", "personal", "true or false"),
    ("schema = 1", "schema = 2", "schema", "this schema is not known"),
    ("[[dates]]", "[[days]]", "days", "there is no such key here"),
]


@pytest.mark.parametrize(("old", "new", "key", "problem"), FAULTS)
def test_a_fault_is_named_with_its_line(old: str, new: str, key: str, problem: str) -> None:
    assert old in SHIPPED
    faults = check_law(SHIPPED.replace(old, new, 1).encode())
    assert [(fault.column, problem in fault.problem) for fault in faults] == [(key, True)]
    assert all(fault.line and fault.remedy for fault in faults)


def test_all_faults_are_told_at_once() -> None:
    text = SHIPPED
    for old, new, _, _ in (FAULTS[0], FAULTS[2], FAULTS[5]):
        text = text.replace(old, new, 1)
    with pytest.raises(InputRefused) as refused:
        read_law(text.encode())
    assert len(refused.value.faults) == 3


@pytest.mark.parametrize("content", [b"", b"\xff", b"schema = ", b"[[duties]]\n" * 3])
def test_a_file_that_is_none_is_refused(content: bytes) -> None:
    assert check_law(content)


def test_another_file_may_be_asked() -> None:
    later = read_law(SHIPPED.replace("from = 2025-07-01", "from = 2025-08-01").encode())
    with pytest.raises(BadRequest):
        duty("concern-report", date(2025, 7, 15), later)
