"""Takes the pictures of the README from a ledger that ./start has made.

./start --stop && python docs/pictures/take.py demo/ledger
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PROGRAMME = ROOT / "src" / "narvaro" / "demo" / "linnasa.toml"
DATA = ROOT / "docs" / "tutorials" / "data"
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


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The report's address while it is served."""
    words = ["report", "--programme", str(PROGRAMME), "--ledger", str(ledger), "--serve"]
    command = [sys.executable, "-m", "narvaro.cli", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if "http://" in line:
                    yield "http://" + line.split("http://")[1].split()[0]
                    return
        finally:
            process.terminate()


def take_pages(browser: Browser, ledger: Path) -> None:
    """The overview, and the page of the first listed pupil of the first school."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    with served(ledger) as address:
        page.goto(f"{address}en/")
        page.screenshot(path=HERE / "overview.png")
        page.locator("main a[href*='/skola/']").first.click()
        page.locator("main a[href*='/elev/']").first.click()
        page.screenshot(path=HERE / "pupil.png")


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


def main(ledger: Path) -> None:
    """Take all three."""
    import tempfile

    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-background-networking", "--disable-sync"],
        )
        take_pages(browser, ledger)
        take_terminal(browser, Path(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
