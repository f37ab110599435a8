"""The examples of the library's page run, and the page names every public function."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.docs.console import ROOT

import narvaro

PAGE = ROOT / "docs" / "reference" / "library.md"


def test_the_examples_run_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "docs" / "tutorials" / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text("utf-8")
    names: dict[str, object] = {}

    blocks = list(re.finditer(r"```python\n(.*?)```", text, re.S))
    for block in blocks:
        lines_before = "\n" * text.count("\n", 0, block.start(1))
        exec(compile(lines_before + block[1], str(PAGE), "exec"), names)  # noqa: S102 our own page

    assert len(blocks) >= 6
    assert "why" in names


@pytest.mark.parametrize("name", narvaro.__all__)
def test_every_public_name_is_on_the_page_and_can_be_had(name: str) -> None:
    assert f"`{name}`" in PAGE.read_text("utf-8")
    assert getattr(narvaro, name).__doc__


def test_nothing_else_is_there() -> None:
    with pytest.raises(AttributeError, match="no attribute 'measur'"):
        _ = narvaro.measur
    assert set(narvaro.__all__) <= set(dir(narvaro))
