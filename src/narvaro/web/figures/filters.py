"""What a list shows of the pupils, and the sentence that says what it hides.

Nobody is left out for the kind of absence they had: valid and invalid absence count alike, and
no filter asks for either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from narvaro.web.figures.listing import SORTS, ListRow, in_order, is_untouched
from narvaro.web.ui.sorting import sort_key

SHOWS: Mapping[str, tuple[object, Callable[[ListRow], bool]]] = {
    "listan": (gettext_lazy("De på listan"), lambda one: one.standing.is_flagged),
    "inget-gjort": (gettext_lazy("Inget gjort än"), is_untouched),
    "troliga": (
        gettext_lazy("Troliga, inte säkra"),
        lambda one: one.standing.is_flagged and one.certainty == "likely",
    ),
    "kan-inte-bedomas": (
        gettext_lazy("Kan inte bedömas"),
        lambda one: not one.standing.is_assessed,
    ),
    "alla": (gettext_lazy("Alla elever"), lambda _one: True),
}
"""What can be shown, by the word in the address; the first is the usual one."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a select."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Filtered:
    """The rows asked for in their order, the choices, and what is hidden by which choice."""

    rows: Sequence[ListRow]
    shows: Sequence[Option]
    classes: Sequence[Option]
    sorts: Sequence[Option]
    hides: Sequence[str]
    query: str

    @property
    def is_filtered(self) -> bool:
        """Some choice is not the usual one."""
        return bool(self.hides)


def filtered(rows: Sequence[ListRow], given: QueryDict) -> Filtered:
    """The rows of an address; unknown words are the usual choice."""
    show = given.get("visa", "")
    show = show if show in SHOWS else "listan"
    names = sorted({one.class_ for one in rows}, key=sort_key)
    class_ = given.get("klass", "")
    class_ = class_ if class_ in names else ""
    sort = given.get("sortera", "")
    sort = sort if sort in SORTS else "inget-gjort"
    of_kind = [one for one in rows if SHOWS[show][1](one)]
    kept = [one for one in of_kind if class_ in ("", one.class_)]
    usual = sum(one.standing.is_flagged for one in rows)
    return Filtered(
        rows=in_order(kept, sort),
        shows=[Option(name, str(words), name == show) for name, (words, _f) in SHOWS.items()],
        classes=[
            Option("", _("Alla klasser"), not class_),
            *(Option(name, name, name == class_) for name in names),
        ],
        sorts=[Option(name, str(words), name == sort) for name, (words, _k) in SORTS.items()],
        hides=list(_hides(show, class_, usual - len(of_kind), len(of_kind) - len(kept))),
        query=given.urlencode(),
    )


def _hides(show: str, class_: str, by_kind: int, by_class: int) -> list[str]:
    said = []
    if show in ("inget-gjort", "troliga"):
        words = _("Bara de som hör till ”%(name)s” visas; %(n)s på listan är dolda.")
        said.append(words % {"name": SHOWS[show][0], "n": max(0, by_kind)})
    if show == "kan-inte-bedomas":
        said.append(_("Bara de som inte kan bedömas visas; listan är dold."))
    if class_:
        said.append(
            ngettext(
                "Bara %(name)s visas; %(n)s elev i andra klasser är dold.",
                "Bara %(name)s visas; %(n)s elever i andra klasser är dolda.",
                by_class,
            )
            % {"name": class_, "n": by_class}
        )
    return said
