"""The database's own refusal to change what somebody has signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_OF = "(select signed_at from documents_document where id = new.document_id)"

PROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        """create trigger a_signed_document_never_changes before update on documents_document
        when old.signed_at is not null
        begin select raise(abort, 'a signed document never changes'); end""",
        """create trigger a_signed_document_is_never_removed before delete on documents_document
        when old.signed_at is not null
        begin select raise(abort, 'a signed document is never removed'); end""",
        f"""create trigger an_addendum_is_to_a_signed_document before insert on documents_addendum
        when {_OF} is null
        begin select raise(abort, 'an addendum is to a signed document'); end""",
        """create trigger an_addendum_never_changes before update on documents_addendum
        begin select raise(abort, 'an addendum never changes'); end""",
        """create trigger an_addendum_is_never_removed before delete on documents_addendum
        begin select raise(abort, 'an addendum is never removed'); end""",
    ),
    "postgresql": (
        """create function documents_refuse() returns trigger language plpgsql as $$
        begin
            raise exception 'what is signed never changes (% of %)', tg_op, tg_table_name;
        end $$""",
        f"""create function documents_only_to_signed() returns trigger language plpgsql as $$
        begin
            if {_OF} is null then
                raise exception 'an addendum is to a signed document';
            end if;
            return new;
        end $$""",
        """create trigger a_signed_document_never_changes before update or delete
        on documents_document for each row when (old.signed_at is not null)
        execute function documents_refuse()""",
        """create trigger documents_are_never_emptied before truncate on documents_document
        for each statement execute function documents_refuse()""",
        """create trigger an_addendum_is_to_a_signed_document before insert on documents_addendum
        for each row execute function documents_only_to_signed()""",
        """create trigger an_addendum_never_changes before update or delete on documents_addendum
        for each row execute function documents_refuse()""",
    ),
}
PROTECT_ROUTINES: Mapping[str, Sequence[str]] = {
    "sqlite": (
        """create trigger a_published_version_never_changes before update
        on documents_routineversion when old.published_at is not null
        begin select raise(abort, 'a published version never changes'); end""",
        """create trigger a_published_version_is_never_removed before delete
        on documents_routineversion when old.published_at is not null
        begin select raise(abort, 'a published version is never removed'); end""",
    ),
    "postgresql": (
        """create trigger a_published_version_never_changes before update or delete
        on documents_routineversion for each row when (old.published_at is not null)
        execute function documents_refuse()""",
    ),
}
UNPROTECT_ROUTINES: Mapping[str, Sequence[str]] = {
    "sqlite": (
        "drop trigger if exists a_published_version_never_changes",
        "drop trigger if exists a_published_version_is_never_removed",
    ),
    "postgresql": (
        "drop trigger if exists a_published_version_never_changes on documents_routineversion",
    ),
}
UNPROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        "drop trigger if exists a_signed_document_never_changes",
        "drop trigger if exists a_signed_document_is_never_removed",
        "drop trigger if exists an_addendum_is_to_a_signed_document",
        "drop trigger if exists an_addendum_never_changes",
        "drop trigger if exists an_addendum_is_never_removed",
    ),
    "postgresql": (
        "drop function if exists documents_refuse() cascade",
        "drop function if exists documents_only_to_signed() cascade",
    ),
}
