"""Files the browser fetches: everything that is asked for is there, with a name made of its contents."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client, override_settings
from tests.web.ui.words import WEB

HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"
ASKED = re.compile(r"{% static ['\"]([^'\"]+)['\"] %}")
BUDGET = 150_000


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    storages = {
        "staticfiles": {"BACKEND": HASHED},
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_file_a_template_asks_for_has_a_hashed_name(collected: Path) -> None:
    known = json.loads((collected / "staticfiles.json").read_text("utf-8"))["paths"]
    asked = {
        name for path in WEB.rglob("*.html") for name in ASKED.findall(path.read_text("utf-8"))
    }

    assert asked
    assert asked - known.keys() == set()
    assert all(re.search(r"\.[0-9a-f]{12}\.", known[name]) for name in asked)


@pytest.mark.django_db
def test_a_page_with_all_its_files_stays_within_its_budget_without_fonts(collected: Path) -> None:
    page = Client().get("/sa-raknas-franvaro/").content
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())

    sizes = {name: len(gzip.compress((collected / name).read_bytes(), 6)) for name in names}

    assert len(sizes) > 10
    assert sum(sizes.values()) + len(gzip.compress(page, 6)) < BUDGET
