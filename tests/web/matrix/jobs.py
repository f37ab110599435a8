"""Work in the background."""

from __future__ import annotations

from datetime import UTC, datetime

from django.urls import reverse
from tests.web.matrix_town import AUTHORITY, Addresses, Call, MatrixTown

from narvaro.web.accounts.models import Assignment
from narvaro.web.jobs.models import Job, Schedule

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def job(town: MatrixTown) -> Job:
    return Job.objects.get_or_create(
        kind="jobs.tidy",
        key="matrix",
        defaults={
            "authority": town.authority,
            "asked_at": LONG_AGO,
            "finished_at": LONG_AGO,
            "outcome": "failed",
        },
    )[0]


def plan(town: MatrixTown) -> Schedule:
    given = {
        "kind": "jobs.tidy",
        "rule": "daily 02:30",
        "next_at": LONG_AGO,
        "authority": town.authority,
    }
    return Schedule.objects.get_or_create(name="matrix", defaults=given)[0]


def every(_town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("jobs.list"))


def one(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("jobs.job", args=[job(town).public_id]), at=AUTHORITY)


def retry(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("jobs.retry", args=[job(town).public_id]), at=AUTHORITY, data={})


def run_now(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("jobs.run_now", args=[plan(town).public_id]), at=AUTHORITY, data={})


def switch(town: MatrixTown, _whose: Assignment) -> Call:
    return Call(reverse("jobs.switch", args=[plan(town).public_id]), at=AUTHORITY, data={})


ADDRESSES: Addresses = {
    "jobs.list": every,
    "jobs.job": one,
    "jobs.retry": retry,
    "jobs.run_now": run_now,
    "jobs.switch": switch,
}
