"""Wires the steps into one run."""

from narvaro.pipeline.comparing import LoadLimit
from narvaro.pipeline.differences import Difference, differences
from narvaro.pipeline.exporting import export
from narvaro.pipeline.month_end import Run, read_run, run_month_end, runs
from narvaro.pipeline.taking_in import Door, PupilKeys, TakenIn, take_in, take_in_delivery

__all__ = [
    "Difference",
    "Door",
    "LoadLimit",
    "PupilKeys",
    "Run",
    "TakenIn",
    "differences",
    "export",
    "read_run",
    "run_month_end",
    "runs",
    "take_in",
    "take_in_delivery",
]
