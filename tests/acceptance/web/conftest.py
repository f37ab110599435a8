"""The acceptance tests of the web stand in the same towns as its pages' own tests."""

from tests.web.cases.conftest import school
from tests.web.conftest import town
from tests.web.figures.conftest import figures_kept, people, schooled, small_ledger
from tests.web.registration.conftest import noon, told

__all__ = ["figures_kept", "noon", "people", "school", "schooled", "small_ledger", "told", "town"]
