"""What the law asks of those who work with attendance: dated, sourced, one file."""

from narvaro.programmes.law.model import Duty, Law, LawDate, UnderWay
from narvaro.programmes.law.shelf import check_law, duties_on, duty, duty_ids, read_law

__all__ = [
    "Duty",
    "Law",
    "LawDate",
    "UnderWay",
    "check_law",
    "duties_on",
    "duty",
    "duty_ids",
    "read_law",
]
