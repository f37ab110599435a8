"""The approved words of plans on paper, as `pdftotext` reads them; a diff is a decision.

`NARVARO_APPROVE=1` writes what is made now.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.web.conftest import town
from tests.web.documents.test_documents_on_paper import words_of
from tests.web.plans.conftest import Around, around
from tests.web.plans.test_plans_on_paper import long_plan

from narvaro.web.plans.models import PlanVersion, Silence
from narvaro.web.plans.paper import own_paper, shared_paper
from narvaro.web.pupils.models import Protection

__all__ = ["around", "town"]
HERE = Path(__file__).parent


def made(around: Around, name: str) -> bytes:
    if name == "plan-draft":
        draft = around.written(
            important="", silence=Silence.NOT_REACHED, doing=[], is_alone=True, follow_up_on=None
        )
        return shared_paper(draft, around.by(), kind="pdf")
    done = long_plan(around)
    if name == "plan-own":
        return own_paper(done.own_part, around.by(), kind="pdf")
    if name == "plan-protected":
        around.pupil.protection = Protection.MARKED
        around.pupil.save()
    return shared_paper(PlanVersion.objects.get(pk=done.pk), around.by(), kind="pdf")


@pytest.mark.parametrize("name", ["plan", "plan-own", "plan-draft", "plan-protected"])
def test_the_plan_on_paper_says_what_was_approved(
    around: Around, name: str, tmp_path: Path
) -> None:
    said = words_of(made(around, name), tmp_path)
    kept = HERE / f"{name}.txt"
    if os.environ.get("NARVARO_APPROVE") == "1":
        kept.write_text(said, "utf-8")

    assert said == kept.read_text("utf-8")
