"""Whatever is done to the log by hand is found, and told where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from narvaro.web.audit.chain import NOBODY, Actor, hash_of, write_entry
from narvaro.web.audit.checkpoints import LogDoesNotHold, cut, sign_head
from narvaro.web.audit.models import Checkpoint, Entry, Head, Kind
from narvaro.web.audit.triggers import UNPROTECT
from narvaro.web.audit.verification import Broken, Fault, verify

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 2, 11, tzinfo=UTC)
SOMEBODY = Actor("a" * 22, "principal", "u" * 22)


@pytest.fixture(autouse=True)
def _heads_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    kept = settings.LOG_HEADS
    settings.LOG_HEADS = tmp_path_factory.mktemp("heads") / "heads.jsonl"
    yield
    settings.LOG_HEADS = kept


def written(count: int, *, first: datetime = NOON) -> list[Entry]:
    return [
        write_entry(
            SOMEBODY,
            "pupils.pupil",
            kind=Kind.READ,
            at=first + timedelta(minutes=step),
            subjects=[f"pupil:{step}"],
        )
        for step in range(count)
    ]


def unprotected() -> None:
    with connection.cursor() as cursor:
        for statement in UNPROTECT[connection.vendor]:
            cursor.execute(statement)


def faults() -> list[tuple[int, Broken]]:
    return [(one.number, one.what) for one in verify().faults]


def test_an_untouched_log_holds() -> None:
    written(5)

    found = verify()

    assert found.holds
    assert (found.count, found.first, found.last) == (5, 1, 5)


def test_an_empty_log_holds() -> None:
    assert verify().holds


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", NOON),
        ("account", "b" * 22),
        ("role", "teacher"),
        ("unit", ""),
        ("kind", "print"),
        ("action", "home"),
        ("subjects", ["pupil:other"]),
        ("reason", "own"),
    ],
)
def test_a_changed_entry_is_found_whatever_was_changed(field: str, value: object) -> None:
    written(5)
    unprotected()

    Entry.objects.filter(number=3).update(**{field: value})

    assert faults() == [(3, Broken.CHANGED)]


def test_a_changed_entry_with_a_new_hash_is_found_by_the_one_after() -> None:
    written(5)
    unprotected()
    entry = Entry.objects.get(number=3)
    entry.account, entry.hash = "b" * 22, ""
    entry.hash = hash_of(entry)

    Entry.objects.filter(number=3).update(account=entry.account, hash=entry.hash)

    assert faults() == [(4, Broken.OUT_OF_PLACE)]


def test_a_removed_entry_is_found() -> None:
    written(5)
    unprotected()

    Entry.objects.filter(number=3).delete()

    assert faults() == [(4, Broken.MISSING)]


def test_a_removed_entry_is_found_when_the_rest_are_numbered_anew() -> None:
    written(5)
    unprotected()

    Entry.objects.filter(number=3).delete()
    for number in (4, 5):
        Entry.objects.filter(number=number).update(number=F("number") - 1)

    assert (3, Broken.OUT_OF_PLACE) in faults()
    assert (5, Broken.TAIL_CUT) in faults()


def test_entries_that_changed_places_are_found() -> None:
    written(5)
    unprotected()

    for old, new in ((2, 99), (3, 2), (99, 3)):
        Entry.objects.filter(number=old).update(number=new)

    assert {number for number, _ in faults()} == {2, 3, 4}


def test_an_inserted_entry_is_found() -> None:
    written(3)
    head = Head.objects.get(pk=1)

    Entry.objects.create(
        number=4, at=NOON, kind=Kind.READ, action="x", previous_hash=head.hash, hash="0" * 64
    )

    assert (4, Broken.AFTER_THE_HEAD) in faults()
    assert (4, Broken.CHANGED) in faults()


def test_a_cut_tail_is_found_by_the_head() -> None:
    written(5)
    unprotected()

    Entry.objects.filter(number__gt=3).delete()

    assert faults() == [(5, Broken.TAIL_CUT)]


def test_a_cut_tail_is_found_when_the_head_was_set_back_by_hand() -> None:
    written(5)
    unprotected()
    last = Entry.objects.get(number=3)

    Entry.objects.filter(number__gt=3).delete()
    Head.objects.update(number=3, hash=last.hash)

    assert faults() == [(3, Broken.HEAD_FORGED)]


def test_an_older_log_put_back_whole_is_found_by_the_file_outside() -> None:
    written(3)
    older = Head.objects.values().get(pk=1)
    written(2)
    sign_head(at=NOON)
    unprotected()

    Entry.objects.filter(number__gt=3).delete()
    Checkpoint.objects.all().delete()
    Head.objects.filter(pk=1).update(**{k: v for k, v in older.items() if k != "id"})

    assert faults() == [(5, Broken.TAIL_CUT)]


def test_a_log_written_anew_from_the_start_is_found_without_the_key() -> None:
    written(3)
    sign_head(at=NOON)
    unprotected()
    Entry.objects.all().delete()
    Head.objects.all().delete()

    written(3, first=NOON + timedelta(hours=1))

    assert faults() == [(3, Broken.NOT_AS_SIGNED)]


def test_the_chain_holds_from_a_cut() -> None:
    written(5, first=NOON - timedelta(days=4000))
    written(3)

    done = cut(older_than=NOON, at=NOON, by=NOBODY)

    found = verify()
    assert (done.number, done.count) == (5, 5)
    assert found.holds
    assert (found.first, found.last) == (6, 9)  # the cut itself is the ninth
    assert Entry.objects.get(number=9).action == "audit.cut"


def test_a_log_that_is_all_old_is_cut_whole_and_goes_on() -> None:
    written(3, first=NOON - timedelta(days=4000))

    cut(older_than=NOON, at=NOON, by=NOBODY)
    written(1)

    assert verify().holds


def test_an_old_entry_after_a_young_one_stays() -> None:
    written(2, first=NOON - timedelta(days=4000))
    written(1)
    written(1, first=NOON - timedelta(days=4000))

    assert cut(older_than=NOON, at=NOON, by=NOBODY).number == 2
    assert verify().holds


def test_a_log_that_does_not_hold_is_not_cut() -> None:
    written(5, first=NOON - timedelta(days=4000))
    unprotected()
    Entry.objects.filter(number=3).update(account="")

    with pytest.raises(LogDoesNotHold):
        cut(older_than=NOON, at=NOON, by=NOBODY)

    assert Entry.objects.count() == 5


def test_a_forged_cut_is_found() -> None:
    written(5)
    unprotected()
    third = Entry.objects.get(number=3)
    Checkpoint.objects.create(number=3, hash=third.hash, at=NOON, is_cut=True, signature="00" * 64)

    Entry.objects.filter(number__lte=3).delete()

    assert faults() == [(3, Broken.CHECKPOINT_FORGED)]


def test_a_signed_checkpoint_is_no_leave_to_cut() -> None:
    written(5)
    made = sign_head(at=NOON)
    assert made is not None
    unprotected()

    Checkpoint.objects.filter(pk=made.pk).update(is_cut=True)
    Entry.objects.all().delete()

    assert (5, Broken.CHECKPOINT_FORGED) in faults()


def test_the_head_is_signed_once_for_each_state() -> None:
    assert sign_head(at=NOON) is None
    written(1)

    assert sign_head(at=NOON) is not None
    assert sign_head(at=NOON) is None


def test_a_torn_line_in_the_file_outside_is_passed_over() -> None:
    written(2)
    sign_head(at=NOON)
    with settings.LOG_HEADS.open("a") as file:
        file.write('{"number": 9, "hash": "x", "signature": "00"}\n{"numb')

    assert verify().holds


@pytest.mark.parametrize("number", [1, 2])
def test_the_database_refuses_to_change_or_remove_an_entry(number: int) -> None:
    written(2)
    for statement in ("update audit_entry set account = 'x'", "delete from audit_entry"):
        with (
            pytest.raises(DatabaseError, match="log"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"{statement} where number = %s", [number])

    assert verify().holds


def test_the_database_refuses_to_change_or_remove_a_checkpoint() -> None:
    written(1)
    sign_head(at=NOON)
    for statement in ("update audit_checkpoint set is_cut = true", "delete from audit_checkpoint"):
        with (
            pytest.raises(DatabaseError, match="log"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_the_fault_says_its_place() -> None:
    assert Fault(3, Broken.CHANGED).what.startswith("the entry does not say")
