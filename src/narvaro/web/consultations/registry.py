"""What apps above offer to consultations: who knows the names that a question must not have."""

from __future__ import annotations

from collections.abc import Callable, Collection

from narvaro.web.accounts.viewer import Viewer

Checker = Callable[[Viewer, Collection[str]], bool]

NAMES: list[Checker] = []


def offer_names(checker: Checker) -> None:
    """Register who knows names: `checker(viewer, words)` says yes or no, and never which word.

    `words` are as written with a capital first letter ("Alva", "Provsson"). What is not to be
    found out by trying (a protected identity) is answered no.
    """
    NAMES.append(checker)


def knows_a_name(viewer: Viewer, words: Collection[str]) -> bool:
    """Some of the words are a name of somebody."""
    return any(one(viewer, words) for one in NAMES)
