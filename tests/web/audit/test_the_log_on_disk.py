"""The command an operator runs, against a database that somebody changed with sqlite3."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.support.installation import WRITE_ENTRIES, Installation


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation whose log has twenty entries."""
    made = Installation(tmp_path_factory.mktemp("installation")).begun()
    done = made.python("-c", WRITE_ENTRIES, "20", "somebody")
    assert done.returncode == 0, done.stderr
    return made


def by_hand(installation: Installation, folder: Path, *statements: str) -> Installation:
    """A copy in which somebody ran statements with sqlite3."""
    shutil.copytree(installation.folder, folder, dirs_exist_ok=True)
    connection = sqlite3.connect(folder / "narvaro.sqlite3")
    with connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()
    return Installation(folder)


def test_an_untouched_log_holds(written: Installation) -> None:
    done = written.command("verify-log")

    assert (done.returncode, done.stdout.strip()) == (0, "The log holds: 20 entries, 1 to 20.")


def test_an_entry_cannot_be_changed_with_sqlite3_while_it_is_protected(
    written: Installation, tmp_path: Path
) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        by_hand(written, tmp_path, "update audit_entry set account = 'x' where number = 7")


@pytest.mark.parametrize(
    ("said", "statements"),
    [
        ("entry 7: the entry does not say", ["update audit_entry set account='x' where number=7"]),
        ("entry 8: entries are missing", ["delete from audit_entry where number=7"]),
        ("entry 20: the log's last entries", ["delete from audit_entry where number>17"]),
    ],
)
def test_what_was_done_by_hand_is_found(
    written: Installation, tmp_path: Path, said: str, statements: list[str]
) -> None:
    open_first = [
        "drop trigger an_entry_is_never_changed",
        "drop trigger an_entry_is_removed_by_a_cut_only",
    ]

    done = by_hand(written, tmp_path, *open_first, *statements).command("verify-log")

    assert done.returncode == 1
    assert said in done.stdout
    assert "NOT hold" in done.stdout


def test_signing_leaves_a_line_outside_the_database(written: Installation, tmp_path: Path) -> None:
    copy = by_hand(written, tmp_path)

    assert copy.command("sign-log").stdout.strip() == "Signed at 20."
    assert len((tmp_path / "log-heads.jsonl").read_text().splitlines()) == 1
    assert copy.command("cut-log").stdout.strip() == "Removed 0 entries."
