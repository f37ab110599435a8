"""Real input: a recorded SS 12000 roster and timetable, and attendance from another system.

In the week of 17 August 2026 class 8A has lessons of 45 + 60 + 60 + 60 + 90 = 315 minutes, and 7A
of 60 + 45 + 60 + 45 + 45 + 45 + 90 + 45 + 45 + 90 = 570. On Friday at 12:30 both have one.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from narvaro.cli import main
from narvaro.ledger import open_ledger

RECORDED = Path(__file__).parents[1] / "data" / "ss12000-recorded"
CONTEXT = "http://demo-sis.example.se"
ROSTER = """
[source]
name = "demoskolan"
"""
PROFILE = """
profile = "fravaro"
schema = 1
shape = "lessons"
lessons = "of:demoskolan"
schools = "known"

[file]
encoding = "cp1252"
delimiter = ";"

[columns]
pupil = { header = "Elev-id", identifier = "external" }
school = { header = "Skola" }
class = { header = "Klass" }
subject = { header = "Ämne" }
date = { header = "Datum", form = "YYYY-MM-DD" }
starts = { header = "Börjar", form = "HH:mm" }
ends = { header = "Slutar", form = "HH:mm" }
status = { header = "Registrering" }
absent_minutes = { header = "Frånvaro (min)" }
acknowledged = { header = "Rapporterad" }

