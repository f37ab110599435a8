"""Who sees the work in the background, and what they can do about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.conftest import Town
from tests.web.jobs.conftest import Offer

from narvaro.errors import SourceUnreachable
from narvaro.web.accounts.models import Authority, AuthorityKind
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry, Kind
from narvaro.web.jobs import handlers
from narvaro.web.jobs.actions import Asked, enqueue, schedule
from narvaro.web.jobs.models import Job, Schedule, Worker
from narvaro.web.jobs.worker import Loop


def unreachable(_running: handlers.Running) -> None:
    raise SourceUnreachable("The source roster did not answer within 60 seconds.")


@pytest.fixture
def failed(town: Town, offer: Offer) -> Job:
    """A job of the town that has failed."""
    offer("test.fetch", unreachable, attempts=1)
    job = enqueue("test.fetch", asked=Asked(authority=town.authority))
    Loop(beat_seconds=0).run(once=True)
    job.refresh_from_db()
    return job


def test_the_system_owner_sees_what_failed_and_why_and_tries_again(town: Town, failed: Job) -> None:
    browser = town.browser(Role.SYSTEM_OWNER, "linnasa")

    page = browser.get("/jobb/").content.decode()
    assert "Källan svarar inte" in page
    answer = browser.post(f"/jobb/{failed.public_id}/igen/")

    failed.refresh_from_db()
    assert answer["Location"] == f"/jobb/{failed.public_id}/"
    assert failed.is_waiting
    entry = Entry.objects.get(action="jobs.retry")
    assert (entry.kind, entry.subjects) == (Kind.WRITE, [f"job:{failed.public_id}"])


def test_a_failed_job_stands_in_the_system_owners_queue_until_the_work_is_done(
    town: Town, failed: Job, offer: Offer
) -> None:
    browser = town.browser(Role.SYSTEM_OWNER, "linnasa")
    Job.objects.update(key="fetch")
    assert f"/jobb/{failed.public_id}/" in browser.get("/att-gora/").content.decode()

    offer("test.fetch", lambda _running: None)
    enqueue("test.fetch", key="fetch", asked=Asked(authority=town.authority))
    Loop(beat_seconds=0).run(once=True)

    assert f"/jobb/{failed.public_id}/" not in browser.get("/att-gora/").content.decode()


def test_an_analyst_sees_but_cannot_try_again(town: Town, failed: Job) -> None:
    browser = town.browser(Role.ANALYST, "linnasa")

    assert "Försök igen" not in browser.get("/jobb/").content.decode()
    assert browser.post(f"/jobb/{failed.public_id}/igen/").status_code == 404


@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.TEACHER, Role.ADMINISTRATOR])
def test_others_find_no_such_page(town: Town, failed: Job, role: Role) -> None:
    browser = town.browser(role, "almskolan")

    for url in ("/jobb/", f"/jobb/{failed.public_id}/"):
        assert browser.get(url).status_code == 404


def test_a_job_of_another_authority_is_not_there(town: Town, failed: Job) -> None:
    other = Authority.objects.create(name="Annan", kind=AuthorityKind.SCHOOL, key="annan")
    Job.objects.update(authority=other)
    browser = town.browser(Role.SYSTEM_OWNER, "linnasa")

    assert browser.get(f"/jobb/{failed.public_id}/").status_code == 404
    assert failed.public_id not in browser.get("/jobb/").content.decode()


def test_what_was_asked_for_later_than_the_viewers_day_is_not_there_yet(
    town: Town, failed: Job
) -> None:
    Job.objects.update(asked_at=timezone.now() + timedelta(days=2))
    browser = town.browser(Role.SYSTEM_OWNER, "linnasa")

    assert browser.get(f"/jobb/{failed.public_id}/").status_code == 404


def test_progress_is_polled_only_until_the_job_has_ended(town: Town, offer: Offer) -> None:
    del offer
    job = enqueue("test.nothing", asked=Asked(authority=town.authority))
    browser = town.browser(Role.SYSTEM_OWNER, "linnasa")
    url = f"/jobb/{job.public_id}/?del=lage"

    waiting = browser.get(url)
    Loop(beat_seconds=0).run(once=True)
    ended = browser.get(url)

    assert "data-progress" in waiting.content.decode()
    assert "HX-Refresh" not in waiting
    assert "data-progress" not in ended.content.decode()
    assert ended["HX-Refresh"] == "true"


def test_the_page_says_when_nobody_works(town: Town) -> None:
    browser = town.browser(Role.SYSTEM_OWNER, "linnasa")
    assert "Ingen arbetare är igång" in browser.get("/jobb/").content.decode()

    now = timezone.now()
    Worker.objects.create(name="w", started_at=now, seen_at=now)

    assert "Ingen arbetare är igång" not in browser.get("/jobb/").content.decode()


def test_a_schedule_is_run_now_and_turned_off_by_the_system_owner(town: Town, offer: Offer) -> None:
    del offer
    plan = schedule("nightly", "test.nothing", "daily 02:30")
    browser = town.browser(Role.SYSTEM_OWNER, "linnasa")

    browser.post(f"/jobb/schema/{plan.public_id}/nu/")
    browser.post(f"/jobb/schema/{plan.public_id}/lage/", {"is_on": "no"})

    assert Job.objects.get().key == "schedule nightly"
    assert not Schedule.objects.get().is_on
    assert set(Entry.objects.values_list("action", flat=True)) >= {
        "jobs.run_now",
        "jobs.switch_off",
    }
