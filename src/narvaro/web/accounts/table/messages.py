"""Mail: preview, undo, what was sent; letters to many; one's own calendar."""

from narvaro.web.accounts.permissions import (
    CLASS_STAFF,
    EVERYONE,
    SCHOOL_STAFF,
    Relation,
    allow,
    public,
)
from narvaro.web.accounts.roles import Role

_OPERATORS = {Role.SYSTEM_OWNER}
_WRITERS = CLASS_STAFF | SCHOOL_STAFF | {Role.COORDINATOR, Role.SCHOOL_SOCIAL_WORKER}

allow("messages.own", (EVERYONE, Relation.SELF))
allow("messages.choose", (EVERYONE, Relation.SELF))
allow("messages.mail", (EVERYONE, Relation.SELF), (_OPERATORS, Relation.OWN_AUTHORITY))
allow("messages.undo", (EVERYONE, Relation.SELF), (_OPERATORS, Relation.OWN_AUTHORITY))
allow("messages.queue", (_OPERATORS, Relation.OWN_AUTHORITY))
allow("messages.send_again", (_OPERATORS, Relation.OWN_AUTHORITY))
allow("messages.letters", (_WRITERS, Relation.SELF))
allow("messages.letter", (_WRITERS, Relation.SELF), reads_pupils=True)
allow("messages.release_letter", (_WRITERS, Relation.SELF))
allow("messages.undo_letter", (_WRITERS, Relation.SELF))
allow("messages.drop_letter", (_WRITERS, Relation.SELF))
allow("messages.retry_letter", (_WRITERS, Relation.SELF))
allow("messages.letter_paper", (_WRITERS, Relation.SELF), reads_pupils=True)
allow("messages.make_calendar", (EVERYONE, Relation.SELF))
allow("messages.revoke_calendar", (EVERYONE, Relation.SELF))
public("messages.calendar")
