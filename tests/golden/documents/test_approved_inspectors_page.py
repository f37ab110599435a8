"""The approved words of the inspector's page on paper; a diff is a decision."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings
from tests.web.conftest import Town, town
from tests.web.documents.test_documents_on_paper import words_of
from tests.web.flow.test_flow_pages import DAY, viewer_of
from tests.web.flow.test_the_inspectors_page import flagged, investigated

from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import Contact, Note
from narvaro.web.overview.inspector.pages import inspector_page
from narvaro.web.overview.inspector.paper import inspector_pdf

__all__ = ["town"]
KEPT = Path(__file__).parent / "inspector.txt"
TOLD_NOBODY = "Påhittad hemlighet"


@pytest.fixture(autouse=True)
def _on_the_day(settings: Settings) -> None:
    settings.TODAY = DAY


def test_the_paper_says_what_was_approved_and_nothing_restricted(
    town: Town, tmp_path: Path
) -> None:
    case = investigated(town)
    case.pupil.given_name, case.pupil.family_name = "Åsa-Märta", "Öberg-Wästerlund af Ekenäs"
    flagged(case, month="2026-08", taken_on=date(2026, 9, 1))
    at = datetime(2026, 9, 3, 9, tzinfo=UTC)
    by = {"case": case, "by": case.owner, "at": at, "on": at.date()}
    Contact.objects.create(way="phone", outcome="not_reached", note=TOLD_NOBODY, **by)
    Note.objects.create(
        restriction="student_health", text=TOLD_NOBODY, role=Role.SCHOOL_COUNSELLOR, **by
    )
    viewer = viewer_of(town.somebody(Role.PRINCIPAL, "almskolan"))

    page = inspector_page(case, viewer, "Skolinspektionen har begärt uppgifter")
    said = words_of(inspector_pdf(page, viewer), tmp_path)
    if os.environ.get("NARVARO_APPROVE") == "1":
        KEPT.write_text(said, "utf-8")

    assert said == KEPT.read_text("utf-8")
    assert TOLD_NOBODY not in said
