"""One call of the command line, with commands made up for the purpose."""

from __future__ import annotations

import errno
import json
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from narvaro.cli import main
from narvaro.cli.command import Command, Group
from narvaro.cli.output import Column, Out
from narvaro.errors import BadRequest, Fault, InputRefused, NotFound

Run = Callable[[Namespace, Out], int]
Read = pytest.CaptureFixture[str]


def command(run: Run, name: str = "try") -> Command:
    def add_arguments(parser: ArgumentParser) -> None:
        parser.add_argument("--count", type=int, default=2)
        parser.add_argument("--kind", choices=("a", "b"))
        parser.add_argument("--needed", default="")

    return Command(name, "try it", "Tries it.", (("narvaro try", "tries"),), add_arguments, run)


def fails(error: BaseException) -> Run:
    def run(_: Namespace, __: Out) -> int:
        raise error

    return run


def call(run: Run, *words: str) -> int:
    return main(["try", *words], commands=(command(run),))


def says_rows(options: Namespace, out: Out) -> int:
    rows = [{"pupil": f"p{n}", "share": None} for n in range(options.count)]
    out.answer(rows, at=date(2017, 12, 31))
    out.table(rows, [Column("pupil", "Pupil"), Column("share", "Share", is_number=True)])
    return 0


def test_the_json_answer_is_one_compact_object_with_rows_last(capsys: Read) -> None:
    assert call(says_rows, "--json") == 0

    assert capsys.readouterr().out == (
        '{"at":"2017-12-31","rows":[{"pupil":"p0","share":null},{"pupil":"p1","share":null}]}\n'
    )


def test_people_get_a_table_where_nothing_is_a_dash(capsys: Read) -> None:
    assert call(says_rows) == 0

    assert capsys.readouterr().out.splitlines() == ["Pupil  Share", "p0         –", "p1         –"]


def test_no_rows_is_said_in_words(capsys: Read) -> None:
    call(says_rows, "--count", "0")

    assert capsys.readouterr().out == "No rows.\n"


def test_moments_are_told_in_utc_and_decimals_as_text(capsys: Read) -> None:
    at = datetime(2025, 10, 1, 8, tzinfo=timezone(timedelta(hours=2)))

    def run(_: Namespace, out: Out) -> int:
        out.answer([{"at": at, "limit": Decimal("12.5"), "now": at.astimezone(UTC)}])
        return 0

    call(run, "--json")

    assert json.loads(capsys.readouterr().out)["rows"] == [
        {"at": "2025-10-01T06:00:00Z", "limit": "12.5", "now": "2025-10-01T06:00:00Z"}
    ]


def test_a_share_that_is_no_number_is_never_written(capsys: Read) -> None:
    def run(_: Namespace, out: Out) -> int:
        out.answer([{"pupil": "p1"}, {"share": float("nan")}])
        return 0

    assert call(run, "--json") == 1

    assert capsys.readouterr().out == ""


def faults(count: int) -> InputRefused:
    found = [Fault("marks", line, "pupil", "is empty", "Give it a key.") for line in range(2, 62)]
    return InputRefused("The delivery", found, total=count)


def test_faults_are_listed_to_fifty_with_their_total(capsys: Read) -> None:
    assert call(fails(faults(1000))) == 3

    read = capsys.readouterr()
    lines = read.err.splitlines()
    assert read.out == ""
    assert lines[0] == (
        "narvaro: The delivery cannot be used: 1000 faults. Nothing of it has been taken in."
    )
    assert lines[1] == "  marks, line 2, column pupil: is empty. Give it a key."
    assert len(lines) == 1 + 50 + 1
    assert lines[-1] == "  … and 950 more, 1000 in all."


