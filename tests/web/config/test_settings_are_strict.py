"""A wrong setting stops the start and says which and how to write it."""

from __future__ import annotations

import os
from datetime import time
from pathlib import Path

import pytest
from tests.support.installation import Installation

from narvaro.web.config.environment import Environment, SettingRefused


def env(**given: str) -> Environment:
    return Environment({f"NARVARO_{name}": value for name, value in given.items()})


@pytest.mark.parametrize("value", ["1", "true", "YES", " yes "])
def test_a_switch_is_on(value: str) -> None:
    assert env(DEMO=value).is_on("DEMO")


@pytest.mark.parametrize("value", ["0", "false", "no", ""])
def test_a_switch_is_off(value: str) -> None:
    assert not env(DEMO=value).is_on("DEMO")


@pytest.mark.parametrize("value", ["ja", "2", "on", "tru"])
def test_a_switch_is_nothing_else(value: str) -> None:
    with pytest.raises(SettingRefused, match="NARVARO_DEMO is neither yes nor no"):
        env(DEMO=value).is_on("DEMO")


@pytest.mark.parametrize("value", ["4", "241", "-5", "5.0", "٥", "1e1", "0x10", "3 0"])
def test_a_number_lies_between_its_limits(value: str) -> None:
    with pytest.raises(SettingRefused, match="no whole number from 5 to 240"):
        env(IDLE=value).whole("IDLE", 30, low=5, high=240)


@pytest.mark.parametrize("value", ["5", "240", ""])
def test_the_limits_are_allowed(value: str) -> None:
    assert env(IDLE=value).whole("IDLE", 30, low=5, high=240) in (5, 30, 240)


@pytest.mark.parametrize("value", ["2027-02-30", "1 feb", "27-02-01"])
def test_a_day_is_a_date(value: str) -> None:
    with pytest.raises(SettingRefused, match="2027-02-01"):
        env(TODAY=value).day("TODAY")


@pytest.mark.parametrize("value", ["25:00", "ten", "10h"])
def test_an_hour_is_a_time(value: str) -> None:
    assert env(CLOCK="10:00").hour("CLOCK") == time(10)
    with pytest.raises(SettingRefused, match="Write it as 10:00"):
        env(CLOCK=value).hour("CLOCK")


def test_a_secret_has_to_be_there_long_enough_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "key"
    with pytest.raises(SettingRefused, match="make-secrets"):
        env().secret("KEY", path, length=32)
    path.write_bytes(b"short")
    path.chmod(0o600)
    with pytest.raises(SettingRefused, match="fewer than 32 bytes"):
        env().secret("KEY", path, length=32)
    path.write_bytes(os.urandom(32))
    path.chmod(0o640)
    with pytest.raises(SettingRefused, match="chmod 600"):
        env().secret("KEY", path, length=32)
    path.chmod(0o600)
    assert len(env().secret("KEY", path, length=32)) == 32


@pytest.mark.parametrize(
    "value", ["mysql://u@h/n", "postgresql://u@h", "narvaro.sqlite3", "postgresql:///"]
)
def test_a_database_is_postgresql_or_left_out(value: str) -> None:
    with pytest.raises(SettingRefused, match="no address of a database"):
        env(DATABASE=value).database("DATABASE", Path("x"))


def test_a_message_never_repeats_a_password() -> None:
    with pytest.raises(SettingRefused) as refused:
        env(DATABASE="mysql://u:hemligt@h/n").database("DATABASE", Path("x"))

    assert "hemligt" not in str(refused.value)


def test_a_database_is_taken_apart() -> None:
    found = env(DATABASE="postgresql://a%40b:p%2Fq@db.invalid:5433/narvaro").database(
        "DATABASE", Path("x")
    )

    assert (found["USER"], found["PASSWORD"]) == ("a@b", "p/q")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.invalid", "5433", "narvaro")


def test_a_misspelt_name_is_found() -> None:
    read = env(DEMO="1", IDEL_LIMIT_MINUTES="5")
    read.is_on("DEMO")

    with pytest.raises(SettingRefused, match="NARVARO_IDEL_LIMIT_MINUTES"):
        read.nothing_unknown()


def test_the_command_says_it_in_one_line_and_stops(tmp_path: Path) -> None:
    done = Installation(tmp_path).command("check")

    assert done.returncode == 2
    assert done.stderr.startswith("narvaro-web: NARVARO_SECRET_KEY_FILE: no file at")
    assert len(done.stderr.splitlines()) == 1


def test_secrets_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.command("make-secrets")
    first = {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}

    installation.command("make-secrets")

    assert {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()} == first
    assert set(first) == {"django.key", "personal-numbers.key", "log.key"}
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "secrets").iterdir()} == {0o600}
