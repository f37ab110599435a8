"""SS 12000: a server or a folder of recorded pages, read into the exchange format."""

from narvaro.sources.ss12000.check import CapabilityReport, Offer, check_source
from narvaro.sources.ss12000.identities import Guardian, Identity, IdentitySink, Staff
from narvaro.sources.ss12000.load import Loaded, load
from narvaro.sources.ss12000.notices import Notice, Quarantined
from narvaro.sources.ss12000.opening import open_folder, open_server
from narvaro.sources.ss12000.profile import Access, Profile
from narvaro.sources.ss12000.profile_reading import profile_from, read_profile
from narvaro.sources.ss12000.state import State
from narvaro.sources.ss12000.wish import Wish

__all__ = [
    "Access",
    "CapabilityReport",
    "Guardian",
    "Identity",
    "IdentitySink",
    "Loaded",
    "Notice",
    "Offer",
    "Profile",
    "Quarantined",
    "Staff",
    "State",
    "Wish",
    "check_source",
    "load",
    "open_folder",
    "open_server",
    "profile_from",
    "read_profile",
]
