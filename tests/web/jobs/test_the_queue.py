"""Jobs are done once each, tried again when that may help, and told of without data."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.web.jobs.conftest import Offer

from narvaro.errors import Fault, HeldForConfirmation, InputRefused, LedgerBusy
from narvaro.web.jobs import handlers, leases
from narvaro.web.jobs.actions import Asked, enqueue, schedule, tell
from narvaro.web.jobs.models import Job, Outcome, Schedule
from narvaro.web.jobs.trying import Stopped
from narvaro.web.jobs.worker import Loop, make_standing, queue_scheduled

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 12, 2, 12, tzinfo=UTC)


def work(**more: object) -> None:
    """Do everything that is due, without a thread for the beats."""
    Loop(beat_seconds=0, **more).run(once=True)  # type: ignore[arg-type]


def fresh(job: Job) -> Job:
    job.refresh_from_db()
    return job


def test_a_job_is_done_once_and_keeps_its_result(offer: Offer) -> None:
    done: list[object] = []

    def count(running: handlers.Running) -> dict[str, int]:
        done.append(running.arguments)
        return {"rows": 3}

    offer("test.count", count)

    job = enqueue("test.count", {"source": "x"})
    work()
    work()

    assert done == [{"source": "x"}]
    assert (fresh(job).outcome, job.result, job.lease) == (Outcome.DONE, {"rows": 3}, "")


def test_asking_twice_with_one_key_queues_one_job_until_it_has_ended(offer: Offer) -> None:
    del offer
    first = enqueue("test.nothing", key="october")

    assert enqueue("test.nothing", key="october") == first
    work()
    assert enqueue("test.nothing", key="october") != first


def test_a_job_asked_for_in_a_transaction_that_fails_is_not_queued(offer: Offer) -> None:
    del offer

    def fail() -> None:
        with transaction.atomic():
            enqueue("test.nothing")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert not Job.objects.exists()


def test_what_may_pass_is_tried_again_later_and_later_and_then_given_up(offer: Offer) -> None:
    def busy(_running: handlers.Running) -> None:
        raise LedgerBusy("The ledger is being written to by another process.")

    offer("test.busy", busy)
    job = enqueue("test.busy")
    waits = []
    for _ in range(2):
        work()
        waits.append(round((fresh(job).due_at - timezone.now()).total_seconds()))
        Job.objects.update(due_at=timezone.now())
    work()

    assert waits == [20, 40]
    assert (fresh(job).outcome, job.attempts) == (Outcome.FAILED, 3)
    assert job.error_kind == "LedgerBusy"


def test_what_we_refuse_is_not_tried_again(offer: Offer) -> None:
    def refuse(_running: handlers.Running) -> None:
        raise InputRefused("The delivery", [Fault("marks", 3, "lesson", "is empty")])

    offer("test.refuse", refuse)
    job = enqueue("test.refuse")
    work()

    assert (fresh(job).outcome, job.attempts) == (Outcome.FAILED, 1)


def test_what_waits_for_a_person_is_held(offer: Offer) -> None:
    def hold(_running: handlers.Running) -> None:
        raise HeldForConfirmation("The load is held.")

    offer("test.hold", hold)
    job = enqueue("test.hold")
    work()

    assert fresh(job).outcome == Outcome.HELD


def test_an_unforeseen_error_is_told_by_its_kind_and_place_only(offer: Offer) -> None:
    def stumble(_running: handlers.Running) -> None:
        raise ValueError("Anna Provsson 20120101")

    offer("test.stumble", stumble, attempts=1)
    job = enqueue("test.stumble")
    work()

    assert fresh(job).error_kind == "ValueError"
    assert "Anna" not in job.error
    assert job.error.startswith("stumble:")


def test_a_worker_that_is_asked_to_stop_gives_its_job_back_unharmed(offer: Offer) -> None:
    stop: list[bool] = []

    def long(running: handlers.Running) -> None:
        stop.append(True)
        running.progress("rows", 1, 10)

    offer("test.long", long)
    job = enqueue("test.long")
    Loop(beat_seconds=0, stopping=lambda: bool(stop)).run()

    assert (fresh(job).attempts, job.lease, job.finished_at) == (0, "", None)
    assert issubclass(Stopped, BaseException)
    assert not issubclass(Stopped, Exception)


def test_a_job_whose_beat_stands_still_is_taken_over_and_the_first_worker_loses_it(
    offer: Offer,
) -> None:
    del offer
    enqueue("test.nothing")
    mine = leases.claim(Job.objects.get())
    assert mine is not None
    watch = leases.Watch(lapse=30)

    assert list(watch.lapsed(now=0)) == []
    assert list(watch.lapsed(now=29)) == []
    assert leases.keep(mine, "rows", 1, None)
    assert list(watch.lapsed(now=31)) == []  # it has beaten since
    assert [one.pk for one in watch.lapsed(now=62)] == [mine.pk]
    theirs = leases.claim(Job.objects.get())

    assert theirs is not None
    assert not leases.keep(mine, "rows", 2, None)
    assert not leases.finish(mine, Outcome.DONE)
    assert leases.finish(theirs, Outcome.DONE)


def test_two_workers_that_see_the_same_job_do_not_both_get_it(offer: Offer) -> None:
    del offer
    enqueue("test.nothing")
    seen, also_seen = Job.objects.get(), Job.objects.get()

    assert leases.claim(seen) is not None
    assert leases.claim(also_seen) is None


def test_a_job_that_kills_its_worker_time_after_time_is_given_up(offer: Offer) -> None:
    del offer
    job = enqueue("test.nothing")
    Job.objects.update(attempts=3)
    work()

    assert (fresh(job).outcome, job.error_kind) == (Outcome.FAILED, "WorkerDied")


def test_a_wait_written_before_the_clock_was_moved_back_does_not_last_for_ever(
    offer: Offer,
) -> None:
    del offer
    job = enqueue("test.nothing")
    Job.objects.update(attempts=1, due_at=timezone.now() + timedelta(days=400))
    work()

    assert fresh(job).outcome == Outcome.DONE


def test_work_that_is_to_be_done_later_waits(offer: Offer) -> None:
    del offer
    job = enqueue("test.nothing", due_at=timezone.now() + timedelta(minutes=10))
    work()

    assert fresh(job).is_waiting


def test_a_schedule_queues_its_work_once_when_it_is_due(offer: Offer) -> None:
    del offer
    plan = schedule("nightly", "test.nothing", "daily 02:30")
    Schedule.objects.update(next_at=NOW.replace(hour=1, minute=30))

    for minute in (0, 1, 2):
        queue_scheduled(now=NOW.replace(minute=minute))

    plan.refresh_from_db()
    assert [job.slot for job in Job.objects.all()] == ["nightly 2026-12-02"]
    assert plan.next_at == datetime(2026, 12, 3, 1, 30, tzinfo=UTC)


def test_after_a_month_without_a_worker_the_work_is_done_once_not_thirty_times(
    offer: Offer,
) -> None:
    del offer
    schedule("nightly", "test.nothing", "daily 02:30")
    Schedule.objects.update(next_at=NOW - timedelta(days=30))

    queue_scheduled(now=NOW)
    work(clock=lambda: NOW)
    queue_scheduled(now=NOW)

    assert Job.objects.filter(kind="test.nothing").count() == 1


def test_a_clock_moved_forward_and_back_neither_stops_the_schedule_nor_repeats_its_work(
    offer: Offer,
) -> None:
    del offer
    schedule("nightly", "test.nothing", "daily 02:30")
    Schedule.objects.update(next_at=NOW)
    years_on = NOW + timedelta(days=3 * 365)

    for now in (NOW, years_on, NOW, NOW + timedelta(hours=1), NOW + timedelta(days=1)):
        queue_scheduled(now=now)
        queue_scheduled(now=now)
        work(clock=lambda now=now: now)

    queued = Job.objects.filter(kind="test.nothing")
    assert sorted(job.slot for job in queued) == [
        "nightly 2026-12-02",
        "nightly 2026-12-03",
        "nightly 2029-12-01",
    ]


def test_a_schedule_that_is_off_queues_nothing(offer: Offer) -> None:
    del offer
    schedule("nightly", "test.nothing", "daily 02:30")
    Schedule.objects.update(next_at=NOW, is_on=False)

    queue_scheduled(now=NOW)

    assert not Job.objects.exists()


def test_a_schedule_that_somebody_changed_is_not_made_anew(offer: Offer) -> None:
    del offer
    make_standing()
    Schedule.objects.update(rule="daily 05:00")
    make_standing()

    assert set(Schedule.objects.values_list("rule", flat=True)) == {"daily 05:00"}


def test_followers_of_an_event_are_queued_once_however_often_it_is_told(offer: Offer) -> None:
    del offer
    handlers.follow("test event", "test.nothing")

    for _ in range(3):
        tell("test event", asked=Asked(NOW))

    assert [job.key for job in Job.objects.all()] == ["after test event"]


def test_a_job_of_a_kind_nobody_knows_fails_in_words(offer: Offer) -> None:
    del offer
    job = enqueue("test.nothing")
    Job.objects.update(kind="test.gone")
    work()

    assert (fresh(job).outcome, job.error_kind) == (Outcome.FAILED, "BadRequest")


@pytest.mark.parametrize(
    "broken",
    [
        {"outcome": "done"},
        {"finished_at": NOW},
        {"finished_at": NOW, "outcome": "done", "lease": "x"},
    ],
)
def test_the_database_refuses_a_job_that_contradicts_itself(
    offer: Offer, broken: dict[str, object]
) -> None:
    del offer
    enqueue("test.nothing")

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.update(**broken)


def test_the_database_refuses_two_unfinished_jobs_of_one_key_and_two_of_one_slot(
    offer: Offer,
) -> None:
    del offer
    given = {"kind": "test.nothing", "asked_at": NOW}
    Job.objects.create(key="a", slot="s 1", **given)

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(key="a", **given)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(slot="s 1", **given)


def test_in_the_demo_a_schedule_waits_for_its_time_on_the_chosen_day(
    offer: Offer, settings: Settings
) -> None:
    del offer
    settings.DEMO, settings.TODAY = True, date(2031, 12, 2)

    plan = schedule("nightly", "test.nothing", "daily 02:30")

    assert plan.next_at.year == 2031
