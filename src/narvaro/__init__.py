"""School attendance, from registration to flags that explain themselves.

The functions of the library, each loaded when it is first asked for; see
docs/reference/library.md. Everything else is found in the packages below this one.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from narvaro.demo import generate as invent
    from narvaro.errors import InputRefused, NarvaroError
    from narvaro.exchange import check_delivery, write_delivery
    from narvaro.flags import Combination, explain, flag, what_if
    from narvaro.ledger import open_ledger
    from narvaro.measurement import groups, measure, spells
    from narvaro.pipeline import Door, export, run_month_end
    from narvaro.pipeline import take_in as import_delivery
    from narvaro.programmes import load as load_programme
    from narvaro.programmes import programme_ids
    from narvaro.quality import contradictions, registration, verdicts
    from narvaro.timetable import Month, parse_at, parse_known_at, parse_window

__all__ = [
    "Combination",
    "Door",
    "InputRefused",
    "Month",
    "NarvaroError",
    "check_delivery",
    "contradictions",
    "explain",
    "export",
    "flag",
    "groups",
    "import_delivery",
    "invent",
    "load_programme",
    "measure",
    "open_ledger",
    "parse_at",
    "parse_known_at",
    "parse_window",
    "programme_ids",
    "registration",
    "run_month_end",
    "spells",
    "verdicts",
    "what_if",
    "write_delivery",
]

_HOMES = {
    "Combination": "flags",
    "Door": "pipeline",
    "InputRefused": "errors",
    "Month": "timetable",
    "NarvaroError": "errors",
    "check_delivery": "exchange",
    "contradictions": "quality",
    "explain": "flags",
    "export": "pipeline",
    "flag": "flags",
    "groups": "measurement",
    "import_delivery": "pipeline:take_in",
    "invent": "demo:generate",
    "load_programme": "programmes:load",
    "measure": "measurement",
    "open_ledger": "ledger",
    "parse_at": "timetable",
    "parse_known_at": "timetable",
    "parse_window": "timetable",
    "programme_ids": "programmes",
    "registration": "quality",
    "run_month_end": "pipeline",
    "spells": "measurement",
    "verdicts": "quality",
    "what_if": "flags",
    "write_delivery": "exchange",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'narvaro' has no attribute {name!r}")
    home, _, inside = _HOMES[name].partition(":")
    return getattr(import_module(f"narvaro.{home}"), inside or name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
