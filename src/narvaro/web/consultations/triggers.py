"""The database's own refusal to rewrite an answer once it was noted who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_CHANGED = "(new.answer <> old.answer or new.answered_at is not old.answered_at)"

PROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        f"""create trigger an_answer_stands_when_it_was_noted_who_came
        before update on consultations_asked
        when old.was_present is not null and {_CHANGED}
        begin select raise(abort, 'an answer stands when it was noted who came'); end""",
        """create trigger who_was_asked_is_not_forgotten before delete on consultations_asked
        when old.was_present is not null
        begin select raise(abort, 'who was asked and noted is not forgotten'); end""",
    ),
    "postgresql": (
        """create function consultations_refuse() returns trigger language plpgsql as $$
        begin
            raise exception 'an answer stands when it was noted who came';
        end $$""",
        """create trigger an_answer_stands_when_it_was_noted_who_came
        before update on consultations_asked for each row
        when (old.was_present is not null and (new.answer is distinct from old.answer
            or new.answered_at is distinct from old.answered_at))
        execute function consultations_refuse()""",
        """create trigger who_was_asked_is_not_forgotten before delete on consultations_asked
        for each row when (old.was_present is not null) execute function consultations_refuse()""",
    ),
}
UNPROTECT: Mapping[str, Sequence[str]] = {
    "sqlite": (
        "drop trigger if exists an_answer_stands_when_it_was_noted_who_came",
        "drop trigger if exists who_was_asked_is_not_forgotten",
    ),
    "postgresql": ("drop function if exists consultations_refuse() cascade",),
}
