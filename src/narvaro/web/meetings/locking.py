"""The database's own refusal to change a meeting whose minutes are approved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_APPROVED = "select 1 from meetings_minutes where approved_at is not null and meeting_id = "
_ITEM = "(select meeting_id from meetings_agendaitem where id = {row}.item_id)"
_MEETING_OF = {  # how a row of a table tells its meeting
    "meetings_meeting": "{row}.id",
    "meetings_invited": "{row}.meeting_id",
    "meetings_agendaitem": "{row}.meeting_id",
    "meetings_analysis": _ITEM,
    "meetings_protectedpart": _ITEM,
    "meetings_decision": _ITEM,
    "meetings_minutes": "{row}.meeting_id",
}
_WORDS = "approved minutes are never changed; add an addendum"
_KEPT = "an addendum is never changed"


def _sqlite() -> Iterator[str]:
    for table, meeting in _MEETING_OF.items():
        for when, row in (("insert", "new"), ("update", "old"), ("delete", "old")):
            yield (
                f"create trigger {table}_is_locked_{when} before {when} on {table} "
                f"when exists ({_APPROVED}{meeting.format(row=row)}) "
                f"begin select raise(abort, '{_WORDS}'); end"
            )
    for when in ("update", "delete"):
        yield (
            f"create trigger an_addendum_is_kept_{when} before {when} on meetings_addendum "
            f"begin select raise(abort, '{_KEPT}'); end"
        )


def _postgresql() -> Iterator[str]:
    for table, meeting in _MEETING_OF.items():
        yield (
            f"create function {table}_locked() returns trigger language plpgsql as $$ begin "
            f"if tg_op = 'INSERT' then if exists ({_APPROVED}{meeting.format(row='new')}) "
            f"then raise exception '{_WORDS}'; end if; return new; end if; "
            f"if exists ({_APPROVED}{meeting.format(row='old')}) "
            f"then raise exception '{_WORDS}'; end if; "
            "if tg_op = 'DELETE' then return old; end if; return new; end $$"
        )
        yield (
            f"create trigger {table}_is_locked before insert or update or delete on {table} "
            f"for each row execute function {table}_locked()"
        )
    yield (
        "create function meetings_addendum_kept() returns trigger language plpgsql as $$ begin "
        f"raise exception '{_KEPT}'; end $$"
    )
    yield (
        "create trigger an_addendum_is_kept before update or delete on meetings_addendum "
        "for each row execute function meetings_addendum_kept()"
    )


def _sqlite_off() -> Iterator[str]:
    for table in _MEETING_OF:
        for when in ("insert", "update", "delete"):
            yield f"drop trigger if exists {table}_is_locked_{when}"
    for when in ("update", "delete"):
        yield f"drop trigger if exists an_addendum_is_kept_{when}"


def _postgresql_off() -> Iterator[str]:
    for table in _MEETING_OF:
        yield f"drop function if exists {table}_locked() cascade"
    yield "drop function if exists meetings_addendum_kept() cascade"


def lock(vendor: str) -> Sequence[str]:
    """The statements that set the lock, for `sqlite` or `postgresql`."""
    return list(_sqlite() if vendor == "sqlite" else _postgresql())


def unlock(vendor: str) -> Sequence[str]:
    """The statements that take it away."""
    return list(_sqlite_off() if vendor == "sqlite" else _postgresql_off())
