"""The page about small numbers runs as it is written."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "small-numbers.md"


def test_the_example_in_python_runs_and_holds() -> None:
    example = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    assert example
    exec(compile(example[1], str(PAGE), "exec"), {})  # noqa: S102
