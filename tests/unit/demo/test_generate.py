"""The invented municipality: the same for the same seed, of the size asked for, nobody real."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from narvaro.demo import Manifest, generate
from narvaro.demo.names import FAMILY_NAMES, personal_number, plain, school_name
from narvaro.demo.roster import Stint, enrol
from narvaro.demo.schools import plan_schools
from narvaro.errors import BadRequest
from narvaro.exchange import TABLES, check_delivery


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return generate(tmp_path_factory.mktemp("demo"), pupils=300)


@pytest.fixture(scope="module")
def small_csv(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return generate(tmp_path_factory.mktemp("csv"), pupils=300, form="csv")


def _hash(manifest: Manifest) -> str:
    found = hashlib.sha256()
    for path in sorted(manifest.delivery.iterdir()):
        found.update(path.name.encode() + path.read_bytes())
    found.update((manifest.delivery.parent / "manifest.json").read_bytes())
    return found.hexdigest()


def _rows(manifest: Manifest, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'Europe/Stockholm'")
        for path in manifest.delivery.glob("*.parquet"):
            con.execute(f"CREATE VIEW {path.stem} AS FROM read_parquet('{path}')")
        return con.execute(query).fetchall()


def test_the_same_seed_gives_the_same_bytes(small: Manifest, tmp_path: Path) -> None:
    assert _hash(generate(tmp_path, pupils=300)) == _hash(small)


def test_another_seed_gives_other_bytes(small: Manifest, tmp_path: Path) -> None:
    assert _hash(generate(tmp_path, pupils=300, seed=2)) != _hash(small)


def test_a_csv_delivery_holds_the_same_rows(small: Manifest, small_csv: Manifest) -> None:
    assert small_csv.counts == small.counts
    with (small_csv.delivery / "marks.csv").open(encoding="utf-8") as lines:
        header = lines.readline().strip()
    columns = _rows(small, "DESCRIBE marks")
    assert header.split(",") == [name for name, *_ in columns]


def test_as_many_pupils_as_asked_for_are_enrolled_when_school_begins(small: Manifest) -> None:
    [(enrolled,)] = _rows(
        small,
        "SELECT count(DISTINCT pupil) FROM enrolments WHERE grade <> 'preschool'"
        " AND DATE '2024-09-02' BETWEEN starts_on AND ends_on",
    )
    assert isinstance(enrolled, int)
    assert 290 <= enrolled <= 310


def test_nothing_told_after_the_last_day_is_written_but_the_timetable_goes_on(
    tmp_path: Path,
) -> None:
    cut = generate(tmp_path, pupils=300, school_years=1, until=date(2024, 11, 29))
    for table in ("marks", "announced_absences", "lessons", "enrolments"):
        [(late,)] = _rows(
            cut, f"SELECT count(*) FROM {table} WHERE recorded_at >= '2024-11-30 00:00'"
        )
        assert late == 0
    [(last,)] = _rows(cut, "SELECT max(starts_at)::DATE FROM lessons")
    assert last == cut.last_day


def test_a_full_delivery_folder_is_refused(small: Manifest) -> None:
    with pytest.raises(BadRequest):
        generate(small.delivery.parent, pupils=300)


@pytest.mark.parametrize("pupils", [299, 100_001])
def test_a_size_outside_the_limits_is_refused(pupils: int, tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        generate(tmp_path, pupils=pupils)


def test_every_family_name_is_seen_to_be_invented(small: Manifest) -> None:
    names = {
        name
        for table in ("identities", "guardians", "staff")
        for (name,) in _rows(small, f"SELECT DISTINCT family_name FROM {table}")
    }
    assert names
    assert names <= set(FAMILY_NAMES)
    assert all(re.match("Exempel|Prov|Test|Låtsas|Påhitts|Fiktiv|Demo|Skoj", str(n)) for n in names)


def test_no_personal_number_can_be_a_persons(small: Manifest) -> None:
    numbers = [str(n) for (n,) in _rows(small, "SELECT personal_number FROM identities")]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert int(number[4:6]) > 12
        assert number[6:8] == "00"


def test_no_personal_number_repeats_within_a_birth_year() -> None:
    assert len({personal_number(2015, n) for n in range(0, 870_000, 37)}) == len(
        range(0, 870_000, 37)
    )


def test_no_text_in_the_delivery_reads_as_a_personal_number(small_csv: Manifest) -> None:
    possible = re.compile(r"\b(?:19|20)?\d\d(?:0[1-9]|1[0-2])\d\d[-+]?\d{4}\b")
    for path in small_csv.delivery.iterdir():
        if path.stem not in ("marks", "lessons"):
            assert not possible.search(path.read_text(encoding="utf-8")), path.name


def test_every_contact_address_is_under_a_name_reserved_for_examples(small: Manifest) -> None:
    for table, column in (("identities", "email"), ("guardians", "contact"), ("staff", "email")):
        [(outside,)] = _rows(
            small, f"SELECT count(*) FROM {table} WHERE NOT {column} LIKE '%.example'"
        )
        assert outside == 0


def test_the_twelve_schools_have_three_shapes_and_one_with_all_grades() -> None:
    schools = plan_schools(12, pupils=4000)
    shapes = {(school.lowest, school.highest) for school in schools}
    assert shapes == {(0, 3), (0, 6), (7, 9), (0, 9)}
    assert [school.arm for school in schools].count("project") == 6
    assert [school.arm for school in schools].count("control") == 3


def test_no_two_schools_share_a_name() -> None:
    names = [school_name(number) for number in range(270)]
    assert len(set(names)) == 270
    assert len({plain(name) for name in names}) == 270  # å and a are one letter in a key


def test_a_quarter_of_a_year_has_59_school_days_at_every_school(small: Manifest) -> None:
    counts = _rows(
        small,
        "SELECT DISTINCT count(DISTINCT starts_at::DATE) FROM lessons"
        " WHERE starts_at BETWEEN '2025-09-01' AND '2025-12-01'"
        " AND school <> 'videskolan' GROUP BY school",
    )
    assert counts == [(59,)]


def test_progress_is_told_school_by_school(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    generate(tmp_path, pupils=300, school_years=1, progress=lambda *what: told.append(what))
    assert told[0] == ("Almskolan", 0, 6)
    assert told[-1][1:] == (6, 6)


@pytest.mark.parametrize("form", ["small", "small_csv"])
def test_the_exchange_formats_check_finds_no_fault(
    form: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    made: Manifest = request.getfixturevalue(form)
    checked = check_delivery(made.delivery, into=tmp_path / "typed")
    assert checked.faults == ()
    assert checked.delivery is not None
    assert checked.delivery.counts == {
        table: count for table, count in made.counts.items() if not TABLES[table].people
    }


@pytest.mark.parametrize("pupils", [300, 301, 1234, 4000])
@pytest.mark.parametrize("cases", [0, 26, 27])
def test_there_are_never_fewer_pupils_than_asked_for(pupils: int, cases: int) -> None:
    fixed = [Stint(pupil, 0, 0, 0, 0, 0) for pupil in range(cases)]
    roster = enrol(
        np.random.default_rng(1), plan_schools(6, pupils=pupils), pupils=pupils, first_year=2024,
        fixed=[fixed], fixed_born=[2017] * cases,
    )  # fmt: skip

    found = len(set(roster.years[0].pupil.tolist()))

    assert pupils <= found < pupils * 1.05 + 10


def test_classes_of_a_municipality_of_ordinary_size_hold_18_to_26_pupils() -> None:
    schools = plan_schools(12, pupils=4000)
    none: list[list[Stint]] = [[], []]
    roster = enrol(
        np.random.default_rng(1), schools, pupils=4000, first_year=2024, fixed=none, fixed_born=[]
    )
    for stints in roster.years:
        beginning = stints.at(stints.starts == stints.starts.min())
        keys = (beginning.school * 10 + beginning.grade) * 100 + beginning.letter
        sizes = np.unique(keys, return_counts=True)[1]
        assert sizes.max() <= 26
        assert (sizes >= 18).mean() > 0.95
