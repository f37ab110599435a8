"""Every version of a programme that was ever shipped is still read, and means what it meant.

`frozen/ID.vN.toml` is a copy of a shipped file as it was. A changed file needs a new version and
a new copy; an old copy is never changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import narvaro.programmes
from narvaro.programmes import check, load, programme_ids

FROZEN = sorted((Path(__file__).parent / "frozen").glob("*.toml"))
LIBRARY = Path(narvaro.programmes.__file__).parent / "library"


@pytest.mark.parametrize("file", FROZEN, ids=lambda file: file.stem)
def test_an_earlier_version_is_still_read(file: Path) -> None:
    assert check(file) == ()
    programme = load(file)
    assert f"{programme.id}.v{programme.version}" == file.stem


@pytest.mark.parametrize("programme", programme_ids())
def test_a_shipped_programme_is_frozen_under_its_version(programme: str) -> None:
    version = load(programme).version
    frozen = Path(__file__).parent / "frozen" / f"{programme}.v{version}.toml"
    assert frozen in FROZEN, f"Copy {programme}.toml to {frozen.name}"
    assert frozen.read_text() == (LIBRARY / f"{programme}.toml").read_text(), "Raise its version"


@pytest.mark.parametrize("programme", programme_ids())
def test_no_version_is_missing_among_the_frozen(programme: str) -> None:
    names = {file.stem for file in FROZEN}
    latest = load(programme).version
    assert {f"{programme}.v{number}" for number in range(1, latest + 1)} <= names