def test_a_program_gets_the_error_as_json_and_an_empty_output(capsys: Read) -> None:
    assert call(fails(faults(60)), "--json") == 3

    read = capsys.readouterr()
    error = json.loads(read.err)["error"]
    assert read.out == ""
    assert (error["kind"], error["exit_code"], error["fault_count"]) == ("input_refused", 3, 60)
    assert error["faults"][0] == {
        "table": "marks",
        "line": 2,
        "column": "pupil",
        "problem": "is empty",
        "remedy": "Give it a key.",
    }


def test_the_remedy_is_told_after_the_message(capsys: Read) -> None:
    assert call(fails(NotFound("There is no ledger here.", remedy="Import first."))) == 5

    assert capsys.readouterr().err == "narvaro: There is no ledger here.\nImport first.\n"


def test_an_error_nobody_foresaw_is_one_sentence_without_its_contents(
    capsys: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NARVARO_DEBUG", raising=False)

    assert call(fails(KeyError("Anna Andersson"))) == 1

    said = capsys.readouterr().err
    assert "KeyError" in said
    assert "Anna" not in said
    assert "Traceback" not in said


def test_debugging_shows_the_way_to_an_error_and_still_no_contents(
    capsys: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NARVARO_DEBUG", "1")

    def run(_: Namespace, __: Out) -> int:
        try:
            raise ValueError("Anna Andersson")
        except ValueError as error:
            raise KeyError("Anna Andersson") from error

    assert call(run) == 1

    said = capsys.readouterr().err
    assert "ValueError" in said
    assert "KeyError" in said
    assert "test_one_call.py" in said
    assert "in run" in said


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 9, "The disk is full"),
        (FileNotFoundError(errno.ENOENT, "No such file", "a.csv"), 5, "a.csv"),
        (PermissionError(errno.EACCES, "Permission denied", "a.csv"), 9, "a.csv"),
        (BadRequest("That is not a window."), 2, "That is not a window."),
    ],
)
def test_each_kind_of_error_has_its_exit_code(
    capsys: Read, error: Exception, code: int, said: str
) -> None:
    assert call(fails(error)) == code

    assert said in capsys.readouterr().err


def test_ctrl_c_ends_cleanly(capsys: Read) -> None:
    assert call(fails(KeyboardInterrupt())) == 130

    assert capsys.readouterr().err == "narvaro: Stopped.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--cuont", "3"], "There is no option --cuont here."),
        (["19990101-secret"], "There are more words than this command takes."),
        (["--count", "19990101-secret"], "Argument --count cannot be read."),
        (["--kind", "19990101-secret"], "Argument --kind takes 'a', 'b'."),
        (["--needed"], "Argument --needed: expected one argument."),
    ],
)
def test_a_wrong_option_is_told_without_repeating_what_was_typed(
    capsys: Read, words: list[str], said: str
) -> None:
    assert call(says_rows, *words) == 2

    told = capsys.readouterr().err
    assert said in told
    assert "secret" not in told
    assert "--help" in told


def test_an_unknown_command_names_those_there_are(capsys: Read) -> None:
    assert main(["tri"], commands=(command(says_rows),)) == 2

    assert "takes 'try'" in capsys.readouterr().err


def test_a_group_shows_its_commands_when_called_bare(capsys: Read) -> None:
    group = Group("many", "several", "Several at once.", (command(says_rows, "first"),))

    assert main(["many"], commands=(group,)) == 0
    assert "first" in capsys.readouterr().out
    assert main(["many", "first", "--json"], commands=(group,)) == 0
    assert '"rows":' in capsys.readouterr().out


def test_every_help_ends_with_its_examples(capsys: Read) -> None:
    assert main(["try", "--help"], commands=(command(says_rows),)) == 0

    said = capsys.readouterr().out
    assert "Tries it." in said
    assert said.rstrip().endswith("examples:\n  narvaro try\n      tries")


def test_the_version_is_told(capsys: Read) -> None:
    assert main(["--version"], commands=()) == 0

    assert capsys.readouterr().out.startswith("narvaro ")
