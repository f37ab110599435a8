"""A pupil leaves the authority: handed over by a disclosure, or closed here with nothing told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.web.referrals.conftest import Around

from narvaro.web.accounts.changed import Refused
from narvaro.web.accounts.models import on_day
from narvaro.web.accounts.roles import Role
from narvaro.web.cases.models import Case, Decision
from narvaro.web.disclosures.models import Disclosure
from narvaro.web.pupils.models import Enrolment
from narvaro.web.referrals import actions
from narvaro.web.referrals.models import Referral
from narvaro.web.referrals.queue import queue
from narvaro.web.referrals.words import ReferralKind, State


def moved(around: Around, **data: str) -> str:
    school = around.browser(around.school.posts[Role.PRINCIPAL])
    url = reverse("referral_move", args=[around.case.public_id])
    answer = school.post(url, data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def handed_over(around: Around) -> Referral:
    unit = around.other_school.unit
    moved(around, where="school", school=unit.public_id, question="Ta över.")
    made, by = Referral.objects.get(kind=ReferralKind.HAND_OVER), around.principal
    return actions.send(made, around.told(unit), version=made.version, by=by, at=by.now)


def test_a_hand_over_is_seen_by_the_receiving_principal_and_closes_the_case_here(
    around: Around,
) -> None:
    made = handed_over(around)

    [row] = queue(around.viewer(around.other_school))
    assert "Överlämning från Linnåsa kommun" in row.title
    page = around.browser(around.other_school).get(row.url)
    assert page.status_code == 200
    case = Case.objects.get(pk=around.case.pk)
    assert not case.is_open
    assert "överlämnat till Linnåsa school_authority" in case.closing_reason
    assert {one.decision for one in case.steps.all()} == {Decision.CLOSE}
    assert not case.tasks.filter(done_at=None).exists()
    assert made.disclosure is not None


def test_before_it_is_sent_the_case_goes_on_and_the_new_school_knows_nothing(
    around: Around,
) -> None:
    unit = around.other_school.unit
    moved(around, where="school", school=unit.public_id, question="Ta över.")

    assert Case.objects.get(pk=around.case.pk).is_open
    assert list(queue(around.viewer(around.other_school))) == []


def test_only_who_leads_the_school_sends_a_hand_over(around: Around) -> None:
    unit = around.other_school.unit
    moved(around, where="school", school=unit.public_id, question="Ta över.")
    made, told = Referral.objects.get(), around.told(unit)
    by = around.school.by(Role.SCHOOL_COUNSELLOR)

    with pytest.raises(Refused):
        actions.send(made, told, version=made.version, by=by, at=by.now)
    assert Case.objects.get(pk=around.case.pk).is_open
    assert Referral.objects.get().state == State.PREPARED


@pytest.mark.parametrize("where", ["abroad", "elsewhere"])
def test_a_pupil_who_goes_where_nothing_can_be_handed_over_leaves_nothing_with_others(
    around: Around, where: str
) -> None:
    sent = around.sent()
    agency = around.browser(around.social)
    page = reverse("referral_received", args=[sent.public_id])
    assert agency.get(page).status_code == 200
    told = Disclosure.objects.count()

    moved(around, where=where)

    assert not Case.objects.get(pk=around.case.pk).is_open
    assert Referral.objects.get(pk=sent.pk).state == State.WITHDRAWN
    assert agency.get(page).status_code == 404
    assert Disclosure.objects.count() == told


def test_a_school_that_is_here_is_chosen_by_name(around: Around) -> None:
    school = around.browser(around.school.posts[Role.PRINCIPAL])
    url = reverse("referral_move", args=[around.case.public_id])

    answer = school.post(url, {"where": "school", "question": "Ta över."})

    assert "Välj den nya skolan." in answer.content.decode()
    assert not Referral.objects.exists()


def test_what_was_sent_can_be_taken_back_also_when_the_pupil_has_left_the_school(
    around: Around,
) -> None:
    sent = around.sent()
    day = around.school.day
    here = Enrolment.objects.filter(on_day(day), pupil=around.case.pupil)
    here.update(to_on=day)
    around.school.day = day + timedelta(days=3)
    school = around.browser(around.school.posts[Role.PRINCIPAL])
    [row] = queue(around.principal)

    assert school.get(row.url).status_code == 200
    data = {"what": "withdraw", "why": "Eleven har slutat.", "version": sent.version}
    assert school.post(f"{row.url}beslut/", data).status_code == 302
    assert Referral.objects.get(pk=sent.pk).state == State.WITHDRAWN


def test_the_school_that_took_over_does_not_see_the_case_it_came_from(around: Around) -> None:
    handed_over(around)
    browser = around.browser(around.other_school)

    assert browser.get(reverse("case", args=[around.case.public_id])).status_code == 404
    assert browser.get(reverse("pupil", args=[around.case.pupil.public_id])).status_code == 404
