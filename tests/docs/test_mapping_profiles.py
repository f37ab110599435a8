"""The pages about mapping profiles are fresh, complete, and do what they say."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from narvaro.sources.files import profile_from_text, shipped_profiles
from narvaro.sources.files.keys import FIELDS, KEYS
from narvaro.sources.files.moments import PARTS_IN_WORDS, compiled
from narvaro.sources.files.reference import SMALLEST, write_reference

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "reference" / "mapping-profiles.md"
HOW_TO = DOCS / "how-to" / "import-a-file-from-any-system.md"


def test_the_reference_is_fresh() -> None:
    wanted = "python -m narvaro.sources.files.reference > docs/reference/mapping-profiles.md"
    assert PAGE.read_text("utf-8") == write_reference(), f"Run: {wanted}"


@pytest.mark.parametrize("name", [*(key.path for key in KEYS), *FIELDS, *shipped_profiles()])
def test_every_key_field_and_shipped_profile_is_documented(name: str) -> None:
    assert f"`{name}`" in PAGE.read_text("utf-8")


def test_every_part_of_a_form_is_documented_and_works() -> None:
    forms = ["YYYY-MM-DD HH:mm:ssZ", "ddd D/M YY H:mm", "D MMM YYYY"]

    assert all(compiled(form).has_date for form in forms)
    assert set(re.findall("[A-Za-z]+?(?![A-Za-z])", " ".join(forms).replace("ssZ", "ss Z"))) == set(
        PARTS_IN_WORDS
    )
    page = PAGE.read_text("utf-8")
    assert all(f"| `{part}` |" in page for part in PARTS_IN_WORDS)


def test_the_example_of_the_reference_is_a_good_profile() -> None:
    assert profile_from_text(SMALLEST).name == "our-report"
    assert SMALLEST in PAGE.read_text("utf-8")


def test_the_worked_example_runs_as_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files are saved, Python is run in order, and each text block is what it prints."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    printed = io.StringIO()
    for kind, title, block in _blocks(HOW_TO.read_text("utf-8")):
        if kind == "csv":
            Path(title).write_bytes(block.encode("cp1252"))
        elif kind == "python":
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                exec(compile(block, str(HOW_TO), "exec"), names)  # noqa: S102 - our own page
        elif kind == "text":
            assert printed.getvalue() == block


def _blocks(page: str) -> list[tuple[str, str, str]]:
    found = re.findall(r"```(\w+)(?: title=(\S+))?\n(.*?)```", page, re.DOTALL)
    assert len(found) >= 6
    return [(kind, title, block) for kind, title, block in found]
