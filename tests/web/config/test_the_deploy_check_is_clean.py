"""What Django knows to be unsafe in production is not there, outside the demo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.support.installation import Installation

PRODUCTION = """
import django, sys
django.setup()
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
from django.conf import settings
assert settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and settings.SECURE_SSL_REDIRECT
assert settings.SECURE_HSTS_SECONDS >= 31536000
assert settings.SECOND_FACTOR_REQUIRED and not settings.DEBUG and not settings.DEMO
assert settings.TODAY is None
"""


def test_the_deploy_check_is_clean_by_default(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.command("make-secrets")

    done = installation.python("-c", f"import os; del os.environ['NARVARO_HTTPS']{PRODUCTION}")

    assert (done.returncode, done.stderr.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    ) or "no issues" in done.stdout + done.stderr, done.stderr


def test_the_demos_day_is_not_read_outside_the_demo(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.command("make-secrets")

    done = installation.python(
        "-c",
        "import os; os.environ['NARVARO_TODAY'] = '2027-02-01'\nimport django; django.setup()",
    )

    assert "Unknown settings: NARVARO_TODAY" in done.stderr
    assert replace(installation).folder == tmp_path