[reasons.words]
"Närvarande" = { bucket = "present" }
"Giltig frånvaro" = { bucket = "valid", reason = "other_valid" }
"Ogiltig frånvaro" = { bucket = "invalid", reason = "none" }
"Försenad" = { bucket = "unclassified", without_minutes = "refuse" }
"""
HEADER = "Elev-id;Skola;Klass;Ämne;Datum;Börjar;Slutar;Registrering;Frånvaro (min);Rapporterad"
SCHOOL = "Demoskolan Grundskola"
ATTENDANCE = f"""{HEADER}
2042;{SCHOOL};8A;Svenska;2026-08-17;10:30;11:15;Närvarande;;Ja
2042;{SCHOOL};8A;Svenska;2026-08-18;10:00;11:00;Giltig frånvaro;;Ja
2042;{SCHOOL};8A;Matematik;2026-08-20;09:00;10:00;Ogiltig frånvaro;20;Ja
2042;{SCHOOL};8A;Svenska;2026-08-21;12:30;14:00;Närvarande;;Ja
2001;{SCHOOL};7A;Engelska;2026-08-21;12:30;13:15;Giltig frånvaro;;Ja
2001;10000001;7A;Matematik;2026-08-17;08:00;09:00;Försenad;10;Ja
2001;{SCHOOL};8A;Matematik;2026-08-20;13:00;14:00;Närvarande;;Ja
9999;{SCHOOL};8A;Svenska;2026-08-17;10:30;11:15;Giltig frånvaro;;Ja
2042;{SCHOOL};8A;Svenska;2026-08-19;10:30;11:15;Ogiltig frånvaro;;Ja
2042;Nästa skola;8A;Svenska;2026-08-17;10:30;11:15;Närvarande;;Ja
2041;{SCHOOL};8A;Svenska;2026-08-17;10:30;11:15;Närvarande;;Ja
"""
WEEK = ("--window", "week", "--at", "2026-08-23")


class Town:
    """The command line on one ledger."""

    def __init__(self, folder: Path, read: pytest.CaptureFixture[str]) -> None:
        self.folder, self.read = folder, read
        for name, text in (("roster.toml", ROSTER), ("fravaro.toml", PROFILE)):
            (folder / name).write_text(text, encoding="utf-8")
        (folder / "fravaro.csv").write_bytes(ATTENDANCE.encode("cp1252"))

    def call(self, *words: object, code: int = 0) -> dict[str, Any]:
        ledger = ("--ledger", self.folder / "ledger")
        assert main([*map(str, (*words, *ledger)), "--json"]) == code
        told = self.read.readouterr()
        found: dict[str, Any] = json.loads(told.err if code else told.out)
        return found

    def import_roster(self) -> dict[str, Any]:
        return self.call("import", RECORDED, "--ss12000", self.folder / "roster.toml")

    def import_attendance(self, *words: object, code: int = 0) -> dict[str, Any]:
        profile = ("--profile", self.folder / "fravaro.toml", "--source", "fravaro")
        path = self.folder / "fravaro.csv"
        return self.call("import", path, *profile, "--keys-of", CONTEXT, *words, code=code)

    def key_of(self, external: str) -> str:
        """The key of a pupil by the identifier that both systems have."""
        ledger = open_ledger(self.folder / "ledger")
        maker = ledger.key_maker()
        for pupil in self.persons():
            if pupil["externalIdentifiers"][0]["value"] == external:
                authority = ledger.authority_of("demoskolan")
                return maker.key(authority, "pupil:demoskolan", pupil["id"])
        raise AssertionError(external)

    def persons(self) -> list[dict[str, Any]]:
        files = sorted(RECORDED.glob("persons-*.json"))
        rows = [row for path in files for row in json.loads(path.read_text("utf-8"))["data"]]
        return [row for row in rows if row.get("enrolments")]

    def minutes(self) -> dict[str, tuple[int, ...]]:
        rows = self.call("measure", *WEEK)["rows"]
        names = ("scheduled", "acknowledged", "valid", "invalid", "unclassified", "absent")
        return {row["pupil"]: tuple(row[f"{name}_minutes"] for name in names) for row in rows}


@pytest.fixture
def town(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Town:
    return Town(tmp_path, capsys)


def test_the_measures_are_those_counted_by_hand(town: Town) -> None:
    town.import_roster()
    town.import_attendance()

    found = town.minutes()

    assert len(found) == 45
    assert found[town.key_of("2042")] == (315, 315, 60, 20, 0, 80)
    assert found[town.key_of("2041")] == (315, 315, 0, 0, 0, 0)
    assert found[town.key_of("2001")] == (570 + 60, 60 + 45 + 60, 45, 0, 10, 55)
    assert found[town.key_of("2002")] == (570, 60 + 45, 0, 0, 0, 0)


def test_rows_that_find_no_lesson_are_told_by_line_and_reason(town: Town) -> None:
    town.import_roster()
    told = town.import_attendance()

    left_out = {one["reason"]: (one["count"], one["lines"]) for one in told["left_out"]}
    assert left_out == {
        "the roster knows no school by that name, code or key": (1, [11]),
        "the pupil is not in the roster": (1, [9]),
        "the roster has no lesson at the school that starts then": (1, [10]),
    }
    assert any("not a member" in notice and "line 8" in notice for notice in told["notices"])
    assert any("members of these lessons have no row" in notice for notice in told["notices"])
    kept = json.loads((town.folder / "ledger" / "sources" / "fravaro.json").read_text("utf-8"))
    assert kept["left_out"] == told["left_out"]


def test_the_same_file_again_changes_nothing(town: Town) -> None:
    town.import_roster()
    town.import_attendance()
    before = town.minutes()

    again = town.import_attendance()

    assert again["is_unchanged"]
    assert town.import_roster()["is_unchanged"]
    assert town.minutes() == before


def test_a_file_before_its_roster_is_told_what_to_import_first(town: Town) -> None:
    error = town.import_attendance(code=5)["error"]

    assert "no lessons of the source demoskolan" in error["message"]
    assert "Import the roster" in error["remedy"]


def test_no_identifier_stays_under_the_ledger(town: Town) -> None:
    town.import_roster()
    town.import_attendance()

    kept = b"".join(
        path.read_bytes() for path in (town.folder / "ledger").rglob("*") if path.is_file()
    )
    for pupil in town.persons():
        assert pupil["id"].encode() not in kept
        assert pupil["familyName"].encode() not in kept
    assert not list((town.folder / "ledger" / "arriving").iterdir())
