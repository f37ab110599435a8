"""The database's own refusal to change or remove what the log says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_CUT = "coalesce((select max(number) from audit_checkpoint where is_cut), 0)"

PROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        """create trigger an_entry_is_never_changed before update on audit_entry
        begin select raise(abort, 'an entry of the log is never changed'); end""",
        f"""create trigger an_entry_is_removed_by_a_cut_only before delete on audit_entry
        when old.number > {_CUT}
        begin select raise(abort, 'an entry of the log is removed by a cut only'); end""",
        """create trigger a_checkpoint_is_never_changed before update on audit_checkpoint
        begin select raise(abort, 'a checkpoint of the log is never changed'); end""",
        """create trigger a_checkpoint_is_never_removed before delete on audit_checkpoint
        begin select raise(abort, 'a checkpoint of the log is never removed'); end""",
    ),
    "postgresql": (
        f"""create function audit_refuse() returns trigger language plpgsql as $$
        begin
            if tg_op = 'DELETE' and tg_table_name = 'audit_entry' then
                if old.number <= {_CUT} then return old; end if;
            end if;
            raise exception 'the log is never changed (%% of %%)', tg_op, tg_table_name;
        end $$""".replace("%%", "%"),
        """create trigger an_entry_is_never_changed before update or delete on audit_entry
        for each row execute function audit_refuse()""",
        """create trigger the_log_is_never_emptied before truncate on audit_entry
        for each statement execute function audit_refuse()""",
        """create trigger a_checkpoint_is_never_changed before update or delete on audit_checkpoint
        for each row execute function audit_refuse()""",
    ),
}
UNPROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        "drop trigger if exists an_entry_is_never_changed",
        "drop trigger if exists an_entry_is_removed_by_a_cut_only",
        "drop trigger if exists a_checkpoint_is_never_changed",
        "drop trigger if exists a_checkpoint_is_never_removed",
    ),
    "postgresql": ("drop function if exists audit_refuse() cascade",),
}
