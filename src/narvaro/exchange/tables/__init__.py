"""Every table of the exchange format, version 1."""

from collections.abc import Mapping
from types import MappingProxyType

from narvaro.exchange.schema import Table
from narvaro.exchange.tables.followup import FOLLOWUP
from narvaro.exchange.tables.people import PEOPLE
from narvaro.exchange.tables.registrations import REGISTRATIONS
from narvaro.exchange.tables.roster import ROSTER

TABLES: Mapping[str, Table] = MappingProxyType(
    {table.name: table for table in (*ROSTER, *REGISTRATIONS, *FOLLOWUP, *PEOPLE)}
)

__all__ = ["TABLES"]
