"""Keys of identifiers, so that one person gets one key from every source.

Personal numbers and temporary ones are the same everywhere in an authority, and so is an
identifier whose context is named (`external:CONTEXT`). Everything else holds within a source.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from narvaro.ledger import Alias, Ledger
from narvaro.ledger.keys import KeyMaker

EVERYWHERE = ("civic", "temporary")
OF_THE_SOURCE = ("id", "key")
NOT_PUPILS = ("staff", "duty", "guardian")


@dataclass(slots=True)
class KeyRing:
    """Makes keys as a source asks for them, and remembers under which kind each pupil's holds.

    `scope` is the source the keys hold within. With `as_given` identifiers of the source's own
    are pseudonymous already and stay as they are.
    """

    maker: KeyMaker
    authority: str
    scope: str
    as_given: bool = False
    kinds: dict[str, str] = field(default_factory=dict)

    def __call__(self, kind: str, value: str) -> str:
        """Return the key of one identifier."""
        if kind in NOT_PUPILS:
            return self.maker.key(self.authority, f"{kind}:{self.scope}", value)
        if self.as_given and kind not in EVERYWHERE:
            key = value
        else:
            key = self.maker.key(self.authority, self._kind_of_key(kind), value)
        self.kinds[key] = self.scope_of(kind)
        return key

    def scope_of(self, kind: str) -> str:
        """Say where a key of a kind is looked up: as an alias of that kind."""
        if kind in OF_THE_SOURCE or (self.as_given and kind == "external"):
            return self.scope
        return f"external:{self.scope}" if kind == "external" else kind

    def aliases(self, told: Iterable[Alias]) -> tuple[Alias, ...]:
        """Return the other identifiers that a source told, each under its scope."""
        return tuple(
            Alias(one.pupil, self.scope_of(one.kind), one.value)
            for one in told
            if one.kind not in OF_THE_SOURCE
        )

    def _kind_of_key(self, kind: str) -> str:
        """An id of the source is keyed as the exchange format's pupil keys are."""
        return f"pupil:{self.scope}" if kind in OF_THE_SOURCE else self.scope_of(kind)


def key_ring(ledger: Ledger, *, source: str, keys_of: str, as_given: bool) -> KeyRing:
    """Open the ledger's secret for one source's keys."""
    authority = ledger.authority_of(source)
    return KeyRing(ledger.key_maker(), authority, keys_of or source, as_given)
