"""Who is let in: signed in, with a role, in scope; everybody else leaves a trace."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.web.conftest import Town

from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind


@pytest.mark.django_db
def test_somebody_without_a_sign_in_is_asked_for_one() -> None:
    answer = Client().get("/att-gora/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/login/")


def test_somebody_with_a_role_sees_the_work_queue(town: Town) -> None:
    answer = town.browser(Role.PRINCIPAL, "almskolan").get("/att-gora/")

    assert answer.status_code == 200


def test_somebody_whose_assignment_has_ended_gets_not_found_and_leaves_a_trace(town: Town) -> None:
    gone = town.somebody(Role.PRINCIPAL, "almskolan")
    gone.to_on = gone.from_on
    gone.save()

    answer = town.signed_in(gone).get("/att-gora/")

    assert answer.status_code == 404
    assert [(one.kind, one.action) for one in Entry.objects.all()] == [(Kind.REFUSED, "home")]


def test_the_demos_sign_in_is_not_there_outside_the_demo(town: Town) -> None:
    somebody = town.somebody(Role.PRINCIPAL, "almskolan")

    assert Client().post(f"/demo/var/{somebody.public_id}/").status_code == 404
