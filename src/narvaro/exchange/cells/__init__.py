"""How the cells of each kind of column are read: as SQL, strictly, with a word on each fault."""

from narvaro.exchange.cells.kinds import read_cell
from narvaro.exchange.cells.reading import Given, Reading, value_name

__all__ = ["Given", "Reading", "read_cell", "value_name"]
