"""The database's own refusal: what was asked and what happened never changes, nor stays at home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_KEPT = ("case_id", "pupil_id", "authority_id", "receiver_id", "question", "kind")
_CHANGED = " or ".join(f"old.{one} <> new.{one}" for one in _KEPT)
_AT_HOME = "(select authority_id from accounts_unit where id = new.receiver_id) = new.authority_id"

PROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        f"""create trigger a_referral_goes_to_another_authority before insert
        on referrals_referral when {_AT_HOME}
        begin select raise(abort, 'a referral goes to another authority'); end""",
        f"""create trigger what_a_referral_asks_never_changes before update
        on referrals_referral when {_CHANGED}
        begin select raise(abort, 'what a referral asks never changes'); end""",
        """create trigger a_moment_of_a_referral_never_changes before update on referrals_moment
        begin select raise(abort, 'a moment of a referral never changes'); end""",
        """create trigger a_moment_of_a_referral_is_never_removed before delete
        on referrals_moment
        begin select raise(abort, 'a moment of a referral is never removed'); end""",
    ),
    "postgresql": (
        """create function referrals_refuse() returns trigger language plpgsql as $$
        begin
            raise exception 'what a referral asks and what happened to it never changes (% of %)',
                tg_op, tg_table_name;
        end $$""",
        f"""create function referrals_not_at_home() returns trigger language plpgsql as $$
        begin
            if {_AT_HOME} then
                raise exception 'a referral goes to another authority';
            end if;
            return new;
        end $$""",
        """create trigger a_referral_goes_to_another_authority before insert
        on referrals_referral for each row execute function referrals_not_at_home()""",
        f"""create trigger what_a_referral_asks_never_changes before update
        on referrals_referral for each row when ({_CHANGED})
        execute function referrals_refuse()""",
        """create trigger a_moment_of_a_referral_never_changes before update or delete
        on referrals_moment for each row execute function referrals_refuse()""",
        """create trigger moments_of_referrals_are_never_emptied before truncate
        on referrals_moment for each statement execute function referrals_refuse()""",
    ),
}
UNPROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        "drop trigger if exists a_referral_goes_to_another_authority",
        "drop trigger if exists what_a_referral_asks_never_changes",
        "drop trigger if exists a_moment_of_a_referral_never_changes",
        "drop trigger if exists a_moment_of_a_referral_is_never_removed",
    ),
    "postgresql": (
        "drop function if exists referrals_refuse() cascade",
        "drop function if exists referrals_not_at_home() cascade",
    ),
}
_FITS = """exists (select 1 from disclosures_disclosure told where told.id = new.disclosure_id
    and told.pupil_id = new.pupil_id and told.receiver_id = new.receiver_id)"""
_STANDS = f"new.disclosure_id is not null and not {_FITS}"
_SAYS = "a referral stands on what was told of its pupil to its receiver"
PROTECT_GROUND: Mapping[str, Sequence[str]] = {
    "sqlite": tuple(
        f"""create trigger a_referral_stands_on_what_was_told_{when} before {when}
        on referrals_referral when {_STANDS}
        begin select raise(abort, '{_SAYS}'); end"""
        for when in ("insert", "update")
    ),
    "postgresql": (
        f"""create function referrals_stands_on_what_was_told() returns trigger
        language plpgsql as $$
        begin
            if {_STANDS} then
                raise exception '{_SAYS}';
            end if;
            return new;
        end $$""",
        """create trigger a_referral_stands_on_what_was_told before insert or update
        on referrals_referral for each row execute function referrals_stands_on_what_was_told()""",
    ),
}
UNPROTECT_GROUND: Mapping[str, Sequence[str]] = {
    "sqlite": (
        "drop trigger if exists a_referral_stands_on_what_was_told_insert",
        "drop trigger if exists a_referral_stands_on_what_was_told_update",
    ),
    "postgresql": ("drop function if exists referrals_stands_on_what_was_told() cascade",),
}
