"""Files from any system, read by a mapping profile into the exchange format."""

from narvaro.sources.files.delivery import FileDelivery, read_file
from narvaro.sources.files.guessing import Inspection, inspect_file
from narvaro.sources.files.preview import Preview, preview
from narvaro.sources.files.profile import Profile
from narvaro.sources.files.profile_check import profile_from_text
from narvaro.sources.files.shelf import read_profile, shipped_profiles

__all__ = [
    "FileDelivery",
    "Inspection",
    "Preview",
    "Profile",
    "inspect_file",
    "preview",
    "profile_from_text",
    "read_file",
    "read_profile",
    "shipped_profiles",
]
