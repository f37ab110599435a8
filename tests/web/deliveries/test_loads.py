"""Files are looked at, decided on, taken in, taken back; and refused in words."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.web.conftest import Town
from tests.web.deliveries.conftest import Send, work

from narvaro.ledger import open_ledger
from narvaro.web.accounts.models import Unit
from narvaro.web.accounts.roles import Role
from narvaro.web.audit.models import Entry
from narvaro.web.deliveries import uploading
from narvaro.web.deliveries.models import Load, Outcome, Source
from narvaro.web.deliveries.sweeping import sweep
from narvaro.web.jobs.handlers import Running


def page(browser: Client, load: Load) -> str:
    return str(browser.get(f"/kallor/leverans/{load.public_id}/").content.decode())


def fresh(load: Load) -> Load:
    load.refresh_from_db()
    return load


def uploads(place: Path) -> list[str]:
    folders = (place / "uploads").rglob("*")
    return sorted(one.name for one in folders if one.name != "arriving")


def test_a_delivery_is_previewed_taken_in_and_taken_back(
    owner: Client, send: Send, source: Source, zipped: bytes, place: Path
) -> None:
    load = send(source, "delivery.zip", zipped)

    seen = page(owner, load)
    assert not (place / "ledger").exists()
    assert "Så här blir det om du läser in den" in seen
    assert {"2017-10", "2017-11", "2017-12"} <= set(load.seen["months"])
    assert load.seen["pupils_new"] == 5

    owner.post(f"/kallor/leverans/{load.public_id}/ta-in/")
    work()
    assert (fresh(load).outcome, load.batch) == (Outcome.TAKEN, 1)
    assert uploads(place) == []
    assert Unit.objects.filter(name="elementary").exists()

    owner.post(f"/kallor/leverans/{load.public_id}/angra/")
    work()
    assert fresh(load).taken_back_at is not None
    assert open_ledger(place / "ledger").batches()[-1].counts["marks"] > 0
    assert "ångrad" in page(owner, load)
    wanted = {"deliveries.upload", "deliveries.take_in", "deliveries.taken_in"}
    assert wanted | {"deliveries.take_back", "deliveries.taken_back"} <= set(
        Entry.objects.values_list("action", flat=True)
    )


def test_a_look_changes_nothing_in_the_ledger_that_is_there(
    owner: Client, send: Send, source: Source, zipped: bytes, place: Path
) -> None:
    first = send(source, "delivery.zip", zipped)
    owner.post(f"/kallor/leverans/{first.public_id}/ta-in/")
    work()
    before = {one: one.stat().st_mtime_ns for one in (place / "ledger").rglob("*.*")}

    again = send(source, "delivery.zip", zipped)

    assert {one: one.stat().st_mtime_ns for one in (place / "ledger").rglob("*.*")} == before
    assert again.seen["is_unchanged"]
    assert "Allt i leveransen är redan känt" in page(owner, again)
    assert list((place / ".ledger-trials").iterdir()) == []


def test_a_refused_delivery_says_where_and_what_to_do_and_never_what_stood_there(
    owner: Client, send: Send, source: Source, place: Path
) -> None:
    rows = "pupil,school,starts_on\nAnna Hemlig,skolan,Hemligdatum\n"

    load = send(source, "enrolments.csv", rows.encode())

    assert (load.outcome, load.faults[0]["line"]) == (Outcome.REFUSED, 2)
    shown = page(owner, load)
    assert "enrolments" in shown
    assert "rad 2" in shown
    assert "Hemlig" not in shown
    assert uploads(place) == []


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("marks.csv", b"0" * (40 << 20))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("d.zip", bomb()),
        ("d.zip", b"PK\x03\x04 not a zip"),
        ("marks.csv", b"\xff\xfe\x00lesson,pupil\n\xe5\xe4"),
        ("marks.csv", b"lesson,pupil\n" + b"x" * 10_000_000 + b",p\n"),
        ("marks.csv", b""),
        ("marks.parquet", b"PAR1"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(
    owner: Client, send: Send, source: Source, place: Path, name: str, content: bytes
) -> None:
    load = send(source, name, content)

    assert load.outcome == Outcome.REFUSED
    assert load.faults[0]["problem"]
    assert "xxxx" not in page(owner, load)
    assert uploads(place) == []
    assert not (place / "ledger").exists()


def test_a_source_of_files_has_no_connection_that_could_overwrite_its_profile(
    owner: Client, source: Source
) -> None:
    for name in ("deliveries.connection", "deliveries.check"):
        answer = owner.post(reverse(name, args=[source.public_id]), {"base_url": "https://x.test"})
        assert answer.status_code == 302
        assert answer["Location"] == reverse("deliveries.source", args=[source.public_id])


@pytest.mark.usefixtures("place")
def test_a_zip_is_still_the_zip_after_a_worker_died_among_its_people(zipped: bytes) -> None:
    stored = uploading.store([SimpleUploadedFile("upload.zip", zipped)])
    path = uploading.given_path(stored.token)

    uploading.people_folder(path)  # and then the power went

    assert uploading.given_path(stored.token) == path


def test_a_files_name_is_not_kept_or_shown(
    owner: Client, send: Send, source: Source, place: Path
) -> None:
    load = send(source, "frånvaro Anna Hemlig 7B.xlsx", b"no workbook")

    assert "Hemlig" not in page(owner, load)
    assert all("Hemlig" not in name for name in uploads(place))
    assert "Hemlig" not in str(Load.objects.values_list())


def test_an_upload_above_the_limit_is_refused_and_leaves_nothing(
    owner: Client, source: Source, place: Path, settings: Settings
) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    file = SimpleUploadedFile("marks.csv", b"x" * (3 * 1024 * 1024))

    answer = owner.post(f"/kallor/{source.public_id}/filer/", {"files": [file]})

    assert answer.status_code == 413
    assert "högst 1 MB" in answer.content.decode()
    assert not Load.objects.exists()
    assert uploads(place) == []


def test_nobody_uploads_without_signing_in(source: Source, place: Path) -> None:
    file = SimpleUploadedFile("marks.csv", b"x" * 100_000)

    answer = Client().post(f"/kallor/{source.public_id}/filer/", {"files": [file]})

    assert answer.status_code in (302, 400)
    assert uploads(place) == []


@pytest.mark.parametrize("name", ["virus.exe", "noname", "x" * 300 + ".pdf"])
def test_a_file_of_another_kind_is_told_what_can_be_sent(
    owner: Client, source: Source, name: str
) -> None:
    file = SimpleUploadedFile(name, b"x")

    answer = owner.post(f"/kallor/{source.public_id}/filer/", {"files": [file]})

    assert answer.status_code == 400
    assert "CSV" in answer.content.decode()


def test_a_held_load_is_taken_in_only_by_somebody_who_has_checked_it(
    owner: Client, send: Send, source: Source, zipped: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from narvaro.pipeline import taking_in

    monkeypatch.setattr(
        taking_in, "compare", lambda *_: (("no pupils at elementary against 60",), True)
    )
    load = send(source, "delivery.zip", zipped)
    assert load.is_held
    assert "olik källans förra" in page(owner, load)
    assert load.public_id in owner.get("/att-gora/").content.decode()

    owner.post(f"/kallor/leverans/{load.public_id}/ta-in/")
    work()
    assert fresh(load).ended_at is None

    owner.post(f"/kallor/leverans/{load.public_id}/ta-in/", {"is_right": "yes"})
    work()
    assert fresh(load).outcome == Outcome.TAKEN


def test_a_load_is_thrown_away_with_its_files(
    owner: Client,
    send: Send,
    source: Source,
    zipped: bytes,
    place: Path,
    django_capture_on_commit_callbacks: object,
) -> None:
    load = send(source, "delivery.zip", zipped)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        owner.post(f"/kallor/leverans/{load.public_id}/slang/")
    owner.post(f"/kallor/leverans/{load.public_id}/ta-in/", {"is_right": "yes"})
    work()

    assert fresh(load).outcome == Outcome.DISCARDED
    assert uploads(place) == []
    assert not (place / "ledger").exists()


def test_an_upload_nobody_decides_on_goes_after_a_week(
    send: Send, source: Source, zipped: bytes, place: Path
) -> None:
    load = send(source, "delivery.zip", zipped)
    Load.objects.update(looked_at=timezone.now() - timedelta(days=8))
    for one in (place / "uploads").iterdir():
        os.utime(one, (0, 0))

    sweep(Running("", {}, timezone.now(), 1, lambda *_: None))

    assert fresh(load).outcome == Outcome.DISCARDED
    assert uploads(place) == []


def test_what_was_sent_later_than_the_viewers_day_is_not_there(
    owner: Client, source: Source
) -> None:
    later = timezone.now() + timedelta(days=1)
    load = Load.objects.create(source=source, asked_at=later)

    assert owner.get(f"/kallor/leverans/{load.public_id}/").status_code == 404


@pytest.mark.parametrize(
    "broken",
    [
        {"outcome": "taken"},
        {"batch": 3},
        {"taken_back_at": timezone.now()},
    ],
)
def test_the_database_refuses_a_load_that_contradicts_itself(
    source: Source, broken: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Load.objects.create(source=source, asked_at=timezone.now(), **broken)


def test_a_principal_sees_what_the_sources_say_of_the_own_school_and_no_load(
    town: Town, owner: Client, send: Send, source: Source, zipped: bytes
) -> None:
    load = send(source, "delivery.zip", zipped)
    owner.post(f"/kallor/leverans/{load.public_id}/ta-in/")
    work()
    browser = town.browser(Role.PRINCIPAL, "almskolan")

    answer = browser.get("/kallor/")

    assert "Ingen källa har sagt något om skolan" in answer.content.decode()
    assert "elementary" not in answer.content.decode()
    assert browser.get(f"/kallor/leverans/{load.public_id}/").status_code == 404
