"""The town of the web tests, and the ledger that its registration is told to."""

from tests.web.conftest import town
from tests.web.registration.conftest import noon, told

__all__ = ["noon", "told", "town"]
