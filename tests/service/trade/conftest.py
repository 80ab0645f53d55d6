"""A case of a process that has every key that shows."""

from tests.service.views.conftest import reference

__all__ = ["reference"]
