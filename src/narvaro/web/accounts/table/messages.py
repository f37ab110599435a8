"""Mail: preview, undo, what was sent."""

from narvaro.web.accounts.permissions import EVERYONE, Relation, allow
from narvaro.web.accounts.roles import Role

_OPERATORS = {Role.SYSTEM_OWNER}

allow("messages.own", (EVERYONE, Relation.SELF))
allow("messages.choose", (EVERYONE, Relation.SELF))
allow("messages.mail", (EVERYONE, Relation.SELF), (_OPERATORS, Relation.OWN_AUTHORITY))
allow("messages.undo", (EVERYONE, Relation.SELF), (_OPERATORS, Relation.OWN_AUTHORITY))
allow("messages.queue", (_OPERATORS, Relation.OWN_AUTHORITY))
allow("messages.send_again", (_OPERATORS, Relation.OWN_AUTHORITY))
