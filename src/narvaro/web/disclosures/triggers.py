"""The database's own refusal: what was told stays as it was told, and nothing is added to it.

They look at this app's own tables alone: a trigger that names another app's table stands in the
way when that table is made anew (SQLite).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

_COLUMNS = (
    "id", "public_id", "key", "pupil_id", "case_id", "receiver_id", "ground", "consent_id",
    "paragraph", "reasoning", "purpose", "item_count", "for_protected", "made_by_id", "made_as",
    "made_at", "until_on",
)  # fmt: skip
_STAYS = " and ".join(f"new.{one} is not distinct from old.{one}" for one in _COLUMNS)
_ENDS = f"old.ended_at is null and new.ended_at is not null and {_STAYS}"
_IS_WHOLE = (
    "(select count(*) from disclosures_disclosed where disclosure_id = new.disclosure_id) >= "
    "(select item_count from disclosures_disclosure where id = new.disclosure_id) or exists "
    "(select 1 from disclosures_disclosure where id = new.disclosure_id and ended_at is not null)"
)
_ONLY_ENDS = "a disclosure never changes but by its end"
_NEVER_MORE = "nothing is added to what was disclosed"
_KEPT = "what was disclosed is kept as it was"
_TABLES = ("disclosures_disclosure", "disclosures_disclosed", "disclosures_looked")
_NEVER_CHANGED = _TABLES[1:]


def _sqlite() -> Iterator[str]:
    ends = _ENDS.replace("is not distinct from", "is")
    yield (
        "create trigger a_disclosure_only_ends before update on disclosures_disclosure "
        f"when not ({ends}) begin select raise(abort, '{_ONLY_ENDS}'); end"
    )
    yield (
        "create trigger nothing_is_added_to_a_disclosure before insert on disclosures_disclosed "
        f"when {_IS_WHOLE} begin select raise(abort, '{_NEVER_MORE}'); end"
    )
    for table in _NEVER_CHANGED:
        yield (
            f"create trigger {table}_never_changes before update on {table} "
            f"begin select raise(abort, '{_KEPT}'); end"
        )
    for table in _TABLES:
        yield (
            f"create trigger {table}_is_never_removed before delete on {table} "
            f"begin select raise(abort, '{_KEPT}'); end"
        )


def _postgresql() -> Iterator[str]:
    yield _function("disclosures_refuse", f"raise exception '{_KEPT}';")
    yield _function("disclosures_only_end", _or_else(f"not ({_ENDS})", _ONLY_ENDS))
    yield _function("disclosures_whole", _or_else(_IS_WHOLE, _NEVER_MORE))
    yield _each("update", "disclosures_disclosure", "disclosures_only_end")
    yield _each("insert", "disclosures_disclosed", "disclosures_whole")
    for table in _NEVER_CHANGED:
        yield _each("update", table, "disclosures_refuse")
    for table in _TABLES:
        yield _each("delete", table, "disclosures_refuse")
        yield (
            f"create trigger {table}_truncate before truncate on {table} "
            "for each statement execute function disclosures_refuse()"
        )


def _function(name: str, body: str) -> str:
    return f"create function {name}() returns trigger language plpgsql as $$ begin {body} end $$"


def _or_else(condition: str, words: str) -> str:
    return f"if {condition} then raise exception '{words}'; end if; return new;"


def _each(when: str, table: str, function: str) -> str:
    return (
        f"create trigger {table}_{when} before {when} on {table} "
        f"for each row execute function {function}()"
    )


def _sqlite_off() -> Iterator[str]:
    names = ["a_disclosure_only_ends", "nothing_is_added_to_a_disclosure"]
    names += [f"{table}_never_changes" for table in _NEVER_CHANGED]
    names += [f"{table}_is_never_removed" for table in _TABLES]
    yield from (f"drop trigger if exists {name}" for name in names)


def _postgresql_off() -> Iterator[str]:
    for name in ("disclosures_refuse", "disclosures_only_end", "disclosures_whole"):
        yield f"drop function if exists {name}() cascade"


PROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": tuple(_sqlite()),
    "postgresql": tuple(_postgresql()),
}
UNPROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": tuple(_sqlite_off()),
    "postgresql": tuple(_postgresql_off()),
}
