"""The database's own refusals: no consent to everything, no answer to what was not asked, and
nothing that was said is changed.

On SQLite a trigger may name no table of another app: that table could not be made anew by a later
migration of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from narvaro.web.consent.items import MOST_ITEMS, Item
from narvaro.web.consent.rules import LONGEST

_KNOWN = ", ".join(f"'{one}'" for one in Item.values)
_ASKED = "(select items from consent_consent where id = new.consent_id)"
_FIXED = (
    "public_id",
    "pupil_id",
    "authority_id",
    "receiver_id",
    "receiver_authority_id",
    "purpose",
    "items",
    "from_on",
    "to_on",
    "made_by_id",
    "made_at",
)

PROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        f"""create trigger a_consent_is_to_some_named_items before insert on consent_consent
        when json_type(new.items) <> 'array'
            or json_array_length(new.items) not between 1 and {MOST_ITEMS}
            or exists (select 1 from json_each(new.items) where value not in ({_KNOWN}))
            or exists (select value from json_each(new.items) group by value having count(*) > 1)
        begin select raise(abort, 'a consent is to some named items, never to all'); end""",
        f"""create trigger a_consent_lasts_a_year_at_most before insert on consent_consent
        when julianday(new.to_on) - julianday(new.from_on) >= {LONGEST}
        begin select raise(abort, 'a consent lasts a year at most'); end""",
        f"""create trigger what_was_asked_never_changes
        before update of {", ".join(_FIXED)} on consent_consent
        begin select raise(abort, 'what was asked never changes'); end""",
        """create trigger a_consent_is_never_removed before delete on consent_consent
        begin select raise(abort, 'a consent is never removed'); end""",
        f"""create trigger an_answer_is_to_what_was_asked before insert on consent_answer
        when json_type(new.items) <> 'array'
            or exists (select 1 from json_each(new.items)
                       where value not in (select value from json_each({_ASKED})))
            or exists (select value from json_each(new.items) group by value having count(*) > 1)
            or (new.state = 'given') <>
               (json_array_length(new.items) = json_array_length({_ASKED}))
            or (new.state in ('given', 'partly')) <> (json_array_length(new.items) > 0)
        begin select raise(abort, 'an answer is to what was asked'); end""",
        """create trigger an_answer_never_changes before update on consent_answer
        begin select raise(abort, 'an answer never changes'); end""",
        """create trigger an_answer_is_never_removed before delete on consent_answer
        begin select raise(abort, 'an answer is never removed'); end""",
    ),
    "postgresql": (
        """create function consent_refuse() returns trigger language plpgsql as $$
        begin
            raise exception 'what was asked and answered never changes (% of %)',
                tg_op, tg_table_name;
        end $$""",
        f"""create function consent_asks() returns trigger language plpgsql as $$
        begin
            if jsonb_typeof(new.items) <> 'array' then
                raise exception 'a consent is to some named items, never to all';
            end if;
            if jsonb_array_length(new.items) not between 1 and {MOST_ITEMS}
                or exists (select 1 from jsonb_array_elements(new.items) as one(value)
                           where jsonb_typeof(value) <> 'string'
                              or value #>> '{{}}' not in ({_KNOWN}))
                or (select count(distinct value) <> count(*)
                    from jsonb_array_elements(new.items) as one(value)) then
                raise exception 'a consent is to some named items, never to all';
            end if;
            if new.to_on - new.from_on >= {LONGEST} then
                raise exception 'a consent lasts a year at most';
            end if;
            return new;
        end $$""",
        f"""create function consent_answers() returns trigger language plpgsql as $$
        begin
            if jsonb_typeof(new.items) <> 'array' then
                raise exception 'an answer is to what was asked';
            end if;
            if not new.items <@ {_ASKED}
                or (select count(distinct value) <> count(*)
                    from jsonb_array_elements(new.items) as one(value))
                or (new.state = 'given') <>
                   (jsonb_array_length(new.items) = jsonb_array_length({_ASKED}))
                or (new.state in ('given', 'partly')) <> (jsonb_array_length(new.items) > 0) then
                raise exception 'an answer is to what was asked';
            end if;
            return new;
        end $$""",
        """create trigger a_consent_is_to_some_named_items before insert on consent_consent
        for each row execute function consent_asks()""",
        f"""create trigger what_was_asked_never_changes
        before update of {", ".join(_FIXED)} on consent_consent
        for each row execute function consent_refuse()""",
        """create trigger a_consent_is_never_removed before delete on consent_consent
        for each row execute function consent_refuse()""",
        """create trigger consents_are_never_emptied before truncate on consent_consent
        for each statement execute function consent_refuse()""",
        """create trigger an_answer_is_to_what_was_asked before insert on consent_answer
        for each row execute function consent_answers()""",
        """create trigger an_answer_never_changes before update or delete on consent_answer
        for each row execute function consent_refuse()""",
        """create trigger answers_are_never_emptied before truncate on consent_answer
        for each statement execute function consent_refuse()""",
    ),
}
UNPROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": tuple(
        f"drop trigger if exists {name}"
        for name in (
            "a_consent_is_to_some_named_items",
            "a_consent_lasts_a_year_at_most",
            "what_was_asked_never_changes",
            "a_consent_is_never_removed",
            "an_answer_is_to_what_was_asked",
            "an_answer_never_changes",
            "an_answer_is_never_removed",
        )
    ),
    "postgresql": (
        "drop function if exists consent_refuse() cascade",
        "drop function if exists consent_asks() cascade",
        "drop function if exists consent_answers() cascade",
    ),
}
