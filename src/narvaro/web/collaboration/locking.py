"""The database's own refusal to change the minutes of authorities once locked, or a signed deviation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_LOCKED = (
    "select 1 from collaboration_minutes where locked_at is not null and meeting_id = {row}.{of}"
)
_TABLES: Mapping[str, str] = {
    "collaboration_minutes": "meeting_id",
    "collaboration_present": "meeting_id",
    "collaboration_decision": "meeting_id",
    "collaboration_crossmeeting": "id",
}
_WORDS = "locked minutes are never changed"
_SIGNED = "a signed deviation is never changed"
_KEPT = ("words", "owner_unit_id", "due_on", "meeting_id", "made_by_id", "made_at")
"""Of a decision everything but whether it is done."""


def _refused(table: str, when: str) -> str:
    row = "new" if when == "insert" else "old"
    found = f"exists ({_LOCKED.format(row=row, of=_TABLES[table])})"
    if table == "collaboration_decision" and when == "update":
        changed = " or ".join(f"old.{one} <> new.{one}" for one in _KEPT)
        return f"{found} and ({changed})"
    return found


def _when() -> Iterator[tuple[str, str]]:
    for table in _TABLES:
        for when in ("insert", "update", "delete"):
            if (table, when) != ("collaboration_crossmeeting", "insert"):
                yield table, when


def _sqlite() -> Iterator[str]:
    for table, when in _when():
        yield (
            f"create trigger {table}_is_locked_{when} before {when} on {table} "
            f"when {_refused(table, when)} begin select raise(abort, '{_WORDS}'); end"
        )
    for when in ("update", "delete"):
        yield (
            f"create trigger a_signed_deviation_stays_{when} before {when} "
            "on collaboration_deviation when old.signed_at is not null "
            f"begin select raise(abort, '{_SIGNED}'); end"
        )


def _postgresql() -> Iterator[str]:
    for table, when in _when():
        name, back = f"{table}_locked_{when}", "old" if when == "delete" else "new"
        yield (
            f"create function {name}() returns trigger language plpgsql as $$ begin "
            f"if {_refused(table, when)} then raise exception '{_WORDS}'; end if; "
            f"return {back}; end $$"
        )
        yield (
            f"create trigger {table}_is_locked_{when} before {when} on {table} "
            f"for each row execute function {name}()"
        )
    yield (
        "create function collaboration_deviation_kept() returns trigger language plpgsql as $$ "
        f"begin raise exception '{_SIGNED}'; end $$"
    )
    yield (
        "create trigger a_signed_deviation_stays before update or delete "
        "on collaboration_deviation for each row when (old.signed_at is not null) "
        "execute function collaboration_deviation_kept()"
    )


def _sqlite_off() -> Iterator[str]:
    for table, when in _when():
        yield f"drop trigger if exists {table}_is_locked_{when}"
    for when in ("update", "delete"):
        yield f"drop trigger if exists a_signed_deviation_stays_{when}"


def _postgresql_off() -> Iterator[str]:
    for table, when in _when():
        yield f"drop function if exists {table}_locked_{when}() cascade"
    yield "drop function if exists collaboration_deviation_kept() cascade"


def lock(vendor: str) -> Sequence[str]:
    """The statements that set the lock, for `sqlite` or `postgresql`."""
    return list(_sqlite() if vendor == "sqlite" else _postgresql())


def unlock(vendor: str) -> Sequence[str]:
    """The statements that take it away."""
    return list(_sqlite_off() if vendor == "sqlite" else _postgresql_off())
