"""How the routine runs: steps in time, how far pupils come, what is closed. Pure, over frozen rows."""

from narvaro.web.cases.flow.causes import CauseRow, CauseTable, cause_tables
from narvaro.web.cases.flow.days import DayCounts
from narvaro.web.cases.flow.fidelity import Common, DueStep, due_steps
from narvaro.web.cases.flow.funnel import PupilYear, StageCount, funnel, pupil_years
from narvaro.web.cases.flow.readings import Later, StepEnds, step_ends
from narvaro.web.cases.flow.rows import CaseRow, FlagRow, StepRow, as_known_on, place_on

__all__ = [
    "CaseRow",
    "CauseRow",
    "CauseTable",
    "Common",
    "DayCounts",
    "DueStep",
    "FlagRow",
    "Later",
    "PupilYear",
    "StageCount",
    "StepEnds",
    "StepRow",
    "as_known_on",
    "cause_tables",
    "due_steps",
    "funnel",
    "place_on",
    "pupil_years",
    "step_ends",
]
