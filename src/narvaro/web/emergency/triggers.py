"""The database's own refusal: what was opened stays on record, and nobody reviews themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TABLES = ("emergency_opening", "emergency_told", "emergency_review")
_OPENER = "(select account_id from emergency_opening where id = new.opening_id)"


def _sqlite(table: str) -> Sequence[str]:
    return tuple(
        f"""create trigger {table}_no_{act} before {act} on {table}
        begin select raise(abort, 'what was opened in an emergency stays on record'); end"""
        for act in ("update", "delete")
    )


def _postgresql(table: str) -> Sequence[str]:
    return (
        f"""create trigger {table}_stays before update or delete on {table}
        for each row execute function emergency_refuse()""",
        f"""create trigger {table}_is_never_emptied before truncate on {table}
        for each statement execute function emergency_refuse()""",
    )


PROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        *(one for table in TABLES for one in _sqlite(table)),
        f"""create trigger nobody_reviews_their_own_opening before insert on emergency_review
        when new.by_id = {_OPENER}
        begin select raise(abort, 'nobody reviews their own opening'); end""",
    ),
    "postgresql": (
        """create function emergency_refuse() returns trigger language plpgsql as $$
        begin
            raise exception 'what was opened in an emergency stays on record (%)', tg_table_name;
        end $$""",
        f"""create function emergency_not_oneself() returns trigger language plpgsql as $$
        begin
            if new.by_id = {_OPENER} then
                raise exception 'nobody reviews their own opening';
            end if;
            return new;
        end $$""",
        *(one for table in TABLES for one in _postgresql(table)),
        """create trigger nobody_reviews_their_own_opening before insert on emergency_review
        for each row execute function emergency_not_oneself()""",
    ),
}
UNPROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        *(f"drop trigger if exists {t}_no_{act}" for t in TABLES for act in ("update", "delete")),
        "drop trigger if exists nobody_reviews_their_own_opening",
    ),
    "postgresql": (
        "drop function if exists emergency_refuse() cascade",
        "drop function if exists emergency_not_oneself() cascade",
    ),
}
