"""Wires the steps into one run."""

from narvaro.pipeline.comparing import LoadLimit
from narvaro.pipeline.taking_in import Door, PupilKeys, TakenIn, take_in, take_in_delivery

__all__ = ["Door", "LoadLimit", "PupilKeys", "TakenIn", "take_in", "take_in_delivery"]
