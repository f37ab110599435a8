"""The stages of compulsory school, and which grades belong to each."""

from __future__ import annotations

_STAGES = {
    **dict.fromkeys(("preschool", "F", "1", "2", "3"), "F–3"),
    **dict.fromkeys(("4", "5", "6"), "4–6"),
    **dict.fromkeys(("7", "8", "9", "10"), "7–9"),
}
STAGES = tuple(dict.fromkeys(_STAGES.values()))


def stage_of(grade: str) -> str:
    """The stage a grade belongs to; a dash where nobody told the grade."""
    return _STAGES.get(grade, "–")
