"""Wires the steps into one run."""

from narvaro.pipeline.comparing import LoadLimit
from narvaro.pipeline.differences import Difference, differences
from narvaro.pipeline.exporting import export
from narvaro.pipeline.left_out import LeftOut
from narvaro.pipeline.month_end import Run, read_run, run_month_end, runs
from narvaro.pipeline.sources import take_in_file, take_in_ss12000
from narvaro.pipeline.taking_in import Door, PupilKeys, TakenIn, take_in, take_in_delivery

__all__ = [
    "Difference",
    "Door",
    "LeftOut",
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
    "take_in_file",
    "take_in_ss12000",
]
