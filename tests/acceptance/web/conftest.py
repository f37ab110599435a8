"""The town of the web tests."""

from tests.web.conftest import town

__all__ = ["town"]
