"""The database's own refusal to change what is signed, and to sign what is not whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_SIGNED = "(select signed_at from plans_planversion where id = {row}.{of}) is not null"
_PARTS = {"plans_effort": "version_id", "plans_ownpart": "of_id"}
_LOCKED = "a signed plan never changes"
_DRAFT = "a plan is signed as the draft that it was"
_GAPS = "a signed plan says who does what"
_KEPT = "a follow-up is never changed"
_OF_SIGNED = "a follow-up is of a signed plan"
_SAME = "a plan stays with its case"
_HERE = "select 1 from plans_effort where version_id = new.id"
_NOT_WHOLE = (
    f"not exists ({_HERE} and who = 'unit') "
    f"or exists ({_HERE} and (who = '' or words = '' or (who = 'other' and other = ''))) "
    f"or (new.is_alone = {{false}}) = (not exists ({_HERE} and who <> 'unit'))"
)


def _sqlite() -> Iterator[str]:
    yield _refusal("a_plan_is_not_born_signed", "insert", "new.signed_at is not null", _DRAFT)
    yield _refusal("a_signed_plan_never_changes", "update", "old.signed_at is not null", _LOCKED)
    yield _refusal("a_signed_plan_is_never_removed", "delete", "old.signed_at is not null", _LOCKED)
    signs = f"new.signed_at is not null and ({_NOT_WHOLE.format(false='0')})"
    yield _refusal("a_signed_plan_says_who_does_what", "update", signs, _GAPS)
    for table, of in _PARTS.items():
        for when, rows in (("insert", "new"), ("update", "old new"), ("delete", "old")):
            found = " or ".join(_SIGNED.format(row=row, of=of) for row in rows.split())
            yield _refusal(f"{table}_is_locked_{when}", when, found, _LOCKED, table)
    not_signed = _SIGNED.format(row="new", of="of_id").replace("not null", "null")
    yield _refusal("a_follow_up_is_of_a_signed_plan", "insert", not_signed, _OF_SIGNED, _FOLLOW_UP)
    for when in ("update", "delete"):
        yield _refusal(f"a_follow_up_is_kept_{when}", when, "1", _KEPT, _FOLLOW_UP)
        yield _refusal(f"a_plan_stays_with_its_case_{when}", when, "1", _SAME, "plans_plan")


_FOLLOW_UP = "plans_followup"


def _refusal(name: str, when: str, found: str, words: str, table: str = "plans_planversion") -> str:
    return (
        f"create trigger {name} before {when} on {table} when {found} "
        f"begin select raise(abort, '{words}'); end"
    )


def _function(name: str, body: str) -> str:
    return (
        f"create function {name}() returns trigger language plpgsql as $$ begin {body} "
        "if tg_op = 'DELETE' then return old; end if; return new; end $$"
    )


def _raised(found: str, words: str) -> str:
    return f"if {found} then raise exception '{words}'; end if;"


def _trigger(table: str, when: str, function: str) -> str:
    each = "statement" if when == "truncate" else "row"
    return (
        f"create trigger {function}_{when.split()[0]} before {when} on {table} "
        f"for each {each} execute function {function}()"
    )


def _postgresql() -> Iterator[str]:
    old_signed = _raised("tg_op <> 'INSERT' and old.signed_at is not null", _LOCKED)
    signs = _raised(
        f"tg_op = 'UPDATE' and new.signed_at is not null and ({_NOT_WHOLE.format(false='false')})",
        _GAPS,
    )
    born = _raised("tg_op = 'INSERT' and new.signed_at is not null", _DRAFT)
    yield _function("plans_version_kept", f"{born} {old_signed} {signs}")
    yield _trigger("plans_planversion", _EVERY, "plans_version_kept")
    for table, of in _PARTS.items():
        old = f"tg_op <> 'INSERT' and {_SIGNED.format(row='old', of=of)}"
        new = f"tg_op <> 'DELETE' and {_SIGNED.format(row='new', of=of)}"
        yield _function(f"{table}_kept", f"{_raised(old, _LOCKED)} {_raised(new, _LOCKED)}")
        yield _trigger(table, _EVERY, f"{table}_kept")
    not_signed = _SIGNED.format(row="new", of="of_id").replace("not null", "null")
    kept = _raised("tg_op <> 'INSERT'", _KEPT)
    of_signed = _raised(f"tg_op = 'INSERT' and {not_signed}", _OF_SIGNED)
    yield _function("plans_followup_kept", f"{kept} {of_signed}")
    yield _trigger(_FOLLOW_UP, _EVERY, "plans_followup_kept")
    yield _function("plans_refuse", f"raise exception '{_SAME}';")
    yield _trigger("plans_plan", "update or delete", "plans_refuse")
    for table in ("plans_plan", "plans_planversion", *_PARTS, _FOLLOW_UP):
        yield (
            f"create trigger {table}_is_never_emptied before truncate on {table} "
            "for each statement execute function plans_refuse()"
        )


_EVERY = "insert or update or delete"
_FUNCTIONS = (
    "plans_version_kept",
    *(f"{table}_kept" for table in _PARTS),
    "plans_followup_kept",
    "plans_refuse",
)


def _sqlite_off() -> Iterator[str]:
    for statement in _sqlite():
        yield f"drop trigger if exists {statement.split()[2]}"


def protect(vendor: str) -> Sequence[str]:
    """The statements that set the locks, for `sqlite` or `postgresql`."""
    return list(_sqlite() if vendor == "sqlite" else _postgresql())


def unprotect(vendor: str) -> Sequence[str]:
    """The statements that take them away."""
    if vendor == "sqlite":
        return list(_sqlite_off())
    return [f"drop function if exists {one}() cascade" for one in _FUNCTIONS]
