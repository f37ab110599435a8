"""What `narvaro quality` was asked: the ledger, the window, the target, the time."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from narvaro.cli.options import moment_of, snapshot_of

if TYPE_CHECKING:
    from narvaro.ledger import Snapshot
    from narvaro.timetable import At, Window


@dataclass(frozen=True)
class Asked:
    """The options of one call, read once."""

    options: Namespace

    @cached_property
    def snapshot(self) -> Snapshot:
        return snapshot_of(self.options)

    @cached_property
    def known_at(self) -> datetime:
        return moment_of(self.options)

    @cached_property
    def target(self) -> Fraction:
        """The one that was given, else the programme's, else that of quality itself."""
        from narvaro.quality import TARGET

        if self.options.programme:
            from narvaro.programmes import load

            return load(self.options.programme).registration.target
        given: Fraction | None = self.options.target
        return given or TARGET

    @property
    def at(self) -> At | None:
        at: At | None = self.options.at
        return at

    @property
    def window(self) -> Window:
        window: Window = self.options.window
        return window

    def beside(self) -> dict[str, Any]:
        """What stands beside the rows of every answer."""
        return {
            "show": self.options.show,
            "window": self.window.text,
            "target": percent_text(self.target),
            "known_at": self.known_at,
            "batch": self.snapshot.batch.batch,
        }


def percent_text(limit: Fraction) -> str:
    """A limit in per cent as decimal text: `95`, `97.5`."""
    from narvaro.shares import limit_in_words

    return limit_in_words(limit, "en").removesuffix(" %")
