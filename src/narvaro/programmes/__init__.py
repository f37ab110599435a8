"""Working models as dated, sourced, versioned files: read, checked and handed on as values."""

from narvaro.programmes.model import (
    Ages,
    Arm,
    Cadence,
    CheckDay,
    Counter,
    Deadline,
    Form,
    InForce,
    Operator,
    Places,
    Registration,
    Rhythm,
    Rule,
    Scope,
    Source,
    Sourced,
    Step,
    Tier,
)
from narvaro.programmes.programme import Assumption, Participation, Programme
from narvaro.programmes.roles import ROLES, Text
from narvaro.programmes.shelf import check, check_text, load, programme_ids
from narvaro.programmes.wording import per_cent_in_words, rule_in_words, scope_in_words

__all__ = [
    "ROLES",
    "Ages",
    "Arm",
    "Assumption",
    "Cadence",
    "CheckDay",
    "Counter",
    "Deadline",
    "Form",
    "InForce",
    "Operator",
    "Participation",
    "Places",
    "Programme",
    "Registration",
    "Rhythm",
    "Rule",
    "Scope",
    "Source",
    "Sourced",
    "Step",
    "Text",
    "Tier",
    "check",
    "check_text",
    "load",
    "per_cent_in_words",
    "programme_ids",
    "rule_in_words",
    "scope_in_words",
]
