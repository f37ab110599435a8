"""Pupils counted in bands of absence, by class, grade, sex, school or municipality."""

from narvaro.measurement.groups.bands import LIMITS, Band, bands_of
from narvaro.measurement.groups.measure import WAYS, By, GroupRow, groups, groups_by

__all__ = ["LIMITS", "WAYS", "Band", "By", "GroupRow", "bands_of", "groups", "groups_by"]
