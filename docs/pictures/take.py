"""Takes the picture of the terminal: python docs/pictures/take.py

Those of the web application are taken by tests/journeys/test_the_ten_main_pages.py.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WIDTH, HEIGHT = 1100, 760
TYPED = (
    "cp -r data/november spoilt; sed -i '5s/,276,/,27x6,/' spoilt/marks.csv",
    "narvaro import spoilt --pupil-keys as-given",
    "narvaro import data/november --pupil-keys as-given | tail -1",
    "narvaro flag --programme data/ekbacka.toml --at 2025-11",
    "narvaro run --programme data/ekbacka.toml --at 2025-11 | head -1",
    "narvaro import data/correction --pupil-keys as-given | tail -1",
    "narvaro run --programme data/ekbacka.toml --at 2025-11 | tail -3",
)


def take_terminal(browser: Browser, folder: Path) -> None:
    """A faulty delivery refused, and a month end that knows what changed."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_content(f"<body style='margin:0'>{terminal(folder)}</body>")
    page.locator("svg").screenshot(path=HERE / "terminal.png")


def terminal(folder: Path) -> str:
    """What is typed and answered, as SVG in a terminal's colours."""
    sys.path.insert(0, str(ROOT))
    from rich.console import Console
    from tests.docs.console import answer_of, make_desk

    console = Console(record=True, width=118, file=io.StringIO())
    environment = make_desk(folder)
    for command in TYPED:
        console.print(f"$ {command}", style="bold green", markup=False, highlight=False)
        answer = answer_of(command, folder, environment)
        console.print(answer, markup=False, highlight=False, end="\n" if answer else "")
    return console.export_svg(title="Närvaro")


def main() -> None:
    """Take it."""
    import tempfile

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-sync"],
        )
        take_terminal(browser, Path(folder))


if __name__ == "__main__":
    main()
