"""What remains, said to somebody who may not read all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from narvaro.forms import AnswerFault, Form
from narvaro.web.accounts.restriction import may_read
from narvaro.web.accounts.viewer import Viewer
from narvaro.web.documents.facts import language
from narvaro.web.documents.filled import name_of
from narvaro.web.documents.pages import readers_in_words


@dataclass(frozen=True, slots=True)
class Remains:
    """One thing that remains, and the field where it does; no field when it is restricted."""

    text: str
    field: str = ""


def faults_for(form: Form, faults: Sequence[AnswerFault], viewer: Viewer) -> list[Remains]:
    """Each fault with its field; those in a part the role does not read as one, without a word."""
    told = [_told(form, one) for one in faults if _reads(form, one, viewer)]
    hidden = {
        form.field(one.field).restriction.value for one in faults if not _reads(form, one, viewer)
    }
    return told + [
        Remains(
            _("Den skyddade delen är inte färdig. Den fylls i av %(readers)s.")
            % {"readers": readers_in_words(kind)}
        )
        for kind in sorted(hidden)
    ]


def _told(form: Form, one: AnswerFault) -> Remains:
    field = form.field(one.field)
    label = field.label.to(language())
    mark = "" if label.endswith("?") else ":"
    return Remains(f"{label}{mark} {one.text.to(language())}", name_of(field))


def _reads(form: Form, one: AnswerFault, viewer: Viewer) -> bool:
    known = {field.id: field.restriction.value for field in form.fields}
    return may_read(viewer.role, known.get(one.field, "ordinary"))
