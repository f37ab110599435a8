"""What a server process holds from its start is not walked through again in the middle of a page."""

from __future__ import annotations

from pathlib import Path

from tests.support.installation import Installation

ASK = """
import gc
from narvaro.web.config.wsgi import application
import duckdb
duckdb.execute("SELECT 1")
assert callable(application)
print(gc.get_freeze_count() > 50_000, gc.get_threshold()[0] > 10_000)
"""


def test_everything_of_the_application_is_out_of_the_collectors_sight(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.command("make-secrets")
    (tmp_path / "static").mkdir()

    told = installation.python("-c", ASK)

    assert (told.stdout.split(), told.stderr) == (["True", "True"], "")
