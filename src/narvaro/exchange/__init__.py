"""The tables of the exchange format: what they hold, how they are read, checked and written."""

from narvaro.exchange.delivery import Checked, Delivery, Notice, Quarantine
from narvaro.exchange.reading import check_delivery, check_people, read_delivery
from narvaro.exchange.schema import Column, Kind, Table
from narvaro.exchange.tables import TABLES
from narvaro.exchange.writing import write_delivery

__all__ = [
    "TABLES",
    "Checked",
    "Column",
    "Delivery",
    "Kind",
    "Notice",
    "Quarantine",
    "Table",
    "check_delivery",
    "check_people",
    "read_delivery",
    "write_delivery",
]
