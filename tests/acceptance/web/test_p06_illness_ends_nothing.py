"""P6: a long illness or an assessment elsewhere ends nothing: the right to education is decided."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.web.cases.conftest import School, school
from tests.web.conftest import town

from narvaro.web.accounts.roles import Role
from narvaro.web.cases import actions
from narvaro.web.cases.models import Cause, OpenedBecause

__all__ = ["school", "town"]
HEALTH = "Utreds hos barnpsykiatrin"


@pytest.mark.parametrize("word", ["long_illness", "chronic_illness", "external_assessment"])
def test_the_cause_is_taken_only_with_how_the_pupil_gets_an_education(
    school: School, word: str
) -> None:
    by = school.by(Role.MENTOR)
    case = actions.open_case(school.pupil, because=OpenedBecause.FLAG, by=by, at=school.now)
    url = reverse("case_cause", args=[case.public_id])
    sent = {"is_protective": "no", "level": "individual", "word": word, "text": HEALTH}
    counsellor = school.town.signed_in(school.posts[Role.SCHOOL_COUNSELLOR])

    refused = counsellor.post(url, sent)
    assert "Skriv hur eleven får sin utbildning" in refused.content.decode()
    assert not Cause.objects.exists()
    answer = counsellor.post(url, sent | {"right_to_education": "Undervisning hemma från måndag"})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert case.is_open
    mentor = school.town.signed_in(school.posts[Role.MENTOR])
    assert HEALTH not in mentor.get(reverse("case", args=[case.public_id])).content.decode()
